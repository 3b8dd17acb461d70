//! TODO
pub struct SentenceLexicon;
impl SentenceLexicon {
    pub fn english() -> Self {
        Self
    }
}
use crate::{annotate::lexicon::Lexicon, document::*, span::Span};
pub fn split(text: &str, tokens: &[Token], _lexicon: &Lexicon) -> Vec<Sentence> {
    // placeholder until the real splitter lands: a stop followed by a gap
    let mut out: Vec<Sentence> = vec![];
    let mut start = 0;
    let mut paragraph = 0;
    for i in 0..tokens.len() {
        let last = i + 1 == tokens.len();
        let stop = matches!(tokens[i].span.of(text), "." | "?" | "!" | "”" | "\"")
            && (tokens[i].span.of(text) != "”" && tokens[i].span.of(text) != "\""
                || i > 0 && matches!(tokens[i - 1].span.of(text), "." | "?" | "!"));
        if last || tokens[i + 1].gap >= Gap::Line || (stop && tokens[i + 1].gap >= Gap::Space && tokens[i + 1].case != Case::Lower) {
            out.push(Sentence {
                span: Span::new(tokens[start].span.start(), tokens[i].span.end()),
                tokens: TokenRange::new(start, i + 1),
                paragraph,
            });
            start = i + 1;
            if !last && tokens[i + 1].gap >= Gap::Line {
                paragraph += 1;
            }
        }
    }
    out
}
