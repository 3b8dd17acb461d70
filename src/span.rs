//! Spans of text. Inside the program every offset is a byte offset into the article's text; code points and UTF-16 units
//! exist only where a record is written, through [`CharOffsets`].

use std::ops::Range;

/// A half-open range of bytes in an article's text: `text[span.range()]` is the surface form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// A span from two byte offsets. Panics if `start > end` or an offset does not fit in 32 bits (articles are capped far below).
    #[inline]
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "span starts after its end: {start}..{end}");
        Self {
            start: u32::try_from(start).expect("articles are smaller than 4 GiB"),
            end: u32::try_from(end).expect("articles are smaller than 4 GiB"),
        }
    }

    /// Offset of the first byte.
    #[inline]
    #[must_use]
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// Offset of the byte after the last.
    #[inline]
    #[must_use]
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// Bytes it covers.
    #[inline]
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers nothing: a place between two bytes.
    #[inline]
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// For indexing the text, which must be the one the span was made for.
    #[inline]
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The text the span covers.
    #[inline]
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Whether every byte of `other` lies inside this span.
    #[inline]
    #[must_use]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte. Spans that only touch do not.
    #[inline]
    #[must_use]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[inline]
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// The unit in which a record's offsets are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum OffsetUnit {
    /// Unicode code points: Python `str` indices.
    #[default]
    CodePoint,
    /// Bytes of UTF-8: Rust, Go, DuckDB `substring` on blobs.
    Byte,
    /// UTF-16 code units: JavaScript, Java.
    Utf16,
}

/// Converts byte offsets of one text into another unit.
///
/// Costs nothing for ASCII. Otherwise the units before every eighth byte are kept, and the rest is counted on each look-up, eight bytes at
/// once.
#[derive(Debug)]
pub struct CharOffsets<'a> {
    blocks: &'a [[u8; BLOCK]],
    /// The last bytes, fewer than a block, filled up.
    rest: [u8; BLOCK],
    unit: OffsetUnit,
    /// Units before each block; empty when byte offsets can be used as they are.
    before_block: Vec<u32>,
}

const BLOCK: usize = size_of::<u64>();
/// Bytes that continue a character: they count nothing.
const CONTINUE: u64 = 0x8080_8080_8080_8080;

impl<'a> CharOffsets<'a> {
    /// Counts through `text` once; every offset asked for must be of this text.
    #[must_use]
    pub fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let (blocks, last) = text.as_bytes().as_chunks();
        let mut rest = CONTINUE.to_le_bytes();
        rest[..last.len()].copy_from_slice(last);
        let mut before_block = Vec::new();
        if unit != OffsetUnit::Byte && !text.is_ascii() {
            before_block.reserve(blocks.len() + 1);
            let mut units = 0;
            before_block.push(units);
            before_block.extend(blocks.iter().map(|&block| {
                units += units_in(u64::from_le_bytes(block), unit);
                units
            }));
        }
        Self { blocks, rest, unit, before_block }
    }

    /// The offset, in this table's unit, of the character that starts at byte `offset`.
    #[must_use]
    pub fn at(&self, offset: usize) -> usize {
        if self.before_block.is_empty() {
            return offset;
        }
        let number = offset / BLOCK;
        let from = u64::MAX << (8 * (offset % BLOCK));
        let block = u64::from_le_bytes(*self.blocks.get(number).unwrap_or(&self.rest));
        (self.before_block[number] + units_in((block & !from) | (CONTINUE & from), self.unit)) as usize
    }
}

/// A character counts at its first byte; in UTF-16 those of four bytes count twice.
#[inline]
fn units_in(bytes: u64, unit: OffsetUnit) -> u32 {
    const ONES: u64 = u64::MAX / 0xFF;
    if bytes & CONTINUE == 0 {
        return BLOCK as u32;
    }
    let bit = |number: u32| bytes >> number;
    // The top two bits of a byte that continues a character are 10.
    let mut units = (!bit(7) | bit(6)) & ONES;
    if unit == OffsetUnit::Utf16 {
        units += bit(7) & bit(6) & bit(5) & bit(4) & ONES;
    }
    // The top byte of the product is the sum of all bytes.
    (units.wrapping_mul(ONES) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
    }

    #[test]
    fn offsets_agree_with_counting_from_the_start() {
        let text = "Zoë said “no” 👍 – twice. ".repeat(20);
        for unit in [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
            let offsets = CharOffsets::new(&text, unit);
            for (at, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let expected = match unit {
                    OffsetUnit::CodePoint => text[..at].chars().count(),
                    OffsetUnit::Byte => at,
                    OffsetUnit::Utf16 => text[..at].encode_utf16().count(),
                };
                assert_eq!(offsets.at(at), expected);
            }
        }
    }

    #[test]
    fn block_boundary_at_the_end_of_the_text() {
        let text = "é".repeat(32); // exactly eight blocks
        assert_eq!(CharOffsets::new(&text, OffsetUnit::CodePoint).at(64), 32);
    }
}
