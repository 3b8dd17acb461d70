//! Organisations: tagged names in, one group for each organisation out, with what class of organisation its name and the article tell.
//!
//! The same name without legal form joins first; then an acronym joins its expansion, and a short form the one longer name it begins or,
//! after "the", ends.

use super::bodies;
use super::lexicon::word;
use super::names::{Form, Name, Names, Namesakes, Unfinished, Word, Words};
use super::view::View;
use crate::annotate::lexicon::exact_hash;
use crate::annotate::names::EntryId;
use crate::document::{Case, TokenKind};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// Mentions of one name that are looked at for its legal form.
const LOOKED_AT: usize = 8;
/// Longer names that share a word with a short form and are looked at.
const NAMESAKES: usize = 8;

/// An organisation's name at one place.
#[derive(Clone, Debug)]
pub(super) struct OrganisationMention {
    pub(super) tokens: Range<usize>,
    pub(super) form: Form,
    /// Folded words, "&" as "and", without leading "the" and legal form.
    pub(super) words: Name,
    pub(super) confidence: f32,
    pub(super) entry: Option<EntryId>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Organisation {
    pub(super) words: Name,
    /// Its first mention among those given, and how many there are.
    first: usize,
    mentions: usize,
    /// Of the user's list.
    pub(super) entry: Option<EntryId>,
    /// Bits of the lexicon's classes; 0 for unknown.
    pub(super) classes: u64,
}

impl Organisation {
    /// An organisation known by one mention's name, and no mention counted yet.
    pub(super) fn of(mention: &OrganisationMention) -> Self {
        Self { words: mention.words, ..Self::default() }
    }
}

/// Adds to `words`, which has none, the folded words of a name as they are compared.
pub(super) fn name_words(view: &View, tokens: Range<usize>, known: &mut Words, words: &mut Vec<Word>) {
    let mut last = Unfinished::default();
    for index in tokens {
        match view.tokens[index].kind {
            TokenKind::Clitic => last.go_on(view.word(index).trim_start_matches(['\'', '’']), words, known),
            TokenKind::Word | TokenKind::Number | TokenKind::Address => {
                last.finish(words, known, view.lexicon);
                words.push(known.of_token(view, index));
            }
            _ if view.word(index) == "&" => {
                last.finish(words, known, view.lexicon);
                words.push(known.of("and", view.lexicon));
            }
            _ => {}
        }
    }
    last.finish(words, known, view.lexicon);
    if words.len() > 1 && known.text(words[0]) == "the" {
        words.remove(0);
    }
    let is_form = |word: Word| known.bits(word) & word::LEGAL_FORM != 0 || known.text(word) == "and";
    while words.len() > 1 && words.last().is_some_and(|&last| is_form(last)) {
        words.pop();
    }
}

/// Groups `mentions`, which are in text order. The answer: organisations in order of their first mention, and for each mention which it
/// names.
pub(super) fn cluster(view: &View, mentions: &[OrganisationMention], names: &Names) -> (Vec<Organisation>, Vec<usize>) {
    // By the hash of all words of a name.
    let mut exact: FxHashMap<u64, usize> = FxHashMap::with_capacity_and_hasher(mentions.len(), FxBuildHasher);
    let mut groups: Vec<Organisation> = Vec::with_capacity(mentions.len());
    let mut group_of = Vec::with_capacity(mentions.len());
    for (index, mention) in mentions.iter().enumerate() {
        let group = *exact.entry(names.hash(mention.words)).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Organisation { words: mention.words, first: index, ..Organisation::default() });
        }
        let group_mentions = &mut groups[group].mentions;
        *group_mentions += 1;
        if *group_mentions <= LOOKED_AT && has_legal_form(view, &mention.tokens) {
            groups[group].classes = view.lexicon.company;
        }
        group_of.push(group);
    }
    let mut joins = Joins { parent: (0..groups.len()).collect(), joined: vec![false; groups.len()] };
    defined_acronyms(view, mentions, &group_of, &groups, names, &mut joins);
    acronyms(view, mentions, &groups, names, &mut joins);
    bodies::join(&groups, names, |a, b| joins.join(a, b));
    short_forms(view, mentions, &groups, names, &mut joins);

    // Groups are in the order of their first mentions, and the first of those joined is their root.
    let mut merged: Vec<Organisation> = Vec::with_capacity(groups.len());
    let mut place = vec![0; groups.len()];
    for (group, organisation) in groups.into_iter().enumerate() {
        let root = joins.root(group);
        let classes = organisation.classes | classes_of(view, names, organisation.words);
        if root == group {
            place[group] = merged.len();
            merged.push(Organisation { classes, ..organisation });
        } else {
            place[group] = place[root];
            let whole = &mut merged[place[root]];
            whole.classes |= classes;
            if organisation.words.len() > whole.words.len() {
                whole.words = organisation.words;
            }
        }
    }
    group_of.iter_mut().for_each(|group| *group = place[*group]);
    (merged, group_of)
}

