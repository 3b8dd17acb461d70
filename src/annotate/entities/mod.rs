//! Who is who within one article: tagged names in, people and organisations with all their mentions out.
//!
//! Steps, one file each: names get their bounds (`bounds`, `seams`), are folded once for each form (`names`) and grouped (`people`,
//! `organisations`, `bodies`), roles are read from the words beside them (`titles`, `roles`, `series`, `beside`), places the tagger missed
//! are looked up (`missed`), descriptions are tied to the name they introduce (`lead`), and one walk over the text ties pronouns and noun
//! phrases to whom was last talked of (`discourse`, `quotations`, `nominals`, `places`, `antecedents`). Where the article does not tell,
//! nothing is tied.

mod aliases;
mod antecedents;
mod beside;
mod bodies;
mod bounds;
mod discourse;
mod disjoint;
mod lead;
mod lexicon;
mod listed;
mod missed;
mod names;
mod nominals;
mod organisations;
mod people;
mod places;
mod quotations;
mod record;
mod roles;
mod seams;
mod series;
#[cfg(test)]
mod tests;
mod titles;
mod view;

pub use aliases::join;
pub use lexicon::EntityLexicon;

use crate::annotate::lexicon::Lexicon;
use crate::annotate::names::Gazetteer;
use crate::document::{Entities, EntityId, EntityKind, Mention, MentionKind, NameType, Quotation, Sentence, Token};
use lexicon::word;
use names::{Form, Names};
use people::PersonMention;
use std::ops::Range;
use view::View;

/// A place where an entity stands, with its entity.
#[derive(Clone, Debug)]
struct Linked {
    tokens: Range<usize>,
    entity: EntityId,
    kind: MentionKind,
    confidence: f32,
}

/// The place of an entity among all, people first.
fn place(entity: EntityId, people: usize) -> usize {
    entity.index as usize + if entity.kind == EntityKind::Person { 0 } else { people }
}

/// Adds `more` to `links`, both in text order, and after those that begin at the same token.
fn merge(links: &mut Vec<Linked>, more: Vec<Linked>) {
    debug_assert!(links.is_sorted_by_key(|link| link.tokens.start) && more.is_sorted_by_key(|link| link.tokens.start));
    let mut unmoved = links.len();
    // From the last one to the first, into the room that those to be added make.
    links.extend_from_slice(&more);
    let mut room = links.len();
    for link in more.into_iter().rev() {
        while unmoved > 0 && links[unmoved - 1].tokens.start > link.tokens.start {
            (unmoved, room) = (unmoved - 1, room - 1);
            links.swap(unmoved, room);
        }
        room -= 1;
        links[room] = link;
    }
}

/// The links by their entities, people first.
struct ByEntity {
    entities: usize,
    /// For each entity where the numbers of its links end, and after the last one these numbers.
    list: Vec<u32>,
}

impl ByEntity {
    fn new(links: &[Linked], people: usize, organisations: usize) -> Self {
        let entities = people + organisations;
        let mut list = vec![0; entities + links.len()];
        let (ends, by_entity) = list.split_at_mut(entities);
        links.iter().for_each(|link| ends[place(link.entity, people)] += 1);
        // First where they start, moved on with each link.
        let mut start = 0;
        ends.iter_mut().for_each(|end| (*end, start) = (start, start + *end));
        for (link, number) in links.iter().zip(0..) {
            let end = &mut ends[place(link.entity, people)];
            by_entity[*end as usize] = number;
            *end += 1;
        }
        Self { entities, list }
    }

    /// The numbers of all links, those of one entity after those of the other.
    fn all(&self) -> impl Iterator<Item = usize> {
        self.list[self.entities..].iter().map(|&link| link as usize)
    }

    /// The numbers of an entity's links, in text order.
    fn of(&self, entity: usize) -> impl ExactSizeIterator<Item = usize> + Clone {
        let (ends, links) = self.list.split_at(self.entities);
        let start = if entity == 0 { 0 } else { ends[entity - 1] };
        links[start as usize..ends[entity] as usize].iter().map(|&link| link as usize)
    }
}

/// Puts groups in the order of their first mentions and leaves out those without; `group_of` tells the group of each mention.
fn in_order<G: Default>(groups: &mut Vec<G>, group_of: &mut [usize]) {
    let mut ordered = Vec::with_capacity(groups.len());
    let mut number = vec![None; groups.len()];
    for group in group_of {
        *group = *number[*group].get_or_insert_with(|| {
            ordered.push(std::mem::take(&mut groups[*group]));
            ordered.len() - 1
        });
    }
    *groups = ordered;
}

