//! Paths -> articles. What the user named is walked into a list of files ([`survey`]); an iterator reads them one after the other,
//! undoes compression and cuts containers into records ([`Articles`], one thread, never more than one record in memory); each
//! [`RawArticle`] is then decoded, parsed and, for HTML, extracted wherever the caller likes ([`RawArticle::into_article`], the pool).
//!
//! Every step is total: what cannot be read becomes an article that says so.

mod compression;
mod date;
mod decode;
mod format;
mod html;
mod json;
mod markdown;
mod records;
mod rows;
mod selection;
mod walk;
mod warc;

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, BufReader, Cursor, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub use format::Format;
pub use json::{Field, FieldOverride};
pub use rows::COLUMNS_THREAD;
pub use selection::{Selection, Shard};

use crate::article::{Article, ArticleError, Source, Stage, article_id};
use compression::{Broken, Compression, Stream};
use records::{Elements, Lines, Piece};
use rows::Rows;
use walk::Found;
use warc::{Page, Warc};

/// A file as a stream, whatever it is compressed with.
pub fn open_decompressed(path: &Path) -> Result<Box<dyn io::BufRead + Send>, ArticleError> {
    let opened = File::open(path).and_then(compression::decompress);
    opened.map(|(_, stream)| stream).map_err(|error| compression::open_error(&error, &path.to_string_lossy()))
}

/// A file's bytes, whatever it is compressed with.
pub(crate) fn read_decompressed(path: &Path) -> Result<Vec<u8>, ArticleError> {
    let name = path.display().to_string();
    let (compression, mut stream) =
        File::open(path).and_then(compression::decompress).map_err(|error| compression::open_error(&error, &name))?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).map_err(|error| compression.error(&error, &name))?;
    Ok(bytes)
}

/// How much of a file's beginning is looked at to tell its format.
const SNIFF: usize = 64 * 1024;

/// How inputs are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Read everything as this format, whatever the names say.
    pub format: Option<Format>,
    /// Take only the files of directories that match one of these (gitignore style).
    pub globs: Vec<String>,
    /// Leave out what matches one of these, directories too.
    pub excludes: Vec<String>,
    /// Names of JSON fields that come before the known ones.
    pub fields: Vec<FieldOverride>,
    /// A larger article (decompressed) is an error, and never held in memory whole.
    pub max_article_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { format: None, globs: Vec::new(), excludes: Vec::new(), fields: Vec::new(), max_article_bytes: 16 * 1024 * 1024 }
    }
}

impl ReadOptions {
    /// Whether the globs can be understood: to be asked before a run, which would only tell for each directory.
    pub fn check(&self) -> Result<(), ArticleError> {
        walk::overrides(Path::new("."), self).map(|_| ())
    }
}

/// What the user named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file or directory; `-` is standard input.
    Path(PathBuf),
    Stdin,
}

/// The files to read, found but not opened.
#[derive(Debug)]
pub struct Survey {
    pub files: u64,
    /// Bytes on disk, compressed ones counted as they lie there; `None` when standard input is among the files.
    pub bytes: Option<u64>,
    found: Vec<Found>,
}

/// Walks the inputs once. The survey can be shown (how much is there to do?) and then read.
#[must_use]
pub fn survey(inputs: Vec<Input>, options: &ReadOptions) -> Survey {
    let found = walk::walk(inputs, options);
    let bytes = found.iter().try_fold(0, |sum, file| match file {
        Found::Stdin => None,
        Found::File { bytes, .. } => Some(sum + bytes),
        Found::Missing { .. } => Some(sum),
    });
    Survey { files: found.len() as u64, bytes, found }
}

impl Survey {
    /// Takes the file at `path` out of what will be read, whatever name it was found by: the output, where it lies among the inputs.
    pub fn leave_out(&mut self, path: &Path) {
        let Ok(left_out) = path.canonicalize() else { return };
        let Some(name) = left_out.file_name().map(ToOwned::to_owned) else { return };
        self.found.retain(|found| match found {
            // Only a file of that name can be it: no look at the disk for the rest.
            Found::File { path, .. } if path.file_name() == Some(&name) => path.canonicalize().map_or(true, |path| path != left_out),
            _ => true,
        });
    }

    /// The articles of the files, in order.
    #[must_use]
    pub fn articles(self, options: &ReadOptions) -> Articles {
        Articles { files: self.found.into(), current: None, options: options.clone(), consumed: Arc::default() }
    }
}

/// All articles of the inputs, in order.
#[must_use]
pub fn articles(inputs: Vec<Input>, options: &ReadOptions) -> Articles {
    survey(inputs, options).articles(options)
}

