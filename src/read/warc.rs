//! WARC (ISO 28500), the archive format of crawlers: a stream of records -> the pages among them, one at a time. Responses that hold
//! HTML and plain text (and the plain text of WET files) are articles; requests, metadata, images and failed fetches are passed over.
//! A record that cannot be understood is told and the next one is looked for.

use std::io::{self, BufRead, Read};

use super::{Format, compression::Stream};

/// Longest line of a header; the rest of a longer one is dropped.
const HEADER_LINE: u64 = 16 * 1024;
/// Most lines of a header.
const HEADER_LINES: usize = 256;

/// What the next record of interest holds.
pub(super) enum Page {
    Whole { bytes: Vec<u8>, format: Format, url: Option<String> },
    TooLarge { url: Option<String> },
    Broken { problem: String },
}

pub(super) struct Warc {
    stream: Stream,
    limit: usize,
    /// Bytes read so far, for messages.
    offset: u64,
}

/// The fields of a header that matter here.
#[derive(Default)]
struct Header {
    length: Option<u64>,
    kind: String,
    url: Option<String>,
    content: String,
}

impl Warc {
    pub(super) fn new(stream: Stream, limit: usize) -> Self {
        Self { stream, limit, offset: 0 }
    }

    /// The next page; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Page>> {
        loop {
            let start = self.offset;
            let Some(found) = self.version_line()? else { return Ok(None) };
            if !found {
                return Ok(Some(Page::Broken {
                    problem: format!("what stands at byte {start} is no WARC record; went on at the next one"),
                }));
            }
            let header = self.header()?;
            let Some(length) = header.length else {
                return Ok(Some(Page::Broken { problem: format!("the record at byte {start} has no Content-Length") }));
            };
            let wanted = match header.kind.as_str() {
                "response" | "resource" => true,
                "conversion" => header.content.starts_with("text/plain"),
                _ => false,
            };
            if !wanted || length > self.limit as u64 * 2 {
                let skipped = self.skip(length)?;
                if skipped < length {
                    return Ok(Some(Page::Broken { problem: format!("the file is cut off in the record at byte {start}") }));
                }
                if wanted {
                    return Ok(Some(Page::TooLarge { url: header.url }));
                }
                continue;
            }
            let mut block = Vec::new();
            let read = self.stream.by_ref().take(length).read_to_end(&mut block)?;
            self.offset += read as u64;
            if (read as u64) < length {
                return Ok(Some(Page::Broken { problem: format!("the file is cut off in the record at byte {start}") }));
            }
            let http = header.kind == "response";
            let page = if http { response(block, self.limit) } else { of_type(block, &header.content) };
            match page {
                Some((bytes, _)) if bytes.len() > self.limit => return Ok(Some(Page::TooLarge { url: header.url })),
                Some((bytes, format)) => return Ok(Some(Page::Whole { bytes, format, url: header.url })),
                None => {}
            }
        }
    }

    /// Passes over blank lines to a version line; false after what was none, with the stream at the next one. `None` at the end.
    fn version_line(&mut self) -> io::Result<Option<bool>> {
        let mut sound = true;
        loop {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                // Rubbish to the very end.
                return Ok((!sound).then_some(false));
            }
            if !sound && buffer.starts_with(b"WARC/") {
                return Ok(Some(false));
            }
            let line = self.line()?;
            match line.as_slice() {
                line if line.starts_with(b"WARC/") => return Ok(Some(true)),
                [] => {}
                _ => sound = false,
            }
        }
    }

    fn header(&mut self) -> io::Result<Header> {
        let mut header = Header::default();
        for _ in 0..HEADER_LINES {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-length" => header.length = value.parse().ok(),
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => header.url = Some(value.trim_matches(['<', '>']).to_owned()),
                "content-type" => header.content = value.to_ascii_lowercase(),
                _ => {}
            }
        }
        Ok(header)
    }

    /// The next line without its end; empty for a blank one and at the end of the stream.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        let read = self.stream.by_ref().take(HEADER_LINE).read_until(b'\n', &mut line)?;
        self.offset += read as u64;
        if line.last() != Some(&b'\n') && read as u64 == HEADER_LINE {
            self.offset += self.stream.skip_until(b'\n')? as u64;
        }
        line.truncate(line.trim_ascii_end().len());
        Ok(line)
    }

    fn skip(&mut self, length: u64) -> io::Result<u64> {
        let skipped = io::copy(&mut self.stream.by_ref().take(length), &mut io::sink())?;
        self.offset += skipped;
        Ok(skipped)
    }
}

