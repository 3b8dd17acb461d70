//! Which tokens are quotation marks, and which side of a quotation each stands on: by its shape and by what touches it.

use super::Finder;
use crate::document::{Gap, Token, TokenKind};

/// Whether the character can be a quotation mark, alone or doubled. `’`, `'` and `` ` `` are other things as well.
pub(crate) fn is_quotation_mark(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '\''
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '`'
            | '´'
            | '＂'
            | '「'
            | '」'
            | '『'
            | '』'
    )
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    /// Closes what is open, else opens.
    Either,
    /// A single mark that may as well be an apostrophe ("the workers’ rights"): closes only where nothing better follows.
    Doubtful,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) token: usize,
    pub(super) family: Family,
    pub(super) side: Side,
    /// Single marks: a better one to close with follows before the next that opens.
    pub(super) closes_later: bool,
}

impl Finder<'_> {
    /// Fills `marks` with those of the tokens `start..end` that can be quotation marks.
    pub(super) fn read_marks(&mut self, start: usize, end: usize) {
        self.marks.clear();
        let tokens = self.tokens;
        for (at, token) in (start..end).zip(&tokens[start..end]) {
            if token.kind == TokenKind::Quote
                && let Some((family, side)) = self.reading(at, start, end)
            {
                self.marks.push(Mark { token: at, family, side, closes_later: false });
            }
        }
        let (mut closes, mut may_close) = (false, false);
        for mark in self.marks.iter_mut().rev().filter(|m| m.family == Family::Single) {
            mark.closes_later = closes || may_close && mark.side == Side::Open;
            match mark.side {
                Side::Close => closes = true,
                Side::Open => (closes, may_close) = (false, false),
                Side::Either | Side::Doubtful => may_close = true,
            }
        }
    }

    /// What sort of mark the token is; `None` for apostrophes, feet and inches.
    fn reading(&self, at: usize, start: usize, end: usize) -> Option<(Family, Side)> {
        let tokens = self.tokens;
        let mark = tokens[at].span.of(self.text);
        let before = (at > start && tokens[at].gap == Gap::None).then(|| &tokens[at - 1]);
        let touches_left = before.is_some_and(|t| match t.kind {
            TokenKind::Quote => self.marks.last().is_some_and(|m| m.token + 1 == at && m.side != Side::Open),
            TokenKind::Punctuation => !matches!(t.span.of(self.text).chars().next(), Some('(' | '[' | '{' | '-' | '—' | '–' | '―' | '/')),
            TokenKind::Symbol => t.span.of(self.text) != "=" && t.span.of(self.text) != ">",
            _ => true,
        });
        // Past marks that touch one another ('"I) to what they enclose.
        let mut next = at + 1;
        while next < end && next < at + 4 && tokens[next].kind == TokenKind::Quote && tokens[next].gap == Gap::None {
            next += 1;
        }
        let after = (next < end && tokens[next].gap == Gap::None).then(|| &tokens[next]);
        let touches_right = after.is_some_and(|t| match t.kind {
            TokenKind::Punctuation => {
                !matches!(
                    t.span.of(self.text).chars().next(),
                    Some(',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '—' | '–' | '-' | '/')
                ) || t.span.of(self.text).starts_with("..") && !touches_left
            }
            TokenKind::Symbol => t.span.of(self.text) != "<",
            TokenKind::Clitic => false,
            _ => true,
        });
        let by_touch = match (touches_left, touches_right) {
            (false, true) => Side::Open,
            (true, false) => Side::Close,
            _ => Side::Either,
        };
        let side = match mark {
            "\"" | "＂" | "''" => {
                // 5'10": a number, its feet mark and a number before this one.
                let inches = before.is_some_and(|t| t.kind == TokenKind::Number)
                    && at >= start + 3
                    && tokens[at - 1].gap == Gap::None
                    && matches!(tokens[at - 2].span.of(self.text), "'" | "’" | "′")
                    && tokens[at - 2].gap == Gap::None
                    && tokens[at - 3].kind == TokenKind::Number;
                if inches {
                    return None;
                }
                by_touch
            }
            "“" | "‘‘" | "‟" => {
                // ‘“We go. “’: with nothing behind it to open, it was meant to close.
                if by_touch == Side::Close || by_touch == Side::Either && !touches_left && (at + 1 == end || after.is_some()) {
                    Side::Either
                } else {
                    Side::Open
                }
            }
            "”" | "’’" => {
                if by_touch == Side::Open {
                    Side::Either
                } else {
                    Side::Close
                }
            }
            "„" | "«" | "「" | "『" | "``" => {
                if by_touch == Side::Close {
                    Side::Either
                } else {
                    Side::Open
                }
            }
            "»" | "」" | "』" => {
                if by_touch == Side::Open {
                    Side::Either
                } else {
                    Side::Close
                }
            }
            _ => return self.single(mark, at, before, after, by_touch).map(|side| (Family::Single, side)),
        };
        Some((Family::Double, side))
    }

    fn single(&self, mark: &str, at: usize, before: Option<&Token>, after: Option<&Token>, by_touch: Side) -> Option<Side> {
        match by_touch {
            Side::Open => {
                let next = after?;
                let word = next.span.of(self.text);
                let elision = match next.kind {
                    // ’90s, ’16
                    TokenKind::Number => {
                        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
                        digits == 2 && matches!(&word[digits..], "" | "s")
                    }
                    TokenKind::Word => self.elides(word),
                    _ => false,
                };
                // A mark of closing shape rarely opens.
                (!elision && !matches!(mark, "’" | "´" | "›")).then_some(Side::Open)
            }
            Side::Close => {
                if matches!(mark, "‘" | "‹" | "‚" | "‛") {
                    return None;
                }
                let previous = before?;
                let word = previous.span.of(self.text);
                let lower_word_follows =
                    self.tokens.get(at + 1).is_some_and(|t| t.gap == Gap::Space && matches!(t.kind, TokenKind::Word | TokenKind::Number));
                let last = word.as_bytes().last().map(u8::to_ascii_lowercase);
                // "the kids’ gifts", "goin’ home", "Chips N’ Dips"
                let elides = matches!(last, Some(b's' | b'z' | b'x')) || word.ends_with("in") || word.eq_ignore_ascii_case("n");
                let can_elide = previous.kind == TokenKind::Word && elides;
                Some(if can_elide && lower_word_follows { Side::Doubtful } else { Side::Close })
            }
            // "I thought --’ he said"
            _ => (mark == "’" && before.is_some() && after.is_none()).then_some(Side::Close),
        }
    }

    fn elides(&self, word: &str) -> bool {
        word.len() <= 8 && self.lexicon.quotes.elisions.contains(word.to_ascii_lowercase().as_str())
    }
}
