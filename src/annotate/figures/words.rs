//! The word lists of the figures layer, `lexicon/en/{number_words,units,currencies,calendar,figure_*}.txt`, parsed once into two
//! tables: one [`Entry`] per single word (what it can mean to a number), and one [`Meaning`] per unit or currency phrase.

use super::date_holiday::Holiday;
use crate::annotate::lexicon::WordMap;
use crate::document::Approx;
use rustc_hash::FxHashMap;

/// What a single word can mean in or near a number. Most words have no entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Entry {
    pub(super) number: Option<Numeral>,
    pub(super) month: u8,
    /// 1 (Monday) to 7.
    pub(super) weekday: u8,
    /// 1 (spring) to 4.
    pub(super) season: u8,
    /// Today, yesterday, tomorrow.
    pub(super) day: Option<i8>,
    /// Bits of [`class`].
    pub(super) classes: u32,
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) class: NumeralClass,
    pub(super) value: u8,
    pub(super) form: NumeralForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumeralClass {
    Digit,
    Teen,
    Ten,
    Hundred,
    /// `value` is a power of ten.
    Scale,
    Dozen,
    /// `value` is the number of parts.
    Half,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumeralForm {
    Cardinal,
    Ordinal,
    /// "thirds"
    Parts,
    /// "hundreds"
    Many,
    /// "bn": only after digits
    Short,
}

/// Classes of words: the rows of `figure_classes.txt`.
pub(super) mod class {
    pub(crate) const TREND_UP: u32 = 1;
    pub(crate) const TREND_DOWN: u32 = 1 << 1;
    pub(crate) const FUTURE: u32 = 1 << 2;
    pub(crate) const PAST: u32 = 1 << 3;
    pub(crate) const YEAR_BEFORE: u32 = 1 << 4;
    pub(crate) const NAMING: u32 = 1 << 5;
    pub(crate) const STREET: u32 = 1 << 6;
    pub(crate) const FUNCTION: u32 = 1 << 7;
    pub(crate) const PEOPLE: u32 = 1 << 8;
    pub(crate) const COMPARE: u32 = 1 << 9;
    pub(crate) const METRE: u32 = 1 << 10;
    pub(crate) const SPORT: u32 = 1 << 11;
    pub(crate) const PER_NOUN: u32 = 1 << 12;
    pub(crate) const STRONG: u32 = 1 << 13;
    pub(crate) const DECADE: u32 = 1 << 14;
    pub(crate) const HEADCOUNT: u32 = 1 << 15;
    pub(crate) const PERSON: u32 = 1 << 17;
    pub(crate) const COMPOUND: u32 = 1 << 18;
    pub(crate) const SAYING: u32 = 1 << 19;
    pub(crate) const PRESENT: u32 = 1 << 20;
    pub(crate) const PLANNED: u32 = 1 << 21;
    pub(crate) const PAYING: u32 = 1 << 22;
    pub(crate) const HOLIDAY: u32 = 1 << 23;
    /// The word can open a figure: those of `opens`, numbers, and all that the calendar has.
    pub(crate) const STARTS: u32 = 1 << 16;

    pub(crate) fn named(name: &str) -> u32 {
        use crate::annotate::lexicon::unknown;
        const NAMES: [&str; 24] = [
            "trend_up",
            "trend_down",
            "future",
            "past",
            "year_before",
            "naming",
            "street",
            "function",
            "people",
            "compare",
            "metre",
            "sport",
            "per_noun",
            "strong",
            "decade",
            "headcount",
            "opens",
            "person",
            "compound",
            "saying",
            "present",
            "planned",
            "paying",
            "holiday",
        ];
        NAMES.iter().position(|&n| n == name).map_or_else(|| unknown("figure_classes.txt", name), |bit| 1 << bit)
    }
}

/// What a unit phrase, sign or abbreviation means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Index into [`FigureLexicon::units`].
    Unit(u16),
    Currency(Currency),
    Percent,
    PercentagePoint,
    BasisPoint,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Currency {
    pub(super) code: &'static str,
    /// The text leaves the country open.
    pub(super) assumed: bool,
    /// Power of ten and multiple of a smaller coin: a cent is 1 * 10^-2, a nickel 5 * 10^-2.
    pub(super) part: Option<u8>,
    /// Also another word: money only after a thousand or more.
    pub(super) doubtful: bool,
}

/// A row of `units.txt`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    pub(super) id: &'static str,
    pub(super) dimension: &'static str,
    pub(super) si_unit: &'static str,
    pub(super) factor: f64,
    pub(super) offset: f64,
}

/// The words that tell what a number means.
pub struct FigureLexicon {
    pub(super) words: WordMap<Entry>,
    pub(super) phrases: FxHashMap<&'static str, Meaning>,
    /// Longest phrase, in words, that opens with the word.
    pub(super) phrase_heads: FxHashMap<&'static str, u8>,
    pub(super) abbreviations: FxHashMap<&'static str, Meaning>,
    pub(super) signs: FxHashMap<&'static str, Currency>,
    pub(super) codes: FxHashMap<&'static str, Currency>,
    pub(super) units: Vec<Unit>,
    pub(super) before: FxHashMap<&'static str, Approx>,
    pub(super) after: FxHashMap<&'static str, Approx>,
    pub(super) holidays: FxHashMap<&'static str, Holiday>,
}

/// Longest word or phrase that is looked up.
pub(super) const LONGEST: usize = 48;

static NO_ENTRY: Entry = Entry { number: None, month: 0, weekday: 0, season: 0, day: None, classes: 0 };

impl FigureLexicon {
    /// What is known of a word, given by its number.
    #[inline]
    pub(super) fn entry(&self, word: u64) -> &Entry {
        self.words.get(word).unwrap_or(&NO_ENTRY)
    }

    pub(super) fn no_entry() -> &'static Entry {
        &NO_ENTRY
    }

    pub(super) fn phrase(&self, lower: &str) -> Option<Meaning> {
        self.phrases.get(lower).copied()
    }

    pub(super) fn longest_phrase_from(&self, lower: &str) -> u8 {
        self.phrase_heads.get(lower).copied().unwrap_or(0)
    }

    pub(super) fn abbreviation(&self, written: &str) -> Option<Meaning> {
        self.abbreviations.get(written).copied()
    }

    pub(super) fn sign(&self, written: &str) -> Option<Currency> {
        self.signs.get(written).copied()
    }

    pub(super) fn code(&self, written: &str) -> Option<Currency> {
        self.codes.get(written).copied()
    }

    /// "MUSD", "MSEK": millions of a currency, as Nordic firms report them.
    pub(super) fn millions(&self, written: &str) -> Option<Currency> {
        written.strip_prefix('M').filter(|code| code.len() == 3).and_then(|code| self.code(code))
    }

    pub(super) fn approx_before(&self, phrase: &str) -> Option<Approx> {
        self.before.get(phrase).copied()
    }

    pub(super) fn approx_after(&self, phrase: &str) -> Option<Approx> {
        self.after.get(phrase).copied()
    }
}
