//! Reads the word lists of this layer into a [`FigureLexicon`]: numbers, units, currencies, calendar, classes, approximators.

use super::date_holiday::Holiday;
use super::entries::Entries;
use super::phrases::Phrases;
use super::words::{Currency, FigureLexicon, KnownDay, Meaning, Multiple, Numeral, NumeralClass, NumeralForm, Unit, class};
use crate::annotate::lexicon::{WordList, WordMap, rows, unknown};
use crate::document::Approx;
use rustc_hash::FxHashMap;

const NUMBERS: &str = include_str!("../lexicon/en/number_words.txt");
const UNITS: &str = include_str!("../lexicon/en/units.txt");
const CURRENCIES: &str = include_str!("../lexicon/en/currencies.txt");
const COUNTRIES: &str = include_str!("../lexicon/en/currency_countries.txt");
const CALENDAR: &str = include_str!("../lexicon/en/calendar.txt");
const HOLIDAYS: &str = include_str!("../lexicon/en/holidays.txt");
const NAMES: &str = include_str!("../lexicon/en/figure_names.txt");
const KNOWN_DAYS: &str = include_str!("../lexicon/en/known_days.txt");
const MULTIPLES: &str = include_str!("../lexicon/en/multiples.txt");
const CLASSES: &str = include_str!("../lexicon/en/figure_classes.txt");
const APPROXIMATORS: &str = include_str!("../lexicon/en/figure_approximators.txt");

