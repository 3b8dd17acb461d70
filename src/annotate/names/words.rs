//! What the model knows of single words and of phrases: the word's Brown cluster and the lists (gazetteers) it stands in.
//!
//! Words are known by a hash of their letters alone; the table is a flat array of cache lines, each of eight words. A phrase of a list is known by
//! the hash of its words, and each of its beginnings by [`lists::PREFIX`], so that a look-up stops at the first word that leads nowhere.

use std::hint::black_box;

/// Bits of [`WordFacts::lists`]. The features take them all at once; some are named only where the model is made.
#[cfg_attr(not(feature = "train"), expect(dead_code, reason = "named by the trainer"))]
pub(crate) mod lists {
    /// A longer phrase of a list begins like this.
    pub(crate) const PREFIX: u16 = 1 << 0;
    pub(crate) const GIVEN_NAME: u16 = 1 << 1;
    pub(crate) const SURNAME: u16 = 1 << 2;
    pub(crate) const PLACE: u16 = 1 << 3;
    /// Countries, nationalities, demonyms.
    pub(crate) const NATION: u16 = 1 << 4;
    pub(crate) const OCCUPATION: u16 = 1 << 5;
    pub(crate) const TITLE: u16 = 1 << 6;
    /// `Inc`, `GmbH`, `plc`.
    pub(crate) const LEGAL_FORM: u16 = 1 << 7;
    pub(crate) const COMPANY: u16 = 1 << 8;
    /// Universities, agencies, committees, newspapers, teams.
    pub(crate) const INSTITUTION: u16 = 1 << 9;
    /// Parties, armed groups, charities.
    pub(crate) const GROUP: u16 = 1 << 10;
    /// A word that heads names of organisations: `Ministry`, `Bank`, `United`.
    pub(crate) const KEYWORD: u16 = 1 << 11;
    /// Full names of well-known people.
    pub(crate) const PERSON: u16 = 1 << 12;
    /// More usual in lower case than capitalised.
    pub(crate) const COMMON: u16 = 1 << 13;
    /// Seen uncapitalised inside names: `of`, `and`, `de`.
    pub(crate) const INNER: u16 = 1 << 14;
    /// Seen uncapitalised at the start of names: `van`, `al`.
    pub(crate) const STARTER: u16 = 1 << 15;

    /// Lists whose entries can be phrases.
    pub(crate) const PHRASES: u16 = PLACE | NATION | COMPANY | INSTITUTION | GROUP | PERSON;
}

/// What is known of one word or phrase. Cluster 0 is "none".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct WordFacts {
    pub(crate) cluster: u16,
    pub(crate) lists: u16,
}

impl WordFacts {
    #[inline]
    fn packed(self) -> u32 {
        u32::from(self.cluster) << 16 | u32::from(self.lists)
    }

    #[inline]
    fn unpacked(packed: u32) -> Self {
        Self { cluster: (packed >> 16) as u16, lists: packed as u16 }
    }
}

/// A cache line of keys, filled from its front, and what is known of each, packed.
#[derive(Clone, Copy, Default)]
#[repr(align(64))]
struct Line {
    /// 0 for an empty slot.
    keys: [u32; LINE],
    facts: [u32; LINE],
}

const LINE: usize = 8;

impl Line {
    /// What is known of a key, packed; 0 if it is not here. At which of the slots a look-up ends nobody can guess: all are compared.
    #[inline]
    fn get(&self, key: u32) -> u32 {
        self.keys.iter().zip(&self.facts).fold(0, |found, (&there, &facts)| found | if there == key { facts } else { 0 })
    }

    #[inline]
    fn is_full(&self) -> bool {
        self.keys[LINE - 1] != 0
    }

    /// Whether a key that is not here may lie in a later line: the line was full before so great a key came.
    #[inline]
    fn leads_on(&self, key: u32) -> bool {
        self.is_full() & (self.keys[LINE - 1] < key)
    }
}

/// Hash of a word -> what is known of it. Each key in the line that its share of all keys gives, or as little after it as there is room:
/// so the table is no larger than it must be, and made from front to back.
pub(crate) struct WordTable {
    lines: Vec<Line>,
    entries: usize,
    /// Brown cluster paths (bits, length) by cluster number.
    pub(crate) clusters: Vec<ClusterPath>,
}

/// A path through the tree of Brown clusters. A prefix of it is a coarser cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClusterPath {
    pub(crate) bits: u32,
    pub(crate) length: u8,
}

impl ClusterPath {
    /// The first `length` steps, told apart from shorter prefixes by a leading 1; 0 for no cluster.
    #[inline]
    pub(crate) fn prefix(self, length: u8) -> u32 {
        if self.length == 0 {
            return 0;
        }
        let length = length.min(self.length);
        self.bits >> (self.length - length) | 1 << length
    }
}

