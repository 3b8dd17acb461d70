//! `pullquote stats`: what a pile of records holds, as tables for a terminal.

use super::{ExitCode, records, totals::counted};
use crate::cli::StatsArgs;
use indicatif::HumanCount;
use pullquote::write::terminal::visible;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::{collections::BTreeMap, io::Write};

/// How often each of several things was met.
#[derive(Default)]
struct Counts(FxHashMap<String, u64>);

impl Counts {
    fn add(&mut self, name: &str) {
        match self.0.get_mut(name) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(name.to_owned(), 1)),
        }
    }

    fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// The most frequent ones; of equals the first by name.
    fn top(&self, number: usize) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> = self.0.iter().map(|(name, &count)| (name.as_str(), count)).collect();
        all.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(number);
        all
    }
}

#[derive(Default)]
struct Stats {
    articles: u64,
    failed: u64,
    words: u64,
    kinds: Counts,
    speakers: Counts,
    speaker_types: Counts,
    cues: Counts,
    people: Counts,
    organisations: Counts,
    figures: Counts,
    units: Counts,
    /// Articles, quotes and figures of each month.
    months: BTreeMap<String, [u64; 3]>,
}

pub fn run(args: &StatsArgs) -> anyhow::Result<ExitCode> {
    let mut stats = Stats::default();
    records::each(&args.records, |record| {
        stats.add(&record);
        Ok(())
    })?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    stats.write(args.top, &mut out)?;
    out.flush()?;
    Ok(ExitCode::Done)
}

impl Stats {
    fn add(&mut self, record: &Value) {
        let list = |key: &str| record[key].as_array().map_or(&[][..], Vec::as_slice);
        self.articles += 1;
        self.failed += u64::from(record["status"] == "error");
        self.words += record["words"].as_u64().unwrap_or(0);
        for (key, counts) in [("people", &mut self.people), ("organisations", &mut self.organisations)] {
            // By articles: one that is named forty times in one article is no better known for it.
            list(key).iter().filter_map(|entity| entity["name"].as_str()).for_each(|name| counts.add(name));
        }
        let mut quotes = 0;
        for quote in list("quotes") {
            let kind = quote["kind"].as_str().unwrap_or("?");
            self.kinds.add(kind);
            if kind == "scare" {
                continue;
            }
            quotes += 1;
            let speaker = &quote["speaker"];
            self.speaker_types.add(speaker["type"].as_str().unwrap_or("nobody known"));
            if let Some(name) = speaker["name"].as_str() {
                self.speakers.add(name);
            }
            if let Some(lemma) = quote["cue"]["lemma"].as_str() {
                self.cues.add(lemma);
            }
        }
        for figure in list("figures") {
            self.figures.add(figure["kind"].as_str().unwrap_or("?"));
            if let Some(unit) = figure["unit"].as_str() {
                self.units.add(unit);
            }
        }
        let month = record["date"].as_str().and_then(|date| date.get(..7)).unwrap_or("undated");
        let counts = self.months.entry(month.to_owned()).or_default();
        for (count, more) in counts.iter_mut().zip([1, quotes, list("figures").len() as u64]) {
            *count += more;
        }
    }

    fn write(&self, top: usize, out: &mut impl Write) -> std::io::Result<()> {
        let (articles, words) = (counted(self.articles, "article", "articles"), counted(self.words, "word", "words"));
        writeln!(out, "{articles}, {} failed, {words}", HumanCount(self.failed))?;
        let said = self.speaker_types.total();
        let attributed = said - self.speaker_types.0.get("nobody known").copied().unwrap_or(0);
        let named = self.speakers.total();
        let share = |part: u64| if said == 0 { 0.0 } else { 100.0 * part as f64 / said as f64 };
        writeln!(
            out,
            "{}, {:.1}% with a speaker, {:.1}% with a name; beside them {}",
            counted(said, "quote", "quotes"),
            share(attributed),
            share(named),
            counted(self.kinds.0.get("scare").copied().unwrap_or(0), "scare quote", "scare quotes")
        )?;
        let tables: [(&str, &Counts); 7] = [
            ("speakers, quotes of each", &self.speakers),
            ("who speaks", &self.speaker_types),
            ("cues", &self.cues),
            ("people, articles with each", &self.people),
            ("organisations, articles with each", &self.organisations),
            ("figures by kind", &self.figures),
            ("units", &self.units),
        ];
        for (title, counts) in tables.into_iter().filter(|(_, counts)| !counts.0.is_empty()) {
            writeln!(out, "\n{title}")?;
            for (name, count) in counts.top(top) {
                writeln!(out, "{:>10}  {}", HumanCount(count).to_string(), visible(name))?;
            }
            match counts.0.len().saturating_sub(top) {
                0 => {}
                more => writeln!(out, "{:>10}  and {} more", "", HumanCount(more as u64))?,
            }
        }
        writeln!(out, "\n{:<10}{:>10}{:>10}{:>10}", "month", "articles", "quotes", "figures")?;
        for (month, [articles, quotes, figures]) in &self.months {
            writeln!(out, "{:<10}{articles:>10}{quotes:>10}{figures:>10}", visible(month))?;
        }
        Ok(())
    }
}
