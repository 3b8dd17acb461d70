//! Every subcommand and flag, as clap reads them. The help texts are for users: they teach.

mod records;
#[cfg(feature = "train")]
mod train;

use clap::{Args, Parser, Subcommand, ValueEnum};
pub use records::{ReportArgs, SchemaArgs, SchemaForm, StatsArgs, TablesArgs};
use std::path::PathBuf;
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

/// Which articles to read, and how. Shared by the commands that read articles.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// Files, directories (searched recursively, in sorted order), or - for standard input
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,

    /// Read the paths in this file too, one a line; - for standard input
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub files_from: Option<PathBuf>,

    /// The paths in --files-from end in NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from", help_heading = "Reading")]
    pub null: bool,

    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How articles are read.
#[derive(Clone, Debug, Args)]
pub struct ReadingArgs {
    /// Read every input as this format instead of telling it from name and content
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub format: Option<pullquote::read::Format>,

    /// In directories, take only files that match (like .gitignore patterns; may be given more than once)
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub glob: Vec<String>,

    /// In directories, leave out files that match (may be given more than once)
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub exclude: Vec<String>,

    /// Take a field of JSON records from another name first, as in text=body (may be given more than once)
    #[arg(long, value_name = "FIELD=NAME", help_heading = "Reading")]
    pub field: Vec<pullquote::read::FieldOverride>,

    /// An article larger than this, decompressed, is an error
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, help_heading = "Reading")]
    pub max_article_bytes: usize,
}

/// Whose names are found. Shared by the commands that annotate.
#[derive(Clone, Debug, Args)]
pub struct NamesArgs {
    /// Your own names, as JSON Lines or CSV with name, type, aliases and id (may be given more than once)
    ///
    /// A line is {"name": "Acme Ferries", "type": "organisation", "aliases": ["Acme"], "id": "Q42"}; in CSV the first line names the
    /// columns, and aliases have | between them. Types: person, organisation, and place or other for what is neither. The list goes
    /// before what the program finds by itself; an id becomes the `key` that joins an entity across articles.
    #[arg(long, value_name = "FILE", help_heading = "Names")]
    pub gazetteer: Vec<PathBuf>,

    /// Names of people and organisations to join across articles, in the same form (may be given more than once)
    ///
    /// Nothing more is found by it than without: an entity whose full name, or another form of two and more words, stands in the list
    /// gets the listed id as its `key`, whatever its article calls it. Use --gazetteer for names that must be found.
    #[arg(long, value_name = "FILE", help_heading = "Names")]
    pub aliases: Vec<PathBuf>,

    /// Another names model, made by `pullquote train names`
    #[arg(long, value_name = "FILE", help_heading = "Names")]
    pub model: Option<PathBuf>,

    /// Leave out speakers less sure than this, from 0 to 1: `speaker` is null then
    ///
    /// Confidence is calibrated: of quotes given 0.9, about nine in ten have the right speaker.
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = chance, help_heading = "Speakers")]
    pub min_confidence: f32,

    /// Take the turns of interviews and transcripts ("Q: ...", "Roe: ...") and paragraphs that are announced ("The filing reads:") for
    /// quotes too, though no marks stand around them
    #[arg(long, help_heading = "Speakers")]
    pub turns: bool,
}

fn share(text: &str) -> Result<f64, String> {
    chance(text).map(f64::from)
}

fn chance(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(chance) if (0.0..=1.0).contains(&chance) => Ok(chance),
        _ => Err("it must be a number from 0 to 1".to_owned()),
    }
}

/// Extract sentences, people, organisations, figures and quotes with speakers: one JSON line for each article
///
/// Reads txt, md, html, json, jsonl and warc, also gzipped or zstandard-compressed, parquet, and tar and zip archives of them. Every
/// article gives exactly one line, in input order; one that cannot be read gives a line with status "error" and the batch goes on. The output is the same for any --jobs.
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
    #[arg(long, value_name = "S", default_value_t = 0, requires = "sample", help_heading = "Selecting")]
    pub seed: u64,

    /// Stop after this many articles
    #[arg(long, value_name = "N", help_heading = "Selecting")]
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
    #[arg(short, long, value_name = "N", default_value_t = 0, help_heading = "Running")]
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
    #[arg(long, value_name = "N")]
    pub record: Option<u64>,

    /// Colour: auto means when standard output is a terminal
    #[arg(long, value_enum, value_name = "WHEN", default_value = "auto")]
    pub color: When,
}

/// Say why quotes have the speakers they have: the candidates, what spoke for each, and what decided
///
/// Each candidate is a name, pronoun or noun phrase near the quote. Its score sums the evidence: what it is, its place, the cue it is
/// tied to, the words between and beside, whether it spoke before, how often it is named. The chances of all candidates are 1 together;
/// the winner's, times the certainty that its pronoun means that person, is the confidence in the record. Turns (--turns) are not
/// explained: their labels decide.
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
    #[arg(long, value_name = "N")]
    pub record: Option<u64>,

    #[command(flatten)]
    pub reading: ReadingArgs,

    #[command(flatten)]
    pub names: NamesArgs,
}

/// Print the completions of a shell for this program
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote completions bash > ~/.local/share/bash-completion/completions/pullquote
  pullquote completions zsh > ~/.zfunc/_pullquote
  pullquote completions fish > ~/.config/fish/completions/pullquote.fish")]
pub struct CompletionsArgs {
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote man | man -l -
  pullquote man -d ~/.local/share/man/man1      one page for each command")]
pub struct ManArgs {
    /// Write the pages of the program and of every command into this directory
    #[arg(short, long, value_name = "DIR")]
    pub directory: Option<PathBuf>,
}

/// Measure what is found against what people marked: precision, recall, F1 and speaker accuracy
///
/// GOLD is JSON Lines: `text` and any of `sentences`, `people`, `organisations`, `quotes`, `figures`, with offsets in code points;
/// `date` or `ref_date` is the article's day. A layer is scored on the lines that have it.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote evaluate corpora/gold/gold.jsonl
  pullquote evaluate gold.jsonl --layer quotes --errors 20
  pullquote evaluate gold.jsonl --json | jq .quotes.end_to_end.f1")]
pub struct EvaluateArgs {
    /// The gold file
    #[arg(value_name = "GOLD")]
    pub gold: PathBuf,

    #[command(flatten)]
    pub names: NamesArgs,

    /// Only this layer (may be given more than once)
    #[arg(long, value_enum, value_name = "LAYER")]
    pub layer: Vec<LayerArg>,

    /// List this many errors of each layer
    #[arg(long, value_name = "N", default_value_t = 0)]
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
    #[arg(short, long, value_name = "N", default_value_t = 0)]
    pub jobs: usize,

    /// Write the measurements as one JSON object
    #[arg(long)]
    pub json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
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
