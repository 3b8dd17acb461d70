//! What follows a number: a unit of measure, a currency, a share. Phrases are looked up longest first, abbreviations as written;
//! squares, cubes and compounds ("square miles", "kilometres per hour") are composed from the units of the table.

use super::scan::{Scan, any, is, word};
use super::words::{Currency, Meaning, class};
use crate::document::{Case, Gap, TokenKind};
use std::borrow::Cow;

/// What a number is of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    None,
    Money(Currency),
    Percent,
    PercentagePoint,
    BasisPoint,
    Unit(MeasureUnit),
}

impl Measure {
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }

    /// Whether two ends of a range are of the same thing.
    pub(super) fn agrees(&self, other: &Measure) -> bool {
        match (self, other) {
            (Measure::Money(a), Measure::Money(b)) => a.code == b.code,
            (Measure::Unit(a), Measure::Unit(b)) => a.id == b.id,
            _ => self == other,
        }
    }
}

/// A unit, of the table or composed.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct MeasureUnit {
    pub(super) id: Cow<'static, str>,
    pub(super) dimension: &'static str,
    pub(super) si_unit: Cow<'static, str>,
    pub(super) factor: f64,
    pub(super) offset: f64,
}

impl MeasureUnit {
    /// The unit of area or volume that a unit of length makes.
    fn raised_to(self, power: i32) -> Self {
        let (name, dimension) = if power == 2 { ("square", "area") } else { ("cubic", "volume") };
        Self {
            id: format!("{name}-{}", self.id).into(),
            dimension,
            si_unit: format!("{name}-meter").into(),
            factor: self.factor.powi(power),
            offset: 0.0,
        }
    }
}

/// Abbreviations of one or two letters that may stand after a space; the others are words too often, and must touch their digits.
fn may_stand_apart(scan: &Scan, i: usize) -> bool {
    match scan.word(i) {
        "in" => {
            let next = i + 1;
            // "the pencil is 2 in." No preposition ends a sentence right after a number.
            let ends =
                || scan.kind(next).is_none() || is!(scan, next, ".") && (scan.kind(next + 1).is_none() || scan.gap(next + 1) >= Gap::Line);
            scan.has(next, class::DIMENSION) || scan.is_number(i - 1) && !scan.has(i.wrapping_sub(2), class::NAMING) && ends()
        }
        "m" | "g" | "l" | "L" | "t" | "W" | "V" | "C" | "F" | "J" | "N" => {
            // "the 1951 C-Type"
            scan.kind(i - 1) == Some(TokenKind::Number) && !scan.joins(i + 1)
        }
        "s" | "h" | "pc" | "st" | "MP" | "AU" | "mb" | "kn" | "nm" | "MT" | "p" => false,
        word => word.len() > 1,
    }
}

/// Whether the word at token `i` may begin a unit, a currency or a share: most words do not.
pub(super) fn may_be_measure(scan: &Scan, i: usize) -> bool {
    // Codes of currencies are all in capitals.
    !scan.is_plain(i) || scan.entry(i).measure || scan.case(i) == Case::Upper
}

/// The unit, currency or share at token `i`, and the token after it. `digits`: the number before is in digits.
pub(super) fn meaning(scan: &Scan, i: usize, digits: bool) -> Option<(Meaning, usize)> {
    if !may_be_measure(scan, i) {
        return None;
    }
    let word = scan.word(i);
    match scan.kind(i)? {
        TokenKind::Word => {
            if scan.case(i) != Case::Lower {
                let currency = || {
                    let sign = || scan.lexicon.sign(word).filter(|_| word.len() > 1);
                    scan.lexicon.code(word).or_else(|| scan.lexicon.millions(word)).or_else(sign)
                };
                // "twenty MUSD"
                if let Some(currency) = currency().filter(|_| digits || scan.lexicon.millions(word).is_some()) {
                    return Some((Meaning::Currency(currency), i + 1));
                }
            } else if digits && word == "kr" {
                return scan.lexicon.sign(word).map(|currency| (Meaning::Currency(currency), i + 1));
            }
            // "two SEC schools", "5,000 HR managers": an agency and a department.
            if matches!(word, "SEC" | "HR") {
                return None;
            }
            if let Some(found) = phrase(scan, i) {
                return Some(found);
            }
            // "0.2 of a percentage point", "0.5 of one percent"
            if digits && is!(scan, i, "of") && any!(scan, i + 1, ["a", "one"]) && scan.near(i + 2) {
                return phrase(scan, i + 2).filter(|(meaning, _)| matches!(meaning, Meaning::Percent | Meaning::PercentagePoint));
            }
            if let Some(found) = power_unit(scan, i) {
                return Some(found);
            }
            if digits
                && scan.near(i)
                && may_stand_apart(scan, i)
                && let Some(meaning) = scan.lexicon.abbreviation(word)
            {
                return Some((meaning, i + 1));
            }
            None
        }
        TokenKind::Quote if digits => inches(scan, i),
        TokenKind::Symbol | TokenKind::Punctuation => {
            if word == "″" && digits {
                return inches(scan, i);
            }
            if word == "%" {
                return Some((Meaning::Percent, i + 1));
            }
            if word.starts_with(['°', 'º', '˚', '℃', '℉']) {
                return degrees(scan, i);
            }
            if word == "¢" && digits {
                return scan.lexicon.phrase("cents").map(|meaning| (meaning, i + 1));
            }
            // "7€", "10 $"
            let currency = scan.lexicon.sign(word).filter(|_| digits)?;
            let another_amount = scan.is_number(i + 1) && scan.touches(i + 1);
            // "20,000 $BRELL": the name of a token that is traded
            let ticker = word == "$"
                && !scan.touches(i)
                && scan.touches(i + 1)
                && scan.is_word(i + 1)
                && scan.lexicon.code(scan.word(i + 1)).is_none();
            (!another_amount && !ticker).then_some((Meaning::Currency(currency), i + 1))
        }
        _ => None,
    }
}

