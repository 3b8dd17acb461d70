//! People: tagged names in, one group for each person out.
//!
//! Full names first, gathered by surname and agreeing given names; then what is shorter joins the full name it abbreviates, wherever in
//! the article that stands (a headline's surname comes before the full name). Two people of one surname are kept apart by title, by
//! given name and by which of them the article is about.

use super::in_order;
use super::lexicon::{EntityLexicon, word};
use super::names::{Form, Name, Names, Namesakes, Unfinished, Word, Words};
use super::view::View;
use crate::annotate::lexicon::{extend_phrase, word_hash};
use crate::annotate::names::EntryId;
use crate::document::{Gap, Gender, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// People of one surname (or given name) that are told apart; the rest are taken for the first.
const NAMESAKES: usize = 16;

/// A person's name at one place.
#[derive(Clone, Debug)]
pub(super) struct PersonMention {
    pub(super) tokens: Range<usize>,
    pub(super) form: Form,
    /// Folded words without particles before a surname and without "Jr.".
    pub(super) words: Name,
    /// Hash of "Jr.", "III": tells son from father.
    pub(super) suffix: Option<u64>,
    /// Whether it ends in a given name: "Lee Jae-myung", "Ronald Lam Man-kin".
    pub(super) given_last: bool,
    pub(super) title_gender: Option<Gender>,
    /// Whether any title stands before it.
    pub(super) titled: bool,
    pub(super) confidence: f32,
    pub(super) entry: Option<EntryId>,
}

/// A person named in the article.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) words: Name,
    suffix: Option<u64>,
    given_last: bool,
    /// Of the user's list.
    pub(super) entry: Option<EntryId>,
    /// From "Mr", "Mrs": written to the record.
    pub(super) honorific: Option<Gender>,
    /// What the given name suggests: never written.
    pub(super) suggested: Option<Gender>,
    full_mentions: usize,
    bare_mentions: usize,
    last_full: usize,
}

impl Person {
    /// A person known by one mention's name, and no mention counted yet.
    pub(super) fn of(mention: &PersonMention) -> Self {
        Self { words: mention.words, honorific: mention.title_gender, ..Self::default() }
    }

    pub(super) fn gender(&self) -> Option<Gender> {
        self.honorific.or(self.suggested)
    }
}

/// Adds to `words`, which has none, the folded words of a name: hyphens joined, initials without points, suffix and leading particle off.
pub(super) fn name_words(view: &View, tokens: Range<usize>, known: &mut Words, words: &mut Vec<Word>) {
    let mut last = Unfinished::default();
    let mut joined = false;
    for index in tokens {
        let token = &view.tokens[index];
        match token.kind {
            TokenKind::Word | TokenKind::Number | TokenKind::Address => {
                if words.len() > 1 && view.is(index, word::SUFFIX) {
                    continue;
                }
                if joined && token.gap == Gap::None {
                    last.go_on(view.word(index), words, known);
                } else {
                    last.finish(words, known, view.lexicon);
                    words.push(known.of_token(view, index));
                }
                joined = false;
            }
            TokenKind::Punctuation if token.gap == Gap::None && matches!(view.word(index), "-" | "‑" | "‐") => {
                last.go_on("-", words, known);
                joined = !words.is_empty();
            }
            _ => {}
        }
    }
    last.finish(words, known, view.lexicon);
    let particles = words.iter().take_while(|&&word| known.bits(word) & word::PARTICLE != 0).count();
    if particles > 0 && particles < words.len() {
        words.drain(..particles);
    }
    if let [only] = words.as_mut_slice() {
        *only = known.surname(*only);
    }
}

/// The "Jr." or "III" at the end of a name.
pub(super) fn suffix(view: &View, tokens: Range<usize>) -> Option<u64> {
    let last = tokens.clone().rev().find(|&t| view.is_word(t));
    last.filter(|&last| last > tokens.start + 1 && view.is(last, word::SUFFIX)).map(|last| view.plain_hash(last))
}

/// Whether the last word is a given name as they stand after the surname in East Asia: hyphenated, its second half in lower case.
pub(super) fn is_given_last(view: &View, tokens: &Range<usize>) -> bool {
    tokens.len() > 3
        && view.lower(tokens.end - 1)
        && view.touches_previous(tokens.end - 1)
        && view.touches_previous(tokens.end - 2)
        && matches!(view.word(tokens.end - 2), "-" | "‑" | "‐")
}

/// The first word between given name and surname.
fn middle(words: &[Word]) -> Option<Word> {
    words[1..words.len() - 1].first().copied()
}

