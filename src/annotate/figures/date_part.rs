//! Parts of a longer period: "the first six months of 2025", "the last three weeks of May", "the third month of next year", "week 12 of
//! 2024", "the week of April 10", "the week ended June 5".

use super::calendar::{Period, shifted, shifted_months, weekday_near};
use super::date::{When, day_at, find, is_one_day, points_ahead, time_unit, when, year_after, year_at};
use super::date_month::month_at;
use super::date_period::week_of;
use super::date_relative::relative;
use super::date_year::year_of_month;
use super::number::{Form, number};
use super::scan::{Scan, any, is};
use super::words::{NumeralClass, NumeralForm};
use crate::document::Case;
use jiff::civil::Date;

/// The year, month or other whole period named at token `at`, and the token after it: "2024", "May 2025", "next year", "the month".
pub(super) fn whole(scan: &Scan, at: usize, start: usize) -> Option<(Period, usize)> {
    if let Some((m, after)) = month_at(scan, at).filter(|_| scan.case(at) != Case::Lower) {
        return Some(match year_after(scan, after) {
            Some((year, end)) => (Period::month(year, m), end),
            None => (Period::month(year_of_month(scan, at, m, points_ahead(scan, start))?, m).anchored(), after),
        });
    }
    let fiscal = at + usize::from(is!(scan, at, "fiscal"));
    let fiscal = fiscal + usize::from(fiscal > at && is!(scan, fiscal, "year"));
    if let Some(year) = year_at(scan, fiscal) {
        return Some((Period::years(year, year), fiscal + 1));
    }
    if scan.entry(at).relative.is_some() {
        let inner = relative(scan, at)?;
        return Some((inner.period, inner.end));
    }
    let the = at + usize::from(is!(scan, at, "the"));
    let current = the + usize::from(is!(scan, the, "current"));
    if current > at && any!(scan, current, ["year", "month", "week"]) && scan.near(current) {
        let today = scan.today?;
        let year = i32::from(today.year());
        let inner = match scan.word(current).as_bytes()[0] | 0x20 {
            b'y' => Period::years(year, year),
            b'm' => Period::month(year, today.month().unsigned_abs()),
            _ => Period::week(today)?,
        };
        return Some((inner.anchored(), current + 1));
    }
    None
}

/// A small count at token `i` and the token after it. "two quarters" is read as a half elsewhere, so only the first word is asked.
pub(super) fn count_of_units(scan: &Scan, i: usize) -> Option<(i64, usize)> {
    if !(scan.is_number(i) || scan.is_article(i) || scan.entry(i).number.is_some()) {
        return None;
    }
    let before_quarters = is!(scan, i + 1, "quarters") && scan.near(i + 1);
    if before_quarters
        && let Some(numeral) = scan.entry(i).number
        && numeral.form == NumeralForm::Cardinal
        && matches!(numeral.class, NumeralClass::Digit | NumeralClass::Teen)
    {
        return Some((i64::from(numeral.value), i + 1));
    }
    let count = number(scan, i).filter(|n| n.form == Form::Cardinal && n.rest.is_empty() && n.start == i)?;
    Some((count.value.as_int().filter(|n| (1..=1000).contains(n))?, count.end))
}

/// "first six months of 2025", "last four weeks of the year": `i` is the token after "first" or "last".
pub(super) fn stretch(scan: &Scan, start: usize, i: usize, last: bool) -> Option<When> {
    let (n, unit_at) = count_of_units(scan, i)?;
    let unit = time_unit(scan, unit_at)?;
    let of = is!(scan, unit_at + 1, "of");
    // "the first nine months this year"
    let told = any!(scan, unit_at + 1, ["this", "last"]) && is!(scan, unit_at + 2, "year");
    if !(of || told) {
        return None;
    }
    let (period, end) = whole(scan, unit_at + 1 + usize::from(of), start)?;
    let (first, final_day) = period.days?;
    let within =
        |found: &(Date, Date)| found.0 >= shifted(first, -7).unwrap_or(first) && found.1 <= shifted(final_day, 7).unwrap_or(final_day);
    let months = match unit {
        "month" => n,
        "quarter" => 3 * n,
        _ => 0,
    };
    let found = if months > 0 {
        let (from, to) = if last {
            (shifted_months(final_day.first_of_month(), 1 - months)?, final_day)
        } else {
            (first, shifted_months(first, months - 1)?.last_of_month())
        };
        let parts = |day: Date| (i32::from(day.year()), day.month().unsigned_abs());
        let ((a, b), (c, d)) = (parts(from), parts(to));
        Period::months(a, b, c, d)
    } else if unit == "week" {
        let edge = if last { final_day } else { first };
        let thursday = super::calendar::weekday_near(edge, 4, !last)?;
        let (monday, sunday) = Period::week(thursday)?.days?;
        if last { Period::of_days(shifted(monday, 7 - 7 * n)?, sunday) } else { Period::of_days(monday, shifted(sunday, 7 * n - 7)?) }
    } else if unit == "day" {
        if last { Period::of_days(shifted(final_day, 1 - n)?, final_day) } else { Period::of_days(first, shifted(first, n - 1)?) }
    } else {
        return None;
    };
    // "the first 18 months of 2024" are more than it has.
    found.days.filter(within)?;
    let start = if start > 0 && is!(scan, start - 1, "the") { start - 1 } else { start };
    Some(when(start, end, Period { anchored: period.anchored, ..found }))
}

