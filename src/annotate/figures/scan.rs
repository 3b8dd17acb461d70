//! A view of the tokens for the parsers of this layer: words compared without case, look-ups in the word lists, what touches what.
//! Every question has an answer past the ends of the text, so that no parser needs a bounds check.

use super::words::{Entry, FigureLexicon, class};
use crate::document::{Case, Gap, Token, TokenKind};
use jiff::civil::Date;

/// The number of a word in small letters.
macro_rules! word {
    ($word:literal) => {
        const { crate::annotate::lexicon::named_hash($word) }
    };
}

/// Whether a token is this word (given in small letters), in any case, or this mark: `is!(scan, i, "of")`.
macro_rules! is {
    ($scan:expr, $i:expr, $word:literal) => {
        $scan.lower($i) == $crate::annotate::figures::scan::word!($word)
    };
}

/// Whether it is one of these: `any!(scan, i, ["to", "until"])`. They are compared without a branch between them: it would be guessed wrong.
macro_rules! any {
    ($scan:expr, $i:expr, [$($word:literal),+ $(,)?]) => {{
        let lower = $scan.lower($i);
        $((lower == $crate::annotate::figures::scan::word!($word)))|+
    }};
}

pub(super) use {any, is, word};

#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) lexicon: &'a FigureLexicon,
    /// The day of publication.
    pub(super) today: Option<Date>,
}

impl<'a> Scan<'a> {
    #[inline(never)]
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).map_or("", |t| t.span.of(self.text))
    }

    fn bytes(&self, i: usize) -> &'a [u8] {
        self.tokens.get(i).map_or(&[], |t| &self.text.as_bytes()[t.span.range()])
    }

    /// The word in lower case, if it is of ASCII and short: none of those that are told apart by name is longer.
    pub(super) fn lowered<'b>(&self, i: usize, buffer: &'b mut [u8; 9]) -> &'b [u8] {
        let word = self.bytes(i);
        let Some(lower) = buffer.get_mut(..word.len()).filter(|_| word.is_ascii()) else { return &[] };
        for (lower, byte) in lower.iter_mut().zip(word) {
            *lower = byte.to_ascii_lowercase();
        }
        lower
    }

    /// The number of the word in lower case.
    pub(super) fn lower(&self, i: usize) -> u64 {
        self.tokens.get(i).map_or(0, |t| t.lower)
    }

    pub(super) fn kind(&self, i: usize) -> Option<TokenKind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    /// Whether it is a word of ASCII letters alone.
    pub(super) fn is_plain(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_plain)
    }

    pub(super) fn case(&self, i: usize) -> Case {
        self.tokens.get(i).map_or(Case::None, |t| t.case)
    }

    pub(super) fn gap(&self, i: usize) -> Gap {
        self.tokens.get(i).map_or(Gap::Blank, |t| t.gap)
    }

    /// Whether token `i` touches the one before.
    pub(super) fn touches(&self, i: usize) -> bool {
        i > 0 && self.gap(i) == Gap::None
    }

    /// Whether token `i` stands on the same line as the one before.
    pub(super) fn near(&self, i: usize) -> bool {
        self.gap(i) <= Gap::Space
    }

    pub(super) fn is_number(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Number)
    }

    pub(super) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Word)
    }

    /// "a" or "an"
    pub(super) fn is_article(&self, i: usize) -> bool {
        any!(self, i, ["a", "an"])
    }

    /// Not inlined, as some below: asked in so many places that all of them would hold more code than stays near.
    #[inline(never)]
    pub(super) fn is_hyphen(&self, i: usize) -> bool {
        any!(self, i, ["-", "\u{2010}", "\u{2011}"])
    }

    /// A hyphen, a dash or a minus sign.
    #[inline(never)]
    pub(super) fn is_dash(&self, i: usize) -> bool {
        any!(self, i, ["-", "\u{2010}", "\u{2011}", "\u{2012}", "–", "\u{2212}"])
    }

    /// A hyphen that touches the words on both sides.
    pub(super) fn joins(&self, i: usize) -> bool {
        self.touches(i) && self.touches(i + 1) && self.is_hyphen(i)
    }

    /// The next word after `i`, over a joining hyphen.
    pub(super) fn over_hyphen(&self, i: usize) -> usize {
        if self.joins(i) { i + 1 } else { i }
    }

    pub(super) fn entry(&self, i: usize) -> &'a Entry {
        match self.tokens.get(i) {
            Some(token) if matches!(token.kind, TokenKind::Word | TokenKind::Clitic) => self.lexicon.words.of(token.listed),
            _ => FigureLexicon::no_entry(),
        }
    }

    #[inline(never)]
    pub(super) fn has(&self, i: usize, classes: class::Classes) -> bool {
        self.entry(i).classes & classes != 0
    }

    /// Whether a sentence, line or quotation starts at token `i`: a capital there says nothing.
    #[inline(never)]
    pub(super) fn opens(&self, i: usize) -> bool {
        i == 0
            || self.gap(i) >= Gap::Line
            || match self.kind(i - 1) {
                Some(TokenKind::Quote) => true,
                Some(TokenKind::Punctuation) => {
                    any!(self, i - 1, [".", "!", "?", "•", "-", "—", "–", "(", ":", "...", "…", "*"])
                }
                _ => false,
            }
    }

    /// A lower-case word that can be counted or stand before what is counted.
    #[inline(never)]
    pub(super) fn is_content(&self, i: usize) -> bool {
        // "us" is none, the country is.
        self.is_word(i) && self.near(i) && (!self.has(i, class::FUNCTION) || self.word(i) == "US")
    }

    /// Whether the word looks like the plural of a noun.
    pub(super) fn is_plural(&self, i: usize) -> bool {
        if !self.is_word(i) || !self.near(i) {
            return false;
        }
        let classes = self.entry(i).classes;
        if classes & class::FUNCTION != 0 {
            return false;
        }
        let word = self.bytes(i);
        let s = word.len() > 3 && matches!(word.last(), Some(b's' | b'S')) && !matches!(word[word.len() - 2], b's' | b'u' | b'i' | b'S');
        s || classes & class::PEOPLE != 0
            || word.ends_with(b"smen")
            || word.ends_with(b"women")
            || word.len() > 2 && word.ends_with(b"s") && word[..word.len() - 1].iter().all(u8::is_ascii_uppercase)
    }
}
