//! Dates and times that start with digits: "14 October", "2025-07-01", "10:30 a.m.", "1960s", "2010-12", and the bare year.

use super::calendar::Period;
use super::context::approx_before;
use super::date::{When, day_at, is_year, when, year_after, year_at};
use super::date_clock::{clock, clock_range, is_lap, shared_half};
use super::date_month::{day_of_month, month_at};
use super::date_period::{ordinal_of, quarter_of};
use super::scan::{Scan, any, is};
use super::words::{NumeralClass, class};
use crate::document::{Case, TokenKind};

/// The date, period or time of day that starts with the number at token `i`.
pub(super) fn numeric(scan: &Scan, i: usize) -> Option<When> {
    let word = scan.word(i);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || digits > 4 {
        return None;
    }
    let rest = &word[digits..];
    let value: i32 = word[..digits].parse().ok()?;
    // "John 3:16"
    let verse = i > 0 && is!(scan, i + 1, ":") && scan.case(i - 1) == Case::Initial && scan.has(i - 1, class::SCRIPTURE);
    if let Some(found) = shared_half(scan, i).filter(|_| !verse) {
        return Some(found);
    }
    // "ran it in 2:01:09": how long it took.
    if let Some(found) = clock(scan, i, digits, rest, value).filter(|_| !verse && !is_lap(scan, i)) {
        return Some(clock_range(scan, found));
    }
    // "in '69"
    let quoted = digits == 2 && rest.is_empty() && i > 1 && scan.touches(i) && any!(scan, i - 1, ["'", "‘"]);
    if quoted && scan.has(i - 2, class::YEAR_PREPOSITION) && !is!(scan, i - 2, "by") {
        let year = if value >= 30 { 1900 + value } else { 2000 + value };
        return Some(when(i, i + 1, Period::years(year, year)));
    }
    // "1Q25", "3Q 2024", "2H25"
    if digits == 1
        && let Some((year, quarters)) = rest.strip_prefix('Q').map(|y| (y, true)).or_else(|| rest.strip_prefix('H').map(|y| (y, false)))
    {
        return part_of_a_year(scan, i, value, year, quarters);
    }
    match rest {
        "s" => return decade(scan, i, digits, value),
        "st" | "nd" | "rd" | "th" => return ordinal_of(scan, i, i + 1, i64::from(value)),
        "" => {}
        _ => return None,
    }
    if digits == 4
        && scan.tokens.get(i + 1).is_some_and(|t| t.kind == TokenKind::Clitic)
        && value % 10 == 0
        && is!(scan, i + 1, "'s")
        && is_year(value)
        && i > 0
        && is!(scan, i - 1, "the")
    {
        return Some(when(i, i + 2, Period::decade(value)));
    }
    if let Some(found) = era(scan, i, value) {
        return Some(found);
    }
    if any!(scan, i + 1, ["-", "/"]) { before_mark(scan, i, digits, value) } else { of_month_or_year(scan, i, digits, value) }
}

