//! The word lists of the figures layer, `lexicon/en/{number_words,units,currencies,calendar,figure_*}.txt`, parsed once into two
//! tables: one [`Entry`] per single word (what it can mean to a number), and one [`Meaning`] per unit or currency phrase.

use crate::annotate::lexicon::rows;
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
    /// Set by the program: the word can open a figure.
    pub(crate) const STARTS: u32 = 1 << 16;

    pub(super) fn named(name: &str) -> u32 {
        const NAMES: [&str; 19] = [
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
            "",
            "person",
            "compound",
        ];
        NAMES.iter().position(|&n| n == name).map_or(0, |bit| 1 << bit)
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
    words: FxHashMap<&'static str, Entry>,
    /// For each first letter the lengths that words of the table have: most words are turned away before hashing.
    lengths: [u32; 26],
    phrases: FxHashMap<&'static str, Meaning>,
    /// Longest phrase, in words, that opens with the word.
    phrase_heads: FxHashMap<&'static str, u8>,
    abbreviations: FxHashMap<&'static str, Meaning>,
    signs: FxHashMap<&'static str, Currency>,
    codes: FxHashMap<&'static str, Currency>,
    pub(super) units: Vec<Unit>,
    before: FxHashMap<&'static str, Approx>,
    after: FxHashMap<&'static str, Approx>,
}

const NUMBERS: &str = include_str!("../lexicon/en/number_words.txt");
const UNITS: &str = include_str!("../lexicon/en/units.txt");
const CURRENCIES: &str = include_str!("../lexicon/en/currencies.txt");
const CALENDAR: &str = include_str!("../lexicon/en/calendar.txt");
const CLASSES: &str = include_str!("../lexicon/en/figure_classes.txt");
const APPROXIMATORS: &str = include_str!("../lexicon/en/figure_approximators.txt");

/// Longest word or phrase that is looked up.
pub(super) const LONGEST: usize = 48;

static NO_ENTRY: Entry = Entry { number: None, month: 0, weekday: 0, season: 0, day: None, classes: 0 };

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(", ").map(str::trim).filter(|s| !s.is_empty())
}

impl FigureLexicon {
    #[must_use]
    pub fn english() -> Self {
        let mut lexicon = Self {
            words: FxHashMap::default(),
            lengths: [0; 26],
            phrases: FxHashMap::default(),
            phrase_heads: FxHashMap::default(),
            abbreviations: FxHashMap::default(),
            signs: FxHashMap::default(),
            codes: FxHashMap::default(),
            units: Vec::new(),
            before: FxHashMap::default(),
            after: FxHashMap::default(),
        };
        lexicon.load_words();
        lexicon.load_units();
        lexicon.load_currencies();
        for row in rows(APPROXIMATORS) {
            let &[approx, place, phrases] = row.as_slice() else { continue };
            let approx = match approx {
                "about" => Approx::About,
                "almost" => Approx::Almost,
                "over" => Approx::Over,
                "at_least" => Approx::AtLeast,
                "under" => Approx::Under,
                "at_most" => Approx::AtMost,
                _ => Approx::UpTo,
            };
            for phrase in list(phrases) {
                if place == "before" {
                    lexicon.before.insert(phrase, approx);
                } else {
                    lexicon.after.insert(phrase, approx);
                }
            }
        }
        for word in lexicon.words.keys() {
            let first = word.as_bytes()[0];
            if first.is_ascii_lowercase() {
                lexicon.lengths[usize::from(first - b'a')] |= 1 << word.len().min(31);
            }
        }
        lexicon
    }

    fn load_words(&mut self) {
        for row in rows(NUMBERS) {
            let &[word, class, value, form] = row.as_slice() else { continue };
            let class = match class {
                "digit" => NumeralClass::Digit,
                "teen" => NumeralClass::Teen,
                "ten" => NumeralClass::Ten,
                "hundred" => NumeralClass::Hundred,
                "scale" => NumeralClass::Scale,
                "dozen" => NumeralClass::Dozen,
                _ => NumeralClass::Half,
            };
            let form = match form {
                "cardinal" => NumeralForm::Cardinal,
                "ordinal" => NumeralForm::Ordinal,
                "parts" => NumeralForm::Parts,
                "many" => NumeralForm::Many,
                _ => NumeralForm::Short,
            };
            let numeral = Numeral { class, value: value.parse().unwrap_or(0), form };
            let entry = self.words.entry(word).or_default();
            entry.number = Some(numeral);
            if form != NumeralForm::Short && form != NumeralForm::Parts {
                entry.classes |= class::STARTS;
            }
        }
        for row in rows(CALENDAR) {
            let &[word, kind, value] = row.as_slice() else { continue };
            let entry = self.words.entry(word).or_default();
            let number: i8 = value.parse().unwrap_or(0);
            match kind {
                "month" => entry.month = number.unsigned_abs(),
                "weekday" => entry.weekday = number.unsigned_abs(),
                "season" => entry.season = number.unsigned_abs(),
                _ => entry.day = Some(number),
            }
            entry.classes |= class::STARTS;
        }
        for row in rows(CLASSES) {
            let &[name, words] = row.as_slice() else { continue };
            for word in words.split(' ') {
                self.words.entry(word).or_default().classes |= class::named(name);
            }
        }
        // Words that open a figure by what follows them.
        for word in [
            "a",
            "an",
            "last",
            "next",
            "this",
            "past",
            "previous",
            "fiscal",
            "twice",
            "thrice",
            "double",
            "doubled",
            "doubling",
            "tripled",
            "trebled",
            "quadrupled",
            "halved",
            "twofold",
            "threefold",
            "fourfold",
            "fivefold",
            "sixfold",
            "tenfold",
            "couple",
            "aged",
            "minus",
            "negative",
            "early",
            "late",
            "mid",
            "end",
            "beginning",
            "start",
            "midnight",
            "noon",
            "triple",
            "twenties",
            "thirties",
            "forties",
            "fifties",
            "sixties",
            "seventies",
            "eighties",
            "nineties",
            "teens",
            "single",
            "halving",
            "tripling",
            "sevenfold",
            "eightfold",
            "ninefold",
            "coming",
            "year",
        ] {
            self.words.entry(word).or_default().classes |= class::STARTS;
        }
    }

