//! Tokens in, sentences out: every token belongs to exactly one sentence, headline or list item, and every sentence to a paragraph.
//!
//! Two questions are asked, each where it can arise. At a line break: is the text hard-wrapped, so that the break is a space, or does
//! the line end a headline, an item, a paragraph? At a stop: does a sentence end, given the word before (abbreviation, initial,
//! acronym, list number) and the word after (lower case, a usual sentence starter, a name)? The method is that of rule-based
//! splitters after Mikheev (2002): classes of abbreviations, and words that usually start a sentence.

use super::lexicon::{Lexicon, rows};
use crate::{
    document::{Case, Gap, Sentence, Token, TokenKind, TokenRange},
    span::Span,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Divides the text into sentences. They are in order, do not overlap, and hold every token.
#[must_use]
pub fn split(text: &str, tokens: &[Token], lexicon: &Lexicon) -> Vec<Sentence> {
    let splitter = Splitter { text, tokens, words: &lexicon.sentences, wrap: wrap_width(tokens) };
    splitter.split()
}

/// Abbreviations by class, and words that tell sentence ends apart.
pub struct SentenceLexicon {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    starters: FxHashSet<&'static str>,
    calendar: FxHashSet<&'static str>,
    cues: FxHashSet<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Abbreviation {
    Title,
    Inner,
    Number,
    Either,
    Time,
}

impl SentenceLexicon {
    #[must_use]
    pub fn english() -> Self {
        let class = |name: &str| match name {
            "title" => Abbreviation::Title,
            "inner" => Abbreviation::Inner,
            "number" => Abbreviation::Number,
            "either" => Abbreviation::Either,
            "time" => Abbreviation::Time,
            _ => panic!("abbreviations.txt: unknown class {name:?}"),
        };
        let words: Vec<_> = rows(include_str!("lexicon/en/sentence_words.txt")).collect();
        let of_class = |name: &str| words.iter().filter(|row| row[1] == name).map(|row| row[0]).collect();
        Self {
            abbreviations: rows(include_str!("lexicon/en/abbreviations.txt")).map(|row| (row[0], class(row[1]))).collect(),
            starters: of_class("starter"),
            calendar: of_class("calendar"),
            cues: of_class("cue"),
        }
    }

    fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > 8 {
            return None;
        }
        self.abbreviations.get(word).copied().or_else(|| in_lower_case(word, |lower| self.abbreviations.get(lower).copied()))
    }

    fn is_starter(&self, word: &str) -> bool {
        in_lower_case(word, |lower| self.starters.contains(lower))
    }
}

/// Looks a short ASCII word up in lower case without allocating; longer and other words are in no list.
fn in_lower_case<T: Default>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; 12];
    let Some(lower) = buffer.get_mut(..word.len()) else { return T::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).map(look_up).unwrap_or_default()
}

/// Longest line of hard-wrapped text.
const WIDEST: usize = 100;

/// The width at which the text is hard-wrapped, if it is: at nearly every line break inside a block, the next word would not have
/// fitted on the line before.
fn wrap_width(tokens: &[Token]) -> Option<usize> {
    // (length of the line in bytes, length of the next line's first word) at each single line break
    let mut breaks = Vec::new();
    let mut line_start = tokens.first()?.span.start();
    for pair in tokens.windows(2) {
        if pair[1].gap >= Gap::Line {
            if pair[1].gap == Gap::Line {
                breaks.push((pair[0].span.end() - line_start, pair[1].span.len()));
            }
            line_start = pair[1].span.start();
        }
    }
    if breaks.len() < 3 {
        return None;
    }
    let width = breaks.iter().map(|&(line, _)| line).filter(|&line| line <= WIDEST).max()?;
    let wrapped = breaks.iter().filter(|&&(line, word)| is_wrap(line, word, width)).count();
    (width >= 45 && wrapped * 10 >= breaks.len() * 7).then_some(width)
}

/// Whether a word of `word` bytes would not have fitted on a line of `line` bytes. The true width is unknown and at least that of
/// the longest line; two bytes of grace allow for a mark that went with the word.
fn is_wrap(line: usize, word: usize, width: usize) -> bool {
    line <= WIDEST && line + 1 + word + 2 >= width
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a SentenceLexicon,
    wrap: Option<usize>,
}

/// How far the text goes on after a stop: closing marks, a note's number.
const MOST_CLOSERS: usize = 6;