/// Groups the names of an article and ties pronouns and noun phrases to them.
#[must_use]
pub fn resolve(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    quotes: &[Quotation],
    mentions: &[Mention],
    gazetteer: Option<&Gazetteer>,
    lexicon: &Lexicon,
) -> Entities {
    if mentions.is_empty() || sentences.is_empty() {
        return Entities::default();
    }
    let mut view = View::new(text, tokens, sentences, quotes, &lexicon.entities);
    let mut names = Names::with_room_for(mentions.len());
    let seams = seams::seams(&view, mentions);
    let (people_mentions, organisation_mentions) = divide(&view, mentions, &seams, &mut names);
    seams.into_iter().for_each(|seam| view.mark(seam, word::TAKEN | word::BLOCKED));
    let named = people_mentions.iter().map(|m| &m.tokens).chain(organisation_mentions.iter().map(|m| &m.tokens));
    named.for_each(|name| view.mark(name.clone(), word::TAKEN | word::BLOCKED));
    for mention in mentions {
        let (listed, tokens) = (mention.entry.is_some(), mention.tokens.range());
        // An office is part of a role, and no name.
        if !listed && mention.name_type == NameType::Organisation && is_office(&view, tokens.clone()) {
            continue;
        }
        // What is tagged as no name of either sort may yet hold one ("Roe: Why" in an interview).
        let blocked = if listed || mention.name_type != NameType::Other { word::BLOCKED } else { 0 };
        view.mark(tokens, word::TAKEN | blocked);
    }
    let (mut people, mut person_of) = people::cluster(&people_mentions, &names, &lexicon.entities);
    let (mut organisations, mut organisation_of) = organisations::cluster(&view, &organisation_mentions, &names);
    if gazetteer.is_some() {
        listed::divide(&mut people, &mut person_of, |m| people_mentions[m].entry, |m| people::Person::of(&people_mentions[m]));
        let organisation = |m: usize| organisations::Organisation::of(&organisation_mentions[m]);
        listed::divide(&mut organisations, &mut organisation_of, |m| organisation_mentions[m].entry, organisation);
    }

    let named = |tokens: &Range<usize>, entity, confidence| Linked { tokens: tokens.clone(), entity, kind: MentionKind::Name, confidence };
    let mut links: Vec<Linked> = Vec::with_capacity(mentions.len() * 2);
    let of_people = people_mentions.iter().zip(person_of);
    links.extend(of_people.map(|(mention, person)| named(&mention.tokens, EntityId::person(person), mention.confidence)));
    let of_organisations = organisation_mentions.iter().zip(organisation_of);
    links.extend(of_organisations.map(|(mention, of)| named(&mention.tokens, EntityId::organisation(of), mention.confidence)));
    let forms = people_mentions.iter().map(|m| m.form).chain(organisation_mentions.iter().map(|m| m.form));
    let found = missed::find(&view, &links, forms, &people, &organisations, &names);
    let mut of_organisations = links.split_off(people_mentions.len());
    // A name that was mended may begin before the last one.
    of_organisations.sort_by_key(|link| link.tokens.start);
    merge(&mut links, of_organisations);
    merge(&mut links, found);

    let mut facts = record::Facts::gather(&view, &links, &people, &organisations);
    let nominals = nominals::read(&view);
    let introductions = lead::introductions(&view, &links, &nominals, &mut facts);
    let tied = discourse::tie(&view, &links, &nominals, &introductions, &mut facts);
    facts.tie_organisations(&view, &tied);
    record::write(&view, links, tied, &facts, |entry| gazetteer.map_or("", |gazetteer| gazetteer.key(entry)))
}

