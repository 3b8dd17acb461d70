//! What stands beside a name and makes it an organisation: it has shareholders or a managing director, or is called a charity.
//!
//! The tagger reads a few words to either side and knows them by their clusters; names that are common words ("Lattice", "Coastwatch")
//! it takes for people or passes over. One clear cue speaks for every mention of the same name in the article.

use super::facts::{Candidate, Facts};
use super::label::{FIRST_OF_ORGANISATION, INSIDE_ORGANISATION};
use super::network::Scores;
use super::words::lists;
use crate::annotate::lexicon::{WordList, extend_phrase, named_hash, rows};
use crate::document::{Case, Gap, Token, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What one cue adds to the scores of an organisation, in nats.
const CUE: f32 = 2.0;
/// What a cue adds that people have too.
const HINT: f32 = 1.0;
/// What all cues of a name together add at most.
const MOST: f32 = 4.0;

/// Words by what they say of a name beside them.
#[derive(Default)]
pub(super) struct OrganisationCues(pub(super) WordList<u16>);

const OWNED: u16 = 1;
const CHIEF: u16 = 1 << 1;
const POST: u16 = 1 << 2;
const STAFF: u16 = 1 << 3;
const KIND: u16 = 1 << 4;
const INNER: u16 = 1 << 5;
const DIRECTS: u16 = 1 << 6;
const TEAM: u16 = 1 << 7;
const OPENS: u16 = 1 << 8;
const CLOSES: u16 = 1 << 9;
const DOES: u16 = 1 << 10;
const PAPER: u16 = 1 << 11;

impl OrganisationCues {
    pub(super) fn english() -> Self {
        let mut cues: WordList<u16> = WordList::default();
        for row in rows(include_str!("../lexicon/en/organisation_cues.txt")) {
            let class = match row[0] {
                "owned" => OWNED,
                "chief" => CHIEF,
                "post" => POST,
                "staff" => STAFF,
                "kind" => KIND,
                "inner" => INNER,
                "directs" => DIRECTS,
                "team" => TEAM,
                "opens" => OPENS,
                "closes" => CLOSES,
                "does" => DOES,
                "paper" => PAPER,
                other => unreachable!("organisation_cues.txt has no class {other:?}"),
            };
            for word in row[1].split_ascii_whitespace() {
                *cues.entry(word).get_or_insert_default() |= class;
            }
        }
        Self(cues)
    }

    fn of(&self, word: &Token) -> u16 {
        *self.0.of(word.listed)
    }
}

/// Adds to the scores of organisations what the words beside each run of capitalised tokens say, wherever the same run stands.
pub(super) fn weigh(facts: &Facts, cues: &OrganisationCues, scores: &mut [Scores]) {
    let mut gains: FxHashMap<u64, f32> = FxHashMap::default();
    for candidate in runs(facts) {
        let name = name_of(facts, candidate);
        let gain = gain(facts, candidate, name.clone(), cues);
        if gain > 0.0 {
            *gains.entry(phrase(facts, name)).or_default() += gain;
        }
    }
    if gains.is_empty() {
        return;
    }
    let mut rest = scores;
    for run in facts.candidates.chunk_by(|a, b| a.run_start() == b.run_start()) {
        let scores;
        (scores, rest) = rest.split_at_mut(run.len());
        if run[0].run_length() == 0 {
            continue;
        }
        let name = name_of(facts, &run[0]);
        let Some(gain) = gains.get(&phrase(facts, name.clone())) else { continue };
        for (scores, candidate) in scores.iter_mut().zip(run) {
            let at = candidate.token as usize;
            if at >= name.start {
                scores[if at == name.start { FIRST_OF_ORGANISATION } else { INSIDE_ORGANISATION }] += gain.min(MOST);
            }
        }
    }
}

fn runs<'f>(facts: &'f Facts) -> impl Iterator<Item = &'f Candidate> {
    facts.candidates.iter().filter(|candidate| candidate.run_length() > 0 && candidate.place_in_run() == 0)
}

/// The run without the place of a dateline: "PERTH – Gidgee Lithium".
fn name_of(facts: &Facts, candidate: &Candidate) -> Range<usize> {
    let start = candidate.run_start() as usize;
    let run = start..start + candidate.run_length();
    let is_dash = |&at: &usize| {
        let token = &facts.tokens[at];
        token.kind == TokenKind::Punctuation && token.gap > Gap::None && matches!(token.span.of(facts.text), "-" | "–" | "—")
    };
    run.clone().rev().find(is_dash).map_or(run.clone(), |dash| dash + 1..run.end)
}

