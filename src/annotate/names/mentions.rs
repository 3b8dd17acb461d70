//! From labelled tokens to mentions: titles, articles and possessives are cut off, and what cannot be a person or an organisation
//! is given to its own class.

use super::known_organisations::KnownOrganisations;
use super::label::{TYPES, begins, continues, type_of};
use super::organisation_context::OrganisationCues;
use super::tagger::Tagged;
use super::words::lists;
use crate::annotate::lexicon::{List, WordList, WordMap, extend_phrase, named_hash, rows, word_hashes};
use crate::annotate::tokens::tokenize_entry;
use crate::document::{Gap, Mention, NameType, Token, TokenKind, TokenRange};
use crate::span::Span;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// The words this layer needs: titles before people, names of papers.
#[derive(Default)]
pub struct NameLexicon {
    /// Hashes of titles, word by word in lower case, points left out; and of each beginning of a title.
    titles: FxHashSet<u64>,
    beginnings: FxHashSet<u64>,
    /// Classes of words, by [`class`]: those that are asked of whole names, and those of every capital.
    classes: WordMap<u8>,
    small_words: WordList<u8>,
    the: u64,
    pub(super) organisation_cues: OrganisationCues,
    pub(super) known_organisations: KnownOrganisations,
}

/// What single words are to names.
mod class {
    /// Alone no name; alone no organisation, but a person's name.
    pub(super) const LONE: u8 = 1;
    pub(super) const NO_ORGANISATION: u8 = 1 << 1;
    /// A closed-class word, which is no name when it opens a sentence; a day or month.
    pub(super) const OPENER: u8 = 1 << 2;
    pub(super) const DAY: u8 = 1 << 3;
    /// Joins names of organisations only.
    pub(super) const LOOSE: u8 = 1 << 4;
    /// The last word of a name, which keeps its point: `Inc.`, `Jr.`.
    pub(super) const POINTED: u8 = 1 << 5;
}

/// Longest title in tokens ("Deputy Director-General").
const LONGEST_TITLE: usize = 8;

impl NameLexicon {
    /// What stands beside names and inside them: titles, particles, cues of organisations, words that are none.
    #[must_use]
    pub fn english() -> Self {
        let mut lexicon = Self::default();
        let mut add = |word: &str, class: u8| *lexicon.classes.entry(word).get_or_insert_default() |= class;
        let mut add_small = |word: &str, class: u8| *lexicon.small_words.entry(word).get_or_insert_default() |= class;
        for row in rows(include_str!("../lexicon/en/titles.txt")) {
            let mut title = 0;
            for token in tokenize_entry(row[0]) {
                let word = token.span.of(row[0]);
                if word != "." {
                    title = extend_phrase(title, title_word(word));
                    lexicon.beginnings.insert(title);
                }
            }
            lexicon.titles.insert(title);
        }
        for row in rows(include_str!("../lexicon/en/lone_words.txt")) {
            let class = if ["name", "state"].contains(&row[0]) { class::NO_ORGANISATION } else { class::LONE };
            for word in row[1].split_ascii_whitespace() {
                add(word, class);
                add(&format!("{word}s"), class);
            }
        }
        for row in rows(include_str!("../lexicon/en/function_words.txt")) {
            let class = match row[0] {
                "modal" | "link" => continue, // "Will" is a name, "More" another
                "calendar" => class::DAY,
                _ => class::OPENER,
            };
            row[1].split_ascii_whitespace().for_each(|word| add_small(word, class));
        }
        for row in rows(include_str!("../lexicon/en/abbreviations.txt")).filter(|row| row.get(1) == Some(&"name")) {
            add(row[0], class::POINTED);
        }
        lexicon.the = word_hashes("the").0;
        let loose = rows(include_str!("../lexicon/en/name_particles.txt")).filter(|row| row[0] == "loose");
        loose.flat_map(|row| row[1].split_ascii_whitespace()).for_each(|word| add_small(word, class::LOOSE));
        lexicon.organisation_cues = OrganisationCues::english();
        lexicon.known_organisations = KnownOrganisations::english();
        lexicon
    }

    /// The lists that are asked of tokens in great number.
    pub(crate) fn lists(&mut self) -> [&mut dyn List; 3] {
        [&mut self.small_words, &mut self.organisation_cues.0, &mut self.known_organisations.words]
    }

    /// Whether a word (its hash in lower case) is of one of the classes.
    #[inline]
    fn is(&self, word: u64, classes: u8) -> bool {
        self.classes.get(word).is_some_and(|class| class & classes != 0)
    }

    /// The same of small words.
    #[inline]
    fn is_small(&self, word: &Token, classes: u8) -> bool {
        self.small_words.of(word.listed) & classes != 0
    }

