//! What is known of each entity beside its names (roles, genders, classes), and the entities as the document holds them.

use super::beside::{class_beside, organisation_in, possessor, serves};
use super::lexicon::word;
use super::organisations::Organisation;
use super::people::Person;
use super::roles::{self, FoundRole};
use super::series::Series;
use super::titles;
use super::view::View;
use super::{ByEntity, Linked, merge};
use crate::annotate::names::EntryId;
use crate::document::{Case, Entities, Entity, EntityId, EntityKind, EntityMention, Gender, GenderBasis, MentionKind, TokenKind};
use std::borrow::Cow;

/// Mentions of one organisation that are counted.
const MENTIONS: u16 = 999;
/// Roles of one person that are kept.
const ROLES: usize = 6;

#[derive(Clone, Debug, Default)]
pub(super) struct PersonFacts<'a> {
    pub(super) honorific: Option<Gender>,
    /// By given name or role noun; never written.
    pub(super) suggested: Option<Gender>,
    /// By pronouns that could mean nobody else.
    pub(super) pronoun: Option<Gender>,
    pub(super) roles: Roles,
    /// How many of [`Facts::role_words`] are this person's, and which is the last.
    role_words: usize,
    last_role_word: Option<u32>,
    pub(super) role: Option<FoundRole>,
    /// The link of which a clause says a role; it counts where nothing stands beside the name.
    said: Option<u32>,
    pub(super) organisation: Option<EntityId>,
    pub(super) age: Option<&'a str>,
    /// The "its" of "its chairman".
    pub(super) possessor: Option<usize>,
    /// Of the user's list.
    entry: Option<EntryId>,
}

/// Numbers of the role nouns said of a person.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles {
    numbers: [u16; ROLES],
    count: usize,
}

impl Roles {
    pub(super) fn contains(&self, number: u16) -> bool {
        self.numbers[..self.count].contains(&number)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Adds one that is not there, where there is room.
    pub(super) fn add(&mut self, number: u16) {
        if self.count < ROLES && !self.contains(number) {
            self.numbers[self.count] = number;
            self.count += 1;
        }
    }
}

impl PersonFacts<'_> {
    pub(super) fn gender(&self) -> Option<Gender> {
        self.honorific.or(self.pronoun).or(self.suggested)
    }

    /// Adds a role said of the person at link `index`.
    fn learn(&mut self, view: &View, mut found: FoundRole, links: &[Linked], index: usize, role_words: &mut Vec<RoleWord>) {
        let organisation = organisation_in(links, index, &found);
        // "the Acme manager": the name is no part of the role.
        if let Some(link) = organisation.filter(|link| link.tokens.start <= found.tokens.start && link.tokens.end < found.tokens.end) {
            found.tokens.start = found.tokens.start.max(link.tokens.end);
        }
        // "9/11 widow Terry Roe": the noun tells more than the given name.
        self.suggested = found.gender.or(self.suggested);
        if let Some(number) = found.number {
            self.roles.add(number);
        }
        if self.role_words < ROLES * 4 {
            for token in found.tokens.clone().filter(|&t| view.is_word(t)).take(6) {
                let before = self.last_role_word.replace(role_words.len() as u32);
                role_words.push(RoleWord { token: token as u32, before });
                self.role_words += 1;
            }
        }
        if !found.is_role {
            return;
        }
        self.possessor = self.possessor.or(found.possessor);
        let organisation = organisation.map(|link| link.entity);
        // The first one, but an apposition says more than a title, and so does its organisation: "Navy Adm. Ann Roe, head of Acme".
        // What somebody was before says less: "Acme chairman Ann Roe, a former banker".
        let is_fuller = !found.bare && !matches!(view.word(found.tokens.start), "former" | "ex");
        if self.role.as_ref().is_none_or(|role| role.bare && is_fuller && role.tokens.len() < 3) {
            self.organisation = organisation.or(self.organisation);
            self.role = Some(found);
        }
        self.organisation = self.organisation.or(organisation);
    }
}

/// A word of a role that is said of somebody: "the Indiana governor" asks for it.
#[derive(Clone, Copy, Debug)]
struct RoleWord {
    token: u32,
    /// The same person's before it.
    before: Option<u32>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct OrganisationFacts {
    /// Bits of the lexicon's classes.
    pub(super) classes: u64,
    /// How often it is tagged.
    pub(super) mentions: u16,
    /// Whether its name is one word of capitals: more often a public body's name than a company's.
    pub(super) acronym: bool,
    /// Of the user's list.
    entry: Option<EntryId>,
}

#[derive(Clone, Debug)]
pub(super) struct Facts<'a> {
    pub(super) people: Vec<PersonFacts<'a>>,
    pub(super) organisations: Vec<OrganisationFacts>,
    role_words: Vec<RoleWord>,
}

