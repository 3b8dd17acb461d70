//! Turns of interviews and transcripts: what follows a label ("Roe:", "Q:") is somebody's words without marks around them.
//!
//! A label is one to four capitalised words and a colon at the head of a paragraph. Two labels that stand twice each make an interview:
//! "Update:" or "Price: £4" alone make none. A turn lasts to the next label; what follows the last turn's paragraph is prose.

use crate::document::{Gap, Quotation, QuoteFlags, Sentence, Token, TokenKind, paragraphs};
use crate::span::Span;
use rustc_hash::FxHashMap;

/// Longest label in tokens, its points and hyphens included.
const LABEL: usize = 8;
const LABEL_WORDS: usize = 4;
/// Labels that stand at least twice, and how often all of them stand, in an interview.
const SPEAKERS: usize = 2;
const TURNS: usize = 4;

/// One turn, with the tokens of its label.
#[derive(Clone, Debug)]
pub struct Turn {
    /// What is said, to the next label; one part for each paragraph.
    pub quotation: Quotation,
    /// Tokens of "Roe", without the colon.
    pub label: std::ops::Range<usize>,
}

/// The turns of an interview, in text order; none in other articles.
#[must_use]
pub fn turns(text: &str, tokens: &[Token], sentences: &[Sentence]) -> Vec<Turn> {
    let paragraphs = paragraphs(sentences);
    let labels: Vec<Option<std::ops::Range<usize>>> = paragraphs.iter().map(|p| label(text, tokens, p)).collect();
    let name = |label: &std::ops::Range<usize>| tokens[label.start].span.cover(tokens[label.end - 1].span).of(text);
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    for label in labels.iter().flatten() {
        *counts.entry(name(label)).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    if counts.len() < SPEAKERS || counts.values().sum::<usize>() < TURNS {
        return Vec::new();
    }
    let speaks = |at: usize| labels[at].as_ref().is_some_and(|label| counts.contains_key(name(label)));
    let Some(last) = (0..labels.len()).rev().find(|&at| speaks(at)) else { return Vec::new() };
    let mut turns: Vec<Turn> = Vec::new();
    for (at, paragraph) in paragraphs.iter().enumerate().take(last + 1) {
        let label = labels[at].clone().filter(|_| speaks(at));
        let start = label.as_ref().map_or(paragraph.start, |label| label.end + 1);
        if start >= paragraph.end {
            continue;
        }
        let part = tokens[start].span.cover(tokens[paragraph.end - 1].span);
        match (label, turns.last_mut()) {
            (Some(label), _) => {
                let quotation = Quotation { parts: vec![part], flags: QuoteFlags::default() };
                turns.push(Turn { quotation, label });
            }
            (None, Some(turn)) => {
                turn.quotation.parts.push(part);
                turn.quotation.flags.multi_paragraph = true;
            }
            // Before the first label: the introduction.
            (None, None) => {}
        }
    }
    turns
}

/// The label at the head of a paragraph, without its colon.
fn label(text: &str, tokens: &[Token], paragraph: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let word = |at: usize| tokens[at].span.of(text);
    let colon = paragraph.clone().take(LABEL + 1).find(|&at| word(at) == ":")?;
    let label = paragraph.start..colon;
    let words = label.clone().filter(|&at| tokens[at].kind == TokenKind::Word).count();
    let is_label = |at: usize| {
        let on_line = at == paragraph.start || tokens[at].gap < Gap::Line;
        on_line && (tokens[at].kind == TokenKind::Word && tokens[at].case.is_capitalised() || matches!(word(at), "." | "-" | "‑"))
    };
    let spoken = tokens.get(colon + 1).is_some_and(|next| next.gap != Gap::None);
    ((1..=LABEL_WORDS).contains(&words) && spoken && label.clone().all(is_label)).then_some(label)
}

/// Puts the turns among the quotations in marks, in text order; a turn that holds one is flagged. Answers where they are now.
pub(crate) fn merge(quotes: &mut Vec<Quotation>, turns: Vec<Turn>) -> Vec<Option<std::ops::Range<usize>>> {
    let marked: Vec<Span> = quotes.iter().map(Quotation::span).collect();
    let mut all: Vec<(Quotation, Option<std::ops::Range<usize>>)> = quotes.drain(..).map(|quote| (quote, None)).collect();
    for mut turn in turns {
        let first = marked.partition_point(|span| span.start() < turn.quotation.span().start());
        turn.quotation.flags.nested = marked.get(first).is_some_and(|span| turn.quotation.span().contains(*span));
        all.push((turn.quotation, Some(turn.label)));
    }
    // Longer first where two begin together: the turn before what it quotes.
    all.sort_by_key(|(quote, _)| (quote.span().start(), std::cmp::Reverse(quote.span().end())));
    let (merged, labels) = all.into_iter().unzip();
    *quotes = merged;
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::{lexicon::Lexicon, sentences, tokens};

    fn found(text: &str) -> Vec<(String, Vec<String>)> {
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        turns(text, &tokens, &sentences)
            .iter()
            .map(|turn| {
                let label = tokens[turn.label.start].span.cover(tokens[turn.label.end - 1].span).of(text).to_owned();
                (label, turn.quotation.parts.iter().map(|part| part.of(text).to_owned()).collect())
            })
            .collect()
    }

    #[test]
    fn turns_last_to_the_next_label_and_the_prose_after_them_is_nobodys() {
        let text = "Ilse Orm talked to us.\n\nQ: Why now?\n\nA: It rained.\n\nIt rained a lot.\n\nQ: And then?\n\nA: We left.\n\nThe lock is shut.";
        let turn = |label: &str, parts: &[&str]| (label.to_owned(), parts.iter().map(|&part| part.to_owned()).collect::<Vec<_>>());
        let wanted =
            [turn("Q", &["Why now?"]), turn("A", &["It rained.", "It rained a lot."]), turn("Q", &["And then?"]), turn("A", &["We left."])];
        assert_eq!(found(text), wanted);
    }

    #[test]
    fn lists_and_asides_are_no_interview() {
        assert_eq!(found("Update: It rained.\n\nPrice: four pounds\n\nUpdate: It rained again."), []);
        assert_eq!(found("Time: 12:30 now\n\nPlace: the lock\n\nWho: all of us\n\nWhy: rain"), []);
    }

    #[test]
    fn a_turn_that_quotes_is_flagged() {
        let text = "Orm: He said, “Go.” I went.\n\nRoe: Why?\n\nOrm: Rain.\n\nRoe: I see.";
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let mut quotes = super::super::find(text, &tokens, &sentences, &lexicon);
        let labels = merge(&mut quotes, turns(text, &tokens, &sentences));
        let shown: Vec<(&str, bool, bool)> =
            quotes.iter().zip(&labels).map(|(quote, label)| (quote.span().of(text), label.is_some(), quote.flags.nested)).collect();
        assert_eq!(shown[0], ("He said, “Go.” I went.", true, true));
        assert_eq!(shown[1], ("“Go.”", false, false));
        assert_eq!(shown.len(), 5);
    }
}
