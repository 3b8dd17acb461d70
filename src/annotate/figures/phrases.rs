//! Phrases of the word lists, read word by word by their numbers: most tokens begin none, and one look-up tells.

use super::scan::Scan;
use crate::annotate::lexicon::{extend_phrase, word_hash};
use rustc_hash::FxHashMap;

/// Phrases with a value each, by the number of their words; those that others begin with have none.
pub(super) struct Phrases<V>(FxHashMap<u64, Option<V>>);

impl<V> Default for Phrases<V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<V: Copy> Phrases<V> {
    /// Adds a phrase of words in lower case; one that is there keeps its value.
    pub(super) fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>, value: V) {
        let mut phrase = None;
        for word in words.map(word_hash) {
            let key = phrase.map_or(word, |phrase| extend_phrase(phrase, word));
            self.0.entry(key).or_insert(None);
            phrase = Some(key);
        }
        if let Some(known) = phrase.and_then(|phrase| self.0.get_mut(&phrase)) {
            known.get_or_insert(value);
        }
    }

    /// The value of a phrase whose words stand between single spaces.
    pub(super) fn of(&self, phrase: &str) -> Option<V> {
        self.numbered(phrase.split(' ').map(word_hash).reduce(extend_phrase)?)
    }

    /// The value of the phrase of this number.
    pub(super) fn numbered(&self, phrase: u64) -> Option<V> {
        self.0.get(&phrase).copied().flatten()
    }

    /// The longest phrase that begins with token `first` and goes on as `next` leads: its value and its last token.
    #[inline]
    pub(super) fn longest(&self, scan: &Scan, first: usize, next: impl Fn(usize) -> Option<usize>) -> Option<(V, usize)> {
        let mut at = first;
        let mut phrase = scan.lower(at);
        let mut best = None;
        while let Some(&value) = self.0.get(&phrase) {
            best = value.map(|value| (value, at)).or(best);
            let Some(further) = next(at) else { break };
            at = further;
            phrase = extend_phrase(phrase, scan.lower(at));
        }
        best
    }
}
