//! `pullquote schema`: what a record holds, from the types that write it.

use super::ExitCode;
use crate::cli::{SchemaArgs, SchemaForm};
use pullquote::write::{
    record,
    schema::{self, Dialect},
};
use std::io::Write;

pub fn run(args: &SchemaArgs) -> anyhow::Result<ExitCode> {
    let text = match args.form {
        SchemaForm::JsonSchema => serde_json::to_string_pretty(&record::json_schema())?,
        SchemaForm::SparkDdl => schema::types(Dialect::Spark),
        SchemaForm::Duckdb => schema::types(Dialect::DuckDb),
        SchemaForm::Polars => schema::types(Dialect::Polars),
    };
    writeln!(std::io::stdout().lock(), "{text}")?;
    Ok(ExitCode::Done)
}
