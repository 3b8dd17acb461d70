//! What single words mean to numbers, asked of most tokens: by the number that the tokenizer gave them.

use super::words::Entry;
use crate::annotate::lexicon::{List, NUMBERS, Vocabulary, WordMap};
use rustc_hash::FxHashMap;

/// The entries of words. Many words have the same one, and it is large: each is kept once, so that all lie close together.
pub(super) struct Entries {
    words: WordMap<Entry>,
    /// By the number of a word: where its entry is.
    place_of: Box<[u16]>,
    /// The first is that of all words without one.
    entries: Vec<Entry>,
}

impl Default for Entries {
    fn default() -> Self {
        Self { words: WordMap::default(), place_of: Box::new([0]), entries: vec![Entry::default()] }
    }
}

impl Entries {
    /// The entry of a word in lower case, to be filled in.
    pub(super) fn entry(&mut self, word: &str) -> &mut Option<Entry> {
        self.words.entry(word)
    }

    /// The entry of the word of this number.
    #[inline]
    pub(super) fn of(&self, number: u16) -> &Entry {
        &self.entries[usize::from(self.place_of[usize::from(number)])]
    }

    /// The entry of the word of this hash, for those that are not tokens.
    pub(super) fn of_word(&self, word: u64) -> &Entry {
        self.words.get(word).unwrap_or(&self.entries[0])
    }
}

impl List for Entries {
    fn words(&self) -> Vec<u64> {
        self.words.iter().map(|(word, _)| word).collect()
    }

    fn number(&mut self, vocabulary: &Vocabulary) {
        self.place_of = vec![0; NUMBERS].into();
        let mut places = FxHashMap::default();
        for (word, &entry) in self.words.iter() {
            let place = *places.entry(entry).or_insert_with(|| {
                self.entries.push(entry);
                self.entries.len() as u16 - 1
            });
            self.place_of[usize::from(vocabulary.number_of(word))] = place;
        }
    }
}
