//! What a long command tells on standard error: a bar while it runs, a summary when it is done.

use super::line::{STEPS, Seconds};
use crate::cli::When;
use indicatif::{HumanBytes, HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use pullquote::{Document, document::QuoteKind};
use std::{
    fmt::Write as _,
    io::IsTerminal,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

/// The bar: articles, megabytes, articles a second, time left. Bytes are those of the input files, so that time left is known
/// before the number of articles is.
pub struct Progress {
    bar: ProgressBar,
    articles: Arc<AtomicU64>,
}

impl Progress {
    /// `total` is the size of the input in bytes, when known.
    pub fn new(when: When, quiet: bool, total: Option<u64>) -> Self {
        let shown = !quiet && when != When::Never && (when == When::Always || std::io::stderr().is_terminal());
        let articles = Arc::new(AtomicU64::new(0));
        if !shown {
            return Self { bar: ProgressBar::hidden(), articles };
        }
        let template = match total {
            Some(_) => "{bar:24} {percent:>3}%  {articles} articles  {bytes}  {rate}  {eta} left",
            None => "{spinner} {articles} articles  {bytes}  {rate}  {elapsed}",
        };
        let count = Arc::clone(&articles);
        let count_for_rate = Arc::clone(&articles);
        let style = ProgressStyle::with_template(template)
            .expect("the template is a constant")
            .with_key("articles", move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
                let _ = write!(out, "{}", HumanCount(count.load(Ordering::Relaxed)));
            })
            .with_key("rate", move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                let rate = count_for_rate.load(Ordering::Relaxed) as f64 / state.elapsed().as_secs_f64().max(0.001);
                let _ = write!(out, "{rate:.0} articles/s");
            });
        let bar = match total {
            Some(total) => ProgressBar::new(total),
            None => ProgressBar::no_length(),
        };
        // `always` draws off a terminal too, where indicatif by itself hides.
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr_with_hz(10)
        } else {
            ProgressDrawTarget::term_like_with_hz(Box::new(PlainLines::default()), 1)
        };
        bar.set_draw_target(target);
        bar.set_style(style);
        // At once: a short run may end before the thread that ticks gets its turn.
        bar.tick();
        bar.enable_steady_tick(Duration::from_millis(200));
        Self { bar, articles }
    }

    /// One more article is done; `bytes` of the input have been read so far.
    pub fn article_done(&self, bytes: u64) {
        self.articles.fetch_add(1, Ordering::Relaxed);
        self.bar.set_position(bytes);
    }

    /// Prints a line above the bar.
    pub fn note(&self, line: &str) {
        self.bar.suspend(|| anstream::eprintln!("{line}"));
    }

    pub fn finish(&self) {
        // A run may end before the bar was ever drawn; asked for, it is shown.
        self.bar.force_draw();
        self.bar.finish_and_clear();
    }
}

/// A target that is no terminal: each state of the bar is a line of its own.
#[derive(Debug, Default)]
struct PlainLines {
    last: std::sync::Mutex<String>,
}

impl indicatif::TermLike for PlainLines {
    fn width(&self) -> u16 {
        100
    }
    fn move_cursor_up(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_down(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_right(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn move_cursor_left(&self, _: usize) -> std::io::Result<()> {
        Ok(())
    }
    fn write_line(&self, line: &str) -> std::io::Result<()> {
        self.write_str(line)
    }
    fn write_str(&self, text: &str) -> std::io::Result<()> {
        let line = text.trim();
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if !line.is_empty() && *last != line {
            last.clear();
            last.push_str(line);
            eprintln!("{line}");
        }
        Ok(())
    }
    fn clear_line(&self) -> std::io::Result<()> {
        Ok(())
    }
    fn flush(&self) -> std::io::Result<()> {
        Ok(())
    }
}

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
