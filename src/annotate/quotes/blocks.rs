//! Block quotations: a paragraph without marks that the one before announces ("The filing reads:", "She wrote to the staff:").
//!
//! Announced means that the paragraph before ends with a colon and its last sentence has a cue of speech or writing. The block is one
//! paragraph: nothing tells where a longer one ends.

use crate::{
    annotate::lexicon::Lexicon,
    document::{Case, Gap, Quotation, QuoteFlags, Sentence, Token, TokenKind, paragraphs},
};

/// Fewest words of an announcement and of a block: "Note:" announces nothing, and a name alone is no quotation.
const ANNOUNCEMENT: usize = 3;
const BLOCK: usize = 6;

/// The block quotations of an article beside `quotes`, those in marks, in text order.
#[must_use]
pub fn blocks(text: &str, tokens: &[Token], sentences: &[Sentence], quotes: &[Quotation], lexicon: &Lexicon) -> Vec<Quotation> {
    let paragraphs = paragraphs(sentences);
    let words = |range: &std::ops::Range<usize>| range.clone().filter(|&at| tokens[at].kind == TokenKind::Word).count();
    let block = |pair: &[std::ops::Range<usize>]| {
        let (before, block) = (&pair[0], &pair[1]);
        let part = tokens[block.start].span.cover(tokens[block.end - 1].span);
        let marked = quotes.partition_point(|quote| quote.span().end() <= part.start());
        let is_free = quotes.get(marked).is_none_or(|quote| quote.span().start() > part.start() && quote.span().end() <= part.end());
        (is_announcement(text, tokens, sentences, before, lexicon)
            && words(before) >= ANNOUNCEMENT
            && words(block) >= BLOCK
            && is_prose(text, tokens, block)
            && is_free)
            .then(|| Quotation {
                parts: vec![part],
                flags: QuoteFlags { nested: quotes.get(marked).is_some_and(|q| part.contains(q.span())), ..QuoteFlags::default() },
            })
    };
    paragraphs.windows(2).filter_map(block).collect()
}

/// Whether the last sentence of a paragraph says that words follow.
fn is_announcement(text: &str, tokens: &[Token], sentences: &[Sentence], paragraph: &std::ops::Range<usize>, lexicon: &Lexicon) -> bool {
    let word = |at: usize| tokens[at].span.of(text);
    if word(paragraph.end - 1) != ":" {
        return false;
    }
    let sentence = sentences.partition_point(|sentence| sentence.tokens.range().start < paragraph.end).saturating_sub(1);
    let start = sentences.get(sentence).map_or(paragraph.start, |sentence| sentence.tokens.range().start);
    (start..paragraph.end).any(|at| tokens[at].kind == TokenKind::Word && lexicon.speakers.announces(word(at)))
}

/// Whether a paragraph is running text: no item of a list, no heading, nothing in marks from its beginning.
fn is_prose(text: &str, tokens: &[Token], paragraph: &std::ops::Range<usize>) -> bool {
    let (first, last) = (&tokens[paragraph.start], &tokens[paragraph.end - 1]);
    let ends = matches!(last.span.of(text), "." | "!" | "?" | "..." | "…" | ")") || last.kind == TokenKind::Quote;
    let on_lines = paragraph.clone().skip(1).filter(|&at| tokens[at].gap >= Gap::Line).count();
    first.kind == TokenKind::Word && first.case != Case::Lower && ends && on_lines * 6 <= paragraph.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{quotes, sentences, tokens};

    fn found(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let marked = quotes::find(text, &tokens, &sentences, &lexicon);
        blocks(text, &tokens, &sentences, &marked, &lexicon).iter().map(|block| block.span().of(text)).collect()
    }

    #[test]
    fn the_paragraph_that_is_announced_is_a_block() {
        let text = "The board sent a letter to its members on Monday. In it, Ilse Orm, the chair, wrote:\n\n\
            We have lost two winters to this quay. We will not lose a third one.\n\nMembers meet on Friday.";
        assert_eq!(found(text), ["We have lost two winters to this quay. We will not lose a third one."]);
        let text = "The filing reads:\n\nThe defendant knew of the crack and sold the boat all the same.\n";
        assert_eq!(found(text), ["The defendant knew of the crack and sold the boat all the same."]);
    }

    #[test]
    fn lists_headings_and_marks_are_none() {
        for text in [
            "She said there were three reasons:\n\n- the price of the boats\n- the wind in the straits of the north",
            "What to know about the ferry:\n\nIt leaves at nine and comes back at five in the evening.",
            "She wrote to the members:\n\n“We have lost two winters to this quay and will not lose a third.”",
            "The board said it would act:\n\nThe Ferry Of The North And Its Harbour",
            "Mr Orm said no.\n\nThe ferry left at nine and came back at five in the evening.",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
