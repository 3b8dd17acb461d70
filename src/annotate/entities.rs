//! TODO
pub struct EntityLexicon;
impl EntityLexicon {
    pub fn english() -> Self {
        Self
    }
}
use crate::{annotate::lexicon::Lexicon, document::*};
pub fn resolve(
    _text: &str,
    _tokens: &[Token],
    _sentences: &[Sentence],
    _quotes: &[Quotation],
    _mentions: &[Mention],
    _lexicon: &Lexicon,
) -> Entities {
    Entities::default()
}