/// Most tokens looked back for the mark that opens a quotation.
const QUOTED_REACH: usize = 64;

/// "15″ wheels", "a 7" screen": a mark that touches the number and closes no quotation.
fn inches(scan: &Scan, i: usize) -> Option<(Meaning, usize)> {
    let number = scan.word(i - 1);
    let small = scan.is_number(i - 1) && (number.len() <= 2 || number.len() <= 6 && number.contains('.'));
    let apart = scan.near(i) && is!(scan, i, "\"") && scan.has(i + 1, class::DIMENSION);
    if !(scan.touches(i) || apart) || !small || scan.touches(i + 1) && scan.is_word(i + 1) {
        return None;
    }
    let closes = || {
        let mark = (i.saturating_sub(QUOTED_REACH)..i).rev().take_while(|&j| scan.near(j + 1));
        let mut mark =
            mark.skip_while(|&j| scan.kind(j) != Some(TokenKind::Quote) || scan.touches(j) && scan.is_number(j.saturating_sub(1)));
        mark.next().is_some_and(|j| !scan.touches(j) || is!(scan, j - 1, "("))
    };
    let before_noun = || is!(scan, i, "\"") && scan.is_word(i + 1) && scan.near(i + 1) && !closes();
    let inch = is!(scan, i, "″") || before_noun() || any!(scan, i, ["\"", "”"]) && nothing_quoted(scan, i);
    if inch { scan.lexicon.phrase("inch").map(|meaning| (meaning, i + 1)) } else { None }
}

/// Whether no mark stands in the line before token `i` but those of inches: nothing is there to be closed.
fn nothing_quoted(scan: &Scan, i: usize) -> bool {
    for j in (i.saturating_sub(QUOTED_REACH)..i).rev() {
        let inches = scan.touches(j) && scan.is_number(j - 1);
        if scan.kind(j) == Some(TokenKind::Quote) && !inches {
            return false;
        }
        if j == 0 || scan.gap(j) >= Gap::Line {
            return true;
        }
    }
    false
}

fn degrees(scan: &Scan, i: usize) -> Option<(Meaning, usize)> {
    let by_name = |name: &str, end| scan.lexicon.phrase(name).map(|meaning| (meaning, end));
    match scan.word(i) {
        "℃" => return by_name("celsius", i + 1),
        "℉" => return by_name("fahrenheit", i + 1),
        _ => {}
    }
    let next = i + 1;
    if scan.near(next) {
        match scan.word(next) {
            "C" | "c" => return by_name("celsius", next + 1),
            "F" | "f" => return by_name("fahrenheit", next + 1),
            "K" | "k" => return by_name("kelvin", next + 1),
            _ if any!(scan, next, ["celsius", "centigrade"]) => return by_name("celsius", next + 1),
            _ if is!(scan, next, "fahrenheit") => return by_name("fahrenheit", next + 1),
            // "-40° on the Celsius scale"
            _ if is!(scan, next, "on") && is!(scan, next + 1, "the") && is!(scan, next + 3, "scale") => {
                let scales = [("celsius", word!("celsius")), ("fahrenheit", word!("fahrenheit")), ("kelvin", word!("kelvin"))];
                if let Some((name, _)) = scales.into_iter().find(|&(_, scale)| scan.lower(next + 2) == scale) {
                    return by_name(name, next + 4);
                }
            }
            _ => {}
        }
    }
    by_name("degree", next)
}

