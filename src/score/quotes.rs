//! Scores quotations and their speakers.
//!
//! - What is compared is the core: without white space, quotation marks and edge punctuation. `exact`: the cores are equal.
//!   `overlapping`: one to one, intersection over union at least one half.
//! - Gold rows of type direct or mixed with `MIN_WORDS` words or more count. Shorter rows, indirect rows and `ignore` regions
//!   are don't-care: a finding that touches only them is neither right nor wrong. Any other finding is a false positive.
//! - Paragraphs of one quotation may be found merged or apart.
//! - Speaker head: the last name word of the mention or of the full name agrees; a pronoun agrees with the same pronoun.
//!   Full name: all name words agree, a bare surname is not enough; only where gold has a full name.
//! - End to end: the quotation overlaps AND its speaker's head is right.

use std::{cmp::Ordering, collections::BTreeSet, ops::AddAssign, sync::LazyLock};

use regex::Regex;
use serde_json::{Value, json};

use super::{CodePoints, Counts, Extent, Fault, Findings, Gold, Share, findings::FoundQuote, gold::GoldQuote, one_line};

/// Quotations of fewer words are mostly terms and titles, on which people disagree.
const MIN_WORDS: usize = 4;

/// Quotations and their speakers, by the rules above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteScore {
    /// Quotations found at about their place.
    pub overlapping: Counts,
    /// Quotations whose cores are equal.
    pub exact: Counts,
    /// Overlapping, and said by the right one.
    pub end_to_end: Counts,
    /// Of the quotations found that have a speaker in gold: those whose last name is right.
    pub speaker_head: Share,
    /// Of those whose full name gold has: those with all of it.
    pub speaker_full: Share,
    /// Full name where gold's mention is a pronoun.
    pub pronoun_full: Share,
    /// Findings neither right nor wrong.
    pub dont_care: usize,
    /// False positives on marks that quote nobody.
    pub scare_false_positives: usize,
    /// Speakers given to quotations that have none.
    pub spurious_speakers: usize,
    /// Whether confidence means what it says: one row for each step of [`CONFIDENCE_STEPS`].
    pub calibration: [Calibration; CONFIDENCE_STEPS.len()],
}

/// Lower bounds of the steps of confidence that are reported.
pub const CONFIDENCE_STEPS: [f32; 6] = [0.0, 0.5, 0.7, 0.8, 0.9, 0.95];

/// Quotations found with about the same confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// Those whose speaker's head, or whose lack of a speaker, is right.
    pub speaker: Share,
    /// Sum of the confidences in units of 1/10000: whole numbers add up the same in any order.
    sum: usize,
}

impl Calibration {
    fn count(&mut self, right: bool, confidence: f32) {
        self.speaker.count(right);
        self.sum += (confidence * 10_000.0).round() as usize;
    }

    /// The share that the confidences promise.
    #[must_use]
    pub fn promised(self) -> f64 {
        super::share(self.sum, 10_000 * self.speaker.of)
    }
}

impl QuoteScore {
    pub(super) fn to_json(self) -> Value {
        json!({
            "overlapping": self.overlapping.to_json(), "exact": self.exact.to_json(), "end_to_end": self.end_to_end.to_json(),
            "speaker_head": self.speaker_head.to_json(), "speaker_full": self.speaker_full.to_json(),
            "pronoun_full": self.pronoun_full.to_json(), "dont_care": self.dont_care,
            "scare_false_positives": self.scare_false_positives, "spurious_speakers": self.spurious_speakers,
            "calibration": self.calibration.iter().zip(CONFIDENCE_STEPS).map(|(row, from)| {
                let mut step = row.speaker.to_json();
                step["from"] = json!(super::rounded(f64::from(from), 2));
                step["promised"] = json!(super::rounded(row.promised(), 4));
                step
            }).collect::<Vec<_>>(),
        })
    }
}

