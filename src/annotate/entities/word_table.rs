//! What single words can be, looked up for every token of every article: without a branch, since nobody can guess which words are in the
//! lists, and in so small a table that it stays near.

use super::lexicon::word;
use crate::annotate::lexicon::word_hash;
use rustc_hash::FxHashMap;

/// As powers of two: places for words, twice as many as there are, and groups of words that are moved together to find free ones.
const SLOTS: u32 = 12;
const GROUPS: u32 = 11;
/// Different bits that words have, and one for words of no list.
const CLASSES: usize = 256;

/// Bits of [`word`] for the words of the lists, each alone in its slot: a perfect hash table.
pub(super) struct WordTable {
    /// How many steps the words of each group are moved; each word has steps of its own.
    moved: [u16; 1 << GROUPS],
    /// A word's hash with the number of its class mixed in.
    slots: [u64; 1 << SLOTS],
    /// The bits of each class; of the last one those of all other words.
    bits_of: [u64; CLASSES],
}

impl WordTable {
    /// The bits of a word by its hash, [`word::UNLISTED`] if it is in no list.
    #[inline]
    pub(super) fn get(&self, word: u64) -> u64 {
        // Of the word's own hash nothing is left but the class.
        let class = self.slots[self.slot(word)] ^ word;
        self.bits_of[class.min(CLASSES as u64 - 1) as usize]
    }

    #[inline]
    fn slot(&self, word: u64) -> usize {
        let by = u64::from(self.moved[group(word)]).wrapping_mul(word >> 16);
        (word >> 32).wrapping_add(by) as usize & ((1 << SLOTS) - 1)
    }
}

#[inline]
fn group(word: u64) -> usize {
    (word >> (64 - GROUPS)) as usize
}

/// The words as they are gathered from the lists.
#[derive(Default)]
pub(super) struct WordBits(FxHashMap<u64, u64>);

impl WordBits {
    /// Adds to what a word in lower case can be.
    pub(super) fn add(&mut self, word: &str, bits: u64) {
        *self.0.entry(word_hash(word)).or_default() |= bits;
    }

    pub(super) fn into_table(self) -> Box<WordTable> {
        let empty = WordTable { moved: [0; 1 << GROUPS], slots: [0; 1 << SLOTS], bits_of: [word::UNLISTED; CLASSES] };
        let mut table = Box::new(empty);
        let mut groups: Vec<Vec<(u64, u64)>> = vec![Vec::new(); 1 << GROUPS];
        let mut classes: FxHashMap<u64, u64> = FxHashMap::default();
        for (word, bits) in self.0 {
            let next = classes.len() as u64;
            let class = *classes.entry(bits).or_insert(next);
            table.bits_of[class as usize] = bits;
            groups[group(word)].push((word, class));
        }
        assert!(classes.len() < CLASSES, "more sorts of words than there is room for");
        // The largest groups are the hardest to place.
        groups.sort_by_key(|group| std::cmp::Reverse(group.len()));
        for words in groups.iter().take_while(|words| !words.is_empty()) {
            let is_placed = (0..1 << SLOTS).any(|steps| table.place(words, steps));
            assert!(is_placed, "more words than there is room for");
        }
        table
    }
}

impl WordTable {
    /// Places the words of a group so many steps from their first slots, if all find free ones.
    fn place(&mut self, words: &[(u64, u64)], steps: u16) -> bool {
        self.moved[group(words[0].0)] = steps;
        for (count, &(word, class)) in words.iter().enumerate() {
            let slot = self.slot(word);
            if self.slots[slot] != 0 {
                for &(placed, _) in &words[..count] {
                    let slot = self.slot(placed);
                    self.slots[slot] = 0;
                }
                return false;
            }
            self.slots[slot] = word ^ class;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_all_their_bits_and_others_none() {
        let mut words = WordBits::default();
        for number in 0..2400 {
            words.add(&format!("word{number}"), 1 << (number % 50));
            words.add(&format!("word{number}"), 1 << 50);
        }
        let table = words.into_table();
        assert!((0..2400).all(|number| table.get(word_hash(&format!("WORD{number}"))) == 1 << (number % 50) | 1 << 50));
        assert!((2400..9000).all(|number| table.get(word_hash(&format!("word{number}"))) == word::UNLISTED));
    }
}
