//! The words of all lists that are asked of every token, each with a small number. The tokenizer looks a word up once; from then on its
//! number is a place in the table of each list.

use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// As powers of two: places for words, a third more than there are, and groups of words that are moved together to find free ones.
const SLOTS: u32 = 13;
const GROUPS: u32 = 12;

/// All numbers are smaller.
pub(crate) const NUMBERS: usize = 1 << SLOTS;
/// The number of all words that no list has.
const UNLISTED: u16 = 0;
/// For tokens that no list is asked of. A list that is asked all the same has no such place, and panics.
pub(crate) const NOT_NUMBERED: u16 = u16::MAX;

/// Words by their hash, each alone in its slot: a perfect hash table, asked without a branch, since nobody can guess which words are in
/// the lists.
pub struct Vocabulary {
    /// How many steps the words of each group are moved; each word has steps of its own.
    moved: [u8; 1 << GROUPS],
    /// A word's hash with its number mixed in.
    slots: [u64; 1 << SLOTS],
}

impl Default for Vocabulary {
    /// That of no lists.
    fn default() -> Self {
        Self { moved: [0; 1 << GROUPS], slots: [0; 1 << SLOTS] }
    }
}

impl Vocabulary {
    /// Numbers the words of these hashes, given once for each list they are in.
    pub(crate) fn of(words: impl Iterator<Item = u64>) -> Box<Self> {
        let mut vocabulary: Box<Self> = Box::default();
        let mut lists: FxHashMap<u64, u16> = FxHashMap::default();
        words.for_each(|word| *lists.entry(word).or_default() += 1);
        // Words of many lists are the most common ones: with the first numbers they lie close together in each.
        let mut words: Vec<(u64, u16)> = lists.into_iter().collect();
        words.sort_unstable_by_key(|&(_, lists)| Reverse(lists));
        words.iter_mut().zip(UNLISTED + 1..).for_each(|(word, number)| word.1 = number);
        words.sort_unstable_by_key(|&(word, _)| group(word));
        // The largest groups are the hardest to place.
        let mut groups: Vec<&[(u64, u16)]> = words.chunk_by(|a, b| group(a.0) == group(b.0)).collect();
        groups.sort_by_key(|group| Reverse(group.len()));
        for words in groups {
            let is_placed = (0..=u8::MAX).any(|steps| vocabulary.place(words, steps));
            assert!(is_placed, "more words than there is room for");
        }
        vocabulary
    }

    /// Places the words of a group so many steps from their first slots, if all find free ones.
    fn place(&mut self, words: &[(u64, u16)], steps: u8) -> bool {
        self.moved[group(words[0].0)] = steps;
        for (count, &(word, number)) in words.iter().enumerate() {
            let slot = self.slot(word);
            if self.slots[slot] != 0 {
                for &(placed, _) in &words[..count] {
                    let slot = self.slot(placed);
                    self.slots[slot] = 0;
                }
                return false;
            }
            self.slots[slot] = word ^ u64::from(number);
        }
        true
    }

    /// The number of a word by its hash in lower case.
    #[inline]
    pub(crate) fn number_of(&self, word: u64) -> u16 {
        // Of the word's own hash nothing is left but the number.
        let number = self.slots[self.slot(word)] ^ word;
        if number < NUMBERS as u64 { number as u16 } else { UNLISTED }
    }

    #[inline]
    fn slot(&self, word: u64) -> usize {
        let by = u64::from(self.moved[group(word)]).wrapping_mul(word >> 16 | 1);
        (word >> 32).wrapping_add(by) as usize & ((1 << SLOTS) - 1)
    }
}

#[inline]
fn group(word: u64) -> usize {
    (word >> (64 - GROUPS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::lexicon::word_hash;

    #[test]
    fn words_of_the_lists_have_numbers_of_their_own_and_others_none() {
        let words: Vec<u64> = (0..6000).map(|number| word_hash(&format!("word{number}"))).collect();
        let vocabulary = Vocabulary::of(words.iter().chain(&words[90..99]).copied());
        let mut numbers: Vec<u16> = words.iter().map(|&word| vocabulary.number_of(word)).collect();
        assert!(numbers[90..99].iter().all(|&number| number < 10));
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=6000));
        assert!((6000..20000).all(|number| vocabulary.number_of(word_hash(&format!("word{number}"))) == UNLISTED));
    }
}
