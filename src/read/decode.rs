//! Bytes -> text: which encoding a file is in, and its text as UTF-8 with the byte order mark removed.
//!
//! Asked in this order: a byte order mark; is it valid UTF-8; what the server said; what the page declares; the guess of `chardetng`
//! (Firefox's detector).
//! Valid UTF-8 goes before the declaration because pages that declare Latin-1 and are UTF-8 are common, while text of another
//! encoding that happens to be valid UTF-8 beyond ASCII is next to unknown.

use std::io::{self, BufRead, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a file the declaration of its encoding is looked for.
const DECLARATION: usize = 8 * 1024;
/// How much of a file the detector reads.
const DETECTION: usize = 512 * 1024;

pub(super) struct Decoded {
    pub(super) text: String,
    /// Some bytes had no meaning in the encoding and became U+FFFD.
    pub(super) lossy: bool,
}

/// The text of a whole article. `markup`: the bytes may declare their encoding, as HTML and XML do; what was `told` of them goes before.
pub(super) fn decode(bytes: Vec<u8>, markup: bool, told: Option<&'static Encoding>) -> Decoded {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        return decode_as(encoding, &bytes[mark..]);
    }
    let declared = told.or_else(|| if markup { declared(&bytes) } else { None });
    // ISO-2022-JP is plain ASCII bytes, so valid UTF-8 proves nothing there.
    if declared == Some(ISO_2022_JP) {
        return decode_as(ISO_2022_JP, &bytes);
    }
    if let Some(encoding) = unmarked_utf16(&bytes) {
        return decode_as(encoding, &bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, lossy: false },
        Err(error) => error.into_bytes(),
    };
    if mostly_utf8(&bytes) {
        return decode_as(UTF_8, &bytes);
    }
    let encoding = declared.filter(|&encoding| encoding != UTF_8).unwrap_or_else(|| detect(&bytes));
    decode_as(encoding, &bytes)
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    Decoded { text: text.into_owned(), lossy }
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(DETECTION)], true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

/// One bad byte in a page of UTF-8 must not turn every accent of it into two wrong letters.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&byte| byte >= 0xC0).count();
        // Bad bytes in a row are one fault: an overlong form or half a surrogate pair is several.
        let goes_on = chunk.valid().is_empty() && bad > 0;
        bad += usize::from(!chunk.invalid().is_empty() && !goes_on);
    }
    good > 4 * bad
}

/// UTF-16 without a mark: Western text has a zero in every other byte.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(1024) & !1];
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if half < 4 => None,
        (0, odd) if odd * 4 > half * 3 => Some(UTF_16LE),
        (even, 0) if even * 4 > half * 3 => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-16 without a mark of what is JSON: its first two characters are ASCII, whatever script the rest is in (RFC 4627, 3).
pub(super) fn unmarked_utf16_json(bytes: &[u8]) -> Option<&'static Encoding> {
    let opens = |byte: u8| matches!(byte, b'{' | b'[') || byte.is_ascii_whitespace();
    match *bytes {
        [first, 0, 1..=0x7F, 0, ..] if opens(first) => Some(UTF_16LE),
        [0, first, 0, 1..=0x7F, ..] if opens(first) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding named by `<meta charset=...>`, `content="text/html; charset=..."` or `<?xml encoding="..."?>`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let mut at = 0;
    while let Some(equals) = head[at..].iter().position(|&byte| byte == b'=').map(|found| at + found) {
        at = equals + 1;
        let before = head[..equals].trim_ascii_end();
        let named = |word: &[u8]| before.len() >= word.len() && before[before.len() - word.len()..].eq_ignore_ascii_case(word);
        if named(b"charset") || (named(b"encoding") && head.trim_ascii_start().starts_with(b"<?xml")) {
            let value = head[at..].trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte)).unwrap_or(value.len());
            // A page that could be read this far is not UTF-16, whatever it says.
            return Encoding::for_label_no_replacement(&value[..end])
                .map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
        }
    }
    None
}

/// What a file is if it is no text: by its first bytes, or because it holds zero bytes that UTF-16 does not explain.
pub(super) fn binary(head: &[u8]) -> Option<&'static str> {
    const KINDS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"\x7FELF", "a program"),
        (b"PK\x03\x04", "a zip archive or office document"),
        (b"\xD0\xCF\x11\xE0", "an office document"),
        (b"\x1f\x8b", "gzip data inside gzip data"),
        (b"\xFD7zXZ", "xz data"),
        (b"BZh", "bzip2 data"),
        (b"7z\xBC\xAF", "a 7z archive"),
        (b"Rar!\x1A", "a RAR archive"),
        (b"{\\rtf", "an RTF document"),
        (b"PAR1", "a Parquet file"),
        (b"SQLite format 3", "an SQLite database"),
        (b"\xFF\xFE\0\0", "UTF-32 data (convert it to UTF-8)"),
    ];
    let head = &head[..head.len().min(8 * 1024)];
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(kind);
    }
    let is_utf16 = || Encoding::for_bom(head).is_some() || unmarked_utf16(head).is_some() || unmarked_utf16_json(head).is_some();
    let text = !head.contains(&0) || is_utf16() || has_stray_zeros(head);
    if text { None } else { Some("binary data") }
}

