//! A run that goes on: which articles of the input have their lines already. The places of the lines that are written are followed through
//! the input one by one, so that a part whose lines were lost, doubled or changed about is told and never gone on with.

use super::output::{Written, place};
use pullquote::read::RawArticle;
use std::sync::{Arc, OnceLock};

/// An article to make a line of.
pub struct Item {
    pub raw: RawArticle,
    pub due: Due,
}

/// What an article has to do with the lines that are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It comes behind them all: its line is to be made.
    New,
    /// Its line is there.
    Written,
    /// Others before and after it have lines, it has none: so the run must have passed over it.
    PassedOver,
}

/// Whether the input has all the articles that are written, in their order; not set while nobody knows. Told by the thread that reads.
pub type Fit = Arc<OnceLock<Result<(), String>>>;

/// The articles with what is due of them.
pub struct Items<I> {
    articles: I,
    written: Written,
    /// How many of the places that are written have been met.
    met: usize,
    selecting: bool,
    all: bool,
    fit: Fit,
}

impl<I: Iterator<Item = RawArticle>> Items<I> {
    /// Articles that are written are left out, unless `all` are wanted (of whatever is looked for in them). Where a run is `selecting`
    /// nobody knows of an article without its id whether it should be written: then those before the last one are handed on too.
    pub fn new(articles: I, written: Written, selecting: bool, all: bool) -> Self {
        let fit = Fit::default();
        if written.places.is_empty() {
            let _ = fit.set(Ok(()));
        }
        Self { articles, written, met: 0, selecting, all: all || selecting, fit }
    }

    pub fn fit(&self) -> Fit {
        Arc::clone(&self.fit)
    }

    fn unfit(&self, what: &str) {
        let _ = self.fit.set(Err(format!("line {} of what is written {what}", self.met + 1)));
    }
}

impl<I: Iterator<Item = RawArticle>> Iterator for Items<I> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if matches!(self.fit.get(), Some(Err(_))) {
            return None;
        }
        while let Some(&expected) = self.written.places.get(self.met) {
            let Some(raw) = self.articles.next() else {
                self.unfit("is of no article of the input");
                return None;
            };
            let source = &raw.source;
            let due = if place(&source.path, source.record) == expected { Due::Written } else { Due::PassedOver };
            if due == Due::Written {
                self.met += 1;
            } else if !self.selecting {
                self.unfit(&format!("is not of {}, which comes there in the input", named(&source.path, source.record)));
                return None;
            }
            if self.met == self.written.places.len() {
                let _ = self.fit.set(Ok(()));
            }
            if self.all {
                return Some(Item { raw, due });
            }
        }
        Some(Item { raw: self.articles.next()?, due: Due::New })
    }
}

/// An article as messages name it.
pub fn named(path: &str, record: Option<u64>) -> String {
    record.map_or_else(|| path.to_owned(), |record| format!("{path}, record {record}"))
}
