//! The word lists of sentence splitting: abbreviations by class, and words that tell sentence ends apart.

use crate::annotate::lexicon::{rows, unknown};
use rustc_hash::FxHashMap;

/// Abbreviations by class, and words that tell sentence ends apart.
pub struct SentenceLexicon {
    abbreviations: FxHashMap<&'static str, Abbreviation>,
    words: FxHashMap<&'static str, u8>,
}

/// Classes of `sentence_words.txt`; a word may be in several.
pub(super) const STARTER: u8 = 1;
pub(super) const CALENDAR: u8 = 2;
pub(super) const CUE: u8 = 4;
pub(super) const TIME: u8 = 8;

/// Classes of `abbreviations.txt`, explained there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    Title,
    Inner,
    Number,
    Either,
    Time,
    Unit,
    Degree,
}

impl SentenceLexicon {
    /// `abbreviations.txt` and `sentence_words.txt`.
    #[must_use]
    pub fn english() -> Self {
        let class = |name: &str| match name {
            "title" => Abbreviation::Title,
            "inner" => Abbreviation::Inner,
            "number" => Abbreviation::Number,
            "either" | "name" => Abbreviation::Either,
            "time" => Abbreviation::Time,
            "unit" => Abbreviation::Unit,
            "degree" => Abbreviation::Degree,
            other => unknown("abbreviations.txt", other),
        };
        let mut words = FxHashMap::default();
        for row in rows(include_str!("../lexicon/en/sentence_words.txt")) {
            *words.entry(row[0]).or_default() |= match row[1] {
                "starter" => STARTER,
                "calendar" => CALENDAR,
                "cue" => CUE,
                "time" => TIME,
                other => unknown("sentence_words.txt", other),
            };
        }
        Self { abbreviations: rows(include_str!("../lexicon/en/abbreviations.txt")).map(|row| (row[0], class(row[1]))).collect(), words }
    }

    pub(super) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.len() > 8 {
            return None;
        }
        self.abbreviations.get(word).copied().or_else(|| in_lower_case(word, |lower| self.abbreviations.get(lower).copied()))
    }

    /// Whether the word, in any case, is in one of `classes`.
    pub(super) fn is(&self, word: &str, classes: u8) -> bool {
        in_lower_case(word, |lower| self.words.get(lower).is_some_and(|class| class & classes != 0))
    }
}

/// Looks a short ASCII word up in lower case without allocating; longer and other words are in no list.
fn in_lower_case<T: Default>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0; 12];
    let Some(lower) = buffer.get_mut(..word.len()) else { return T::default() };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).map(look_up).unwrap_or_default()
}
