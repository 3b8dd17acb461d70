//! Periods told from the day of publication: "last year", "this summer", "next Friday", "the past 30 days".

use super::calendar::{Period, duration, shifted, shifted_months, weekday_near};
use super::date::{When, day_at, moved, points_ahead, time_unit, when};
use super::date_period::week_of;
use super::number::{Form, number};
use super::scan::Scan;
use crate::document::Case;
use jiff::civil::Date;

/// "last year", "this summer", "next Friday", "the past 30 days".
pub(super) fn relative(scan: &Scan, i: usize) -> Option<When> {
    let which = match scan.word(i).as_bytes()[0] | 0x20 {
        b'l' | b'p' => -1,
        b'n' | b'c' => 1,
        _ => 0,
    };
    let mut at = i + 1;
    let mut which = which;
    if which == 0 && scan.any(at, &["past", "coming"]) {
        which = if scan.is(at, "past") { -1 } else { 1 };
        at += 1;
    }
    if !scan.near(at) {
        return None;
    }
    if which == -1
        && scan.is(at, "week")
        && scan.is(at + 1, "of")
        && let Some(found) = week_of(scan, if i > 0 && scan.is(i - 1, "the") { i - 1 } else { i }, at + 2, -1)
    {
        return Some(found);
    }
    let coming_or_past = scan.any(at - 1, &["past", "coming", "previous"]);
    let entry = scan.entry(at);
    let today = scan.today;
    let anchored = |period: Option<Period>| period.map_or(Period::open(String::new()), Period::anchored);
    let year = |t: Date| i32::from(t.year());
    if entry.month > 0 && scan.case(at) != Case::Lower {
        if day_at(scan, at + 1).is_some() {
            return None;
        }
        let found = today.map(|t| {
            let now = t.month() as u8;
            let y = match which {
                -1 if entry.month >= now => year(t) - 1,
                1 if entry.month <= now => year(t) + 1,
                _ => year(t),
            };
            Period::month(y, entry.month)
        });
        return Some(when(i, at + 1, anchored(found)));
    }
    if entry.weekday > 0 && scan.word(at).len() >= 6 {
        let found = today.and_then(|t| match which {
            -1 => weekday_near(shifted(t, -1)?, entry.weekday, false),
            0 => Period::week(t)?.days.and_then(|(monday, _)| weekday_near(monday, entry.weekday, true)),
            _ => Period::week(shifted(t, 7)?)?.days.and_then(|(monday, _)| weekday_near(monday, entry.weekday, true)),
        });
        return Some(when(i, at + 1, anchored(found.map(Period::of_day))));
    }
    if entry.season > 0 {
        let found = today.map(|t| {
            let y = match Period::season(year(t), entry.season).days {
                // "last summer" in autumn is this year's.
                Some((_, last)) if which == -1 && last < t => year(t),
                Some((first, _)) if which == 1 && first > t => year(t),
                _ => year(t) + which,
            };
            Period::season(y, entry.season)
        });
        return Some(when(i, at + 1, anchored(found)));
    }
    // "the past 30 days", "the next five years"
    if which != 0
        && let Some(count) = number(scan, at).filter(|n| n.form == Form::Cardinal && n.rest.is_empty() && n.start == at)
    {
        let n = count.value.as_int().filter(|n| (1..=1000).contains(n))?;
        let unit = time_unit(scan, count.end)?;
        let found = today.and_then(|t| {
            let other = moved(t, unit, n * i64::from(which))?;
            Some(if which < 0 { Period::of_days(other, t) } else { Period::of_days(t, other) })
        });
        let period = Period { timex: duration(&n.to_string(), unit).unwrap_or_default(), ..anchored(found) };
        return Some(when(i, count.end + 1, period));
    }
    let word = scan.word(at);
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    let found = if is("year") {
        if scan.is(scan.over_hyphen(at + 1), "old") {
            return None;
        }
        today.map(|t| Period::years(year(t) + which, year(t) + which))
    } else if is("month") {
        today
            .and_then(|t| shifted_months(t.first_of_month(), i64::from(which)))
            .map(|d| Period::month(i32::from(d.year()), d.month() as u8))
    } else if is("week") {
        today.and_then(|t| shifted(t, 7 * i64::from(which))).and_then(Period::week)
    } else if is("weekend") {
        today.and_then(|t| {
            let monday = Period::week(t)?.days?.0;
            // Early in the week a past tense speaks of the weekend just gone.
            let gone = which == 0 && t.weekday().to_monday_one_offset() < 5 && points_ahead(scan, i) != Some(true);
            let saturday = shifted(monday, 5 + 7 * i64::from(which - i32::from(gone)))?;
            Some(Period::of_days(saturday, shifted(saturday, 1)?))
        })
    } else if is("quarter") {
        today.map(|t| {
            let index = year(t) * 4 + (i32::from(t.month()) - 1) / 3 + which;
            Period::quarter(index.div_euclid(4), index.rem_euclid(4) as u8 + 1)
        })
    } else if is("decade") {
        today.map(|t| {
            if coming_or_past || which < 0 {
                Period::years(year(t) + 10 * which.min(0), year(t) + 10 * which.max(0))
            } else {
                Period::decade((year(t) / 10 + which) * 10)
            }
        })
    } else if is("century") {
        today.map(|t| Period::century(year(t) / 100 + 1 + which))
    } else if is("night") && which == -1 {
        today.and_then(|t| shifted(t, -1)).map(Period::of_day)
    } else if which == 0 && (is("morning") || is("afternoon") || is("evening")) {
        today.map(Period::of_day)
    } else {
        return None;
    };
    Some(when(i, at + 1, anchored(found)))
}
