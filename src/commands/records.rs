//! Records that `extract` wrote, read back one by one: what `tables`, `stats` and `report` work on.

use anyhow::Context;
use pullquote::{
    read::{name_of, open_decompressed},
    write::record::SCHEMA,
};
use serde_json::Value;
use std::{
    io::{self, BufRead},
    path::{Path, PathBuf},
};

/// Hands on each record of the files; `-` is standard input.
pub fn each(paths: &[PathBuf], mut record_read: impl FnMut(Value) -> anyhow::Result<()>) -> anyhow::Result<()> {
    for path in paths {
        let name = name_of(path);
        let mut lines = open(path)?;
        let mut line = Vec::new();
        for number in 1u64.. {
            line.clear();
            let unread = || format!("{name}: line {number} cannot be read; is the file whole?");
            if lines.read_until(b'\n', &mut line).with_context(unread)? == 0 {
                break;
            }
            if !line.trim_ascii().is_empty() {
                record_read(record(&line).with_context(|| format!("{name}: line {number} is no record of `pullquote extract`"))?)?;
            }
        }
    }
    Ok(())
}

/// A file's lines, whatever it is compressed with; those of standard input as they come.
pub fn open(path: &Path) -> anyhow::Result<Box<dyn BufRead + Send>> {
    if path.as_os_str() == "-" {
        return Ok(Box::new(io::BufReader::new(io::stdin())));
    }
    anyhow::ensure!(!path.is_dir(), "{} is a directory; name the files in it", name_of(path));
    Ok(open_decompressed(path)?)
}

fn record(line: &[u8]) -> anyhow::Result<Value> {
    let record: Value = serde_json::from_slice(line)?;
    let schema = record.get("schema").and_then(Value::as_str).unwrap_or("none");
    anyhow::ensure!(schema == SCHEMA, "its schema is {schema}");
    Ok(record)
}
