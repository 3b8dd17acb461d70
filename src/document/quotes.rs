//! What `quotes` gives: stretches in quotation marks, and what is odd about them.

use crate::span::Span;

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The quoted pieces, marks included, in order; at least one. `“A,” she said, “B”` has two.
    pub parts: Vec<Span>,
    /// What is odd about it.
    pub flags: QuoteFlags,
}

impl Quotation {
    /// From the first mark of the first part to the last mark of the last.
    #[must_use]
    pub fn span(&self) -> Span {
        self.parts[0].cover(self.parts[self.parts.len() - 1])
    }
}

/// What a reader of a quotation may want to know before using it. The first three are set with the quotation, the others with its speaker.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteFlags {
    /// Opened and never closed.
    pub unclosed: bool,
    /// Runs over more than one paragraph.
    pub multi_paragraph: bool,
    /// Holds another quotation, whose words its speaker reports.
    pub nested: bool,
    /// The speaker's name stands inside the quotation (often a sign of a wrong speaker).
    pub speaker_in_quote: bool,
    /// The speaker was carried over from an earlier sentence or paragraph.
    pub carried_over: bool,
}
