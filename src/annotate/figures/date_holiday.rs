//! Days that have a name: "Christmas Day", "Easter 2018", "Black Friday". A name alone is a day only where the text dates something by
//! it ("on Boxing Day"), and not where it names a thing ("a Christmas tree").

use super::calendar::{Period, shifted, weekday_near};
use super::date::{When, points_ahead, when, year_after, year_at};
use super::scan::{Scan, any, is};
use super::words::class;
use crate::annotate::lexicon::extend_phrase;
use crate::document::{Case, TokenKind};
use jiff::civil::Date;

/// Most tokens of a name: "Martin Luther King Jr. Day", with its point.
const LONGEST_NAME: usize = 7;

/// Days after which words of what is to come do not speak of the last one any more.
const LONG_GONE: i64 = 45;

/// When a named day falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed {
        month: u8,
        day: u8,
    },
    /// The `which`th weekday of the month (0: the last), moved by so many days.
    Nth {
        month: u8,
        weekday: u8,
        which: u8,
        after: i8,
    },
    /// So many days after Easter Sunday.
    Easter(i8),
}

impl Holiday {
    /// Its row of the table: rule and value.
    pub(super) fn parse(rule: &str, value: &str) -> Option<Self> {
        match rule {
            "fixed" => {
                let (month, day) = value.split_once('-')?;
                Some(Self::Fixed { month: month.parse().ok()?, day: day.parse().ok()? })
            }
            "nth" => {
                let mut cells = value.split(' ');
                Some(Self::Nth {
                    month: cells.next()?.parse().ok()?,
                    weekday: cells.next()?.parse().ok()?,
                    which: cells.next()?.parse().ok()?,
                    after: cells.next()?.parse().ok()?,
                })
            }
            "easter" => Some(Self::Easter(value.parse().ok()?)),
            _ => None,
        }
    }

    fn day_in(self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed { month, day } => Period::day(year, month, day)?.days.map(|(day, _)| day),
            // Nobody had fixed the weekday before: the first Thanksgiving was not on a fourth Thursday.
            Self::Nth { .. } if year < 1900 => None,
            Self::Nth { month, weekday, which, after } => {
                let (first, last) = Period::month(year, month).days?;
                let day = match which {
                    0 => weekday_near(last, weekday, false)?,
                    n => shifted(weekday_near(first, weekday, true)?, 7 * i64::from(n - 1))?,
                };
                shifted(day, i64::from(after))
            }
            Self::Easter(after) => shifted(easter_sunday(year)?, i64::from(after)),
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the algorithm of Meeus, Jones and Butcher).
fn easter_sunday(year: i32) -> Option<Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let day = h + l - 7 * m + 114;
    Period::day(year, u8::try_from(day / 31).ok()?, u8::try_from(day % 31 + 1).ok()?)?.days.map(|(day, _)| day)
}

/// What is read of the named day whose last word is token `i`, if one is named there: `Some(None)` where it names a thing.
pub(super) fn holiday(scan: &Scan, i: usize) -> Option<Option<When>> {
    // Asked of every "day" and "Friday": most are turned away by the case of the word and of the one before it.
    let written = scan.case(i).is_capitalised() || year_at(scan, i + 1 + usize::from(is!(scan, i + 1, "weekend"))).is_some();
    let follows = i > 0 && scan.near(i) && (scan.kind(i - 1) != Some(TokenKind::Word) || scan.case(i - 1).is_capitalised());
    let needs_another = scan.entry(i).weekday > 0 || any!(scan, i, ["day", "eve", "gras"]);
    if !written || needs_another && !follows && year_at(scan, i + 1).is_none() {
        return None;
    }
    let (start, day) = (i.saturating_sub(LONGEST_NAME - 1)..=i).find_map(|start| named(scan, start, i).map(|day| (start, day)))?;
    // "Christmas Eve" is found at its last word.
    let goes_on = any!(scan, i + 1, ["day", "eve"]) && scan.near(i + 1) && scan.case(i + 1).is_capitalised();
    Some(if goes_on { None } else { dated(scan, start, i + 1, day) })
}