impl<'a> Facts<'a> {
    /// Reads the words beside every name.
    pub(super) fn gather(view: &View<'a>, links: &[Linked], people: &[Person], organisations: &[Organisation]) -> Self {
        let person = |p: &Person| PersonFacts { honorific: p.honorific, suggested: p.suggested, entry: p.entry, ..PersonFacts::default() };
        let organisation = |o: &Organisation| OrganisationFacts { classes: o.classes, mentions: 0, acronym: false, entry: o.entry };
        let mut facts = Self {
            people: people.iter().map(person).collect(),
            organisations: organisations.iter().map(organisation).collect(),
            role_words: Vec::with_capacity(2 * people.len()),
        };
        let mut series = Series::default();
        for (index, link) in links.iter().enumerate() {
            match link.entity.kind {
                EntityKind::Person => facts.read_roles(view, links, index, &mut series),
                EntityKind::Organisation => {
                    let known = &mut facts.organisations[link.entity.index as usize];
                    let tagged = link.kind == MentionKind::Name && known.mentions < MENTIONS;
                    known.mentions += u16::from(tagged);
                    known.classes |= class_beside(view, link);
                    known.acronym |= link.tokens.len() == 1 && view.tokens[link.tokens.start].case == Case::Upper;
                }
            }
        }
        for person in facts.people.iter_mut().filter(|person| person.role.is_none()) {
            let index = person.said.map(|index| index as usize);
            if let Some((index, said)) = index.and_then(|index| Some((index, roles::role_said(view, links[index].tokens.end)?))) {
                person.learn(view, said, links, index, &mut facts.role_words);
            }
        }
        facts
    }

    fn read_roles(&mut self, view: &View<'a>, links: &[Linked], index: usize, series: &mut Series) {
        let link = &links[index];
        let person = &mut self.people[link.entity.index as usize];
        let (start, end) = (link.tokens.start, link.tokens.end);
        if let Some(age) = view.tokens.get(end + 1).filter(|t| t.kind == TokenKind::Number && view.is_comma(end))
            && matches!(view.word(end + 2), "," | ".")
            && person.age.is_none()
        {
            person.age = Some(age.span.of(view.text));
        }
        let titles = titles::titles_before(view, start);
        person.honorific = person.honorific.or(titles.honorific);
        let before = series.role(view, &link.tokens, roles::role_before(view, start));
        // Inside a quotation only titles are trusted: an apposition may be an aside or a form of address.
        let quoted = view.is_quoted(start);
        let after = if view.is_possessive(end) || quoted { None } else { roles::role_after(view, end) };
        let next = links.get(index + 1).filter(|link| link.entity.kind == EntityKind::Organisation);
        if let Some(next) = next.filter(|next| serves(view, end, next.tokens.start)) {
            person.organisation.get_or_insert(next.entity);
        }
        if person.organisation.is_none() {
            person.organisation = possessor(view, links, index);
        }
        let before = before.filter(|found| found.bare || !quoted);
        for role in [before, after].into_iter().flatten() {
            person.learn(view, role, links, index, &mut self.role_words);
        }
        if person.role.is_none() && person.said.is_none() && !quoted {
            person.said = roles::role_said(view, end).filter(|said| said.is_role).map(|_| index as u32);
        }
    }

    /// Whether a role said of the person has the word of this hash.
    pub(super) fn has_role_word(&self, view: &View, person: usize, word: u64) -> bool {
        let at = |place: u32| &self.role_words[place as usize];
        let mut own = std::iter::successors(self.people[person].last_role_word.map(at), |word| word.before.map(at));
        own.any(|own| view.plain_hash(own.token as usize) == word)
    }

    /// "its chairman": what "its" was tied to. And the head of a firm in an article about one firm is the head of that.
    pub(super) fn tie_organisations(&mut self, view: &View, tied: &[Linked]) {
        let topic = self.topic();
        for person in &mut self.people {
            if person.organisation.is_some() {
                continue;
            }
            let its = person.possessor.and_then(|token| {
                let at = tied.binary_search_by_key(&token, |link| link.tokens.start).ok()?;
                Some(tied[at].entity).filter(|entity| entity.kind == EntityKind::Organisation)
            });
            let serves = || {
                // "the police chief", "the council leader" lead what they are named after.
                let elsewhere = |t: usize| view.is(t, word::PREPOSITION | word::ORGANISATION | word::OF_PHRASE);
                let role = person.role.as_ref().filter(|role| !role.tokens.clone().any(elsewhere))?;
                let last = role.tokens.clone().rev().find(|&t| view.is_word(t))?;
                view.is(last, word::OFFICE).then_some(topic?)
            };
            person.organisation = its.or_else(serves);
        }
    }