impl AddAssign for QuoteScore {
    fn add_assign(&mut self, other: Self) {
        self.overlapping += other.overlapping;
        self.exact += other.exact;
        self.end_to_end += other.end_to_end;
        self.speaker_head += other.speaker_head;
        self.speaker_full += other.speaker_full;
        self.pronoun_full += other.pronoun_full;
        self.dont_care += other.dont_care;
        self.scare_false_positives += other.scare_false_positives;
        self.spurious_speakers += other.spurious_speakers;
        for (sum, more) in self.calibration.iter_mut().zip(other.calibration) {
            sum.speaker += more.speaker;
            sum.sum += more.sum;
        }
    }
}

/// A gold row, or several of one quotation merged: the first row speaks for all.
struct Wanted<'a> {
    row: &'a GoldQuote,
    end: usize,
    core: Extent,
    parts: Vec<(&'a GoldQuote, Extent)>,
}

pub(super) fn score(gold: &Gold, rows: &[GoldQuote], found: &Findings, faults: &mut Vec<Fault>) -> QuoteScore {
    let text = &gold.text;
    let long_enough = |words: &str| word_count(words) >= MIN_WORDS;
    let mut counting = Vec::new();
    let mut dont_care = gold.ignore.clone();
    for row in rows {
        let core = core(text, row.extent);
        if core.start == core.end {
            continue;
        }
        if matches!(row.kind.as_str(), "direct" | "mixed") && long_enough(&row.text) {
            counting.push((row, core));
        } else {
            dont_care.push(core);
        }
    }
    let got: Vec<(&FoundQuote, Extent)> = found
        .quotes
        .iter()
        .map(|quote| (quote, core(text, quote.extent)))
        .filter(|(_, core)| core.start < core.end && long_enough(text.of(*core)))
        .collect();
    let wanted = merged_or_apart(text, counting, &got);
    let pairs = pair(&wanted, &got);

    let mut score = QuoteScore::default();
    let mut fault = |fault: &'static str, place: Extent, detail: String| {
        faults.push(Fault { layer: "quotes", fault, id: gold.id.clone(), context: text.context(place), detail });
    };
    let (mut right, mut wrong) = (0, 0);
    for (index, &(quote, core)) in got.iter().enumerate() {
        if pairs.iter().any(|&(_, j)| j == index) {
            right += 1;
        } else if wanted.iter().any(|(_, place)| core.overlaps(*place)) {
            wrong += 1;
            fault("extra", quote.extent, "part of a quotation that is another's".to_string());
        } else if dont_care.iter().any(|place| core.overlaps(*place)) {
            score.dont_care += 1;
        } else {
            wrong += 1;
            let scare = gold.unattributed_quoted.iter().any(|&place| core.overlap_ratio(self::core(text, place)) > 0.3);
            score.scare_false_positives += usize::from(scare);
            fault("extra", quote.extent, if scare { "quotes nobody".to_string() } else { String::new() });
        }
    }
    let mut exact = 0;
    for (index, (row, place)) in wanted.iter().enumerate() {
        let Some(&(_, j)) = pairs.iter().find(|(i, _)| *i == index) else {
            fault("missed", *place, String::new());
            continue;
        };
        let (quote, core) = got[j];
        exact += usize::from(core == *place);
        let step = CONFIDENCE_STEPS.iter().rposition(|&from| quote.confidence >= from).unwrap_or(0);
        if row.speaker.is_none() && row.speaker_full.is_none() {
            let spurious = quote.speaker.is_some() || quote.speaker_full.is_some();
            score.spurious_speakers += usize::from(spurious);
            score.calibration[step].count(!spurious, quote.confidence);
            continue;
        }
        let head = head_agrees(row, quote);
        score.calibration[step].count(head, quote.confidence);
        score.speaker_head.count(head);
        let mut full = true;
        if row.speaker_full.is_some() {
            full = full_agrees(row, quote);
            score.speaker_full.count(full);
            if row.pronoun {
                score.pronoun_full.count(full);
            }
        }
        if !head || !full {
            let side = |mention: &Option<String>, name: &Option<String>| {
                one_line(&format!("{} = {}", mention.as_deref().unwrap_or("-"), name.as_deref().unwrap_or("-")))
            };
            let detail = format!("gold {} | found {}", side(&row.speaker, &row.speaker_full), side(&quote.speaker, &quote.speaker_full));
            fault(if head { "wrong full name" } else { "wrong speaker" }, *place, detail);
        }
    }
    let counts = |right| Counts::new(right, pairs.len() + wrong, wanted.len());
    debug_assert_eq!(right, pairs.len());
    (score.overlapping, score.exact, score.end_to_end) = (counts(right), counts(exact), counts(score.speaker_head.right));
    score
}

