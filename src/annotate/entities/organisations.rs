//! Organisations: tagged names in, one group for each organisation out, with what class of organisation its name and the article tell.
//!
//! The same name without legal form joins first; then an acronym joins its expansion, and a short form the one longer name it begins or,
//! after "the", ends.

use super::folded::NameWords;
use super::lexicon::word;
use super::view::{View, fold, fold_onto};
use crate::annotate::lexicon::word_hash;
use crate::annotate::names::EntryId;
use crate::document::{Case, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Longer names that share a word with a short form and are looked at.
const NAMESAKES: usize = 8;

/// An organisation's name at one place.
#[derive(Clone, Debug)]
pub(super) struct OrganisationMention {
    pub(super) tokens: Range<usize>,
    /// Folded words, "&" as "and", without leading "the" and legal form.
    pub(super) words: NameWords,
    pub(super) confidence: f32,
    pub(super) entry: Option<EntryId>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Organisation {
    pub(super) words: NameWords,
    /// Indexes into the mentions given, in text order.
    pub(super) mentions: Vec<usize>,
    /// Of the user's list.
    pub(super) entry: Option<EntryId>,
    /// Bits of the lexicon's classes; 0 for unknown.
    pub(super) classes: u64,
}

impl Organisation {
    /// An organisation known by one mention's name, and no mention counted yet.
    pub(super) fn of(mention: &OrganisationMention) -> Self {
        Self { words: mention.words.clone(), ..Self::default() }
    }
}

/// The folded words of a name as they are compared.
pub(super) fn name_words(view: &View, tokens: Range<usize>) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for index in tokens {
        let token = &view.tokens[index];
        let text = token.span.of(view.text);
        match token.kind {
            TokenKind::Clitic => {
                if let Some(last) = words.last_mut() {
                    fold_onto(text.trim_start_matches(['\'', '’']), last);
                }
            }
            TokenKind::Word | TokenKind::Number | TokenKind::Address => {
                let mut folded = String::new();
                fold(text, &mut folded);
                words.push(folded);
            }
            _ if text == "&" => words.push("and".to_owned()),
            _ => {}
        }
    }
    if words.len() > 1 && words[0] == "the" {
        words.remove(0);
    }
    while words.len() > 1 && (words.last().is_some_and(|w| view.lexicon.word(w) & word::LEGAL_FORM != 0 || w == "and")) {
        words.pop();
    }
    words
}

/// Groups `mentions`, which are in text order. The answer: organisations in order of their first mention.
pub(super) fn cluster(view: &View, mentions: &[OrganisationMention]) -> Vec<Organisation> {
    let mut exact: FxHashMap<&[String], usize> = FxHashMap::default();
    let mut groups: Vec<Organisation> = Vec::new();
    let mut group_of = Vec::with_capacity(mentions.len());
    for (index, mention) in mentions.iter().enumerate() {
        let group = *exact.entry(&mention.words).or_insert_with(|| {
            groups.push(Organisation { words: mention.words.clone(), ..Organisation::default() });
            groups.len() - 1
        });
        groups[group].mentions.push(index);
        group_of.push(group);
    }
    let mut joins = Joins { parent: (0..groups.len()).collect() };
    defined_acronyms(view, mentions, &group_of, &groups, &mut joins);
    acronyms(view, mentions, &groups, &mut joins);
    short_forms(view, mentions, &groups, &mut joins);

    let mut merged: Vec<Organisation> = Vec::new();
    let mut place = vec![usize::MAX; groups.len()];
    for (group, organisation) in groups.into_iter().enumerate() {
        let root = joins.root(group);
        let legal = organisation.mentions.iter().take(8).any(|&m| has_legal_form(view, &mentions[m].tokens));
        let classes = classes_of(view, &organisation.words) | if legal { view.lexicon.company } else { 0 };
        if place[root] == usize::MAX {
            place[root] = merged.len();
            merged.push(Organisation { classes, ..organisation });
        } else {
            let whole = &mut merged[place[root]];
            whole.mentions.extend(organisation.mentions);
            whole.classes |= classes;
            if organisation.words.len() > whole.words.len() {
                whole.words = organisation.words;
            }
        }
    }
    for organisation in &mut merged {
        organisation.mentions.sort_unstable();
    }
    merged.sort_by_key(|organisation| organisation.mentions[0]);
    merged
}

/// Whether a name of more than one word ends in a legal form.
fn has_legal_form(view: &View, tokens: &Range<usize>) -> bool {
    let words = tokens.clone().filter(|&t| view.is_word(t)).count();
    words > 1 && tokens.clone().rev().find(|&t| view.is_word(t)).is_some_and(|last| view.is(last, word::LEGAL_FORM))
}

/// What a name's own words tell: "bank" in it, or that it is well known.
fn classes_of(view: &View, words: &[String]) -> u64 {
    let known = view.lexicon.known_organisation(&words.join(" "));
    // Of a public body the noun tells more than the list: "commission", "service".
    if known & !view.lexicon.public_body == known && known != 0 {
        return known;
    }
    // The last noun counts, or the head before "of": "University of Ulm".
    let head = words.iter().position(|w| w == "of" || w == "for").map_or(words.len(), |of| of.max(1));
    let noun = |word: &String| view.lexicon.organisation_noun(word_hash(word)).map_or(0, |noun| noun.gives);
    let own = words.get(..head).and_then(<[String]>::last).map(noun).filter(|&bits| bits != 0).or_else(|| words.last().map(noun));
    known | own.unwrap_or(0)
}

/// Groups that turned out to be one.
struct Joins {
    parent: Vec<usize>,
}

impl Joins {
    fn root(&mut self, mut group: usize) -> usize {
        while self.parent[group] != group {
            self.parent[group] = self.parent[self.parent[group]];
            group = self.parent[group];
        }
        group
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Whether the tokens are one word of capitals.
fn is_acronym(view: &View, tokens: &Range<usize>) -> bool {
    tokens.len() == 1 && view.tokens[tokens.start].case == Case::Upper && view.tokens[tokens.start].span.len() <= 8
}

/// "Immigration and Customs Enforcement (ICE)" and "ICE (Immigration and Customs Enforcement)".
fn defined_acronyms(view: &View, mentions: &[OrganisationMention], group_of: &[usize], groups: &[Organisation], joins: &mut Joins) {
    for (index, pair) in mentions.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        if b.tokens.start != a.tokens.end + 1 || view.word(a.tokens.end) != "(" || view.word(b.tokens.end) != ")" {
            continue;
        }
        let (first, second) = (group_of[index], group_of[index + 1]);
        let abbreviates = |acronym: usize, name: usize| {
            groups[acronym].words.len() == 1 && letters_in_order(&groups[acronym].words[0], &groups[name].words)
        };
        if abbreviates(second, first) || abbreviates(first, second) {
            joins.join(first, second);
        }
    }
}

/// Whether the acronym's letters begin words of the name, or stand in them in order.
pub(super) fn letters_in_order(acronym: &str, words: &[String]) -> bool {
    let mut letters = acronym.chars().filter(|c| c.is_alphanumeric()).peekable();
    if words.len() < 2 || letters.peek() != words[0].chars().next().as_ref() {
        return false;
    }
    for c in words.iter().flat_map(|w| w.chars()) {
        if letters.peek() == Some(&c) {
            letters.next();
        }
    }
    letters.peek().is_none()
}

/// Acronyms of three letters and more whose letters are the first ones of exactly one name's words, with or without the small ones.
fn acronyms(view: &View, mentions: &[OrganisationMention], groups: &[Organisation], joins: &mut Joins) {
    let mut names: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (group, organisation) in groups.iter().enumerate().filter(|(_, o)| o.words.len() > 2) {
        let all: String = organisation.words.iter().filter_map(|w| w.chars().next()).collect();
        let counts = |w: &&String| !matches!(w.as_str(), "of" | "and" | "for" | "the" | "in" | "on" | "to" | "de");
        let main: String = organisation.words.iter().filter(counts).filter_map(|w| w.chars().next()).collect();
        let same = all == main;
        for initials in [all, main].into_iter().take(if same { 1 } else { 2 }).filter(|i| i.len() > 2) {
            names.entry(initials).and_modify(|known| *known = known.filter(|&known| known == group)).or_insert(Some(group));
        }
    }
    if names.is_empty() {
        return;
    }
    for (group, organisation) in groups.iter().enumerate() {
        let [acronym] = &*organisation.words else { continue };
        if is_acronym(view, &mentions[organisation.mentions[0]].tokens)
            && let Some(Some(name)) = names.get(acronym.as_str())
        {
            joins.join(group, *name);
        }
    }
}

/// "Harrow" for "Harrow & Finch", "the Times" for "The New York Times", "the Fed" for "Federal Reserve".
fn short_forms(view: &View, mentions: &[OrganisationMention], groups: &[Organisation], joins: &mut Joins) {
    let mut by_first: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    let mut by_last: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (group, organisation) in groups.iter().enumerate().filter(|(_, o)| o.words.len() > 1) {
        for (map, key) in [(&mut by_first, organisation.words.first()), (&mut by_last, organisation.words.last())] {
            let Some(key) = key else { continue };
            let list = map.entry(key.as_str()).or_default();
            if list.len() < NAMESAKES {
                list.push(group);
            }
        }
    }
    for (group, short) in groups.iter().enumerate() {
        let Some(first_mention) = short.mentions.first().map(|&m| &mentions[m]) else { continue };
        let (Some(first), Some(last)) = (short.words.first(), short.words.last()) else { continue };
        let generic = |w: &String| view.lexicon.word(w) & (word::GENERIC | word::ORGANISATION) != 0;
        let mut longer: Vec<usize> = Vec::new();
        let adjective = short.words.len() == 1 && view.lexicon.word(first) & word::MODIFIER != 0;
        if !short.words.iter().all(generic) && !adjective {
            longer.extend(by_first.get(first.as_str()).into_iter().flatten().filter(|&&candidate| {
                let name = &groups[candidate];
                // A person's or place's name before an organisation noun is its owner as often as its short form.
                let begins = name.words.len() > short.words.len() && name.words.starts_with(&short.words);
                let before = name.mentions[0] < short.mentions[0] || short.words.len() == 1 && first_mention.tokens.start < HEADLINE;
                begins && (before || name.words[short.words.len()..].iter().all(generic))
            }));
        }
        let after_the = first_mention.tokens.start.checked_sub(1).is_some_and(|before| view.word(before).eq_ignore_ascii_case("the"));
        let only_generic = short.words.iter().all(|w| view.lexicon.word(w) & word::GENERIC != 0);
        if longer.is_empty() && after_the && !only_generic && !is_acronym(view, &first_mention.tokens) {
            longer.extend(by_last.get(last.as_str()).into_iter().flatten().filter(|&&candidate| {
                let name = &groups[candidate];
                name.words.len() > short.words.len() && name.words.ends_with(&short.words) && name.mentions[0] < short.mentions[0]
            }));
            if longer.is_empty() && short.words.len() == 1 && first.len() == 3 {
                longer.extend((0..group.min(64)).filter(|&candidate| {
                    let word = &groups[candidate].words[0];
                    groups[candidate].words.len() > 1 && word.len() > 5 && word.starts_with(first.as_str())
                }));
            }
        }
        // "Town" for "Ravensbourne Town", which no "the" announces.
        if longer.is_empty() && short.words.len() == 1 && !after_the && generic(first) && !is_acronym(view, &first_mention.tokens) {
            longer.extend(by_last.get(last.as_str()).into_iter().flatten().filter(|&&candidate| {
                let name = &groups[candidate];
                name.mentions[0] < short.mentions[0] && !name.words.iter().any(|w| w == "of" || w == "for")
            }));
        }
        if let [candidate] = longer.as_slice() {
            joins.join(group, *candidate);
        }
    }
}

/// A mention this early stands in the headline or first line, where short forms come before the full name.
const HEADLINE: usize = 40;
