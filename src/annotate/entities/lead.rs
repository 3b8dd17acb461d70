//! Descriptions that come before their name: news opens with "A paint maker accused of poisoning a river" or "The junior transport
//! minister was under pressure" and names the paint maker and the minister a paragraph later.
//!
//! Only the description that is the subject of an opening sentence, before anything of its sort was named, and only for the next name of
//! its sort: an organisation of the class asked for, or the person with whom a later paragraph opens and of whom nothing else is said.

use super::Linked;
use super::lexicon::word;
use super::nominals::{Asked, Nominal};
use super::places::{ClausePlace, place};
use super::record::Facts;
use super::roles::role_of_phrase;
use super::view::View;
use crate::document::{EntityId, EntityKind, Gap};
use std::ops::Range;

/// Tokens from the top of the article among which such a description is looked for, and from it to the name.
const LEAD: usize = 150;
const WITHIN: usize = 120;
/// Descriptions looked at: an article has one or two.
const DESCRIPTIONS: usize = 8;

/// A description and whom it introduces.
#[derive(Clone, Debug)]
pub(super) struct Introduction {
    pub(super) tokens: Range<usize>,
    pub(super) entity: EntityId,
}

/// The descriptions of the article's lead. A person so described has the role from then on.
pub(super) fn introductions(view: &View, links: &[Linked], nominals: &[Nominal], facts: &mut Facts) -> Vec<Introduction> {
    let mut found: Vec<Introduction> = Vec::new();
    let lead = nominals.iter().take_while(|nominal| nominal.tokens.start < LEAD).filter(|nominal| !view.is_quoted(nominal.tokens.start));
    for nominal in lead.take(DESCRIPTIONS) {
        let tokens = nominal.tokens.clone();
        // "the chair, Jane Roe,"
        let apposes = view.is_comma(tokens.end) && (tokens.end + 1..tokens.end + 5).any(|t| view.is_taken(t));
        if apposes || !matches!(place(view, tokens.start, tokens.end), ClausePlace::Subject | ClausePlace::Speaker) {
            continue;
        }
        let entity = match nominal.asked {
            Asked::Organisation { classes } => organisation(view, links, facts, &tokens, classes),
            // "A minister" may be any; "the minister" is one who will be named.
            Asked::Person { role, .. } if view.is(tokens.start, word::THE) => person(view, links, facts, &tokens, role),
            _ => None,
        };
        if let Some(entity) = entity.filter(|entity| !found.iter().any(|known| known.entity.kind == entity.kind)) {
            found.push(Introduction { tokens, entity });
        }
    }
    found
}

/// The next organisation, of a later sentence, if it is of such a class and none was named before.
fn organisation(view: &View, links: &[Linked], facts: &Facts, tokens: &Range<usize>, classes: u64) -> Option<EntityId> {
    let end = view.sentence_tokens(view.sentence_of(tokens.start)).end;
    let mut named = links.iter().filter(|link| link.entity.kind == EntityKind::Organisation);
    let next = named.next().filter(|next| next.tokens.start >= end && next.tokens.start < tokens.end + WITHIN)?;
    (facts.organisations[next.entity.index as usize].classes & classes != 0).then_some(next.entity)
}

/// The next person, who opens a later paragraph, of whom nothing else is said and before whom nobody did anything.
fn person(view: &View, links: &[Linked], facts: &mut Facts, tokens: &Range<usize>, role: u16) -> Option<EntityId> {
    let mut named = links.iter().filter(|link| link.entity.kind == EntityKind::Person).filter(|link| {
        link.tokens.start > tokens.start
            || matches!(place(view, link.tokens.start, link.tokens.end), ClausePlace::Subject | ClausePlace::Speaker)
    });
    let next = named.next().filter(|next| next.tokens.start > tokens.end && next.tokens.start < tokens.end + WITHIN)?;
    let start = next.tokens.start;
    let opens_paragraph = view.opens_sentence(start) && view.tokens[start].gap >= Gap::Line;
    let known = facts.people.get_mut(next.entity.index as usize)?;
    let said = known.roles.contains(role);
    if !(said || known.roles.is_empty() && opens_paragraph && place(view, start, next.tokens.end) == ClausePlace::Subject) {
        return None;
    }
    if !said {
        known.roles.add(role);
        known.role = known.role.take().or_else(|| role_of_phrase(view, tokens.clone()));
    }
    Some(next.entity)
}
