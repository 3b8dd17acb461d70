//! What `tokens` gives: words and marks, the range of some of them, and the white space between.

use crate::span::Span;

/// A word, a number, a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes, never none.
    pub span: Span,
    /// Word or mark, and of which sort.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// What separates it from the token before.
    pub gap: Gap,
    /// Hash of the word in lower case, by which lists of words are looked up.
    pub(crate) lower: u64,
    /// Number of the word in the [vocabulary](crate::annotate::lexicon::Vocabulary), by which the lists are that are asked of every word.
    pub(crate) listed: u16,
    /// Whether it is a word of ASCII letters alone, as most are: `lower` and `case` say all of it, but for one of mixed case.
    pub(crate) is_plain: bool,
}

/// What a token is, told from its characters alone. Those that count as words come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and points: `Kopp`, `O’Brien`, `don’t`, `U.S.`, `MP3`. Hyphens divide words: `Jean` `-` `Claude`.
    Word,
    /// Starts with a digit and holds its letters: `1,400`, `3.5`, `1.2bn`, `210kWh`, `20th`, `1960s`, `5G`.
    Number,
    /// A URL, e-mail address, domain, hashtag or @handle, whole.
    Address,
    /// A clitic split from the word before it: `’s`, `’re`, `’ll`, `’ve`, `’d`, `’m`, a lone possessive `’`.
    Clitic,
    /// A quotation mark of any sort that is not an apostrophe.
    Quote,
    /// Any other mark: `.`, `,`, `—`, `(`, `...` (an ellipsis of points is one token).
    Punctuation,
    /// Currency, per cent, mathematical and other signs, emoji.
    Symbol,
}

impl TokenKind {
    /// Whether the token counts as a word of the article.
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self, TokenKind::Word | TokenKind::Number | TokenKind::Address)
    }
}

/// How a token's letters are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No cased letter: marks, numbers, most other scripts.
    None,
    /// No capital: `harbour`, `e.g.`.
    Lower,
    /// First letter upper, the rest lower; a single capital too: `Kopp`, `A`.
    Initial,
    /// Two or more letters, all upper: `ICE`, `U.S.`.
    Upper,
    /// Any other mixture: `iPhone`, `McDonald`.
    Mixed,
}

impl Case {
    /// Whether the first letter is a capital, or (`iPhone`) one follows: the token can be part of a name.
    #[must_use]
    pub fn is_capitalised(self) -> bool {
        matches!(self, Case::Initial | Case::Upper | Case::Mixed)
    }
}

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None: the tokens touch.
    None,
    /// Blanks on one line, or the break of a hard-wrapped one.
    Space,
    /// One line break.
    Line,
    /// A blank line.
    Blank,
}

/// A range of indexes into `Document::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TokenRange {
    /// The first token.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl TokenRange {
    /// The tokens `start..end`; both are below 4 Gi, as articles are.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// For indexing `Document::tokens`.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}