    fn load_units(&mut self) {
        for row in rows(UNITS) {
            let &[id, dimension, si_unit, factor, offset, words, abbreviations] = pad::<7>(&row).as_slice() else { continue };
            let index = self.units.len() as u16;
            self.units.push(Unit { id, dimension, si_unit, factor: factor.parse().unwrap_or(1.0), offset: offset.parse().unwrap_or(0.0) });
            for phrase in list(words) {
                self.add_phrase(phrase, Meaning::Unit(index));
            }
            for sign in list(abbreviations) {
                self.abbreviations.insert(sign, Meaning::Unit(index));
            }
        }
        let shares = [
            (Meaning::Percent, "percent, per cent, pct, percents, percentage"),
            (
                Meaning::PercentagePoint,
                "percentage point, percentage points, per cent points, percent points, percentage-point, percentage-points",
            ),
            (Meaning::BasisPoint, "basis point, basis points"),
        ];
        for (meaning, phrases) in shares {
            for phrase in list(phrases) {
                self.add_phrase(phrase, meaning);
            }
        }
        for (sign, meaning) in [
            ("pc", Meaning::Percent),
            ("bps", Meaning::BasisPoint),
            ("bp", Meaning::BasisPoint),
            ("pp", Meaning::PercentagePoint),
            ("ppt", Meaning::PercentagePoint),
        ] {
            self.abbreviations.insert(sign, meaning);
        }
    }

    fn load_currencies(&mut self) {
        for row in rows(CURRENCIES) {
            let &[code, signs, names, parts] = pad::<4>(&row).as_slice() else { continue };
            let assumed = code.starts_with('~');
            let currency = Currency { code: code.trim_start_matches('~'), assumed, part: None, doubtful: false };
            for sign in list(signs) {
                self.signs.insert(sign, currency);
            }
            if !assumed {
                self.codes.insert(currency.code, currency);
            }
            for name in list(names) {
                let doubtful = name.ends_with('?');
                self.add_phrase(name.trim_end_matches('?'), Meaning::Currency(Currency { doubtful, ..currency }));
            }
            for part in list(parts) {
                let Some((name, worth)) = part.split_once(':') else { continue };
                // Worth is written with two decimals at most: 0.01 is 1, 0.05 is 5, 0.1 is 10.
                let hundredths = worth.parse::<f64>().map_or(1, |w| (w * 100.0).round() as u8);
                let assumed = assumed || name.starts_with("cent") && currency.code == "USD";
                self.add_phrase(name, Meaning::Currency(Currency { assumed, part: Some(hundredths), ..currency }));
            }
        }
    }

    fn add_phrase(&mut self, phrase: &'static str, meaning: Meaning) {
        let head = phrase.split([' ', '-']).next().unwrap_or(phrase);
        let words = phrase.split([' ', '-']).count() as u8;
        let longest = self.phrase_heads.entry(head).or_default();
        *longest = (*longest).max(words);
        // A word of two currencies keeps the first: "pound" the mass stays ahead of money, which `money` decides.
        self.phrases.entry(phrase).or_insert(meaning);
    }

    /// What is known of a word, given in lower case.
    pub(super) fn entry(&self, lower: &str) -> &Entry {
        self.words.get(lower).unwrap_or(&NO_ENTRY)
    }

    pub(super) fn no_entry() -> &'static Entry {
        &NO_ENTRY
    }

    /// Whether a word of this first letter and length may have an entry.
    pub(super) fn may_know(&self, first: u8, length: usize) -> bool {
        let letter = (first | 0x20).wrapping_sub(b'a');
        self.lengths.get(usize::from(letter)).is_some_and(|lengths| lengths & (1 << length.min(31)) != 0)
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

    pub(super) fn approx_before(&self, phrase: &str) -> Option<Approx> {
        self.before.get(phrase).copied()
    }

    pub(super) fn approx_after(&self, phrase: &str) -> Option<Approx> {
        self.after.get(phrase).copied()
    }
}

/// A row with its missing last columns as empty cells.
fn pad<const N: usize>(row: &[&'static str]) -> Vec<&'static str> {
    (0..N).map(|i| row.get(i).copied().unwrap_or("")).collect()
}
