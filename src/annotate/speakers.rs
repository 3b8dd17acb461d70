//! TODO
pub struct SpeakerLexicon;
impl SpeakerLexicon {
    pub fn english() -> Self {
        Self
    }
}
use crate::{annotate::lexicon::Lexicon, document::*};
pub fn attribute(
    _text: &str,
    _tokens: &[Token],
    _sentences: &[Sentence],
    quotes: &[Quotation],
    _mentions: &[Mention],
    _entities: &Entities,
    _lexicon: &Lexicon,
) -> Vec<Attribution> {
    quotes.iter().map(|_| Attribution { kind: QuoteKind::Direct, speaker: None, cue: None, rule: None, confidence: 0.0 }).collect()
}