/// Groups `mentions`, which are in text order. The answer: people in order of their first mention, and for each mention whom it names.
pub(super) fn cluster(mentions: &[PersonMention], names: &Names, lexicon: &EntityLexicon) -> (Vec<Person>, Vec<usize>) {
    let mut clusters = Clusters {
        lexicon,
        names,
        people: Vec::with_capacity(mentions.len()),
        exact: FxHashMap::with_capacity_and_hasher(mentions.len(), FxBuildHasher),
        by_word: Namesakes::new(&names.words),
    };
    let mut person_of = vec![usize::MAX; mentions.len()];
    for (index, mention) in mentions.iter().enumerate().filter(|(_, m)| m.words.len() > 1) {
        person_of[index] = clusters.full(mention);
    }
    clusters.index_parts();
    // "Mr Roe" tells more than "Roe": it may show that there is a Roe beside Jane Roe, whom the bare surname means as well.
    // A given name that several bear comes last: by then it shows whom the article names most.
    for sure in [3, 2, 1, 0] {
        if sure == 0 && !person_of.contains(&usize::MAX) {
            break;
        }
        for (index, mention) in mentions.iter().enumerate() {
            if mention.words.len() > 1 {
                clusters.people[person_of[index]].last_full = mention.tokens.start;
            } else if certainty(mention) >= sure
                && person_of[index] == usize::MAX
                && let Some(person) = clusters.single(mention, sure == 0)
            {
                person_of[index] = person;
                let known = &mut clusters.people[person];
                known.bare_mentions += 1;
                known.honorific = known.honorific.or(mention.title_gender);
            }
        }
    }
    let mut people = clusters.people;
    in_order(&mut people, &mut person_of);
    (people, person_of)
}

/// How much a title tells of whom a bare surname means.
fn certainty(mention: &PersonMention) -> u8 {
    match (mention.title_gender, mention.titled) {
        (Some(_), _) => 3,
        (None, true) => 2,
        (None, false) => 1,
    }
}

struct Clusters<'a> {
    lexicon: &'a EntityLexicon,
    names: &'a Names,
    people: Vec<Person>,
    /// Hash of all words of a name, to the person: the usual, quick case.
    exact: FxHashMap<u64, usize>,
    /// In the order of [`LAST`], [`FIRST`] and [`MIDDLE`].
    by_word: Namesakes<3>,
}

/// Which of a person's words is looked for.
const LAST: usize = 0;
const FIRST: usize = 1;
const MIDDLE: usize = 2;

impl<'a> Clusters<'a> {
    /// The person of a full name, made if new.
    fn full(&mut self, mention: &PersonMention) -> usize {
        let words = self.words(mention.words);
        let name = self.names.hash(mention.words);
        let name = mention.suffix.map_or(name, |suffix| extend_phrase(name, suffix));
        let known = self.exact.get(&name).copied();
        let found = known.filter(|&p| !opposed(self.people[p].honorific, mention.title_gender)).or_else(|| {
            let last = self.by_word.of(LAST, self.names.surname(words));
            last.chain(self.by_word.of(FIRST, words[0])).find(|&p| self.agree(&self.people[p], mention))
        });
        let person = found.unwrap_or_else(|| self.add(mention));
        if known.is_none() {
            self.exact.insert(name, person);
        }
        let known = &mut self.people[person];
        known.full_mentions += 1;
        known.honorific = known.honorific.or(mention.title_gender);
        let letters = |name: Name| self.names.words(name).iter().map(|&word| self.names.words.text(word).len()).sum::<usize>();
        let is_other = mention.words != known.words;
        let longer = is_other && mention.words.len() == known.words.len() && letters(mention.words) > letters(known.words);
        if mention.words.len() > known.words.len() || longer {
            known.words = mention.words;
            if known.suggested.is_none() {
                known.suggested = self.lexicon.given_name(self.names.words.hash(words[0]));
            }
        }
        person
    }

    fn add(&mut self, mention: &PersonMention) -> usize {
        let person = self.people.len();
        let words = self.words(mention.words);
        let given = |first: Word| match self.names.words.text(first).split_once('-') {
            Some((first_part, _)) => self.lexicon.given_name(word_hash(first_part)),
            None => self.lexicon.given_name(self.names.words.hash(first)),
        };
        let suggested = if words.len() > 1 { given(words[0]) } else { None };
        self.people.push(Person {
            words: mention.words,
            suffix: mention.suffix,
            given_last: mention.given_last,
            honorific: mention.title_gender,
            suggested,
            ..Person::default()
        });
        self.by_word.insert(LAST, self.names.surname(words), person, NAMESAKES);
        if words.len() > 1 {
            self.by_word.insert(FIRST, words[0], person, NAMESAKES);
        }
        person
    }

