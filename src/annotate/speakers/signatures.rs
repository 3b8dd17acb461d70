//! Names that sign a quotation: a dash and a name right after it, as under testimonials, tweets and mottoes (‘“We go.” — Ilse Orm’). What
//! the learnt evidence knows is news, where a dash opens an aside, so that a signature is read by rule.

use super::{
    candidates::CandidateKind,
    edges::{Ending, Lead},
    features::Surroundings,
    scene::{QuotePlace, Scene},
    words::Class,
};
use crate::document::Gap;

/// Titles between the dash and the name, in tokens ("— Secretary of State Ann Lee").
const TITLES: usize = 5;
/// Fewer words than this are a motto or a term.
const WORDS: usize = 3;

/// The candidate that signs the quotation: a name, or "a verified buyer", between a dash and what cannot go on with a verb.
pub(super) fn signer(scene: &Scene, place: &QuotePlace, around: &Surroundings) -> Option<usize> {
    let dash = place.whole_end;
    if place.words < WORDS || place.end != dash || scene.tokens.get(dash).is_none() || scene.classes[dash] != Class::Dash {
        return None;
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
    (signs && titles && on_line && ends).then_some(index)
}

/// Whether the quotation is whole sentences, and no part of the writer's.
fn is_whole(scene: &Scene, place: &QuotePlace, around: &Surroundings) -> bool {
    let begins = scene.tokens.get(place.start + 1).is_some_and(|first| !first.kind.is_word() || first.case.is_capitalised());
    let free = around.lead.begins_sentence() && around.lead != Lead::Colon || around.lead == Lead::Other;
    begins && free && (around.ending.ends_sentence() || around.ending == Ending::BrokenOff)
}
