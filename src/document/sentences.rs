//! What `sentences` gives, and the paragraphs they stand in.

use super::TokenRange;
use crate::span::Span;

/// A sentence, headline or list item. Together the sentences cover all tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last, without the white space around.
    pub span: Span,
    /// At least one.
    pub tokens: TokenRange,
    /// 0-based number of its paragraph in the text.
    pub paragraph: u32,
}

/// The tokens of each paragraph that has any.
#[must_use]
pub fn paragraphs(sentences: &[Sentence]) -> Vec<std::ops::Range<usize>> {
    let mut paragraphs: Vec<std::ops::Range<usize>> =
        Vec::with_capacity(sentences.last().map_or(0, |last| last.paragraph as usize + 1).min(sentences.len()));
    let mut number = None;
    for sentence in sentences {
        let range = sentence.tokens.range();
        match paragraphs.last_mut() {
            Some(last) if number == Some(sentence.paragraph) => last.end = range.end,
            _ => paragraphs.push(range),
        }
        number = Some(sentence.paragraph);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}