fn list(cell: &'static str) -> impl Iterator<Item = &'static str> {
    cell.split(", ").map(str::trim).filter(|s| !s.is_empty())
}

impl FigureLexicon {
    /// The word lists of English.
    #[must_use]
    pub fn english() -> Self {
        let mut lexicon = Self {
            words: Entries::default(),
            openers: WordList::default(),
            phrases: Phrases::default(),
            abbreviations: FxHashMap::default(),
            signs: FxHashMap::default(),
            letters: FxHashMap::default(),
            codes: FxHashMap::default(),
            units: Vec::new(),
            countries: Vec::new(),
            approx_before: Phrases::default(),
            approx_after: Phrases::default(),
            holidays: Phrases::default(),
            names: Phrases::default(),
            name_numbers: WordMap::default(),
            known_days: Vec::new(),
        };
        for row in rows(HOLIDAYS) {
            let &[name, rule, value] = &*row else { unknown("holidays.txt", &row.join(" ")) };
            let holiday = Holiday::parse(rule, value).unwrap_or_else(|| unknown("holidays.txt", name));
            lexicon.holidays.add(name.split(' '), holiday);
        }
        lexicon.load_names();
        lexicon.load_words();
        lexicon.load_units();
        lexicon.load_currencies();
        lexicon.load_countries();
        // "0.2 of a percentage point", "square miles"
        ["of", "square", "sq", "cubic", "cu"].into_iter().for_each(|word| lexicon.begin_measure(word));
        for row in rows(APPROXIMATORS) {
            let &[approx, place, phrases] = &*row else { unknown("figure_approximators.txt", &row.join(" ")) };
            let approx = match approx {
                "about" => Approx::About,
                "almost" => Approx::Almost,
                "over" => Approx::Over,
                "at_least" => Approx::AtLeast,
                "under" => Approx::Under,
                "at_most" => Approx::AtMost,
                "up_to" => Approx::UpTo,
                other => unknown("figure_approximators.txt", other),
            };
            for phrase in list(phrases) {
                if place == "before" {
                    lexicon.approx_before.add(phrase.split(' ').rev(), approx);
                } else {
                    lexicon.approx_after.add(phrase.split(' '), approx);
                }
            }
        }
        lexicon
    }

    fn load_names(&mut self) {
        for row in rows(NAMES) {
            let &[case, names] = &*row else { unknown("figure_names.txt", &row.join(" ")) };
            for name in list(names) {
                let cased = case == "capitals";
                self.names.add(name.split(' '), cased);
                for (at, word) in name.split(' ').enumerate() {
                    let known = if word.starts_with(|c: char| c.is_ascii_digit()) {
                        self.name_numbers.entry(word).get_or_insert_default()
                    } else {
                        &mut self.words.entry(word).get_or_insert_default().name
                    };
                    known.inside = true;
                    known.opens |= at == 0;
                    known.small |= !cased;
                }
            }
        }
        for row in rows(KNOWN_DAYS) {
            let &[date, year, nouns] = &*row else { unknown("known_days.txt", &row.join(" ")) };
            let day = date.split_once('-').and_then(|(month, day)| {
                Some(KnownDay { month: month.parse().ok()?, day: day.parse().ok()?, year: year.parse().ok()?, nouns })
            });
            self.known_days.push(day.unwrap_or_else(|| unknown("known_days.txt", date)));
        }
    }

    fn load_words(&mut self) {
        for row in rows(NUMBERS) {
            let &[word, class, value, form] = &*row else { unknown("number_words.txt", &row.join(" ")) };
            let class = match class {
                "digit" => NumeralClass::Digit,
                "teen" => NumeralClass::Teen,
                "ten" => NumeralClass::Ten,
                "hundred" => NumeralClass::Hundred,
                "scale" => NumeralClass::Scale,
                "dozen" => NumeralClass::Dozen,
                "half" => NumeralClass::Half,
                other => unknown("number_words.txt", other),
            };
            let form = match form {
                "cardinal" => NumeralForm::Cardinal,
                "ordinal" => NumeralForm::Ordinal,
                "parts" => NumeralForm::Parts,
                "many" => NumeralForm::Many,
                "short" => NumeralForm::Short,
                other => unknown("number_words.txt", other),
            };
            let numeral = Numeral { class, value: value.parse().unwrap_or(0), form };
            self.words.entry(word).get_or_insert_default().number = Some(numeral);
            if form != NumeralForm::Short && form != NumeralForm::Parts {
                *self.openers.entry(word) = Some(true);
            }
        }
        for row in rows(CALENDAR) {
            let &[word, kind, value] = &*row else { unknown("calendar.txt", &row.join(" ")) };
            let entry = self.words.entry(word).get_or_insert_default();
            let number: i8 = value.parse().unwrap_or(0);
            match kind {
                "month" => entry.month = number.unsigned_abs(),
                "weekday" => entry.weekday = number.unsigned_abs(),
                "season" => entry.season = number.unsigned_abs(),
                "day" => entry.day = Some(number),
                "relative" => entry.relative = Some(number),
                "stretch" => entry.stretch = Some(number),
                "hour" => entry.hour = Some(number.unsigned_abs()),
                "half_day" => entry.afternoon = Some(number > 0),
                "decade" => entry.decade = number.unsigned_abs(),
                "unit" => entry.time_unit = Some(value),
                other => unknown("calendar.txt", other),
            }
            if !matches!(kind, "unit" | "half_day") {
                *self.openers.entry(word) = Some(true);
            }
        }
        for row in rows(MULTIPLES) {
            let &[word, value, place] = &*row else { unknown("multiples.txt", &row.join(" ")) };
            let halves = value.parse::<f64>().map_or_else(|_| unknown("multiples.txt", value), |v| (v * 2.0).round() as u8);
            self.words.entry(word).get_or_insert_default().multiple = Some(Multiple { halves, compares: place == "compares" });
            *self.openers.entry(word) = Some(true);
        }
        for row in rows(CLASSES) {
            let &[name, words] = &*row else { unknown("figure_classes.txt", &row.join(" ")) };
            if name == "opens" {
                words.split_ascii_whitespace().for_each(|word| *self.openers.entry(word) = Some(true));
                continue;
            }
            let class = class::named(name);
            for word in words.split_ascii_whitespace() {
                self.words.entry(word).get_or_insert_default().classes |= class;
            }
        }
    }

    fn load_units(&mut self) {
        for row in rows(UNITS) {
            let &[id, dimension, si_unit, factor, offset, words, abbreviations] = pad::<7>(&row).as_slice() else { continue };
            let meaning = match id {
                "percent" => Meaning::Percent,
                "percentage-point" => Meaning::PercentagePoint,
                "basis-point" => Meaning::BasisPoint,
                _ => Meaning::Unit(self.units.len() as u16),
            };
            self.units.push(Unit { id, dimension, si_unit, factor: factor.parse().unwrap_or(1.0), offset: offset.parse().unwrap_or(0.0) });
            for phrase in list(words) {
                self.phrases.add(phrase.split(' '), meaning);
                self.begin_measure(phrase);
            }
            for sign in list(abbreviations) {
                self.abbreviations.insert(sign, meaning);
                self.begin_measure(sign);
            }
        }
    }

    fn load_currencies(&mut self) {
        for row in rows(CURRENCIES) {
            let &[code, signs, names, parts] = pad::<4>(&row).as_slice() else { continue };
            let assumed = code.starts_with('~');
            let currency = Currency { code: code.trim_start_matches('~'), assumed, part: None, doubtful: false };
            for sign in list(signs) {
                let (signs, sign) = match sign.strip_suffix('?') {
                    Some(letters) => (&mut self.letters, letters),
                    None => (&mut self.signs, sign),
                };
                signs.insert(sign, currency);
                self.begin_measure(sign);
            }
            if !assumed {
                self.codes.insert(currency.code, currency);
            }
            for name in list(names) {
                let doubtful = name.ends_with('?');
                // A word of two currencies keeps the first: "pound" the mass stays ahead of money, which `money` decides.
                let meaning = Meaning::Currency(Currency { doubtful, ..currency });
                let name = name.trim_end_matches('?');
                self.phrases.add(name.split(' '), meaning);
                self.begin_measure(name);
            }
            for part in list(parts) {
                let Some((name, worth)) = part.split_once(':') else { continue };
                // Worth is written with two decimals at most: 0.01 is 1, 0.05 is 5, 0.1 is 10.
                let hundredths = worth.parse::<f64>().map_or(1, |w| (w * 100.0).round() as u8);
                let assumed = assumed || currency.code == "USD" && ["cent", "pennies"].iter().any(|coin| name.starts_with(coin));
                self.phrases.add(name.split(' '), Meaning::Currency(Currency { assumed, part: Some(hundredths), ..currency }));
                self.begin_measure(name);
            }
        }
    }
}

impl FigureLexicon {
    fn begin_measure(&mut self, phrase: &str) {
        // What is asked are words of letters.
        if let Some(first) = phrase.split(' ').next().filter(|first| first.bytes().all(|byte| byte.is_ascii_alphabetic())) {
            self.words.entry(first).get_or_insert_default().measure = true;
        }
    }

    fn load_countries(&mut self) {
        for row in rows(COUNTRIES) {
            let &[words, pairs] = &*row else { unknown("currency_countries.txt", &row.join(" ")) };
            let pairs = list(pairs).map(|pair| pair.split_once(':').unwrap_or_else(|| unknown("currency_countries.txt", pair)));
            self.countries.push(pairs.collect());
            let country = u8::try_from(self.countries.len()).unwrap_or_else(|_| unknown("currency_countries.txt", words));
            for word in words.split(' ') {
                self.words.entry(word).get_or_insert_default().country = country;
            }
        }
    }
}

/// A row with its missing last columns as empty cells.
fn pad<const N: usize>(row: &[&'static str]) -> Vec<&'static str> {
    (0..N).map(|i| row.get(i).copied().unwrap_or("")).collect()
}
