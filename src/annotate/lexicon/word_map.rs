//! What a list knows of words, by their number ([`word_hash`]). Most words of a text are in no list: one bit turns them away.

use super::word_hash;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// Bits of the filter, 4 kB: of lists of two thousand words it turns away fifteen of sixteen words that are not in them.
const BITS: u32 = 15;

/// A list of words with a value each.
pub(crate) struct WordMap<V> {
    filter: Box<[u64; 1 << (BITS - 6)]>,
    values: FxHashMap<u64, V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { filter: Box::new([0; 1 << (BITS - 6)]), values: FxHashMap::default() }
    }
}

impl<V> WordMap<V> {
    /// The value of the word of this number.
    #[inline]
    pub(crate) fn get(&self, word: u64) -> Option<&V> {
        let (at, bit) = place(word);
        if self.filter[at] & bit == 0 { None } else { self.values.get(&word) }
    }

    /// The value of a word in lower case, to be given one.
    pub(crate) fn entry(&mut self, word: &str) -> Entry<'_, u64, V> {
        let word = word_hash(word);
        let (at, bit) = place(word);
        self.filter[at] |= bit;
        self.values.entry(word)
    }
}

/// The word of the filter and the bit in it.
#[inline]
fn place(word: u64) -> (usize, u64) {
    let bit = word >> (64 - BITS);
    ((bit >> 6) as usize, 1 << (bit & 63))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_list_have_values_and_no_others() {
        let mut map: WordMap<u32> = WordMap::default();
        let words: Vec<String> = (0..3000).map(|n| format!("word{n}")).collect();
        for (word, n) in words.iter().zip(0..) {
            *map.entry(word).or_default() += n;
        }
        assert!(words.iter().zip(0..).all(|(word, n)| map.get(word_hash(word)) == Some(&n)));
        assert!((3000..9000).all(|n| map.get(word_hash(&format!("word{n}"))).is_none()));
        assert_eq!(map.get(word_hash("WORD7")), Some(&7));
    }
}
