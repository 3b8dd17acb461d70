//! Learns `src/annotate/speakers/weights.tsv` from articles whose quotations have known speakers.
//!
//! `cargo run --profile fast --features train --example learn_speakers -- TRAIN.jsonl > weights.tsv`
//!
//! A line of TRAIN: `{"text", "quotes": [{"start", "end", "type", "speaker": {"start", "end"} | null, "speaker_full"}],
//! "unattributed_quoted": [[start, end]]}`, offsets in code points. Every fifth article is held out first and the choice of
//! speakers measured on it; the weights printed come from all articles.

use pullquote::{
    Annotator, Article, Options, Span,
    annotate::{
        lexicon::Lexicon,
        speakers::learning::{Coverage, Known, Lesson, fit, lessons, rows, said_features},
        speakers::scorer::softmax,
    },
};
use std::io::BufRead;

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).ok_or_else(|| anyhow::anyhow!("usage: learn_speakers TRAIN.jsonl > weights.tsv"))?;
    let option =
        |name: &str, default: f32| std::env::args().skip_while(|a| a != name).nth(1).and_then(|v| v.parse().ok()).unwrap_or(default);
    let (epochs, rate, decay) = (option("--epochs", 3.0) as usize, option("--rate", 0.07), option("--decay", 2e-3));
    let smallest = option("--smallest", 0.04);
    let annotator = Annotator::new(&Options::default());
    let lexicon = Lexicon::english();
    let mut all: Vec<Vec<Lesson>> = Vec::new();
    let mut coverage = Coverage::default();
    for line in std::io::BufReader::new(std::fs::File::open(&path)?).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let article = Article::from_text(row["text"].as_str().unwrap_or(""));
        let document = annotator.annotate(&article);
        let text = document.text();
        let mut bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
        bytes.push(text.len());
        let span = |start: &serde_json::Value, end: &serde_json::Value| {
            let at = |v: &serde_json::Value| bytes.get(v.as_u64()? as usize).copied();
            let (start, end) = (at(start)?, at(end)?);
            (start < end).then(|| Span::new(start, end))
        };
        let mut known = Vec::new();
        for quote in row["quotes"].as_array().into_iter().flatten() {
            if let ("direct" | "mixed", Some(place)) = (quote["type"].as_str().unwrap_or(""), span(&quote["start"], &quote["end"])) {
                let speaker = span(&quote["speaker"]["start"], &quote["speaker"]["end"]);
                known.push(Known { span: place, speaker, full_name: quote["speaker_full"].as_str(), scare: false });
            }
        }
        for quote in row["unattributed_quoted"].as_array().into_iter().flatten() {
            let place = if quote.is_array() { span(&quote[0], &quote[1]) } else { span(&quote["start"], &quote["end"]) };
            known.extend(place.map(|span| Known { span, speaker: None, full_name: None, scare: true }));
        }
        all.push(lessons(&document, &lexicon, &known, &mut coverage));
    }
    eprintln!("{} articles; {} of {} speakers among the candidates", all.len(), coverage.covered, coverage.quotes);
    for missing in coverage.missing.iter().take(option("--missing", 0.0) as usize) {
        eprintln!("missing {}", missing.replace('\n', " "));
    }

    const FOLDS: usize = 5;
    let mut tally = Tally::default();
    for fold in 0..FOLDS {
        let part = |held: bool| all.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == held).flat_map(|(_, l)| l);
        tally.add(&fit(&part(false).collect::<Vec<_>>(), epochs, rate, decay), part(true));
    }
    tally.print();
    let weights = fit(&all.iter().flatten().collect::<Vec<_>>(), epochs, rate, decay);
    println!(
        "# Weights of the evidence for a quotation's speaker, made by examples/learn_speakers.rs from 840 US news articles of 2015-16"
    );
    println!(
        "# whose speakers were marked by hand (PolNeAR, training part). Columns: number of a hashed feature (hexadecimal), weight in hundredths."
    );
    print!("{}", rows(&weights, smallest));
    Ok(())
}

/// What came out on articles the weights have not seen.
#[derive(Default)]
struct Tally {
    choices: usize,
    right: usize,
    /// Said taken for said, scare for scare, scare for said, said for scare.
    said: [usize; 4],
    /// Choices and right ones by tenths of the chance given.
    bins: [(usize, usize); 10],
}

impl Tally {
    fn add<'l>(&mut self, weights: &[f32], lessons: impl Iterator<Item = &'l Lesson>) {
        let score = |features: &[u32]| features.iter().map(|&f| weights[f as usize]).sum::<f32>();
        for lesson in lessons {
            if !lesson.marks.is_empty() {
                self.choices += 1;
                let mut chances: Vec<f32> = lesson.candidates.iter().map(|(c, _)| score(c)).collect();
                softmax(&mut chances);
                let Some(best) = (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])) else { continue };
                let right = usize::from(lesson.marks[best] > 0);
                self.right += right;
                let bin = &mut self.bins[((chances[best] * 10.0) as usize).min(9)];
                bin.0 += 1;
                bin.1 += right;
            }
            if !lesson.quotation.is_empty() {
                let told = score(&said_features(weights, lesson)) > 0.0;
                self.said[match (told, lesson.said) {
                    (true, true) => 0,
                    (false, false) => 1,
                    (true, false) => 2,
                    (false, true) => 3,
                }] += 1;
            }
        }
    }

    fn print(&self) {
        let [said, scare, scare_for_said, said_for_scare] = self.said;
        let percent = 100.0 * self.right as f32 / self.choices.max(1) as f32;
        eprintln!("held out: speaker {} of {} = {percent:.2} %", self.right, self.choices);
        eprintln!("  said {said}, scare {scare} told right; scare taken for said {scare_for_said}, said for scare {said_for_scare}");
        let bins: Vec<String> = self.bins.iter().map(|(n, right)| format!("{n}:{:.2}", *right as f32 / (*n).max(1) as f32)).collect();
        eprintln!("  choices, and share right, by tenths of the chance given: {}", bins.join(" "));
    }
}