/// Whether a name of more than one word ends in a legal form.
fn has_legal_form(view: &View, tokens: &Range<usize>) -> bool {
    let words = tokens.clone().filter(|&t| view.is_word(t)).count();
    words > 1 && tokens.clone().rev().find(|&t| view.is_word(t)).is_some_and(|last| view.is(last, word::LEGAL_FORM))
}

/// What a name's own words tell: "bank" in it, or that it is well known.
fn classes_of(view: &View, names: &Names, name: Name) -> u64 {
    let words = names.words(name);
    let text = |word: Word| names.words.text(word);
    let known = view.lexicon.known_organisation(names.hash(name));
    // Of a public body the noun tells more than the list: "commission", "service".
    if known & !view.lexicon.public_body == known && known != 0 {
        return known;
    }
    // The last noun counts, or the head before "of": "University of Ulm".
    let head = words.iter().position(|&word| matches!(text(word), "of" | "for")).map_or(words.len(), |of| of.max(1));
    let noun = |&word: &Word| match names.words.bits(word) & word::ORGANISATION {
        0 => 0,
        _ => view.lexicon.organisation_noun(names.words.hash(word)).map_or(0, |noun| noun.gives),
    };
    let own = words.get(..head).and_then(<[Word]>::last).map(noun).filter(|&bits| bits != 0).or_else(|| words.last().map(noun));
    known | own.unwrap_or(0)
}

/// Groups that turned out to be one.
struct Joins {
    parent: Vec<usize>,
    /// Whether a group was joined to another.
    joined: Vec<bool>,
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
        (self.joined[a], self.joined[b]) = (true, true);
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

/// Whether the tokens are one word of capitals.
fn is_acronym(view: &View, tokens: &Range<usize>) -> bool {
    tokens.len() == 1 && view.tokens[tokens.start].case == Case::Upper && view.tokens[tokens.start].span.len() <= 8
}

/// "Immigration and Customs Enforcement (ICE)" and "ICE (Immigration and Customs Enforcement)", "Acme Sails (the “AS”)", "Acme Sails, or AS,".
fn defined_acronyms(
    view: &View,
    mentions: &[OrganisationMention],
    group_of: &[usize],
    groups: &[Organisation],
    names: &Names,
    joins: &mut Joins,
) {
    for (index, pair) in mentions.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let Some(definition) = definition(view, a.tokens.end, &b.tokens) else { continue };
        let (first, second) = (group_of[index], group_of[index + 1]);
        let abbreviates = |acronym: usize, name: usize| {
            let tokens = &mentions[groups[name].first].tokens;
            let (acronym, words) = (names.words(groups[acronym].words), names.words(groups[name].words));
            acronym.len() == 1
                && (letters_in_order(&names.words, acronym[0], words)
                    || tokens.len() == 1 && has_capitals(view.word(tokens.start), names.words.text(acronym[0])))
        };
        // In another language than the name's: "the National Agency for Harbours (ANP)".
        let foreign = || definition == Definition::Bare && is_new_acronym(view, b, index + 1, &groups[second], names) && a.tokens.len() > 2;
        if abbreviates(second, first) || definition == Definition::Bare && abbreviates(first, second) || foreign() {
            joins.join(first, second);
        }
    }
}

