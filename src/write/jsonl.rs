//! A record as one line of JSON. Some readers end a line at U+2028, U+2029 or U+0085, and a terminal that a line is printed on obeys DEL, the
//! controls from U+0080 and the marks that turn the direction of text: those are written as escapes, as JSON itself does below U+0020;
//! everything else that JSON allows stays as it is.

use super::record::Record;
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io;

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
    // Nearly all chunks are of plain ASCII, and passed over whole.
    for (chunk, start) in bytes.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
        // The maximum has no branch: the compiler takes all bytes at once.
        if chunk.iter().fold(0, |greatest, &byte| byte.max(greatest)) < 0x7F {
            continue;
        }
        let found = chunk.iter().zip(start..).find_map(|(byte, at)| match byte {
            0x7F => Some((at, '\u{7F}')),
            // No other lead byte begins one of them; dashes and quotation marks, which are frequent, have another last byte.
            0xC2 | 0xD8 => text[at..].chars().next().filter(|&c| is_escaped(c)).map(|c| (at, c)),
            0xE2 if matches!(bytes[at + 2], 0x8E | 0x8F | 0xA6..=0xAE) => {
                text[at..].chars().next().filter(|&c| is_escaped(c)).map(|c| (at, c))
            }
            _ => None,
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

const CHUNK: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;

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
