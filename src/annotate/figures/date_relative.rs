//! Periods told from the day of publication: "last year", "this summer", "next Friday", "the past 30 days".

use super::calendar::{Period, duration, shifted, shifted_months, weekday_near};
use super::date::{When, day_at, moved, points_ahead, time_unit, when};
use super::date_month::month_at;
use super::date_part::{count_of_units, stretch, whole};
use super::date_period::week_of;
use super::scan::{Scan, any, is};
use super::words::{NumeralClass, NumeralForm, class};
use crate::document::Case;
use jiff::civil::Date;

/// "last year", "this summer", "next Friday", "the past 30 days", "earlier this month".
pub(super) fn relative(scan: &Scan, i: usize) -> Option<When> {
    period(scan, i).map(|found| part_of_this(scan, found))
}

/// "earlier this year", "later this week": the part of it up to the day of publication, or from it on. Its TIMEX3 value is that of the
/// whole.
fn part_of_this(scan: &Scan, found: When) -> When {
    let Some(before) = found.start.checked_sub(1).filter(|_| is!(scan, found.start, "this") && scan.near(found.start)) else {
        return found;
    };
    // "so far this year"
    let so_far = before > 0 && is!(scan, before, "far") && is!(scan, before - 1, "so");
    let earlier = so_far || is!(scan, before, "earlier");
    let before = before - usize::from(so_far);
    let (Some((first, last)), Some(today), true) = (found.period.days, scan.today, earlier || is!(scan, before, "later")) else {
        return found;
    };
    let days = if earlier { (first, last.min(today).max(first)) } else { (first.max(today).min(last), last) };
    When { start: before, period: Period { days: Some(days), ..found.period }, ..found }
}

