//! Tokens in, sentences out: every token belongs to exactly one sentence, headline or list item, and every sentence to a paragraph.
//!
//! Two questions are asked, each where it can arise. At a line break: is the text hard-wrapped, so that the break is a space, or does
//! the line end a headline, an item, a paragraph? At a stop: does a sentence end, given the word before (abbreviation, initial,
//! acronym, list number) and the word after (lower case, a usual sentence starter, a name)? The method is that of rule-based
//! splitters after Mikheev (2002): classes of abbreviations, and words that usually start a sentence.

mod lexicon;
mod lines;
mod places;
mod stops;
mod wrap;

pub use lexicon::SentenceLexicon;

use super::lexicon::{Lexicon, word_hash};
use crate::{
    document::{Case, Gap, Sentence, Token, TokenRange},
    span::Span,
};
use std::cell::OnceCell;

/// Divides the text into sentences. They are in order, do not overlap, and hold every token.
#[must_use]
pub fn split(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Sentence> {
    let places::Places { lines, turns, lost_breaks } = places::Places::of(text, tokens);
    let is_careless = OnceCell::new();
    let mut splitter = Splitter { text, tokens, turns: &turns, words: &lexicon.sentences, wrapped: false, lost_breaks, is_careless };
    let Some(width) = wrap::width(text, tokens, &lines) else { return splitter.split() };
    let joined = splitter.without_wraps(width);
    splitter.tokens = &joined;
    splitter.wrapped = true;
    splitter.split()
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The tokens at which something may begin or end, in order.
    turns: &'a [u32],
    words: &'a SentenceLexicon,
    /// Whether the text is hard-wrapped; the breaks that wrapping made are then spaces in `tokens`.
    wrapped: bool,
    /// Whether wide spaces stand where line breaks were.
    lost_breaks: bool,
    /// Whether the writer leaves out capitals, once somebody has asked.
    is_careless: OnceCell<bool>,
}

impl Splitter<'_> {
    fn split(&self) -> Vec<Sentence> {
        let tokens = self.tokens;
        let mut sentences = Vec::with_capacity(tokens.len() / 12 + 2);
        let mut start = 0; // first token of the sentence
        let mut paragraph = 0;
        let mut line_start = 0; // first token of the line
        let mut list = None; // the marker of the paragraph's running list: "1." ... "2." ...
        let mut next = 0;
        let mut turns = self.turns.iter().map(|&turn| turn as usize).peekable();
        while next < tokens.len() {
            // In a list other things begin too, and at the first word of a line a list.
            if list.is_none() && (next > start || tokens[next].is_plain && next != line_start) {
                while turns.next_if(|&turn| turn < next).is_some() {}
                let Some(&turn) = turns.peek() else { break };
                next = turn;
            }
            if next == line_start {
                list = self.list_marker(next);
                if let Some(marker) = list {
                    next += marker.tokens; // its point ends nothing
                    if next >= tokens.len() {
                        break;
                    }
                    if tokens[next].gap < Gap::Line {
                        continue;
                    }
                }
            }
            if next == start
                && let Some(marker) = self.list_goes_on(list, next)
            {
                list = Some(marker);
                next += marker.tokens;
                continue;
            }
            // Does anything end before `next`?
            if next > start {
                let mut ends = false;
                if tokens[next].gap >= Gap::Line && self.line_ends(line_start, next) {
                    paragraph += 1;
                    ends = true;
                    self.push(&mut sentences, start, next, paragraph - 1);
                    start = next;
                    line_start = next;
                }
                if ends {
                    continue;
                }
                if let Some(marker) = self.list_goes_on(list, next) {
                    self.push(&mut sentences, start, next, paragraph);
                    start = next;
                    list = Some(marker);
                    next += marker.tokens;
                    continue;
                }
            }
            if self.part_ends_before(next) {
                self.push(&mut sentences, start, next, paragraph);
                start = next;
            }
            let Some(after) = self.after_stop(start, next) else {
                next += 1;
                continue;
            };
            if self.sentence_ends(start, next, after) {
                self.push(&mut sentences, start, after, paragraph);
                if after < tokens.len() && tokens[after].gap >= Gap::Line {
                    if self.line_ends(line_start, after) {
                        paragraph += 1;
                    }
                    line_start = after;
                }
                if line_start != after
                    && let Some(marker) = self.list_begins(after)
                {
                    list = Some(marker);
                    start = after;
                    next = after + marker.tokens;
                    continue;
                }
                start = after;
            }
            next = after;
        }
        self.push(&mut sentences, start, tokens.len(), paragraph);
        sentences
    }

    /// Whether a sentence may begin in lower case: the writer leaves out capitals more than once, "i" for "I".
    fn lower_case_begins(&self) -> bool {
        *self.is_careless.get_or_init(|| {
            let careless = ["i", "im", "u", "ur"].map(word_hash);
            let is_careless = |token: &&Token| careless.contains(&token.lower) && token.case == Case::Lower;
            self.tokens.iter().filter(is_careless).nth(1).is_some()
        })
    }

    fn push(&self, sentences: &mut Vec<Sentence>, start: usize, end: usize, paragraph: u32) {
        if start < end {
            let span = Span::new(self.tokens[start].span.start(), self.tokens[end - 1].span.end());
            sentences.push(Sentence { span, tokens: TokenRange::new(start, end), paragraph });
        }
    }

    fn word(&self, index: usize) -> &str {
        self.tokens.get(index).map_or("", |token| token.span.of(self.text))
    }
}

