//! What the words beside a name tell: of which organisation a person is, and of what class an organisation.

use super::Linked;
use super::lexicon::{verb, word};
use super::roles::FoundRole;
use super::view::{View, looks_like_verb};
use crate::document::{EntityId, EntityKind, TokenKind};

/// Whether the words from the end of a person's name to an organisation's tie the two: "Roe of Acme", "Roe of the charity Acme", "Roe, who
/// runs Acme", "Roe, 54, who works for the Acme".
pub(super) fn serves(view: &View, mut at: usize, organisation: usize) -> bool {
    if organisation > at + 10 {
        return false;
    }
    // An age.
    if view.is_comma(at) && view.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number) && view.is_comma(at + 2) {
        at += 2;
    }
    if view.is_comma(at) && view.word(at + 1) == "who" {
        at += 2;
        // "who once chaired", "who has run"
        while view.is(at, word::AUXILIARY | word::ADVERB) || view.word(at).ends_with("ly") {
            at += 1;
        }
        if view.is_verb(at, verb::RUNS) {
            at += 1;
        } else if view.is_verb(at, verb::WORKS) {
            if !matches!(view.word(at + 1), "at" | "for" | "with") {
                return false;
            }
            at += 2;
        } else {
            // "who studies treaties at the Institute"
            let last = organisation.saturating_sub(1);
            let place = if view.is(last, word::THE) { last.saturating_sub(1) } else { last };
            return view.word(place) == "at" && place > at && !(at..place).any(|t| view.is_comma(t));
        }
    } else if matches!(view.word(at), "of" | "from" | "at") {
        at += 1;
    } else {
        return false;
    }
    // "the", and a noun that says what it is.
    let filler = |t: usize| view.is(t, word::THE | word::A | word::ORGANISATION | word::MODIFIER) || view.lower(t) && t + 1 == organisation;
    (at..=at + 3).contains(&organisation) && (at..organisation).all(filler)
}

/// The organisation named in the stretch that a role ties to, looked for among the neighbours of link `index`.
pub(super) fn organisation_in<'a>(links: &'a [Linked], index: usize, role: &FoundRole) -> Option<&'a Linked> {
    let nearest = index.saturating_sub(6)..(index + 7).min(links.len());
    let mut before_end = links[nearest].iter().take_while(|link| link.tokens.start < role.organisation.end);
    before_end.find(|link| link.tokens.end > role.organisation.start && link.entity.kind == EntityKind::Organisation)
}

/// The class that words beside an organisation's name tell: "the airline Acme", "Acme, a software company".
pub(super) fn class_beside(view: &View, link: &Linked) -> u64 {
    let gives = |token: usize| view.lexicon.organisation_noun(view.plain_hash(token)).map_or(0, |noun| noun.gives);
    let (start, end) = (link.tokens.start, link.tokens.end);
    let mut bits = 0;
    if start > 0 {
        // After a comma only with "the": "the airline, Acme," but not "an airline, Acme and".
        let comma = view.is_comma(start - 1);
        let mark = comma || !view.is_word(start - 1) && view.word(start - 1) == ":";
        let before = if mark && start > 1 { start - 2 } else { start - 1 };
        let the = comma && (before.saturating_sub(3)..before).any(|t| view.is(t, word::THE));
        if view.is(before, word::ORGANISATION) && view.lower(before) && !view.is_taken(before) && (!comma || the) {
            bits |= gives(before);
        }
    }
    if view.is_comma(end) && view.is(end + 1, word::A | word::THE) {
        let mut noun = None;
        for at in end + 2..end + 8 {
            if !view.is_word(at) && !view.touches_previous(at)
                || view.is(at, word::PREPOSITION | word::WHO | word::AUXILIARY | word::CONJUNCTION)
            {
                break;
            }
            if view.is(at, word::ORGANISATION) && !view.is_taken(at) {
                noun = Some(at);
            }
        }
        bits |= noun.map_or(0, gives);
    }
    bits
}

/// "Acme’s Jane Roe": the organisation whose she is.
pub(super) fn possessor(view: &View, links: &[Linked], index: usize) -> Option<EntityId> {
    let link = &links[index];
    let owner = links.get(index.checked_sub(1)?)?;
    let is_full = link.tokens.len() > 1;
    // "Acme’s Jane Roe Hall", "the court’s Jane Roe decision"
    let after = link.tokens.end;
    let text = view.word(after);
    let is_noun = view.capitalised(after) || view.is(after, word::UNLISTED) && !text.ends_with("ing") && !text.ends_with("ly");
    let goes_on = view.is_word(after) && view.on_line(after) && is_noun && !looks_like_verb(view, after);
    let owns = owner.entity.kind == EntityKind::Organisation && owner.tokens.end + 1 == link.tokens.start;
    (owns && is_full && !goes_on && view.is_possessive(owner.tokens.end)).then_some(owner.entity)
}
