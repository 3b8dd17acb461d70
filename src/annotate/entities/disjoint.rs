//! Whom a pronoun cannot mean, by where it stands.

use super::Linked;
use super::discourse::{Presence, Walk};
use super::lexicon::word;
use super::places::{ClausePlace, place};
use crate::document::TokenKind;

impl Walk<'_, '_> {
    /// The names in the quotation that ends right before the token, a mark between them or none; `next` is the first link after it.
    pub(super) fn names_in_quotation_before(&self, at: usize, next: usize) -> &[Linked] {
        const MOST: usize = 16;
        let links = self.links;
        // "said he"
        let at = at - usize::from(at > 0 && self.view.is(at - 1, word::SAY));
        let ends = at > 1 && (self.view.is_quoted(at - 1) || !self.view.is_word(at - 1) && self.view.is_quoted(at - 2));
        let is_inside = |link: &&Linked| (link.tokens.start..at.saturating_sub(2)).all(|t| self.view.is_quoted(t));
        let count = if ends { links[..next.min(links.len())].iter().rev().take(MOST).take_while(is_inside).count() } else { 0 };
        &links[next.min(links.len()) - count..next.min(links.len())]
    }

    /// The names in what the subject pronoun at the token does or says, up to the next mark or clause: "he met Roe", "he said that Roe".
    /// `next` is the first link after it.
    pub(super) fn names_in_clause_after(&self, at: usize, next: usize) -> &[Linked] {
        const REACH: usize = 12;
        const MOST: usize = 3;
        let links = self.links.get(next..).unwrap_or_default();
        let sentence = self.view.sentence_tokens(self.sentence);
        // "When he left Roe wept": the name begins another clause. "She was Ann Roe": she was indeed.
        let is_named = self.view.is(at + 1, word::COPULA) && links.first().is_some_and(|link| link.tokens.start == at + 2);
        let is_opened =
            at - sentence.start < REACH && self.view.opens_clause(sentence.start) && !(sentence.start..at).any(|t| self.view.is_comma(t));
        let mark = |t: usize| self.view.tokens[t].kind == TokenKind::Punctuation && !self.view.is_stop(t) && self.view.word(t) != "-";
        let reach = if is_opened || is_named { at } else { sentence.end.min(at + REACH) };
        let end = (at + 1..reach).find(|&t| mark(t) || self.view.opens_clause(t)).unwrap_or(reach);
        let is_done_to =
            |link: &&Linked| link.tokens.start < end && place(self.view, link.tokens.start, link.tokens.end) != ClausePlace::Modifier;
        &links[..links.iter().take(MOST).take_while(is_done_to).count()]
    }

    /// Whether the pronoun cannot mean the subject right before it: "Smith criticised him", "told her that", "Smith, her daughter,".
    pub(super) fn is_object(&self, at: usize) -> bool {
        let after = at + 1;
        let ends = !self.view.is_word(after)
            || self
                .view
                .is(after, word::PREPOSITION | word::CONJUNCTION | word::AUXILIARY | word::THE | word::A | word::PERSONAL | word::SAY);
        let apposes = at > 1 && self.view.is_comma(at - 1) && self.view.is_taken(at - 2);
        apposes || matches!(self.view.word(at), "him" | "Him") || self.view.word(at) == "her" && ends
    }

    /// Whether a person is the last subject before the pronoun at `at`, and no verb of saying stands between ("Smith said it had hurt him").
    pub(super) fn is_subject_of(&self, presence: &Presence, at: usize) -> bool {
        let near = presence.sentence == self.sentence && presence.token < at && at - presence.token < 10;
        let is_last = || !self.present.iter().any(|p| p.subject && p.sentence == self.sentence && p.token > presence.token && p.token < at);
        let says = || (presence.token..at).any(|t| self.view.is(t, word::SAY));
        near && (at - presence.token < 4 || presence.subject && is_last() && !says())
    }
}
