//! Makes the names model from tagged sentences: `pullquote train`. Behind the feature `train`.
//!
//! Structured averaged perceptron (Collins 2002) with feature dropout, over the features the tagger itself extracts. Same data, same
//! options: same file.

mod corpus;
mod gazetteers;
mod perceptron;

use super::label::{LABELS, Label};
use super::model::{Model, Scores, WeightTable};
use super::words::WordTable;
use super::{document_pass, tagger};
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
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            sentences: Vec::new(),
            gazetteers: None,
            clusters: None,
            epochs: 12,
            dropout: 0.25,
            features: 400_000,
            confidence: 0.7,
            seed: 1,
        }
    }
}

/// Trains a model; says on standard error how it goes.
pub fn train(options: &TrainOptions) -> Result<Model> {
    let mut corpus = Corpus::read(&options.sentences, options.confidence)?;
    let words = match &options.gazetteers {
        Some(folder) => gazetteers::word_table(folder, options.clusters.as_deref(), &corpus).context("reading the name lists")?,
        None => Model::embedded().words,
    };
    let all: Vec<usize> = (0..corpus.documents.len()).collect();
    let dataset = Dataset::first_pass(&mut corpus, &words);
    eprintln!(
        "{} documents, {} tokens, {} candidates, {} features; {} of {} name tokens are no candidates",
        corpus.documents.len(),
        corpus.tokens(),
        dataset.len(),
        dataset.feature_count(),
        dataset.lost,
        dataset.lost + dataset.named
    );
    let weights = perceptron::train(&dataset, &all, None, options);
    Ok(quantised(options, &dataset, &weights, words, corpus.checksum))
}

/// The weights as whole numbers of one byte; the features that matter least are left out.
fn quantised(options: &TrainOptions, dataset: &Dataset, weights: &Weights, words: WordTable, training_data: u64) -> Model {
    let size = |row: &[f32; LABELS]| row.iter().fold(0f32, |top, weight| top.max(weight.abs()));
    let mut order: Vec<usize> = (0..weights.rows.len()).filter(|&row| size(&weights.rows[row]) > 0.0).collect();
    order.sort_by(|&a, &b| size(&weights.rows[b]).total_cmp(&size(&weights.rows[a])).then(dataset.hashes[a].cmp(&dataset.hashes[b])));
    // One weight in five hundred features may be clipped.
    let scale = order.get(order.len() / 500).map_or(1.0, |&row| 127.0 / size(&weights.rows[row]));
    order.truncate(options.features);
    let entries: Vec<(u32, [i8; LABELS])> = order
        .iter()
        .map(|&row| (dataset.hashes[row], weights.rows[row].map(|weight| (weight * scale).round().clamp(-127.0, 127.0) as i8)))
        .filter(|(_, weights)| weights.iter().any(|&weight| weight != 0))
        .collect();
    eprintln!("{} features kept of {}, scale {scale:.1}", entries.len(), weights.rows.len());
    let whole = |transitions: &[[f32; LABELS]; LABELS]| -> [Scores; LABELS] {
        transitions.map(|row| row.map(|weight| (weight * scale / (1.0 - options.dropout as f32)).round() as i32))
    };
    let transitions = whole(&weights.transitions);
    Model {
        words,
        weights: WeightTable::new(&entries),
        transitions,
        second_transitions: transitions,
        margin_scale: 3.0 * scale,
        margin_middle: 0.0,
        training_data,
    }
}