/// How a second name is told to be another one for the first.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Definition {
    /// In brackets.
    Bare,
    /// In brackets and marks, or after "or".
    Marked,
}

/// How the name at `second` is tied to the one that ends before token `end`.
fn definition(view: &View, end: usize, second: &Range<usize>) -> Option<Definition> {
    let after = second.end;
    let is_mark = |t: usize| view.tokens.get(t).is_some_and(|token| token.kind == TokenKind::Quote);
    if view.word(end) == "(" {
        let the = usize::from(view.is(end + 1, word::THE));
        if is_mark(end + 1 + the) {
            return (second.start == end + 2 + the && is_mark(after)).then_some(Definition::Marked);
        }
        return (second.start == end + 1 && view.word(after) == ")").then_some(Definition::Bare);
    }
    let or = view.is_comma(end) && view.word(end + 1) == "or" && second.start == end + 2;
    (or && (view.is_comma(after) || view.is_stop(after))).then_some(Definition::Marked)
}

/// Whether the letters are the capitals of a name in one word: "BMW" of "BioMedWire".
fn has_capitals(name: &str, letters: &str) -> bool {
    letters.len() > 1 && name.chars().filter(|c| c.is_uppercase()).flat_map(char::to_lowercase).eq(letters.chars())
}

/// Whether the article has this acronym here first, and the lists do not know it.
fn is_new_acronym(view: &View, mention: &OrganisationMention, index: usize, group: &Organisation, names: &Names) -> bool {
    const SHORTEST: usize = 3;
    group.first == index
        && is_acronym(view, &mention.tokens)
        && view.word(mention.tokens.start).len() >= SHORTEST
        && view.lexicon.known_organisation(names.hash(group.words)) == 0
}

/// Whether the acronym's letters begin words of the name, or stand in them in order.
fn letters_in_order(known: &Words, acronym: Word, words: &[Word]) -> bool {
    let mut letters = known.text(acronym).chars().filter(|c| c.is_alphanumeric()).peekable();
    if words.len() < 2 || letters.peek() != known.text(words[0]).chars().next().as_ref() {
        return false;
    }
    for c in words.iter().flat_map(|&word| known.text(word).chars()) {
        if letters.peek() == Some(&c) {
            letters.next();
        }
    }
    letters.peek().is_none()
}

/// Acronyms whose letters are the first ones of exactly one name's words, with or without the small ones.
fn acronyms(view: &View, mentions: &[OrganisationMention], groups: &[Organisation], names: &Names, joins: &mut Joins) {
    let acronym = |organisation: &Organisation| match names.words(organisation.words) {
        &[acronym] if is_acronym(view, &mentions[organisation.first].tokens) => Some(names.words.hash(acronym)),
        _ => None,
    };
    if !groups.iter().any(|organisation| acronym(organisation).is_some()) {
        return;
    }
    let mut by_initials: FxHashMap<u64, Option<usize>> = FxHashMap::with_capacity_and_hasher(groups.len(), FxBuildHasher);
    let (mut all, mut main) = (String::new(), String::new());
    for (group, organisation) in groups.iter().enumerate().filter(|(_, o)| o.words.len() > 1) {
        let words = || names.words(organisation.words).iter().map(|&word| names.words.text(word));
        all.clear();
        all.extend(words().filter_map(|w| w.chars().next()));
        let counts = |w: &&str| !matches!(*w, "of" | "and" | "for" | "the" | "in" | "on" | "to" | "de");
        main.clear();
        main.extend(words().filter(counts).filter_map(|w| w.chars().next()));
        let same = all == main;
        // Two letters are those of two words in full: "AP", but "UN" not of "U.S. Navy".
        let in_full = || words().all(|w| w.len() > 2 || !counts(&w));
        for initials in [&all, &main].into_iter().take(if same { 1 } else { 2 }).filter(|i| i.len() > 2 || i.len() == 2 && in_full()) {
            by_initials
                .entry(exact_hash(initials))
                .and_modify(|known| *known = known.filter(|&known| known == group))
                .or_insert(Some(group));
        }
    }
    for (group, organisation) in groups.iter().enumerate() {
        if let Some(&Some(name)) = acronym(organisation).and_then(|acronym| by_initials.get(&acronym)) {
            joins.join(group, name);
        }
    }
}

