//! The commands that look at single articles: `show` and `explain`.

use super::{InputArgs, NamesArgs, ReadingArgs, When, inputs::whole};
use clap::Args;
use std::path::PathBuf;

/// Print articles with what was found in them marked
///
/// People, organisations and figures stand in brackets with their ids, quotes in braces, each followed by its speaker, the words
/// that say so and the confidence. Colour is added on a terminal (NO_COLOR is respected). Control characters are shown, not sent.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote show article.txt
  pullquote show archive.jsonl.gz --record 3
  pullquote show article.html --color always | less -R")]
pub struct ShowArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub names: NamesArgs,

    /// Only this record of the file, as `source.record` counts them (from 0)
    #[arg(long, value_name = "N", value_parser = whole::<u64>)]
    pub record: Option<u64>,

    /// Colour: auto means when standard output is a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// Say why quotes have the speakers they have: the candidates, what spoke for each, and what decided
///
/// Each candidate is a name, pronoun or noun phrase near the quote. Its score sums the evidence: what it is, its place, the cue it is
/// tied to, the words between and beside, whether it spoke before, how often it is named. The chances of all candidates are 1 together;
/// the winner's, times the certainty that its pronoun means that person, is the confidence in the record. Turns are not explained, as
/// their labels decide; the ids are those of records made without --turns.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote explain article.txt              every quote of the article
  pullquote explain article.txt:q3           one quote, by the id it has in the record
  pullquote explain feed.jsonl:q0 --record 7")]
pub struct ExplainArgs {
    /// An article, with :ID for one of its quotes; - for standard input
    #[arg(value_name = "FILE[:ID]")]
    pub article: PathBuf,

    /// Only this record of the file, as `source.record` counts them (from 0)
    #[arg(long, value_name = "N", value_parser = whole::<u64>)]
    pub record: Option<u64>,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub names: NamesArgs,
}