/// Reads files and cuts containers into records: see [`articles`].
pub struct Articles {
    files: VecDeque<Found>,
    current: Option<Container>,
    options: ReadOptions,
    consumed: Arc<AtomicU64>,
}

impl Articles {
    /// Counts the bytes read from disk while the articles are taken, in the unit of [`Survey::bytes`].
    #[must_use]
    pub fn consumed(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.consumed)
    }
}

impl Iterator for Articles {
    type Item = RawArticle;

    fn next(&mut self) -> Option<RawArticle> {
        loop {
            if let Some(container) = &mut self.current {
                if let Some(article) = container.next() {
                    return Some(article);
                }
                self.current = None;
            }
            let (path, file) = match self.files.pop_front()? {
                Found::Stdin => (PathBuf::from("-"), Ok(Box::new(io::stdin()) as Box<dyn Read + Send>)),
                Found::File { path, .. } => {
                    let file = File::open(&path).map(|file| Box::new(file) as Box<dyn Read + Send>);
                    (path, file)
                }
                Found::Missing { path, error } => return Some(RawArticle::failed(path.to_string_lossy().into_owned(), None, error)),
            };
            let name = path.to_string_lossy().into_owned();
            let counted = file.map(|file| Counted { file, consumed: Arc::clone(&self.consumed) });
            let opened = counted.map_err(|error| compression::open_error(&error, &name));
            match opened.and_then(|file| open(&path, &name, file, &self.options)) {
                Ok(Opened::Article(article)) => return Some(article),
                Ok(Opened::Container(container)) => self.current = Some(container),
                Err(error) => return Some(RawArticle::failed(name, None, error)),
            }
        }
    }
}

/// Adds what is read to a count that another thread can watch.
struct Counted {
    file: Box<dyn Read + Send>,
    consumed: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(out)?;
        self.consumed.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

enum Opened {
    Article(RawArticle),
    Container(Container),
}

/// Opens a file far enough to know what it holds: an article, which is read, or many, which are read one by one.
fn open(path: &Path, name: &str, file: Counted, options: &ReadOptions) -> Result<Opened, ArticleError> {
    let limit = options.max_article_bytes;
    let (compression, mut stream) = compression::decompress(file).map_err(|error| compression::open_error(&error, name))?;
    let (mut head, error) = compression::read_sniff(&mut stream, SNIFF);
    if let Some(error) = error {
        // A container may hold good records before the break; they are read first, then the error.
        if head.is_empty() {
            return Err(compression.error(&error, name));
        }
        stream = Box::new(BufReader::new(Broken(Some(error))));
    }
    // An archive holds images too.
    let archive = options.format == Some(Format::Warc) || head.starts_with(b"WARC/");
    let named = options.format.or_else(|| Format::of_path(path));
    if named == Some(Format::Parquet) || head.starts_with(b"PAR1") && options.format.is_none() {
        if path.as_os_str() == "-" || compression != Compression::None {
            let message =
                format!("{name}: Parquet is read from a file of its own, not from a pipe or compressed file; write it to disk first");
            return Err(ArticleError::new(Stage::Parse, "bad_parquet", message));
        }
        let splitter = Splitter::Rows(Rows::open(path, name, &options.fields)?);
        return Ok(Opened::Container(Container { name: name.to_owned(), splitter, compression, limit, next: 0, ended: false }));
    }
    if let Some(kind) = decode::binary(&head).filter(|_| !archive) {
        let message = format!("{name}: {kind}, not text; leave such files out with --exclude");
        return Err(ArticleError::new(Stage::Decode, "binary", message));
    }
    let mut format = options.format.unwrap_or_else(|| Format::detect(path, &head));
    let utf16 = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding).filter(|&encoding| encoding != encoding_rs::UTF_8);
    if let Some(encoding) = utf16
        && options.format.is_none()
        && Format::of_path(path).is_none()
    {
        format = Format::sniff(encoding.decode(&head).0.as_bytes());
    }
    let splitter = match format {
        Format::JsonLines | Format::Json if !head.is_empty() || format == Format::JsonLines => {
            if head.starts_with(b"\xEF\xBB\xBF") {
                head.drain(..3);
            }
            let stream: Stream = Box::new(Cursor::new(head).chain(stream));
            let stream = match utf16 {
                Some(encoding) => Box::new(BufReader::new(decode::Transcoder::new(stream, encoding))),
                None => stream,
            };
            if format == Format::Json {
                Splitter::Elements(Elements::new(stream, limit))
            } else {
                Splitter::Lines(Lines::new(stream, limit))
            }
        }
        Format::Warc => Splitter::Pages(Warc::new(Box::new(Cursor::new(head).chain(stream)), limit)),
        _ => {
            stream
                .take((limit + 1).saturating_sub(head.len()) as u64)
                .read_to_end(&mut head)
                .map_err(|error| compression.error(&error, name))?;
            if head.len() > limit {
                return Err(too_large(name, limit));
            }
            let source = Source { path: name.to_owned(), ..Source::default() };
            return Ok(Opened::Article(RawArticle { source, format, line: 1, url: None, content: Ok(head) }));
        }
    };
    Ok(Opened::Container(Container { name: name.to_owned(), splitter, compression, limit, next: 0, ended: false }))
}

