//! The second pass over the document: names of one article explain each other.
//!
//! The tagger reads each sentence alone. Here its names are put side by side, and where they disagree the evidence of the whole article
//! decides: the same name is of one type throughout, the last name of a person found in full is that person, the capitals of an
//! organisation's name stand for it, and a name found for certain in one place is found in the others. (Non-local evidence in name
//! tagging: Krishnan and Manning 2006; here as votes weighted by the tagger's margins, because a pass learnt on encyclopaedia
//! articles carried their habits into the news.)

use super::features::{Facts, TokenFacts};
use super::label::{Label, OUTSIDE, TYPES, begins, type_of};
use super::words::{extend_phrase, lists, word_hashes};
use crate::document::{Case, NameType};
use rustc_hash::{FxHashMap, FxHashSet};

/// A name of the first pass: a range of candidates.
#[derive(Clone, Copy)]
struct Name {
    start: usize,
    end: usize,
    name_type: usize,
    phrase: u64,
    /// By how much its type won, in the learner's unit.
    margin: f32,
}

/// Weighed votes by type.
type Votes = [f32; 4];

const PERSON: usize = 0;
const ORGANISATION: usize = 1;
const OTHER: usize = 3;
/// The margin, in the learner's unit, that is one vote.
const MARGIN: f32 = 20.0;
const LONGEST_ACRONYM: usize = 8;
/// A margin counts no more than this: many doubtful places outweigh a certain one.
const MOST_VOTES: f32 = 12.0;
/// What every occurrence counts, however doubtful.
const LEAST_VOTES: f32 = 1.0;
/// An organisation whose margins, in votes, come to less than this on average is none.
const WEAK: f32 = 1.2;
/// Votes that a name needs to be found where the first pass saw none.
const SURE: f32 = 12.0;

/// Mends the labels of the first pass; `margins` say how far each label won, `unit` is the score of one unit of the learner's weights.
pub(crate) fn mend(facts: &Facts, margins: &[i32], unit: f32, labels: &mut [Label]) {
    let names = names(facts, margins, unit, labels);
    let mut phrases: FxHashMap<u64, Votes> = FxHashMap::default();
    // Sum and number of the margins of each organisation.
    let mut organisations: FxHashMap<u64, (f32, f32)> = FxHashMap::default();
    let mut surnames: FxHashMap<u64, f32> = FxHashMap::default();
    let mut acronyms: FxHashMap<u64, usize> = FxHashMap::default();
    for name in &names {
        let votes = name.margin.clamp(LEAST_VOTES, MOST_VOTES);
        phrases.entry(name.phrase).or_default()[name.name_type] += votes;
        if name.name_type == ORGANISATION {
            let (sum, number) = organisations.entry(name.phrase).or_default();
            *sum += name.margin;
            *number += 1.0;
        }
        if name.end - name.start > 1 {
            if name.name_type == PERSON {
                *surnames.entry(word(facts, name.end - 1).lower).or_default() += votes;
            }
            if let Some(acronym) = acronym(facts, name) {
                acronyms.entry(acronym).or_insert(name.name_type);
            }
        }
    }
    // The names that are there: one type for each phrase.
    for name in &names {
        let mut votes = phrases.get(&name.phrase).copied().unwrap_or_default();
        if name.end - name.start == 1 {
            let token = word(facts, name.start);
            votes[PERSON] += surnames.get(&token.lower).copied().unwrap_or(0.0);
            if is_acronym(facts, name.start)
                && let Some(&name_type) = acronyms.get(&token.lower)
            {
                votes[name_type] += MOST_VOTES;
            }
        }
        let best = (0..4).fold(name.name_type, |best, next| if votes[next] > votes[best] { next } else { best });
        if best != name.name_type {
            write(labels, name.start, name.end, best);
        } else if best == ORGANISATION
            && organisations.get(&name.phrase).is_some_and(|(sum, number)| sum / number < WEAK)
            && !is_acronym(facts, name.start)
        {
            // An organisation in doubt wherever it stands is a product, a contest, a law.
            write(labels, name.start, name.end, OTHER);
        }
    }
    // The names that were missed: runs of capitalised tokens without any, known from elsewhere.
    let mut uncapitalised: Option<FxHashSet<u64>> = None;
    let mut at = 0;
    while at < labels.len() {
        let candidate = &facts.candidates[at];
        let length = candidate.run_length();
        if length == 0 || candidate.token != candidate.run_start() || at + length > labels.len() || !facts.ends_run(at + length - 1) {
            at += 1;
            continue;
        }
        let run = at..at + length;
        at = run.end;
        if labels[run.clone()].iter().any(|&label| label != OUTSIDE) {
            continue;
        }
        let phrase = facts.run_phrase(candidate);
        let mut votes = phrases.get(&phrase).copied().unwrap_or_default();
        if length == 1 {
            let token = word(facts, run.start);
            votes[PERSON] += surnames.get(&token.lower).copied().unwrap_or(0.0);
            if is_acronym(facts, run.start)
                && let Some(&name_type) = acronyms.get(&token.lower)
            {
                votes[name_type] += MOST_VOTES;
            }
        }
        let best = (1..4).fold(0, |best, next| if votes[next] > votes[best] { next } else { best });
        if votes[best] < SURE || !matches!(TYPES[best], NameType::Person | NameType::Organisation) {
            continue;
        }
        // A common word may be capitalised only because it opens the sentence.
        if length == 1 {
            let token = word(facts, run.start);
            let seen = uncapitalised.get_or_insert_with(|| {
                facts
                    .tokens
                    .iter()
                    .zip(&facts.of_token)
                    .filter(|(token, _)| token.case == Case::Lower)
                    .map(|(_, facts)| facts.lower)
                    .collect()
            });
            if seen.contains(&token.lower) || token.lists & lists::COMMON != 0 && candidate.opens_sentence() {
                continue;
            }
        }
        write(labels, run.start, run.end, best);
    }
}