/// Digits before a hyphen or a slash.
fn before_mark(scan: &Scan, i: usize, digits: usize, value: i32) -> Option<When> {
    let mark = scan.word(i + 1);
    // "2011/12": a season or a year of accounts
    if digits == 4
        && mark == "/"
        && is_year(value)
        && scan.touches(i + 1)
        && scan.touches(i + 2)
        && scan.word(i + 2).len() == 2
        && scan.word(i + 2).parse() == Ok((value + 1) % 100)
        && !(is!(scan, i + 3, "/") && scan.touches(i + 3))
    {
        return Some(when(i, i + 3, Period::years(value, value + 1)));
    }
    // 2025-07-01, 1/7/2025, 2025/7/1
    if scan.touches(i + 1)
        && scan.touches(i + 2)
        && scan.is_number(i + 2)
        && scan.word(i + 3) == mark
        && scan.touches(i + 3)
        && scan.touches(i + 4)
    {
        return three_parts(scan, i, value, mark);
    }
    // "12-2015"
    if mark == "-"
        && digits <= 2
        && (1..=12).contains(&value)
        && scan.touches(i + 1)
        && scan.touches(i + 2)
        && !(i > 0 && scan.touches(i))
        && let Some(year) = year_at(scan, i + 2).filter(|year| (1900..2100).contains(year))
    {
        return Some(when(i, i + 3, Period::month(year, u8::try_from(value).ok()?)));
    }
    // "5/1-5/7, 2020": the days share their year.
    if mark == "/"
        && digits <= 2
        && scan.is_dash(i + 3)
        && is!(scan, i + 5, "/")
        && (i + 1..i + 7).all(|j| scan.touches(j))
        && let Some((year, end)) = year_after(scan, i + 7).filter(|_| is!(scan, i + 7, ","))
    {
        let part = |j: usize| scan.word(j).parse::<u8>().ok();
        let first = Period::day(year, part(i)?, part(i + 2)?)?.days?;
        let last = Period::day(year, part(i + 4)?, part(i + 6)?)?.days?;
        return (first.0 < last.0).then(|| when(i, end, Period::of_days(first.0, last.0)));
    }
    // "5/1-5/7/2020"
    if mark == "/"
        && digits <= 2
        && scan.is_number(i + 2)
        && scan.is_dash(i + 3)
        && (i + 1..i + 9).all(|j| scan.touches(j))
        && let (Some(a), Some(b)) = (scan.word(i + 2).parse::<i32>().ok(), numeric(scan, i + 4))
        && is!(scan, i + 5, "/")
        && let Some((last, day)) = b.period.days.filter(|(a, b)| a == b)
    {
        // American order, unless it cannot be.
        let (m, d) = if value > 12 { (a, value) } else { (value, a) };
        let first = Period::day(i32::from(last.year()), u8::try_from(m).ok()?, u8::try_from(d).ok()?)?;
        let (first, _) = first.days.filter(|(first, _)| *first < day)?;
        return Some(when(i, b.end, Period::of_days(first, day)));
    }
    // "23/Sep/2020", "2019-aug-01"
    if scan.touches(i + 1)
        && scan.touches(i + 2)
        && let Some((m, after)) = month_at(scan, i + 2).filter(|&(_, after)| after == i + 3)
    {
        let third = scan.word(after) == mark && scan.touches(after) && scan.touches(after + 1) && scan.is_number(after + 1);
        let year_first = digits == 4 && is_year(value);
        if third && year_first {
            let (day, end) = day_at(scan, after + 1)?;
            return Some(when(i, end, Period::day(value, m, day)?));
        }
        if let Some(year) = year_at(scan, after + 1).filter(|_| third) {
            return Some(when(i, after + 2, Period::day(year, m, u8::try_from(value).ok()?)?));
        }
        if year_first {
            return Some(when(i, after, Period::month(value, m)));
        }
    }
    of_month_or_year(scan, i, digits, value)
}

/// A day before its month, or a year.
fn of_month_or_year(scan: &Scan, i: usize, digits: usize, value: i32) -> Option<When> {
    // "10-12 May", "14 October 2025", "14 of October"
    if digits <= 2 && (1..=31).contains(&value) {
        let to = scan.is_dash(i + 1) && scan.touches(i + 1) || any!(scan, i + 1, ["to", "and"]);
        if to
            && let Some((last, after)) = day_at(scan, i + 2).filter(|_| scan.word(i + 2).len() <= 2)
            && let Some((m, end)) = month_at(scan, after).filter(|_| scan.case(after).is_capitalised())
        {
            let named = year_after(scan, end).filter(|_| !is!(scan, end, "in"));
            let first = day_of_month(scan, i, end, m, value as u8, named);
            let second = day_of_month(scan, i, end, m, last, named);
            if i32::from(last) > value
                && let (Some((a, _)), Some((_, b))) = (first.period.days, second.period.days)
            {
                return Some(when(i, first.end, Period { anchored: first.period.anchored, ..Period::of_days(a, b) }));
            }
        }
        let of = i + 1 + usize::from(is!(scan, i + 1, "of"));
        if let Some((m, end)) = month_at(scan, of)
            .filter(|&(_, end)| scan.near(of) && (scan.case(of).is_capitalised() || m_is_sure(scan, of) || year_at(scan, end).is_some()))
        {
            let named = year_after(scan, end).filter(|_| !is!(scan, end, "in") || year_at(scan, end + 1).is_some());
            return Some(day_of_month(scan, i, end, m, value as u8, named));
        }
    }
    if digits == 4 && is_year(value) && !is!(scan, i + 1, "/") {
        return year(scan, i, value);
    }
    None
}

/// "1Q25": a quarter or a half before the letter, a year after it or in the next word.
fn part_of_a_year(scan: &Scan, i: usize, part: i32, year: &str, quarters: bool) -> Option<When> {
    let (year, end) = match year.len() {
        0 => year_after(scan, i + 1).or_else(|| scan.today.map(|today| (i32::from(today.year()), i + 1)).filter(|_| quarters))?,
        2 => (2000 + year.parse::<i32>().ok()?, i + 1),
        4 => (year.parse().ok().filter(|&year| is_year(year))?, i + 1),
        _ => return None,
    };
    let part = u8::try_from(part).ok()?;
    if quarters && year_after(scan, i + 1).is_none() && end == i + 1 && scan.word(i).len() == 2 {
        return (1..=4).contains(&part).then(|| quarter_of(scan, i, i + 1, part, true)).flatten();
    }
    let period = match quarters {
        true if (1..=4).contains(&part) => Period::quarter(year, part),
        false if (1..=2).contains(&part) => Period::half(year, part),
        _ => return None,
    };
    Some(when(i, end, period))
}

