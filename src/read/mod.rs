//! Paths -> articles. What the user named is walked into a list of files ([`survey`]); an iterator reads them one after the other,
//! undoes compression and cuts containers into records ([`Articles`], one thread, never more than one record in memory); each
//! [`RawArticle`] is then decoded, parsed and, for HTML, extracted wherever the caller likes ([`RawArticle::into_article`], the pool).
//!
//! Every step is total: what cannot be read becomes an article that says so.

mod archive;
mod compression;
mod container;
mod date;
mod decode;
mod format;
mod html;
mod json;
mod markdown;
mod pages;
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
pub use selection::{Selection, Shard};
pub use walk::{name_of, path_of_bytes};

use crate::article::{Article, ArticleError, Source, Stage, article_id};
use archive::Archive;
use compression::{Broken, Compression, Stream};
use container::{Container, Splitter};
use records::{Elements, Lines};
use rows::Rows;
use walk::Found;
use warc::Warc;

/// The name of the threads that unpack what libraries decode: archives, columns.
pub const UNPACKING_THREAD: &str = "unpacking";

/// A file as a stream, whatever it is compressed with.
pub fn open_decompressed(path: &Path) -> Result<Box<dyn io::BufRead + Send>, ArticleError> {
    let opened = File::open(path).and_then(compression::decompress);
    opened.map(|(_, stream)| stream).map_err(|error| compression::open_error(&error, &walk::name_of(path)))
}

/// A file's bytes, whatever it is compressed with.
pub(crate) fn read_decompressed(path: &Path) -> Result<Vec<u8>, ArticleError> {
    let name = walk::name_of(path).into_owned();
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
    /// A file or directory.
    Path(PathBuf),
    /// Standard input, whose format is told by its content.
    Stdin,
}

impl Input {
    /// What a path stands for on a command line: `-` is standard input, `./-` a file of that name.
    #[must_use]
    pub fn of_argument(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path.to_owned()) }
    }
}

/// The files to read, found but not opened.
#[derive(Debug)]
pub struct Survey {
    /// How many, archives and standard input being one each.
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
        Articles { files: self.found.into(), archive: None, current: None, options: options.clone(), consumed: Arc::default() }
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
    archive: Option<Archive>,
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
            let (path, opened) = match self.archive.as_mut().map(Archive::next) {
                Some(Some(Ok((path, entry)))) => {
                    let opened = open(&path, Place::Archive, entry, &self.options);
                    (path, opened)
                }
                Some(Some(Err(error))) => {
                    let path = self.archive.as_ref().map(|archive| archive.path.clone()).unwrap_or_default();
                    (path, Err(error))
                }
                ended => {
                    if ended.is_some() {
                        self.archive = None;
                        continue;
                    }
                    let found = self.files.pop_front()?;
                    self.open(found)
                }
            };
            match opened {
                Ok(Opened::Article(article)) => return Some(article),
                Ok(Opened::Container(container)) => self.current = Some(container),
                Ok(Opened::Archive(archive)) => self.archive = Some(archive),
                Err(error) => return Some(RawArticle::failed(walk::name_of(&path).into_owned(), None, error)),
            }
        }
    }
}