    /// The organisation the article is about: named often, and far more often than any other.
    fn topic(&self) -> Option<EntityId> {
        let mentions = || self.organisations.iter().map(|organisation| organisation.mentions).enumerate();
        let (most, count) = mentions().max_by_key(|&(_, count)| count)?;
        let second = mentions().filter(|&(o, _)| o != most).map(|(_, count)| count).max().unwrap_or(0);
        (count > 2 && count >= 2 * second).then_some(EntityId::organisation(most))
    }
}

/// The entities as the document holds them.
pub(super) fn write<'k>(
    view: &View,
    mut links: Vec<Linked>,
    tied: Vec<Linked>,
    facts: &Facts,
    key_of: impl Fn(EntryId) -> &'k str,
) -> Entities {
    let people = facts.people.len();
    let empty = |entities: usize| std::iter::repeat_with(Entity::default).take(entities).collect();
    let mut entities = Entities { people: empty(people), organisations: empty(facts.organisations.len()) };
    merge(&mut links, tied);
    let by_entity = ByEntity::new(&links, people, facts.organisations.len());
    let entries = facts.people.iter().map(|person| person.entry).chain(facts.organisations.iter().map(|organisation| organisation.entry));
    let mut forms = Forms(Vec::with_capacity(FORMS_OF_MOST));
    for ((index, entity), entry) in entities.people.iter_mut().chain(&mut entities.organisations).enumerate().zip(entries) {
        let own = by_entity.of(index);
        entity.mentions.reserve_exact(own.len());
        let names_it = |link: &Linked| matches!(link.kind, MentionKind::Name | MentionKind::Alias);
        own.clone().map(|link| &links[link]).filter(|link| names_it(link)).for_each(|link| forms.add(view, link));
        (entity.name, entity.aliases) = forms.take_name(index < people);
        for link in own {
            let link = &mut links[link];
            if names_it(link) {
                let is_name = is_name(view.span(link.tokens.clone()).of(view.text), &entity.name);
                link.kind = if is_name { MentionKind::Name } else { MentionKind::Alias };
            }
        }
        entity.key = match entry {
            Some(entry) => key_of(entry).to_owned(),
            None if index < people => in_lower_case("person:", &entity.name),
            None => organisation_key(view, &entity.name),
        };
    }
    let mut end = 0;
    for link in &links {
        if link.tokens.start < end {
            continue;
        }
        end = link.tokens.end;
        let entity = match link.entity.kind {
            EntityKind::Person => &mut entities.people[link.entity.index as usize],
            EntityKind::Organisation => &mut entities.organisations[link.entity.index as usize],
        };
        entity.mentions.push(EntityMention {
            span: view.span(link.tokens.clone()),
            kind: link.kind,
            sentence: view.sentence_of(link.tokens.start) as u32,
            confidence: link.confidence,
        });
    }
    for (entity, facts) in entities.people.iter_mut().zip(&facts.people) {
        entity.role = facts.role.as_ref().map(|role| view.printed(role.tokens.clone()).into_owned());
        entity.organisation = facts.organisation;
        (entity.gender, entity.gender_basis) = match (facts.honorific, facts.pronoun) {
            (Some(gender), _) => (Some(gender), Some(GenderBasis::Honorific)),
            (None, Some(gender)) => (Some(gender), Some(GenderBasis::Pronoun)),
            (None, None) => (None, None),
        };
    }
    in_order(entities)
}

/// Entities numbered by first mention: pronouns and passed-over names may come before the name that made the entity.
fn in_order(mut entities: Entities) -> Entities {
    let first = |e: &Entity| e.mentions.first().map_or(usize::MAX, |m| m.span.start());
    let is_in_order =
        |entities: &[Entity]| entities.is_sorted_by_key(first) && entities.last().is_none_or(|last| !last.mentions.is_empty());
    if !is_in_order(&entities.people) {
        entities.people.retain(|e| !e.mentions.is_empty());
        entities.people.sort_by_key(first);
    }
    if is_in_order(&entities.organisations) {
        return entities;
    }
    let mut order: Vec<usize> = (0..entities.organisations.len()).collect();
    order.sort_by_key(|&o| first(&entities.organisations[o]));
    let mut number = vec![None; order.len()];
    let kept = order.iter().filter(|&&o| !entities.organisations[o].mentions.is_empty());
    for (new, &old) in kept.enumerate() {
        number[old] = Some(EntityId::organisation(new));
    }
    for person in &mut entities.people {
        person.organisation = person.organisation.and_then(|o| number.get(o.index as usize).copied().flatten());
    }
    entities.organisations.retain(|e| !e.mentions.is_empty());
    entities.organisations.sort_by_key(first);
    entities
}

/// A form in which an entity is named.
#[derive(Debug)]
struct Form<'a> {
    /// White space folded.
    text: Cow<'a, str>,
    words: usize,
    shouting: bool,
    count: u32,
}

