//! What a run found, added up over its articles, and the summary of it at the end.

use super::line::{STEPS, Seconds};
use indicatif::{HumanBytes, HumanCount, HumanDuration};
use pullquote::{Document, document::QuoteKind};
use std::{fmt::Write as _, time::Instant};

/// What a batch found, added up over its articles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    pub articles: u64,
    pub failed: u64,
    pub words: u64,
    /// Bytes of analysed text.
    pub bytes: u64,
    pub people: u64,
    pub organisations: u64,
    pub figures: u64,
    /// Direct and mixed; scare quotes are nobody's words.
    pub quotes: u64,
    pub attributed: u64,
    /// Articles that are copies of earlier ones.
    pub copies: u64,
    /// Time spent on each step, of all threads together.
    pub seconds: Seconds,
}

impl Totals {
    /// The share of one document.
    pub fn of(document: &Document) -> Self {
        let quoted = document.attributions.iter().filter(|a| a.kind != QuoteKind::Scare);
        Self {
            articles: 1,
            failed: u64::from(document.article.error.is_some()),
            words: document.words() as u64,
            bytes: document.text().len() as u64,
            people: document.entities.people.len() as u64,
            organisations: document.entities.organisations.len() as u64,
            figures: document.figures.len() as u64,
            quotes: quoted.clone().count() as u64,
            attributed: quoted.filter(|a| a.speaker.is_some()).count() as u64,
            copies: 0,
            seconds: [0.0; STEPS],
        }
    }

    pub fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.failed += other.failed;
        self.words += other.words;
        self.bytes += other.bytes;
        self.people += other.people;
        self.organisations += other.organisations;
        self.figures += other.figures;
        self.quotes += other.quotes;
        self.attributed += other.attributed;
        self.copies += other.copies;
        for (sum, seconds) in self.seconds.iter_mut().zip(other.seconds) {
            *sum += seconds;
        }
    }

    /// The closing summary.
    pub fn summary(&self, started: Instant) -> String {
        let elapsed = started.elapsed();
        let seconds = elapsed.as_secs_f64().max(1e-6);
        let mut out = counted(self.articles, "article", "articles");
        if self.failed > 0 {
            let _ = write!(out, " ({} failed: see status \"error\" in the output)", HumanCount(self.failed));
        }
        if self.copies > 0 {
            let _ = write!(out, ", {} of them copies of earlier ones", HumanCount(self.copies));
        }
        let share = if self.quotes > 0 {
            format!(", {:.1}% attributed", 100.0 * self.attributed as f64 / self.quotes as f64)
        } else {
            String::new()
        };
        let _ = write!(
            out,
            "\n  {}, {}, {}, {}, {}{share}\n  {} of text in {} ({:.1} MB/s, {} words/s)",
            counted(self.words, "word", "words"),
            counted(self.people, "person", "people"),
            counted(self.organisations, "organisation", "organisations"),
            counted(self.figures, "figure", "figures"),
            counted(self.quotes, "quote", "quotes"),
            HumanBytes(self.bytes),
            if seconds < 60.0 { format!("{seconds:.2} s") } else { HumanDuration(elapsed).to_string() },
            self.bytes as f64 / 1e6 / seconds,
            HumanCount((self.words as f64 / seconds) as u64),
        );
        out
    }
}

/// "1 person", "2,300 people".
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", HumanCount(number), if number == 1 { one } else { many })
}
