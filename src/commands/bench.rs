//! `pullquote bench`: how fast articles become records, and which stage takes the time. Articles are in memory before the clock
//! starts. What is found is counted too: a measurement of work not done is worth nothing, and repeats must agree.

use super::{
    ExitCode,
    inputs::{input_options, inputs},
    totals::counted,
};
use crate::cli::BenchArgs;
use anyhow::Context;
use pullquote::{
    Annotator, Article, Document,
    annotate::STAGES,
    read,
    write::{
        jsonl,
        record::{Record, RecordOptions},
    },
};
use rayon::prelude::*;
use serde_json::json;
use std::{
    fmt::Write as _,
    io::Write as _,
    time::{Duration, Instant},
};

pub fn run(args: BenchArgs) -> anyhow::Result<ExitCode> {
    let options = input_options(&args.input);
    let read: Vec<Article> = read::articles(inputs(&args.input)?, &options).map(|raw| raw.into_article(&options)).collect();
    let (articles, failed): (Vec<Article>, Vec<Article>) = read.into_iter().partition(|article| article.error.is_none());
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    if bytes == 0 {
        let first = failed.iter().find_map(|article| article.error.as_ref());
        let why = first.map_or(String::new(), |error| format!(" ({} could not be read; the first: {error})", failed.len()));
        anyhow::bail!("there is no article to measure in the input{why}");
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs).build().context("could not start the threads")?;

    let loading = Instant::now();
    let annotator = super::annotator(&args.names, |_| {})?;
    let loading = loading.elapsed();

    let mut found: Option<Found> = None;
    let mut same = |again: Found| match found.get_or_insert(again) {
        first if *first == again => Ok(()),
        first => Err(anyhow::anyhow!("two repeats found different things: {first:?} and {again:?}")),
    };
    let (mut single, mut parallel) = (Vec::new(), Vec::new());
    for _ in 0..args.repeat {
        let (times, counts) = one_thread(&articles, &annotator);
        same(counts)?;
        single.push(times);
        let (time, counts) = all_threads(&articles, &annotator, &pool);
        same(counts)?;
        parallel.push(time);
    }
    let found = found.unwrap_or_default();
    let stages: Vec<(&str, Duration)> =
        stage_names().enumerate().map(|(index, name)| (name, median(single.iter().map(|times| times.stages[index]).collect()))).collect();
    let report = Report {
        articles: articles.len(),
        failed: failed.len(),
        bytes,
        found,
        loading,
        stages,
        single: median(single.iter().map(|times| times.whole).collect()),
        parallel: median(parallel),
        threads: pool.current_num_threads(),
        repeats: args.repeat,
    };
    let text = if args.json { format!("{}\n", report.to_json()) } else { report.to_table()? };
    std::io::stdout().lock().write_all(text.as_bytes())?;
    Ok(ExitCode::Done)
}

/// The stages of `annotate` and the writing of the record.
fn stage_names() -> impl Iterator<Item = &'static str> {
    STAGES.into_iter().chain(["other", "record"])
}

/// What one run over all articles found. `checksum` is that of all records, added up so that their order does not matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Found {
    words: usize,
    sentences: usize,
    people: usize,
    organisations: usize,
    figures: usize,
    quotes: usize,
    attributed: usize,
    record_bytes: usize,
    checksum: u64,
}

impl Found {
    fn in_document(document: &Document<'_>, record: &[u8]) -> Self {
        Self {
            words: document.words(),
            sentences: document.sentences.len(),
            people: document.entities.people.len(),
            organisations: document.entities.organisations.len(),
            figures: document.figures.len(),
            quotes: document.quotes.len(),
            attributed: document.attributions.iter().filter(|attribution| attribution.speaker.is_some()).count(),
            record_bytes: record.len(),
            checksum: xxhash_rust::xxh3::xxh3_64(record),
        }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
            people: self.people + other.people,
            organisations: self.organisations + other.organisations,
            figures: self.figures + other.figures,
            quotes: self.quotes + other.quotes,
            attributed: self.attributed + other.attributed,
            record_bytes: self.record_bytes + other.record_bytes,
            checksum: self.checksum.wrapping_add(other.checksum),
        }
    }
}

struct Times {
    /// In the order of [`stage_names`].
    stages: Vec<Duration>,
    whole: Duration,
}

fn one_thread(articles: &[Article], annotator: &Annotator) -> (Times, Found) {
    let mut stages = vec![Duration::ZERO; STAGES.len() + 2];
    let mut found = Found::default();
    let mut line = Vec::new();
    let mut whole = Duration::ZERO;
    for article in articles {
        let started = Instant::now();
        let mut last = started;
        let mut stage = 0;
        let mut lap = |stage: usize| {
            let now = Instant::now();
            stages[stage] += now - last;
            last = now;
        };
        let document = annotator.annotate_observed(article, |_| {
            lap(stage);
            stage += 1;
        });
        lap(STAGES.len());
        line.clear();
        jsonl::write_line(&Record::new(&document, RecordOptions::default()), &mut line);
        lap(STAGES.len() + 1);
        whole += last - started;
        // Counting and hashing are outside the clock; giving the memory back is not.
        found = found.plus(Found::in_document(&document, &line));
        let freeing = Instant::now();
        drop(document);
        let freeing = freeing.elapsed();
        stages[STAGES.len()] += freeing;
        whole += freeing;
    }
    (Times { stages, whole }, found)
}

