//! The bar that a long command shows on standard error while it runs.

use crate::cli::When;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::{
    io::IsTerminal,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
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