/// Neighbouring rows of one quotation are taken as one where something was found that matches the whole, else apart.
fn merged_or_apart<'a>(
    text: &CodePoints,
    mut rows: Vec<(&'a GoldQuote, Extent)>,
    got: &[(&FoundQuote, Extent)],
) -> Vec<(&'a GoldQuote, Extent)> {
    rows.sort_by_key(|(row, _)| row.extent.start);
    let mut merged: Vec<Wanted<'a>> = Vec::new();
    for (row, place) in rows {
        let only_marks_between = |from: usize, to: usize| {
            text.slice(from, to.max(from)).chars().all(|c| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’'))
        };
        match merged.last_mut() {
            Some(last) if last.row.group.is_some() && last.row.group == row.group && only_marks_between(last.end, row.extent.start) => {
                last.end = row.extent.end;
                last.core = core(text, Extent::new(last.row.extent.start, last.end));
                last.parts.push((row, place));
            }
            _ => merged.push(Wanted { row, end: row.extent.end, core: place, parts: vec![(row, place)] }),
        }
    }
    let mut out = Vec::new();
    for wanted in merged {
        if wanted.parts.len() > 1 && got.iter().any(|(_, core)| wanted.core.overlap_ratio(*core) >= 0.8) {
            out.push((wanted.row, wanted.core));
        } else {
            out.extend(wanted.parts);
        }
    }
    out
}

/// One-to-one pairs of indexes, best overlap first; among equals the later ones.
fn pair(wanted: &[(&GoldQuote, Extent)], got: &[(&FoundQuote, Extent)]) -> Vec<(usize, usize)> {
    let mut candidates: Vec<(f64, usize, usize)> = Vec::new();
    for (i, (_, place)) in wanted.iter().enumerate() {
        for (j, (_, core)) in got.iter().enumerate() {
            let ratio = place.overlap_ratio(*core);
            if ratio >= 0.5 {
                candidates.push((ratio, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| b.partial_cmp(a).unwrap_or(Ordering::Equal));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (_, i, j) in candidates {
        if pairs.iter().all(|&(a, b)| a != i && b != j) {
            pairs.push((i, j));
        }
    }
    pairs
}

/// The extent without white space, marks and edge punctuation.
fn core(text: &CodePoints, place: Extent) -> Extent {
    let edge = |c: char| " \t\r\n\u{A0}\"“”„«»'‘’`´＂,.;:!?…—–-()[]".contains(c);
    let Extent { mut start, mut end } = place;
    end = end.min(text.len());
    while start < end && edge(text.char_at(start)) {
        start += 1;
    }
    while end > start && edge(text.char_at(end - 1)) {
        end -= 1;
    }
    Extent::new(start, end)
}

// ---- speakers ----------------------------------------------------------------------------------------------------------

fn head_agrees(gold: &GoldQuote, found: &FoundQuote) -> bool {
    let mut got = BTreeSet::new();
    for name in [&found.speaker, &found.speaker_full].into_iter().flatten().filter(|name| !name.is_empty()) {
        got.extend([last_capitalised(name), last_name_word(name)]);
    }
    let mut wanted = BTreeSet::new();
    if let Some(full) = &gold.speaker_full {
        wanted.extend([last_capitalised(full), last_name_word(full)]);
    }
    if let Some(mention) = &gold.speaker {
        wanted.insert(last_capitalised(mention));
        let word = mention.trim().to_lowercase();
        wanted.insert(if PRONOUNS.contains(&word.as_str()) { word } else { last_name_word(mention) });
    }
    !got.is_disjoint(&wanted)
}

fn full_agrees(gold: &GoldQuote, found: &FoundQuote) -> bool {
    let name = found.speaker_full.as_ref().filter(|name| !name.is_empty()).or(found.speaker.as_ref());
    let (Some(wanted), Some(name)) = (&gold.speaker_full, name) else { return false };
    let (wanted, got) = (name_words(wanted), name_words(name));
    let (Some(wanted_last), Some(got_last)) = (wanted.last(), got.last()) else { return false };
    if wanted.len() > 1 && got.len() == 1 && wanted_last == got_last {
        return false;
    }
    let same_initial = wanted[0].chars().next() == got[0].chars().next();
    wanted == got || wanted_last == got_last && same_initial || wanted.iter().all(|word| got.contains(word))
}

const PRONOUNS: &[&str] =
    &["he", "she", "they", "it", "we", "i", "you", "who", "which", "that", "his", "her", "their", "its", "him", "them", "us"];

/// Words of a name that do not tell people apart.
const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "sen",
    "senator",
    "rep",
    "representative",
    "gov",
    "governor",
    "president",
    "vice",
    "secretary",
    "minister",
    "prime",
    "chancellor",
    "judge",
    "justice",
    "gen",
    "general",
    "col",
    "capt",
    "lt",
    "sgt",
    "rev",
    "reverend",
    "the",
    "a",
    "an",
    "chief",
    "former",
    "then",
    "u.s",
    "state",
    "jr",
    "sr",
    "ii",
    "iii",
];

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// `[\p{L}\p{N}_]` stands for Python's `\w`, with which these rules were first written: combining marks are not in it.
static WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_][\p{L}\p{N}_’'-]*"));
static LETTER_RUNS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}_]+"));
static NAME_WORDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"[\p{L}\p{N}][\p{L}\p{N}_’'.-]*"));
static CAPITALISED: LazyLock<Regex> = LazyLock::new(|| pattern(r"[A-Z][\p{L}\p{N}_’'-]+"));
static NAME_END: LazyLock<Regex> = LazyLock::new(|| pattern(r",| who | of the | of "));
static PERSON_END: LazyLock<Regex> = LazyLock::new(|| pattern(r", | who | for | of "));
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^)]*\)"));

