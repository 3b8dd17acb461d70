//! Two dates as one period ("May 5, 2024 - June 3, 2024", "2014 to 2018"), and a length of time counted from a date ("two days before
//! Monday", "3 weeks after May 13"). "from May to June" and "between 2014 and 2018" stay two dates with their roles.

use super::calendar::Period;
use super::context::approx_before;
use super::date::{When, find, is_one_day, moved, when, year_at};
use super::number::{Form, number};
use super::scan::{Scan, any, is};
use super::words::{NumeralClass, NumeralForm, class};
use crate::document::FigureKind;

/// The date with what a dash or "to" joins to it, if it is the first day of a longer period.
pub(super) fn joined(scan: &Scan, first: When) -> When {
    let at = first.end;
    let dash = scan.is_dash(at) || is!(scan, at, "~");
    let to = any!(scan, at, ["to", "through", "till"]);
    if first.kind != FigureKind::Date || !(dash || to) || !scan.near(at) || !scan.near(at + 1) {
        return first;
    }
    let alone = first.end == first.start + 1;
    let quoted = usize::from(first.start > 0 && any!(scan, first.start - 1, ["'", "‘"]));
    let before = first.start.saturating_sub(1 + quoted);
    let before = before - usize::from(before > 0 && scan.has(before, class::CIRCA));
    let led = first.start > quoted && any!(scan, before, ["from", "between"]);
    // "Monday - Friday" is every week's; "from 2014 to 2018" names two years.
    if to && led || alone && scan.entry(first.start).weekday > 0 || scan.touches(at) != scan.touches(at + 1) {
        return first;
    }
    let Some(second) = find(scan, at + 1).filter(|second| second.kind == FigureKind::Date && second.start == at + 1) else { return first };
    let (Some((a, end_of_first)), Some((start_of_second, b))) = (first.period.days, second.period.days) else { return first };
    // "returned in 2021 to 2019 levels"
    let counts = scan.is_content(second.end) || is!(scan, second.end, "'s");
    // "2014 through May 2, 2018"
    let alike = is_one_day(&first) == is_one_day(&second) || is!(scan, at, "through");
    if !alike || end_of_first >= start_of_second || to && counts {
        return first;
    }
    let anchored = first.period.anchored || second.period.anchored;
    let timex = format!("{}/{}", first.period.timex, second.period.timex);
    When { end: second.end, period: Period { timex, anchored, ..Period::of_days(a, b) }, ..first }
}

/// "two days before yesterday", "three weeks after May 13": a length of time that ends at token `end`, counted from the day after it.
pub(super) fn counted_from(scan: &Scan, start: usize, end: usize, count: Option<i64>, unit: &str) -> Option<When> {
    let n = count.filter(|n| (1..1000).contains(n))?;
    let back = is!(scan, end, "before");
    if !(back || any!(scan, end, ["after", "from"])) || !scan.near(end) || !matches!(unit, "day" | "week" | "fortnight" | "month") {
        return None;
    }
    // "less than two weeks after May 3", "for two days before Monday": no day is meant.
    let length = start > 0 && scan.has(start - 1, class::LASTING);
    if length || approx_before(scan, start).is_some() {
        return None;
    }
    let from = find(scan, end + 1).filter(is_one_day)?;
    let (day, _) = from.period.days?;
    let day = moved(day, unit, if back { -n } else { n })?;
    Some(when(start, from.end, Period { anchored: from.period.anchored, ..Period::of_day(day) }))
}

/// A year in words at token `i`: "nineteen eighty-four", "twenty twenty", and the token after it.
pub(super) fn year_in_words(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    let cardinal = |j: usize| scan.entry(j).number.filter(|n| n.form == NumeralForm::Cardinal && scan.near(j));
    let century = cardinal(i).filter(|n| matches!(n.value, 16..=20) && matches!(n.class, NumeralClass::Teen | NumeralClass::Ten))?;
    let tens_at = scan.over_hyphen(i + 1);
    let tens = cardinal(tens_at)?;
    // "in seventeen hundred and thirty-three"
    if tens.class == NumeralClass::Hundred {
        let said = number(scan, i).filter(|n| n.form == Form::Cardinal && n.start == i)?;
        let counts = scan.is_hyphen(said.end) || scan.is_content(said.end);
        let year = said.value.as_int().filter(|year| (1600..2000).contains(year) && !counts)?;
        return Some((year as i32, said.end));
    }
    let (rest, end) = match tens.class {
        NumeralClass::Teen => (tens.value, tens_at + 1),
        NumeralClass::Ten => {
            let ones_at = scan.over_hyphen(tens_at + 1);
            match cardinal(ones_at).filter(|n| n.class == NumeralClass::Digit && n.value > 0) {
                Some(ones) => (tens.value + ones.value, ones_at + 1),
                None => (tens.value, tens_at + 1),
            }
        }
        _ => return None,
    };
    // "in nineteen thirty-minute talks", "of eighteen twenty were hurt"
    let counts = scan.is_hyphen(end) || scan.is_plural(end) || scan.is_content(end) && scan.is_plural(end + 1);
    (!counts && year_at(scan, i).is_none()).then_some((i32::from(century.value) * 100 + i32::from(rest), end))
}