/// Whether a month in small letters is one: "june" and no "may", "march" or "jan".
pub(super) fn m_is_sure(scan: &Scan, i: usize) -> bool {
    scan.word(i).len() > 3 && !matches!(scan.entry(i).month, 3 | 5)
}

/// "1960s", "the 90s"; "her 30s" are an age.
fn decade(scan: &Scan, i: usize, digits: usize, value: i32) -> Option<When> {
    if value % 10 != 0 || i == 0 && digits < 4 {
        return None;
    }
    let start = if i > 0 && is!(scan, i - 1, "the") { i - 1 } else { i };
    if digits == 4 {
        return Some(when(
            start,
            i + 1,
            if value % 100 == 0 && value < 1900 { Period::years(value, value + 99) } else { Period::decade(value) },
        ));
    }
    let led = scan.has(i - 1, class::EARLY)
        || any!(scan, i - 1, ["the", "'", "‘"])
        || scan.is_hyphen(i - 1) && is!(scan, i.wrapping_sub(2), "mid");
    (digits == 2 && led && (20..=90).contains(&value) && !super::build_words::is_of_life(scan, i))
        .then(|| when(start, i + 1, Period::decade(if value >= 30 { 1900 + value } else { 2000 + value })))
}

fn three_parts(scan: &Scan, i: usize, a: i32, mark: &str) -> Option<When> {
    let b: i32 = scan.word(i + 2).parse().ok()?;
    let c: i32 = scan.word(i + 4).parse().ok()?;
    if scan.word(i + 5) == mark && scan.touches(i + 5) {
        return None;
    }
    let (year, month, day) = if scan.word(i).len() == 4 {
        (a, b, c)
    } else if scan.word(i + 4).len() == 4 || scan.word(i + 4).len() == 2 && mark == "/" {
        let year = if c < 100 { 2000 + c } else { c };
        // American order, unless it cannot be.
        if a > 12 { (year, b, a) } else { (year, a, b) }
    } else {
        return None;
    };
    if !is_year(year) {
        return None;
    }
    let period = Period::day(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    Some(when(i, i + 5, period))
}

/// A bare four-digit number, if it is a year; "2010-12", "2019/20".
fn year(scan: &Scan, i: usize, value: i32) -> Option<When> {
    let next = i + 1;
    let mut end = next;
    let mut last = value;
    if scan.is_dash(next) && scan.touches(next) && scan.touches(next + 1) && scan.is_number(next + 1) {
        let word = scan.word(next + 1);
        let other: i32 = word.parse().ok()?;
        // "2015-12", "2015-3": no years, so a month
        let month = (1..=12).contains(&other)
            && (word.len() == 2 && value / 100 * 100 + other <= value || word.len() == 1 && other <= value % 10)
            && !scan.is_dash(next + 2)
            && !(i > 0 && (scan.touches(i) && scan.is_dash(i - 1) || scan.has(i - 1, class::NAMING)));
        if month && scan.is_hyphen(next) {
            return Some(when(i, next + 2, Period::month(value, u8::try_from(other).ok()?)));
        }
        last = match word.len() {
            2 => value / 100 * 100 + other,
            4 => other,
            _ => return None,
        };
        if last <= value || last - value > 400 || scan.is_hyphen(next + 2) && scan.touches(next + 2) {
            return None;
        }
        end = next + 2;
    } else {
        // The last part of a day that the calendar does not have: "2/30/2019".
        if i > 1 && scan.touches(i) && is!(scan, i - 1, "/") && scan.touches(i - 1) && scan.is_number(i - 2) && scan.word(i - 2).len() < 3 {
            return None;
        }
        // "in 2017 April."
        if let Some((month, after)) = month_at(scan, next).filter(|_| scan.near(next) && scan.word(next).len() > 3)
            && !scan.is_word(after)
            && !scan.is_number(after)
        {
            return Some(when(i, after, Period::month(value, month)));
        }
        let part = if scan.joins(next) { next + 1 } else { next };
        let quarter = scan.word(part);
        if scan.near(part)
            && let Some(h) = quarter.strip_prefix(['H', 'h']).and_then(|h| h.parse().ok()).filter(|h| (1..=2).contains(h))
            && quarter.len() == 2
        {
            return Some(when(i, part + 1, Period::half(value, h)));
        }
        if scan.near(part)
            && quarter.len() == 2
            && (quarter.starts_with('Q') || quarter.starts_with('q'))
            && let Some(q) = quarter[1..].parse().ok().filter(|q| (1..=4).contains(q))
        {
            return Some(when(i, part + 1, Period::quarter(value, q)));
        }
        if !reads_as_year(scan, i, value) {
            return None;
        }
    }
    Some(when(i, end, Period::years(value, last)))
}

fn reads_as_year(scan: &Scan, i: usize, value: i32) -> bool {
    let led = i > 0 && scan.near(i) && scan.has(i - 1, class::YEAR_BEFORE);
    let before = if i > 0 { scan.word(i - 1) } else { "" };
    let modern = (1800..=2100).contains(&value);
    let next = i + 1;
    // A unit, a share or a scale word makes it an amount.
    let entry = scan.entry(next);
    if scan.near(next)
        && (entry.number.is_some_and(|n| matches!(n.class, NumeralClass::Scale | NumeralClass::Hundred | NumeralClass::Dozen))
            || super::unit::meaning(scan, scan.over_hyphen(next), true).is_some())
    {
        return false;
    }
    let counted = scan.is_plural(next) || scan.is_content(next) && scan.case(next) == Case::Lower && scan.is_plural(next + 1);
    if counted {
        // "between 2019 and 2024 rents rose"
        if i > 1 && any!(scan, i - 1, ["and", "to", "or"]) && year_at(scan, i - 2).is_some() {
            return modern;
        }
        let level = scan.has(next, class::LEVEL);
        let sure = i > 0
            && (level && any!(scan, i - 1, ["from", "to", "above", "below", "at", "of", "than", "on"])
                || scan.has(i - 1, class::SURELY_YEAR));
        return modern && (sure || names_its_year(scan, i, value));
    }
    if matches!(before, "$" | "£" | "€" | "#") || i > 0 && scan.is_hyphen(i - 1) && scan.touches(i) {
        // "mid-2024", "pre-2010"
        return scan.has(i.wrapping_sub(2), class::EARLY) || any!(scan, i.wrapping_sub(2), ["pre", "post"]);
    }
    if led {
        return modern || scan.has(i - 1, class::YEAR_PREPOSITION) && !is!(scan, i - 1, "of") || is!(scan, i - 1, "circa");
    }
    (1900..=2100).contains(&value) && i > 0 && !scan.has(i - 1, class::NAMING)
}

/// "2016 candidates", "the 2020 Democrats": four digits without a comma before a plural are the year of what is named, but for round
/// numbers, those called inexact and those of people and what befalls them. (Of 60 in news that no other word told to be years, all were.)
fn names_its_year(scan: &Scan, i: usize, value: i32) -> bool {
    let counted = scan.has(i + 1, class::OFTEN_COUNTED) || !scan.is_plural(i + 1) && scan.has(i + 2, class::OFTEN_COUNTED);
    // "some 2016 Lopez supporters"
    let name = scan.case(i + 1).is_capitalised() && !scan.is_plural(i + 1) && i > 0 && is!(scan, i - 1, "some");
    (1950..2040).contains(&value) && value % 100 != 0 && !counted && (name || approx_before(scan, i).is_none())
}

/// "in 44 BC", "AD 79", "900 CE": a year that the calendar of the record does not hold, told by its TIMEX3 value only.
fn era(scan: &Scan, i: usize, year: i32) -> Option<When> {
    let next = i + 1;
    if scan.case(next) != Case::Upper && !(i > 0 && scan.case(i - 1) == Case::Upper) {
        return None;
    }
    let before_christ = matches!(scan.word(next), "BC" | "BCE" | "B.C." | "B.C" | "B.C.E.");
    let after_christ = matches!(scan.word(next), "AD" | "CE" | "A.D." | "A.D");
    let lead = year < 1000 && i > 0 && scan.near(i) && matches!(scan.word(i - 1), "AD" | "A.D.");
    let led = || {
        i > 0
            && (scan.has(i - 1, class::YEAR_BEFORE) || any!(scan, i - 1, ["or", "before", "year", "dated"]))
            && !scan.is_content(next + 1)
            && !scan.case(next + 1).is_capitalised()
    };
    if lead {
        return Some(when(i - 1, i + 1, Period::open(format!("{year:04}"))));
    }
    if !(before_christ || after_christ && year < 1000) || !scan.near(next) || !led() {
        return None;
    }
    let sign = if before_christ { "BC" } else { "" };
    Some(when(i, next + 1, Period::open(format!("{sign}{year:04}"))))
}
