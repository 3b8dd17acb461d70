//! Flags that commands share: which articles are read, and how; whose names are found.

use clap::Args;
use pullquote::batch::MOST_JOBS;
use std::{path::PathBuf, str::FromStr};

/// Which articles to read, and how. Shared by the commands that read articles.
#[derive(Clone, Debug, Args)]
pub struct InputArgs {
    /// Files, directories (searched recursively, in sorted order), or - for standard input
    ///
    /// Of directories and archives those files are read whose names end as a format's do (.txt, .html, .jsonl.gz ...), hidden ones left
    /// out; --glob takes others.
    #[arg(value_name = "PATH", required_unless_present = "files_from")]
    pub paths: Vec<PathBuf>,

    /// Read the paths in this file too, one a line; - for standard input
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    pub files_from: Option<PathBuf>,

    /// The paths in --files-from end in NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from", help_heading = "Reading")]
    pub null: bool,

    /// In directories, take only files that match (like .gitignore patterns; may be given more than once)
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub glob: Vec<String>,

    /// In directories, leave out files that match (may be given more than once)
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    pub exclude: Vec<String>,

    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How a file of articles is read.
#[derive(Clone, Debug, Args)]
pub struct ReadingArgs {
    /// Read every input as this format instead of telling it from name and content: txt, md, html, json, jsonl, warc, parquet, tar, zip
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub format: Option<pullquote::read::Format>,

    /// Take a field of JSON records or a column of Parquet from another name first, as in text=lede (may be given more than once)
    ///
    /// FIELD is text, title, url, date, author, site, section or id. Without this flag the names that data sets of news give them are known:
    /// body, maintext, headline, link, pubDate, authors, publisher and others.
    #[arg(long, value_name = "FIELD=NAME", help_heading = "Reading")]
    pub field: Vec<pullquote::read::FieldOverride>,

    /// An article larger than this, decompressed, is an error
    #[arg(long, value_name = "BYTES", default_value_t = 16 << 20, value_parser = whole::<usize>, help_heading = "Reading")]
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

/// What clap says of a number that is none ("invalid digit found in string") helps nobody.
pub(super) fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| "it must be a whole number, in digits alone".to_owned())
}

pub(super) fn jobs(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(jobs) if jobs <= MOST_JOBS => Ok(jobs),
        _ => Err(format!("it must be a number from 0 to {MOST_JOBS}")),
    }
}

pub(super) fn chance(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(chance) if (0.0..=1.0).contains(&chance) => Ok(chance),
        _ => Err("it must be a number from 0 to 1".to_owned()),
    }
}
