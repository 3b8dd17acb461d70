//! A stream of many articles -> one piece of bytes for each, without ever holding more than one: the lines of JSON Lines, the elements
//! of a JSON array. Nothing is parsed here; that is done in parallel later.

use std::io::{self, BufRead};

use super::compression::Stream;

/// What the next place in a container holds.
pub(super) enum Piece {
    /// The bytes of one record and the line it starts on (1-based).
    Record { bytes: Vec<u8>, line: u64 },
    /// A record over the size limit; its bytes were passed over.
    TooLarge { line: u64 },
    /// Something between records that should not be there; the rest of the file cannot be read.
    Broken { line: u64, problem: &'static str },
}

/// The lines that are not empty, one after the other.
pub(super) struct Lines {
    stream: Stream,
    line: u64,
    limit: usize,
}

impl Lines {
    pub(super) fn new(stream: Stream, limit: usize) -> Self {
        Self { stream, line: 0, limit }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            let mut bytes = Vec::new();
            self.line += 1;
            let read = io::Read::take(&mut self.stream, (self.limit as u64).saturating_add(2)).read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(None);
            }
            let whole = bytes.last() == Some(&b'\n');
            let kept = bytes.trim_ascii_end().len();
            bytes.truncate(kept);
            if kept > self.limit || (!whole && read > self.limit) {
                if !whole {
                    self.stream.skip_until(b'\n')?;
                }
                return Ok(Some(Piece::TooLarge { line: self.line }));
            }
            if !bytes.trim_ascii_start().is_empty() {
                return Ok(Some(Piece::Record { bytes, line: self.line }));
            }
        }
    }
}

/// The elements of a JSON array, or objects one after the other. Elements are told apart by counting brackets outside strings; whether
/// each is sound is seen when it is parsed.
pub(super) struct Elements {
    stream: Stream,
    line: u64,
    limit: usize,
    state: ArrayState,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ArrayState {
    /// Nothing was read yet.
    Start,
    /// Inside the array.
    Array,
    /// Between objects that no array holds.
    Loose,
    /// Behind an array. Arrays one after the other are what `cat a.json b.json` makes.
    Behind,
    /// After the array, or after what could not be understood.
    Done,
}

impl Elements {
    pub(super) fn new(stream: Stream, limit: usize) -> Self {
        Self { stream, line: 1, limit, state: ArrayState::Start }
    }

    /// Whether what was given so far is all there is and was one object: then the file is the article.
    pub(super) fn was_single(&mut self) -> bool {
        self.state == ArrayState::Loose && matches!(self.peek(), Ok(None))
    }

    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        loop {
            if self.state == ArrayState::Done {
                return Ok(None);
            }
            let Some(byte) = self.peek()? else {
                let inside = self.state == ArrayState::Array;
                self.state = ArrayState::Done;
                return Ok(inside.then_some(Piece::Broken { line: self.line, problem: "the array is not closed: the file is cut off" }));
            };
            match (byte, self.state) {
                (b'[', ArrayState::Start | ArrayState::Behind) => self.state = ArrayState::Array,
                (b',', ArrayState::Array) => {}
                (b']', ArrayState::Array) => self.state = ArrayState::Behind,
                (b']' | b'}' | b',' | b':', _) => {
                    self.state = ArrayState::Done;
                    return Ok(Some(Piece::Broken { line: self.line, problem: "a bracket or comma where an object should start" }));
                }
                _ => {
                    if self.state == ArrayState::Start {
                        self.state = ArrayState::Loose;
                    }
                    return self.element().map(Some);
                }
            }
            self.stream.consume(1);
        }
    }