fn word<'f>(facts: &'f Facts, at: usize) -> &'f TokenFacts {
    &facts.of_token[facts.candidates[at].token as usize]
}

fn write(labels: &mut [Label], start: usize, end: usize, name_type: usize) {
    for at in start..end {
        labels[at] = (name_type * 2 + 1 + usize::from(at > start)) as Label;
    }
}

fn names(facts: &Facts, margins: &[i32], unit: f32, labels: &[Label]) -> Vec<Name> {
    let mut names = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let Some(name_type) = type_of(labels[at]) else {
            at += 1;
            continue;
        };
        let start = at;
        let mut phrase = word(facts, at).lower;
        let mut won = margins[at];
        at += 1;
        while at < labels.len() && !begins(labels[at]) && labels[at] != OUTSIDE && !facts.candidates[at].opens_segment {
            phrase = extend_phrase(phrase, word(facts, at).lower);
            won = won.min(margins[at]);
            at += 1;
        }
        names.push(Name { start, end: at, name_type, phrase, margin: won as f32 / unit / MARGIN });
    }
    names
}

/// Whether a candidate is written like an acronym.
fn is_acronym(facts: &Facts, at: usize) -> bool {
    let token = &facts.tokens[facts.candidates[at].token as usize];
    token.case == Case::Upper && token.span.len() <= LONGEST_ACRONYM
}

/// Hash of the capitals of a name of two and more capitalised words.
fn acronym(facts: &Facts, name: &Name) -> Option<u64> {
    let mut letters = [0u8; LONGEST_ACRONYM];
    let mut count = 0;
    for candidate in &facts.candidates[name.start..name.end] {
        let token = candidate.token as usize;
        let first = facts.tokens[token].span.of(facts.text).as_bytes().first().copied().unwrap_or(0);
        if facts.of_token[token].capitalised && first.is_ascii_alphabetic() {
            *letters.get_mut(count)? = first.to_ascii_lowercase();
            count += 1;
        }
    }
    let acronym = std::str::from_utf8(&letters[..count]).ok()?;
    (count >= 2 && name.name_type != PERSON).then(|| word_hashes(acronym).0)
}
