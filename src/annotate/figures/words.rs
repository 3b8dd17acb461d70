//! The word lists of the figures layer, `lexicon/en/{number_words,multiples,units,currencies,currency_countries,calendar,holidays,figure_*}.txt`,
//! parsed once into two tables: one [`Entry`] per single word (what it can mean to a number), and one [`Meaning`] per unit or currency phrase.

pub(super) use super::classes as class;
use super::date_holiday::Holiday;
use super::entries::Entries;
use super::phrases::Phrases;
use crate::annotate::lexicon::{List, WordList, WordMap};
use crate::document::Approx;
use rustc_hash::FxHashMap;

/// What a single word can mean in or near a number. Most words have no entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Entry {
    pub(super) number: Option<Numeral>,
    pub(super) month: u8,
    /// 1 (Monday) to 7.
    pub(super) weekday: u8,
    /// 1 (spring) to 4.
    pub(super) season: u8,
    /// Today, yesterday, tomorrow.
    pub(super) day: Option<i8>,
    /// Last, this, next: -1 to 1.
    pub(super) relative: Option<i8>,
    /// Past, previous, coming, current: of a stretch of time.
    pub(super) stretch: Option<i8>,
    /// Noon, midnight.
    pub(super) hour: Option<u8>,
    /// Whether it puts an hour after noon: "p.m.".
    pub(super) afternoon: Option<bool>,
    /// 20 for "twenties"; 10 for "teens".
    pub(super) decade: u8,
    /// Id of the unit of time it names, one or many.
    pub(super) time_unit: Option<&'static str>,
    pub(super) multiple: Option<Multiple>,
    /// The country it names, of those whose money has a name it shares with others: its row of `currency_countries.txt`, from 1 on.
    pub(super) country: u8,
    /// A unit, a currency or a share may begin with it, in small letters or with a capital.
    pub(super) measure: bool,
    pub(super) name: NameWord,
    /// Bits of [`class`].
    pub(super) classes: class::Classes,
}

/// A word of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Numeral {
    pub(super) class: NumeralClass,
    pub(super) value: u8,
    pub(super) form: NumeralForm,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// A word that multiplies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Multiple {
    /// How many halves it makes: "twice" is 4, "halved" 1.
    pub(super) halves: u8,
    /// Only where it compares: "double the size", no double room.
    pub(super) compares: bool,
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

/// What a word is to the names that have a number in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct NameWord {
    /// It is in one.
    pub(super) inside: bool,
    /// One begins with it.
    pub(super) opens: bool,
    /// It is of one that is such in small letters too.
    pub(super) small: bool,
}

/// The words that tell what a number means.
pub struct FigureLexicon {
    pub(super) words: Entries,
    /// Words that open a figure.
    pub(super) openers: WordList<bool>,
    pub(super) phrases: Phrases<Meaning>,
    pub(super) abbreviations: FxHashMap<&'static str, Meaning>,
    pub(super) signs: FxHashMap<&'static str, Currency>,
    /// Letters that are a sign of money where they touch a number in thousands or with a scale: "R5m", "N1,200".
    pub(super) letters: FxHashMap<&'static str, Currency>,
    pub(super) codes: FxHashMap<&'static str, Currency>,
    pub(super) units: Vec<Unit>,
    /// Of each country: what the code a name is taken for is there.
    pub(super) countries: Vec<Vec<(&'static str, &'static str)>>,
    /// What says before a number how exact it is: "more than", from its last word back.
    pub(super) approx_before: Phrases<Approx>,
    /// What says it after: "or so".
    pub(super) approx_after: Phrases<Approx>,
    pub(super) holidays: Phrases<Holiday>,
    /// Names that have a number or a part of the calendar in them: whether they are written with capitals.
    pub(super) names: Phrases<bool>,
    /// The numbers in digits of those names; [`Entry`] holds their words.
    pub(super) name_numbers: WordMap<NameWord>,
    pub(super) known_days: Vec<KnownDay>,
}

/// A day that papers name without its year.
#[derive(Clone, Copy, Debug)]
pub(super) struct KnownDay {
    pub(super) month: u8,
    pub(super) day: u8,
    pub(super) year: i32,
    /// What follows it then, between spaces.
    pub(super) nouns: &'static str,
}

static NO_ENTRY: Entry = Entry {
    number: None,
    month: 0,
    weekday: 0,
    season: 0,
    day: None,
    relative: None,
    stretch: None,
    hour: None,
    afternoon: None,
    decade: 0,
    time_unit: None,
    multiple: None,
    country: 0,
    measure: false,
    name: NameWord { inside: false, opens: false, small: false },
    classes: 0,
};

impl FigureLexicon {
    /// The lists that are asked of every token.
    pub(crate) fn lists(&mut self) -> [&mut dyn List; 2] {
        [&mut self.openers, &mut self.words]
    }

    /// What is known of a word, given by its hash.
    pub(super) fn entry(&self, word: u64) -> &Entry {
        self.words.of_word(word)
    }

    pub(super) fn no_entry() -> &'static Entry {
        &NO_ENTRY
    }

    /// What a word, or words between single spaces, mean after a number.
    pub(super) fn phrase(&self, words: &str) -> Option<Meaning> {
        self.phrases.of(words)
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
}