/// The forms of one entity, in order of first use.
#[derive(Debug, Default)]
struct Forms<'a>(Vec<Form<'a>>);

/// Forms of one entity that are kept, and how many nearly all have at most.
const FORMS: usize = 32;
const FORMS_OF_MOST: usize = 8;

impl<'a> Forms<'a> {
    /// Counts the form at a place.
    fn add(&mut self, view: &View<'a>, link: &Linked) {
        let tokens = link.tokens.clone();
        let text = if view.is_plain(tokens.clone()) { view.span(tokens).of(view.text).into() } else { as_name(view.printed(tokens)) };
        if let Some(known) = self.0.iter_mut().find(|known| known.text == text) {
            known.count += 1;
        } else if self.0.len() < FORMS {
            let words = link.tokens.clone().filter(|&t| view.tokens[t].kind != TokenKind::Punctuation).count();
            let shouting = words > 1 && link.tokens.clone().all(|t| view.tokens[t].case == Case::Upper || !view.is_word(t));
            self.0.push(Form { text, words, shouting, count: 1 });
        }
    }

    /// The entity's name and its other forms, none of which is kept.
    fn take_name(&mut self, person: bool) -> (String, Vec<String>) {
        let name = self.name(person);
        let mut aliases = Vec::with_capacity(self.0.len().saturating_sub(1));
        let mut forms = self.0.drain(..).map(|form| form.text.into_owned());
        aliases.extend(forms.by_ref().take(name));
        let name = forms.next().unwrap_or_default();
        aliases.extend(forms);
        (name, aliases)
    }

    /// The fullest form: of most words, not in capitals, longest; the first of equals. A person's form of four words and more that
    /// stands once and begins with the usual one is two names run together more often than a full name.
    fn name(&self, person: bool) -> usize {
        let goes_on = |form: &Form| {
            let usual = |other: &Form| (2..4).contains(&other.words) && other.count > 1 && form.text.starts_with(&*other.text);
            person && form.words > 3 && form.count == 1 && self.0.iter().any(usual)
        };
        // A name in another script counts a word for each of its signs.
        let latin = |form: &Form| form.text.chars().any(|c| c.is_alphabetic() && c <= '\u{36F}');
        let rank = |form: &Form| (!goes_on(form), latin(form), form.words, !form.shouting, form.text.len());
        let mut best = 0;
        for place in 1..self.0.len() {
            if rank(&self.0[place]) > rank(&self.0[best]) {
                best = place;
            }
        }
        best
    }
}

/// The text in lower case behind `prefix`.
fn in_lower_case(prefix: &str, text: &str) -> String {
    let mut joined = String::with_capacity(prefix.len() + text.len());
    joined.push_str(prefix);
    if text.is_ascii() {
        joined.push_str(text);
        joined[prefix.len()..].make_ascii_lowercase();
    } else {
        joined.push_str(&text.to_lowercase());
    }
    joined
}

/// "[Jane] Roe" is Jane Roe, "Jane Roe, Jr." Jane Roe Jr.
fn as_name(printed: Cow<'_, str>) -> Cow<'_, str> {
    if !printed.bytes().any(|byte| matches!(byte, b',' | b'[' | b']' | b')')) {
        return printed;
    }
    let mut name = printed.replace(['[', ']'], "");
    if !name.contains('(') {
        name = name.replace(')', "");
    }
    if let Some((before, suffix @ ("Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))) = name.rsplit_once(", ") {
        name = format!("{before} {suffix}");
    }
    if name == printed { printed } else { name.into() }
}

/// The same letters as the entity's name, capitals, white space, an editor's brackets and the comma before "Jr." aside.
fn is_name(text: &str, name: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        text.chars().filter(|&c| !c.is_whitespace() && !matches!(c, '[' | ']' | ')' | ',')).flat_map(char::to_lowercase)
    }
    text == name || text.len().abs_diff(name.len()) <= text.len() / 2 && letters(text).eq(letters(name))
}

/// An organisation's key: its name in lower case without leading "the" and legal form.
fn organisation_key(view: &View, name: &str) -> String {
    const PREFIX: &str = "organisation:";
    let lower = in_lower_case(PREFIX, name);
    let whole = &lower[PREFIX.len()..];
    let mut key = whole.strip_prefix("the ").unwrap_or(whole);
    while let Some((before, last)) = key.rsplit_once(' ') {
        let is_form = |word: &str| view.lexicon.word(word) & word::LEGAL_FORM != 0;
        let last = last.trim_matches(['.', ',']);
        let ends = matches!(last, "&" | "and") || if last.contains('.') { is_form(&last.replace('.', "")) } else { is_form(last) };
        if !ends {
            break;
        }
        key = before;
    }
    key = key.trim_end_matches(',');
    if key.len() == whole.len() { lower } else { [PREFIX, key].concat() }
}
