//! `pullquote train speakers`: learns the weights for speakers from articles whose quotations have known speakers.

use crate::{cli::TrainSpeakersArgs, commands::ExitCode};
use anyhow::Context;
use pullquote::{
    Annotator, Article, Options, Span,
    annotate::{
        lexicon::Lexicon,
        speakers::learning::{Coverage, Known, Lesson, feature_fingerprint, fit, lessons, rows, said_features},
        speakers::scorer::softmax,
    },
};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader},
};

/// Folds by article in which the choice of speakers is measured.
const FOLDS: usize = 5;

pub fn run(args: TrainSpeakersArgs) -> anyhow::Result<ExitCode> {
    let annotator = Annotator::new(&Options::default());
    let lexicon = Lexicon::english();
    let place = args.articles.display();
    let file = fs::File::open(&args.articles).with_context(|| format!("could not open {place}"))?;
    let mut coverage = Coverage::default();
    let mut articles: Vec<Vec<Lesson>> = Vec::new();
    for (number, line) in BufReader::new(file).lines().enumerate() {
        let row = line.map_err(anyhow::Error::from).and_then(|line| Ok(serde_json::from_str(&line)?));
        let row: Value = row.with_context(|| format!("{place}: line {}", number + 1))?;
        articles.push(article_lessons(&row, &annotator, &lexicon, &mut coverage));
    }
    anstream::eprintln!("{} articles; {} of {} speakers among the candidates", articles.len(), coverage.covered, coverage.quotes);

    let learn = |lessons: &[&Lesson]| fit(lessons, args.epochs, args.rate, args.decay);
    let mut tally = Tally::default();
    for fold in 0..FOLDS {
        let part = |held: bool| articles.iter().enumerate().filter(move |(i, _)| (i % FOLDS == fold) == held).flat_map(|(_, l)| l);
        tally.add(&learn(&part(false).collect::<Vec<_>>()), part(true));
    }
    tally.print();

    let weights = learn(&articles.iter().flatten().collect::<Vec<_>>());
    let header = format!(
        "# Weights of the evidence for a quotation's speaker, made by `pullquote train speakers` from {} articles whose speakers were marked\n\
         # by hand. The program's own come from the training part of PolNeAR, US news of 2016; no text of it is kept.\n\
         # Columns: number of a hashed feature (hexadecimal), weight in hundredths.\n\
         # features: {:016x}\n",
        articles.len(),
        feature_fingerprint(&lexicon)
    );
    fs::write(&args.output, header + &rows(&weights, args.smallest))
        .with_context(|| format!("could not write {}", args.output.display()))?;
    Ok(ExitCode::Done)
}

/// What one line of the articles teaches.
fn article_lessons(row: &Value, annotator: &Annotator, lexicon: &Lexicon, coverage: &mut Coverage) -> Vec<Lesson> {
    let article = Article::from_text(row["text"].as_str().unwrap_or_default());
    let document = annotator.annotate(&article);
    let text = document.text();
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let span = |start: &Value, end: &Value| {
        let at = |offset: &Value| bytes.get(usize::try_from(offset.as_u64()?).ok()?).copied();
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then(|| Span::new(start, end))
    };
    let mut known = Vec::new();
    for quote in row["quotes"].as_array().into_iter().flatten() {
        if let ("direct" | "mixed", Some(place)) = (quote["type"].as_str().unwrap_or_default(), span(&quote["start"], &quote["end"])) {
            let speaker = span(&quote["speaker"]["start"], &quote["speaker"]["end"]);
            known.push(Known { span: place, speaker, full_name: quote["speaker_full"].as_str(), scare: false });
        }
    }
    for quote in row["unattributed_quoted"].as_array().into_iter().flatten() {
        let place = if quote.is_array() { span(&quote[0], &quote[1]) } else { span(&quote["start"], &quote["end"]) };
        known.extend(place.map(|span| Known { span, speaker: None, full_name: None, scare: true }));
    }
    lessons(&document, lexicon, &known, coverage)
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
        anstream::eprintln!("held out: speaker {} of {} = {percent:.2} %", self.right, self.choices);
        anstream::eprintln!(
            "  said {said}, scare {scare} told right; scare taken for said {scare_for_said}, said for scare {said_for_scare}"
        );
        let bins: Vec<String> = self.bins.iter().map(|(n, right)| format!("{n}:{:.2}", *right as f32 / (*n).max(1) as f32)).collect();
        anstream::eprintln!("  choices, and share right, by tenths of the chance given: {}", bins.join(" "));
    }
}