/// A line break inside a sentence ends nothing: for the layers that follow it is a space ("US$1.5" at the end of a line, "billion" on the
/// next).
pub fn join_lines(tokens: &mut [Token], sentences: &[Sentence]) {
    for (at, token) in tokens.iter_mut().enumerate() {
        if token.gap == Gap::Line && sentences.binary_search_by_key(&at, |sentence| sentence.tokens.range().start).is_err() {
            token.gap = Gap::Space;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tokens::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let lexicon = Lexicon::english();
        let tokens = tokenize(text, &lexicon.vocabulary);
        split(text, &tokens, &lexicon).iter().map(|s| s.span.of(text)).collect()
    }

    #[track_caller]
    fn check(expected: &[&str]) {
        assert_eq!(sentences(&expected.join(" ")), expected);
    }

    #[test]
    fn abbreviations_initials_and_acronyms() {
        check(&["Dr. Ada Roe met Gov. Lund of the U.S. Senate.", "He left."]);
        check(&["She lives in the U.S.", "The vote is on Jan. 5 at 9 a.m. Monday.", "It is over."]);
        check(&["Harrow Inc. Chief Executive J. K. Lund resigned.", "Harrow Inc.", "The firm said so."]);
        check(&["It was you and I.", "Did you see No. 5?", "No.", "He did not."]);
    }

    #[test]
    fn marks_after_the_stop_and_attribution() {
        check(&["“We won.", "We did it,” she said."]);
        check(&["He wrote “the bill [...] must pass” in May.", "It was . . . I forget."]);
        check(&["“Did we win?” she asked.", "“Why?” Lund asked.", "“Yes!”", "He ran."]);
        check(&["He left (he had a train.) in time.", "\"It is late.\"", "\"No.\""]);
    }

    #[test]
    fn times_units_and_degrees() {
        check(&["At 5 a.m. Mr. Roe left for the coast.", "He was back by 6 p.m.", "Ms. Roe stayed."]);
        check(&["The bag weighed 5 lb.", "Tom carried it.", "The village of 40 sq. km lies inland."]);
        check(&["She earned her Ph.D.", "Tom did not.", "Ada Roe, Ph.D. Professor of Law, spoke."]);
        check(&["The wall was built in 210 B.C.", "Workers found it in Vernon, B.C. Premier Lund came."]);
    }

    #[test]
    fn numbers_labels_and_notes() {
        check(&["See No. 5 and Vol. II of the report.", "They said no.", "He paid Rs. 500."]);
        check(&["Q. Who won?", "A. Nobody did."]);
        check(&["The rule was dropped last year.11 12", "Nobody noticed (see above).", "It was so.[3]", "They waited."]);
    }

    #[test]
    fn marks_set_apart_and_remarks_in_brackets() {
        check(&["He said : ' It is over . '", "She left .", "“All is well.”", "–Ilse Orm, Harwich"]);
        check(&["The hall was full.", "[applause and laughter]"]);
        check(&["First part", "----------", "Second part"]);
        let flattened = "It opens in May.  About the Port of Orm  The Port of Orm handles  40 ships a day.";
        assert_eq!(sentences(flattened), ["It opens in May.", "About the Port of Orm", "The Port of Orm handles  40 ships a day."]);
        assert_eq!(
            sentences("A headline\nIt opens in May, said Mayor  Ilse Orm."),
            ["A headline", "It opens in May, said Mayor  Ilse Orm."]
        );
    }

    #[test]
    fn a_careless_writer_begins_in_lower_case() {
        check(&["i saw it.", "it was late and i left.", "nobody came."]);
        check(&["I saw it. it was late and nobody came."]);
    }

    #[test]
    fn lists_in_a_line() {
        check(&["They agreed on two things.", "1. The road will be closed", "2. The bridge will not"]);
        check(&["(a) One road.", "(b) Two roads.", "(c) No road."]);
        check(&["The team won 3.", "It was a record."]);
    }

    #[test]
    fn glued_sentences() {
        assert_eq!(
            sentences("It broke a pattern.This is new, see example.com or Node.js at 3.5."),
            ["It broke a pattern.", "This is new, see example.com or Node.js at 3.5."]
        );
    }

    #[test]
    fn lines_lists_and_wrapped_text() {
        assert_eq!(
            sentences("A headline without stop\nThe story begins. It goes on"),
            ["A headline without stop", "The story begins.", "It goes on"]
        );
        assert_eq!(sentences("• one thing\n• another thing"), ["• one thing", "• another thing"]);
        assert_eq!(sentences("It offers: • one thing • another thing"), ["It offers:", "• one thing", "• another thing"]);
        assert_eq!(sentences("1. First the soup 2. Then the fish"), ["1. First the soup", "2. Then the fish"]);
        let wrapped = "The harbour board said on Tuesday that the quay would be closed for\nrepairs until the spring, and that boats should use the eastern basin\nfor as long as the works last. Fishermen were told to expect delays at\nthe fuel dock.\n\nA second paragraph.";
        assert_eq!(sentences(wrapped).len(), 3);
    }

    #[test]
    fn every_token_is_in_one_sentence_and_paragraphs_count() {
        let text = "Title\n\nOne. Two!\nThree\n- item\n\n\n“Four.”";
        let lexicon = Lexicon::english();
        let tokens = tokenize(text, &lexicon.vocabulary);
        let found = split(text, &tokens, &lexicon);
        let mut at = 0;
        for sentence in &found {
            assert_eq!(sentence.tokens.range().start, at);
            at = sentence.tokens.range().end;
        }
        assert_eq!(at, tokens.len());
        assert_eq!(found.iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 4]);
    }
}