fn phrase(facts: &Facts, name: Range<usize>) -> u64 {
    facts.of_token[name].iter().map(|facts| facts.lower).reduce(extend_phrase).unwrap_or(0)
}

fn gain(facts: &Facts, run: &Candidate, name: Range<usize>, cues: &OrganisationCues) -> f32 {
    let (start, end) = (name.start, name.end);
    if name.len() == 1 && facts.of_token[start].lists & lists::NATION != 0 {
        return 0.0;
    }
    let limit = run.sentence_end as usize;
    let first = run.sentence_start as usize;
    let sides = [
        owns(facts, end, limit, cues),
        is_served(facts, first, start, cues),
        is_called(facts, first, start, cues),
        plays(facts, first..limit, start..end, cues),
        is_made_of(facts, start..end, cues),
        has_seen(facts, first, start),
        name.len() > 1 && publishes(facts, first, start),
    ];
    let reports = if reports_of_itself(facts, end, limit, cues) { HINT } else { 0.0 };
    sides.into_iter().filter(|&says| says).count() as f32 * CUE + reports
}

/// "Acme's shareholders", "Acme's annual profit", "Acme chief executive".
fn owns(facts: &Facts, end: usize, limit: usize, cues: &OrganisationCues) -> bool {
    let word = |at: usize| (at < limit && facts.tokens[at].gap <= Gap::Blank).then(|| cues.of(&facts.tokens[at]));
    let is_possessive = end < limit && facts.tokens[end].kind == TokenKind::Clitic;
    let mut at = end + usize::from(is_possessive);
    let mut said = word(at).unwrap_or(0);
    if is_possessive && said & INNER != 0 {
        at += 1;
        said = word(at).unwrap_or(0);
    }
    said & OWNED != 0 || said & CHIEF != 0 && word(at + 1).is_some_and(|next| next & (OWNED | POST | CHIEF | DIRECTS) != 0)
}

/// "managing director of Acme", "an analyst at the Acme".
fn is_served(facts: &Facts, first: usize, start: usize, cues: &OrganisationCues) -> bool {
    let is = |at: usize, word: u64| is_in_small_letters(&facts.tokens[at], word);
    let said = |at: usize| cues.of(&facts.tokens[at]);
    let the = usize::from(start > first && is(start - 1, const { named_hash("the") }));
    let start = start - the;
    // "Director of Health" is a title.
    if start < first + 2 || facts.tokens[start - 2].case == Case::Initial {
        return false;
    }
    let post = said(start - 2);
    let directs = || the == 1 || start > first + 2 && said(start - 3) & CHIEF != 0;
    if is(start - 1, const { named_hash("of") }) {
        return post & POST != 0 || post & DIRECTS != 0 && directs();
    }
    (is(start - 1, const { named_hash("at") }) || is(start - 1, const { named_hash("with") })) && post & (POST | STAFF | DIRECTS) != 0
}

/// Whether a token is this word (its hash), and has no capital.
fn is_in_small_letters(token: &Token, word: u64) -> bool {
    token.lower == word && token.case == Case::Lower
}

/// "Radio Solent", "Western Grid".
fn is_made_of(facts: &Facts, run: Range<usize>, cues: &OrganisationCues) -> bool {
    let said = |at: usize| cues.of(&facts.tokens[at]);
    run.len() > 1 && (said(run.start) & OPENS != 0 || said(run.end - 1) & CLOSES != 0)
}

/// "a memo seen by Cloudsheet"
fn has_seen(facts: &Facts, first: usize, start: usize) -> bool {
    let printed = |at: usize| facts.tokens[at].span.of(facts.text);
    start > first + 1 && printed(start - 1) == "by" && matches!(printed(start - 2), "seen" | "obtained")
}

/// "published in Cryosphere Reports", "published on Wednesday in Cryosphere Reports"
fn publishes(facts: &Facts, first: usize, start: usize) -> bool {
    let is = |at: usize, word: u64| is_in_small_letters(&facts.tokens[at], word);
    let mut before = first.max(start.saturating_sub(4))..start;
    start > first + 1 && is(start - 1, const { named_hash("in") }) && before.any(|at| is(at, const { named_hash("published") }))
}