    /// Whether a word that opens a sentence, before one in lower case, is no name: "He", "After".
    #[inline]
    pub(crate) fn is_opener(&self, word: &Token) -> bool {
        self.is_small(word, class::OPENER)
    }

    #[inline]
    pub(crate) fn is_the(&self, word: u64) -> bool {
        word == self.the
    }

    /// Whether a word is a day or month.
    #[inline]
    pub(crate) fn is_day(&self, word: &Token) -> bool {
        self.is_small(word, class::DAY)
    }

    /// Whether a word goes on a name after a word that heads organisations only: "Committee on Fisheries".
    #[inline]
    pub(crate) fn is_loose(&self, word: &Token) -> bool {
        self.is_small(word, class::LOOSE)
    }

    /// How many of the first tokens of `range` are titles; at least one token is left.
    pub(crate) fn titles_before(&self, text: &str, tokens: &[Token], range: Range<usize>, is_given_name: impl Fn(usize) -> bool) -> usize {
        let mut start = range.start;
        loop {
            let mut title = 0;
            let mut end = start;
            let limit = range.end.min(start + LONGEST_TITLE);
            for (at, token) in tokens.iter().enumerate().take(limit).skip(start) {
                let word = token.span.of(text);
                if word == "." {
                    if end == at {
                        end = at + 1;
                    }
                    continue;
                }
                title = extend_phrase(title, if word.ends_with('.') { title_word(word) } else { token.lower });
                if !self.beginnings.contains(&title) {
                    break;
                }
                if self.titles.contains(&title) && !(at == start && is_given_name(at)) {
                    end = at + 1;
                }
            }
            // A title alone is a name here ("Prince", "the Pope"): it stays.
            if end == start || end >= range.end {
                return start - range.start;
            }
            start = end;
        }
    }
}

const COMPASS: [&str; 9] = ["north", "south", "east", "west", "northern", "southern", "eastern", "western", "central"];

fn title_word(word: &str) -> u64 {
    let word = word.strip_suffix('.').unwrap_or(word);
    word_hashes(word).0
}

/// The mentions that the labels make, in text order.
pub(crate) fn collect(text: &str, tokens: &[Token], tagged: &[Tagged], lexicon: &NameLexicon) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(tagged.len() / 3);
    let mut at = 0;
    while at < tagged.len() {
        let first = tagged[at];
        let Some(name_type) = type_of(first.label) else {
            at += 1;
            continue;
        };
        let mut confidence = first.confidence;
        let mut end = at + 1;
        while end < tagged.len()
            && tagged[end].token == tagged[end - 1].token + 1
            && continues(tagged[end].label)
            && !begins(tagged[end].label)
            && type_of(tagged[end].label) == Some(name_type)
        {
            confidence = confidence.min(tagged[end].confidence);
            end += 1;
        }
        mentions.extend(mention(text, tokens, &tagged[at..end], TYPES[name_type], confidence, lexicon));
        at = end;
    }
    if let Some(agency) = dateline_agency(text, tokens) {
        let overlaps = |mention: &Mention| mention.tokens.start < agency.tokens.end && agency.tokens.start < mention.tokens.end;
        mentions.retain(|mention| !overlaps(mention));
        mentions.insert(mentions.partition_point(|mention| mention.tokens.start < agency.tokens.start), agency);
    }
    mentions
}

/// Tokens among which a dateline is looked for, and those of its place and date.
const DATELINE_WITHIN: usize = 120;
const LONGEST_DATELINE: usize = 12;

/// "LAGOS, March 3 (Reuters) - ": the agency between place and dash.
fn dateline_agency(text: &str, tokens: &[Token]) -> Option<Mention> {
    let word = |at: usize| tokens.get(at).map_or("", |token: &Token| token.span.of(text));
    let capitalised = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word && token.case.is_capitalised());
    let is_open = |&at: &usize| tokens[at].kind == TokenKind::Punctuation && word(at) == "(";
    let open = (1..tokens.len().min(DATELINE_WITHIN)).filter(is_open).find(|&at| {
        let line = (at.saturating_sub(LONGEST_DATELINE)..=at).rev().find(|&start| start == 0 || tokens[start].gap >= Gap::Line);
        let is_place_or_date = |t: usize| capitalised(t) || tokens[t].kind == TokenKind::Number || matches!(word(t), "," | "." | "-");
        line.is_some_and(|line| line < at && capitalised(line) && (line..at).all(is_place_or_date))
    })?;
    let close = (open + 2..open + 5).find(|&at| word(at) == ")")?;
    let is_dash = matches!(word(close + 1), "-" | "--" | "–" | "—" | "―") && tokens[close + 1].gap < Gap::Line;
    (is_dash && (open + 1..close).all(capitalised)).then(|| Mention {
        span: Span::new(tokens[open + 1].span.start(), tokens[close - 1].span.end()),
        tokens: TokenRange::new(open + 1, close),
        name_type: NameType::Organisation,
        confidence: 0.9,
        entry: None,
    })
}

