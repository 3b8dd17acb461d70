//! One walk over the text that keeps how present each person and organisation is, and ties pronouns and noun phrases to the most present
//! one that agrees.
//!
//! Presence is the salience of Lappin and Leass (1994) in small: a name adds by its place (subject, object, possessor), and each sentence
//! halves what was there. Agreement is gender by honorifics, earlier pronouns, role nouns and given names, for organisations their class.
//! A person without a name who was brought in ("a spokeswoman said") competes too: a pronoun that means nobody named stays untied.

use super::Linked;
use super::lead::Introduction;
use super::lexicon::word;
use super::nominals::Nominal;
use super::people::opposed;
use super::places::{ClausePlace, acts, expletive, is_of_things, place};
use super::record::Facts;
use super::view::{View, looks_like_verb};
use crate::document::{EntityId, EntityKind, Gender, MentionKind, TokenKind};

/// Entities that compete at one place.
const COMPETITORS: usize = 16;

#[derive(Clone, Copy, Debug)]
pub(super) struct Presence {
    pub(super) entity: Option<EntityId>,
    pub(super) salience: f32,
    pub(super) sentence: usize,
    pub(super) token: usize,
    /// Whether it was the subject there.
    pub(super) subject: bool,
    /// Whether it spoke there.
    spoke: bool,
    /// Whether somebody else spoke of it there.
    reported: bool,
    /// Of a person without a name.
    pub(super) gender: Option<Gender>,
}

/// How sure a description in the lead is that of the next name.
const LEAD: f32 = 0.6;
const FADE: f32 = 0.45;
/// What is left after so many sentences: products, for powers are not the same on every machine.
static FADED: [f32; 41] = powers(FADE);

/// The powers of a number from the 0th on.
pub(super) const fn powers(of: f32) -> [f32; 41] {
    let mut powers = [1.0; 41];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * of;
        at += 1;
    }
    powers
}

/// Fainter than this nobody is meant.
pub(super) const FAINT: f32 = 0.02;
/// What each mention so far adds to how likely a person is meant, and how many count: whom the article is about comes back.
pub(super) const TOPIC: f32 = 0.03;
const TOPIC_MENTIONS: u16 = 6;
/// How much less likely somebody is whose gender nothing tells.
const UNKNOWN_GENDER: f32 = 0.75;
/// How much less likely somebody goes on to speak of whom another spoke in the sentence before.
const REPORTED: f32 = 0.6;

/// Who is looked for among the present.
#[derive(Clone, Copy, Default)]
pub(super) struct Wanted<'a> {
    pub(super) gender: Option<Gender>,
    /// Where a pronoun stands that cannot mean the subject right before it: "Smith criticised him".
    pub(super) not_subject_at: Option<usize>,
    /// Names in a quotation of which the pronoun tells the speaker: whom it talks of did not say it.
    pub(super) talked_of: &'a [Linked],
    /// Names in the clause whose subject the pronoun is: it did not do this to itself under its name.
    pub(super) done_to: &'a [Linked],
    pub(super) but: Option<EntityId>,
    /// What each mention so far adds.
    pub(super) topic: f32,
    /// Whether the pronoun says something.
    pub(super) speaks: bool,
}

/// What the walk has passed of a person.
#[derive(Clone, Copy, Default)]
struct Passed {
    /// Names and pronouns.
    mentions: u16,
    /// How often surely meant by "she" and by "he".
    sure: [u16; 2],
}

pub(super) struct Walk<'a, 'b> {
    pub(super) view: &'a View<'b>,
    pub(super) links: &'a [Linked],
    nominals: &'a [Nominal],
    introductions: &'a [Introduction],
    pub(super) facts: &'a mut Facts<'b>,
    pub(super) present: Vec<Presence>,
    /// For each entity, people first, and at the end for all without a name, the place in `present`; past its end for who is not there.
    seats: Vec<u8>,
    pub(super) sentence: usize,
    pub(super) tied: Vec<Linked>,
    /// By person.
    people: Vec<Passed>,
    /// The last organisation that was a subject, and its sentence.
    pub(super) subject: Option<(usize, EntityId)>,
    /// The last sentence whose organisation spoke.
    pub(super) subject_spoke: Option<usize>,
    /// Who spoke last.
    pub(super) speaker: Option<EntityId>,
    /// In an interview or transcript whose turn it is and whose it was before: "he" is neither, for these two are "I" and "you".
    pub(super) turns: [Option<EntityId>; 2],
}