/// "Coastwatch says it has": of people too, but less often.
fn reports_of_itself(facts: &Facts, end: usize, limit: usize, cues: &OrganisationCues) -> bool {
    let is = |at: usize, word: u64| at < limit && is_in_small_letters(&facts.tokens[at], word);
    if !(is(end, const { named_hash("said") }) || is(end, const { named_hash("says") })) {
        return false;
    }
    let it = end + 1 + usize::from(is(end + 1, const { named_hash("that") }));
    is(it, const { named_hash("it") }) && it + 1 < limit && cues.of(&facts.tokens[it + 1]) & DOES != 0
}

/// "the Town manager", "Town 3-2 Rovers", "at home to Rovers".
fn plays(facts: &Facts, sentence: Range<usize>, run: Range<usize>, cues: &OrganisationCues) -> bool {
    let printed = |at: usize| if sentence.contains(&at) { facts.tokens[at].span.of(facts.text) } else { "" };
    let is_number = |at: usize| sentence.contains(&at) && facts.tokens[at].kind == TokenKind::Number && facts.tokens[at].span.len() < 3;
    let is_score =
        |at: usize| is_number(at) && is_number(at + 2) && matches!(printed(at + 1), "-" | "–") && facts.tokens[at + 1].gap == Gap::None;
    let is_name = |at: usize| sentence.contains(&at) && facts.of_token[at].capitalised;
    let (start, end) = (run.start, run.end);
    let before = |count: usize| start.checked_sub(count);
    let is_the = |at: usize| sentence.contains(&at) && is_in_small_letters(&facts.tokens[at], const { named_hash("the") });
    before(1).is_some_and(is_the) && sentence.contains(&end) && cues.of(&facts.tokens[end]) & TEAM != 0
        || is_score(end) && is_name(end + 3)
        || before(4).is_some_and(|other| is_score(other + 1) && is_name(other))
        || before(2).is_some_and(|home| matches!(printed(home), "home" | "away") && matches!(printed(home + 1), "to" | "against"))
}

/// "the charity Acme", "insurer Acme", "the charity “Acme”", "the Greek daily Acme".
fn is_called(facts: &Facts, first: usize, start: usize, cues: &OrganisationCues) -> bool {
    let marked = start > first && facts.tokens[start - 1].kind == TokenKind::Quote && facts.tokens[start].gap == Gap::None;
    let kind = start - usize::from(marked);
    if kind == first || facts.of_token[kind - 1].capitalised {
        return false;
    }
    let said = cues.of(&facts.tokens[kind - 1]);
    said & KIND != 0 || said & PAPER != 0 && kind > first + 1 && facts.of_token[kind - 2].capitalised
}

#[cfg(test)]
mod tests {
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::names::{Model, find};
    use crate::annotate::{sentences, tokens};
    use crate::document::NameType;

    /// The organisations of a text.
    fn organisations(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let mentions = find(text, &tokens, &sentences, &Model::embedded(), None, &lexicon);
        mentions.iter().filter(|mention| mention.name_type == NameType::Organisation).map(|mention| mention.span.of(text)).collect()
    }

    #[test]
    fn what_it_has_and_who_leads_it_make_an_organisation() {
        assert_eq!(organisations("Calder Brook’s shareholders met on Monday. Calder Brook was sold."), ["Calder Brook"; 2]);
        assert_eq!(organisations("Ann Roe, managing director of Orwell Line, left."), ["Orwell Line"]);
        assert_eq!(organisations("She wrote to the insurer Halden Mutual."), ["Halden Mutual"]);
    }

    #[test]
    fn what_it_is_called_may_stand_before_a_mark_or_after_where_it_is_from() {
        let ngo = organisations("A court fined the non-governmental organisation “Vakthund”. Vakthund will appeal.");
        assert_eq!(ngo, ["Vakthund"; 2]);
        assert_eq!(organisations("The plan was first told by the Danish daily Morgenposten."), ["Morgenposten"]);
        assert_eq!(organisations("Read it in our daily Briefing."), Vec::<&str>::new());
    }

    #[test]
    fn teams_are_known_by_their_score_and_their_manager() {
        assert_eq!(organisations("Ravensbourne Town 3-2 Severn Athletic"), ["Ravensbourne Town", "Severn Athletic"]);
    }

    #[test]
    fn a_dateline_is_no_part_of_the_name() {
        assert_eq!(organisations("PERTH – Gidgee Lithium has cut its dividend."), ["Gidgee Lithium"]);
    }

    #[test]
    fn people_and_nations_have_boards_too_and_stay_what_they_are() {
        assert_eq!(organisations("France’s chief negotiator met Ms Anna Kopp. Anna Kopp’s lawyer came."), Vec::<&str>::new());
    }
}
