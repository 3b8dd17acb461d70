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
    /// By how much its type won, in votes.
    votes: f32,
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
/// An organisation of one word whose margins, in votes, come to less than this on average is none.
const WEAK: f32 = 0.8;
/// Votes that a name needs to be found where the first pass saw none.
const SURE: f32 = 12.0;

/// Mends the labels of the first pass; `margins` say how far each label won, `unit` is the score of one unit of the learner's weights.
pub(crate) fn mend(facts: &Facts, margins: &[i32], unit: f32, labels: &mut [Label]) {
    let votes_of = |margin: i32| margin as f32 / unit / MARGIN;
    let names = names(facts, margins, votes_of, labels);
    if names.is_empty() {
        return;
    }
    let runs = free_runs(facts, labels);
    let mut evidence = Evidence::of(facts, &names);
    for &(start, length) in &runs {
        let against = margins[start..start + length].iter().fold(i32::MAX, |least, &margin| least.min(margin));
        evidence.hear_against(facts.run_phrase(&facts.candidates[start]), votes_of(against).min(MOST_VOTES));
    }
    // The names that are there: one type for each phrase.
    for name in &names {
        let length = name.end - name.start;
        let mut votes = evidence.votes(facts, name.start, length, name.phrase);
        // The first word of an organisation's name is its short form; a place in it stays a place.
        if length == 1 && matches!(TYPES[name.name_type], NameType::Person | NameType::Other) {
            votes[ORGANISATION] += evidence.first_words.get(&name.phrase).copied().unwrap_or(0.0);
        }
        let best = usual(&votes, name.name_type);
        let doubtful = match best {
            ORGANISATION => !is_acronym(facts, name.start),
            PERSON => !evidence.surnames.contains_key(&name.phrase),
            _ => false,
        };
        if doubtful && length == 1 && evidence.is_weak(best, name.phrase) {
            // A single word that is in doubt as an organisation or a person wherever it stands is a product, a contest, a law.
            if name.name_type == best || name.name_type == PERSON && evidence.is_weak(PERSON, name.phrase) {
                write(&mut labels[name.start..name.end], OTHER);
            }
        } else if best != name.name_type {
            write(&mut labels[name.start..name.end], best);
        }
    }
    // The names that were missed.
    let mut uncapitalised: Option<FxHashSet<u64>> = None;
    for (start, length) in runs {
        let candidate = &facts.candidates[start];
        let votes = evidence.votes(facts, start, length, facts.run_phrase(candidate));
        let best = usual(&votes, PERSON);
        if votes[best] < SURE || !matches!(TYPES[best], NameType::Person | NameType::Organisation) {
            continue;
        }
        // A common word may be capitalised only because it opens the sentence.
        let token = word(facts, start);
        let seen = uncapitalised.get_or_insert_with(|| {
            let lower = facts.tokens.iter().zip(&facts.of_token).filter(|(token, _)| token.case == Case::Lower);
            lower.map(|(_, of_token)| of_token.lower).collect()
        });
        if length == 1 && (seen.contains(&token.lower) || token.lists & lists::COMMON != 0 && candidate.opens_sentence()) {
            continue;
        }
        write(&mut labels[start..start + length], best);
    }
}

/// What the names of the article say, by hashes of phrases and words.
#[derive(Default)]
struct Evidence {
    phrases: FxHashMap<u64, Votes>,
    /// Sum and number of what was said for (and, below 0, against) each phrase as a person and as an organisation.
    doubts: [FxHashMap<u64, (f32, f32)>; 2],
    surnames: FxHashMap<u64, f32>,
    /// First words of organisations of several words.
    first_words: FxHashMap<u64, f32>,
    acronyms: FxHashMap<u64, usize>,
}

impl Evidence {
    fn of(facts: &Facts, names: &[Name]) -> Self {
        let mut evidence = Self::default();
        for name in names {
            let votes = name.votes.clamp(LEAST_VOTES, MOST_VOTES);
            evidence.phrases.entry(name.phrase).or_default()[name.name_type] += votes;
            if let Some(doubts) = evidence.doubts.get_mut(name.name_type) {
                let (sum, number) = doubts.entry(name.phrase).or_default();
                *sum += name.votes.min(MOST_VOTES);
                *number += 1.0;
            }
            if name.end - name.start > 1 {
                if name.name_type == ORGANISATION {
                    *evidence.first_words.entry(word(facts, name.start).lower).or_default() += votes;
                }
                if name.name_type == PERSON {
                    *evidence.surnames.entry(word(facts, name.end - 1).lower).or_default() += votes;
                } else if let Some(acronym) = acronym(facts, name) {
                    evidence.acronyms.entry(acronym).or_insert(name.name_type);
                }
            }
        }
        evidence
    }

    /// A run of capitalised tokens like this was found to be no name.
    fn hear_against(&mut self, phrase: u64, votes: f32) {
        for (sum, number) in self.doubts.iter_mut().filter_map(|doubts| doubts.get_mut(&phrase)) {
            *sum -= votes;
            *number += 1.0;
        }
    }

    fn votes(&self, facts: &Facts, start: usize, length: usize, phrase: u64) -> Votes {
        let mut votes = self.phrases.get(&phrase).copied().unwrap_or_default();
        if length == 1 {
            let token = word(facts, start);
            votes[PERSON] += self.surnames.get(&token.lower).copied().unwrap_or(0.0);
            if is_acronym(facts, start)
                && let Some(&name_type) = self.acronyms.get(&token.lower)
            {
                votes[name_type] += MOST_VOTES;
            }
        }
        votes
    }

    fn is_weak(&self, name_type: usize, phrase: u64) -> bool {
        self.doubts.get(name_type).and_then(|doubts| doubts.get(&phrase)).is_some_and(|(sum, number)| sum / number < WEAK)
    }
}

/// The type with the most votes; `so_far` unless another has more.
fn usual(votes: &Votes, so_far: usize) -> usize {
    (0..4).fold(so_far, |best, next| if votes[next] > votes[best] { next } else { best })
}

/// Runs of capitalised tokens without any name in them, as first candidate and length.
fn free_runs(facts: &Facts, labels: &[Label]) -> Vec<(usize, usize)> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < labels.len() {
        let candidate = &facts.candidates[at];
        let length = candidate.run_length();
        if length == 0 || candidate.token != candidate.run_start() || at + length > labels.len() || !facts.ends_run(at + length - 1) {
            at += 1;
            continue;
        }
        if labels[at..at + length].iter().all(|&label| label == OUTSIDE) {
            runs.push((at, length));
        }
        at += length;
    }
    runs
}

fn word<'f>(facts: &'f Facts, at: usize) -> &'f TokenFacts {
    &facts.of_token[facts.candidates[at].token as usize]
}

fn write(labels: &mut [Label], name_type: usize) {
    for (at, label) in labels.iter_mut().enumerate() {
        *label = (name_type * 2 + 1 + usize::from(at > 0)) as Label;
    }
}

fn names(facts: &Facts, margins: &[i32], votes_of: impl Fn(i32) -> f32, labels: &[Label]) -> Vec<Name> {
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
        names.push(Name { start, end: at, name_type, phrase, votes: votes_of(won) });
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
    (count >= 2).then(|| word_hashes(acronym).0)
}
