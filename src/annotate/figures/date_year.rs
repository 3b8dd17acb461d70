//! Which year is meant where none is named: by which way the sentence points, by how near the month is, and by the weekday that stands
//! with the day.

use super::calendar::Period;
use super::date::{When, is_one_day};
use super::scan::{Scan, any, is};
use super::words::class;
use crate::annotate::lexicon::word_hash;
use jiff::civil::Date;

/// Months just gone that words of what is to come do not move a year ahead: "the dismal June figures could hurt", in July. (Of 60 in news
/// two were of the year ahead.)
const JUST_GONE: i32 = 4;
/// Months close ahead that are meant where nothing speaks of the past: "the convention in July", in May.
const CLOSE_AHEAD: i32 = 3;
/// The same for days, which are told with more care.
const DAYS_AHEAD: i32 = 2;

/// Months gone up to which the next of the name is no nearer.
const NEAREST: i32 = 6;

/// How far around a month a word of polls is looked for.
const POLLS_REACH: usize = 6;

fn of_the_polls(scan: &Scan, i: usize) -> bool {
    let before = (i.saturating_sub(POLLS_REACH)..i).rev().take_while(|&j| scan.near(j + 1) && !any!(scan, j, [".", ";", "last", "that"]));
    before.chain(i + 1..i + 4).any(|j| scan.has(j, class::POLLS))
}

/// Whether something ends or is due with the date at token `i`: "by January", "until October", "through the end of May".
fn is_a_limit(scan: &Scan, i: usize) -> bool {
    let part =
        |j: usize| scan.has(j, class::EARLY) || any!(scan, j, ["the", "of", "end", "start", "beginning", "middle"]) || scan.is_hyphen(j);
    let before = (i.saturating_sub(5)..i).rev().find(|&j| !part(j));
    before.is_some_and(|j| is!(scan, j, "by") || scan.has(j, class::LIMIT))
}

/// The year of the month at token `i`; `ahead` is which way its sentence points.
pub(super) fn year_of_month(scan: &Scan, i: usize, month: u8, ahead: Option<bool>) -> Option<i32> {
    let today = scan.today?;
    let (year, now, month) = (i32::from(today.year()), i32::from(today.month()), i32::from(month));
    let gone = (now - month).rem_euclid(12);
    let limit = is_a_limit(scan, i);
    let since = i > 0 && is!(scan, i - 1, "since");
    // "the nominee in November": that of the next polls, which America has in even years.
    let told = ahead != Some(false) || gone > JUST_GONE;
    if month == 11 && year % 2 == 0 && gone > 2 && told && !since && of_the_polls(scan, i) {
        return Some(year);
    }
    // "a trial for November", in May
    if gone >= NEAREST && month > now && i > 0 && is!(scan, i - 1, "for") && scan.near(i) {
        return Some(year);
    }
    // "the November election": the nearest.
    let event = scan.has(i + 1, class::EVENT) || scan.is_content(i + 1) && scan.has(i + 2, class::EVENT);
    if event && scan.near(i + 1) && ahead != Some(true) && !limit && !since && gone > 0 {
        return Some(if gone <= NEAREST { year - i32::from(month > now) } else { year + i32::from(month < now) });
    }
    Some(match ahead {
        Some(true) if month < now => year + i32::from(gone > JUST_GONE || limit),
        // "a fundraiser in December", in January
        Some(true) => year - i32::from(gone == 1 && !limit),
        // Next month's: nearly nobody calls what was eleven months ago by its month alone.
        _ if gone == 11 && !since => year + i32::from(month < now),
        None if 12 - gone <= CLOSE_AHEAD && gone > 0 && !since => year + i32::from(month < now),
        _ => year - i32::from(month > now),
    })
}

/// The year of a day, the same way.
pub(super) fn year_of_day(scan: &Scan, i: usize, month: u8, day: u8, ahead: Option<bool>) -> Option<i32> {
    let today = scan.today?;
    let year = i32::from(today.year());
    let today_itself = (month, day) == (today.month() as u8, today.day() as u8);
    let to_come = (month, day) >= (today.month() as u8, today.day() as u8);
    let gone = (i32::from(today.month()) - i32::from(month)).rem_euclid(12);
    let limit = is_a_limit(scan, i);
    Some(match ahead {
        // "will ... since March 3": a day just gone is not a year ahead.
        Some(true) if !to_come => year + i32::from(gone > JUST_GONE || limit && gone > DAYS_AHEAD),
        // "the curfew was to end on December 15", in January
        Some(true) | None if to_come && gone == 1 && !limit => year - 1,
        Some(false) if to_come && !today_itself && (-gone).rem_euclid(12) > DAYS_AHEAD => year - 1,
        _ => year,
    })
}

/// The day with the weekday that stands before it: "Saturday, June 13" is of the year in which that day is a Saturday.
pub(super) fn on_weekday(found: When, weekday: u8) -> When {
    let Some((day, _)) = found.period.days.filter(|_| found.period.anchored && is_one_day(&found)) else { return found };
    let falls = |day: Date| day.weekday().to_monday_one_offset() == i8::try_from(weekday).unwrap_or(0);
    let of_year = |year: i32| Period::day(year, day.month().unsigned_abs(), day.day().unsigned_abs());
    let year = i32::from(day.year());
    let other = || [year + 1, year - 1].into_iter().filter_map(of_year).find(|p| p.days.is_some_and(|(day, _)| falls(day)));
    match Some(day).filter(|day| !falls(*day)).and_then(|_| other()) {
        Some(period) => When { period: period.anchored(), ..found },
        None => found,
    }
}

/// "the Sept. 11 terrorist attacks": the year of a day that what follows makes known. One attack can be of any year.
pub(super) fn known_day(scan: &Scan, month: u8, day: u8, end: usize) -> Option<i32> {
    let noun = end + usize::from(any!(scan, end, ["terrorist", "terror"]));
    let known = scan.lexicon.known_days.iter().find(|known| (known.month, known.day) == (month, day))?;
    let named = scan.near(noun) && known.nouns.split(' ').any(|word| scan.lower(noun) == word_hash(word));
    let past = |today: Date| i32::from(today.year()) > known.year;
    (named && scan.today.is_none_or(past)).then_some(known.year)
}