    fn words(&self, name: Name) -> &'a [Word] {
        self.names.words(name)
    }

    fn given_names_agree(&self, a: Word, b: Word) -> bool {
        a == b || self.lexicon.given_names_agree(self.names.words.text(a), self.names.words.text(b))
    }

    /// Whether a full name can be that of a known person.
    fn agree(&self, person: &Person, mention: &PersonMention) -> bool {
        let (a, b) = (self.words(person.words), self.words(mention.words));
        if a.len() < 2 || opposed(person.honorific, mention.title_gender) {
            return false;
        }
        if self.names.surname(a) == self.names.surname(b) {
            let middles_agree = match (middle(a), middle(b)) {
                (Some(a), Some(b)) => self.given_names_agree(a, b),
                _ => true,
            };
            // Father and son bear one name; a pet form without the suffix ("Bill Roe" for "William Roe Jr.") is the son's.
            if person.suffix != mention.suffix && (a[0] == b[0] || person.suffix.is_some() && mention.suffix.is_some()) {
                return false;
            }
            // "Hillary Rodham Clinton" and "Rodham Clinton" too.
            let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
            // But what stands before a given name and is none itself is another name run into this one.
            let given_name = |word: Word| self.lexicon.given_name(self.names.words.hash(word));
            let run_in = given_name(short[0]).is_some() && given_name(long[0]).is_none();
            let within = long.len() > short.len() && long.ends_with(short) && !run_in;
            return within || self.given_names_agree(a[0], b[0]) && middles_agree;
        }
        // "Noor Hisham" for "Noor Hisham Abdullah".
        a.starts_with(b) || b.starts_with(a)
    }

    /// After all full names are known: their inner and first words, for names of one word.
    fn index_parts(&mut self) {
        for person in 0..self.people.len() {
            let words = self.words(self.people[person].words);
            for &inner in &words[1..words.len() - 1] {
                self.by_word.insert(MIDDLE, inner, person, NAMESAKES);
            }
            self.by_word.insert(LAST, self.names.surname(words), person, NAMESAKES);
            self.by_word.insert(FIRST, words[0], person, NAMESAKES);
            if self.people[person].given_last && words.len() > 1 {
                self.by_word.insert(LAST, words[words.len() - 2], person, NAMESAKES);
            }
        }
    }

    /// The person of a name of one word, made if new; none for a given name of several before the `last` time.
    fn single(&mut self, mention: &PersonMention, last: bool) -> Option<usize> {
        let name = self.words(mention.words)[0];
        let chosen = self
            .choose(self.names.words.surname(name), mention)
            .or_else(|| self.only(FIRST, name, mention))
            .or_else(|| {
                let given_names = self.lexicon.nickname_of(self.names.words.text(name));
                let given_names = given_names.filter_map(|given| self.names.words.number_of(given));
                let mut people = given_names.filter_map(|given| self.only(FIRST, given, mention));
                people.next().filter(|_| people.next().is_none())
            })
            .or_else(|| self.only(MIDDLE, name, mention));
        if chosen.is_some() || !last && self.by_word.of(FIRST, name).next().is_some() {
            return chosen;
        }
        self.best_known(name, mention).or_else(|| Some(self.add(mention)))
    }

    /// The one person who can be meant, if there is one only.
    fn only(&self, which: usize, word: Word, mention: &PersonMention) -> Option<usize> {
        let mut fitting = self.by_word.of(which, word).filter(|&p| !opposed(self.people[p].gender(), mention.title_gender));
        fitting.next().filter(|_| fitting.next().is_none())
    }

    /// Among people of one surname: the one whose title fits; else the one just named in full; else the one named most.
    fn choose(&self, surname: Word, mention: &PersonMention) -> Option<usize> {
        let fitting = |&p: &usize| !opposed(self.people[p].gender(), mention.title_gender);
        let mut candidates = self.by_word.of(LAST, surname);
        let first = candidates.next();
        if candidates.next().is_none() {
            return first.filter(fitting);
        }
        self.by_word.of(LAST, surname).filter(fitting).max_by_key(|&p| {
            let person = &self.people[p];
            let titled = usize::from(mention.title_gender.is_some() && person.honorific == mention.title_gender);
            (titled, 2 * person.full_mentions + 3 * usize::from(is_near(person, mention)), std::cmp::Reverse(p))
        })
    }

    /// The one of this given name who is named more than any other of it.
    fn best_known(&self, given: Word, mention: &PersonMention) -> Option<usize> {
        let named = |p: usize| {
            let person = &self.people[p];
            (person.full_mentions + person.bare_mentions, is_near(person, mention))
        };
        let fitting = || self.by_word.of(FIRST, given).filter(|&p| !opposed(self.people[p].gender(), mention.title_gender));
        let best = fitting().max_by_key(|&p| named(p))?;
        fitting().all(|p| p == best || named(p) < named(best)).then_some(best)
    }
}

/// A full name this few tokens back is what a bare surname repeats.
const NEAR: usize = 40;

fn is_near(person: &Person, mention: &PersonMention) -> bool {
    let before = mention.tokens.start.checked_sub(person.last_full);
    person.last_full > 0 && before.is_some_and(|distance| distance < NEAR)
}

pub(super) fn opposed(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}