    /// The next byte that is not white space, left in the stream.
    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let blank = buffer.len() - buffer.trim_ascii_start().len();
            self.line += buffer[..blank].iter().filter(|&&byte| byte == b'\n').count() as u64;
            let next = buffer.get(blank).copied();
            self.stream.consume(blank);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    fn element(&mut self) -> io::Result<Piece> {
        let start = self.line;
        let mut bytes = Vec::new();
        let (mut depth, mut in_string, mut escaped, mut large, mut ended) = (0_u64, false, false, false, false);
        while !ended {
            let buffer = self.stream.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            let mut used = 0;
            for &byte in buffer {
                if in_string {
                    (escaped, in_string) = (byte == b'\\' && !escaped, byte != b'"' || escaped);
                } else {
                    match byte {
                        b'"' => in_string = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 0 => {
                            depth -= 1;
                            ended = depth == 0;
                        }
                        // A bare number or word ends before what divides it from the next.
                        b',' | b'}' | b']' if depth == 0 => {
                            ended = true;
                            break;
                        }
                        _ => {}
                    }
                }
                self.line += u64::from(byte == b'\n');
                used += 1;
                if ended {
                    break;
                }
            }
            large |= bytes.len() + used > self.limit;
            if large {
                bytes = Vec::new();
            } else {
                bytes.extend_from_slice(&buffer[..used]);
            }
            self.stream.consume(used);
        }
        Ok(if large { Piece::TooLarge { line: start } } else { Piece::Record { bytes, line: start } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &str) -> Stream {
        // A tiny buffer, so that every piece crosses its edge.
        Box::new(io::BufReader::with_capacity(3, io::Cursor::new(text.as_bytes().to_vec())))
    }

    fn shown(piece: Piece) -> String {
        match piece {
            Piece::Record { bytes, line } => format!("{line} {}", String::from_utf8_lossy(&bytes)),
            Piece::TooLarge { line } => format!("{line} too large"),
            Piece::Broken { line, .. } => format!("{line} broken"),
        }
    }

    fn lines(text: &str, limit: usize) -> Vec<String> {
        let mut lines = Lines::new(stream(text), limit);
        std::iter::from_fn(|| lines.next().unwrap()).map(shown).collect()
    }

    fn elements(text: &str, limit: usize) -> Vec<String> {
        let mut elements = Elements::new(stream(text), limit);
        std::iter::from_fn(|| elements.next().unwrap()).map(shown).collect()
    }

    #[test]
    fn lines_skip_the_empty_and_cap_the_long() {
        assert_eq!(lines("{a}\r\n\n  \n{b}", 10), ["1 {a}", "4 {b}"]);
        assert_eq!(lines("{a}\n{longer than ten}\n{b}\n", 10), ["1 {a}", "2 too large", "3 {b}"]);
        assert_eq!(lines("1234567890\n12345678901\nx", 10), ["1 1234567890", "2 too large", "3 x"]);
        assert_eq!(lines("", 10), [""; 0]);
    }

    #[test]
    fn elements_of_arrays_and_loose_objects() {
        assert_eq!(elements(r#" [{"a": "]}\""}, {"b": [1, {}]},3 ] "#, 99), [r#"1 {"a": "]}\""}"#, r#"1 {"b": [1, {}]}"#, "1 3 "]);
        assert_eq!(elements("{\n\"a\": 1}\n{}", 99), ["1 {\n\"a\": 1}", "3 {}"]);
        assert_eq!(elements("[]", 99), [""; 0]);
        assert_eq!(elements("[{}, {\"a\": \"longer than ten\"}, {}]", 10), ["1 {}", "1 too large", "1 {}"]);
        assert_eq!(elements("[{},\n", 99), ["1 {}", "2 broken"]);
        // What stands behind an array is not lost, and what is no article there is told.
        assert_eq!(elements("[{}, 1]\n[2]{\"a\": 3}\n[]", 99), ["1 {}", "1 1", "2 2", "2 {\"a\": 3}"]);
        assert_eq!(elements("[{}]]", 99), ["1 {}", "1 broken"]);
        assert_eq!(elements("]", 99), ["1 broken"]);
        assert_eq!(elements("[{\"a\": 1", 99), ["1 {\"a\": 1", "1 broken"]);
    }
}
