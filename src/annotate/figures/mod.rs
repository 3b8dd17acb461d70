//! TODO
use crate::{annotate::lexicon::Lexicon, document::*};
pub struct FigureLexicon;
impl FigureLexicon {
    pub fn english() -> Self {
        Self
    }
}
pub fn find(_text: &str, _tokens: &[Token], _sentences: &[Sentence], _lexicon: &Lexicon, _date: Option<&str>) -> Vec<Figure> {
    vec![]
}
pub fn tie(_text: &str, _figures: &mut [Figure], _sentences: &[Sentence], _entities: &Entities) {}
