//! Noun phrases in the walk: whom "the company" or "the senator" means. Of what is present, the one whose class or role the noun asks for.

use super::discourse::{FAINT, Presence, Walk, Wanted, faded, powers};
use super::lexicon::word;
use super::nominals::{Asked, Nominal};
use super::people::opposed;
use super::places::{ClausePlace, place};
use super::view::looks_like_verb;
use crate::document::{Case, EntityId, EntityKind, Gender, MentionKind, TokenKind};

/// What is left of an organisation's presence after so many sentences.
static PASSED: [f32; 41] = powers(0.75);

impl Walk<'_, '_> {
    /// "the company", "the senator". Answers the last token it took.
    pub(super) fn nominal(&mut self, nominal: &Nominal) -> usize {
        let at = nominal.tokens.start;
        if at > 0 && self.apposes(nominal) {
            return nominal.modifiers.start.max(at + 1) - 1;
        }
        if at > 0 && self.view.is(at - 1, word::COPULA) {
            return nominal.modifiers.start.max(at + 1) - 1;
        }
        // "the Observer newspaper", "the Acme subsidiary": the name says which.
        let next = self.links.partition_point(|link| link.tokens.start < nominal.modifiers.start);
        let named = self.links.get(next).is_some_and(|link| link.tokens.start < nominal.modifiers.end);
        if named && matches!(nominal.asked, Asked::Organisation { .. }) {
            return at;
        }
        let chosen = match &nominal.asked {
            // "the SectorHQ team" names its own.
            Asked::Organisation { .. } if nominal.modifiers.clone().any(|t| self.names_another(t)) => None,
            Asked::Organisation { classes } => self.organisation_of(*classes, at),
            Asked::Person { role, gender } => self.person_of(*role, *gender, nominal),
            &Asked::Age(age) => {
                let age = self.view.word(age);
                let mut people = (0..self.facts.people.len().min(256)).filter(|&p| self.facts.people[p].age == Some(age));
                people.next().filter(|_| people.next().is_none()).map(|p| (EntityId::person(p), 0.85))
            }
        };
        let place = place(self.view, at, nominal.tokens.end);
        match chosen {
            Some((entity, confidence)) => {
                self.tie(nominal.tokens.clone(), entity, MentionKind::Nominal, confidence);
                // What was "the firm" once is a firm.
                if let (&Asked::Organisation { classes }, false) = (&nominal.asked, self.view.is_quoted(at)) {
                    let known = &mut self.facts.organisations[entity.index as usize].classes;
                    *known = if *known == 0 { classes } else { *known };
                }
                if let (Asked::Person { role, .. }, EntityKind::Person) = (&nominal.asked, entity.kind) {
                    let known = &mut self.facts.people[entity.index as usize];
                    if known.role.is_none() && !known.roles.contains(*role) {
                        known.role = super::roles::role_of_phrase(self.view, nominal.tokens.clone());
                    }
                }
                self.add(Some(entity), place, at, None);
            }
            None => {
                if let Asked::Person { gender, .. } = nominal.asked {
                    self.add(None, place, at, gender);
                }
            }
        }
        nominal.tokens.end - 1
    }

    /// Whether a modifier is cased as only names are: "SectorHQ", "IBM", but not "US".
    fn names_another(&self, token: usize) -> bool {
        let case = self.view.tokens[token].case;
        let is_acronym = case == Case::Upper && self.view.tokens[token].span.len() > 2 && !self.view.word(token).contains('.');
        let untagged = case == Case::Initial
            && !self.view.is_taken(token)
            && !self.view.is(token, word::MODIFIER | word::GENERIC | word::ROLE | word::ORGANISATION);
        case == Case::Mixed || is_acronym || untagged
    }