/// Text in which a few zero bytes got lost. Zeros alone do not make a file binary: one of them must not cost a file of a million lines.
fn has_stray_zeros(head: &[u8]) -> bool {
    let zeros = head.iter().filter(|&&byte| byte == 0).count();
    // The head may end in the middle of a character. What looks like JSON may be of any encoding.
    let is_json = matches!(head.trim_ascii_start().first(), Some(b'{' | b'['));
    let is_utf8 = || std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    let is_plain = |&byte: &u8| byte >= b' ' || byte == 0 || byte.is_ascii_whitespace() || byte == 0x0B;
    zeros * 100 <= head.len().max(400) && zeros * 8 <= head.len() && (is_json || is_utf8()) && head.iter().all(is_plain)
}

/// A stream in another encoding, read as UTF-8: for containers in UTF-16, which cannot be cut into lines of bytes.
pub(super) struct Transcoder<R> {
    inner: R,
    decoder: Decoder,
    /// What was decoded and not yet read. The decoder writes whole characters only, whatever room the reader has.
    ready: Vec<u8>,
    read: usize,
    ended: bool,
}

impl<R: BufRead> Transcoder<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self { inner, decoder: encoding.new_decoder_with_bom_removal(), ready: Vec::new(), read: 0, ended: false }
    }
}

impl<R: BufRead> Read for Transcoder<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.read == self.ready.len() && !self.ended {
            let input = self.inner.fill_buf()?;
            let last = input.is_empty();
            self.ready.resize(16 * 1024, 0);
            let (result, used, written, _) = self.decoder.decode_to_utf8(input, &mut self.ready, last);
            self.inner.consume(used);
            self.ready.truncate(written);
            self.read = 0;
            self.ended = last && result == CoderResult::InputEmpty;
        }
        let count = out.len().min(self.ready.len() - self.read);
        out[..count].copy_from_slice(&self.ready[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8], markup: bool) -> (String, bool) {
        let decoded = decode(bytes.to_vec(), markup, None);
        (decoded.text, decoded.lossy)
    }

    fn utf16(text: &str, mark: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(to_bytes)).collect()
    }

    #[test]
    fn marks_and_utf16() {
        let words = "Zoë left Kraków.";
        assert_eq!(text(format!("\u{feff}{words}").as_bytes(), false), (words.into(), false));
        for bytes in [
            utf16(words, &[0xFF, 0xFE], u16::to_le_bytes),
            utf16(words, &[0xFE, 0xFF], u16::to_be_bytes),
            utf16(words, &[], u16::to_le_bytes),
            utf16(words, &[], u16::to_be_bytes),
        ] {
            assert_eq!(binary(&bytes), None);
            assert_eq!(text(&bytes, false), (words.into(), false));
        }
    }

    #[test]
    fn declared_and_detected() {
        let page = b"<meta http-equiv=content-type content='text/html; charset=iso-8859-2'><p>Ko\xB6cielisko";
        assert!(text(page, true).0.ends_with("Kościelisko"));
        assert!(text("<meta charset=latin1>Müller".as_bytes(), true).0.ends_with("Müller"));
        let note = b"The caf\xE9 \x93opened\x94 again in M\xFCnchen, said Ren\xE9.";
        assert_eq!(text(note, false), ("The café “opened” again in München, said René.".into(), false));
    }

    #[test]
    fn one_bad_byte_is_lossy_not_another_encoding() {
        let mut bytes = "Żółć, żółw, źdźbło. ".repeat(3).into_bytes();
        bytes.push(0xFF);
        let (text, lossy) = text(&bytes, false);
        assert!(lossy && text.starts_with("Żółć") && text.ends_with('\u{fffd}'));
    }

    #[test]
    fn bad_bytes_in_a_row_are_one_fault() {
        for bad in [&b"\xC0\xAF"[..], b"\xED\xA0\x80", b"\xF8\x88\x80\x80\x80", b"\xFF\xFF\xFF\xFF"] {
            let (text, lossy) = text(&["Zoë Müller left Łódź. ".as_bytes(), bad].concat(), false);
            assert!(lossy && text.starts_with("Zoë Müller left Łódź. \u{fffd}"), "{text}");
        }
    }

    #[test]
    fn binary_is_told_apart() {
        assert_eq!(binary(b"\x89PNG\r\n\x1a\n\0\0"), Some("a PNG image"));
        assert_eq!(binary(b"\x01\x02\0\0\0\x07abc"), Some("binary data"));
        assert_eq!(binary(b""), None);
        assert_eq!(binary(&[0; 64]), Some("binary data"));
        assert_eq!(binary(b"{\"text\": \"a\0b\"}\n{\"text\": \"c\"}\n"), None);
        assert_eq!(binary(b"A caf\xE9\0 of no known encoding."), Some("binary data"));
        assert!(binary(&"a\0".repeat(8).chars().flat_map(|c| [c as u8, 0, 0, 0]).collect::<Vec<_>>()).is_some());
        assert!(binary(b"\xFF\xFE\0\0T\0\0\0").is_some_and(|kind| kind.starts_with("UTF-32")));
        assert_eq!(binary("Żółć".as_bytes()), None);
    }

    #[test]
    fn transcoding_streams() {
        let words = "{\"text\": \"Zoë 👍 said no\"}\n".repeat(500);
        let bytes = utf16(&words, &[0xFF, 0xFE], u16::to_le_bytes);
        let small = io::BufReader::with_capacity(7, &bytes[..]);
        let mut out = String::new();
        io::BufReader::with_capacity(64, Transcoder::new(small, UTF_16LE)).read_to_string(&mut out).unwrap();
        assert!(out == words, "{} bytes instead of {}", out.len(), words.len());
    }
}
