//! `NAME.run.json` beside an output: what made it, and what came of it. Records hold no times and no versions; this file does.

use super::totals::Totals;
use anyhow::Context;
use pullquote::read::name_of;
use serde_json::{Value, json};
use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Instant,
};

pub struct Journal {
    path: PathBuf,
    /// What must be the same for a run to go on.
    options: String,
    arguments: Vec<String>,
}

impl Journal {
    /// The journal of an output; `options` is whatever changes its records.
    pub fn of(output: &Path, options: &str) -> Self {
        let options = format!("{:016x}", xxhash_rust::xxh3::xxh3_64(options.as_bytes()));
        Self { path: name(output), options, arguments: arguments() }
    }

    /// Whether the run that left a part was of the same version and options; one without a journal is trusted.
    pub fn agrees(&self) -> anyhow::Result<()> {
        let bytes = match fs::read(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error).with_context(|| format!("could not read {}", name_of(&self.path))),
        };
        let before: Value = serde_json::from_slice(&bytes).with_context(|| format!("{} is no JSON", name_of(&self.path)))?;
        anyhow::ensure!(
            self.is_of(&before),
            "the run to resume was begun by {} with other flags ({}); use the same, or begin anew with --force",
            before["program"].as_str().unwrap_or("another program"),
            before["arguments"].as_array().map_or(String::new(), |all| all.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        );
        Ok(())
    }

    /// Whether that journal is of a run that makes the same records.
    pub fn is_of(&self, journal: &Value) -> bool {
        journal["program"] == program() && journal["options"] == self.options.as_str()
    }

    pub fn begin(&self) -> anyhow::Result<()> {
        self.write(&json!({"status": "running"}))
    }

    /// What came of the run; `resumed` records were there before it.
    pub fn end(&self, whole: bool, totals: &Totals, resumed: u64, started: Instant) -> anyhow::Result<()> {
        let seconds = started.elapsed().as_secs_f64();
        let rounded = |number: f64| (number * 100.0).round() / 100.0;
        let speed = |seconds: f64| rounded(totals.bytes as f64 / 1e6 / seconds.max(1e-6));
        let steps: serde_json::Map<String, Value> = super::line::steps()
            .zip(totals.seconds)
            .map(|(step, seconds)| (step.to_owned(), json!({"seconds": rounded(seconds), "megabytes_per_second": speed(seconds)})))
            .collect();
        self.write(&json!({
            "status": if whole { "done" } else { "interrupted" },
            "resumed_records": resumed,
            "articles": totals.articles,
            "failed": totals.failed,
            "words": totals.words,
            "text_bytes": totals.bytes,
            "people": totals.people,
            "organisations": totals.organisations,
            "figures": totals.figures,
            "quotes": totals.quotes,
            "attributed": totals.attributed,
            "copies": totals.copies,
            "seconds": (seconds * 1000.0).round() / 1000.0,
            "megabytes_per_second": speed(seconds),
            "steps_of_all_threads": steps,
        }))
    }

    fn write(&self, state: &Value) -> anyhow::Result<()> {
        let mut whole = json!({"program": program(), "arguments": self.arguments, "options": self.options});
        if let (Some(whole), Some(state)) = (whole.as_object_mut(), state.as_object()) {
            whole.extend(state.clone());
        }
        let text = format!("{whole:#}\n");
        // Whole or not at all: a run may be killed right here, and the next one reads it.
        let mut unfinished = self.path.as_os_str().to_owned();
        unfinished.push(".partial");
        let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, &self.path));
        written.with_context(|| format!("could not write {}", name_of(&self.path)))
    }
}

/// The name of an output's journal.
pub fn name(output: &Path) -> PathBuf {
    let mut name = output.as_os_str().to_owned();
    name.push(".run.json");
    name.into()
}

/// The command line; what is no text in it as names of files are written.
fn arguments() -> Vec<String> {
    std::env::args_os().skip(1).map(|argument| name_of(Path::new(&argument)).into_owned()).collect()
}

fn program() -> String {
    format!("pullquote {}", env!("CARGO_PKG_VERSION"))
}
