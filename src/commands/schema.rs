//! `pullquote schema`: the JSON Schema of a record, generated from the types that write it.

use super::ExitCode;
use std::io::Write;

pub fn run() -> anyhow::Result<ExitCode> {
    let schema = serde_json::to_string_pretty(&pullquote::write::record::json_schema())?;
    writeln!(std::io::stdout().lock(), "{schema}")?;
    Ok(ExitCode::Done)
}