/// The pronouns and noun phrases of the text that mean one of the entities in `links`.
pub(super) fn tie<'b>(
    view: &View<'b>,
    links: &[Linked],
    nominals: &[Nominal],
    introductions: &[Introduction],
    facts: &mut Facts<'b>,
) -> Vec<Linked> {
    let (people, organisations) = (vec![Passed::default(); facts.people.len()], facts.organisations.len());
    let mut walk = Walk {
        view,
        links,
        nominals,
        introductions,
        facts,
        present: Vec::with_capacity(COMPETITORS),
        seats: vec![u8::MAX; people.len() + organisations + 1],
        sentence: 0,
        tied: Vec::with_capacity(view.pronouns.len() + introductions.len()),
        people,
        subject: None,
        subject_spoke: None,
        speaker: None,
        turns: [None; 2],
    };
    walk.walk();
    walk.tied
}

/// What the walk has not yet passed: the number of the next name, pronoun and noun phrase.
#[derive(Default)]
struct Next {
    link: usize,
    pronoun: usize,
    nominal: usize,
}

/// Moves `next` to the first of the places, which are in text order, that is not before `at`. Where that is.
fn skip_to(at: usize, next: &mut usize, place: impl Fn(usize) -> Option<usize>) -> usize {
    loop {
        match place(*next) {
            Some(place) if place < at => *next += 1,
            found => return found.unwrap_or(usize::MAX),
        }
    }
}

impl Walk<'_, '_> {
    /// From each name, pronoun or noun phrase to the next.
    fn walk(&mut self) {
        let mut next = Next::default();
        let mut at = 0;
        loop {
            let name = skip_to(at, &mut next.link, |link| self.links.get(link).map(|link| link.tokens.start));
            let pronoun = skip_to(at, &mut next.pronoun, |pronoun| self.view.pronouns.get(pronoun).map(|&at| at as usize));
            let nominal = skip_to(at, &mut next.nominal, |nominal| self.nominals.get(nominal).map(|nominal| nominal.tokens.start));
            let here = name.min(pronoun).min(nominal);
            if here == usize::MAX {
                return;
            }
            self.sentence = self.view.sentence_of(here);
            let sentence = self.view.sentence_tokens(self.sentence);
            let end = if here == name {
                let link = &self.links[next.link];
                if here == sentence.start {
                    self.turn(link);
                }
                self.name(link);
                link.tokens.end
            } else if here == pronoun {
                self.pronoun(here, next.link, sentence.end);
                here
            } else {
                self.noun_phrase(&self.nominals[next.nominal])
            };
            // Whatever runs on into the next sentence, that is read from its start.
            at = end.max(here + 1).min(sentence.end);
        }
    }

    /// `next` is the first link not yet passed.
    fn pronoun(&mut self, at: usize, next: usize, sentence_end: usize) {
        let bits = self.view.bits[at];
        if bits & word::PERSONAL != 0 {
            self.personal(at, next);
        } else if bits & word::WHO != 0 {
            self.relative(at, next);
        } else if bits & word::IT != 0 {
            self.neuter(at);
        } else if self.turns[1].is_some() && !self.view.is_quoted(at) && self.view.word(at) == "I" {
            self.first_person(at, sentence_end);
        }
    }

    /// Where the walk goes on.
    fn noun_phrase(&mut self, nominal: &Nominal) -> usize {
        let at = nominal.tokens.start;
        if let Some(lead) = self.introductions.iter().find(|lead| lead.tokens.start == at) {
            self.tie(lead.tokens.clone(), lead.entity, MentionKind::Nominal, LEAD);
            self.add(Some(lead.entity), place(self.view, at, lead.tokens.end), at, None);
            return lead.tokens.end;
        }
        if self.view.is(at, word::THE) {
            return self.nominal(nominal) + 1;
        }
        self.indefinite(nominal);
        at
    }

