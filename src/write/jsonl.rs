//! A record as one line of JSON. Some readers end a line at U+2028, U+2029 or U+0085, and a terminal that a line is printed on obeys DEL, the
//! controls from U+0080 and the marks that turn the direction of text: those are written as escapes, as JSON itself does below U+0020;
//! everything else that JSON allows stays as it is.

use super::record::Record;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::{io, ops::Range};

/// Appends `record` and a line break to `line`.
pub fn write_line(record: &Record, line: &mut Vec<u8>) {
    let mut serializer = Serializer::with_formatter(&mut *line, LineSafe(CompactFormatter));
    record.serialize(&mut serializer).expect("a record has only string keys and the target is memory");
    line.push(b'\n');
}

struct LineSafe(CompactFormatter);

impl Formatter for LineSafe {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = first_escaped(rest) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", c as u32)?;
            rest = &rest[at + c.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

/// The first character that is not written as it is.
fn first_escaped(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (chunk, start) in chunks.iter().zip((0..).step_by(CHUNK)) {
        // The maximum has no branch: the compiler takes all bytes at once.
        if chunk.iter().fold(0, |greatest, &byte| byte.max(greatest)) >= 0x7F
            && let Some(found) = escaped_of(text, start..start + CHUNK)
        {
            return Some(found);
        }
    }
    // Most strings are keys and shorter than a chunk.
    if is_plain(rest) { None } else { escaped_of(text, bytes.len() - rest.len()..bytes.len()) }
}

/// The first escaped character that begins in a range.
fn escaped_of(text: &str, range: Range<usize>) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    let escaped_at = |at: usize| text[at..].chars().next().filter(|&c| is_escaped(c)).map(|c| (at, c));
    range.into_iter().find_map(|at| match bytes[at] {
        0x7F => Some((at, '\u{7F}')),
        // No other lead byte begins one of them; dashes and quotation marks, which are frequent, have another last byte.
        0xC2 | 0xD8 => escaped_at(at),
        0xE2 if matches!(bytes[at + 2], 0x8E | 0x8F | 0xA6..=0xAE) => escaped_at(at),
        _ => None,
    })
}

/// Whether all bytes are below 0x7F: eight at once, where adding one to each sets no top bit.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 0xFF;
    let (words, rest) = bytes.as_chunks::<8>();
    let all = words.iter().map(|&word| u64::from_ne_bytes(word)).fold(0, |all, word| all | word | word.wrapping_add(ONES));
    all & (ONES << 7) == 0 && rest.iter().all(|&byte| byte < 0x7F)
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const CHUNK: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escaped_character_is_found_wherever_it_stands() {
        for c in ['\u{7f}', '\u{85}', '\u{61c}', '\u{2028}', '\u{2067}'] {
            for before in 0..70 {
                let text = "a".repeat(before) + &c.to_string() + "é”";
                assert_eq!(first_escaped(&text), Some((before, c)), "{text:?}");
            }
        }
        for length in 0..70 {
            assert_eq!(first_escaped(&"~".repeat(length)), None);
            assert_eq!(first_escaped(&"é–“\u{2065}".repeat(length)), None);
        }
    }

    #[test]
    fn line_separators_and_what_a_terminal_obeys_are_escaped_and_the_rest_is_not() {
        let mut out = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut out, LineSafe(CompactFormatter));
        "a\u{2028}b\u{2029}\u{85}é “q”\n\u{7f}\u{9b}m\u{202e}\u{61c}ش\u{2067}\u{2065}\u{a0}"
            .serialize(&mut serializer)
            .expect("serialises");
        assert_eq!(
            String::from_utf8(out).expect("UTF-8"),
            "\"a\\u2028b\\u2029\\u0085é “q”\\n\\u007f\\u009bm\\u202e\\u061cش\\u2067\u{2065}\u{a0}\""
        );
    }
}