    /// Whether a name stands beside, so that the noun phrase describes it: "Roe, the mayor,", "the mayor, Jane Roe,".
    fn apposes(&self, nominal: &Nominal) -> bool {
        let (at, end) = (nominal.tokens.start, nominal.tokens.end);
        // "Roe, the council’s treasurer,": the council is not Roe.
        if self.view.is_possessive(end) {
            return false;
        }
        let mut before = at;
        // An age between them: "Roe, 54, the mayor".
        while before > 1 && at - before < 6 && (self.view.is_comma(before - 1) || self.view.tokens[before - 1].kind == TokenKind::Number) {
            before -= 1;
        }
        let after_name = before < at && self.view.is_taken(before - 1) && !(self.is_thing(before - 1) && self.is_subject(nominal));
        let name = (end + 1..end + 5).find(|&t| !self.view.is(t, word::TITLE) && !self.view.is_stop(t));
        after_name || self.view.is_comma(end) && name.is_some_and(|t| self.view.is_taken(t) && self.view.on_line(t))
    }

    /// Whether the token is of a name that is no person's: "In Ulm, the mayor said".
    fn is_thing(&self, token: usize) -> bool {
        let next = self.links.partition_point(|link| link.tokens.start <= token);
        let named = next.checked_sub(1).map(|before| &self.links[before]).filter(|link| link.tokens.end > token);
        named.is_none_or(|link| link.entity.kind == EntityKind::Organisation)
    }

    /// Whether "the NOUN" has a verb behind it, and no participle ("the adviser brought in", "the officer involved had"). After "According
    /// to Acme" it is what Acme speaks of.
    fn is_subject(&self, nominal: &Nominal) -> bool {
        let end = nominal.tokens.end;
        let verb = end + usize::from(self.view.is(end, word::ADVERB));
        let may_describe = self.view.word(verb).ends_with("ed") || self.view.is(verb, word::VERB);
        let goes_on = self.view.is_word(verb + 1) && !self.view.is(verb + 1, word::PREPOSITION | word::AUXILIARY);
        self.view.is(nominal.tokens.start, word::THE)
            && self.view.word(self.view.sentence_tokens(self.sentence).start) != "According"
            && looks_like_verb(self.view, verb)
            && (goes_on || !may_describe)
    }

    /// "a spokeswoman", "one voter": somebody without a name, whom a pronoun may mean.
    pub(super) fn indefinite(&mut self, nominal: &Nominal) {
        if let Asked::Person { gender, .. } = nominal.asked {
            let at = nominal.tokens.start;
            let place = place(self.view, at, nominal.tokens.end);
            // Predicates and appositions bring nobody in: "was a lawyer", "as a lawyer", "Roe, a lawyer".
            if at > 0 && (self.view.is(at - 1, word::COPULA | word::AUXILIARY) || self.view.word(at - 1) == "as" || self.apposes(nominal)) {
                return;
            }
            self.add(None, place, at, gender);
        }
    }

    /// The organisation of one of the classes: the most present one, or the article's only one.
    pub(super) fn organisation_of(&self, classes: u64, at: usize) -> Option<(EntityId, f32)> {
        let asks_public = classes & self.view.lexicon.public_body != 0;
        let asks_company = classes & self.view.lexicon.company != 0;
        // Of what is known to be one, rather than of what may be.
        let is_one = |p: &Presence| {
            p.entity
                .is_some_and(|e| e.kind == EntityKind::Organisation && self.facts.organisations[e.index as usize].classes & classes != 0)
        };
        let doubt = if self.present.iter().any(is_one) { 0.5 } else { 1.0 };
        let mut best: Option<(EntityId, f32)> = None;
        let mut second = 0.0f32;
        for presence in &self.present {
            let Some(entity) = presence.entity.filter(|e| e.kind == EntityKind::Organisation) else { continue };
            let facts = &self.facts.organisations[entity.index as usize];
            let fits = if facts.classes & classes != 0 {
                1.0
            } else if facts.classes != 0 {
                continue;
            } else if asks_public && facts.acronym || asks_company && !facts.acronym {
                0.4 * doubt
            } else if asks_company {
                0.15 * doubt
            } else {
                // "The school", "the paper", "the office" are things as well: only what is known to be one.
                continue;
            };
            // The very sentence's name is repeated by "it", seldom by a noun.
            // "Acme, which owns a tenth of the miner": not Acme.
            let same = match presence.sentence == self.sentence && at - presence.token < 12 {
                true if (presence.token..at).any(|t| self.view.word(t) == "which") => 0.1,
                true => 0.5,
                false => 1.0,
            };
            let distance = self.sentence - presence.sentence;
            // What the article is about is meant more often than what was named last.
            let topic = 0.06 * f32::from(facts.mentions.min(8));
            let score = (presence.salience * PASSED[distance.min(PASSED.len() - 1)] * same + topic) * fits;
            if best.is_none_or(|(_, top)| score > top) {
                second = best.map_or(0.0, |(_, top)| top);
                best = Some((entity, score));
            } else {
                second = second.max(score);
            }
        }
        let (entity, score) = best?;
        let share = score / (score + second);
        (score > FAINT && share > 0.6).then_some((entity, 0.3 + 0.6 * share))
    }

