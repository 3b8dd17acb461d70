//! Pronouns where somebody else than the writer speaks: inside quotations, and in the turns of an interview.

use super::Linked;
use super::discourse::{Presence, TOPIC, Walk, Wanted, faded};
use super::lexicon::word;
use super::people::opposed;
use super::places::{ClausePlace, place};
use crate::document::{EntityKind, Gap, Gender, MentionKind, TokenKind};

/// A sentence is looked over this far to either side: it may be the whole text.
const WITHIN: usize = 100;

impl Walk<'_, '_> {
    /// "Roe: How was it?" opens a turn, which lasts to the next such label. `link` opens a sentence.
    pub(super) fn turn(&mut self, link: &Linked) {
        let start = link.tokens.start;
        let opens_line = start == 0 || self.view.tokens[start].gap >= Gap::Line;
        if opens_line && link.entity.kind == EntityKind::Person && self.view.word(link.tokens.end) == ":" {
            let speaker = Some(link.entity);
            if self.turns[0] != speaker {
                self.turns = [speaker, self.turns[0]];
            }
        }
    }

    /// "Roe: I told him, “Go.”": in an interview whoever's turn it is, where somebody is quoted.
    pub(super) fn first_person(&mut self, at: usize, end: usize) {
        let speaks = (at + 1..end.min(at + 4)).any(|t| self.view.is(t, word::SAY));
        let quotes = (at + 1..end.min(at + WITHIN)).any(|t| self.view.is_quoted(t) || self.view.tokens[t].kind == TokenKind::Quote);
        if let Some(entity) = self.turns[0].filter(|_| speaks && quotes) {
            self.tie(at..at + 1, entity, MentionKind::Pronoun, 0.8);
        }
    }

    /// "he" inside a quotation is not the speaker: somebody else who is clearly present, or left alone.
    pub(super) fn quoted(&mut self, at: usize, next: usize, gender: Gender) {
        let tokens = self.view.sentence_tokens(self.sentence);
        // The speaker stands after the quotation in its sentence, or before it, or spoke last.
        let after =
            self.links[next.min(self.links.len())..].iter().take_while(|link| link.tokens.start < tokens.end).take(4).find(|link| {
                link.entity.kind == EntityKind::Person && place(self.view, link.tokens.start, link.tokens.end) == ClausePlace::Speaker
            });
        // "“He rings every Sunday,” she says": nobody who is meant by "he" spoke.
        let other = if gender == Gender::Male { word::SHE } else { word::HE };
        let mut near = tokens.start.max(at.saturating_sub(WITHIN))..tokens.end.min(at + WITHIN);
        let says = |t: usize| self.view.is(t + 1, word::SAY) || t > 0 && self.view.is(t - 1, word::SAY);
        if after.is_none() && near.any(|t| self.view.is(t, other) && !self.view.is_quoted(t) && says(t)) {
            let wanted = Wanted { gender: Some(gender), topic: TOPIC, ..Wanted::default() };
            if let Some((Presence { entity: Some(entity), .. }, share)) = self.strongest(&wanted)
                && share > 0.66
            {
                self.tie(at..at + 1, entity, MentionKind::Pronoun, 0.5);
                self.add(Some(entity), ClausePlace::Possessor, at, None);
            }
            return;
        }
        let Some(speaker) = after.map(|link| link.entity).or(self.speaker) else { return };
        let known = self.facts.people.get(speaker.index as usize).filter(|_| speaker.kind == EntityKind::Person).and_then(|p| p.gender());
        let wanted = Wanted { gender: Some(gender), but: Some(speaker), topic: TOPIC, ..Wanted::default() };
        let Some((best, share)) = self.strongest(&wanted) else { return };
        let Some(entity) = best.entity else { return };
        let clear = faded(&best, self.sentence) > if opposed(known, Some(gender)) { 0.1 } else { 0.3 };
        if clear && share > 0.66 {
            self.tie(at..at + 1, entity, MentionKind::Pronoun, 0.5);
            self.add(Some(entity), ClausePlace::Possessor, at, None);
        }
    }
}
