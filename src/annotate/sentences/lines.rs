//! Line breaks and lists: which line breaks end something, and which marks begin an item.

use super::Splitter;
use crate::document::{Case, Gap, Token, TokenKind};

/// Whether a line may have ended after a token, though no line break is left: a wide space after a stop says nothing.
pub(super) fn may_end_line(token: &Token) -> bool {
    !matches!(token.kind, TokenKind::Punctuation | TokenKind::Quote)
}

/// Whether more than one character's space is between two tokens.
pub(super) fn is_wide(text: &str, before: &Token, token: &Token) -> bool {
    let (start, end) = (before.span.end(), token.span.start());
    end > start + 1 && text[start..end].chars().nth(1).is_some()
}

/// Fewest characters of a rule: "-----".
pub(super) const SHORTEST_RULE: usize = 5;

impl Splitter<'_> {
    /// Whether the line of the tokens `line_start..next` ends a sentence: a line break comes before `next`.
    pub(super) fn line_ends(&self, line_start: usize, next: usize) -> bool {
        let following = &self.tokens[next];
        // Of hard-wrapped text only the breaks are left that end something.
        if following.gap == Gap::Blank || self.wrapped || self.list_marker(next).is_some() {
            return true;
        }
        let line = || self.text[self.tokens[line_start].span.start()..self.tokens[next - 1].span.end()].chars().count();
        if matches!(self.word(next), "." | ")" | ",") {
            return false; // a mark that was cut off from its line
        }
        // A line that stops in mid-sentence, and goes on in lower case: one of some length, or one whose next line ends with a stop.
        let stops = matches!(self.word(next - 1), "." | "!" | "?" | ":" | ";" | "…" | "...");
        let goes_on = following.case == Case::Lower && following.kind == TokenKind::Word && !stops;
        !(goes_on && (line() >= 40 || self.tokens[line_start].case == Case::Initial && self.line_has_stop(next)))
    }

    /// Whether the token is a dash, which begins items but also stands between words.
    pub(super) fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "-" | "–" | "—" | "*")
    }

    /// Whether the line that begins with token `start` ends with a stop, as a sentence does and an item does not.
    fn line_has_stop(&self, start: usize) -> bool {
        const LONGEST: usize = 60;
        let rest = &self.tokens[start..self.tokens.len().min(start + LONGEST)];
        let end = rest.iter().skip(1).position(|token| token.gap >= Gap::Line).map_or(rest.len(), |at| at + 1);
        matches!(self.word(start + end - 1), "." | "!" | "?") && end > 2
    }

    /// Whether something ends before `next` in the middle of a line, without a stop: at a rule of dashes, between two addresses, at the
    /// wide space that is left where line breaks were lost.
    pub(super) fn part_ends_before(&self, next: usize) -> bool {
        let Some([before, token]) = next.checked_sub(1).and_then(|before| self.tokens.get(before..=next)) else { return false };
        let is_url = |index: usize| self.tokens[index].kind == TokenKind::Address && self.word(index).starts_with("http");
        token.gap == Gap::Space
            && (self.is_rule(next, token)
                || self.is_rule(next - 1, before)
                || is_url(next - 1) && is_url(next)
                || self.lost_breaks && is_wide(self.text, before, token) && self.break_was_lost(next - 1, before, token))
    }

    /// Whether the wide space between two tokens, in a text that lost its line breaks, stands for one: "About the Port  The Port of
    /// Orm is". A wide space after a stop says nothing, and before a small letter it is a slip.
    fn break_was_lost(&self, at: usize, before: &Token, token: &Token) -> bool {
        let spaces = self.text[before.span.end()..token.span.start()].chars().all(|c| matches!(c, ' ' | '\u{A0}'));
        let ended = match before.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::Address => true,
            _ => matches!(self.word(at), "%" | "®" | "™"),
        };
        spaces && !self.wrapped && ended && token.kind == TokenKind::Word && token.case.is_capitalised()
    }

    /// Whether the token is a rule drawn in characters: "--------".
    fn is_rule(&self, at: usize, token: &Token) -> bool {
        let is_mark = matches!(token.kind, TokenKind::Punctuation | TokenKind::Symbol);
        is_mark && token.span.len() >= SHORTEST_RULE && matches!(self.word(at).as_bytes()[0], b'-' | b'_' | b'=' | b'*')
    }

    /// The list marker that starts at token `at`: "•", "1.", "1)", "1.)", "a.".
    pub(super) fn list_marker(&self, at: usize) -> Option<ListMarker> {
        let token = self.tokens.get(at)?;
        // "viii"
        const LONGEST: usize = 4;
        if token.span.len() > LONGEST || token.case.is_capitalised() {
            return None;
        }
        let word = token.span.of(self.text);
        let followed_by_text = |tokens: usize| self.tokens.get(at + tokens).is_some_and(|t| t.gap >= Gap::Space);
        if matches!(word, "•" | "⁃" | "▪" | "●" | "◦" | "‣" | "■" | "►") || self.is_dash(at) && followed_by_text(1) {
            // A number may follow the bullet: "• 9. The first item".
            let inner = self.list_marker_number(at + 1).map_or(0, |(_, tokens)| tokens);
            return Some(ListMarker { kind: Marker::Bullet, tokens: 1 + inner });
        }
        let (kind, tokens) = self.list_marker_number(at)?;
        Some(ListMarker { kind, tokens })
    }

    /// "1.", "1)", "1.)", "a.", "(a)" at token `at`, and how many tokens that is.
    fn list_marker_number(&self, at: usize) -> Option<(Marker, usize)> {
        let bracket = usize::from(self.word(at) == "(");
        let at = at + bracket;
        let word = self.word(at);
        let kind = match word.as_bytes() {
            [letter @ b'a'..=b'z'] => Marker::Letter(*letter),
            b"ii" => Marker::Roman(2),
            b"iii" => Marker::Roman(3),
            b"iv" => Marker::Roman(4),
            b"vi" => Marker::Roman(6),
            b"vii" => Marker::Roman(7),
            b"viii" => Marker::Roman(8),
            b"ix" => Marker::Roman(9),
            digits if digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) && !digits.is_empty() => {
                Marker::Number(word.parse().ok()?)
            }
            _ => return None,
        };
        let touches = |index: usize| self.tokens.get(index).is_some_and(|t| t.gap == Gap::None);
        let closing = match self.word(at + 1) {
            ")" if bracket == 1 && touches(at) && touches(at + 1) => 1 + usize::from(self.word(at + 2) == "." && touches(at + 2)),
            _ if bracket == 1 => return None,
            "." if touches(at + 1) && self.word(at + 2) == ")" && touches(at + 2) => 2,
            "." | ")" if touches(at + 1) => 1,
            _ => return None,
        };
        let text = self.tokens.get(at + 1 + closing)?;
        (text.gap == Gap::Space && text.kind != TokenKind::Number).then_some((kind, bracket + 1 + closing))
    }

    /// The marker at `next`, when it is the successor of the one that the line's list has reached. A bullet needs no list before it.
    pub(super) fn list_goes_on(&self, list: Option<ListMarker>, next: usize) -> Option<ListMarker> {
        // Without a list only a bullet counts, and no bullet is a word.
        if self.tokens[next].gap == Gap::None || list.is_none() && self.tokens[next].kind == TokenKind::Word {
            return None;
        }
        let marker = self.list_marker(next)?;
        let goes_on = match (list.map(|list| list.kind), marker.kind) {
            (_, Marker::Bullet) => !self.is_dash(next),
            (Some(reached), kind) => kind.follows(reached),
            (None, _) => false,
        };
        goes_on.then_some(marker)
    }

    /// The marker at `at`, when a list begins there in the middle of a line: its successor stands not far on.
    pub(super) fn list_begins(&self, at: usize) -> Option<ListMarker> {
        const FARTHEST: usize = 60;
        let first = self.tokens.get(at).filter(|token| token.gap == Gap::Space).and_then(|_| self.list_marker(at))?;
        if matches!(first.kind, Marker::Bullet) {
            return None;
        }
        let rest = at + first.tokens..self.tokens.len().min(at + FARTHEST);
        let successor = |next: usize| self.list_marker(next).is_some_and(|marker| marker.kind.follows(first.kind));
        rest.take_while(|&next| self.tokens[next].gap < Gap::Line)
            .any(|next| self.tokens[next].gap == Gap::Space && successor(next))
            .then_some(first)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct ListMarker {
    pub(super) kind: Marker,
    /// How many tokens the marker takes.
    pub(super) tokens: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Marker {
    Bullet,
    Number(u32),
    Letter(u8),
    Roman(u8),
}

impl Marker {
    fn follows(self, before: Self) -> bool {
        match (before, self) {
            (Marker::Number(a), Marker::Number(b)) => b == a + 1,
            (Marker::Letter(a), Marker::Letter(b)) => b == a + 1,
            (Marker::Roman(a), Marker::Roman(b)) => b == a + 1,
            // One, five and ten look like letters.
            (Marker::Letter(b'i'), Marker::Roman(2)) | (Marker::Roman(4), Marker::Letter(b'v')) => true,
            (Marker::Letter(b'v'), Marker::Roman(6)) | (Marker::Roman(9), Marker::Letter(b'x')) => true,
            _ => false,
        }
    }
}