impl Splitter<'_> {
    fn split(&self) -> Vec<Sentence> {
        let tokens = self.tokens;
        let mut sentences = Vec::with_capacity(tokens.len() / 20 + 1);
        let mut start = 0; // first token of the sentence
        let mut paragraph = 0;
        let mut line_start = 0; // first token of the line
        let mut list = None; // the marker of the paragraph's running list: "1." ... "2." ...
        let mut next = 0;
        while next < tokens.len() {
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
                } else if tokens[next].gap >= Gap::Line {
                    line_start = if self.wrap.is_some() { next } else { line_start };
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
            let Some(after) = self.after_stop(next) else {
                next += 1;
                continue;
            };
            if self.sentence_ends(next, after) {
                self.push(&mut sentences, start, after, paragraph);
                if after < tokens.len() && tokens[after].gap >= Gap::Line {
                    if self.line_ends(line_start, after) {
                        paragraph += 1;
                    }
                    line_start = after;
                }
                start = after;
                next = after;
            } else {
                next = after;
            }
        }
        self.push(&mut sentences, start, tokens.len(), paragraph);
        sentences
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

    // ---- lines -------------------------------------------------------------------------------------------------------

    /// Whether the line of the tokens `line_start..next` ends a sentence: a line break comes before `next`.
    fn line_ends(&self, line_start: usize, next: usize) -> bool {
        let following = self.tokens[next];
        if following.gap == Gap::Blank || self.list_marker(next).is_some() {
            return true;
        }
        let line = self.tokens[next - 1].span.end() - self.tokens[line_start].span.start();
        if let Some(width) = self.wrap {
            return !is_wrap(line, following.span.len(), width);
        }
        // A line of some length that stops in mid-sentence, and goes on in lower case.
        let last = self.word(next - 1);
        let stops = matches!(last, "." | "!" | "?" | ":" | ";" | "…" | "...");
        !(following.case == Case::Lower && following.kind == TokenKind::Word && !stops && line >= 40)
    }

    /// The list marker that starts at token `at`: "•", "1.", "1)", "1.)", "a.".
    fn list_marker(&self, at: usize) -> Option<ListMarker> {
        let token = self.tokens.get(at)?;
        let word = token.span.of(self.text);
        let followed_by_text = |tokens: usize| self.tokens.get(at + tokens).is_some_and(|t| t.gap >= Gap::Space);
        if matches!(word, "•" | "⁃" | "▪" | "●" | "◦" | "‣" | "■" | "►") || matches!(word, "-" | "*" | "–" | "—") && followed_by_text(1)
        {
            // A number may follow the bullet: "• 9. The first item".
            let inner = self.list_marker_number(at + 1).map_or(0, |(_, tokens)| tokens);
            return Some(ListMarker { kind: Marker::Bullet, tokens: 1 + inner });
        }
        let (kind, tokens) = self.list_marker_number(at)?;
        Some(ListMarker { kind, tokens })
    }

    /// "1.", "1)", "1.)", "a.", "(1)" at token `at`, and how many tokens that is.
    fn list_marker_number(&self, at: usize) -> Option<(Marker, usize)> {
        let word = self.word(at);
        let kind = match word.as_bytes() {
            [letter @ b'a'..=b'z'] => Marker::Letter(*letter),
            digits if digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) && !digits.is_empty() => {
                Marker::Number(word.parse().ok()?)
            }
            _ => return None,
        };
        let touches = |index: usize| self.tokens.get(index).is_some_and(|t| t.gap == Gap::None);
        let closing = match self.word(at + 1) {
            "." if touches(at + 1) && self.word(at + 2) == ")" && touches(at + 2) => 2,
            "." | ")" if touches(at + 1) => 1,
            _ => return None,
        };
        let text = self.tokens.get(at + 1 + closing)?;
        (text.gap == Gap::Space && text.kind != TokenKind::Number).then_some((kind, 1 + closing))
    }

    /// The marker at `next`, when it is the successor of the one that the line's list has reached. A bullet needs no list before it.
    fn list_goes_on(&self, list: Option<ListMarker>, next: usize) -> Option<ListMarker> {
        if self.tokens[next].gap == Gap::None {
            return None;
        }
        let marker = self.list_marker(next)?;
        let goes_on = match (list.map(|list| list.kind), marker.kind) {
            (_, Marker::Bullet) => !matches!(self.word(next), "-" | "–" | "—" | "*"),
            (Some(Marker::Number(a)), Marker::Number(b)) => b == a + 1,
            (Some(Marker::Letter(a)), Marker::Letter(b)) => b == a + 1,
            _ => false,
        };
        goes_on.then_some(marker)
    }

    // ---- stops -------------------------------------------------------------------------------------------------------

    /// If token `at` is a stop (or ends in one, like "U.S."), the index after it and the closing marks that belong to it.
    fn after_stop(&self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let word = token.span.of(self.text);
        match token.kind {
            TokenKind::Word if word.len() > 2 && word.ends_with('.') => {}
            TokenKind::Punctuation
                if matches!(word.as_bytes()[0], b'.' | b'!' | b'?') || matches!(word, "…" | "‽" | "。" | "！" | "？" | "｡") => {}
            _ => return None,
        }
        let mut after = at + 1;
        while let Some(next) = self.tokens.get(after) {
            let belongs = match (next.gap, next.span.of(self.text)) {
                (Gap::None, "." | "!" | "?" | "…" | "..." | ")" | "]" | "}") => true,
                (Gap::None, _) if next.kind == TokenKind::Quote => !self.opens(after),
                // A note: "done.[1] Then"
                (Gap::None, "[") => self.word(after + 2) == "]" && self.tokens[after + 1].kind == TokenKind::Number,
                (Gap::None, _) => after > at + 1 && self.word(after - 1) == "[",
                (Gap::Space, "”" | "’" | "''" | "»") => true, // a closing mark that was set apart
                (Gap::Space, "." | "...") => true,            // ". . ."
                _ => false,
            };
            if !belongs || after - at > MOST_CLOSERS {
                break;
            }
            after += 1;
        }
        Some(after)
    }

    /// Whether the quotation mark at `at` opens: a curly one by its shape, a straight one when a word touches it on the right only.
    fn opens(&self, at: usize) -> bool {
        match self.word(at) {
            "“" | "„" | "«" | "‘" | "``" | "‚" | "‹" => true,
            "”" | "»" | "’" | "''" | "›" => false,
            _ => {
                let touched =
                    self.tokens.get(at + 1).is_some_and(|t| t.gap == Gap::None && matches!(t.kind, TokenKind::Word | TokenKind::Number));
                touched && (self.tokens[at].gap != Gap::None || self.quote_opens_after_glue(at))
            }
        }
    }

    /// A straight mark with text on both sides, after a stop: `left.“We` glued. It opens when a capital follows.
    fn quote_opens_after_glue(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|t| t.case == Case::Initial)
    }

    /// Whether a sentence ends with the stop at `stop`, whose closing marks end before token `after`.
    fn sentence_ends(&self, stop: usize, after: usize) -> bool {
        let Some(following) = self.tokens.get(after) else { return true };
        if following.gap >= Gap::Line && self.wrap.is_none() {
            return true;
        }
        // What the sentence would begin with: past opening marks and brackets.
        let mut first = after;
        while first < self.tokens.len()
            && first - after < MOST_CLOSERS
            && (self.tokens[first].kind == TokenKind::Quote && self.opens(first) || matches!(self.word(first), "(" | "["))
        {
            first += 1;
        }
        let first_token = self.tokens.get(first).copied().unwrap_or(*following);
        let opened = first > after;
        let stop_word = self.word(stop);
        let closed_quote = (stop + 1..after).any(|index| self.tokens[index].kind == TokenKind::Quote);
        if matches!(self.word(stop), "..." | "…") && self.word(stop + 1) == "]" {
            return false; // words left out: "[...]"
        }
        if following.gap == Gap::None {
            return self.glued_sentence_starts(stop, after, first, opened || after > stop + 1);
        }
        let begins = match first_token.kind {
            TokenKind::Word => first_token.case != Case::Lower && !(first_token.case == Case::Mixed && closed_quote),
            TokenKind::Number | TokenKind::Address => true,
            TokenKind::Symbol => true,
            TokenKind::Quote => true,
            TokenKind::Clitic => false,
            TokenKind::Punctuation => matches!(self.word(first), "¿" | "¡" | "•" | "⁃" | "…" | "...") && self.word(first) != stop_word,
        };
        if !begins {
            return false;
        }
        if !stop_word.ends_with('.') {
            // “Why?” Smith asked.  and "Yahoo! Inc." aside, a capital begins a sentence.
            return !(closed_quote && first_token.case == Case::Initial && self.cue_follows(first));
        }
        if stop_word == "." && (stop + 1..after).all(|index| self.word(index) != ".") {
            return self.point_ends(stop, after, first, opened || closed_quote);
        }
        if self.tokens[stop].kind == TokenKind::Word {
            return self.acronym_ends(stop, first);
        }
        // An ellipsis: a capital after it usually begins anew; "I" and names inside go on as often as not.
        self.word(first) != "I"
    }

    /// "pattern.This": no space after the stop, yet a new sentence.
    fn glued_sentence_starts(&self, stop: usize, after: usize, first: usize, marks_between: bool) -> bool {
        let Some(begin) = self.tokens.get(first) else { return false };
        let capital = begin.kind == TokenKind::Word && begin.case == Case::Initial && begin.span.len() > 1;
        let article = begin.kind == TokenKind::Word
            && matches!(self.word(first), "A" | "I")
            && self.tokens.get(first + 1).is_some_and(|t| t.gap == Gap::Space);
        if !(capital || article) || stop == 0 || self.tokens[stop].gap != Gap::None || self.tokens[stop].kind == TokenKind::Word {
            return false;
        }
        let before = self.tokens[stop - 1];
        let plain_word = before.kind == TokenKind::Word && before.case == Case::Lower && before.span.len() > 1;
        // A name before the stop ("June.The") could be the first half of another name: only a usual starter begins anew.
        let name = before.kind == TokenKind::Word
            && before.case == Case::Initial
            && before.span.len() > 2
            && self.words.is_starter(self.word(first));
        let number = before.kind == TokenKind::Number && self.word(stop) == ".";
        let one_stop = matches!(self.word(stop), "." | "!" | "?");
        let closed = marks_between && after > stop + 1;
        one_stop && (plain_word || name || number || closed) && self.words.abbreviation(self.word(stop - 1)).is_none()
    }

    /// Whether a name and a verb of saying follow: “Why?” Mary Smith asked.
    fn cue_follows(&self, first: usize) -> bool {
        let is_cue = |index: usize| in_lower_case(self.word(index), |lower| self.words.cues.contains(lower));
        (first + 1..=first + 3)
            .take_while(|&index| index == first + 1 || self.tokens.get(index - 1).is_some_and(|t| t.case.is_capitalised()))
            .any(is_cue)
            && !self.words.is_starter(self.word(first))
    }

    /// Whether the lone point at `stop` ends a sentence, when what follows could begin one.
    fn point_ends(&self, stop: usize, after: usize, first: usize, marks_between: bool) -> bool {
        if stop == 0 || self.tokens[stop].gap != Gap::None {
            return true;
        }
        let before = self.tokens[stop - 1];
        let word = before.span.of(self.text);
        let next = self.tokens.get(first).map_or("", |t| t.span.of(self.text));
        let number_follows = self.tokens.get(first).is_some_and(|t| t.kind == TokenKind::Number);
        let bare = after == stop + 1; // no closing mark between the point and what follows
        if before.kind != TokenKind::Word || !bare {
            return true;
        }
        if word.chars().count() == 1 && before.case == Case::Initial {
            // An initial: "J. Smith". "I" and a letter that names a thing ("Plan B. The") end before a starter.
            let starts = self.words.is_starter(next) && (word == "I" || !self.name_part(stop.wrapping_sub(2)));
            return starts || marks_between && !number_follows;
        }
        match self.words.abbreviation(word) {
            None => true,
            Some(Abbreviation::Title) => marks_between && before.case == Case::Lower,
            Some(Abbreviation::Inner) => false,
            Some(Abbreviation::Number) => !number_follows,
            Some(Abbreviation::Either) => !number_follows && (marks_between || self.words.is_starter(next)),
            Some(Abbreviation::Time) => self.ends_after_time(first),
        }
    }

    /// Whether the token could be part of a name before an initial ("Albert I.").
    fn name_part(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Initial && t.span.len() > 1)
            && !self.words.is_starter(self.word(index))
    }

    /// Whether the acronym at `stop` ("U.S.") ends a sentence.
    fn acronym_ends(&self, stop: usize, first: usize) -> bool {
        match self.words.abbreviation(self.word(stop)) {
            Some(Abbreviation::Inner) => false,
            Some(Abbreviation::Time) => self.ends_after_time(first),
            _ => self.words.is_starter(self.word(first)),
        }
    }

    fn ends_after_time(&self, first: usize) -> bool {
        let Some(next) = self.tokens.get(first) else { return true };
        let zone = next.case == Case::Upper && next.span.len() <= 4;
        next.case.is_capitalised() && !zone && !in_lower_case(self.word(first), |lower| self.words.calendar.contains(lower))
    }
}

#[derive(Clone, Copy, Debug)]
struct ListMarker {
    kind: Marker,
    tokens: usize,
}

#[derive(Clone, Copy, Debug)]
enum Marker {
    Bullet,
    Number(u32),
    Letter(u8),
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::tokens::tokenize;

    fn sentences(text: &str) -> Vec<&str> {
        let tokens = tokenize(text);
        split(text, &tokens, &Lexicon::english()).iter().map(|s| s.span.of(text)).collect()
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
        let tokens = tokenize(text);
        let found = split(text, &tokens, &Lexicon::english());
        let mut at = 0;
        for sentence in &found {
            assert_eq!(sentence.tokens.range().start, at);
            at = sentence.tokens.range().end;
        }
        assert_eq!(at, tokens.len());
        assert_eq!(found.iter().map(|s| s.paragraph).collect::<Vec<_>>(), [0, 1, 1, 2, 3, 4]);
    }
}
