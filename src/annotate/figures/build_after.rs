//! Days told from the one before them in the text: "the following day", "the next morning", "the following year", "the next Tuesday".
//! In a story these count from the last day it named, not from the day of publication.

use super::build::Builder;
use super::calendar::{Period, shifted, weekday_near};
use super::date::when;
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
        let longer = following && scan.any(at, &["week", "month", "year"]);
        // "over the next day or so", "in the next day": a length of time.
        let length = !following && i > 1 && scan.any(i - 2, &["in", "over", "within", "for", "during"]);
        // "the next day or so", "the next day of the trip"
        let counted = scan.any(at + 1, &["or", "of"]) || scan.is_hyphen(at + 1);
        if !(day || longer || weekday > 0 && scan.word(at).len() >= 6) || length || counted {
            return None;
        }
        let (first, last) = self.last_days_named(scan.tokens[i].span.start())?;
        let one_day = first == last;
        let year = i32::from(first.year());
        let (months, month) = (year * 12 + i32::from(first.month()), first.first_of_month() == last.first_of_month());
        let period = if scan.is(at, "year") {
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

    fn last_days_named(&self, here: usize) -> Option<(Date, Date)> {
        self.figures
            .iter()
            .rev()
            .take(REACH)
            .take_while(|f| f.span.end() + FARTHEST > here)
            .find_map(|f| Some((f.date_start.as_deref()?.parse().ok()?, f.date_end.as_deref()?.parse().ok()?)))
    }
}
