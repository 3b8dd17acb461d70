//! Noun phrases that stand for a name: "the company", "the former senator". Here: where one is and what it asks for; whom it means is
//! decided in `discourse`.

use super::lexicon::word;
use super::roles;
use super::view::{View, looks_like_verb};
use crate::document::{Gap, Gender, TokenKind};
use std::ops::Range;

/// What a noun phrase asks for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked {
    /// An organisation of one of these classes.
    Organisation { classes: u64 },
    /// A person of this role.
    Person { role: u16, gender: Option<Gender> },
    /// A person of the age that stands at this token: "the 54-year-old".
    Age(usize),
}

#[derive(Clone, Debug)]
pub(super) struct Nominal {
    pub(super) tokens: Range<usize>,
    pub(super) asked: Asked,
    /// The words between determiner and noun.
    pub(super) modifiers: Range<usize>,
}

/// Modifiers between "the" and its noun.
pub(super) const MODIFIERS: usize = 5;

/// All noun phrases of the text whose noun is one for people or organisations.
pub(super) fn read(view: &View) -> Vec<Nominal> {
    let mut nominals = Vec::with_capacity(view.openings.len());
    nominals.extend(view.openings.iter().filter_map(|&at| nominal(view, at as usize)));
    nominals
}

/// The noun phrase that opens with the determiner at `at`.
fn nominal(view: &View, at: usize) -> Option<Nominal> {
    // Of other words nothing is asked.
    const ASKED: u64 =
        word::ROLE | word::ORGANISATION | word::OTHER | word::PREPOSITION | word::AUXILIARY | word::WHO | word::THE | word::A;
    let start = at + 1;
    if let Some(nominal) = age(view, at) {
        return Some(nominal);
    }
    let reach = start..(start + MODIFIERS).min(view.tokens.len());
    for (noun, (token, &bits)) in reach.clone().zip(view.tokens[reach.clone()].iter().zip(&view.bits[reach])) {
        if token.gap > Gap::Space {
            return None;
        }
        if bits & word::WORD != 0 && bits & ASKED == 0 {
            continue;
        }
        let kind = token.kind;
        if kind == TokenKind::Punctuation {
            if matches!(view.word(noun), "-" | "‑") && view.touches_previous(noun) && view.touches_previous(noun + 1) {
                continue;
            }
            return None;
        }
        if kind != TokenKind::Word && kind != TokenKind::Number && !(view.is_possessive(noun) && view.is_taken(noun - 1)) {
            return None;
        }
        if bits & (word::PREPOSITION | word::AUXILIARY | word::WHO | word::THE | word::A) != 0 && bits & word::ROLE == 0 {
            return None;
        }
        if bits & word::OTHER != 0 && bits & word::LOWER != 0 {
            return None;
        }
        if bits & (word::ROLE | word::ORGANISATION) == 0 || view.is_taken(noun) || !ends_here(view, noun) {
            continue;
        }
        let listed = view.lexicon.organisation_noun(view.plain_hash(noun));
        let organisation = listed.map_or(0, |n| n.stands_for);
        // "the metro station"
        let after = listed.map_or("", |n| n.after);
        let before = noun - 1;
        if !after.is_empty() && before >= start && view.lower(before) && !after.split(' ').any(|word| word == view.word(before)) {
            return None;
        }
        let asked = match (organisation, roles::meaning(view, start..noun + 1)) {
            (0, Some(role)) => Asked::Person { role: role.number, gender: role.gender },
            (0, None) => return None,
            (classes, _) => Asked::Organisation { classes },
        };
        return Some(Nominal { tokens: at..noun + 1, asked, modifiers: start..noun });
    }
    None
}

/// Whether the noun phrase ends with this noun: nothing follows that would make the noun a modifier, an apposition or a new description.
fn ends_here(view: &View, noun: usize) -> bool {
    let next = noun + 1;
    let Some(token) = view.tokens.get(next) else { return true };
    if view.is_taken(next) {
        return false;
    }
    match token.kind {
        TokenKind::Punctuation => {
            !(view.touches_previous(next) && matches!(view.word(next), "-" | "‑" | "/") && view.touches_previous(next + 1))
        }
        TokenKind::Word if view.word(next) == "of" => false,
        TokenKind::Word if view.on_line(next) => {
            view.is(
                next,
                word::PREPOSITION
                    | word::CONJUNCTION
                    | word::AUXILIARY
                    | word::SAY
                    | word::WHO
                    | word::THE
                    | word::A
                    | word::PERSONAL
                    | word::IT,
            ) || looks_like_verb(view, next)
                || view.word(next).ends_with("ly")
        }
        TokenKind::Number => false,
        _ => true,
    }
}

/// "the 54-year-old"
fn age(view: &View, at: usize) -> Option<Nominal> {
    view.tokens.get(at + 1).filter(|t| t.kind == TokenKind::Number)?;
    let mut next = at + 2;
    for word in ["year", "old"] {
        if matches!(view.word(next), "-" | "‑") {
            next += 1;
        }
        if view.word(next) != word {
            return None;
        }
        next += 1;
    }
    // "the 54-year-old driver" may well be somebody else.
    if view.lower(next)
        && !view.is(next, word::AUXILIARY | word::SAY | word::CONJUNCTION | word::PREPOSITION)
        && !looks_like_verb(view, next)
    {
        return None;
    }
    Some(Nominal { tokens: at..next, asked: Asked::Age(at + 1), modifiers: at + 1..at + 1 })
}
