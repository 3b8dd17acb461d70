//! Every subcommand and flag, as clap reads them. The help texts are for users: they teach.

mod extract;
mod inputs;
mod installing;
mod looking;
mod measuring;
mod records;
#[cfg(feature = "train")]
mod train;

use clap::{Parser, Subcommand, ValueEnum};
pub use extract::{DedupeArg, ExtractArgs, Language, OffsetArg};
pub use inputs::{InputArgs, NamesArgs, ReadingArgs};
pub use installing::{CompletionsArgs, ManArgs};
pub use looking::{ExplainArgs, ShowArgs};
pub use measuring::{BenchArgs, EvaluateArgs, LayerArg};
pub use records::{ReportArgs, SchemaArgs, SchemaForm, StatsArgs, TablesArgs};
#[cfg(feature = "train")]
pub use train::{TrainNamesArgs, TrainSpeakersArgs, TrainTarget};

/// Reads news articles and pulls out who said what.
#[derive(Debug, Parser)]
#[command(
    name = "pullquote",
    version,
    about = "Reads news articles and pulls out who said what: people, organisations, figures, and quotes with their speakers",
    after_help = "Examples:
  pullquote extract articles/ -o articles.jsonl      one JSON line for each article of a directory
  cat feed.jsonl | pullquote extract - | jq .quotes  in a pipe
  pullquote show article.txt                         look at one article in colour
  pullquote explain article.txt:q3                   why quote q3 has its speaker
  pullquote schema                                   what each key of a record means

`pullquote help COMMAND` says more about a command."
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(ExtractArgs),
    Show(ShowArgs),
    Explain(ExplainArgs),
    Tables(TablesArgs),
    Stats(StatsArgs),
    Report(ReportArgs),
    Evaluate(EvaluateArgs),
    Bench(BenchArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
    /// Make the files that the program has learnt: the names model, the weights for speakers
    #[cfg(feature = "train")]
    #[command(subcommand)]
    Train(TrainTarget),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}
