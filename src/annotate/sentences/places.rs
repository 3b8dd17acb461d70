//! The tokens at which something may begin or end, found in one reading: few are, and the questions of the other files are asked of these.

use super::lines::{SHORTEST_RULE, is_wide, may_end_line};
use crate::annotate::lexicon::word_hash;
use crate::document::{Gap, Token, TokenKind};

/// What the reading tells.
pub(super) struct Places {
    /// The tokens that begin a line.
    pub(super) lines: Vec<usize>,
    /// Those at which anything may begin or end: the former; stops and words with a point; bullets, rules, and what follows one; what
    /// stands after a wide space.
    pub(super) turns: Vec<u32>,
    /// Whether wide spaces stand where line breaks were. Web pages and press releases often lost theirs: more wide spaces without a stop
    /// before them are in them than line breaks.
    pub(super) lost_breaks: bool,
}

impl Places {
    pub(super) fn of(text: &str, tokens: &[Token]) -> Self {
        let (mut lines, mut turns) = (Vec::with_capacity(tokens.len() / 32), Vec::with_capacity(tokens.len() / 8));
        let mut lost_breaks = 0;
        let stops = [".", "!", "?"].map(word_hash);
        let Some(mut before) = tokens.first() else { return Self { lines, turns, lost_breaks: false } };
        for (at, token) in tokens.iter().enumerate() {
            // All is asked at once: what a single answer will be nobody can guess, but few tokens have any of them.
            let is_set_off = (token.gap >= Gap::Line) | (token.span.start() > before.span.end() + 1);
            let is_after_rule = (before.kind != TokenKind::Word) & (before.span.len() >= SHORTEST_RULE);
            let is_long = token.span.len() > LONGEST_INSIDE[token.kind as usize][usize::from(token.is_plain)];
            let is_stop = (token.lower == stops[0]) | (token.lower == stops[1]) | (token.lower == stops[2]);
            if is_set_off | is_after_rule | is_long | is_stop {
                turns.push(at as u32);
                if token.gap >= Gap::Line {
                    lines.push(at);
                } else if is_wide(text, before, token) {
                    lost_breaks += usize::from(may_end_line(before));
                }
            }
            before = token;
        }
        Self { lost_breaks: lost_breaks > lines.len(), lines, turns }
    }
}

/// The longest token that is no turn by itself, of each kind, plain words apart. Of other words some end with a point. Marks of one byte
/// that are no stop, such as commas, are none: no item that one of them marks begins in the middle of a line.
const LONGEST_INSIDE: [[usize; 2]; 7] = {
    let mut longest = [[usize::MAX; 2]; 7];
    longest[TokenKind::Word as usize][0] = 0;
    longest[TokenKind::Address as usize][0] = 0;
    longest[TokenKind::Punctuation as usize][0] = 1;
    longest[TokenKind::Symbol as usize][0] = 0;
    longest
};
