//! Step 5: the names in the text: people, organisations and, as contrast classes, places and other names.
//!
//! A linear sequence tagger (structured averaged perceptron, BIO labels; Collins 2002) over hashed features of words, shapes,
//! neighbours, word clusters, gazetteers and runs of capitalised tokens. Only tokens that can be part of a name are scored. A second
//! pass reads the first one's labels over the whole article, so that a full name explains its surname and an expansion its acronym.
//! The weights and all word knowledge are one file, `model.bin`; `MODEL.md` says what it is made of.

mod document_pass;
mod features;
mod label;
mod mentions;
mod model;
mod tagger;
#[cfg(feature = "train")]
pub mod train;
mod words;

pub use mentions::NameLexicon;
pub use model::{Model, ModelError};

use crate::annotate::lexicon::Lexicon;
use crate::document::{Mention, Sentence, Token};

/// Finds the names of an article, in text order, not overlapping.
#[must_use]
pub fn find(text: &str, tokens: &[Token], sentences: &[Sentence], model: &Model, lexicon: &Lexicon) -> Vec<Mention> {
    let tagged = tagger::tag(text, tokens, sentences, model);
    mentions::collect(text, tokens, &tagged, model, &lexicon.names)
}