/// The names of people and of organisations.
fn divide(
    view: &View,
    mentions: &[Mention],
    seams: &[Range<usize>],
    names: &mut Names,
) -> (Vec<PersonMention>, Vec<organisations::OrganisationMention>) {
    let mut people = Vec::with_capacity(mentions.len());
    let mut organisations = Vec::with_capacity(mentions.len());
    let votes = bounds::Votes::count(view, mentions, names);
    let mut end = 0;
    for (number, mention) in mentions.iter().enumerate() {
        // What the user vouches for is neither doubted nor divided.
        let listed = mention.entry.is_some();
        let tokens = if listed { mention.tokens.range() } else { seams::outside(seams, mention.tokens.range()) };
        // A mended name may have run into this one.
        if tokens.is_empty() || tokens.end > view.tokens.len() || tokens.start < end {
            continue;
        }
        match if listed { mention.name_type } else { votes.decide(view, number, mention, names) } {
            // "Roe of Harcourt Lowe": nobody is of a person.
            NameType::Person if !listed && follows_of(view, tokens.start, people.last()) => {
                let form = votes.form(view, number, mention, &tokens, names);
                organisation(view, mention, tokens, form, names, &mut organisations);
            }
            NameType::Person if !listed && bounds::is_party_and_state(view, tokens.clone()) => {}
            // "Ann Roe, Jr.": tagged apart from the name it ends.
            NameType::Person if !listed && tokens.clone().all(|t| view.is(t, word::SUFFIX) || !view.is_word(t)) => {
                if let Some(person) = people.last_mut().filter(|person| bounds::is_before_suffix(view, person.tokens.end, tokens.start)) {
                    person.tokens.end = tokens.end;
                    person.suffix = people::suffix(view, person.tokens.clone());
                    end = tokens.end;
                }
            }
            NameType::Person => {
                let tokens = if listed { tokens } else { votes.unglued(view, tokens, names) };
                let parts = if listed || tokens.is_empty() { [Some(tokens), None] } else { bounds::people(view, tokens) };
                for mut tokens in parts.into_iter().flatten() {
                    if !listed {
                        tokens.start = bounds::whole_first_word(view, tokens.start, end);
                    }
                    if tokens.is_empty() || tokens.start < end {
                        continue;
                    }
                    // "[Jane] Roe", as editors complete what was said: one name.
                    if let Some(given) = people.pop_if(|given| bounds::is_completed_by(view, given.tokens.clone(), &tokens, names)) {
                        tokens.start = given.tokens.start;
                    }
                    let form = votes.form(view, number, mention, &tokens, names);
                    let words = names.name(EntityKind::Person, view, tokens.clone(), form);
                    if !words.is_empty() {
                        let titles = titles::titles_before(view, tokens.start);
                        end = tokens.end;
                        let titled = titles.start < tokens.start;
                        people.push(PersonMention {
                            suffix: people::suffix(view, tokens.clone()),
                            given_last: people::is_given_last(view, &tokens),
                            tokens,
                            form,
                            words,
                            title_gender: titles.honorific,
                            titled,
                            confidence: mention.confidence,
                            entry: mention.entry,
                        });
                    }
                }
            }
            NameType::Organisation if !listed && (is_office(view, tokens.clone()) || is_portfolio(view, tokens.start)) => {}
            NameType::Organisation => {
                let mut tokens = if listed { tokens } else { bounds::organisation(view, tokens) };
                tokens.start = tokens.start.max(end);
                let parts = if listed { [tokens.clone(), tokens.end..tokens.end] } else { votes.organisations(view, tokens, names) };
                for tokens in parts.into_iter().filter(|tokens| !tokens.is_empty()) {
                    let form = votes.form(view, number, mention, &tokens, names);
                    organisation(view, mention, tokens, form, names, &mut organisations);
                }
            }
            NameType::Location | NameType::Other => {}
        }
    }
    share_surnames(view, &mut people, names);
    (people, organisations)
}

/// "the Commissioner for Works": somebody's office, not the house it is in.
fn is_office(view: &View, tokens: Range<usize>) -> bool {
    tokens.len() > 2
        && view.is(tokens.start, word::ROLE)
        && !view.word(tokens.start).ends_with('s')
        && matches!(view.word(tokens.start + 1), "for" | "of")
}

/// "the Minister of Higher Education": what a minister is for, which is no ministry.
fn is_portfolio(view: &View, start: usize) -> bool {
    start > 1
        && view.on_line(start)
        && matches!(view.word(start - 1), "of" | "for")
        && matches!(view.word(start - 2), "Minister" | "minister" | "Ministers" | "ministers")
}

/// "Bill and Hillary Clinton": both are Clintons.
fn share_surnames(view: &View, people: &mut [PersonMention], names: &mut Names) {
    for at in 1..people.len() {
        let (before, from) = people.split_at_mut(at);
        let (first, second) = (&mut before[at - 1], &from[0]);
        let joined = first.tokens.end + 1 == second.tokens.start && matches!(view.word(first.tokens.end), "and" | "&");
        if !joined {
            continue;
        }
        if let (&[given], &[_, .., surname]) = (names.words(first.words), names.words(second.words))
            && view.lexicon.given_name(names.words.hash(given)).is_some()
        {
            first.words = names.add([given, surname]);
        }
    }
}

fn organisation(
    view: &View,
    mention: &Mention,
    tokens: Range<usize>,
    form: Form,
    names: &mut Names,
    organisations: &mut Vec<organisations::OrganisationMention>,
) {
    let words = names.name(EntityKind::Organisation, view, tokens.clone(), form);
    if !words.is_empty() {
        let (confidence, entry) = (mention.confidence, mention.entry);
        organisations.push(organisations::OrganisationMention { tokens, form, words, confidence, entry });
    }
}

/// Whether "of" or "at" stands between the last person's name and a name of two and more words.
fn follows_of(view: &View, start: usize, last: Option<&PersonMention>) -> bool {
    last.is_some_and(|person| person.tokens.len() > 1 && person.tokens.end + 1 == start && matches!(view.word(start - 1), "of" | "at"))
        && view.capitalised(start + 1)
        && view.on_line(start)
}
