//! One article's line of output, made on a worker thread: from raw bytes to a record. Whatever happens to the article, a line comes out.

use super::{
    resume::{Due, Item, named},
    totals::Totals,
};
use pullquote::{
    Annotator, Article, Document,
    annotate::{LayerSet, STAGES},
    article::{ArticleError, Source, Stage, article_id},
    duplicates::{Dedupe, Seen, Signature},
    read::{ReadOptions, Selection},
    write::{
        jsonl,
        record::{Record, RecordOptions},
    },
};
use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{PoisonError, RwLock},
    time::Instant,
};

/// How lines are made. Shared by all workers.
pub struct Maker {
    pub annotator: Annotator,
    pub read: ReadOptions,
    pub record: RecordOptions,
    pub selection: Selection,
    pub dedupe: Dedupe,
    /// The articles whose lines have been written.
    pub seen: RwLock<Seen>,
}

/// What comes of an article.
#[derive(Default)]
pub struct Line {
    /// Ready to be written; empty for an article that was not selected or is written already.
    pub bytes: Vec<u8>,
    /// What does not fit, if the lines that are written are not those of the articles that are selected.
    pub unfit: Option<String>,
    pub totals: Totals,
    /// What to tell the user, if the article failed.
    pub failure: Option<String>,
    /// What tells whether it is a copy, once all before it are written.
    text: Option<(Article, Signature)>,
    is_written: bool,
}

impl Maker {
    /// The line of an article, as if it were no copy.
    pub fn line(&self, item: Item) -> Line {
        let (source, due) = (item.raw.source.clone(), item.due);
        let line = catch_unwind(AssertUnwindSafe(|| self.try_line(item)));
        line.unwrap_or_else(|_| if due == Due::New { self.line_of_a_bug(source) } else { Line::default() })
    }

    fn try_line(&self, item: Item) -> Line {
        let Item { raw, due } = item;
        let mut clock = Clock::start();
        let article = raw.into_article(&self.read);
        let (is_selected, is_written) = (self.selection.takes(&article.id), due == Due::Written);
        if due != Due::New && is_selected != is_written {
            let named = named(&article.source.path, article.source.record);
            let unfit = if is_selected { format!("{named} is not written") } else { format!("{named} is written and was not asked for") };
            return Line { unfit: Some(unfit), ..Line::default() };
        }
        if !is_selected {
            return Line::default();
        }
        clock.lap("read");
        if article.error.is_some() {
            return if is_written { Line::default() } else { self.line_of(&Document::without_layers(&article), clock) };
        }
        let signature = Signature::of(&article.text, self.dedupe);
        let is_copy = |signature: &Signature| self.seen.read().unwrap_or_else(PoisonError::into_inner).holds(signature);
        if is_written || signature.as_ref().is_some_and(is_copy) {
            return Line { text: signature.map(|signature| (article, signature)), is_written, ..Line::default() };
        }
        let document = self.annotator.annotate_observed(&article, |stage| clock.lap(stage));
        let line = self.line_of(&document, clock);
        drop(document);
        Line { text: signature.map(|signature| (article, signature)), ..line }
    }

    /// The line as it is written, all before it being written: without layers if it is a copy. To be called in the order of the articles.
    pub fn settle(&self, mut line: Line) -> Line {
        let Some((mut article, signature)) = line.text.take() else { return line };
        let first = self.seen.write().unwrap_or_else(PoisonError::into_inner).meet(&article.id, &signature);
        match first {
            Some(first) if !line.is_written => {
                article.warnings.push(format!("duplicate_of:{first}").into());
                let mut line = self.line_of(&self.annotator.annotate_only(&article, LayerSet::NONE), Clock::start());
                line.totals.copies = 1;
                line
            }
            _ => line,
        }
    }

    fn line_of(&self, document: &Document, mut clock: Clock) -> Line {
        let mut bytes = Vec::with_capacity(document.text().len() * 4 + 1024);
        jsonl::write_line(&Record::new(document, self.record), &mut bytes);
        clock.lap("write");
        let failure = document.article.error.as_ref().map(|error| {
            let source = &document.article.source;
            // The reader's messages begin with the file; those of later steps do not.
            if error.message.starts_with(&source.path) { error.to_string() } else { format!("{}: {error}", source.path) }
        });
        Line { bytes, totals: Totals { seconds: clock.laps, ..Totals::of(document) }, failure, ..Line::default() }
    }

    fn line_of_a_bug(&self, source: Source) -> Line {
        let message = format!("the program met a bug in this article and went on; please report it: {}", last_panic());
        let article = Article {
            id: article_id(&source.path, source.record),
            source,
            error: Some(ArticleError::new(Stage::Annotate, "panic", message)),
            ..Article::default()
        };
        self.line_of(&Document::without_layers(&article), Clock::start())
    }
}

/// The steps of an article's way that are timed: reading, the stages of the annotator, writing.
pub const STEPS: usize = STAGES.len() + 2;

/// The names of the steps, in order.
pub fn steps() -> impl Iterator<Item = &'static str> {
    ["read"].into_iter().chain(STAGES).chain(["write"])
}

/// Seconds spent on each step.
pub type Seconds = [f64; STEPS];

struct Clock {
    last: Instant,
    laps: Seconds,
}

impl Clock {
    fn start() -> Self {
        Self { last: Instant::now(), laps: [0.0; STEPS] }
    }

    fn lap(&mut self, step: &'static str) {
        let now = Instant::now();
        if let Some(at) = steps().position(|name| name == step) {
            self.laps[at] += (now - self.last).as_secs_f64();
        }
        self.last = now;
    }
}

thread_local! {
    /// Message and place of this thread's last panic: the article's record reports it.
    static LAST_PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Panics of a worker go into a record, not onto the terminal.
pub fn remember_panics() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if rayon::current_thread_index().is_some() {
            LAST_PANIC.with_borrow_mut(|last| *last = panic.to_string().replace('\n', " "));
        } else {
            default(panic);
        }
    }));
}

fn last_panic() -> String {
    LAST_PANIC.with_borrow(Clone::clone)
}
