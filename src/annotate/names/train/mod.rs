//! Makes the names model from tagged sentences: `pullquote train names`. Behind the feature `train`.
//!
//! Structured averaged perceptron (Collins 2002) with feature dropout, over the features the tagger itself extracts. Same data, same
//! options: same file.

mod corpus;
mod gazetteers;
mod perceptron;

use super::label::{LABELS, OUTSIDE, type_of};
use super::model::{Model, WeightTable};
use super::words::WordTable;
use anyhow::{Context, Result};
use corpus::Corpus;
use perceptron::{Dataset, Weights};
use std::path::PathBuf;

/// What to train on, and how.
#[derive(Clone, Debug)]
pub struct TrainOptions {
    /// JSON Lines, plain or `.zst`: `tokens`, `tags` (BIO of PER ORG LOC MISC), and if known `doc`, `space_after`, `conf`, `source`.
    pub sentences: Vec<PathBuf>,
    /// A folder of name lists, see `gazetteers.rs`. Without it the word knowledge of the embedded model is used.
    pub gazetteers: Option<PathBuf>,
    /// Brown clusters: bits, tab, word, one a line, the most frequent word first; plain or `.gz`.
    pub clusters: Option<PathBuf>,
    pub epochs: usize,
    /// The chance that a feature of a token is left out, drawn anew in every epoch.
    pub dropout: f64,
    /// Features kept in the file: those with the largest weights.
    pub features: usize,
    /// Tokens of machine-made labels (`conf`) below this are left open.
    pub confidence: f32,
    pub seed: u64,
    /// Learners with different seeds whose weights are averaged: one alone varies by a point from seed to seed.
    pub learners: usize,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            sentences: Vec::new(),
            gazetteers: None,
            clusters: None,
            epochs: 6,
            dropout: 0.25,
            features: 300_000,
            confidence: 0.7,
            seed: 1,
            learners: 3,
        }
    }
}

/// Trains a model; says on standard error how it goes.
pub fn train(options: &TrainOptions) -> Result<Model> {
    let corpus = Corpus::read(&options.sentences, options.confidence)?;
    let words = match &options.gazetteers {
        Some(folder) => gazetteers::word_table(folder, options.clusters.as_deref(), &corpus).context("reading the name lists")?,
        None => Model::embedded().words,
    };
    let all: Vec<usize> = (0..corpus.documents.len()).collect();
    let mut data = Dataset::new(&corpus, &words);
    eprintln!(
        "{} documents, {} tokens, {} candidates, {} features; {} of {} name tokens are no candidates",
        corpus.documents.len(),
        corpus.tokens(),
        data.len(),
        data.feature_count(),
        data.lost,
        data.lost + data.named
    );
    open_what_machines_miss(&corpus, &mut data, options);
    let mut weights = perceptron::train(&data, &all, options);
    for learner in 1..options.learners.max(1) {
        let other = TrainOptions { seed: options.seed + learner as u64, ..options.clone() };
        weights.add(&perceptron::train(&data, &all, &other));
    }
    weights.divide(options.learners.max(1) as f32);
    Ok(quantised(options, &data, &weights, words, corpus.checksum))
}

/// Machine-made labels leave out names that a model of the labels by hand finds (organisations, and the type MISC throughout): those
/// places are left open, but for organisations only where the machine was not certain.
fn open_what_machines_miss(corpus: &Corpus, data: &mut Dataset, options: &TrainOptions) {
    let (silver, gold): (Vec<usize>, Vec<usize>) = (0..corpus.documents.len()).partition(|&document| corpus.documents[document].silver);
    if silver.is_empty() {
        return;
    }
    let weights = perceptron::train(data, &gold, options);
    let scores: Vec<[f32; LABELS]> = (0..data.len()).map(|token| weights.score(data, token)).collect();
    let mut labels = vec![OUTSIDE; data.len()];
    let mut opened = 0;
    for document in silver {
        weights.label(data, document, &scores, options.dropout, &mut labels);
        let (start, end) = data.document_tokens[document];
        for (token, label) in labels.iter().enumerate().take(end as usize).skip(start as usize) {
            let opens = match type_of(*label) {
                Some(1) => !data.certain[token],
                Some(3) => true,
                _ => false,
            };
            if data.gold[token] == OUTSIDE && opens {
                data.gold[token] = corpus::UNKNOWN;
                opened += 1;
            }
        }
    }
    eprintln!("{opened} machine-made labels left open");
}

/// Margins, in the learner's unit, as confidence: of names at the middle half are right, and one scale higher nearly three in four.
/// Read off whole articles that were not trained on.
const MARGIN_SCALE: f32 = 70.0;
const MARGIN_MIDDLE: f32 = 25.0;

/// The weights as whole numbers of one byte; the features that matter least are left out.
fn quantised(options: &TrainOptions, data: &Dataset, weights: &Weights, words: WordTable, training_data: u64) -> Model {
    let size = |row: &[f32; LABELS]| row.iter().fold(0f32, |top, weight| top.max(weight.abs()));
    let mut order: Vec<(u32, &[f32; LABELS])> = data.hashes.iter().copied().zip(&weights.rows).filter(|(_, row)| size(row) > 0.0).collect();
    order.sort_by(|a, b| size(b.1).total_cmp(&size(a.1)).then(a.0.cmp(&b.0)));
    let all = order.len();
    // One weight in five hundred features may be clipped.
    let scale = order.get(order.len() / 500).map_or(1.0, |(_, row)| 127.0 / size(row));
    order.truncate(options.features);
    let mut entries: Vec<(u32, [i8; LABELS])> = order
        .iter()
        .map(|(hash, row)| (*hash, row.map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, weights)| weights.iter().any(|&weight| weight != 0))
        .collect();
    entries.sort_unstable_by_key(|&(key, _)| key);
    eprintln!("{} features kept of {all}, scale {scale:.1}", entries.len());
    // In training a part of the features is left out, in use none: transitions must keep their share of the score.
    let share = scale / (1.0 - options.dropout as f32);
    Model {
        words,
        weights: WeightTable::new(&entries),
        transitions: weights.transitions.map(|row| row.map(|weight| (weight * share).round() as i32)),
        unit: scale,
        margin_scale: MARGIN_SCALE * scale,
        margin_middle: MARGIN_MIDDLE * scale,
        training_data,
    }
}
