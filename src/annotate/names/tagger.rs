//! The two passes over a document: scores for every candidate token, corrected by what the document says elsewhere, then the best
//! sequence of labels of each segment.

use super::chain::{self, Lattice, factors, viterbi};
use super::document_pass::{self, types};
use super::facts::{Candidate, Facts};
use super::label::{LABELS, Label, OUTSIDE, type_of};
use super::mentions::NameLexicon;
use super::model::Model;
use super::network::Scores;
use super::organisation_context;
use crate::document::{Case, Gap, Sentence, Token};
use std::ops::Range;

/// A candidate token with its label, and how likely its type is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagged {
    pub(crate) token: u32,
    pub(crate) label: Label,
    pub(crate) confidence: f32,
}

/// Labels for all tokens that can be part of a name; the others are outside.
pub(crate) fn tag(text: &str, tokens: &[Token], sentences: &[Sentence], model: &Model, lexicon: &NameLexicon) -> Vec<Tagged> {
    let facts = Facts::new(text, tokens, sentences, &model.words, lexicon);
    let mut scores = score(&facts, model);
    for (scores, candidate) in scores.iter_mut().zip(&facts.candidates) {
        if is_known_paper(&facts, candidate, lexicon) {
            scores[FIRST_OF_ORGANISATION] += KNOWN_PAPER;
        }
        if lexicon.is_brand(facts.of_token[candidate.token as usize].lower) {
            scores[FIRST_OF_ORGANISATION] += BRAND;
        }
        if opens_ampersand_name(&facts, candidate) {
            scores[FIRST_OF_ORGANISATION] += AMPERSAND;
        }
    }
    organisation_context::weigh(&facts, &lexicon.organisation_cues, &mut scores);
    let factors = factors(&model.transitions);
    let mut shares = Vec::with_capacity(scores.len());
    if let Some(network) = &model.document {
        marginals(&facts, &scores, &factors, &mut shares, |segment| is_outside(&scores[segment]));
        document_pass::correct(&facts, &shares, network, &mut scores);
    }
    let mut labels = vec![OUTSIDE; scores.len()];
    decode(&facts, &scores, &model.transitions, &mut labels);
    // Where no name is, nobody asks how sure that is.
    marginals(&facts, &scores, &factors, &mut shares, |segment| labels[segment].iter().all(|&label| label == OUTSIDE));
    let tagged = |(at, candidate): (usize, &Candidate)| {
        let confidence = type_of(labels[at]).map_or(0.0, |name_type| types(&shares[at])[name_type + 1]);
        Tagged { token: candidate.token, label: labels[at], confidence }
    };
    facts.candidates.iter().enumerate().map(tagged).collect()
}

/// The label of an organisation's first token, and what the name of a known paper or station gains as one after "the".
const FIRST_OF_ORGANISATION: usize = 3;
const KNOWN_PAPER: f32 = 1.5;
/// What a brand gains: in lower case nothing else speaks for it.
const BRAND: f32 = 8.0;

/// "AT&T", "H&M".
const AMPERSAND: f32 = 6.0;

/// Capitals joined by `&` without blanks, but for what is joined like that and is no organisation ("R&D").
fn opens_ampersand_name(facts: &Facts, candidate: &Candidate) -> bool {
    let at = candidate.token as usize;
    let (Some(first), Some(and), Some(last)) = (facts.tokens.get(at), facts.tokens.get(at + 1), facts.tokens.get(at + 2)) else {
        return false;
    };
    let is_upper = |token: &Token| matches!(token.case, Case::Upper | Case::Initial) && token.span.len() <= 3;
    let joined = first.span.cover(last.span);
    and.gap == Gap::None
        && last.gap == Gap::None
        && and.span.of(facts.text) == "&"
        && is_upper(first)
        && is_upper(last)
        && !matches!(joined.of(facts.text), "R&D" | "Q&A" | "M&A" | "B&B" | "R&B" | "A&E" | "P&L" | "T&C" | "D&D" | "F&B" | "O&M" | "S&T")
}

/// "The Register", "the Guardian": words that are as common in lower case, of which capitals after "the" make a paper or station.
fn is_known_paper(facts: &Facts, candidate: &Candidate, lexicon: &NameLexicon) -> bool {
    let at = candidate.token as usize;
    let printed = |at: usize| facts.tokens[at].span.of(facts.text);
    facts.tokens[at].case == Case::Initial
        && at > 0
        && !candidate.opens_sentence()
        && printed(at - 1).eq_ignore_ascii_case("the")
        && facts.of_token.get(at + 1).is_none_or(|next| !next.capitalised)
        && lexicon.is_paper(facts.of_token[at].lower)
}

/// First-pass scores of all candidates.
fn score(facts: &Facts, model: &Model) -> Vec<Scores> {
    let mut word_sums = model.word_sums.take();
    let mut features = Vec::with_capacity(128);
    let score = |candidate| {
        features.clear();
        facts.joint_features(candidate, &model.words, &mut features);
        let mut sums = model.network.table.sum(&features);
        word_sums.add(facts, candidate, model, &mut sums);
        model.network.scores(&sums)
    };
    let scores = facts.candidates.iter().map(score).collect();
    model.word_sums.give_back(word_sums);
    scores
}

/// How likely each label of each candidate is; those of a segment that is `passed_over` are outside.
pub(crate) fn marginals(
    facts: &Facts,
    scores: &[Scores],
    factors: &[Scores; LABELS],
    shares: &mut Vec<Scores>,
    passed_over: impl Fn(Range<usize>) -> bool,
) {
    let mut lattice = Lattice::default();
    shares.clear();
    for segment in segments(facts) {
        if passed_over(segment.clone()) {
            shares.extend(segment.map(|_| chain::START));
            continue;
        }
        lattice.set(scores[segment].iter().copied());
        lattice.run(factors);
        shares.extend_from_slice(&lattice.marginals);
    }
}

/// By how much, in nats, being outside of names must win over every other label for a token to be passed over: "The" at the start of a
/// sentence. One in two thousand is left.
const SURE: f32 = 7.5;

/// Whether no token of a segment can be in a name.
pub(crate) fn is_outside(scores: &[Scores]) -> bool {
    scores.iter().all(|scores| scores[1..].iter().all(|&score| scores[0] - score > SURE))
}

/// The best labels, segment by segment.
fn decode(facts: &Facts, scores: &[Scores], transitions: &[Scores; LABELS], labels: &mut [Label]) {
    let mut back = Vec::new();
    for segment in segments(facts).filter(|segment| !is_outside(&scores[segment.clone()])) {
        viterbi(&scores[segment.clone()], transitions, &mut back, &mut labels[segment]);
    }
}

/// Ranges of candidates that are labelled together.
fn segments(facts: &Facts) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = facts.candidates.get(start + 1..)?;
        let end = start + 1 + rest.iter().take_while(|candidate| !candidate.opens_segment).count();
        let segment = start..end;
        start = end;
        Some(segment)
    })
}
