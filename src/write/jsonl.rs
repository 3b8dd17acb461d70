//! A record as one line of JSON. Some readers end a line at U+2028, U+2029 or U+0085, so those three are written as escapes;
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
        while let Some((at, separator)) = first_separator(rest) {
            writer.write_all(&rest.as_bytes()[..at])?;
            write!(writer, "\\u{:04x}", separator as u32)?;
            rest = &rest[at + separator.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

/// The first character that some reader takes for a line break.
fn first_separator(text: &str) -> Option<(usize, char)> {
    let bytes = text.as_bytes();
    // None of them is ASCII: whole chunks of it are passed over.
    for (chunk, start) in bytes.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
        if chunk.is_ascii() {
            continue;
        }
        let found = chunk.iter().zip(start..).find_map(|(byte, at)| match byte {
            0xC2 if bytes.get(at + 1) == Some(&0x85) => Some((at, '\u{85}')),
            0xE2 if bytes[at..].starts_with(&[0xE2, 0x80, 0xA8]) => Some((at, '\u{2028}')),
            0xE2 if bytes[at..].starts_with(&[0xE2, 0x80, 0xA9]) => Some((at, '\u{2029}')),
            _ => None,
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

const CHUNK: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_separators_are_escaped_and_the_rest_is_not() {
        let mut out = Vec::new();
        let mut serializer = Serializer::with_formatter(&mut out, LineSafe(CompactFormatter));
        "a\u{2028}b\u{2029}\u{85}é “q”\n".serialize(&mut serializer).expect("serialises");
        assert_eq!(String::from_utf8(out).expect("UTF-8"), r#""a\u2028b\u2029\u0085é “q”\n""#);
    }
}
