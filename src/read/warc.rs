//! WARC (ISO 28500), the archive format of crawlers: a stream of records -> the pages among them, one at a time. Responses that hold
//! HTML and plain text (and the plain text of WET files) are articles; requests, metadata, images and failed fetches are passed over.
//! A record that cannot be understood is told and the next one is looked for.

use std::io::{self, BufRead, Read};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

use super::{Format, compression::Stream};

/// Longest line of a header; the rest of a longer one is dropped.
const HEADER_LINE: u64 = 16 * 1024;

/// What the next record of interest holds.
pub(super) enum Page {
    Whole { text: Text, url: Option<String> },
    TooLarge { url: Option<String> },
    Broken { problem: String },
}

/// A page's bytes, and what is said of them.
pub(super) struct Text {
    pub(super) bytes: Vec<u8>,
    pub(super) format: Format,
    /// The charset of its content type: servers know it of pages that do not say it themselves.
    pub(super) encoding: Option<&'static Encoding>,
}

pub(super) struct Warc {
    stream: Stream,
    limit: usize,
    /// Bytes read so far, for messages.
    offset: u64,
    /// The version line of the next record was read already, by looking for where rubbish ends.
    versioned: bool,
    /// What comes belongs to a record that was told to be broken.
    told: bool,
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
        Self { stream, limit, offset: 0, versioned: false, told: false }
    }

    /// The next page; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Page>> {
        loop {
            let start = self.offset;
            let Some(found) = self.version_line()? else { return Ok(None) };
            if !found {
                if std::mem::take(&mut self.told) {
                    continue;
                }
                return Ok(Some(Page::Broken {
                    problem: format!("what stands at byte {start} is no WARC record; went on at the next one"),
                }));
            }
            self.told = false;
            let header = self.header()?;
            let Some(length) = header.length else {
                self.told = true;
                return Ok(Some(Page::Broken { problem: format!("the record at byte {start} has no Content-Length") }));
            };
            let wanted = match header.kind.as_str() {
                "response" | "resource" => true,
                "conversion" => header.content.starts_with("text/plain"),
                _ => false,
            };
            if !wanted || length > (self.limit as u64).saturating_mul(2) {
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
            let page = if http { response(block, &header.content, self.limit) } else { Ok(of_type(block, &header.content)) };
            match page {
                Ok(Some(text)) if text.bytes.len() > self.limit => return Ok(Some(Page::TooLarge { url: header.url })),
                Ok(Some(text)) => return Ok(Some(Page::Whole { text, url: header.url })),
                Ok(None) => {}
                Err(problem) => {
                    let url = header.url.unwrap_or_default();
                    return Ok(Some(Page::Broken { problem: format!("the record at byte {start} ({url}) {problem}") }));
                }
            }
        }
    }

    /// Passes over blank lines to a version line; false after what was none, with the stream at the next one. `None` at the end.
    fn version_line(&mut self) -> io::Result<Option<bool>> {
        if std::mem::take(&mut self.versioned) {
            return Ok(Some(true));
        }
        let mut sound = true;
        loop {
            if self.stream.fill_buf()?.is_empty() {
                // Rubbish to the very end.
                return Ok((!sound).then_some(false));
            }
            let line = self.line()?;
            match line.as_slice() {
                line if line.starts_with(b"WARC/") => {
                    self.versioned = !sound;
                    return Ok(Some(sound));
                }
                [] => {}
                _ => sound = false,
            }
        }
    }

    fn header(&mut self) -> io::Result<Header> {
        let mut header = Header::default();
        // However many lines there are, none is kept: to stop early would be to read the rest of them as the page.
        loop {
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

/// The body of an HTTP response that holds text, decoded, or why a page cannot be read; `limit` bounds what a compressed one may become.
fn response(mut block: Vec<u8>, declared: &str, limit: usize) -> Result<Option<Text>, String> {
    let Some((head, body)) = header_end(&block) else {
        // Answers of name servers are responses too.
        let is_http = declared.starts_with("application/http") || block.starts_with(b"HTTP/");
        return if is_http { Err("has an HTTP header without an end".to_owned()) } else { Ok(None) };
    };
    let head = String::from_utf8_lossy(&block[..head]).to_ascii_lowercase();
    let mut lines = head.lines();
    if lines.next().and_then(|line| line.split_ascii_whitespace().nth(1)) != Some("200") {
        return Ok(None);
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
        let read = flate2::read::MultiGzDecoder::new(body.as_slice()).take((limit as u64).saturating_add(1)).read_to_end(&mut plain);
        if read.is_err() {
            return if of_type(plain, &content).is_some() { Err("has a page of broken gzip data".to_owned()) } else { Ok(None) };
        }
        body = plain;
    } else if !matches!(encoding.as_str(), "" | "identity" | "gzip") && !is_text(&body) {
        let problem = format!("has a page compressed by a method ({encoding}) that is not undone here");
        return if of_type(body, &content).is_some() { Err(problem) } else { Ok(None) };
    }
    Ok(of_type(body, &content))
}

/// Whether bytes are text already: crawlers that undo a compression often keep its header.
fn is_text(body: &[u8]) -> bool {
    Format::sniff(body) == Format::Html || std::str::from_utf8(body).is_ok()
}

/// Text by its declared type; without one, by its first bytes.
fn of_type(bytes: Vec<u8>, content: &str) -> Option<Text> {
    let (kind, parameters) = content.split_once(';').unwrap_or((content, ""));
    let format = match kind.trim() {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "text/plain" => Format::Text,
        "" if Format::sniff(&bytes) == Format::Html => Format::Html,
        _ => return None,
    };
    Some(Text { bytes, format, encoding: charset(parameters) })
}

/// The encoding of `text/html; charset=...`, by its parameters. UTF-16 is told by the bytes alone: pages say it that are something else.
/// Nor are the few encodings known of which a browser shows nothing but one U+FFFD.
fn charset(parameters: &str) -> Option<&'static Encoding> {
    let named = |parameter: &str| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| Encoding::for_label_no_replacement(value.trim().trim_matches(['"', '\'']).as_bytes()))?
    };
    parameters.split(';').find_map(named).filter(|&encoding| encoding != UTF_16LE && encoding != UTF_16BE)
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
    // A body cut off in or behind a chunk is kept.
    while out.is_empty() || !rest.is_empty() {
        let end = rest.iter().take(32).position(|&byte| byte == b'\n')?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            break;
        }
        out.extend_from_slice(rest.get(..size).unwrap_or(rest));
        rest = rest.get(size..).unwrap_or_default().trim_ascii_start();
    }
    Some(out)
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
                Page::Whole { text, url } => format!("{} {}", url.unwrap_or_default(), String::from_utf8_lossy(&text.bytes)),
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
    fn the_charset_of_the_content_type_is_kept() {
        let encoding = |content: &str| of_type(b"<p>one".to_vec(), content).and_then(|text| text.encoding).map(Encoding::name);
        assert_eq!(encoding("text/html; charset=iso-8859-2"), Some("ISO-8859-2"));
        assert_eq!(encoding("text/plain;format=flowed; charset = \"Shift_JIS\""), Some("Shift_JIS"));
        for said in [
            "text/html",
            "text/html; charset=",
            "text/html; charset=unheard-of",
            "text/html; charset=utf-16",
            "text/html; charset=iso-2022-kr",
        ] {
            assert_eq!(encoding(said), None, "{said}");
        }
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
        // Cut off by the crawler: what was fetched is there, without the sizes of its chunks.
        let cut = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>on\r\n99\r\ne two";
        assert_eq!(pages(record("response", "", cut), 1000), ["https://example.org/response <p>one two"]);
    }

    #[test]
    fn a_page_that_cannot_be_unpacked_is_told() {
        let block = |encoding: &str, body: &[u8]| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {encoding}\r\n\r\n");
            let block = [head.as_bytes(), body].concat();
            [format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", block.len()).as_bytes(), &block, b"\r\n\r\n"].concat()
        };
        let packed = super::super::compression::tests::gzip(b"<p>a page of some length, cut off by somebody");
        let broken = pages(block("gzip", &packed[..packed.len() - 12]), 1000);
        assert!(broken.len() == 1 && broken[0].contains("broken gzip"), "{broken:?}");
        let unknown = pages(block("br", b"\x8b\x05\x80<p>x\xff\x03"), 1000);
        assert!(unknown.len() == 1 && unknown[0].contains("(br)"), "{unknown:?}");
        assert_eq!(pages(block("br", b"<p>undone"), 1000), [" <p>undone"]);
        let endless = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 15\r\n\r\nHTTP/1.1 200 OK\r\n\r\n";
        assert!(pages(endless, 1000)[0].contains("without an end"));
    }

    #[test]
    fn a_header_of_many_lines_is_no_page() {
        let extra = "X-Line: x\r\n".repeat(1000);
        assert_eq!(pages(record("response", &extra, &page("<p>one")), 1000), ["https://example.org/response <p>one"]);
    }

    /// What is found depends on the bytes alone, not on how many a pipe hands out at once.
    #[test]
    fn rubbish_is_told_wherever_a_buffer_ends() {
        let file = format!("rubbish\n{}more rubbish\n{0}", record("response", "", &page("<p>one")));
        for capacity in 1..40 {
            let stream = io::BufReader::with_capacity(capacity, Cursor::new(file.clone().into_bytes()));
            let mut warc = Warc::new(Box::new(stream), 1000);
            let broken = std::iter::from_fn(|| warc.next().expect("memory can be read")).map(|page| matches!(page, Page::Broken { .. }));
            assert_eq!(broken.collect::<Vec<_>>(), [true, false, true, false], "{capacity} bytes at a time");
        }
    }

    #[test]
    fn what_is_broken_is_told_and_the_next_record_read() {
        let sound = record("response", "", &page("<p>one"));
        let rubbish = pages(format!("rubbish\nmore\n{sound}"), 1000);
        assert_eq!(rubbish.len(), 2);
        assert!(rubbish[0].contains("byte 0 is no WARC record") && rubbish[1].ends_with("<p>one"), "{rubbish:?}");
        let unmeasured = pages(format!("WARC/1.0\r\nWARC-Type: response\r\n\r\n{sound}"), 1000);
        assert!(unmeasured[0].contains("no Content-Length") && unmeasured[1].ends_with("<p>one"), "{unmeasured:?}");
        let with_body = pages(format!("WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>lost\r\n\r\n{sound}"), 1000);
        assert_eq!(with_body.len(), 2, "one record, one error: {with_body:?}");
        let cut = pages(&sound.as_bytes()[..sound.len() - 10], 1000);
        assert!(cut[0].contains("cut off"), "{cut:?}");
        assert_eq!(pages(record("response", "", &page(&"x".repeat(900))), 500), ["too large"]);
        assert_eq!(pages(Vec::new(), 10), Vec::<String>::new());
    }
}
