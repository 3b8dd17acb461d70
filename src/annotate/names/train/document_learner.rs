//! Learns the second pass: from what first passes say of articles they have not seen, to the labels of the articles.

use super::TrainOptions;
use super::corpus::Corpus;
use super::dataset::Dataset;
use super::learner::{self, Random, SEEN_BEFORE, Slopes, adapt};
use crate::annotate::names::chain::{Chain, Lattice, START};
use crate::annotate::names::document_pass::{DocumentNetwork, INPUTS, Inputs, PERSON_LABELS, all_inputs, without_evidence};
use crate::annotate::names::facts::Facts;
use crate::annotate::names::label::LABELS;
use crate::annotate::names::network::Scores;
use crate::annotate::names::tagger::{is_outside, marginals};
use crate::annotate::names::words::WordTable;

const UNITS: usize = DocumentNetwork::UNITS;
/// Each first pass learns from the other articles.
const FOLDS: usize = 2;

/// What the second pass learns from: for each candidate, the first pass's scores and the article's evidence.
struct Lessons {
    scores: Vec<Scores>,
    inputs: Vec<Inputs>,
}

pub(super) fn train(
    corpus: &Corpus,
    data: &Dataset,
    words: &WordTable,
    transitions: &[Scores; LABELS],
    options: &TrainOptions,
) -> DocumentNetwork {
    let mut lessons = Lessons { scores: vec![[0.0; LABELS]; data.len()], inputs: vec![[0.0; INPUTS]; data.len()] };
    for fold in 0..FOLDS {
        let (held, others): (Vec<usize>, Vec<usize>) = (0..corpus.documents.len()).partition(|document| document % FOLDS == fold);
        let first_pass = learner::train(data, &others, 0, options);
        let chain = Chain::of(&first_pass.transitions);
        let (mut shares, mut lattice) = (Vec::new(), Lattice::default());
        for document in held {
            let tagged = &corpus.documents[document];
            let Some(start) = data.segments_of(document).first().map(|segment| segment.0 as usize) else { continue };
            let facts = Facts::new(&tagged.text, &tagged.tokens, &tagged.sentences, words, &corpus.lexicon.names);
            let range = start..start + facts.candidates.len();
            for token in range.clone() {
                lessons.scores[token] = first_pass.score(data, token);
            }
            let scores = &lessons.scores[range.clone()];
            shares.clear();
            shares.resize(scores.len(), START);
            marginals(&facts, scores, &chain, &mut lattice, &mut shares, |segment| !is_outside(&scores[segment]));
            all_inputs(&facts, &shares, &mut lessons.inputs[range]);
        }
    }
    // Articles of a sentence or two have nothing to say elsewhere.
    let documents = (0..corpus.documents.len()).filter(|&document| corpus.documents[document].sentences.len() >= SHORTEST);
    let order = documents.flat_map(|document| data.segments_of(document)).copied().collect();
    learn(data, &lessons, order, transitions, options)
}

/// Sentences of the shortest article learnt from.
const SHORTEST: usize = 4;

fn learn(
    data: &Dataset,
    lessons: &Lessons,
    mut order: Vec<(u32, u32)>,
    transitions: &[Scores; LABELS],
    options: &TrainOptions,
) -> DocumentNetwork {
    let mut random = Random::of(options.seed);
    let mut uniform = |from: f32, to: f32| from + (to - from) * (random.next() >> 40) as f32 / (1u64 << 24) as f32;
    let mut network = DocumentNetwork {
        input: (0..INPUTS).map(|_| std::array::from_fn(|_| uniform(-0.3, 0.3))).collect(),
        bias: std::array::from_fn(|_| uniform(0.0, 0.3)),
        output: [[0.0; 2]; UNITS],
    };
    let mut seen =
        DocumentNetwork { input: vec![[SEEN_BEFORE; UNITS]; INPUTS], bias: [SEEN_BEFORE; UNITS], output: [[SEEN_BEFORE; 2]; UNITS] };
    let chain = Chain::of(transitions);
    let mut slopes = Slopes::default();
    let mut hidden = Vec::new();
    let steps = (order.len() * options.document_epochs) as f32;
    let mut done = 0usize;
    for epoch in 0..options.document_epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (random.next() % (at as u64 + 1)) as usize);
        }
        let mut loss = 0f64;
        for &(start, end) in &order {
            let range = start as usize..end as usize;
            let rate = options.document_rate * (1.0 - done as f32 / steps);
            done += 1;
            hidden.clear();
            hidden.extend(lessons.inputs[range.clone()].iter().map(|inputs| {
                let (with, without) = network.hidden(inputs);
                (with, without, without_evidence(inputs))
            }));
            let scores = lessons.scores[range.clone()].iter().zip(&hidden).map(|(scores, (with, without, _))| {
                let corrections = network.corrections(with, without);
                let mut scores = *scores;
                for (label, correction) in PERSON_LABELS.into_iter().zip(corrections) {
                    scores[label] += correction;
                }
                scores
            });
            loss += f64::from(slopes.fill(scores, &data.targets[range.clone()], &chain));
            for ((slope, (with, without, inputs_without)), inputs) in slopes.scores.iter().zip(&hidden).zip(&lessons.inputs[range]) {
                if with == without {
                    continue;
                }
                for unit in 0..UNITS {
                    let back: f32 = PERSON_LABELS.map(|label| slope[label]).iter().zip(&network.output[unit]).map(|(g, w)| g * w).sum();
                    let difference = with[unit] - without[unit];
                    for (at, label) in PERSON_LABELS.into_iter().enumerate() {
                        adapt(&mut network.output[unit][at], &mut seen.output[unit][at], slope[label] * difference, rate);
                    }
                    let (on, off) = (f32::from(with[unit] > 0.0), f32::from(without[unit] > 0.0));
                    adapt(&mut network.bias[unit], &mut seen.bias[unit], back * (on - off), rate);
                    for (at, (&value, &value_without)) in inputs.iter().zip(inputs_without).enumerate() {
                        let reach = on * value - off * value_without;
                        if reach != 0.0 {
                            adapt(&mut network.input[at][unit], &mut seen.input[at][unit], back * reach, rate);
                        }
                    }
                }
            }
        }
        eprintln!("second pass, epoch {}: loss {:.4} a segment", epoch + 1, loss / order.len().max(1) as f64);
    }
    network
}
