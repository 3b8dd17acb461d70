//! A string in JSON. Some readers end a line at U+2028, U+2029 or U+0085, and a terminal that a line is printed on obeys DEL, the
//! controls from U+0080 and the marks that turn the direction of text: those are written as escapes, as JSON itself does below U+0020;
//! everything else that JSON allows stays as it is.

use std::io::Write;

/// So many bytes are looked at together; the compiler makes one comparison of each that asks it of all of them.
const BLOCK: usize = 16;
const HALF: usize = size_of::<u64>();
const QUARTER: usize = HALF / 2;

/// Appends a string with its marks.
pub(super) fn write_string(text: &str, line: &mut Vec<u8>) {
    line.reserve(text.len() + 2);
    line.push(b'"');
    if is_plain(text.as_bytes()) {
        line.extend_from_slice(text.as_bytes());
    } else {
        write_escaped(text, line);
    }
    line.push(b'"');
}

/// Whether all is ASCII that is written as it is. The last block overlaps the one before; a short string is two that overlap.
#[inline]
fn is_plain(bytes: &[u8]) -> bool {
    if let Some(last) = bytes.last_chunk() {
        let (blocks, _) = bytes.as_chunks();
        return !blocks.iter().any(has_odd) && !has_odd(last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<HALF>(), bytes.last_chunk::<HALF>()) {
        return odd_bytes(u64::from_le_bytes(*first)) | odd_bytes(u64::from_le_bytes(*last)) == 0;
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<QUARTER>(), bytes.last_chunk::<QUARTER>()) {
        let both = u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last));
        return odd_bytes(both) == 0;
    }
    !bytes.iter().any(|&byte| is_odd(byte))
}

/// Appends a string that may need escapes.
fn write_escaped(text: &str, line: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    // Up to where it is written, and how far it has been read.
    let (mut written, mut read) = (0, 0);
    loop {
        read += plain_length(&bytes[read..]);
        read += bytes[read..].iter().take_while(|&&byte| !byte.is_ascii() && !begins_escaped(byte)).count();
        let c = match bytes.get(read) {
            None => break,
            Some(&byte) if byte.is_ascii() => char::from(byte),
            Some(_) => text[read..].chars().next().unwrap_or_default(),
        };
        let next = read + c.len_utf8();
        if is_escaped(c) {
            line.extend_from_slice(&bytes[written..read]);
            write_escape(c, line);
            written = next;
        }
        read = next;
    }
    line.extend_from_slice(&bytes[written..]);
}

/// Whether a byte beyond ASCII is the first of a character that may be written as an escape.
fn begins_escaped(byte: u8) -> bool {
    matches!(byte, 0xC2 | 0xD8 | 0xE2)
}

/// How many bytes from the start are ASCII that is written as it is.
#[inline]
fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks();
    let start = blocks.iter().take_while(|block| !has_odd(block)).count() * BLOCK;
    // Where in the block is asked of eight bytes at once, too.
    let (halves, rest) = bytes[start..].as_chunks();
    for (at, half) in halves.iter().enumerate() {
        let odd = odd_bytes(u64::from_le_bytes(*half));
        if odd != 0 {
            return start + HALF * at + odd.trailing_zeros() as usize / 8;
        }
    }
    rest.iter().position(|&byte| is_odd(byte)).map_or(bytes.len(), |at| bytes.len() - rest.len() + at)
}

/// The top bit of each byte that [`is_odd`]; behind the first, perhaps of others too.
#[inline]
fn odd_bytes(half: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const TOPS: u64 = 0x80 * ONES;
    let below = |bytes: u64, least: u8| bytes.wrapping_sub(u64::from(least) * ONES) & !bytes;
    let is = |byte: u8| below(half ^ (u64::from(byte) * ONES), 1);
    let from_delete = ((half & !TOPS) + ONES) | half;
    (below(half, b' ') | is(b'"') | is(b'\\') | from_delete) & TOPS
}

#[inline]
fn has_odd(block: &[u8; BLOCK]) -> bool {
    block.iter().fold(false, |odd, &byte| odd | is_odd(byte))
}

/// Whether a byte is not written as it is, or only perhaps.
#[inline]
fn is_odd(byte: u8) -> bool {
    !(b' '..0x7F).contains(&byte) | (byte == b'"') | (byte == b'\\')
}

fn write_escape(c: char, line: &mut Vec<u8>) {
    let written = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{8}' => "\\b",
        '\u{C}' => "\\f",
        _ => return write!(line, "\\u{:04x}", c as u32).expect("the line is in memory"),
    };
    line.extend_from_slice(written.as_bytes());
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\0'..='\u{1F}' | '"' | '\\' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut line = Vec::new();
        write_string(text, &mut line);
        String::from_utf8(line).expect("UTF-8")
    }

    #[test]
    fn the_first_odd_byte_is_found_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            for other in [b'!', b' ', b'#', b'[', b'~', b'"', 0x7F, 0x80, 0xFF, 0] {
                for at in 0..24 {
                    let mut bytes = *b"So she said that it was.";
                    bytes[at] = byte;
                    bytes[(at + 5) % 24] = other;
                    let first = bytes.iter().position(|&byte| is_odd(byte)).unwrap_or(24);
                    assert_eq!(plain_length(&bytes), first, "{bytes:?}");
                    assert!((0..=24).all(|end| is_plain(&bytes[..end]) == (end <= first)), "{bytes:?}");
                }
            }
        }
    }

    #[test]
    fn every_character_is_written_wherever_it_stands() {
        for c in (0..=0xFFFF).filter_map(char::from_u32).chain(['👍']) {
            let expected =
                if c >= '\u{7F}' && is_escaped(c) { format!("\"\\u{:04x}\"", c as u32) } else { serde_json::json!(c).to_string() };
            assert_eq!(written(&c.to_string()), expected);
        }
        for c in ['"', '\n', '\u{1f}', '\u{7f}', '\u{85}', 'é', '”', '\u{2028}', '\u{2067}', '~', ' ', '!', '#', '[', ']'] {
            let escaped = written(&c.to_string());
            let escaped = &escaped[1..escaped.len() - 1];
            for before in 0..20 {
                let (before, after) = ("~".repeat(before), " !#[]é".repeat(before % 3));
                assert_eq!(written(&format!("{before}{c}{after}")), format!("\"{before}{escaped}{after}\""));
            }
        }
    }

    #[test]
    fn line_separators_and_what_a_terminal_obeys_are_escaped_and_the_rest_is_not() {
        assert_eq!(
            written("a\u{2028}b\u{2029}\u{85}é “q”\n\u{7f}\u{9b}m\u{202e}\u{61c}ش\u{2067}\u{2065}\u{a0}"),
            "\"a\\u2028b\\u2029\\u0085é “q”\\n\\u007f\\u009bm\\u202e\\u061cش\\u2067\u{2065}\u{a0}\""
        );
    }
}
