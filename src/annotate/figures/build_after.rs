//! Days told from the one before them in the text: "the following day", "the next morning", "the following year", "the next Tuesday".
//! In a story these count from the last day it named, not from the day of publication. And days listed after one of their month:
//! "June 3, 4 and 5, 2025".

use super::build::Builder;
use super::calendar::{Period, shifted, weekday_near};
use super::date::{when, year_after};
use super::scan::Scan;
use super::unit::meaning;
use super::words::class;
use crate::document::FigureKind;
use jiff::civil::Date;

/// How many figures back, and how many bytes, the day is looked for: two sentences or so.
const REACH: usize = 4;
const FARTHEST: usize = 200;

impl Builder<'_> {
    /// The expression at token `i`, if it is one and a day to count from is near.
    pub(super) fn read_day_after(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let following = scan.is(i, "following");
        if !(following || scan.is(i, "next")) || i == 0 || !scan.is(i - 1, "the") || !scan.near(i) || !scan.near(i + 1) {
            return None;
        }
        let at = i + 1;
        let weekday = scan.entry(at).weekday;
        let day = scan.any(at, &["day", "morning", "evening", "night"]);
        let longer = following && scan.any(at, &["week", "month", "quarter", "year"]);
        // "over the next day or so", "in the next day": a length of time.
        let length = !following && i > 1 && scan.any(i - 2, &["in", "over", "within", "for", "during"]);
        // "the next day or so", "the next day of the trip"
        let counted = scan.any(at + 1, &["or", "of"]) || scan.is_hyphen(at + 1);
        if !(day || longer || weekday > 0 && scan.word(at).len() >= 6) || length || counted {
            return None;
        }
        // The quarter of a text that has named none is that after its own.
        let own = || scan.today.filter(|_| scan.is(at, "quarter")).map(|today| (today, today));
        let (first, last) = self.last_days_named(scan.tokens[i].span.start()).or_else(own)?;
        let one_day = first == last;
        let year = i32::from(first.year());
        let (months, month) = (year * 12 + i32::from(first.month()), first.first_of_month() == last.first_of_month());
        let quarters = |day: Date| i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3;
        let period = if scan.is(at, "quarter") {
            let next = quarters(last) + 1;
            (quarters(first) + 1 == next).then(|| Period::quarter(next.div_euclid(4), next.rem_euclid(4).unsigned_abs() as u8 + 1))?
        } else if scan.is(at, "year") {
            Period::years(year + 1, year + 1)
        } else if scan.is(at, "month") && month {
            Period::month(months.div_euclid(12), months.rem_euclid(12).unsigned_abs() as u8 + 1)
        } else if !one_day {
            return None;
        } else if scan.is(at, "week") {
            Period::week(shifted(first, 7)?)?
        } else if weekday > 0 {
            Period::of_day(weekday_near(shifted(first, 1)?, weekday, true)?)
        } else {
            Period::of_day(shifted(first, 1)?)
        };
        Some(self.push_when(when(i - 1, at + 1, period.anchored())))
    }

    /// The number at token `i`, if it is a day listed after another of its month: the 21 of "February 20 and 21, 2025". A year named at the
    /// end is that of all of them.
    pub(super) fn read_listed_day(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let word = scan.word(i);
        if !scan.is_number(i) || i < 3 || word.len() > 2 || !scan.near(i) || !scan.near(i - 1) {
            return None;
        }
        let (joint, before) = (i - 1, i - 2);
        let last = scan.any(joint, &["and", "or", "&"]);
        if !(last || scan.word(joint) == "," && is_in_a_list(&scan, i)) {
            return None;
        }
        let comma = usize::from(last && scan.word(before) == ",");
        let first = self.figures.last().filter(|f| f.kind == FigureKind::Date && f.date_start.is_some() && f.date_start == f.date_end)?;
        let adjoins = first.span.end() == scan.tokens[before - comma].span.end();
        let from = scan.tokens[..i].iter().rposition(|t| t.span.start() == first.span.start()).filter(|_| adjoins)?;
        let month_first = scan.entry(from).month > 0 && i - comma <= from + 5;
        let day: Date = first.date_start.as_deref()?.parse().ok()?;
        let (listed, anchored) = (from + 2 == i && scan.is_number(from), first.anchored);
        let number: u8 = word.parse().ok().filter(|&n| day.day().unsigned_abs() < n && n <= 31)?;
        let counts = scan.is_content(i + 1) && !scan.has(i + 1, class::PREPOSITION) || meaning(&scan, i + 1, true).is_some();
        if !(month_first || listed) || counts || scan.is_hyphen(i + 1) || matches!(scan.word(i + 1), "%" | ":" | "/") {
            return None;
        }
        let named = year_after(&scan, i + 1).filter(|_| !scan.is(i + 1, "in"));
        let year = named.map_or(i32::from(day.year()), |(year, _)| year);
        let month = day.month().unsigned_abs();
        let period = Period::day(year, month, number)?;
        if named.is_some() && anchored {
            self.give_year(year);
        }
        let end = named.map_or(i + 1, |(_, end)| end);
        Some(self.push_when(if named.is_none() && anchored { when(i, end, period.anchored()) } else { when(i, end, period) }))
    }

    /// Moves the last days found to a year that is named after them.
    fn give_year(&mut self, year: i32) {
        let is_day = |f: &&mut crate::document::Figure| f.kind == FigureKind::Date && f.anchored && f.date_start == f.date_end;
        for figure in self.figures.iter_mut().rev().take(REACH).take_while(is_day) {
            let moved = figure.date_start.as_deref().and_then(|day| day.parse::<Date>().ok());
            let Some(day) = moved.and_then(|day| Period::day(year, day.month().unsigned_abs(), day.day().unsigned_abs())) else { return };
            figure.date_start = Some(day.timex.clone());
            figure.date_end = Some(day.timex.clone());
            figure.timex = Some(day.timex);
            figure.anchored = false;
        }
    }

    fn last_days_named(&self, here: usize) -> Option<(Date, Date)> {
        self.figures
            .iter()
            .rev()
            .take(REACH)
            .take_while(|f| f.span.end() + FARTHEST > here)
            .find_map(|f| Some((f.date_start.as_deref()?.parse().ok()?, f.date_end.as_deref()?.parse().ok()?)))
    }
}

/// Whether another number ends the list that goes on at token `i`: the 4 of "June 3, 4 and 5".
fn is_in_a_list(scan: &Scan, i: usize) -> bool {
    let next = i + 1 + usize::from(scan.word(i + 1) == "," && scan.any(i + 2, &["and", "or", "&"]));
    let ends = scan.any(next, &["and", "or", "&"]) || scan.word(next) == ",";
    ends && scan.near(next) && scan.is_number(next + 1) && scan.word(next + 1).len() <= 2
}