/// The longest phrase of the table that starts at token `i`. Hyphens between its words count as spaces.
fn phrase(scan: &Scan, i: usize) -> Option<(Meaning, usize)> {
    let next = |at: usize| {
        let next = scan.over_hyphen(at + 1);
        (scan.is_word(next) && scan.near(next)).then_some(next)
    };
    scan.lexicon.phrases.longest(scan, i, next).map(|(meaning, last)| (meaning, last + 1))
}

/// "square miles", "cu ft": the unit of length is what the table gives; [`of`] raises it.
fn power_unit(scan: &Scan, i: usize) -> Option<(Meaning, usize)> {
    power_word(scan, i)?;
    let unit_at = unit_after_power(scan, i);
    let (meaning, end) = phrase(scan, unit_at).or_else(|| scan.lexicon.abbreviation(scan.word(unit_at)).map(|m| (m, unit_at + 1)))?;
    match meaning {
        Meaning::Unit(index) if scan.lexicon.units[usize::from(index)].dimension == "length" => Some((meaning, end)),
        _ => None,
    }
}

fn power_word(scan: &Scan, i: usize) -> Option<i32> {
    let word = scan.word(i);
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is("square") || is("sq") {
        Some(2)
    } else if is("cubic") || is("cu") {
        Some(3)
    } else {
        None
    }
}

fn unit_after_power(scan: &Scan, i: usize) -> usize {
    if is!(scan, i + 1, ".") { i + 2 } else { scan.over_hyphen(i + 1) }
}

/// Unit `index` of the table as it is written at token `i`: raised where "square" or "cubic" stands before it.
pub(super) fn of(scan: &Scan, i: usize, index: u16) -> MeasureUnit {
    let unit = scan.lexicon.units[usize::from(index)];
    let unit = MeasureUnit {
        id: unit.id.into(),
        dimension: unit.dimension,
        si_unit: unit.si_unit.into(),
        factor: unit.factor,
        offset: unit.offset,
    };
    let power = if i == usize::MAX { None } else { power_word(scan, i) };
    match power {
        Some(power) if unit.dimension == "length" => unit.raised_to(power),
        _ => unit,
    }
}

/// "km^2", "km squared", "metres cubed": the power after the unit. `end` is the token after the unit.
pub(super) fn raised(scan: &Scan, unit: MeasureUnit, end: usize) -> (MeasureUnit, usize) {
    if unit.dimension != "length" || !scan.near(end) {
        return (unit, end);
    }
    let marked = is!(scan, end, "^") && scan.touches(end) && scan.touches(end + 1);
    let (power, after) = match scan.word(end) {
        w if w.eq_ignore_ascii_case("squared") => (2, end + 1),
        w if w.eq_ignore_ascii_case("cubed") => (3, end + 1),
        _ if marked && is!(scan, end + 1, "2") => (2, end + 2),
        _ if marked && is!(scan, end + 1, "3") => (3, end + 2),
        _ => return (unit, end),
    };
    (unit.raised_to(power), after)
}

/// Where what follows "per" starts, if token `i` says "per", "a", "an", "/" or "to the"; and whether any noun may follow.
fn per_word(scan: &Scan, i: usize) -> Option<(usize, bool)> {
    if !scan.near(i) {
        return None;
    }
    let i = if scan.is_hyphen(i) && (scan.touches(i) || scan.touches(i + 1)) && any!(scan, i + 1, ["a", "an", "per"]) { i + 1 } else { i };
    let noun = |at: usize| if scan.is_hyphen(at) { at + 1 } else { at };
    if any!(scan, i, ["per", "each", "every"]) {
        Some((noun(i + 1), is!(scan, i, "per")))
    } else if scan.is_article(i) {
        Some((noun(i + 1), false))
    } else if is!(scan, i, "/") && scan.touches(i + 1) {
        Some((i + 1, true))
    } else if is!(scan, i, "to") && is!(scan, i + 1, "the") {
        Some((i + 2, false))
    } else {
        None
    }
}

/// The unit at token `i`, for a "per".
fn plain_unit(scan: &Scan, i: usize, abbreviated: bool) -> Option<(MeasureUnit, usize)> {
    let found = phrase(scan, i).or_else(|| power_unit(scan, i));
    let found = found.or_else(|| if abbreviated { scan.lexicon.abbreviation(scan.word(i)).map(|m| (m, i + 1)) } else { None });
    match found? {
        (Meaning::Unit(index), end) => Some(raised(scan, of(scan, i, index), end)),
        _ => None,
    }
}

