//! The two passes over a document: scores for every candidate token, then the best sequence of labels of each segment (Viterbi).

use super::document_pass;
use super::features::{Candidate, Facts};
use super::label::{LABELS, Label, OUTSIDE, may_follow, type_of};
use super::model::{Model, Scores};
use crate::document::{Sentence, Token};

/// A candidate token with its label, and by how much that label won over the best label of another type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tagged {
    pub(crate) token: u32,
    pub(crate) label: Label,
    pub(crate) confidence: f32,
}

/// Labels for all tokens that can be part of a name; the others are outside.
pub(crate) fn tag(text: &str, tokens: &[Token], sentences: &[Sentence], model: &Model) -> Vec<Tagged> {
    let facts = Facts::new(text, tokens, sentences, &model.words);
    let scores = score(&facts, model);
    let mut labels = vec![OUTSIDE; scores.len()];
    let mut margins = vec![0; scores.len()];
    decode(&facts, &scores, &model.transitions, &mut labels, &mut margins);
    let found = labels.clone();
    document_pass::mend(&facts, &margins, model.unit, &mut labels);
    let confidence = |at: usize| match labels[at] {
        OUTSIDE => 0.0,
        label if type_of(label) != type_of(found[at]) => CONFIDENCE_OF_MENDED,
        _ => 1.0 / (1.0 + (-(margins[at] as f32 - model.margin_middle) / model.margin_scale).exp()),
    };
    let tagged = |(at, candidate): (usize, &Candidate)| Tagged { token: candidate.token, label: labels[at], confidence: confidence(at) };
    facts.candidates.iter().enumerate().map(tagged).collect()
}

/// What the document pass relabels is right about this often.
const CONFIDENCE_OF_MENDED: f32 = 0.7;

/// First-pass scores of all candidates.
pub(crate) fn score(facts: &Facts, model: &Model) -> Vec<Scores> {
    let mut features = Vec::with_capacity(128);
    facts
        .candidates
        .iter()
        .map(|candidate| {
            features.clear();
            facts.features(candidate, &model.words, &mut features);
            model.weights.score(&features)
        })
        .collect()
}

/// The best labels, segment by segment, and by how much the best sequence wins over the best one in which the token has another type.
pub(crate) fn decode(facts: &Facts, scores: &[Scores], transitions: &[Scores; LABELS], labels: &mut [Label], margins: &mut [i32]) {
    let mut best = Vec::new();
    let mut start = 0;
    while start < scores.len() {
        let end = start + 1 + facts.candidates[start + 1..].iter().take_while(|candidate| !candidate.opens_segment).count();
        viterbi(&scores[start..end], transitions, &mut best, &mut labels[start..end], &mut margins[start..end]);
        start = end;
    }
}

const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Forward, `best[at][label]` is the score of the best sequence up to a token with that label; backward, what the rest adds is joined to
/// it: the best sequence through each label.
fn viterbi(scores: &[Scores], transitions: &[Scores; LABELS], best: &mut Vec<Scores>, labels: &mut [Label], margins: &mut [i32]) {
    best.clear();
    for (at, now) in scores.iter().enumerate() {
        let next: Scores = std::array::from_fn(|label| {
            let before = match at {
                0 if may_follow(OUTSIDE, label as Label) => transitions[usize::from(OUTSIDE)][label],
                0 => IMPOSSIBLE,
                _ => (0..LABELS)
                    .filter(|&before| may_follow(before as Label, label as Label))
                    .map(|before| best[at - 1][before] + transitions[before][label])
                    .fold(IMPOSSIBLE, i32::max),
            };
            (before + now[label]).max(IMPOSSIBLE)
        });
        best.push(next);
    }
    let mut rest: Scores = [0; LABELS];
    let mut following = OUTSIDE;
    for at in (0..labels.len()).rev() {
        let through = |label: usize| best[at][label].saturating_add(rest[label]);
        let last = at + 1 == labels.len();
        let reachable = |label: usize| last || may_follow(label as Label, following);
        let chosen = (0..LABELS).filter(|&label| reachable(label)).fold(usize::from(OUTSIDE), |top, label| {
            let onward = |label: usize| if last { best[at][label] } else { best[at][label] + transitions[label][usize::from(following)] };
            if !reachable(top) || onward(label) > onward(top) { label } else { top }
        });
        let other = (0..LABELS).filter(|&label| type_of(label as Label) != type_of(chosen as Label)).map(through).max();
        margins[at] = through(chosen).saturating_sub(other.unwrap_or(IMPOSSIBLE)).clamp(0, -IMPOSSIBLE);
        labels[at] = chosen as Label;
        following = chosen as Label;
        if at > 0 {
            rest = std::array::from_fn(|before| {
                (0..LABELS)
                    .filter(|&label| may_follow(before as Label, label as Label))
                    .map(|label| (transitions[before][label] + scores[at][label]).saturating_add(rest[label]))
                    .fold(IMPOSSIBLE, i32::max)
            });
        }
    }
}