fn too_large(place: &str, limit: usize) -> ArticleError {
    ArticleError::new(Stage::Parse, "too_large", format!("{place}: larger than {limit} bytes; raise --max-article-bytes to read it"))
}

/// A file of many articles, opened.
struct Container {
    name: String,
    splitter: Splitter,
    compression: Compression,
    limit: usize,
    /// The number of the next record: records are counted, empty lines are not.
    next: u64,
    ended: bool,
}

enum Splitter {
    Lines(Lines),
    Elements(Elements),
    Pages(Warc),
    Rows(Rows),
}

impl Container {
    fn next(&mut self) -> Option<RawArticle> {
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
                Some(RawArticle { source, format: Format::Json, line, url: None, content: Ok(bytes) })
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
}

impl Container {
    /// A row of a table.
    fn row(&mut self, row: io::Result<Option<Vec<u8>>>) -> Option<RawArticle> {
        let number = self.next;
        self.next += 1;
        let source = Source { path: self.name.clone(), record: Some(number), id: None };
        let failed = |error| Some(RawArticle::failed(self.name.clone(), Some(number), error));
        match row {
            Ok(None) => None,
            Ok(Some(row)) if row.len() > self.limit => failed(too_large(&format!("{}: row {number}", self.name), self.limit)),
            Ok(Some(row)) => Some(RawArticle { source, format: Format::Json, line: number + 1, url: None, content: Ok(row) }),
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
            Ok(Some(Page::Whole { bytes, format, url })) => Some(RawArticle { source, format, line: 1, url, content: Ok(bytes) }),
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

/// One article as its bytes, or why there are none.
#[derive(Debug)]
pub struct RawArticle {
    pub source: Source,
    format: Format,
    /// The line of the file its bytes start on, for messages.
    line: u64,
    /// What the archive says of where the page stood.
    url: Option<String>,
    content: Result<Vec<u8>, ArticleError>,
}

impl RawArticle {
    fn failed(path: String, record: Option<u64>, error: ArticleError) -> Self {
        Self { source: Source { path, record, id: None }, format: Format::Text, line: 1, url: None, content: Err(error) }
    }

    /// Bytes held, for a budget.
    #[must_use]
    pub fn size(&self) -> usize {
        self.content.as_ref().map_or(0, Vec::len)
    }

    /// Decodes, parses and extracts. Total: what goes wrong is in the article's `error`.
    #[must_use]
    pub fn into_article(self, options: &ReadOptions) -> Article {
        let mut article = Article { source: self.source, ..Article::default() };
        let outcome = self.content.and_then(|bytes| fill(&mut article, bytes, self.format, self.line, options));
        article.error = outcome.err();
        // The address that was asked for, not the one the page prefers: it tells two fetches apart.
        article.meta.url = self.url.or(article.meta.url);
        article.id = match &article.meta.url {
            Some(url) => article_id(url, None),
            None => article_id(&article.source.path, article.source.record),
        };
        article
    }
}

fn fill(article: &mut Article, bytes: Vec<u8>, format: Format, line: u64, options: &ReadOptions) -> Result<(), ArticleError> {
    let decoded = decode::decode(bytes, format == Format::Html);
    if decoded.lossy {
        article.warnings.push("decoding_errors");
    }
    match format {
        Format::Text | Format::Warc | Format::Parquet => article.text = decoded.text,
        Format::Markdown => {
            article.meta = markdown::front_matter(&decoded.text);
            article.text = decoded.text;
        }
        Format::Html => {
            let page = html::extract(&decoded.text);
            article.meta = page.meta;
            article.text = page.text;
            article.warnings.extend(page.warning);
            if article.text.is_empty() && !decoded.text.trim().is_empty() {
                let message = format!("{}: no article found in this page", article.source.path);
                return Err(ArticleError::new(Stage::Extract, "no_article", message));
            }
        }
        Format::Json | Format::JsonLines if decoded.text.is_empty() => {}
        Format::Json | Format::JsonLines => {
            let record = json::record(&decoded.text, &options.fields, &article.source.path, line)?;
            (article.meta, article.text, article.source.id) = (record.meta, record.text, record.id);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