/// The date that the name of tokens `start..end` is, if it dates something.
fn dated(scan: &Scan, start: usize, end: usize, day: Holiday) -> Option<When> {
    if let Some((year, end)) = year_after(scan, end) {
        let day = day.day_in(year)?;
        let weekend = weekend_with(day).filter(|_| is!(scan, end, "weekend") && scan.near(end));
        return Some(weekend.map_or_else(|| when(start, end, Period::of_day(day)), |period| when(start, end + 1, period)));
    }
    // "Easter weekend 2025"
    if is!(scan, end, "weekend")
        && scan.near(end)
        && let Some((year, close)) = year_after(scan, end + 1)
    {
        return Some(when(start, close, weekend_with(day.day_in(year)?)?));
    }
    let weekend = is!(scan, end, "weekend") && scan.near(end) && !(start > 0 && any!(scan, start - 1, ["a", "every", "each", "any"]));
    let dated = weekend || start > 0 && scan.near(start) && scan.has(start - 1, class::BEFORE_HOLIDAY);
    // "before Christmas shopping"
    let thing = scan.is_content(end) && !scan.has(end, class::PAST) || scan.is_hyphen(end) || is!(scan, end, "'s");
    if !dated || thing && !weekend || !scan.case(start).is_capitalised() {
        return None;
    }
    let today = scan.today?;
    let year = i32::from(today.year());
    let days = [day.day_in(year - 1)?, day.day_in(year)?, day.day_in(year + 1)?];
    let past = || days.into_iter().rfind(|d| *d <= today);
    let nearest = || days.into_iter().min_by_key(|d| days_between(*d, today));
    let before = if start > 0 { scan.word(start - 1) } else { "" };
    let found = match (before, points_ahead(scan, start)) {
        ("next" | "Next", _) => days.into_iter().find(|d| *d > today)?,
        ("last" | "Last", _) => days.into_iter().rfind(|d| *d < today)?,
        ("since" | "Since", _) => past()?,
        // "was hoping for votes on Election Day", weeks before it
        (word, Some(false)) if weekend || matches!(word, "on" | "On") => {
            let near = nearest()?;
            if near > today && near <= shifted(today, LONG_GONE)? && !weekend { near } else { past()? }
        }
        // "will vote on Election Day", long after the last one
        (_, Some(true)) if nearest()? < shifted(today, -LONG_GONE)? => days.into_iter().find(|d| *d > today)?,
        // "will not return until after Labor Day", "was known before Christmas": papers speak of the nearest.
        _ => nearest()?,
    };
    let start = start - usize::from(start > 0 && scan.entry(start - 1).relative.is_some());
    if weekend {
        return Some(when(start, end + 1, weekend_with(found)?.anchored()));
    }
    Some(when(start, end, Period::of_day(found).anchored()))
}

/// "Labor Day weekend": Saturday and Sunday, and the day itself and what lies between where it stands before or after them.
fn weekend_with(day: Date) -> Option<Period> {
    let saturday = match day.weekday().to_monday_one_offset() {
        1 => shifted(day, -2)?,
        7 => shifted(day, -1)?,
        weekday @ 4..=6 => shifted(day, 6 - i64::from(weekday))?,
        // In the middle of a week it has none.
        _ => return None,
    };
    let sunday = shifted(saturday, 1)?;
    Some(Period::of_days(saturday.min(day), sunday.max(day)))
}

/// How far apart two days are, within a few years.
fn days_between(a: Date, b: Date) -> i32 {
    let place = |d: Date| i32::from(d.year()) * 365 + i32::from(d.day_of_year());
    (place(a) - place(b)).abs()
}

/// The day that tokens `start..=last` name, without points and genitives: "St. Patrick's Day", "New Year's Eve".
fn named(scan: &Scan, start: usize, last: usize) -> Option<Holiday> {
    if scan.kind(start) != Some(TokenKind::Word) || scan.case(start) == Case::None {
        return None;
    }
    let mut phrase = None;
    for j in start..=last {
        if j > start && !scan.near(j) {
            return None;
        }
        match scan.kind(j)? {
            TokenKind::Word => phrase = Some(phrase.map_or(scan.lower(j), |phrase| extend_phrase(phrase, scan.lower(j)))),
            TokenKind::Clitic => {}
            _ if any!(scan, j, [".", "'"]) => {}
            _ => return None,
        }
    }
    scan.lexicon.holidays.numbered(phrase?)
}
