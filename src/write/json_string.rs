//! A string in JSON. Some readers end a line at U+2028, U+2029 or U+0085, and a terminal that a line is printed on obeys DEL, the
//! controls from U+0080 and the marks that turn the direction of text: those are written as escapes, as JSON itself does below U+0020;
//! everything else that JSON allows stays as it is.

use std::io::Write;

/// Appends a string with its marks.
pub(super) fn write_string(text: &str, line: &mut Vec<u8>) {
    line.reserve(text.len() + 2);
    line.push(b'"');
    let mut rest = text;
    loop {
        let (plain, after) = rest.split_at(plain_length(rest));
        line.extend_from_slice(plain.as_bytes());
        let Some(c) = after.chars().next() else { break };
        write_char(c, line);
        rest = &after[c.len_utf8()..];
    }
    line.push(b'"');
}

/// How many bytes from the start are ASCII that is written as it is.
#[inline]
fn plain_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    for (at, &word) in words.iter().enumerate() {
        let odd = odd_bytes(u64::from_le_bytes(word));
        if odd != 0 {
            return at * 8 + odd.trailing_zeros() as usize / 8;
        }
    }
    let start = words.len() * 8;
    bytes[start..].iter().position(|&byte| is_odd(byte)).map_or(bytes.len(), |at| start + at)
}

/// Whether a byte is not written as it is, or only perhaps.
fn is_odd(byte: u8) -> bool {
    !matches!(byte, b' '..0x7F) || matches!(byte, b'"' | b'\\')
}

/// The top bit of the lowest of eight bytes that [`is_odd`]; bytes above it may have theirs set for a carry.
#[inline]
fn odd_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, 0x20) | is(b'"') | is(b'\\') | word.wrapping_add(ONES) | word) & ONES << 7
}

fn write_char(c: char, line: &mut Vec<u8>) {
    let mut itself = [0; 4];
    let written = match c {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\u{8}' => "\\b",
        '\u{C}' => "\\f",
        _ if is_escaped(c) => {
            write!(line, "\\u{:04x}", c as u32).expect("the line is in memory");
            return;
        }
        _ => c.encode_utf8(&mut itself),
    };
    line.extend_from_slice(written.as_bytes());
}

fn is_escaped(c: char) -> bool {
    matches!(c, '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
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