/// "a barrel", "per square metre", "/kg": what a price is per, and the token after it.
pub(super) fn per(scan: &Scan, i: usize) -> Option<(Cow<'static, str>, usize)> {
    let (at, any_noun) = per_word(scan, i)?;
    if is!(scan, i, "to") || !scan.near(at) && !scan.touches(at) {
        return None;
    }
    let slash = is!(scan, i, "/");
    // "per 40-foot container"
    let sized = any_noun && scan.is_number(at) && scan.joins(at + 1) && scan.is_content(at + 3);
    if sized && plain_unit(scan, at + 2, false).is_some_and(|(_, end)| end == at + 3) {
        let written = &scan.text[scan.tokens[at].span.start()..scan.tokens[at + 3].span.end()];
        return Some((written.to_ascii_lowercase().into(), at + 4));
    }
    // "per million British thermal units", "per thousand words"
    if any_noun && any!(scan, at, ["hundred", "thousand", "million", "billion"]) && scan.near(at + 1) {
        let of = plain_unit(scan, at + 1, false);
        let noun = || scan.is_plural(at + 1).then(|| (scan.word(at + 1).to_ascii_lowercase().into(), at + 2));
        if let Some((of, end)) = of.map(|(unit, end)| (unit.id, end)).or_else(noun) {
            return Some((format!("{}-{of}", scan.word(at).to_ascii_lowercase()).into(), end));
        }
        // "31.17 per million for men"
        if !scan.is_content(at + 1) && !slash {
            return Some((scan.word(at).to_ascii_lowercase().into(), at + 1));
        }
    }
    let found = match plain_unit(scan, at, slash) {
        Some((unit, end)) if any_noun || scan.has(at, class::PER_NOUN) || unit.dimension == "area" => Some((unit.id, end)),
        Some(_) => None,
        // "$1.45 per diluted share"
        None if any_noun
            && !scan.has(at, class::PER_NOUN)
            && scan.is_content(at)
            && scan.has(at + 1, class::PER_NOUN)
            && scan.near(at + 1) =>
        {
            Some((scan.word(at + 1).to_ascii_lowercase().into(), at + 2))
        }
        None if scan.has(at, class::PER_NOUN) || any_noun && scan.is_content(at) && scan.case(at) == Case::Lower => {
            Some((scan.word(at).to_ascii_lowercase().into(), at + 1))
        }
        None => None,
    };
    found.filter(|(_, end)| !scan.has(*end, class::AGO))
}

/// "miles an hour", "km/h", "miles to the gallon": the compound of `unit`, and the token after it.
pub(super) fn compound(scan: &Scan, unit: &MeasureUnit, i: usize) -> Option<(MeasureUnit, usize)> {
    let (at, _) = per_word(scan, i)?;
    if let Some(end) = hundred_kilometers(scan, at).filter(|_| matches!(&*unit.id, "liter" | "kilowatt-hour")) {
        let id = format!("{}-per-100-kilometer", unit.id).into();
        let si_unit = format!("{}-per-meter", unit.si_unit).into();
        return Some((MeasureUnit { id, dimension: "consumption", si_unit, factor: unit.factor / 1e5, offset: 0.0 }, end));
    }
    // "9.8 m/s²"
    let squared = scan.word(at) == "s" && is!(scan, at + 1, "^") && is!(scan, at + 2, "2") && scan.touches(at + 1) && scan.touches(at + 2);
    if unit.dimension == "length" && (squared || matches!(scan.word(at), "s2" | "s²")) {
        let id = format!("{}-per-square-second", unit.id).into();
        let si_unit = "meter-per-square-second".into();
        let end = if squared { at + 3 } else { at + 1 };
        return Some((MeasureUnit { id, dimension: "acceleration", si_unit, factor: unit.factor, offset: 0.0 }, end));
    }
    let (below, end) = plain_unit(scan, at, is!(scan, i, "/"))?;
    if scan.has(end, class::AGO) && !is!(scan, end, "after")
        || below.dimension == unit.dimension && !(is!(scan, i, "/") && below.id != unit.id && below.dimension == "mass")
    {
        return None;
    }
    let dimension = match (unit.dimension, below.dimension) {
        ("length", "time") => "speed",
        ("digital", "time") => "data-rate",
        ("length", "volume") | ("volume", "length") => "consumption",
        ("mass", "volume") => "density",
        ("volume", "time") | ("mass", "time") => "flow",
        ("energy", "time") => "power",
        _ => "rate",
    };
    let per = |unit: &str, below: &str| format!("{unit}-per-{below}").into();
    let (id, si_unit) = (per(&unit.id, &below.id), per(&unit.si_unit, &below.si_unit));
    Some((MeasureUnit { id, dimension, si_unit, factor: unit.factor / below.factor, offset: 0.0 }, end))
}

/// "100km", "100 kilometres" at token `i`, which cars are measured by: the token after them.
fn hundred_kilometers(scan: &Scan, i: usize) -> Option<usize> {
    let end = match scan.word(i) {
        "100km" => return Some(i + 1),
        "100" => scan.over_hyphen(i + 1),
        _ => return None,
    };
    any!(scan, end, ["km", "kilometers", "kilometres"]).then_some(end + 1)
}
