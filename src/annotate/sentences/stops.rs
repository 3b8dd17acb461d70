//! Stops: which of them end a sentence, given the word before and the word after.

use super::{
    Splitter,
    lexicon::{Abbreviation, CALENDAR, CUE, STARTER, TIME},
};
use crate::document::{Case, Gap, Token, TokenKind};

/// How far the text goes on after a stop: closing marks, a note's number.
const MOST_CLOSERS: usize = 12;

impl Splitter<'_> {
    fn is(&self, at: usize, classes: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| self.words.is(token, classes))
    }

    fn abbreviation(&self, at: usize) -> Option<Abbreviation> {
        self.words.abbreviation(self.tokens.get(at)?, self.text)
    }

    /// If token `at` is a stop (or ends in one, like "U.S."), the index after it and the closing marks that belong to it. `start` is the
    /// first token of the sentence so far.
    pub(super) fn after_stop(&self, start: usize, at: usize) -> Option<usize> {
        let token = &self.tokens[at];
        let word = token.span.of(self.text);
        match token.kind {
            TokenKind::Word if word.len() > 2 && word.ends_with('.') => {}
            TokenKind::Punctuation
                if matches!(word.as_bytes()[0], b'.' | b'!' | b'?') || matches!(word, "…" | "‽") || is_wide_stop(word) => {}
            _ => return None,
        }
        let mut after = at + 1;
        while let Some(next) = self.tokens.get(after).filter(|next| !next.is_plain) {
            let belongs = match (next.gap, next.span.of(self.text)) {
                // A mark alone at the end of its line: what it closes is the sentence before, whatever its shape.
                (Gap::None | Gap::Space, _) if next.kind == TokenKind::Quote && self.ends_line(after) => true,
                (Gap::None, "." | "!" | "?" | "…" | "..." | ")" | "]" | "}") => true,
                (Gap::None, _) if next.kind == TokenKind::Number && self.word(after - 1) == "[" => true,
                (Gap::None, _) if next.kind == TokenKind::Quote => !self.opens(after),
                // A note: "done.[1] Then", "done.11 12 Then"
                (Gap::None, _) if next.kind == TokenKind::Number => self.is_note(at, after),
                (Gap::Space, _) if next.kind == TokenKind::Number && self.tokens[after - 1].kind == TokenKind::Number => {
                    self.is_note(at, after)
                }
                (Gap::None | Gap::Space, "[") => self.word(after + 2) == "]" && self.tokens[after + 1].kind == TokenKind::Number,
                (Gap::Space, "”" | "’" | "’’" | "»") => true, // a closing mark that was set apart
                (Gap::Space, "'" | "\"" | "''") => self.closes_set_apart(start, after),
                (Gap::Space, "." | "...") => true, // ". . ."
                _ => false,
            };
            if !belongs || after - at > MOST_CLOSERS {
                break;
            }
            after += 1;
        }
        Some(after)
    }

    /// Whether a line or the text ends after token `at`.
    fn ends_line(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_none_or(|next| next.gap >= Gap::Line)
    }

    /// Whether the straight mark at `at`, with spaces on both sides, closes: the sentence has opened one that it has not closed.
    fn closes_set_apart(&self, start: usize, at: usize) -> bool {
        const LONGEST: usize = 200;
        let apart = self.tokens.get(at + 1).is_none_or(|next| next.gap >= Gap::Space || next.kind == TokenKind::Punctuation);
        let mark = self.word(at);
        let same = |index: &usize| self.tokens[*index].kind == TokenKind::Quote && self.word(*index) == mark;
        apart && at - start <= LONGEST && (start..at).filter(same).count() % 2 == 1
    }

    /// Whether the number at `at` is that of a note that touches the stop: "a consultation.11 Take".
    fn is_note(&self, stop: usize, at: usize) -> bool {
        let short = self.word(at).len() <= 3 && self.word(at).bytes().all(|b| b.is_ascii_digit());
        let after_words = stop > 0 && self.tokens[stop].gap == Gap::None && self.tokens[stop - 1].kind != TokenKind::Number;
        // A single capital before it would make it a version or a section: "v.2", "A.1".
        let long = stop > 0 && (self.tokens[stop - 1].span.len() > 2 || self.word(stop - 1) == ")");
        let begins_after =
            (at + 1..at + 3).any(|next| self.tokens.get(next).is_some_and(|t| t.gap >= Gap::Space && t.case.is_capitalised()));
        short && after_words && long && begins_after && self.word(stop) == "."
    }

    /// Whether the quotation mark at `at` opens: a curly one by its shape, a straight one when a word touches it on the right only.
    fn opens(&self, at: usize) -> bool {
        match self.word(at) {
            "“" | "„" | "«" | "‘" | "‘‘" | "``" | "‚" | "‹" => true,
            "”" | "»" | "’" | "’’" | "''" | "›" => false,
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
    /// `start` is the first token of the sentence so far.
    pub(super) fn sentence_ends(&self, start: usize, stop: usize, after: usize) -> bool {
        let Some(following) = self.tokens.get(after) else { return true };
        if following.gap >= Gap::Line && !self.wrapped {
            return true;
        }
        // "He left. She": as most do.
        if following.gap == Gap::Space && following.is_plain && following.case != Case::Lower && after == stop + 1 && self.word(stop) == "."
        {
            return self.point_ends(start, stop, after, after, false);
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
        if is_wide_stop(self.word(stop)) || self.list_begins(after).is_some() && (after > stop + 1 || !self.is_label(start, stop)) {
            return true;
        }
        if following.gap == Gap::None {
            return self.glued_sentence_starts(stop, after, first, opened || after > stop + 1);
        }
        // "Washington, D.C. (ballots go out in May)", "Ann Lee Jr. (@annlee)": the brackets are the abbreviation's.
        let bracket = opened && matches!(self.word(after), "(" | "[");
        if bracket && (first_token.case == Case::Lower || first_token.kind == TokenKind::Address) && self.abbreviates(stop) {
            return false;
        }
        let begins = match first_token.kind {
            // In brackets, a remark of its own: "He left. (see below)"
            TokenKind::Word if first_token.case == Case::Lower => {
                !closed_quote && !matches!(stop_word, "..." | "…" | "..") && self.lower_case_begins() || bracket
            }
            TokenKind::Word => true,
            TokenKind::Number | TokenKind::Address => true,
            TokenKind::Symbol => true,
            TokenKind::Quote => true,
            TokenKind::Clitic => false,
            TokenKind::Punctuation => {
                let next_is_capital = self.tokens.get(first + 1).is_some_and(|t| t.case.is_capitalised());
                let dash = match self.word(first) {
                    "--" | "---" | "***" => true,
                    "-" | "–" | "—" => closed_quote || !stop_word.ends_with('.'), // “All is well.” – Ilse Orm
                    _ => false,
                };
                matches!(self.word(first), "¿" | "¡") || dash && next_is_capital
            }
        };
        if !begins {
            return false;
        }
        if !stop_word.ends_with('.') {
            // “Why?” Smith asked.  and "Yahoo! Inc." aside, a capital begins a sentence.
            return !(closed_quote && first_token.case == Case::Initial && self.cue_follows(first));
        }
        if stop_word == "." && (stop + 1..after).all(|index| self.word(index) != ".") {
            return self.point_ends(start, stop, after, first, opened || closed_quote);
        }
        if self.tokens[stop].kind == TokenKind::Word {
            return self.acronym_ends(start, stop, first);
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
        let number = before.kind == TokenKind::Number && self.word(stop) == ".";
        // After a name only what cannot be its next part: "on Tuesday.The", "on Tuesday.Mr".
        let title = self.abbreviation(first) == Some(Abbreviation::Title);
        let name = before.case == Case::Initial && before.span.len() > 2 && (title || self.is(first, STARTER));
        let one_stop = matches!(self.word(stop), "." | "!" | "?");
        let closed = marks_between && after > stop + 1;
        let ellipsis = matches!(self.word(stop), "..." | "…") && self.is(first, STARTER) && begin.span.len() > 1;
        let number = number && self.is(first, STARTER);
        let abbreviation = self.abbreviation(stop - 1).is_some_and(|class| class != Abbreviation::Number);
        ellipsis || one_stop && !abbreviation && (plain_word || number || name || closed)
    }

    /// Whether a name and a verb of saying follow: “Why?” Mary Smith asked.
    fn cue_follows(&self, first: usize) -> bool {
        let is_cue = |index: usize| self.is(index, CUE);
        (first + 1..=first + 3)
            .take_while(|&index| index == first + 1 || self.tokens.get(index - 1).is_some_and(|t| t.case.is_capitalised()))
            .any(is_cue)
            && !self.is(first, STARTER)
    }

    /// Whether the lone point at `stop` ends a sentence, when what follows could begin one.
    fn point_ends(&self, start: usize, stop: usize, after: usize, first: usize, marks_between: bool) -> bool {
        if stop == 0 {
            return true;
        }
        let before = self.tokens[stop - 1];
        let word = before.span.of(self.text);
        if self.tokens[stop].gap != Gap::None {
            return !matches!(self.abbreviation(stop - 1), Some(Abbreviation::Title | Abbreviation::Inner)); // "Mr . Roe"
        }
        let next = self.tokens.get(first).map_or("", |t| t.span.of(self.text));
        let number_follows = self.tokens.get(first).is_some_and(|t| t.kind == TokenKind::Number) || is_roman(next);
        let bare = after == stop + 1; // no closing mark between the point and what follows
        if bare && self.is_label(start, stop) {
            return false;
        }
        if before.kind != TokenKind::Word || !bare {
            return true;
        }
        if word.chars().count() == 1 && before.case == Case::Initial {
            // An initial: "J. Smith". "I" and a letter that names a thing ("Plan B. The") end before a starter.
            let initial_follows = next.len() == 1 && self.word(first + 1) == "." && self.tokens[first + 1].gap == Gap::None;
            let starts = self.is(first, STARTER) && !initial_follows && (word == "I" || !self.name_part(stop.wrapping_sub(2)));
            return starts || marks_between && !number_follows;
        }
        match self.abbreviation(stop - 1) {
            None => true,
            Some(Abbreviation::Title) => marks_between && before.case == Case::Lower,
            Some(Abbreviation::Inner) => false,
            Some(Abbreviation::Number) => !(number_follows || self.is_code(first)),
            Some(Abbreviation::Either) => !number_follows && (marks_between || self.is(first, STARTER)),
            Some(Abbreviation::Time) => self.ends_after_time(start, stop, first),
            Some(Abbreviation::Unit) => {
                let counted = stop > 1 && self.tokens[stop - 2].kind == TokenKind::Number;
                !number_follows && (marks_between || self.is(first, STARTER) || counted)
            }
            Some(Abbreviation::Degree) => self.is(first, STARTER),
        }
    }

    /// Whether the point at `stop` can be that of an abbreviation, an acronym or an initial.
    fn abbreviates(&self, stop: usize) -> bool {
        if self.tokens[stop].kind == TokenKind::Word {
            return true;
        }
        let Some(before) = stop.checked_sub(1).filter(|_| self.word(stop) == ".").map(|at| self.tokens[at]) else { return false };
        let initial = before.span.len() == 1 && before.case.is_capitalised();
        before.kind == TokenKind::Word && (initial || self.words.abbreviation(&before, self.text).is_some())
    }

    /// Whether letters and digits begin at token `at` that number something: "Booth No. P15", "Award No. EX/17-2".
    fn is_code(&self, at: usize) -> bool {
        let slash = self.word(at + 1) == "/" && self.tokens[at + 1].gap == Gap::None;
        self.word(at).bytes().any(|byte| byte.is_ascii_digit()) || slash && self.tokens[at].case.is_capitalised()
    }

    /// Whether the token could be part of a name before an initial ("Albert I.").
    fn name_part(&self, index: usize) -> bool {
        self.tokens.get(index).is_some_and(|t| t.kind == TokenKind::Word && t.case == Case::Initial && t.span.len() > 1)
            && !self.is(index, STARTER)
    }

    /// Whether the acronym at `stop` ("U.S.") ends a sentence.
    fn acronym_ends(&self, start: usize, stop: usize, first: usize) -> bool {
        match self.abbreviation(stop) {
            Some(Abbreviation::Inner) => false,
            Some(Abbreviation::Time) => self.ends_after_time(start, stop, first),
            _ if self.is(first, STARTER) => true,
            // "her Ph.D. Tom", not "Roe, Ph.D. Professor"; "in 753 B.C. Augustus", not "Vernon, B.C. Premier"
            Some(Abbreviation::Degree) => {
                stop > start && self.tokens[stop - 1].kind == TokenKind::Word && self.tokens[stop - 1].case == Case::Lower
            }
            Some(Abbreviation::Unit) => stop > start && self.tokens[stop - 1].kind == TokenKind::Number,
            _ => false,
        }
    }

    fn ends_after_time(&self, start: usize, stop: usize, first: usize) -> bool {
        let Some(next) = self.tokens.get(first) else { return true };
        if self.only_time(start, stop) {
            return self.is(first, STARTER);
        }
        if next.kind == TokenKind::Number {
            return true;
        }
        let zone = next.case == Case::Upper && next.span.len() <= 4;
        next.case.is_capitalised() && !zone && !self.is(first, CALENDAR)
    }

    /// Whether the sentence so far is a letter or a number alone, the label of what follows: "Q. What is it?", "*1. First".
    fn is_label(&self, start: usize, stop: usize) -> bool {
        const LONGEST: usize = 3;
        let label = |token: &Token| {
            token.kind == TokenKind::Word && token.span.len() == 1 || token.kind == TokenKind::Number && token.span.len() <= 2
        };
        stop > start
            && stop - start <= LONGEST
            && label(&self.tokens[stop - 1])
            && self.tokens[start..stop - 1].iter().all(|token| matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol))
    }

    /// Whether the sentence so far is nothing but a time, which cannot stand alone: "On Monday at 6 a.m. Mr. Roe arrived."
    fn only_time(&self, start: usize, stop: usize) -> bool {
        const LONGEST: usize = 16;
        stop - start <= LONGEST
            && (start..stop).all(|index| match self.tokens[index].kind {
                TokenKind::Number | TokenKind::Punctuation | TokenKind::Quote => true,
                TokenKind::Word => {
                    self.is(index, TIME | CALENDAR) || matches!(self.abbreviation(index), Some(Abbreviation::Time | Abbreviation::Either))
                }
                _ => false,
            })
    }
}

/// A Roman numeral of two signs or more, or V or X: "Vol. II".
fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word != "I" && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

/// Stops of scripts that set no space after them.
fn is_wide_stop(word: &str) -> bool {
    matches!(word, "。" | "！" | "？" | "｡" | "．")
}
