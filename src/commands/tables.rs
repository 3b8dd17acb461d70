//! `pullquote tables`: records in, flat tables for notebooks out.

use super::{ExitCode, one_line, output::refuse_input, records};
use crate::cli::TablesArgs;
use anyhow::Context;
use indicatif::HumanCount;
use pullquote::{read::name_of, write::tables::Tables};
use std::path::PathBuf;

pub fn run(args: &TablesArgs) -> anyhow::Result<ExitCode> {
    let folder = args.directory.as_path();
    if !args.force
        && let Some(there) = Tables::paths(folder, args.format).find(|path| path.exists())
    {
        anyhow::bail!("{} exists; replace the tables with --force, or write to another directory", name_of(&there));
    }
    for table in Tables::paths(folder, args.format) {
        refuse_input(args.records.iter().map(PathBuf::as_path), &table)?;
    }
    let failed = || format!("could not write tables in {} (may you write there?)", name_of(folder));
    let mut tables = Tables::create(folder, args.format).with_context(failed)?;
    records::each(&args.records, |record| tables.add(&record).with_context(failed))?;
    let written = tables.finish().with_context(failed)?;
    if !args.quiet {
        for (table, rows) in written {
            let path = folder.join(format!("{table}.{}", args.format));
            anstream::eprintln!(
                "{:>12} {}  {}",
                HumanCount(rows).to_string(),
                if rows == 1 { "row " } else { "rows" },
                one_line(&name_of(&path))
            );
        }
    }
    Ok(ExitCode::Done)
}