fn word_count(text: &str) -> usize {
    WORDS.find_iter(text).count()
}

/// The name without "'s" where that ends a word.
fn without_possessives(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find(['\'', '’']) {
        let mark = rest[at..].chars().next().map_or(0, char::len_utf8);
        let after = &rest[at + mark..];
        let possessive = after.strip_prefix('s').filter(|tail| !tail.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        out.push_str(&rest[..at]);
        match possessive {
            Some(tail) => rest = tail,
            None => {
                out.push_str(&rest[at..at + mark]);
                rest = after;
            }
        }
    }
    out + rest
}

fn before<'a>(name: &'a str, end: &Regex) -> &'a str {
    end.find(name).map_or(name, |end| &name[..end.start()])
}

/// The words of a name, lower case, without titles (unless nothing else is there).
fn name_words(name: &str) -> Vec<String> {
    let name = without_possessives(name);
    let name = BRACKETS.replace_all(before(&name, &NAME_END), "").to_lowercase();
    let plain = name.replace('.', "");
    let kept: Vec<String> =
        NAME_WORDS.find_iter(&plain).map(|word| word.as_str().to_string()).filter(|word| !TITLES.contains(&word.as_str())).collect();
    if kept.is_empty() { LETTER_RUNS.find_iter(&name).map(|word| word.as_str().to_string()).collect() } else { kept }
}

fn last_name_word(name: &str) -> String {
    name_words(name).pop().unwrap_or_default()
}

