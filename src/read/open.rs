//! A file as a stream -> what it holds: an article, read whole, or a container or archive, opened. Name and first bytes tell.

use std::{
    io::{BufReader, Cursor, Read},
    path::Path,
};

use super::{
    Format, RawArticle, ReadOptions,
    archive::Archive,
    compression::{self, Broken, Compression, Stream},
    container::{Container, Splitter},
    decode,
    format::is_text_table,
    records::{Elements, Lines},
    rows::Rows,
    walk::name_of,
    warc::Warc,
};
use crate::article::{ArticleError, Source, Stage};

/// How much of a file's beginning is looked at to tell its format.
pub(super) const SNIFF: usize = 64 * 1024;

/// A file, opened.
pub(super) enum Opened {
    Article(RawArticle),
    Container(Container),
    Archive(Archive),
}

/// Where a file lies: only one on disk can be read out of order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Medium {
    Disk,
    Pipe,
    /// Inside an archive.
    Archive,
}

/// Opens a file far enough to know what it holds: an article, which is read, or many, which are read one by one.
pub(super) fn open(path: &Path, medium: Medium, file: impl Read + Send + 'static, options: &ReadOptions) -> Result<Opened, ArticleError> {
    let limit = options.max_article_bytes;
    let name = &*name_of(path);
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
        if medium != Medium::Disk || compression != Compression::None {
            return Err(not_on_disk(name, "Parquet", "bad_parquet"));
        }
        let rows = Splitter::Rows(Rows::open(path, name, &options.fields)?);
        return Ok(Opened::Container(Container::new(name, rows, compression, limit)));
    }
    let tar = named == Some(Format::Tar) || head.get(257..262) == Some(b"ustar") && options.format.is_none();
    if tar || named == Some(Format::Zip) {
        if medium == Medium::Archive {
            let message = format!("{name}: an archive inside an archive; unpack the outer one first");
            return Err(ArticleError::new(Stage::Open, "nested_archive", message));
        }
        if tar {
            return Archive::tar(path, Box::new(Cursor::new(head).chain(stream)), options).map(Opened::Archive);
        }
        if medium != Medium::Disk || compression != Compression::None {
            return Err(not_on_disk(name, "a zip archive", "bad_archive"));
        }
        return Archive::zip(path, options).map(Opened::Archive);
    }
    if options.format.is_none() && is_text_table(path) {
        let message = format!(
            "{name}: CSV is not read; turn it into JSON Lines or Parquet first (pandas: to_parquet), or take it for one text with --format txt"
        );
        return Err(ArticleError::new(Stage::Parse, "csv", message));
    }
    if let Some(kind) = decode::binary(&head).filter(|_| !archive) {
        let message = format!("{name}: {kind}, not text; turn it into text first, or leave such files out with --exclude");
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
            return Ok(Opened::Article(RawArticle { source, format, line: 1, url: None, encoding: None, content: Ok(head) }));
        }
    };
    Ok(Opened::Container(Container::new(name, splitter, compression, limit)))
}

fn not_on_disk(name: &str, what: &str, code: &'static str) -> ArticleError {
    let message = format!("{name}: {what} is read from a file of its own, not from a pipe or out of another file; write it to disk first");
    ArticleError::new(Stage::Open, code, message)
}

pub(super) fn too_large(place: &str, limit: usize) -> ArticleError {
    ArticleError::new(Stage::Parse, "too_large", format!("{place}: larger than {limit} bytes; raise --max-article-bytes to read it"))
}
