//! What a list knows of words that is asked of every token: by the number that the tokenizer gave it.

use super::{NUMBERS, Vocabulary, WordMap, word_hash};

/// A list of words with a small value each.
pub(crate) struct WordList<V> {
    words: WordMap<V>,
    /// The values by the numbers of the words. Before the list is [numbered](List::number) there is but that of all other words.
    by_number: Box<[V]>,
}

impl<V> WordList<V> {
    /// A list without words; those that it will not have are `other`.
    pub(crate) fn new(other: V) -> Self {
        Self { words: WordMap::default(), by_number: Box::new([other]) }
    }

    /// The value of a word in lower case, to be given one: before the list is numbered.
    pub(crate) fn entry(&mut self, word: &str) -> &mut Option<V> {
        self.entry_of(word_hash(word))
    }

    /// The value of the word of this hash, to be given one.
    pub(crate) fn entry_of(&mut self, word: u64) -> &mut Option<V> {
        self.words.entry_of(word)
    }

    /// The value of the word of this number.
    #[inline]
    pub(crate) fn of(&self, number: u16) -> &V {
        &self.by_number[usize::from(number)]
    }

    /// The value of the word of this hash, for those that are not tokens.
    #[inline]
    pub(crate) fn of_word(&self, word: u64) -> &V {
        self.words.get(word).unwrap_or(&self.by_number[0])
    }
}

impl<V: Default> Default for WordList<V> {
    fn default() -> Self {
        Self::new(V::default())
    }
}

/// A list whatever its values are.
pub(crate) trait List {
    /// The hashes of its words.
    fn words(&self) -> Vec<u64>;

    /// Makes the table by the numbers of words.
    fn number(&mut self, vocabulary: &Vocabulary);
}

impl<V: Copy> List for WordList<V> {
    fn words(&self) -> Vec<u64> {
        self.words.iter().map(|(word, _)| word).collect()
    }

    fn number(&mut self, vocabulary: &Vocabulary) {
        self.by_number = vec![self.by_number[0]; NUMBERS].into();
        for (word, &value) in self.words.iter() {
            self.by_number[usize::from(vocabulary.number_of(word))] = value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_values_by_number_and_by_hash() {
        let mut list = WordList::new(7);
        for (word, value) in [("reed", 1), ("sedge", 2), ("rush", 1)] {
            *list.entry(word) = Some(value);
        }
        let vocabulary = Vocabulary::of(["moss", "reed"].map(word_hash).into_iter().chain(list.words()));
        list.number(&vocabulary);
        for (word, value) in [("reed", 1), ("sedge", 2), ("rush", 1), ("moss", 7), ("fern", 7)] {
            assert_eq!((*list.of(vocabulary.number_of(word_hash(word))), *list.of_word(word_hash(word))), (value, value), "{word}");
        }
    }
}