fn period(scan: &Scan, i: usize) -> Option<When> {
    let entry = scan.entry(i);
    let mut which = i32::from(entry.relative.or(entry.stretch).unwrap_or(0));
    let mut at = i + 1;
    if which == 0 && any!(scan, at, ["past", "coming"]) {
        which = if is!(scan, at, "past") { -1 } else { 1 };
        at += 1;
    }
    if !scan.near(at) || !may_be_period(scan, at) {
        return None;
    }
    if which == -1
        && is!(scan, at, "week")
        && is!(scan, at + 1, "of")
        && let Some(found) = week_of(scan, if i > 0 && is!(scan, i - 1, "the") { i - 1 } else { i }, at + 2, -1)
    {
        return Some(found);
    }
    if which == -1
        && is!(scan, i, "last")
        && let Some(found) = stretch(scan, i, at, true)
    {
        return Some(found);
    }
    if is!(scan, i, "last") && is_a_verb(scan, i, at) {
        return None;
    }
    // "over the next decade"
    let length = which > 0 && i > 1 && is!(scan, i - 1, "the") && any!(scan, i - 2, ["over", "within", "for", "during", "throughout"]);
    let coming_or_past = any!(scan, at - 1, ["past", "coming", "previous"]);
    let entry = scan.entry(at);
    let today = scan.today;
    let anchored = |period: Option<Period>| period.map_or(Period::open(String::new()), Period::anchored);
    let year = |t: Date| i32::from(t.year());
    if entry.month > 0 && scan.case(at) != Case::Lower {
        // "past Dec. 11"
        if month_at(scan, at).is_some_and(|(_, after)| day_at(scan, after).is_some()) {
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
    // "the last Monday in May"
    if entry.weekday > 0
        && is!(scan, i, "last")
        && i > 0
        && is!(scan, i - 1, "the")
        && any!(scan, at + 1, ["in", "of"])
        && let Some((month, end)) = whole(scan, at + 2, i)
        && let Some((_, last)) = month.days.filter(|(first, last)| first.first_of_month() == last.first_of_month())
    {
        let day = Period::of_day(weekday_near(last, entry.weekday, false)?);
        return Some(when(i - 1, end, Period { anchored: month.anchored, ..day }));
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
        && let Some((n, unit_at)) = count_of_units(scan, at)
    {
        // "the past two fiscal years"
        let unit_at = unit_at + usize::from(scan.has(unit_at, class::YEAR_KIND) && scan.near(unit_at));
        let unit = time_unit(scan, unit_at)?;
        let found = today.and_then(|t| {
            if unit == "quarter" {
                // Whole quarters, as results are told.
                let now = year(t) * 4 + (i32::from(t.month()) - 1) / 3;
                let n = i32::try_from(n).ok()?;
                let (first, last) = if which < 0 { (now - n, now - 1) } else { (now + 1, now + n) };
                let month = |q: i32| (q.rem_euclid(4) * 3 + 1).unsigned_abs() as u8;
                return Some(Period::months(first.div_euclid(4), month(first), last.div_euclid(4), month(last) + 2));
            }
            let other = moved(t, unit, n * i64::from(which))?;
            Some(if which < 0 { Period::of_days(other, t) } else { Period::of_days(t, other) })
        });
        let period = Period { timex: duration(&n.to_string(), unit).unwrap_or_default(), ..anchored(found) };
        return Some(when(i, unit_at + 1, period));
    }
    // "last year's third quarter"
    if is!(scan, at, "year")
        && is!(scan, at + 1, "'s")
        && let Some(ordinal) = scan.entry(at + 2).number.filter(|n| n.form == NumeralForm::Ordinal && n.class == NumeralClass::Digit)
        && let Some(t) = today
    {
        let noun = scan.over_hyphen(at + 3);
        if is!(scan, noun, "quarter") && (1..=4).contains(&ordinal.value) {
            return Some(when(i, noun + 1, Period::quarter(year(t) + which, ordinal.value).anchored()));
        }
        if is!(scan, noun, "half") && (1..=2).contains(&ordinal.value) {
            return Some(when(i, noun + 1, Period::half(year(t) + which, ordinal.value).anchored()));
        }
    }
    if entry.time_unit.is_none() && !any!(scan, at, ["weekend", "morning", "afternoon", "evening"]) {
        return None;
    }
    let word = scan.word(at);
    let is = |name: &str| word.eq_ignore_ascii_case(name);
    if is!(scan, i, "current") && !["year", "quarter", "month", "week"].into_iter().any(is) {
        return None;
    }
    // "over the past year", "in the last month": up to the day of publication, not the calendar's.
    let the = i > 0 && is!(scan, i - 1, "the");
    // "the last night of the fair", "the last year they won"
    let clause = || scan.has(at + 1, class::PRONOUN) || any!(scan, at + 1, ["i", "we", "you", "when"]);
    let of_its_own = is!(scan, at + 1, "of") || clause() && !(i > 1 && scan.has(i - 2, class::PREPOSITION));
    let trailing = is!(scan, i, "past") || is!(scan, i, "last") && i > 1 && is!(scan, i - 1, "the") && scan.has(i - 2, class::PREPOSITION);
    if trailing && ["year", "month", "week"].into_iter().any(is) && !is!(scan, at + 1, "of") {
        let unit = time_unit(scan, at)?;
        let found = today.and_then(|t| Some(Period::of_days(moved(t, unit, -1)?, t)));
        return Some(when(i, at + 1, Period { timex: duration("1", unit).unwrap_or_default(), ..anchored(found) }));
    }
    if the && is!(scan, i, "last") && (of_its_own || is("night")) {
        return None;
    }
    // "over the next year", "in the coming month": from the day of publication on.
    let planned = i > 1 && is!(scan, i - 2, "for") && !is!(scan, i, "next");
    let ahead = length && !planned || the && i > 1 && is!(scan, i - 2, "in") && any!(scan, at - 1, ["next", "coming"]);
    if ahead && ["year", "month", "week"].into_iter().any(is) && !is!(scan, at + 1, "of") {
        let unit = time_unit(scan, at)?;
        let found = today.and_then(|t| Some(Period::of_days(t, moved(t, unit, 1)?)));
        return Some(when(i, at + 1, Period { timex: duration("1", unit).unwrap_or_default(), ..anchored(found) }));
    }
    let found = if is("year") {
        if is!(scan, scan.over_hyphen(at + 1), "old") {
            return None;
        }
        today.map(|t| Period::years(year(t) + which, year(t) + which))
    } else if is("month") {
        today
            .and_then(|t| shifted_months(t.first_of_month(), i64::from(which)))
            .map(|d| Period::month(i32::from(d.year()), d.month() as u8))
    } else if word == "week" && scan.entry(scan_on(scan, at + 1)).weekday > 0 && scan.word(scan_on(scan, at + 1)).len() >= 6 {
        let day = scan_on(scan, at + 1);
        let found = today.and_then(|t| weekday_of_week(t, which, scan.entry(day).weekday));
        return Some(when(i, day + 1, anchored(found.map(Period::of_day))));
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
            if coming_or_past || which < 0 || length {
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

/// Whether a period or a count may stand at token `i`: after most of "this", "next" and "last" none does.
fn may_be_period(scan: &Scan, i: usize) -> bool {
    let entry = scan.entry(i);
    entry.time_unit.is_some()
        || entry.number.is_some()
        || entry.month > 0
        || entry.weekday > 0
        || entry.season > 0
        || scan.is_number(i)
        || scan.is_article(i)
        || any!(scan, i, ["weekend", "morning", "afternoon", "evening"])
}

/// Past "on" before a weekday: "next week on Tuesday".
fn scan_on(scan: &Scan, i: usize) -> usize {
    i + usize::from(is!(scan, i, "on"))
}

/// The day of this name in this week, or one before or after it.
pub(super) fn weekday_of_week(today: Date, which: i32, weekday: u8) -> Option<Date> {
    let monday = Period::week(shifted(today, 7 * i64::from(which))?)?.days?.0;
    weekday_near(monday, weekday, true)
}

/// "last week", "of next week" at token `i`: which week, and the token after it.
pub(super) fn week_at(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    let at = i + usize::from(is!(scan, i, "of"));
    let which = scan.entry(at).relative?;
    (is!(scan, at + 1, "week") && scan.near(i) && scan.near(at + 1)).then_some((i32::from(which), at + 2))
}

/// Whether "last" is the verb: "will last two weeks", "batteries last 10 hours". The other stands after an article, mostly.
fn is_a_verb(scan: &Scan, i: usize, at: usize) -> bool {
    let counted = scan.is_number(at) || scan.entry(at).number.is_some() || any!(scan, at, ["about", "several", "up", "a", "an"]);
    let modal = || {
        let word = scan.word(i - 1);
        // "shouldn't last two hours"
        word.ends_with("n't")
            || word.ends_with("n’t")
            || any!(scan, i - 1, ["to", "will", "would", "could", "can", "may", "might", "should", "must", "not", "usually", "typically"])
    };
    i > 0 && counted && scan.near(i) && scan.case(i) == Case::Lower && (modal() || scan.is_plural(i - 1) && scan.case(i - 1) == Case::Lower)
}