/// "third month of 2021", "15th day of next month", "21st of last month": part `value` that is named at token `at`.
pub(super) fn nth_of(scan: &Scan, start: usize, at: usize, value: i64) -> Option<When> {
    let value = u8::try_from(value).ok().filter(|v| (1..=31).contains(v))?;
    let day = is!(scan, at, "day");
    let month = is!(scan, at, "month");
    let of = at + usize::from(day || month);
    // "the third this month" ranks; "on the 3rd this month" is a day.
    let dated =
        start > 1 && scan.is_number(start) && is!(scan, start - 1, "the") && any!(scan, start - 2, ["on", "around", "by", "until", "from"]);
    let tied = is!(scan, of, "of") || dated && of == at;
    if !tied || !scan.near(of) {
        return None;
    }
    let from = of + usize::from(is!(scan, of, "of"));
    // "the first of this month" is the first of many things, unless it is written as a day.
    let named = day || month || scan.is_number(start) && scan.entry(from).relative.is_some();
    if !named {
        return None;
    }
    let (period, end) = whole(scan, from, start)?;
    let (first, last) = period.days?;
    let is_month = first.first_of_month() == last.first_of_month() && first.day() == 1;
    let year = i32::from(first.year());
    let found = if month {
        (!is_month && value <= 12 && (first.month(), last.month()) == (1, 12)).then(|| Period::month(year, value))?
    } else if day && !is_month {
        Period::of_day(shifted(first, i64::from(value) - 1).filter(|d| *d <= last)?)
    } else {
        is_month.then(|| Period::day(year, first.month().unsigned_abs(), value)).flatten()?
    };
    let start = if start > 0 && is!(scan, start - 1, "the") { start - 1 } else { start };
    Some(when(start, end, Period { anchored: period.anchored, ..found }))
}

/// "week of April 10", "week ended June 5", "week 12 of 2024", "weekend of May 3", with "the" before it.
pub(super) fn week_by_day(scan: &Scan, i: usize) -> Option<When> {
    let weekend = is!(scan, i, "weekend");
    // "the last weekend of July"
    let last = weekend && i > 0 && is!(scan, i - 1, "last");
    let head = i - usize::from(last);
    let start = if head > 0 && is!(scan, head - 1, "the") { head - 1 } else { head };
    let next = i + 1;
    if scan.is_number(next) && is!(scan, next + 1, "of") && !weekend {
        let n: i64 = scan.word(next).parse().ok().filter(|n| (1..=53).contains(n))?;
        return week_of(scan, start, next + 2, n);
    }
    let ended = any!(scan, next, ["ended", "ending", "to"]) && !weekend;
    if !(is!(scan, next, "of") || ended) || !scan.near(next) {
        return None;
    }
    let at = next + 1 + usize::from(ended && is!(scan, next + 1, "on"));
    let named = month_at(scan, at).is_some() || day_at(scan, at).is_some() || ended && scan.entry(at).weekday > 0;
    let inner = find(scan, at).filter(|inner| named && (is_one_day(inner) || weekend))?;
    let (first, day) = inner.period.days?;
    let period = if ended {
        Period::of_days(shifted(day, -6)?, day)
    } else {
        let week = Period::week(if last { shifted(weekday_near(day, 6, false)?, 1)? } else { first })?;
        let (monday, sunday) = week.days?;
        if weekend { Period::of_days(shifted(monday, 5)?, sunday) } else { week }
    };
    Some(when(start, inner.end, Period { anchored: inner.period.anchored, ..period }))
}
