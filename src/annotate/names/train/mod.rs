//! Makes the names model from tagged sentences: `pullquote train names`. Behind the feature `train`.
//!
//! A linear-chain CRF over the network of `network.rs`, by gradients with AdaGrad and feature dropout, over the features the tagger itself
//! extracts; the mean of several learners, rounded to bytes. Then the second pass, on articles its first pass has not seen. Same data,
//! same options: same file.

mod corpus;
mod dataset;
mod document_learner;
mod gazetteers;
mod learner;

use super::chain::Chain;
use super::document_pass::DocumentNetwork;
use super::group_sums::SpareGroupSums;
use super::model::Model;
use super::network::{Network, RowTable, WIDTH, lanes};
use super::words::WordTable;
use anyhow::{Context, Result};
use corpus::Corpus;
use dataset::Dataset;
use learner::{Row, Weights};
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
    /// Features seen less often than this in training are dropped.
    pub rarest: u32,
    /// The size of steps.
    pub rate: f32,
    /// What a label made by a machine counts, beside 1 for one by hand.
    pub silver_weight: f32,
    /// Passes over the articles for the second pass; 0 makes a model without it.
    pub document_epochs: usize,
    pub document_rate: f32,
    pub seed: u64,
    /// Learners whose mean the first pass is: one alone varies by half a point from seed to seed.
    pub learners: usize,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self {
            sentences: Vec::new(),
            gazetteers: None,
            clusters: None,
            epochs: 5,
            dropout: 0.35,
            features: 100_000,
            rarest: 2,
            rate: 0.05,
            silver_weight: 0.2,
            document_epochs: 4,
            document_rate: 0.05,
            seed: 1,
            learners: 4,
        }
    }
}

/// Trains a model; says on standard error how it goes.
pub fn train(options: &TrainOptions) -> Result<Model> {
    let corpus = Corpus::read(&options.sentences, options.silver_weight)?;
    let words = match &options.gazetteers {
        Some(folder) => gazetteers::word_table(folder, options.clusters.as_deref(), &corpus).context("reading the name lists")?,
        None => Model::embedded().words,
    };
    let all: Vec<usize> = (0..corpus.documents.len()).collect();
    let data = Dataset::new(&corpus, &words, options.rarest);
    eprintln!(
        "{} documents, {} tokens, {} candidates, {} features; {} of {} name tokens are no candidates",
        corpus.documents.len(),
        corpus.tokens(),
        data.len(),
        data.feature_count(),
        data.lost,
        data.lost + data.named
    );
    let weights = learner::train_several(&data, &all, options);
    let document = match options.document_epochs {
        0 => None,
        _ => Some(document_learner::train(&corpus, &data, &words, &weights.transitions, options)),
    };
    Ok(quantised(options, &data, &weights, words, document, corpus.checksum))
}

/// One number of a column in so many may be clipped.
const CLIPPED: usize = 2000;

/// The weights as whole numbers of one byte; the features that matter least are left out.
fn quantised(
    options: &TrainOptions,
    data: &Dataset,
    weights: &Weights,
    words: WordTable,
    document: Option<DocumentNetwork>,
    training_data: u64,
) -> Model {
    let size = |row: &Row| row.weights.iter().map(|weight| weight * weight).sum::<f32>();
    let mut order: Vec<(u32, &Row)> = data.hashes.iter().copied().zip(&weights.rows).filter(|(_, row)| size(row) > 0.0).collect();
    order.sort_by(|a, b| size(b.1).total_cmp(&size(a.1)).then(a.0.cmp(&b.0)));
    let all = order.len();
    order.truncate(options.features);
    order.sort_unstable_by_key(|&(key, _)| key);
    let units: [f32; WIDTH] = std::array::from_fn(|column| {
        let mut sizes: Vec<f32> = order.iter().map(|(_, row)| row.weights[column].abs()).collect();
        sizes.sort_unstable_by(|a, b| b.total_cmp(a));
        sizes.get(sizes.len() / CLIPPED).map_or(1.0, |&size| size.max(1e-6) / 127.0)
    });
    let mut table = RowTable::with_room_for(order.len());
    for (key, row) in &order {
        let weights = std::array::from_fn(|column| (row.weights[column] / units[column]).round().clamp(-127.0, 127.0) as i8);
        table.push(*key, &weights);
    }
    table.close();
    eprintln!("{} features kept of {all}", table.entries);
    Model {
        words,
        network: Network { table, units, bias: weights.bias, output: weights.output.map(|row| lanes(&row)) },
        transitions: weights.transitions,
        chain: Chain::of(&weights.transitions),
        document,
        training_data,
        group_sums: SpareGroupSums::default(),
    }
}
