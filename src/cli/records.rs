//! The flags of the commands that work on records, or tell what they are.

use super::inputs::whole;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Turn records into flat tables for pandas, Polars, DuckDB or a spreadsheet
///
/// Writes articles, entities, mentions, figures, quotes and errors, each row with the article's id, url, site, date and title, so that a
/// group-by is one line. Columns bear the keys of the record, nested ones joined by _ (speaker_name, cue_lemma). Parquet has types: dates
/// are dates. In CSV, text that a spreadsheet would run as a formula gets an apostrophe in front.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote tables articles.jsonl -d tables/
  pullquote tables 2024.jsonl.gz 2025.jsonl.zst -d tables/ --format csv
  python -c 'import pandas; print(pandas.read_parquet(\"tables/quotes.parquet\").groupby(\"speaker_name\").size().nlargest(20))'")]
pub struct TablesArgs {
    /// Records that `pullquote extract` wrote, also compressed; - for standard input
    #[arg(value_name = "RECORDS", required = true)]
    pub records: Vec<PathBuf>,

    /// Write the tables into this directory
    #[arg(short, long, value_name = "DIR")]
    pub directory: PathBuf,

    /// parquet, jsonl or csv
    #[arg(long, value_name = "FORMAT", default_value_t = pullquote::write::tables::TableFormat::Parquet)]
    pub format: pullquote::write::tables::TableFormat,

    /// Replace the tables if they exist
    #[arg(long)]
    pub force: bool,

    /// Leave out the closing summary
    #[arg(short, long)]
    pub quiet: bool,
}

/// Print what records hold: speakers, people, organisations, cues, figures and units, the most frequent first, and months
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote stats articles.jsonl
  pullquote extract articles/ -q | pullquote stats - --top 30")]
pub struct StatsArgs {
    /// Records that `pullquote extract` wrote, also compressed; - for standard input
    #[arg(value_name = "RECORDS", required = true)]
    pub records: Vec<PathBuf>,

    /// How many of each are listed
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = whole::<usize>)]
    pub top: usize,
}

/// Print what each key of a record means (JSON Schema), or its type as another reader wants to be told it
///
/// Readers find the types by themselves, as every key is in every record; a schema spares them the look, and types lists that are empty.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote schema | jq '.properties | keys'
  spark.read.schema(open(\"record.ddl\").read()).json(\"articles.jsonl\")          from --as spark-ddl
  select * from read_json('articles.jsonl', columns = {...})                   from --as duckdb
  pl.scan_ndjson(\"articles.jsonl\", schema=pl.Schema({...}))                    from --as polars")]
pub struct SchemaArgs {
    /// json-schema; spark-ddl: for `spark.read.schema` and `from_json`; duckdb: the columns of `read_json`; polars: a Python dict
    #[arg(long = "as", value_enum, value_name = "FORM", default_value = "json-schema")]
    pub form: SchemaForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaForm {
    JsonSchema,
    SparkDdl,
    Duckdb,
    Polars,
}

/// Make one page of HTML to look at and to send: who said what, with each quote in its place
///
/// The page opens from disk and loads nothing: charts, a list of speakers with all their quotes, each article with people, organisations,
/// figures and quotes marked and each quote tied to its speaker, and a table of figures. It filters, sorts and searches. Nothing in an
/// article can run in it.
#[derive(Clone, Debug, Args)]
#[command(after_help = "Examples:
  pullquote report articles.jsonl -o report.html
  pullquote report articles.jsonl -o budget.html --title 'The budget, who said what'
  pullquote extract articles/ -q | pullquote report - -o report.html")]
pub struct ReportArgs {
    /// Records that `pullquote extract` wrote, also compressed; - for standard input
    #[arg(value_name = "RECORDS", required = true)]
    pub records: Vec<PathBuf>,

    /// Write the page here; - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,

    /// The page's title
    #[arg(long, value_name = "TEXT", default_value = "Who said what")]
    pub title: String,

    /// Show this many articles, those with most quotes; all are counted
    ///
    /// 5,000 articles of news make a page of 60 to 90 MB that opens in two seconds.
    #[arg(long, value_name = "N", default_value_t = 5000, value_parser = whole::<usize>)]
    pub top: usize,

    /// Replace the page if it exists
    #[arg(long)]
    pub force: bool,

    /// Leave out the closing summary
    #[arg(short, long)]
    pub quiet: bool,
}