impl Articles {
    fn open(&self, found: Found) -> (PathBuf, Result<Opened, ArticleError>) {
        let counted = |file: Box<dyn Read + Send>| Counted { file, consumed: Arc::clone(&self.consumed) };
        match found {
            Found::Stdin => {
                let path = PathBuf::from("-");
                let opened = open(&path, Place::Pipe, counted(Box::new(io::stdin())), &self.options);
                (path, opened)
            }
            Found::File { path, .. } => {
                let file = File::open(&path).map_err(|error| compression::open_error(&error, &walk::name_of(&path)));
                let opened = file.and_then(|file| open(&path, Place::Disk, counted(Box::new(file)), &self.options));
                (path, opened)
            }
            Found::Missing { path, error } => (path, Err(error)),
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
    Archive(Archive),
}

/// Where a file lies: only one on disk can be read out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Disk,
    Pipe,
    /// Inside an archive.
    Archive,
}

/// Opens a file far enough to know what it holds: an article, which is read, or many, which are read one by one.
fn open(path: &Path, place: Place, file: impl Read + Send + 'static, options: &ReadOptions) -> Result<Opened, ArticleError> {
    let limit = options.max_article_bytes;
    let name = &*walk::name_of(path);
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
        if place != Place::Disk || compression != Compression::None {
            return Err(not_on_disk(name, "Parquet", "bad_parquet"));
        }
        let rows = Splitter::Rows(Rows::open(path, name, &options.fields)?);
        return Ok(Opened::Container(Container::new(name, rows, compression, limit)));
    }
    let tar = named == Some(Format::Tar) || head.get(257..262) == Some(b"ustar") && options.format.is_none();
    if tar || named == Some(Format::Zip) {
        if place == Place::Archive {
            let message = format!("{name}: an archive inside an archive; unpack the outer one first");
            return Err(ArticleError::new(Stage::Open, "nested_archive", message));
        }
        if tar {
            return Archive::tar(path, Box::new(Cursor::new(head).chain(stream)), options).map(Opened::Archive);
        }
        if place != Place::Disk || compression != Compression::None {
            return Err(not_on_disk(name, "a zip archive", "bad_archive"));
        }
        return Archive::zip(path, options).map(Opened::Archive);
    }
    if let Some(kind) = decode::binary(&head).filter(|_| !archive) {
        let message = format!("{name}: {kind}, not text; leave such files out with --exclude");
        return Err(ArticleError::new(Stage::Decode, "binary", message));
    }
    let mut format = options.format.unwrap_or_else(|| Format::detect(path, &head));
    let marked = encoding_rs::Encoding::for_bom(&head).map(|(encoding, _)| encoding);
    let utf16 = marked.or_else(|| decode::unmarked_utf16_json(&head)).filter(|&encoding| encoding != encoding_rs::UTF_8);
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
                .take(limit.saturating_add(1).saturating_sub(head.len()) as u64)
                .read_to_end(&mut head)
                .map_err(|error| compression.error(&error, name))?;
            if head.len() > limit {
                return Err(too_large(name, limit));
            }
            // A note of a line must not wait for its turn in the room of a novel.
            head.shrink_to_fit();
            let source = Source { path: name.to_owned(), ..Source::default() };
            return Ok(Opened::Article(RawArticle { source, format, line: 1, url: None, content: Ok(head) }));
        }
    };
    Ok(Opened::Container(Container::new(name, splitter, compression, limit)))
}

fn not_on_disk(name: &str, what: &str, code: &'static str) -> ArticleError {
    let message = format!("{name}: {what} is read from a file of its own, not from a pipe or out of another file; write it to disk first");
    ArticleError::new(Stage::Open, code, message)
}

fn too_large(place: &str, limit: usize) -> ArticleError {
    ArticleError::new(Stage::Parse, "too_large", format!("{place}: larger than {limit} bytes; raise --max-article-bytes to read it"))
}

/// One article as its bytes, or why there are none.
#[derive(Debug)]
pub struct RawArticle {
    /// Where the bytes come from.
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
        article.warnings.push("decoding_errors".into());
    }
    match format {
        Format::Text | Format::Warc | Format::Parquet | Format::Tar | Format::Zip => article.text = decoded.text,
        Format::Markdown => {
            article.meta = markdown::front_matter(&decoded.text);
            article.text = decoded.text;
        }
        Format::Html => {
            let page = html::extract(&decoded.text);
            article.meta = page.meta;
            article.text = page.text;
            article.warnings.extend(page.warning.map(Into::into));
            if article.text.is_empty() && !decoded.text.trim().is_empty() {
                let message = format!("{}: no article found in this page", article.source.path);
                return Err(ArticleError::new(Stage::Extract, "no_article", message));
            }
        }
        Format::Json | Format::JsonLines if decoded.text.is_empty() => {}
        Format::Json | Format::JsonLines => {
            let record = json::record(&decoded.text, &options.fields, &article.source.path, line)?;
            if record.lossy && !decoded.lossy {
                article.warnings.push("decoding_errors".into());
            }
            (article.meta, article.text, article.source.id) = (record.meta, record.text, record.id);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