fn last_capitalised(name: &str) -> String {
    let whole = without_possessives(name);
    let words = CAPITALISED.find_iter(before(&whole, &PERSON_END)).map(|word| word.as_str().to_lowercase());
    words.filter(|word| !TITLES.contains(&word.as_str())).last().unwrap_or_else(|| last_name_word(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::gold::parse;

    const TEXT: &str =
        "“We will open the ferry line in May,” said Ilse Orm. The plan is a “big bet”. “Nobody asked the islanders at all,” she said.";

    fn scored(quotes: &str, found: &[(usize, usize, Option<&str>, Option<&str>)]) -> QuoteScore {
        let gold = &parse(&format!("{{\"id\": \"a\", \"text\": {TEXT:?}, {quotes}}}")).unwrap()[0];
        let quotes = found.iter().map(|&(start, end, speaker, full)| FoundQuote {
            extent: Extent::new(start, end),
            speaker: speaker.map(str::to_string),
            speaker_full: full.map(str::to_string),
            confidence: 0.92,
        });
        let found = Findings { quotes: quotes.collect(), ..Findings::default() };
        score(gold, gold.quotes.as_ref().unwrap(), &found, &mut Vec::new())
    }

    const GOLD: &str = r#""quotes": [
        {"start": 0, "end": 37, "type": "direct", "speaker": {"text": "Ilse Orm"}, "speaker_full": "Ilse Orm"},
        {"start": 78, "end": 114, "type": "direct", "speaker": {"text": "she"}, "speaker_full": "Ilse Orm", "speaker_kind": "pronoun"}],
        "unattributed_quoted": [[67, 76]]"#;

    #[test]
    fn speakers_by_head_and_by_full_name() {
        let gold = GOLD.replace('\n', " ");
        let all = scored(&gold, &[(0, 37, Some("Ilse Orm"), Some("Ilse Orm")), (78, 114, Some("she"), Some("Ilse Orm"))]);
        assert_eq!((all.exact, all.end_to_end), (Counts::new(2, 2, 2), Counts::new(2, 2, 2)));
        assert_eq!((all.speaker_full, all.pronoun_full), (Share::new(2, 2), Share::new(1, 1)));
        assert_eq!((all.calibration[4].speaker, all.calibration[4].promised()), (Share::new(2, 2), 0.92));
        let bare = scored(&gold, &[(0, 37, Some("Orm"), Some("Orm")), (78, 114, Some("she"), None)]);
        assert_eq!((bare.speaker_head, bare.speaker_full), (Share::new(2, 2), Share::new(0, 2)));
        let wrong = scored(&gold, &[(0, 37, Some("Jan Orm"), Some("Jan Orm")), (78, 114, None, None)]);
        assert_eq!((wrong.speaker_head, wrong.speaker_full, wrong.end_to_end.right), (Share::new(1, 2), Share::new(0, 2), 1));
    }

    #[test]
    fn false_positives_and_what_is_not_cared_about() {
        let gold = GOLD.replace('\n', " ");
        let found = scored(&gold, &[(1, 20, None, None), (67, 76, None, None), (40, 60, None, None)]);
        assert_eq!(found.overlapping, Counts::new(1, 2, 2)); // 18 of 35 characters overlap; "big bet" is too short to count
        assert_eq!((found.exact.right, found.scare_false_positives), (0, 0));
        let ignored = scored(r#""quotes": [], "ignore": [[38, 60]]"#, &[(40, 60, None, None)]);
        assert_eq!((ignored.overlapping.found, ignored.dont_care), (0, 1));
    }

    #[test]
    fn paragraphs_of_one_quotation_count_merged_or_apart() {
        let gold = r#""quotes": [{"start": 0, "end": 22, "type": "direct", "group": "g"}, {"start": 22, "end": 37, "type": "direct", "group": "g"}]"#;
        assert_eq!(scored(gold, &[(0, 37, None, None)]).exact, Counts::new(1, 1, 1));
        assert_eq!(scored(gold, &[(0, 22, None, None), (22, 37, None, None)]).exact, Counts::new(2, 2, 2));
    }

    #[test]
    fn words_of_names() {
        assert_eq!(name_words("Sen. Ana de la Cruz’s office, of the North"), ["ana", "de", "la", "cruz", "office"]);
        assert_eq!(name_words("the president"), ["the", "president"]);
        assert_eq!(name_words("J.K. Moe (Ind.)"), ["jk", "moe"]);
        assert_eq!(last_capitalised("Governor Pia Holm of the Bank"), "holm");
        assert_eq!(last_capitalised("a spokeswoman for Acme"), "acme"); // no capital before "for": the last word of all
        assert_eq!(without_possessives("O'Shea's ’s’se"), "O'Shea ’se");
    }
}
