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
mod field;
mod format;
mod html;
mod json;
mod markdown;
mod open;
mod parquet_pages;
mod raw_article;
mod records;
mod rows;
mod selection;
mod walk;
mod warc;

use std::{
    collections::VecDeque,
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

pub use date::{Published, parse as parse_date};
pub use field::{Field, FieldOverride};
pub use format::Format;
pub use raw_article::RawArticle;
pub use selection::{Selection, Shard};
pub use walk::{name_of, path_of_bytes};

use crate::article::ArticleError;
use archive::Archive;
use container::Container;
use open::{Medium, Opened, open};
use walk::Found;

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
                    let opened = open(&path, Medium::Archive, entry, &self.options);
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
                let opened = open(&path, Medium::Pipe, counted(Box::new(io::stdin())), &self.options);
                (path, opened)
            }
            Found::File { path, .. } => {
                let file = File::open(&path).map_err(|error| compression::open_error(&error, &walk::name_of(&path)));
                let opened = file.and_then(|file| open(&path, Medium::Disk, counted(Box::new(file)), &self.options));
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

#[cfg(test)]
mod tests;
