//! Days told from the one before them in the text: "the following day", "the next morning", "the following year", "the next Tuesday".
//! In a story these count from the last day it named, not from the day of publication. And days listed after one of their month:
//! "June 3, 4 and 5, 2025".

use super::build::Builder;
use super::calendar::{Period, shifted, weekday_near};
use super::date::{When, when, year_after};
use super::scan::{Scan, any, is};
use super::unit::meaning;
use super::words::class;
use crate::document::FigureKind;
use jiff::civil::Date;

/// How many figures back, and how many bytes, the day is looked for: two sentences or so.
const REACH: usize = 4;
const FARTHEST: usize = 200;

impl Builder<'_> {
    /// The expression at token `i`, which stands after "the", if it is one and a day to count from is near.
    pub(super) fn read_day_after(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let following = is!(scan, i, "following");
        if !(following || is!(scan, i, "next")) || !scan.near(i) || !scan.near(i + 1) {
            return None;
        }
        let at = i + 1;
        let weekday = scan.entry(at).weekday;
        let day = any!(scan, at, ["day", "morning", "evening", "night"]);
        let longer = following && any!(scan, at, ["week", "month", "quarter", "year"]);
        // "over the next day or so", "in the next day": a length of time.
        let length = !following && i > 1 && any!(scan, i - 2, ["in", "over", "within", "for", "during"]);
        // "the next day or so", "the next day of the trip"
        let counted = any!(scan, at + 1, ["or", "of"]) || scan.is_hyphen(at + 1);
        if !(day || longer || weekday > 0 && scan.word(at).len() >= 6) || length || counted {
            return None;
        }
        // The quarter of a text that has named none is that after its own.
        let own = || scan.today.filter(|_| is!(scan, at, "quarter")).map(|today| (today, today));
        let (first, last) = self.last_days_named(scan.tokens[i].span.start()).or_else(own)?;
        let one_day = first == last;
        let year = i32::from(first.year());
        let (months, month) = (year * 12 + i32::from(first.month()), first.first_of_month() == last.first_of_month());
        let quarters = |day: Date| i32::from(day.year()) * 4 + (i32::from(day.month()) - 1) / 3;
        let period = if is!(scan, at, "quarter") {
            let next = quarters(last) + 1;
            (quarters(first) + 1 == next).then(|| Period::quarter(next.div_euclid(4), next.rem_euclid(4).unsigned_abs() as u8 + 1))?
        } else if is!(scan, at, "year") {
            Period::years(year + 1, year + 1)
        } else if is!(scan, at, "month") && month {
            Period::month(months.div_euclid(12), months.rem_euclid(12).unsigned_abs() as u8 + 1)
        } else if !one_day {
            return None;
        } else if is!(scan, at, "week") {
            Period::week(shifted(first, 7)?)?
        } else if weekday > 0 {
            Period::of_day(weekday_near(shifted(first, 1)?, weekday, true)?)
        } else {
            Period::of_day(shifted(first, 1)?)
        };
        Some(self.push_when(when(i - 1, at + 1, period.anchored())))
    }

    /// "the previous day", "the night before" without their article: counted back from the last day named.
    pub(super) fn read_day_before(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let previous = any!(scan, i, ["previous", "prior", "preceding"]);
        let at = if previous { i + 1 } else { i };
        if !scan.near(i) || !scan.near(at) {
            return None;
        }
        let day = any!(scan, at, ["day", "night", "morning", "evening"]);
        if !(day || previous && is!(scan, at, "week")) {
            return None;
        }
        let before = !previous && any!(scan, at + 1, ["before", "prior"]) && scan.near(at + 1);
        let after = !previous && is!(scan, at + 1, "after") && scan.near(at + 1);
        // "the day before the vote" is counted from the vote.
        let end = at + 1 + usize::from(!previous);
        let alone =
            !scan.near(end) || !scan.is_word(end) && !scan.is_number(end) || any!(scan, end, ["in", "at", "and", "but", "by", "with"]);
        if !(previous || (before || after) && alone) || is!(scan, end, "of") {
            return None;
        }
        let (first, last) = self.last_days_named(scan.tokens[i].span.start()).filter(|(first, last)| first == last)?;
        let period = if is!(scan, at, "week") {
            Period::week(shifted(first, -7)?)?
        } else {
            Period::of_day(shifted(last, if after { 1 } else { -1 })?)
        };
        Some(self.push_when(when(i - 1, end, period.anchored())))
    }

    /// "in August of that year": the year that was named last.
    pub(super) fn of_that_year(&self, found: When) -> When {
        let scan = self.scan;
        let of = found.end + usize::from(is!(scan, found.end, "of"));
        let said = any!(scan, of, ["that", "same"]) || is!(scan, of, "the") && is!(scan, of + 1, "same");
        let year_at = of + 1 + usize::from(is!(scan, of, "the"));
        if !said || !is!(scan, year_at, "year") || !found.period.anchored || scan.entry(found.start).month == 0 {
            return found;
        }
        let named = self.figures.iter().rev().take(REACH).find_map(|f| f.date_start.as_deref()?.parse::<Date>().ok());
        let moved = named.and_then(|named| of_year(found.period.days?, i32::from(named.year())));
        moved.map_or_else(|| found.clone(), |period| When { period: period.anchored(), end: year_at + 1, ..found.clone() })
    }

    /// "Monday and Tuesday": the day after the one it is listed with, where the two follow each other.
    pub(super) fn after_its_neighbour(&self, found: When) -> When {
        let scan = self.scan;
        let i = found.start;
        let weekday = scan.entry(i).weekday;
        if weekday == 0 || i < 2 || found.end != i + 1 || !any!(scan, i - 1, ["and", "or"]) || scan.entry(i - 2).weekday % 7 + 1 != weekday
        {
            return found;
        }
        let before = self.figures.last().filter(|f| f.anchored && f.span == scan.tokens[i - 2].span);
        let day = before.and_then(|f| f.date_start.as_deref()?.parse::<Date>().ok()).and_then(|day| shifted(day, 1));
        // "Monday or Tuesday", one of which is today.
        match day.filter(|_| scan.entry(i - 2).weekday > 0) {
            Some(day) => When { period: Period::of_day(day).anchored(), ..found },
            None => found,
        }
    }

    /// The number at token `i`, if it is a day listed after another of its month: the 21 of "February 20 and 21, 2025". A year named at the
    /// end is that of all of them.
    pub(super) fn read_listed_day(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        if !scan.is_number(i) || i < 3 || !scan.near(i) || !scan.near(i - 1) || scan.word(i).len() > 2 {
            return None;
        }
        let (joint, before) = (i - 1, i - 2);
        let last = any!(scan, joint, ["and", "or", "&"]);
        if !(last || is!(scan, joint, ",") && is_in_a_list(scan, i)) {
            return None;
        }
        let comma = usize::from(last && is!(scan, before, ","));
        let first = self.figures.last().filter(|f| f.kind == FigureKind::Date && f.date_start.is_some() && f.date_start == f.date_end)?;
        let adjoins = first.span.end() == scan.tokens[before - comma].span.end();
        // It begins near by, as it ends where the list goes on.
        let from = adjoins.then(|| scan.tokens[..i].iter().rposition(|t| t.span.start() == first.span.start()))??;
        let month_first = scan.entry(from).month > 0 && i - comma <= from + 5;
        let day: Date = first.date_start.as_deref()?.parse().ok()?;
        let (listed, anchored) = (from + 2 == i && scan.is_number(from), first.anchored);
        let number: u8 = scan.word(i).parse().ok().filter(|&n| day.day().unsigned_abs() < n && n <= 31)?;
        let verb = scan.has(i + 1, class::PAST | class::FUTURE) || scan.word(i + 1).ends_with("ed");
        let counts = scan.is_content(i + 1) && !verb && !scan.has(i + 1, class::PREPOSITION) || meaning(scan, i + 1, true).is_some();
        if !(month_first || listed) || counts || scan.is_hyphen(i + 1) || any!(scan, i + 1, ["%", ":", "/"]) {
            return None;
        }
        let named = year_after(scan, i + 1).filter(|_| !is!(scan, i + 1, "in"));
        let year = named.map_or(i32::from(day.year()), |(year, _)| year);
        let month = day.month().unsigned_abs();
        let period = Period::day(year, month, number)?;
        if named.is_some() && anchored {
            self.give_year(year);
        }
        let end = named.map_or(i + 1, |(_, end)| end);
        Some(self.push_when(if named.is_none() && anchored { when(i, end, period.anchored()) } else { when(i, end, period) }))
    }

    /// "March, June and October 2026": the year that is named with the last of a list is that of all.
    pub(super) fn share_year(&mut self, found: &When) {
        let Some((last, _)) = found.period.days.filter(|_| !found.period.anchored && self.scan.entry(found.start).month > 0) else {
            return;
        };
        let mut next = (found.start, last);
        for figure in self.figures.iter_mut().rev().take(REACH) {
            let scan = self.scan;
            // Nothing but what joins a list may stand between.
            let joint = (1..=2).take_while(|&n| next.0 > n && any!(scan, next.0 - n, [",", "and", "or", "&"])).count();
            let Some(before) = next.0.checked_sub(joint + 1).filter(|_| joint > 0) else { return };
            let adjoins = scan.tokens[before].span.end() == figure.span.end();
            let from = before.saturating_sub(2)..=before;
            let Some(start) = from.into_iter().find(|&j| scan.tokens[j].span.start() == figure.span.start()).filter(|_| adjoins) else {
                return;
            };
            let is_month = figure.kind == FigureKind::Date && figure.anchored && scan.entry(start).month > 0;
            let days =
                figure.date_start.as_deref().and_then(|a| Some((a.parse::<Date>().ok()?, figure.date_end.as_deref()?.parse().ok()?)));
            let Some((first, end)) = days.filter(|_| is_month) else { return };
            let year = i32::from(next.1.year()) - i32::from((first.month(), first.day()) > (next.1.month(), next.1.day()));
            let Some(period) = of_year((first, end), year) else { return };
            let Some(days) = period.days else { return };
            next = (start, days.0);
            figure.date_start = Some(days.0.into());
            figure.date_end = Some(days.1.into());
            figure.timex = Some(period.timex);
            figure.anchored = false;
        }
    }

    /// Moves the last days found to a year that is named after them.
    fn give_year(&mut self, year: i32) {
        let is_day = |f: &&mut crate::document::Figure| f.kind == FigureKind::Date && f.anchored && f.date_start == f.date_end;
        for figure in self.figures.iter_mut().rev().take(REACH).take_while(is_day) {
            let moved = figure.date_start.as_deref().and_then(|day| day.parse::<Date>().ok()).and_then(|day| of_year((day, day), year));
            let Some(period) = moved else { return };
            figure.date_start = period.days.map(|(first, _)| first.into());
            figure.date_end = figure.date_start;
            figure.timex = Some(period.timex);
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

/// The same day or month of another year.
fn of_year((first, last): (Date, Date), year: i32) -> Option<Period> {
    let month = first.month().unsigned_abs();
    if first == last {
        return Period::day(year, month, first.day().unsigned_abs());
    }
    (first.day() == 1 && last == first.last_of_month()).then(|| Period::month(year, month))
}

/// Whether another number ends the list that goes on at token `i`: the 4 of "June 3, 4 and 5".
fn is_in_a_list(scan: &Scan, i: usize) -> bool {
    let next = i + 1 + usize::from(is!(scan, i + 1, ",") && any!(scan, i + 2, ["and", "or", "&"]));
    let ends = any!(scan, next, [",", "and", "or", "&"]);
    ends && scan.near(next) && scan.is_number(next + 1) && scan.word(next + 1).len() <= 2
}
