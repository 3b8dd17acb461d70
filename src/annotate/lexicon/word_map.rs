//! What a list knows of words, by their number ([`word_hash`]). Most words of a text are in no list: one bit turns them away.

use super::word_hash;

/// Bits of the filter, 4 kB: of lists of two thousand words it turns away fifteen of sixteen words that are not in them.
const BITS: u32 = 15;

/// A list of words with a value each.
pub(crate) struct WordMap<V> {
    filter: Box<[u64; 1 << (BITS - 6)]>,
    /// Each word in the first free slot from its own on; a power of two of them, half of them free at least.
    slots: Vec<Slot<V>>,
    words: usize,
}

struct Slot<V> {
    word: u64,
    /// `None` in a free slot.
    value: Option<V>,
}

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        Self { filter: Box::new([0; 1 << (BITS - 6)]), slots: free(16), words: 0 }
    }
}

impl<V> WordMap<V> {
    /// The value of the word of this number.
    #[inline]
    pub(crate) fn get(&self, word: u64) -> Option<&V> {
        let (at, bit) = place(word);
        if self.filter[at] & bit == 0 { None } else { self.slots[self.slot_of(word)].value.as_ref() }
    }

    /// All words with their values, by number and in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u64, &V)> {
        self.slots.iter().filter_map(|slot| Some((slot.word, slot.value.as_ref()?)))
    }

    /// The value of a word in lower case, to be given one.
    pub(crate) fn entry(&mut self, word: &str) -> &mut Option<V> {
        self.entry_of(word_hash(word))
    }

    /// The value of the word of this number, to be given one.
    pub(crate) fn entry_of(&mut self, word: u64) -> &mut Option<V> {
        if 2 * self.words >= self.slots.len() {
            let more = free(2 * self.slots.len());
            for slot in std::mem::replace(&mut self.slots, more).into_iter().filter(|slot| slot.value.is_some()) {
                let at = self.slot_of(slot.word);
                self.slots[at] = slot;
            }
        }
        let (at, bit) = place(word);
        self.filter[at] |= bit;
        let at = self.slot_of(word);
        self.words += usize::from(self.slots[at].value.is_none());
        self.slots[at].word = word;
        &mut self.slots[at].value
    }

    /// The slot where the word is, or would be.
    #[inline]
    fn slot_of(&self, word: u64) -> usize {
        let last = self.slots.len() - 1;
        let mut at = word as usize & last;
        while self.slots[at].word != word && self.slots[at].value.is_some() {
            at = (at + 1) & last;
        }
        at
    }
}

fn free<V>(slots: usize) -> Vec<Slot<V>> {
    std::iter::repeat_with(|| Slot { word: 0, value: None }).take(slots).collect()
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
            *map.entry(word).get_or_insert_default() += n;
        }
        assert!(words.iter().zip(0..).all(|(word, n)| map.get(word_hash(word)) == Some(&n)));
        assert!((3000..9000).all(|n| map.get(word_hash(&format!("word{n}"))).is_none()));
        assert_eq!(map.get(word_hash("WORD7")), Some(&7));
    }
}
