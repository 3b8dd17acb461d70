//! Bytes as stored -> bytes as meant: a stream that undoes gzip and zstd, chosen by the first bytes of the data and never by the
//! file's name, and the words for what goes wrong in it.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use crate::article::{ArticleError, Stage};

const BUFFER: usize = 128 * 1024;

/// A stream of bytes that can travel to another thread.
pub(super) type Stream = Box<dyn BufRead + Send>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Gzip,
    Zstd,
}

impl Compression {
    fn of(head: &[u8]) -> Self {
        if head.starts_with(&[0x1f, 0x8b]) {
            Self::Gzip
        } else if head.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
            Self::Zstd
        } else {
            Self::None
        }
    }

    /// What a failed read means: the disk failed, or the compressed data is broken.
    pub(super) fn error(self, error: &io::Error, path: &str) -> ArticleError {
        let (name, code) = match self {
            Self::Gzip => ("gzip", "bad_gzip"),
            Self::Zstd => ("zstd", "bad_zstd"),
            Self::None => return open_error(error, path),
        };
        if error.raw_os_error().is_some() {
            return open_error(error, path);
        }
        let tool = if self == Self::Gzip { "gzip -t" } else { "zstd -t" };
        ArticleError::new(Stage::Decompress, code, format!("{path}: broken {name} data ({error}); check the file with `{tool}`"))
    }
}

/// A file that could not be opened or read, in words the reader can act on.
pub(super) fn open_error(error: &io::Error, path: &str) -> ArticleError {
    let (code, message) = match error.kind() {
        io::ErrorKind::NotFound => ("not_found", format!("{path}: no such file or directory; check the path")),
        io::ErrorKind::PermissionDenied => ("permission", format!("{path}: permission denied; make it readable for this user")),
        _ => ("unreadable", format!("{path}: cannot be read ({error})")),
    };
    ArticleError::new(Stage::Open, code, message)
}

/// Looks at the first bytes and puts the fitting decompressor in front of the stream.
pub(super) fn decompress(mut raw: impl Read + Send + 'static) -> io::Result<(Compression, Stream)> {
    let (head, error) = read_head(&mut raw, 4);
    if let Some(error) = error {
        return Err(error);
    }
    let compression = Compression::of(&head);
    let whole = Cursor::new(head).chain(BufReader::with_capacity(BUFFER, raw));
    let stream: Stream = match compression {
        Compression::None => Box::new(whole),
        Compression::Gzip => Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(whole))),
        Compression::Zstd => Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::with_buffer(whole)?)),
    };
    Ok((compression, stream))
}

/// The first `length` bytes of a stream, fewer only at its end (a pipe may hand out less at a time) or before a break, which is told.
pub(super) fn read_head(stream: &mut impl Read, length: usize) -> (Vec<u8>, Option<io::Error>) {
    let mut head = Vec::new();
    let error = stream.take(length as u64).read_to_end(&mut head).err();
    (head, error)
}

/// The first bytes of a stream, to tell its format by: up to `length`, or less once they hold a whole line of JSON Lines, so that a
/// slow pipe is not waited for.
pub(super) fn read_sniff(stream: &mut impl Read, length: usize) -> (Vec<u8>, Option<io::Error>) {
    let mut head = vec![0; length];
    let mut filled = 0;
    let error = loop {
        match stream.read(&mut head[filled..]) {
            Ok(0) => break None,
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => break Some(error),
        }
        if starts_with_an_object_line(&head[..filled]) {
            break None;
        }
    };
    head.truncate(filled);
    (head, error)
}

pub(super) fn starts_with_an_object_line(head: &[u8]) -> bool {
    let line = head.iter().position(|&b| b == b'\n').map_or(&[][..], |end| head[..end].trim_ascii());
    line.starts_with(b"{") && line.ends_with(b"}")
}

/// A stream that only has an error to tell.
pub(super) struct Broken(pub(super) Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    pub(in crate::read) fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: Vec<u8>) -> (Compression, io::Result<Vec<u8>>) {
        let (compression, mut stream) = decompress(Cursor::new(bytes)).unwrap();
        let mut out = Vec::new();
        (compression, stream.read_to_end(&mut out).map(|_| out))
    }

    #[test]
    fn the_data_tells_its_compression() {
        assert_eq!(unpack(b"plain".to_vec()).1.unwrap(), b"plain");
        assert_eq!(unpack(zstd::encode_all(&b"zst"[..], 1).unwrap()).1.unwrap(), b"zst");
        // Several members in one file, as `cat a.gz b.gz` makes them.
        let (compression, text) = unpack([gzip(b"one "), gzip(b"two")].concat());
        assert_eq!((compression, text.unwrap()), (Compression::Gzip, b"one two".to_vec()));
    }

    #[test]
    fn a_cut_stream_is_named_for_what_it_is() {
        let mut cut = gzip(&b"a long enough text to be cut in the middle. ".repeat(50));
        cut.truncate(cut.len() / 2);
        let (compression, result) = unpack(cut);
        let error = compression.error(&result.unwrap_err(), "a.gz");
        assert_eq!((error.stage, error.code), (Stage::Decompress, "bad_gzip"));
        let mut cut = zstd::encode_all(&b"the same for the other method, a text with some length".repeat(50)[..], 1).unwrap();
        cut.truncate(cut.len() - 3);
        let (compression, result) = unpack(cut);
        assert_eq!(compression.error(&result.unwrap_err(), "a.zst").code, "bad_zstd");
    }
}
