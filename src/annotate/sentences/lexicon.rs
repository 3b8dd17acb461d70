//! The word lists of sentence splitting: abbreviations by class, and words that tell sentence ends apart.

use crate::annotate::lexicon::{WordMap, rows, unknown};
use crate::document::Token;

/// Abbreviations by class, and words that tell sentence ends apart.
pub struct SentenceLexicon {
    /// The forms of each word: "No" and "no".
    abbreviations: WordMap<Vec<(&'static str, Abbreviation)>>,
    words: WordMap<u8>,
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
        let mut words: WordMap<u8> = WordMap::default();
        for row in rows(include_str!("../lexicon/en/sentence_words.txt")) {
            *words.entry(row[0]).get_or_insert_default() |= match row[1] {
                "starter" => STARTER,
                "calendar" => CALENDAR,
                "cue" => CUE,
                "time" => TIME,
                other => unknown("sentence_words.txt", other),
            };
        }
        let mut abbreviations: WordMap<Vec<_>> = WordMap::default();
        for row in rows(include_str!("../lexicon/en/abbreviations.txt")) {
            abbreviations.entry(row[0]).get_or_insert_default().push((row[0], class(row[1])));
        }
        Self { abbreviations, words }
    }

    /// What the token abbreviates: by the form as printed, or else by that in lower case.
    pub(super) fn abbreviation(&self, token: &Token, text: &str) -> Option<Abbreviation> {
        let forms = self.abbreviations.get(token.lower)?;
        let printed = |form: &str| form == token.span.of(text);
        let lower = |form: &str| !form.bytes().any(|byte| byte.is_ascii_uppercase());
        let form = forms.iter().find(|(form, _)| printed(form)).or_else(|| forms.iter().find(|(form, _)| lower(form)))?;
        Some(form.1)
    }

    /// Whether the word, in any case, is in one of `classes`.
    pub(super) fn is(&self, token: &Token, classes: u8) -> bool {
        self.words.get(token.lower).is_some_and(|class| class & classes != 0)
    }
}