fn all_threads(articles: &[Article], annotator: &Annotator, pool: &rayon::ThreadPool) -> (Duration, Found) {
    let work = |article: &Article| {
        let document = annotator.annotate(article);
        let mut line = Vec::with_capacity(article.text.len() * 4);
        jsonl::write_line(&Record::new(&document, RecordOptions::default()), &mut line);
        Found::in_document(&document, &line)
    };
    let started = Instant::now();
    let found = pool.install(|| articles.par_iter().map(work).reduce(Found::default, Found::plus));
    (started.elapsed(), found)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

struct Report {
    articles: usize,
    failed: usize,
    bytes: usize,
    found: Found,
    loading: Duration,
    stages: Vec<(&'static str, Duration)>,
    single: Duration,
    parallel: Duration,
    threads: usize,
    repeats: u32,
}

impl Report {
    fn words_per_second(&self, time: Duration) -> f64 {
        self.found.words as f64 / time.as_secs_f64().max(1e-9)
    }

    fn megabytes_per_second(&self, time: Duration) -> f64 {
        self.bytes as f64 / 1e6 / time.as_secs_f64().max(1e-9)
    }

    fn to_table(&self) -> Result<String, std::fmt::Error> {
        let mut out = String::new();
        let found = &self.found;
        writeln!(
            out,
            "{} ({} could not be read), {:.2} MB, {} words; median of {}",
            counted(self.articles as u64, "article", "articles"),
            self.failed,
            self.bytes as f64 / 1e6,
            found.words,
            self.repeats
        )?;
        writeln!(
            out,
            "found: {} sentences, {} people, {} organisations, {} figures, {} quotes, {} with speaker, {:.2} MB of records\n",
            found.sentences,
            found.people,
            found.organisations,
            found.figures,
            found.quotes,
            found.attributed,
            found.record_bytes as f64 / 1e6
        )?;
        writeln!(out, "{:24} {:>10} {:>8} {:>10} {:>14}", "stage, one thread", "ms", "share", "MB/s", "words/s")?;
        let line = |out: &mut String, name: &str, time: Duration| {
            let share = 100.0 * time.as_secs_f64() / self.single.as_secs_f64().max(1e-9);
            let (mb, words) = (self.megabytes_per_second(time), self.words_per_second(time));
            writeln!(out, "{name:24} {:10.2} {share:7.1}% {mb:10.1} {words:14.0}", time.as_secs_f64() * 1e3)
        };
        for (name, time) in &self.stages {
            line(&mut out, name, *time)?;
        }
        line(&mut out, "whole, 1 thread", self.single)?;
        let threads = format!("whole, {} thread{}", self.threads, if self.threads == 1 { "" } else { "s" });
        let (mb, words) = (self.megabytes_per_second(self.parallel), self.words_per_second(self.parallel));
        writeln!(out, "{threads:24} {:10.2} {:>8} {mb:10.1} {words:14.0}", self.parallel.as_secs_f64() * 1e3, "")?;
        writeln!(out, "\nword lists and model loaded in {:.1} ms", self.loading.as_secs_f64() * 1e3)?;
        Ok(out)
    }

    fn to_json(&self) -> serde_json::Value {
        let speed = |time: Duration| json!({"seconds": time.as_secs_f64(), "words_per_second": self.words_per_second(time), "megabytes_per_second": self.megabytes_per_second(time)});
        let stages: Vec<serde_json::Value> = self
            .stages
            .iter()
            .map(|(name, time)| {
                let mut stage = speed(*time);
                stage["stage"] = json!(name);
                stage["share"] = json!(time.as_secs_f64() / self.single.as_secs_f64().max(1e-9));
                stage
            })
            .collect();
        let found = &self.found;
        json!({
            "articles": self.articles, "unreadable": self.failed, "bytes": self.bytes, "repeats": self.repeats, "threads": self.threads,
            "found": {
                "words": found.words, "sentences": found.sentences, "people": found.people, "organisations": found.organisations,
                "figures": found.figures, "quotes": found.quotes, "attributed": found.attributed, "record_bytes": found.record_bytes,
                "checksum": format!("{:016x}", found.checksum),
            },
            "loading_seconds": self.loading.as_secs_f64(),
            "one_thread": speed(self.single), "all_threads": speed(self.parallel), "stages": stages,
        })
    }
}
