//! The two passes over a document: scores for every candidate token, then the best sequence of labels of each segment (Viterbi).

use super::document_pass;
use super::features::Facts;
use super::label::{LABELS, Label, OUTSIDE, may_follow};
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
    decode(&facts, &scores, &model.transitions, &mut labels);
    document_pass::mend(&facts, &scores, model.unit, &mut labels);
    facts
        .candidates
        .iter()
        .zip(labels)
        .zip(&scores)
        .map(|((candidate, label), scores)| Tagged { token: candidate.token, label, confidence: confidence(scores, label, model) })
        .collect()
}

/// The chance that a label's type is right, from its margin.
fn confidence(scores: &Scores, label: Label, model: &Model) -> f32 {
    if label == OUTSIDE {
        return 0.0;
    }
    let margin = document_pass::margin(scores, label) as f32;
    1.0 / (1.0 + (-(margin - model.margin_middle) / model.margin_scale).exp())
}

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

/// The best labels, segment by segment.
pub(crate) fn decode(facts: &Facts, scores: &[Scores], transitions: &[Scores; LABELS], labels: &mut [Label]) {
    let mut back: Vec<[Label; LABELS]> = Vec::new();
    let mut start = 0;
    while start < scores.len() {
        let end = start + 1 + facts.candidates[start + 1..].iter().take_while(|candidate| !candidate.opens_segment).count();
        viterbi(&scores[start..end], transitions, &mut back, &mut labels[start..end]);
        start = end;
    }
}

const IMPOSSIBLE: i32 = i32::MIN / 4;

fn viterbi(scores: &[Scores], transitions: &[Scores; LABELS], back: &mut Vec<[Label; LABELS]>, labels: &mut [Label]) {
    back.clear();
    let mut best: Scores = std::array::from_fn(|label| {
        if may_follow(OUTSIDE, label as Label) { scores[0][label] + transitions[usize::from(OUTSIDE)][label] } else { IMPOSSIBLE }
    });
    for now in &scores[1..] {
        let mut from = [OUTSIDE; LABELS];
        let next: Scores = std::array::from_fn(|label| {
            let mut top = IMPOSSIBLE;
            for before in 0..LABELS {
                let score = best[before] + transitions[before][label];
                if score > top && may_follow(before as Label, label as Label) {
                    top = score;
                    from[label] = before as Label;
                }
            }
            top + now[label]
        });
        best = next;
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |top, label| if best[label] > best[top] { label } else { top });
    for at in (0..labels.len()).rev() {
        labels[at] = label as Label;
        if at > 0 {
            label = usize::from(back[at - 1][label]);
        }
    }
}