/// "Harrow" for "Harrow & Finch", "the Times" for "The New York Times", "the Fed" for "Federal Reserve".
fn short_forms(view: &View, mentions: &[OrganisationMention], groups: &[Organisation], names: &Names, joins: &mut Joins) {
    let text = |word: Word| names.words.text(word);
    const FIRST: usize = 0;
    const LAST: usize = 1;
    let mut by_word: Namesakes<2> = Namesakes::new(&names.words);
    for (group, organisation) in groups.iter().enumerate() {
        let &[first, .., last] = names.words(organisation.words) else { continue };
        by_word.insert(FIRST, first, group, NAMESAKES);
        by_word.insert(LAST, last, group, NAMESAKES);
    }
    let mut longer: Vec<usize> = Vec::new();
    for (group, short) in groups.iter().enumerate() {
        // "AP" that stands for Associated Press does not for "AP Television".
        if joins.joined[group] {
            continue;
        }
        let first_mention = &mentions[short.first];
        let words = names.words(short.words);
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { continue };
        let bits = |word: Word| names.words.bits(word);
        let generic = |&word: &Word| bits(word) & (word::GENERIC | word::ORGANISATION) != 0;
        longer.clear();
        let adjective = words.len() == 1 && bits(first) & word::MODIFIER != 0;
        if !words.iter().all(generic) && !adjective {
            longer.extend(by_word.of(FIRST, first).filter(|&candidate| {
                let (name, long) = (&groups[candidate], names.words(groups[candidate].words));
                // A person's or place's name before an organisation noun is its owner as often as its short form.
                let begins = long.len() > words.len() && long.starts_with(words);
                let before = name.first < short.first || words.len() == 1 && first_mention.tokens.start < HEADLINE;
                begins && (before || long[words.len()..].iter().all(generic))
            }));
        }
        let after_the = first_mention.tokens.start.checked_sub(1).is_some_and(|before| view.word(before).eq_ignore_ascii_case("the"));
        let only_generic = words.iter().all(|&word| bits(word) & word::GENERIC != 0);
        if longer.is_empty() && after_the && !only_generic && !is_acronym(view, &first_mention.tokens) {
            longer.extend(by_word.of(LAST, last).filter(|&candidate| {
                let (name, long) = (&groups[candidate], names.words(groups[candidate].words));
                long.len() > words.len() && long.ends_with(words) && name.first < short.first
            }));
            if longer.is_empty() && words.len() == 1 && text(first).len() == 3 {
                longer.extend((0..group.min(64)).filter(|&candidate| {
                    let long = names.words(groups[candidate].words);
                    long.len() > 1 && text(long[0]).len() > 5 && text(long[0]).starts_with(text(first))
                }));
            }
        }
        // "Town" for "Ravensbourne Town", which no "the" announces.
        if longer.is_empty() && words.len() == 1 && !after_the && generic(&first) && !is_acronym(view, &first_mention.tokens) {
            longer.extend(by_word.of(LAST, last).filter(|&candidate| {
                let name = &groups[candidate];
                name.first < short.first && !names.words(name.words).iter().any(|&word| matches!(text(word), "of" | "for"))
            }));
        }
        if let Some((&candidate, others)) = longer.split_first()
            && others.iter().all(|&other| joins.root(other) == joins.root(candidate))
        {
            joins.join(group, candidate);
        }
    }
}

/// A mention this early stands in the headline or first line, where short forms come before the full name.
const HEADLINE: usize = 40;
