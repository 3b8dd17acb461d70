//! The acronyms of an article, and the names of several words that they may stand for: "EMA", "European Medicines Agency".

use super::facts::{Facts, TokenFacts};
use crate::annotate::lexicon::word_hashes;
use crate::document::{Case, Token};
use rustc_hash::FxHashSet;

const LONGEST_ACRONYM: usize = 8;

/// Whether a candidate is written like an acronym.
pub(super) fn is_acronym(facts: &Facts, at: usize) -> bool {
    let token = token(facts, at);
    token.case == Case::Upper && (2..=LONGEST_ACRONYM).contains(&token.span.len())
}

/// The acronyms of an article.
#[derive(Default)]
pub(super) struct Acronyms {
    words: FxHashSet<u64>,
    /// A bit for each letter of the alphabet that one begins with.
    letters: u32,
}

impl Acronyms {
    /// Those of the candidates.
    pub(super) fn of(facts: &Facts) -> Self {
        let mut acronyms = Self::default();
        for at in (0..facts.candidates.len()).filter(|&at| is_acronym(facts, at)) {
            acronyms.words.insert(known(facts, at).lower);
            acronyms.letters |= letter(first_byte(facts, at));
        }
        acronyms
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The acronym that the initials of two and more capitalised words are, 0 for none.
    pub(super) fn initials(&self, facts: &Facts, start: usize, end: usize) -> u64 {
        if end - start < 2 {
            return 0;
        }
        let mut letters = [0u8; LONGEST_ACRONYM];
        let mut count = 0;
        for at in (start..end).filter(|&at| known(facts, at).capitalised) {
            let first = first_byte(facts, at);
            if first.is_ascii_alphabetic() {
                if count == 0 && self.letters & letter(first) == 0 {
                    return 0;
                }
                let Some(letter) = letters.get_mut(count) else { return 0 };
                *letter = first.to_ascii_lowercase();
                count += 1;
            }
        }
        let initials = str::from_utf8(&letters[..count]).map_or(0, |initials| word_hashes(initials).0);
        if self.words.contains(&initials) { initials } else { 0 }
    }
}

fn first_byte(facts: &Facts, at: usize) -> u8 {
    facts.text.as_bytes()[token(facts, at).span.start()]
}

/// The bit of a letter, upper or lower case; those of other bytes say nothing.
fn letter(byte: u8) -> u32 {
    1 << (byte & 31)
}

fn token<'f>(facts: &'f Facts, at: usize) -> &'f Token {
    &facts.tokens[facts.candidates[at].token as usize]
}

fn known<'f>(facts: &'f Facts, at: usize) -> &'f TokenFacts {
    &facts.of_token[facts.candidates[at].token as usize]
}
