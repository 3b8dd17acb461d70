//! The flags of `pullquote train`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum TrainTarget {
    Names(TrainNamesArgs),
    Speakers(TrainSpeakersArgs),
}

/// Learn the weights for speakers from articles whose quotations have known speakers
///
/// ARTICLES is JSON Lines, offsets in code points: `text`, `quotes` (`start`, `end`, `type` direct or mixed, `speaker` with `start` and
/// `end` or null, `speaker_full`) and `unattributed_quoted`, the stretches in marks that quote nobody. Prints how well speakers are
/// chosen in five folds over the articles.
#[derive(Clone, Debug, Args)]
pub struct TrainSpeakersArgs {
    #[arg(value_name = "ARTICLES")]
    pub articles: PathBuf,

    /// Write the weights here
    #[arg(short, long, value_name = "WEIGHTS")]
    pub output: PathBuf,

    /// Replace what is there
    #[arg(long)]
    pub force: bool,

    #[arg(long, value_name = "N", default_value_t = 3)]
    pub epochs: usize,

    /// Learning rate
    #[arg(long, value_name = "R", default_value_t = 0.07)]
    pub rate: f32,

    /// By how much weights shrink
    #[arg(long, value_name = "D", default_value_t = 2e-3)]
    pub decay: f32,

    /// Weights below this are left out
    #[arg(long, value_name = "W", default_value_t = 0.04)]
    pub smallest: f32,
}

/// Train the names model from tagged sentences
///
/// SENTENCES is JSON Lines: `tokens`, `tags` (B- and I- of PER, ORG, LOC, MISC, else O) and, if known, `doc` (sentences of one
/// document), `space_after` and `conf` (a machine's confidence per token). Same data and flags give the same file.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote train names tagged.jsonl -o model.bin
  pullquote train names tagged.jsonl machine.jsonl.zst --gazetteers lists/ --clusters clusters.tsv.gz -o model.bin")]
pub struct TrainNamesArgs {
    /// Tagged sentences, plain, .gz or .zst
    #[arg(value_name = "SENTENCES", required = true)]
    pub sentences: Vec<PathBuf>,

    /// Write the model here
    #[arg(short, long, value_name = "MODEL")]
    pub output: PathBuf,

    /// Replace what is there
    #[arg(long)]
    pub force: bool,

    /// A folder of name lists, one name a line; without it the word knowledge of the program's own model is used
    #[arg(long, value_name = "FOLDER")]
    pub gazetteers: Option<PathBuf>,

    /// Brown clusters: bits, tab, word, the most frequent word first
    #[arg(long, value_name = "FILE", requires = "gazetteers")]
    pub clusters: Option<PathBuf>,

    #[arg(long, value_name = "N", default_value_t = 5)]
    pub epochs: usize,

    /// Chance that a feature of a token is left out in an epoch
    #[arg(long, value_name = "P", default_value_t = 0.35)]
    pub dropout: f64,

    /// Features kept in the file
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    pub features: usize,

    /// Features seen less often than this in training are dropped
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub rarest: u32,

    /// The size of steps at the start
    #[arg(long, value_name = "R", default_value_t = 0.05)]
    pub rate: f32,

    /// What a label made by a machine counts, beside 1 for one by hand
    #[arg(long, value_name = "W", default_value_t = 0.2)]
    pub silver_weight: f32,

    /// Passes over the articles for the second pass; 0 makes a model without it
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub document_epochs: usize,

    /// The size of its steps at the start
    #[arg(long, value_name = "R", default_value_t = 0.05)]
    pub document_rate: f32,

    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// Learners whose mean is taken
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub learners: usize,
}