/// The body of an HTTP response that holds text, decoded; `limit` bounds what a compressed one may become.
fn response(mut block: Vec<u8>, limit: usize) -> Option<(Vec<u8>, Format)> {
    let (head, body) = header_end(&block)?;
    let head = String::from_utf8_lossy(&block[..head]).to_ascii_lowercase();
    let mut lines = head.lines();
    let status = lines.next()?.split_ascii_whitespace().nth(1)?.to_owned();
    if status != "200" {
        return None;
    }
    let (mut content, mut encoding, mut chunked) = (String::new(), String::new(), false);
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        match name.trim() {
            "content-type" => value.trim().clone_into(&mut content),
            "content-encoding" => value.trim().clone_into(&mut encoding),
            "transfer-encoding" => chunked = value.contains("chunked"),
            _ => {}
        }
    }
    let mut body = block.split_off(body);
    if chunked {
        // Crawlers that undo the chunks often keep the header.
        body = unchunked(&body).unwrap_or(body);
    }
    if encoding.contains("gzip") && body.starts_with(&[0x1f, 0x8b]) {
        let mut plain = Vec::new();
        flate2::read::MultiGzDecoder::new(body.as_slice()).take(limit as u64 + 1).read_to_end(&mut plain).ok()?;
        body = plain;
    }
    of_type(body, &content)
}

/// Text by its declared type; without one, by its first bytes.
fn of_type(body: Vec<u8>, content: &str) -> Option<(Vec<u8>, Format)> {
    let format = match content.split(';').next().unwrap_or("").trim() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        "" if Format::sniff(&body) == Format::Html => Format::Html,
        _ => return None,
    };
    Some((body, format))
}

/// Where the header ends, and where the body begins.
fn header_end(block: &[u8]) -> Option<(usize, usize)> {
    let crlf = block.windows(4).position(|window| window == b"\r\n\r\n").map(|at| (at, at + 4));
    let lf = block.windows(2).position(|window| window == b"\n\n").map(|at| (at, at + 2));
    match (crlf, lf) {
        (Some(a), Some(b)) => Some(if a.0 < b.0 { a } else { b }),
        (found, None) | (None, found) => found,
    }
}

/// A chunked body put together; `None` where it is not chunked.
fn unchunked(body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let end = rest.iter().take(32).position(|&byte| byte == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        // A body cut off in its last chunk is kept.
        out.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..)?.trim_ascii_start();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn record(kind: &str, extra: &str, block: &str) -> String {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/{kind}\r\n{extra}Content-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        )
    }

    fn page(body: &str) -> String {
        format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}")
    }

    /// The pages of a file: their content, "too large" or the problem.
    fn pages(file: impl Into<Vec<u8>>, limit: usize) -> Vec<String> {
        let mut warc = Warc::new(Box::new(Cursor::new(file.into())), limit);
        let mut found = Vec::new();
        while let Some(page) = warc.next().expect("memory can be read") {
            found.push(match page {
                Page::Whole { bytes, url, .. } => format!("{} {}", url.unwrap_or_default(), String::from_utf8_lossy(&bytes)),
                Page::TooLarge { .. } => "too large".to_owned(),
                Page::Broken { problem } => problem,
            });
        }
        found
    }

    #[test]
    fn pages_are_read_and_the_rest_is_passed_over() {
        let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n...";
        let gone = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone";
        let file = [
            record("warcinfo", "", "software: x"),
            record("request", "", "GET / HTTP/1.1"),
            record("response", "", &page("<p>one")),
            record("response", "", image),
            record("response", "", gone),
            record("conversion", "Content-Type: text/plain\r\n", "two"),
        ];
        assert_eq!(pages(file.concat(), 1000), ["https://example.org/response <p>one", "https://example.org/conversion two"]);
    }

    #[test]
    fn chunks_and_compression_are_undone() {
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>on\r\n1\r\ne\r\n0\r\n\r\n";
        assert_eq!(pages(record("response", "", chunked), 1000), ["https://example.org/response <p>one"]);
        let packed = super::super::compression::tests::gzip(b"<p>one");
        let mut block = b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: gzip\n\n".to_vec();
        block.extend(packed);
        let mut file = format!("WARC/1.1\nWARC-Type: response\nContent-Length: {}\n\n", block.len()).into_bytes();
        file.extend(block);
        assert_eq!(pages(file, 1000), [" <p>one"]);
    }

    #[test]
    fn what_is_broken_is_told_and_the_next_record_read() {
        let sound = record("response", "", &page("<p>one"));
        let rubbish = pages(format!("rubbish\nmore\n{sound}"), 1000);
        assert_eq!(rubbish.len(), 2);
        assert!(rubbish[0].contains("byte 0 is no WARC record") && rubbish[1].ends_with("<p>one"), "{rubbish:?}");
        let unmeasured = pages(format!("WARC/1.0\r\nWARC-Type: response\r\n\r\n{sound}"), 1000);
        assert!(unmeasured[0].contains("no Content-Length") && unmeasured[1].ends_with("<p>one"), "{unmeasured:?}");
        let cut = pages(&sound.as_bytes()[..sound.len() - 10], 1000);
        assert!(cut[0].contains("cut off"), "{cut:?}");
        assert_eq!(pages(record("response", "", &page(&"x".repeat(900))), 500), ["too large"]);
        assert_eq!(pages(Vec::new(), 10), Vec::<String>::new());
    }
}
