//! Places the tagger missed: a capitalised word or words equal to a name that the article has elsewhere, outside longer names.

use super::lexicon::word;
use super::names::{self, FormHash, Names, Word, form_of_word};
use super::organisations::Organisation;
use super::people::Person;
use super::view::View;
use super::{ByEntity, Linked};
use crate::document::{Case, EntityId, EntityKind, MentionKind, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::LazyCell;
use std::num::NonZeroU32;
use std::ops::Range;

/// Names that begin with one word and are tried there.
const NAMESAKES: usize = 4;
/// Lower than the tagger's own: the word was passed over once.
const CONFIDENCE: f32 = 0.7;

/// So many words of the name at a link, or all.
#[derive(Clone, Copy)]
struct Form {
    words: NonZeroU32,
    link: u32,
}

/// The forms that begin with one word, the longest first.
#[derive(Clone, Copy, Default)]
struct Namesakes([Option<Form>; NAMESAKES]);

/// By the first word.
type Forms = FxHashMap<FormHash, Namesakes>;

impl Namesakes {
    fn forms(&self) -> impl Iterator<Item = Form> {
        self.0.iter().map_while(|&form| form)
    }

    fn remove(&mut self, at: usize) {
        self.0[at..].rotate_left(1);
        self.0[NAMESAKES - 1] = None;
    }

    /// Adds a form where there is room; whether there was.
    fn insert(&mut self, form: Form) -> bool {
        let shorter = |known: &Option<Form>| known.is_none_or(|known| known.words <= form.words);
        let place = self.0.iter().position(shorter).filter(|_| self.0[NAMESAKES - 1].is_none());
        if let Some(at) = place {
            self.0[at..].rotate_right(1);
            self.0[at] = Some(form);
        }
        place.is_some()
    }
}

impl Form {
    fn words(self) -> usize {
        self.words.get() as usize
    }

    fn entity(self, links: &[Linked]) -> EntityId {
        links[self.link as usize].entity
    }

    /// Its words where it was found: the whole name, a person's last words, an organisation's first.
    fn tokens(self, links: &[Linked]) -> Range<usize> {
        let Linked { tokens: name, entity, .. } = &links[self.link as usize];
        match entity.kind {
            _ if self.words() == name.len() => name.clone(),
            EntityKind::Person => name.end - self.words()..name.end,
            EntityKind::Organisation => name.start..name.start + 1,
        }
    }
}

/// More mentions of the entities in `links`, which are printed in the forms `form_of`. A form that names two of them is dropped where the
/// second one is met, and taken up again at the next mention.
pub(super) fn find(
    view: &View,
    links: &[Linked],
    form_of: impl Iterator<Item = names::Form>,
    people: &[Person],
    organisations: &[Organisation],
    names: &Names,
) -> Vec<Linked> {
    let mut forms = Forms::with_capacity_and_hasher(links.len(), FxBuildHasher);
    let lone_surnames = lone_surnames(people, names);
    let by_entity = ByEntity::new(links, people.len(), organisations.len());
    let form_of: Vec<names::Form> = form_of.collect();
    // Most names come again and again.
    let mut added = vec![None; names.forms()];
    for index in by_entity.all() {
        let link = &links[index];
        let added = &mut added[form_of[index].index()];
        if *added != Some(link.entity) && add(&mut forms, view, index, link.tokens.clone(), links) {
            *added = Some(link.entity);
        }
        // The first word of a company's name stands for it ("Bellwether" for "Bellwether Coatings Corp.").
        if link.entity.kind == EntityKind::Organisation && link.tokens.len() > 1 {
            let organisation = &organisations[link.entity.index as usize];
            let first = link.tokens.start;
            let plain = word::GENERIC | word::ORGANISATION | word::WORD_NAME | word::THE | word::TITLE | word::MODIFIER;
            let first_word = |o: &Organisation| names.words(o.words).first().copied();
            let is_rival = |o: &&Organisation| first_word(o) == first_word(organisation) && o.words.len() > 1;
            let rivals = || organisations.iter().take(64).filter(is_rival);
            if organisation.classes & view.lexicon.company != 0
                && view.word(first).len() > 3
                && !view.is(first, plain)
                && rivals().count() < 2
            {
                add(&mut forms, view, index, first..first + 1, links);
            }
        }
        // The surname of a full name stands alone too.
        if link.entity.kind == EntityKind::Person && link.tokens.len() > 1 {
            let last = link.tokens.end - 1;
            if lone_surnames[link.entity.index as usize]
                && view.capitalised(last)
                && view.word(last).chars().count() > 2
                && !view.is(last, word::SUFFIX)
            {
                // "Drummond-Hay" is one surname.
                let mut first = last;
                while first > link.tokens.start + 2
                    && view.touches_previous(first)
                    && view.touches_previous(first - 1)
                    && !view.is_word(first - 1)
                {
                    first -= 2;
                }
                add(&mut forms, view, index, first..last + 1, links);
            }
        }
    }
    let mut found: Vec<Linked> = links.iter().filter_map(|link| other_script(view, link)).collect();
    let shouted = LazyCell::new(|| shouted_surnames(people, names));
    let mut end = 0;
    let is_free = |&here: &usize| view.bits[here] & (word::CAPITALISED | word::BLOCKED) == word::CAPITALISED;
    for here in (0..view.bits.len()).filter(is_free) {
        if here < end {
            continue;
        }
        // "ROE: I was there." in an interview.
        if view.tokens[here].case == Case::Upper
            && view.word(here + 1) == ":"
            && let Some(&Some(person)) = shouted.get(view.word(here))
        {
            let entity = EntityId::person(person);
            found.push(Linked { tokens: here..here + 1, entity, kind: MentionKind::Alias, confidence: CONFIDENCE });
            continue;
        }
        let Some(candidates) = forms.get(&form_of_word(view, &view.tokens[here])) else { continue };
        for form in candidates.forms() {
            let range = here..here + form.words();
            let entity = form.entity(links);
            let same = range.clone().zip(form.tokens(links)).all(|(a, b)| view.word(a) == view.word(b) && !view.is(a, word::BLOCKED))
                && range.end <= view.tokens.len();
            if same && stands_alone(view, &range, entity.kind == EntityKind::Person || view.is_taken(here)) {
                found.push(Linked { tokens: range.clone(), entity, kind: MentionKind::Alias, confidence: CONFIDENCE });
                end = range.end;
                break;
            }
        }
    }
    found.sort_by_key(|link| link.tokens.start);
    found
}

/// For each person whether the full name is known and nobody else (of the first people) bears the surname.
fn lone_surnames(people: &[Person], names: &Names) -> Vec<bool> {
    let surname = |person: &Person| names.words(person.words).last().copied().filter(|_| person.words.len() > 1);
    let surnames: Vec<Option<Word>> = people.iter().map(surname).collect();
    let rivals = |surname| surnames.iter().take(64).filter(|&&other| other == surname).count();
    surnames.iter().map(|&surname| surname.is_some() && rivals(surname) < 2).collect()
}

/// "Wang Ruolan (王若兰)": a person's name in another script, in brackets after the name.
fn other_script(view: &View, link: &Linked) -> Option<Linked> {
    let open = link.tokens.end;
    if link.entity.kind != EntityKind::Person || view.is(open, word::WORD | word::COMMA | word::STOP) || view.word(open) != "(" {
        return None;
    }
    let close = (open + 2..open + 6).find(|&t| view.word(t) == ")")?;
    let is_foreign = |t: usize| view.is_word(t) && !view.is(t, word::BLOCKED) && view.word(t).chars().all(|c| c > '\u{36F}');
    let entity = link.entity;
    (open + 1..close).all(is_foreign).then_some(Linked {
        tokens: open + 1..close,
        entity,
        kind: MentionKind::Alias,
        confidence: CONFIDENCE,
    })
}

/// Surnames in capitals, each with its only person.
fn shouted_surnames(people: &[Person], names: &Names) -> FxHashMap<String, Option<usize>> {
    let mut surnames = FxHashMap::default();
    for (index, person) in people.iter().enumerate() {
        if let Some(&last) = names.words(person.words).last() {
            surnames.entry(names.words.text(last).to_uppercase()).and_modify(|known| *known = None).or_insert(Some(index));
        }
    }
    surnames
}

/// Whether the form is one of the link's entity from now on.
fn add(forms: &mut Forms, view: &View, link: usize, tokens: Range<usize>, links: &[Linked]) -> bool {
    if tokens.is_empty() || !view.capitalised(tokens.start) {
        return false;
    }
    let entity = links[link].entity;
    let list = forms.entry(form_of_word(view, &view.tokens[tokens.start])).or_default();
    let words = tokens.len();
    let known = list
        .forms()
        .position(|form| form.words() == words && form.tokens(links).zip(tokens.clone()).all(|(a, b)| view.word(a) == view.word(b)));
    match known {
        Some(at) if list.0[at].is_some_and(|form| form.entity(links) != entity) => {
            list.remove(at);
            false
        }
        Some(_) => true,
        None => NonZeroU32::new(words as u32).is_some_and(|words| list.insert(Form { words, link: link as u32 })),
    }
}

/// Not part of a longer run of capitalised words, not half of a hyphenated word, not a plain word that opens a sentence.
fn stands_alone(view: &View, range: &Range<usize>, strict: bool) -> bool {
    let (first, after) = (range.start, range.end);
    let hyphen = |t: usize| matches!(view.word(t), "-" | "‑" | "‐" | "/" | "@" | "&");
    if first > 0 && view.touches_previous(first) && hyphen(first - 1) || view.touches_previous(after) && hyphen(after) && strict {
        return false;
    }
    let opens = view.opens_sentence(first);
    if range.len() == 1 && opens && view.is(first, word::WORD_NAME) {
        return false;
    }
    // Of a line in capitals nothing is known.
    if range.len() == 1
        && view.tokens[first].case == Case::Upper
        && view.tokens.get(after).is_some_and(|t| t.case == Case::Upper && view.on_line(after))
    {
        return false;
    }
    // "400 TB Acme stored": a unit is no part of the name.
    let unit = first > 1 && view.tokens[first - 2].kind == TokenKind::Number && view.tokens[first - 1].case == Case::Upper;
    let joined_before = first > 0
        && !unit
        && view.on_line(first)
        && view.capitalised(first - 1)
        && !view.is(first - 1, word::TITLE | word::ROLE | word::THE | word::PREPOSITION | word::CONJUNCTION | word::AUXILIARY)
        && !view.opens_sentence(first - 1);
    let joined_after = view.on_line(after) && view.capitalised(after) && !view.touches_previous(after);
    !(joined_before || joined_after && strict)
}
