//! The document: an article's text and the layers found in it. One `Vec` per layer, in text order; every layer points into the
//! text by [`Span`](crate::Span)s (bytes) and owns no copy of it, but for names and values that the text does not hold as such.
//!
//! Read this folder to know what each step of `annotate/` gives to the next: a file for each layer, named as its step is.

mod entities;
mod figures;
mod named_values;
mod names;
mod quotes;
mod sentences;
mod speakers;
mod tokens;

pub use entities::{Entities, Entity, EntityId, EntityKind, EntityMention, Gender, GenderBasis, MentionKind};
pub use figures::{Approx, Day, Figure, FigureKind, RangeRole, Trend};
pub use names::{Mention, NameType};
pub use quotes::{Quotation, QuoteFlags};
pub use sentences::{Sentence, paragraphs};
pub use speakers::{Attribution, Cue, QuoteKind, Speaker, SpeakerMention};
pub use tokens::{Case, Gap, Token, TokenKind, TokenRange};

use crate::article::Article;
use std::borrow::Cow;

/// An article with its layers. The text is the article's; the document borrows it.
#[derive(Debug)]
pub struct Document<'a> {
    /// Whose layers these are.
    pub article: &'a Article,
    /// ISO 639-1, when there is enough text to tell.
    pub language: Option<&'static str>,
    /// All words and marks; nothing but white space lies between them.
    pub tokens: Vec<Token>,
    /// Every token is in one.
    pub sentences: Vec<Sentence>,
    /// The stretches in quotation marks, terms and titles too. One that holds another is given, the inner one is not.
    pub quotes: Vec<Quotation>,
    /// Numbers and dates, none inside another.
    pub figures: Vec<Figure>,
    /// Names as the tagger left them; `entities` hold the mended ones.
    pub mentions: Vec<Mention>,
    /// Who is who.
    pub entities: Entities,
    /// One for each of `quotes`, in the same order.
    pub attributions: Vec<Attribution>,
    /// Stable codes: `unbalanced_quotes`, `not_english`, `truncated` (of more figures than are kept), `duplicate_of:ID` and those of the
    /// article.
    pub warnings: Vec<Cow<'static, str>>,
}

impl<'a> Document<'a> {
    /// The document of an article that was not analysed: one that could not be read, say.
    #[must_use]
    pub fn without_layers(article: &'a Article) -> Self {
        Self {
            article,
            language: None,
            tokens: Vec::new(),
            sentences: Vec::new(),
            quotes: Vec::new(),
            figures: Vec::new(),
            mentions: Vec::new(),
            entities: Entities::default(),
            attributions: Vec::new(),
            warnings: article.warnings.clone(),
        }
    }

    /// The article's text, into which all spans point.
    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// Number of word tokens.
    #[must_use]
    pub fn words(&self) -> usize {
        // Added up, and not filtered: at every fourth token the processor would guess wrong.
        self.tokens.iter().map(|token| usize::from(token.kind.is_word())).sum()
    }

    /// Index of the sentence that holds the byte at `offset`, or the last one that starts before it; 0 when there is none.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.start() <= offset).saturating_sub(1)
    }
}
