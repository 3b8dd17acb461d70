//! The commands that measure: `evaluate` and `bench`.

use super::{
    InputArgs, NamesArgs,
    inputs::{jobs, whole},
};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Measure what is found against what people marked: precision, recall, F1 and speaker accuracy
///
/// GOLD is JSON Lines: `text` and any of `sentences`, `people`, `organisations`, `entities`, `quotes`, `figures`, with offsets in code
/// points; `date` or `ref_date` is the article's day. A layer is scored on the lines that have it.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote evaluate corpora/gold/gold.jsonl
  pullquote evaluate gold.jsonl --layer quotes --errors 20
  pullquote evaluate gold.jsonl --json | jq .quotes.end_to_end.f1")]
pub struct EvaluateArgs {
    /// The gold file, also compressed; - for standard input
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,

    #[command(flatten)]
    pub names: NamesArgs,

    /// Only this layer (may be given more than once)
    #[arg(long, value_enum, value_name = "LAYER")]
    pub layer: Vec<LayerArg>,

    /// List this many errors of each layer
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<usize>)]
    pub errors: usize,

    /// Write the scores as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LayerArg {
    Sentences,
    Names,
    Entities,
    Quotes,
    Figures,
}

impl From<LayerArg> for pullquote::score::Layer {
    fn from(layer: LayerArg) -> Self {
        match layer {
            LayerArg::Sentences => Self::Sentences,
            LayerArg::Names => Self::Names,
            LayerArg::Entities => Self::Entities,
            LayerArg::Quotes => Self::Quotes,
            LayerArg::Figures => Self::Figures,
        }
    }
}

/// Measure the speed: words and megabytes a second, and the share of time each stage takes
///
/// All articles are read into memory first. Stages are timed one after another on one thread; then the whole runs on all threads.
/// Every repeat must find the same: if it does not, that is an error.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote bench articles/
  pullquote bench corpus.jsonl.zst --repeat 5 --json")]
pub struct BenchArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub names: NamesArgs,

    /// How often to measure; the median is reported
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    pub repeat: u32,

    /// Threads for the last measurement; 0 means one for each core
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = jobs)]
    pub jobs: usize,

    /// Write the measurements as one JSON object
    #[arg(long)]
    pub json: bool,
}
