//! `pullquote tables`: records in, flat tables for notebooks out.

use super::ExitCode;
use crate::cli::TablesArgs;
use anyhow::Context;
use indicatif::HumanCount;
use pullquote::{read::open_decompressed, write::tables::Tables};
use serde_json::Value;
use std::{
    io::{self, BufRead},
    path::Path,
};

pub fn run(args: TablesArgs) -> anyhow::Result<ExitCode> {
    let folder = args.directory.as_path();
    if !args.force
        && let Some(there) = Tables::paths(folder, args.format).find(|path| path.exists())
    {
        anyhow::bail!("{} exists; replace the tables with --force, or write to another directory", there.display());
    }
    let failed = || format!("could not write tables in {}: may you write there?", folder.display());
    let mut tables = Tables::create(folder, args.format).with_context(failed)?;
    for path in &args.records {
        let name = path.display();
        let mut lines: Box<dyn BufRead + Send> =
            if path.as_os_str() == "-" { Box::new(io::BufReader::new(io::stdin())) } else { open_decompressed(path)? };
        let mut line = Vec::new();
        let mut number = 0u64;
        loop {
            line.clear();
            number += 1;
            let read =
                lines.read_until(b'\n', &mut line).with_context(|| format!("{name}: line {number} cannot be read; is the file whole?"))?;
            if read == 0 {
                break;
            }
            if line.trim_ascii().is_empty() {
                continue;
            }
            let record = record(&line).with_context(|| format!("{name}: line {number} is no record of `pullquote extract`"))?;
            tables.add(&record).with_context(failed)?;
        }
    }
    let written = tables.finish().with_context(failed)?;
    if !args.quiet {
        for (table, rows) in written {
            let path = Path::new(folder).join(format!("{table}.{}", args.format));
            anstream::eprintln!("{:>12} rows  {}", HumanCount(rows).to_string(), path.display());
        }
    }
    Ok(ExitCode::Done)
}

fn record(line: &[u8]) -> anyhow::Result<Value> {
    let record: Value = serde_json::from_slice(line)?;
    let schema = record.get("schema").and_then(Value::as_str).unwrap_or("none");
    anyhow::ensure!(schema == pullquote::write::record::SCHEMA, "its schema is {schema}");
    Ok(record)
}
