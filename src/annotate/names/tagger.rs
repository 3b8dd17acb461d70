//! The two passes over a document: scores for every candidate token, corrected by what the document says elsewhere, then the best
//! sequence of labels of each segment.

use super::chain::{self, Chain, Lattice, highest};
use super::document_pass::{self, types};
use super::facts::{Candidate, Facts};
use super::features::Window;
use super::group_sums::BLOCK;
use super::label::{Label, OUTSIDE, type_of};
use super::mentions::NameLexicon;
use super::model::Model;
use super::network::{ROW, Scores};
use super::organisation_context;
use crate::document::{Sentence, Token};
use std::ops::Range;

/// A candidate token with its label, and how likely its type is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagged {
    pub(crate) token: u32,
    pub(crate) label: Label,
    pub(crate) confidence: f32,
    /// Lists of its word.
    pub(crate) lists: u16,
}

/// Labels for all tokens that can be part of a name; the others are outside.
pub(crate) fn tag(text: &str, tokens: &[Token], sentences: &[Sentence], model: &Model, lexicon: &NameLexicon) -> Vec<Tagged> {
    let facts = Facts::new(text, tokens, sentences, &model.words, lexicon);
    let mut scores = score(&facts, model);
    lexicon.known_organisations.weigh(&facts, &mut scores);
    organisation_context::weigh(&facts, &lexicon.organisation_cues, &mut scores);
    let chain = &model.chain;
    let mut shares = vec![chain::START; scores.len()];
    let mut is_other = vec![true; scores.len()];
    let mut lattice = Lattice::default();
    // By segment.
    let mut were_outside = Vec::with_capacity(scores.len());
    if let Some(network) = &model.document {
        let wanted = |segment: Range<usize>| {
            let is_outside = is_outside(&scores[segment]);
            were_outside.push(is_outside);
            !is_outside
        };
        marginals(&facts, &scores, chain, &mut lattice, &mut shares, wanted);
        is_other = document_pass::correct(&facts, &shares, network, &mut scores);
    }
    let mut labels = vec![OUTSIDE; scores.len()];
    let mut best = Vec::with_capacity(16);
    for (number, segment) in segments(&facts).enumerate() {
        let (scores, labels) = (&scores[segment.clone()], &mut labels[segment.clone()]);
        let is_other = is_other[segment.clone()].contains(&true);
        let is_outside = match were_outside.get(number) {
            Some(&was_outside) if !is_other => was_outside,
            _ => is_outside(scores),
        };
        if is_outside {
            continue;
        }
        chain.viterbi(scores, &mut best, labels);
        // Where no name is, nobody asks how sure that is.
        if is_other && labels.iter().any(|&label| label != OUTSIDE) {
            shares[segment].copy_from_slice(lattice.marginals_of(scores, chain));
        }
    }
    let tagged = |(at, candidate): (usize, &Candidate)| {
        let confidence = type_of(labels[at]).map_or(0.0, |name_type| types(&shares[at])[name_type + 1]);
        let lists = facts.of_token[candidate.token as usize].lists;
        Tagged { token: candidate.token, label: labels[at], confidence, lists }
    };
    facts.candidates.iter().enumerate().map(tagged).collect()
}

/// First-pass scores of all candidates.
fn score(facts: &Facts, model: &Model) -> Vec<Scores> {
    let mut group_sums = model.group_sums.take();
    let mut scores = Vec::with_capacity(facts.candidates.len());
    let mut windows = Vec::with_capacity(BLOCK);
    let mut sums = [[0; ROW]; BLOCK];
    for block in facts.candidates.chunks(BLOCK) {
        windows.clear();
        windows.extend(block.iter().map(|candidate| Window::of(facts, candidate)));
        group_sums.of(&windows, model, &mut sums);
        scores.extend(sums[..block.len()].iter().map(|sums| model.network.scores(sums)));
    }
    model.group_sums.give_back(group_sums);
    scores
}

/// How likely each label of each candidate is, filled in for the segments that are `wanted`; `lattice` is room to work in.
pub(crate) fn marginals(
    facts: &Facts,
    scores: &[Scores],
    chain: &Chain,
    lattice: &mut Lattice,
    shares: &mut [Scores],
    mut wanted: impl FnMut(Range<usize>) -> bool,
) {
    for segment in segments(facts).filter(|segment| wanted(segment.clone())) {
        shares[segment.clone()].copy_from_slice(lattice.marginals_of(&scores[segment], chain));
    }
}

/// By how much, in nats, being outside of names must win over every other label for a token to be passed over: "The" at the start of a
/// sentence. One in two thousand is left.
const SURE: f32 = 7.5;

/// Whether no token of a segment can be in a name.
pub(crate) fn is_outside(scores: &[Scores]) -> bool {
    scores.iter().all(|scores| scores[0] - highest(&scores[1..]) > SURE)
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