fn mention(
    text: &str,
    tokens: &[Token],
    tagged: &[Tagged],
    name_type: NameType,
    confidence: f32,
    lexicon: &NameLexicon,
) -> Option<Mention> {
    let first = tagged[0].token as usize;
    let mut range = trimmed(tokens, first..first + tagged.len());
    let is_in = |list: u16, at: usize| tagged.get(at - first).is_some_and(|tagged| tagged.lists & list != 0);
    if name_type == NameType::Person {
        range.start += lexicon.titles_before(text, tokens, range.clone(), |at| is_in(lists::GIVEN_NAME, at));
        range = trimmed(tokens, range);
    }
    if range.is_empty() {
        return None;
    }
    // "et al", "N. W.": no name without a word.
    let is_word = |token: &Token| token.span.len() > 1 && token.case.is_capitalised() || !token.span.of(text).is_ascii();
    if name_type == NameType::Person && !tokens[range.clone()].iter().any(is_word) {
        return None;
    }
    let last = &tokens[range.end - 1];
    if matches!(name_type, NameType::Person | NameType::Organisation)
        && tokens.get(range.end).is_some_and(|next| next.gap == Gap::None && next.span.of(text) == ".")
        && lexicon.is(last.lower, class::POINTED)
    {
        range.end += 1;
    }
    // Lone words of nations, peoples and common things are what they are, whatever they do in the sentence.
    let lone_word = (range.len() == 1).then(|| tokens[range.start].lower);
    let lone_nation = lone_word.is_some() && is_in(lists::NATION, range.start);
    let no_name = lone_word.is_some_and(|word| lexicon.is(word, class::LONE));
    let no_organisation = lone_word.is_some_and(|word| lexicon.is(word, class::NO_ORGANISATION));
    // "Johnson & Johnson": people are joined by "and".
    let firm = tokens[range.clone()].iter().any(|token| token.kind == TokenKind::Symbol && token.span.of(text) == "&");
    // "Northern European": a nation with a point of the compass is no more than that.
    let part_of_nation = range.len() == 2
        && is_in(lists::NATION, range.start + 1)
        && COMPASS.iter().any(|point| tokens[range.start].span.of(text).eq_ignore_ascii_case(point));
    let name_type = match name_type {
        NameType::Organisation if lone_nation || part_of_nation => NameType::Location,
        NameType::Person | NameType::Organisation if no_name => NameType::Other,
        NameType::Organisation if no_organisation => NameType::Other,
        NameType::Person if firm => NameType::Organisation,
        _ => name_type,
    };
    let span = Span::new(tokens[range.start].span.start(), tokens[range.end - 1].span.end());
    Some(Mention { span, tokens: TokenRange::new(range.start, range.end), name_type, confidence, entry: None })
}

/// Without a leading "the" and without marks and possessives at either end. A closing point stays with an initial ("Malcolm X." is
/// not cut by the tokenizer; "J." at the end of a name is its own token and is cut).
pub(crate) fn trimmed(tokens: &[Token], mut range: Range<usize>) -> Range<usize> {
    while let Some(first) = tokens[range.clone()].first() {
        let is_mark = matches!(first.kind, TokenKind::Punctuation | TokenKind::Quote | TokenKind::Clitic);
        if !is_mark && first.lower != const { named_hash("the") } {
            break;
        }
        range.start += 1;
    }
    while let Some(last) = tokens[range.clone()].last() {
        if !matches!(last.kind, TokenKind::Punctuation | TokenKind::Quote | TokenKind::Clitic) {
            break;
        }
        range.end -= 1;
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without_titles(text: &str) -> &str {
        let tokens = tokenize_entry(text);
        let skipped = NameLexicon::english().titles_before(text, &tokens, 0..tokens.len(), |at| tokens[at].lower == word_hashes("dean").0);
        &text[tokens[skipped].span.start()..]
    }

    #[test]
    fn titles_are_no_part_of_a_name() {
        assert_eq!(without_titles("Mr Oduya"), "Oduya");
        assert_eq!(without_titles("Lt. Gen. Ana Ruiz"), "Ana Ruiz");
        assert_eq!(without_titles("Prime Minister Lindqvist"), "Lindqvist");
        assert_eq!(without_titles("Director-General Dr. Noor Aziz"), "Noor Aziz");
        assert_eq!(without_titles("U.S. Sen. Ruth Falk"), "Ruth Falk");
    }

    #[test]
    fn a_title_that_is_a_name_stays() {
        assert_eq!(without_titles("Dean Whitlock"), "Dean Whitlock");
        assert_eq!(without_titles("Prince"), "Prince");
    }
}