/// The 32 bits of a word hash that the table keeps. Never 0.
#[inline]
pub(crate) fn word_key(hash: u64) -> u32 {
    ((hash >> 32) as u32).max(1)
}

/// How far behind its place a key of a file may lie. Those of words are hashes: of 350,000 the farthest lies two lines behind. Keys that were
/// made to crowd would make a table of them, and every look-up, a walk through all of it.
pub(super) const FARTHEST: usize = 1024;

impl WordTable {
    /// `entries`: keys made by [`word_key`], ascending.
    pub(crate) fn new(entries: &[(u32, WordFacts)], clusters: Vec<ClusterPath>) -> Self {
        let mut table = Self::with_room_for(entries.len(), clusters);
        for &(key, facts) in entries {
            table.put(key, facts);
        }
        table
    }

    pub(super) fn with_room_for(entries: usize, clusters: Vec<ClusterPath>) -> Self {
        Self { lines: vec![Line::default(); entries * 3 / 2 / LINE + 1], entries, clusters }
    }

    /// Adds a key greater than all before. Gives the distance from its place: keys that anybody may have made must not crowd ([`FARTHEST`]).
    #[inline]
    pub(super) fn put(&mut self, key: u32, facts: WordFacts) -> usize {
        let (mut at, mut distance) = (self.line(key), 0);
        while self.lines[at].is_full() {
            (at, distance) = (self.after(at), distance + LINE);
        }
        let line = &mut self.lines[at];
        let slot = line.keys.iter().filter(|&&key| key != 0).count();
        line.keys[slot] = key;
        line.facts[slot] = facts.packed();
        distance
    }

    #[inline]
    fn line(&self, key: u32) -> usize {
        ((u64::from(key) * self.lines.len() as u64) >> 32) as usize
    }

    #[inline]
    fn after(&self, at: usize) -> usize {
        if at + 1 == self.lines.len() { 0 } else { at + 1 }
    }

    /// Has the lines of many words fetched at the same time: asked for one by one, each would be waited for.
    pub(crate) fn fetch(&self, hashes: impl Iterator<Item = u64>) {
        black_box(hashes.fold(0, |all, hash| all ^ self.lines[self.line(word_key(hash))].keys[0]));
    }

    /// What is known of a word or phrase: nothing, if the table does not have it.
    #[inline]
    pub(crate) fn get(&self, hash: u64) -> WordFacts {
        let key = word_key(hash);
        let mut at = self.line(key);
        loop {
            let line = &self.lines[at];
            let found = line.get(key);
            if (found != 0) | !line.leads_on(key) {
                return WordFacts::unpacked(found);
            }
            at = self.after(at);
        }
    }

    /// All entries by ascending key: the order of the model file.
    pub(crate) fn sorted_entries(&self) -> Vec<(u32, WordFacts)> {
        let mut entries = Vec::with_capacity(self.entries);
        let slots = self.lines.iter().flat_map(|line| line.keys.into_iter().zip(line.facts));
        entries.extend(slots.filter(|&(key, _)| key != 0).map(|(key, facts)| (key, WordFacts::unpacked(facts))));
        entries.sort_unstable_by_key(|&(key, _)| key);
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::lexicon::word_hash;

    #[test]
    fn look_up_finds_what_was_put_in() {
        let mut entries: Vec<(u32, WordFacts)> =
            (0..500u16).map(|i| (word_key(word_hash(&i.to_string())), WordFacts { cluster: i, lists: i })).collect();
        entries.sort_unstable_by_key(|&(key, _)| key);
        let table = WordTable::new(&entries, Vec::new());
        for i in 0..500u16 {
            assert_eq!(table.get(word_hash(&i.to_string())), WordFacts { cluster: i, lists: i });
        }
        assert_eq!(table.get(word_hash("elsewhere")), WordFacts::default());
        assert_eq!(table.sorted_entries().len(), 500);
    }

    #[test]
    fn keys_made_to_crowd_lie_far_from_their_places() {
        let farthest = |spread: u32| {
            let mut table = WordTable::with_room_for(3000, Vec::new());
            (1..=3000).map(|i| table.put(i << spread, WordFacts::default())).max()
        };
        assert!(farthest(20).is_some_and(|distance| distance <= FARTHEST));
        assert!(farthest(0).is_some_and(|distance| distance > FARTHEST));
    }

    #[test]
    fn cluster_prefixes_of_different_length_differ() {
        let path = ClusterPath { bits: 0b0010_1100, length: 8 };
        assert_eq!(path.prefix(4), 0b1_0010);
        assert_eq!(path.prefix(2), 0b1_00);
        assert_eq!(path.prefix(99), 0b1_0010_1100);
        assert_eq!(ClusterPath::default().prefix(4), 0);
    }
}
