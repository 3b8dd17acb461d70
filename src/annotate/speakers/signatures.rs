//! Names that sign a quotation: a dash and a name right after it, as under testimonials, tweets and mottoes (‘“We go.” — Ilse Orm’), or a
//! name and what its bearer is, on a line to the end ("Ilse Orm, Harwich Times"). What the learnt evidence knows is news, where a dash opens
//! an aside and a name has a verb, so that a signature is read by rule.

use super::{
    candidates::CandidateKind,
    edges::{Ending, Lead},
    features::Surroundings,
    scene::{QuotePlace, Scene},
    words::Class,
};
use crate::document::{Gap, TokenKind};

/// Titles between the dash and the name, in tokens ("— Secretary of State Ann Lee").
const TITLES: usize = 5;
/// Fewer words than this are a motto or a term.
const WORDS: usize = 3;

/// Longest line that signs without a dash, in tokens.
pub(super) const LINE: usize = 14;

/// The candidate that signs the quotation: a name, or "a verified buyer", between a dash and what cannot go on with a verb; without a dash
/// a name and what follows its comma.
pub(super) fn signer(scene: &Scene, place: &QuotePlace, around: &Surroundings) -> Option<usize> {
    let dash = place.whole_end;
    if place.words < WORDS || place.end != dash || scene.tokens.get(dash).is_none() {
        return None;
    }
    if scene.classes[dash] != Class::Dash {
        return on_a_line(scene, place);
    }
    // A line of its own ends the whole paragraph; a byline under an article (‘– Ann Lee’) signs no quotation within one.
    let below = dash >= place.paragraph_end || scene.tokens[dash].gap >= Gap::Line;
    let stands_alone = place.start == place.paragraph_start;
    if !(stands_alone || !below && is_whole(scene, place, around)) {
        return None;
    }
    let from = dash + 1;
    let index = scene.candidates.partition_point(|candidate| candidate.start < from);
    let candidate = scene.candidates.get(index).filter(|candidate| candidate.start <= from + TITLES)?;
    let signs = matches!(
        candidate.kind,
        CandidateKind::Person
            | CandidateKind::Organisation
            | CandidateKind::OtherName
            | CandidateKind::Capitals
            | CandidateKind::PersonNoun
            | CandidateKind::PeopleNoun
            | CandidateKind::OrganisationNoun
    );
    let titles = (from..candidate.start).all(|at| matches!(scene.classes[at], Class::Capital | Class::Of) || scene.word(at) == ".");
    let on_line = (from..candidate.end).all(|at| scene.tokens[at].gap < Gap::Line);
    let ends = scene.tokens.get(candidate.end).is_none_or(|next| {
        next.gap >= Gap::Line
            || scene.quoted[candidate.end]
            || matches!(
                scene.classes[candidate.end],
                Class::Comma | Class::Bracket | Class::Stop | Class::Dash | Class::Quote | Class::Of | Class::Preposition | Class::Number
            )
            || scene.sentence_of(candidate.end) > scene.sentence_of(candidate.start)
    });
    (signs && titles && on_line && ends && !leads_up(scene, candidate.end)).then_some(index)
}

/// The person whose name, with a comma and a house or an office, is all that follows a quotation on its line, or stands on the line below.
fn on_a_line(scene: &Scene, place: &QuotePlace) -> Option<usize> {
    let from = place.whole_end;
    if place.start != place.paragraph_start {
        return None;
    }
    let ends_line = |at: &usize| scene.tokens.get(at + 1).is_none_or(|next| next.gap >= Gap::Line);
    let last = (from..from + LINE).find(ends_line)?;
    let index = scene.candidates.partition_point(|candidate| candidate.start < from);
    let candidate = scene.candidates.get(index).filter(|candidate| candidate.start == from && candidate.kind == CandidateKind::Person)?;
    let comma = candidate.end;
    let rest = comma + 1..last + 1;
    let of_office = |at: usize| {
        let class = scene.classes[at];
        !scene.quoted[at]
            && matches!(
                class,
                Class::Capital | Class::Of | Class::Determiner | Class::And | Class::Other | Class::Preposition | Class::Comma
            )
    };
    let signs = comma < last && scene.classes[comma] == Class::Comma && scene.tokens[last].kind == TokenKind::Word;
    (signs && rest.into_iter().all(of_office)).then_some(index)
}

/// Whether what begins at `at` leads up to another quotation: "– Ilse Orm, Kent: “…” – Ann Lee, Harwich: “…”".
fn leads_up(scene: &Scene, at: usize) -> bool {
    const REACH: usize = 16;
    let end = scene.sentences.get(scene.sentence_of(at - 1)).map_or(at, |sentence| sentence.tokens.range().end);
    let line = (at..end.min(at + REACH)).take_while(|&t| scene.tokens[t].gap < Gap::Line && !scene.quoted[t]);
    line.last().is_some_and(|last| scene.classes[last] == Class::Colon)
}

/// Whether the quotation is whole sentences, and no part of the writer's.
fn is_whole(scene: &Scene, place: &QuotePlace, around: &Surroundings) -> bool {
    let begins = scene.tokens.get(place.start + 1).is_some_and(|first| !first.kind.is_word() || first.case.is_capitalised());
    let free = match around.lead {
        Lead::Colon => !is_ascribed_by_colon(scene, place),
        lead => lead.begins_sentence() || lead == Lead::Other,
    };
    begins && free && (around.ending.ends_sentence() || around.ending == Ending::BrokenOff)
}

/// Whether a speaker or a cue stands before the colon that leads up to the quotation: "Kopp wrote to us:", not "Praise from readers:".
fn is_ascribed_by_colon(scene: &Scene, place: &QuotePlace) -> bool {
    const REACH: usize = 10;
    let Some(colon) = place.start.checked_sub(1).filter(|&colon| colon > place.paragraph_start) else { return false };
    let from = colon.saturating_sub(REACH).max(place.paragraph_start);
    let cue = |at: usize| {
        let class = scene.class(at, from, colon);
        class.is_finite_cue() || class.is_ing_cue() || class == Class::According
    };
    let last = scene.candidates.partition_point(|candidate| candidate.start < colon).checked_sub(1).map(|index| &scene.candidates[index]);
    let named = last.is_some_and(|candidate| {
        candidate.end == colon && matches!(candidate.kind, CandidateKind::Person | CandidateKind::Organisation | CandidateKind::HeShe)
    });
    named || scene.tokens[colon - 1].kind == TokenKind::Address || (from..colon).any(cue)
}
