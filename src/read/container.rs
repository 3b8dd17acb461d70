//! A file of many articles -> its articles, one at a time, each numbered; what is broken among them is an article that says so.

use std::io;

use super::{
    Format, RawArticle,
    compression::Compression,
    open::too_large,
    records::{Elements, Lines, Piece},
    rows::Rows,
    warc::{Page, Text, Warc},
};
use crate::article::{ArticleError, Source, Stage};

/// A file of many articles, opened.
pub(super) struct Container {
    name: String,
    splitter: Splitter,
    compression: Compression,
    limit: usize,
    /// The number of the next record: records are counted, empty lines are not.
    next: u64,
    ended: bool,
}

pub(super) enum Splitter {
    Lines(Lines),
    Elements(Elements),
    Pages(Warc),
    Rows(Rows),
}

impl Container {
    pub(super) fn new(name: &str, splitter: Splitter, compression: Compression, limit: usize) -> Self {
        Self { name: name.to_owned(), splitter, compression, limit, next: 0, ended: false }
    }

    pub(super) fn next(&mut self) -> Option<RawArticle> {
        if self.ended {
            return None;
        }
        if let Splitter::Pages(warc) = &mut self.splitter {
            let page = warc.next();
            return self.page(page);
        }
        if let Splitter::Rows(rows) = &mut self.splitter {
            let row = rows.next();
            return self.row(row);
        }
        let piece = match &mut self.splitter {
            Splitter::Lines(lines) => lines.next(),
            Splitter::Elements(elements) => elements.next(),
            Splitter::Pages(_) | Splitter::Rows(_) => return None,
        };
        let number = self.next;
        self.next += 1;
        let failed = |error| Some(RawArticle::failed(self.name.clone(), Some(number), error));
        match piece {
            Ok(None) => None,
            Ok(Some(Piece::Record { bytes, line })) => {
                let single = match &mut self.splitter {
                    Splitter::Elements(elements) => number == 0 && elements.was_single(),
                    _ => false,
                };
                let source = Source { path: self.name.clone(), record: (!single).then_some(number), id: None };
                Some(RawArticle { source, format: Format::Json, line, url: None, encoding: None, content: Ok(bytes) })
            }
            Ok(Some(Piece::TooLarge { line })) => failed(too_large(&format!("{}: line {line}", self.name), self.limit)),
            Ok(Some(Piece::Broken { line, problem })) => {
                failed(ArticleError::new(Stage::Parse, "bad_json", format!("{}: line {line}: {problem}", self.name)))
            }
            Err(error) => {
                self.ended = true;
                failed(self.compression.error(&error, &self.name))
            }
        }
    }

    /// A row of a table.
    fn row(&mut self, row: io::Result<Option<Vec<u8>>>) -> Option<RawArticle> {
        let number = self.next;
        self.next += 1;
        let source = Source { path: self.name.clone(), record: Some(number), id: None };
        let failed = |error| Some(RawArticle::failed(self.name.clone(), Some(number), error));
        match row {
            Ok(None) => None,
            Ok(Some(row)) if row.len() > self.limit => failed(too_large(&format!("{}: row {number}", self.name), self.limit)),
            Ok(Some(row)) => {
                Some(RawArticle { source, format: Format::Json, line: number + 1, url: None, encoding: None, content: Ok(row) })
            }
            Err(error) => {
                self.ended = true;
                let message = format!("{}: row {number} cannot be read ({error}); the rest of the file is left", self.name);
                failed(ArticleError::new(Stage::Parse, "bad_parquet", message))
            }
        }
    }

    /// A page of a crawler's archive.
    fn page(&mut self, page: io::Result<Option<Page>>) -> Option<RawArticle> {
        let number = self.next;
        self.next += 1;
        let source = Source { path: self.name.clone(), record: Some(number), id: None };
        let failed = |error| Some(RawArticle::failed(self.name.clone(), Some(number), error));
        match page {
            Ok(None) => None,
            Ok(Some(Page::Whole { text, url })) => {
                let Text { bytes, format, encoding } = text;
                Some(RawArticle { source, format, line: 1, url, encoding, content: Ok(bytes) })
            }
            Ok(Some(Page::TooLarge { url })) => {
                let place = url.map_or_else(|| self.name.clone(), |url| format!("{}: {url}", self.name));
                failed(too_large(&place, self.limit))
            }
            Ok(Some(Page::Broken { problem })) => failed(ArticleError::new(Stage::Parse, "bad_warc", format!("{}: {problem}", self.name))),
            Err(error) => {
                self.ended = true;
                failed(self.compression.error(&error, &self.name))
            }
        }
    }
}