    fn name(&mut self, link: &Linked) {
        let place = place(self.view, link.tokens.start, link.tokens.end);
        self.add(Some(link.entity), place, link.tokens.start, None);
    }

    pub(super) fn add(&mut self, entity: Option<EntityId>, place: ClausePlace, token: usize, gender: Option<Gender>) {
        if let (Some(entity @ EntityId { kind: EntityKind::Organisation, .. }), ClausePlace::Subject | ClausePlace::Speaker) =
            (entity, place)
        {
            // "Acme said the office should": the sentence is Acme’s.
            let spoken = place == ClausePlace::Subject && self.subject_spoke == Some(self.sentence);
            if !spoken {
                self.subject = Some((self.sentence, entity));
            }
            if place == ClausePlace::Speaker {
                self.subject_spoke = Some(self.sentence);
            }
        }
        if place == ClausePlace::Speaker {
            self.speaker = entity;
        }
        if let Some(passed) = entity.filter(|e| e.kind == EntityKind::Person).and_then(|e| self.people.get_mut(e.index as usize)) {
            passed.mentions = passed.mentions.saturating_add(1);
        }
        let sentence = self.sentence;
        let subject = matches!(place, ClausePlace::Subject | ClausePlace::Speaker);
        let spoke = place == ClausePlace::Speaker;
        // "Roe asked Poe" tells of Poe, and says nothing.
        let is_told_by = |p: &Presence| p.spoke && p.sentence == sentence && p.entity != entity;
        let reported = !spoke && place != ClausePlace::Object && self.present.iter().any(is_told_by);
        let weight = place.weight();
        // All nameless people share one seat: the last one counts.
        let seat = |entity: Option<EntityId>| entity.map_or(self.seats.len() - 1, |entity| super::place(entity, self.people.len()));
        let own = seat(entity);
        if let Some(known) = self.present.get_mut(usize::from(self.seats[own])) {
            let kept = if entity.is_some() { faded(known, sentence) } else { 0.0 };
            *known = Presence { entity, salience: (kept + weight).min(2.5), sentence, token, subject, spoke, reported, gender };
            return;
        }
        let presence = Presence { entity, salience: weight, sentence, token, subject, spoke, reported, gender };
        let mut at = self.present.len();
        if at < COMPETITORS {
            self.present.push(presence);
        } else {
            let by_salience = self.present.iter().map(|known| faded(known, sentence)).enumerate();
            at = by_salience.min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(faintest, _)| faintest);
            let left = seat(self.present[at].entity);
            self.seats[left] = u8::MAX;
            self.present[at] = presence;
        }
        self.seats[own] = at as u8;
    }

    /// "he", "she" and their other forms.
    fn personal(&mut self, at: usize, next: usize) {
        let gender = if self.view.is(at, word::HE) { Gender::Male } else { Gender::Female };
        if self.view.is_quoted(at) {
            self.quoted(at, next, gender);
            return;
        }
        let subject = matches!(self.view.word(at), "he" | "He" | "HE" | "she" | "She" | "SHE");
        if let Some(entity) = self.named_before(at, next, gender).or_else(|| self.named_after(at, next, gender)) {
            self.tie(at..at + 1, entity, MentionKind::Pronoun, 0.8);
            return;
        }
        // Beside a verb of saying somebody must be meant, and it is who spoke last more often than whom the article is about; elsewhere a
        // near tie is left.
        let speaks = self.view.is(at + 1, word::SAY) || at > 0 && self.view.is(at - 1, word::SAY);
        let not_subject_at = (!subject && self.is_object(at)).then_some(at);
        let topic = if subject && speaks { 0.0 } else { TOPIC };
        let talked_of = if subject && speaks { self.names_in_quotation_before(at, next) } else { &[] };
        let done_to = if subject { self.names_in_clause_after(at, next) } else { &[] };
        let wanted =
            Wanted { gender: Some(gender), not_subject_at, talked_of, done_to, topic, speaks: subject && speaks, ..Wanted::default() };
        let Some((best, share)) = self.strongest(&wanted) else { return };
        if share < 0.52 && !(subject && speaks) {
            return;
        }
        let Some(entity) = best.entity else {
            self.add(None, if subject { ClausePlace::Subject } else { ClausePlace::Possessor }, at, Some(gender));
            return;
        };
        self.tie(at..at + 1, entity, MentionKind::Pronoun, 0.35 + 0.6 * share);
        self.add(Some(entity), if subject { place(self.view, at, at + 1) } else { ClausePlace::Possessor }, at, None);
        if share > 0.66 {
            self.learn(entity, gender);
        }
    }

    /// Two pronouns that can mean nobody else tell the gender; one does where the name suggests it.
    fn learn(&mut self, person: EntityId, gender: Gender) {
        let index = person.index as usize;
        let count = &mut self.people[index].sure[usize::from(gender == Gender::Male)];
        *count += 1;
        let facts = &mut self.facts.people[index];
        if facts.pronoun.is_none() && (*count > 1 || facts.gender() == Some(gender)) {
            facts.pronoun = Some(gender);
        }
    }

    /// The agreeing person most present, and that one's share of all presence that agrees.
    pub(super) fn strongest(&self, wanted: &Wanted) -> Option<(Presence, f32)> {
        let &Wanted { gender, not_subject_at, talked_of, done_to, but, topic, speaks } = wanted;
        let mut best: Option<(Presence, f32)> = None;
        let mut second = 0.0f32;
        for presence in &self.present {
            let converses = self.turns[1].is_some() && self.turns.contains(&presence.entity);
            if but.is_some() && presence.entity == but || converses {
                continue;
            }
            let known = match presence.entity {
                Some(EntityId { kind: EntityKind::Organisation, .. }) => continue,
                Some(person) => self.facts.people[person.index as usize].gender(),
                None => presence.gender,
            };
            if opposed(known, gender) {
                continue;
            }
            if presence.entity.is_some_and(|entity| talked_of.iter().chain(done_to).any(|link| link.entity == entity)) {
                continue;
            }
            // "Smith criticised him": not Smith.
            if not_subject_at.is_some_and(|at| self.is_subject_of(presence, at)) {
                continue;
            }
            let passed = presence.entity.map_or(0, |person| self.people[person.index as usize].mentions);
            let mut score = faded(presence, self.sentence);
            if score > FAINT {
                score += topic * f32::from(passed.min(TOPIC_MENTIONS));
            }
            if known.is_none() && gender.is_some() {
                score *= UNKNOWN_GENDER;
            }
            // "Roe said Poe had paid. He added": Roe goes on.
            if speaks && presence.reported && presence.sentence < self.sentence {
                score *= REPORTED;
            }
            match &mut best {
                Some((_, top)) if score <= *top => second = second.max(score),
                _ => {
                    second = best.map_or(0.0, |(_, top)| top);
                    best = Some((*presence, score));
                }
            }
        }
        let (presence, score) = best.filter(|&(_, score)| score > FAINT)?;
        Some((presence, score / (score + second)))
    }

    /// "Roe himself"
    fn named_before(&self, at: usize, next: usize, gender: Gender) -> Option<EntityId> {
        let link = next.checked_sub(1).and_then(|before| self.links.get(before)).filter(|link| link.tokens.end == at)?;
        let is_person = link.entity.kind == EntityKind::Person && self.view.is_reflexive(at);
        (is_person && !opposed(self.facts.people[link.entity.index as usize].gender(), Some(gender))).then_some(link.entity)
    }

    /// "In his speech, Roe said": the name after the opening phrase.
    fn named_after(&self, at: usize, next: usize, gender: Gender) -> Option<EntityId> {
        let tokens = self.view.sentence_tokens(self.sentence);
        let link = self.links.get(next).filter(|l| l.entity.kind == EntityKind::Person && l.tokens.start < tokens.end)?;
        if !self.view.is(tokens.start, word::SUBORDINATOR) || at - tokens.start > 8 || link.tokens.start - at > 16 {
            return None;
        }
        // No name may stand before the pronoun, and only titles between comma and name.
        let first = next.checked_sub(1).and_then(|n| self.links.get(n)).is_none_or(|l| l.tokens.start < tokens.start);
        let start = super::titles::titles_before(self.view, link.tokens.start).start;
        let comma = start > 0 && self.view.is_comma(start - 1);
        let known = self.facts.people[link.entity.index as usize].gender();
        (first && comma && !opposed(known, Some(gender)) && !self.view.is_possessive(link.tokens.end)).then_some(link.entity)
    }

    /// "Roe, who": no mention of its own, but what follows is about that person.
    fn relative(&mut self, at: usize, next: usize) {
        let Some(link) = next.checked_sub(1).and_then(|n| self.links.get(n)) else { return };
        let end = link.tokens.end;
        let comma = at > 0 && self.view.is_comma(at - 1) && self.view.is_comma(end);
        // "Roe, who" and "Roe, the mayor, who".
        let apposition = || {
            end + 1 < at - 1
                && at - end < 12
                && !(end + 1..at - 1).any(|t| self.view.is_comma(t))
                && (end + 1..at - 1).any(|t| self.view.is(t, word::ROLE))
        };
        let beside = end == at || comma && (end + 1 == at || apposition());
        if beside && link.entity.kind == EntityKind::Person {
            let place = if self.view.word(at) == "who" { ClausePlace::Subject } else { ClausePlace::Possessor };
            self.add(Some(link.entity), place, at, None);
        }
    }

    /// "it", "its": only the organisation that is the subject here, or of the sentence before when the pronoun does what organisations do.
    fn neuter(&mut self, at: usize) {
        if self.view.is_quoted(at) {
            return;
        }
        let Some((sentence, entity)) = self.subject else { return };
        let possessive = matches!(self.view.word(at), "its" | "Its");
        let itself = self.view.word(at) == "itself";
        let mut verb = at + 1;
        if self.view.tokens.get(verb).is_some_and(|t| t.kind == TokenKind::Quote) {
            verb += 1;
        }
        // "It already has".
        if self.view.is(verb, word::ADVERB) {
            verb += 1;
        }
        // "The council said that it was": with the verb of saying the pronoun is the speaker, but for "it is clear that".
        let reported = at > 0
            && (self.view.word(at - 1) == "that" || self.view.is(at - 1, word::SAY))
            && looks_like_verb(self.view, verb)
            && !expletive(self.view, verb);
        // "It plans to", as the first word of the sentence after the one whose subject the organisation was.
        let goes_on = || {
            let plain = word::AUXILIARY | word::COPULA | word::IMPERSONAL;
            self.opens(at) && looks_like_verb(self.view, verb) && !self.view.is(verb, plain)
        };
        // After a verb of saying it is who said so: "Acme said it has been".
        let told = at > 0 && self.view.is(at - 1, word::SAY);
        let acts = acts(self.view, verb) && (told || !is_of_things(self.view, verb));
        let says = !possessive && !itself && (acts || reported || goes_on());
        let here = sentence == self.sentence;
        if here && (possessive || itself || says)
            || !here
                && sentence + 1 == self.sentence
                && (says || possessive && (self.opens(at) || (at + 1..at + 4).any(|t| self.view.is(t, word::ROLE))))
        {
            self.tie(at..at + 1, entity, MentionKind::Pronoun, if here { 0.75 } else { 0.6 });
            if says {
                self.add(Some(entity), ClausePlace::Subject, at, None);
            }
        }
    }

    fn opens(&self, at: usize) -> bool {
        at.saturating_sub(self.view.sentence_tokens(self.sentence).start) < 2
    }

    pub(super) fn tie(&mut self, tokens: std::ops::Range<usize>, entity: EntityId, kind: MentionKind, confidence: f32) {
        self.tied.push(Linked { tokens, entity, kind, confidence });
    }
}

pub(super) fn faded(presence: &Presence, sentence: usize) -> f32 {
    presence.salience * FADED[sentence.saturating_sub(presence.sentence).min(FADED.len() - 1)]
}
