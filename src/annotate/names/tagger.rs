//! The two passes over a document: scores for every candidate token, corrected by what the document says elsewhere, then the best
//! sequence of labels of each segment.

use super::chain::{self, Chain, Lattice};
use super::document_pass::{self, types};
use super::facts::{Candidate, Facts};
use super::features::Window;
use super::label::{Label, OUTSIDE, type_of};
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
    let chain = Chain::of(&model.transitions);
    let mut shares = vec![chain::START; scores.len()];
    let mut first_scores = Vec::new();
    if let Some(network) = &model.document {
        marginals(&facts, &scores, &chain, &mut shares, |segment| !is_outside(&scores[segment]));
        first_scores.clone_from(&scores);
        document_pass::correct(&facts, &shares, network, &mut scores);
    }
    let mut labels = vec![OUTSIDE; scores.len()];
    decode(&facts, &scores, &chain, &mut labels);
    // Where no name is, nobody asks how sure that is; and where nothing was corrected, it is known.
    marginals(&facts, &scores, &chain, &mut shares, |segment| {
        let corrected = first_scores.get(segment.clone()).is_none_or(|first| first != &scores[segment.clone()]);
        corrected && labels[segment].iter().any(|&label| label != OUTSIDE)
    });
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
    let mut group_sums = model.group_sums.take();
    let score = |candidate| model.network.scores(&group_sums.of(&Window::of(facts, candidate), model));
    let scores = facts.candidates.iter().map(score).collect();
    model.group_sums.give_back(group_sums);
    scores
}

/// How likely each label of each candidate is, filled in for the segments that are `wanted`.
pub(crate) fn marginals(facts: &Facts, scores: &[Scores], chain: &Chain, shares: &mut [Scores], wanted: impl Fn(Range<usize>) -> bool) {
    let mut lattice = Lattice::default();
    for segment in segments(facts).filter(|segment| wanted(segment.clone())) {
        lattice.set(scores[segment.clone()].iter().copied());
        lattice.run(chain);
        shares[segment].copy_from_slice(&lattice.marginals);
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
fn decode(facts: &Facts, scores: &[Scores], chain: &Chain, labels: &mut [Label]) {
    let mut back = Vec::new();
    for segment in segments(facts).filter(|segment| !is_outside(&scores[segment.clone()])) {
        chain.viterbi(&scores[segment.clone()], &mut back, &mut labels[segment]);
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
