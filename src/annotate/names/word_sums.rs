//! Sums of the rows of one word's features at one place beside a token, kept from token to token and from article to article: words come
//! back ("the", "said", the people an article is about), and a sum that is at hand costs one cache line instead of a look-up for every
//! feature.

use super::facts::{Candidate, Facts};
use super::features::{Place, pair, word_features};
use super::model::Model;
use super::network::{Sums, WIDTH};
use std::sync::{Mutex, PoisonError};

/// A table with one slot for each key: a sum stays until another one takes its slot.
pub(crate) struct WordSums {
    slots: Vec<Slot>,
    features: Vec<u32>,
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct Slot {
    /// Of the word as printed and its place; 0 for an empty slot.
    key: u64,
    sums: Sums,
}

/// Few enough to stay in the cache, enough for the usual words.
const SLOTS: usize = 8192;

/// The tables of a model that no thread is using: as many are made as threads work at the same time.
#[derive(Default)]
pub(crate) struct SpareWordSums(Mutex<Vec<WordSums>>);

impl SpareWordSums {
    pub(crate) fn take(&self) -> WordSums {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_else(WordSums::new)
    }

    pub(crate) fn give_back(&self, word_sums: WordSums) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(word_sums);
    }
}

impl WordSums {
    fn new() -> Self {
        Self { slots: vec![Slot { key: 0, sums: [0; WIDTH] }; SLOTS], features: Vec::with_capacity(64) }
    }

    /// Adds the sums of all words in and around a candidate.
    #[inline]
    pub(crate) fn add(&mut self, facts: &Facts, candidate: &Candidate, model: &Model, sums: &mut Sums) {
        let mask = SLOTS - 1;
        for place in Place::ALL {
            let (of_word, word) = facts.word_at(candidate, place);
            let key = pair(of_word.exact, place as u64).max(1);
            let slot = &mut self.slots[(key >> 32) as usize & mask];
            if slot.key != key {
                self.features.clear();
                word_features(of_word, word, place, &model.words, &mut self.features);
                *slot = Slot { key, sums: model.network.table.sum(&self.features) };
            }
            for (sum, word_sum) in sums.iter_mut().zip(&slot.sums) {
                *sum += word_sum;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::{sentences, tokens};

    #[test]
    fn sums_at_hand_are_those_of_all_features() {
        let text = "“No,” said Ada O’Neill of Kestrel Bank. Kestrel Bank’s Ada O'Neill said so again, and Kestrel Bank said no.";
        let (lexicon, model) = (Lexicon::english(), Model::embedded());
        let tokens = tokens::tokenize(text);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let facts = Facts::new(text, &tokens, &sentences, &model.words, &lexicon.names);
        let mut word_sums = model.word_sums.take();
        let mut features = Vec::new();
        assert!(facts.candidates.len() > 8);
        for candidate in &facts.candidates {
            features.clear();
            facts.joint_features(candidate, &model.words, &mut features);
            let mut sums = model.network.table.sum(&features);
            word_sums.add(&facts, candidate, &model, &mut sums);
            features.clear();
            facts.features(candidate, &model.words, &mut features);
            assert_eq!(sums, model.network.table.sum(&features));
        }
    }
}
