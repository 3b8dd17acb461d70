//! The flags of `extract`: articles -> records.

use super::{
    InputArgs, NamesArgs, When,
    inputs::{chance, jobs, whole},
};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Extract sentences, people, organisations, figures and quotes with speakers: one JSON line for each article
///
/// Reads txt, md, html, json, jsonl and warc, also gzipped or zstandard-compressed, parquet, and tar and zip archives of them. Every
/// article gives exactly one line, in input order; one that cannot be read gives a line with status "error" and the batch goes on. The
/// output is the same for any --jobs.
///
/// Exit codes: 0 done (failed articles are in the output), 1 with --strict when some failed, 2 could not run, 130 interrupted.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote extract articles/ -o out.jsonl
  pullquote extract articles/ --gazetteer names.csv -o out.jsonl
  pullquote extract archive.jsonl.gz --field text=body --field date=published -o out.jsonl.gz
  zcat feed.jsonl.gz | pullquote extract - --jobs 1 > out.jsonl
  pullquote extract site/ --glob '*.html' --exclude 'drafts/' -o out.jsonl
  pullquote extract crawl/*.warc.gz --sample 0.01 -o sample.jsonl
  find site -name '*.html' -print0 | pullquote extract -0 --files-from - -o out.jsonl
  pullquote extract archive/ -o out.jsonl.zst --resume     go on after a power cut
  pullquote extract wire.tar.gz --dedupe near -o out.jsonl  each story once
  pullquote extract archive/ --only figures -o figures.jsonl")]
pub struct ExtractArgs {
    #[command(flatten)]
    pub input: InputArgs,

    #[command(flatten)]
    pub names: NamesArgs,

    /// Only this part of the articles, as in 1/4 to 4/4; told by their ids, so that the parts of all runs and machines fit together
    #[arg(long, value_name = "I/N", help_heading = "Selecting")]
    pub shard: Option<pullquote::read::Shard>,

    /// Only this share of the articles, from 0 to 1: the same ones in every run
    #[arg(long, value_name = "P", value_parser = share, help_heading = "Selecting")]
    pub sample: Option<f64>,

    /// Another number makes --sample take other articles
    #[arg(long, value_name = "S", default_value_t = 0, value_parser = whole::<u64>, requires = "sample", help_heading = "Selecting")]
    pub seed: u64,

    /// Stop after this many articles
    #[arg(long, value_name = "N", value_parser = whole::<u64>, help_heading = "Selecting")]
    pub limit: Option<u64>,

    /// Articles that were met before get the warning `duplicate_of:ID`, and no layers, so that nothing in them counts twice
    ///
    /// exact: the same text, but for white space. near: also those of which nearly all runs of three words are the same, as with a wire
    /// story under another headline. The first in input order is the original. Takes about 200 bytes of memory an article; copies in
    /// other shards are not known.
    #[arg(long, value_enum, value_name = "HOW", default_value = "none", help_heading = "Selecting")]
    pub dedupe: DedupeArg,

    /// en: find nothing in articles that are told to be in another language; any: look for English in them all the same
    #[arg(long, value_enum, value_name = "LANGUAGE", default_value = "any", help_heading = "Selecting")]
    pub lang: Language,

    /// Only these layers, with commas between: sentences, people, organisations, figures, quotes; the others stay empty
    ///
    /// Figures alone take a fifth of the time. What refers to a layer left out is null: a figure's subject, a speaker's id.
    #[arg(long, value_name = "LAYERS", help_heading = "Selecting")]
    pub only: Option<pullquote::annotate::LayerSet>,

    /// Write the records here instead of standard output; .gz and .zst compress
    ///
    /// While the run goes on the file is called FILE.partial; it gets its name when it is whole. FILE.run.json says what made it.
    #[arg(short, long, value_name = "FILE", help_heading = "Writing")]
    pub output: Option<PathBuf>,

    /// Replace the output file if it exists
    #[arg(long, requires = "output", help_heading = "Writing")]
    pub force: bool,

    /// Go on with a run that was cut off: same inputs, same flags; the output ends with the same bytes
    #[arg(long, requires = "output", conflicts_with = "force", help_heading = "Writing")]
    pub resume: bool,

    /// Leave `text` empty in the records (offsets stay those of the full text)
    #[arg(long, help_heading = "Writing")]
    pub no_text: bool,

    /// Unit of all offsets: codepoint (Python), byte (Rust, Go), utf16 (JavaScript, Java)
    #[arg(long, value_enum, value_name = "UNIT", default_value = "codepoint", help_heading = "Writing")]
    pub offsets: OffsetArg,

    /// Threads to work with; 0 means one for each core
    #[arg(short, long, value_name = "N", default_value_t = 0, value_parser = jobs, help_heading = "Running")]
    pub jobs: usize,

    /// Exit with 1 when an article failed
    #[arg(long, help_heading = "Running")]
    pub strict: bool,

    /// Show progress on standard error: auto means when it is a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto", help_heading = "Running")]
    pub progress: When,

    /// Neither progress nor the closing summary; errors still appear
    #[arg(short, long, help_heading = "Running")]
    pub quiet: bool,
}

fn share(text: &str) -> Result<f64, String> {
    chance(text).map(f64::from)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum OffsetArg {
    Codepoint,
    Byte,
    Utf16,
}

impl From<OffsetArg> for pullquote::span::OffsetUnit {
    fn from(unit: OffsetArg) -> Self {
        match unit {
            OffsetArg::Codepoint => Self::CodePoint,
            OffsetArg::Byte => Self::Byte,
            OffsetArg::Utf16 => Self::Utf16,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DedupeArg {
    None,
    Exact,
    Near,
}

impl From<DedupeArg> for pullquote::duplicates::Dedupe {
    fn from(dedupe: DedupeArg) -> Self {
        match dedupe {
            DedupeArg::None => Self::None,
            DedupeArg::Exact => Self::Exact,
            DedupeArg::Near => Self::Near,
        }
    }
}

/// Whose articles are annotated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    En,
    Any,
}
