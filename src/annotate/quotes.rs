//! TODO
pub struct QuoteLexicon;
impl QuoteLexicon {
    pub fn english() -> Self {
        Self
    }
}
use crate::{annotate::lexicon::Lexicon, document::*};
pub fn find(_text: &str, _tokens: &[Token], _sentences: &[Sentence], _lexicon: &Lexicon) -> Vec<Quotation> {
    vec![]
}