    /// The person said to be that: the only one in the article, or the one whose role shares the modifiers, or the most present.
    pub(super) fn person_of(&self, role: u16, gender: Option<Gender>, nominal: &Nominal) -> Option<(EntityId, f32)> {
        let named = nominal.modifiers.clone().filter(|&t| self.view.capitalised(t));
        let modifiers: Vec<u64> = named.map(|t| self.view.plain_hash(t)).collect();
        let mut best: Option<(EntityId, f32)> = None;
        let mut second = 0.0f32;
        let mut strange = 0;
        for (index, facts) in self.facts.people.iter().enumerate().take(256) {
            if !facts.roles.contains(role) || opposed(facts.gender(), gender) {
                continue;
            }
            let shared = modifiers.iter().filter(|&&word| self.facts.has_role_word(self.view, index, word)).count();
            if !modifiers.is_empty() && shared == 0 {
                strange += 1;
                continue;
            }
            let entity = EntityId::person(index);
            let presence = self.present.iter().find(|p| p.entity == Some(entity)).map_or(0.01, |p| faded(p, self.sentence).max(0.02));
            let score = presence + shared as f32;
            if best.is_none_or(|(_, top)| score > top) {
                second = best.map_or(0.0, |(_, top)| top);
                best = Some((entity, score));
            } else {
                second = second.max(score);
            }
        }
        let Some((entity, score)) = best else {
            let others = strange > 1;
            return if others { None } else { self.variation(gender, strange == 1, role, !modifiers.is_empty(), nominal) };
        };
        let share = score / (score + second);
        (share > 0.65).then_some((entity, 0.3 + 0.6 * share))
    }

    /// "The Vermont senator", "the former first lady": what the article has not said of anybody, said of the one it is talking of. Such a
    /// phrase opens its clause and says more than the bare noun.
    fn variation(&self, gender: Option<Gender>, role_known: bool, role: u16, named: bool, nominal: &Nominal) -> Option<(EntityId, f32)> {
        let at = nominal.tokens.start;
        // "Among critics of Acme, the former chairman": of whom else nothing is said either.
        if at > 1 && self.view.is_comma(at - 1) && self.view.is_taken(at - 2) {
            return None;
        }
        let former = nominal.modifiers.clone().any(|t| matches!(self.view.word(t), "former" | "longtime" | "veteran"));
        // "The FAA official", "the voter" may be anybody; the bare noun ("the striker") is somebody of whom nothing else was said.
        let bare = !(named || former);
        if self.view.is(nominal.tokens.end - 1, if bare { word::ELSEWHERE | word::ANYBODY } else { word::ANYBODY }) {
            return None;
        }
        if !matches!(place(self.view, at, nominal.tokens.end), ClausePlace::Subject | ClausePlace::Speaker) || self.view.is_quoted(at) {
            return None;
        }
        let (best, share) = self.strongest(&Wanted { gender, ..Wanted::default() })?;
        let entity = best.entity?;
        let near = self.sentence - best.sentence < 3 && faded(&best, self.sentence) > 0.2;
        let roles = &self.facts.people[entity.index as usize].roles;
        let just_named = self.sentence - best.sentence < 2 && share > 0.75;
        let is_that = if role_known { roles.contains(role) } else { roles.is_empty() && (!bare || just_named) };
        (near && share > 0.6 && is_that).then_some((entity, 0.3 + 0.4 * share))
    }
}
