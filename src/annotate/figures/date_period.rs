//! Periods by their name or length: "three years ago", "the six months to June", "the third quarter", "the end of May", "the sixties".

use super::calendar::{Period, shifted, weekday_near};
use super::date::{When, day_at, moved, points_ahead, when, year_after, year_at};
use super::date_digits::m_is_sure;
use super::date_month::{day_of_month, month_at, months_to};
use super::date_part::{nth_of, stretch, whole};
use super::date_year::year_of_month;
use super::number::{Form, number};
use super::scan::{Scan, any, is};
use super::words::class;
use crate::document::Case;

/// From this day on a period that ends with it ends with its month.
const LATE: u8 = 25;

/// The period "N units ago", or "the N months to June", once the duration before it is known to end at token `end`.
pub(super) fn after_duration(scan: &Scan, start: usize, end: usize, count: Option<i64>, unit: &str) -> Option<When> {
    let n = count?;
    if is!(scan, end, "ago") && scan.near(end) {
        let found = scan.today.filter(|_| n < 20_000).and_then(|today| {
            let day = moved(today, unit, -n)?;
            let year = i32::from(day.year());
            Some(match unit {
                "year" | "decade" | "century" => Period::years(year, year),
                "month" | "quarter" => Period::month(year, day.month() as u8),
                "week" | "fortnight" => Period::week(day)?,
                _ => Period::of_day(day),
            })
        });
        return Some(when(start, end + 1, found.map_or(Period::open(String::new()), Period::anchored)));
    }
    let months = match unit {
        "month" => n,
        "quarter" => 3 * n,
        "year" => 12 * n,
        _ => return None,
    };
    if scan.has(end, class::PERIOD_TO) && (1..=240).contains(&months) {
        let at = end + 1 + usize::from(any!(scan, end + 1, ["in", "on"])) + usize::from(any!(scan, end + 1, ["the", "end"]));
        let at = at + usize::from(is!(scan, at, "end")) + usize::from(is!(scan, at, "of") || is!(scan, at + 1, "of"));
        // "to June", "to June 30", "to 30 June"
        let first = day_at(scan, at).filter(|&(day, month)| day >= LATE && month_at(scan, month).is_some());
        let (m, after) = month_at(scan, first.map_or(at, |(_, month)| month))?;
        let mut close = after;
        if first.is_none()
            && let Some((day, after_day)) = day_at(scan, after)
            && day >= LATE
        {
            close = after_day;
        }
        let (year, close, anchored) = match year_after(scan, close) {
            Some((year, close)) => (year, close, false),
            None => (year_of_month(scan, at, m, points_ahead(scan, start))?, close, true),
        };
        let period = months_to(year, m, months as i32);
        let start = if start > 0 && is!(scan, start - 1, "the") { start - 1 } else { start };
        return Some(when(start, close, if anchored { period.anchored() } else { period }));
    }
    None
}

pub(super) fn fiscal(scan: &Scan, i: usize) -> Option<When> {
    let at = i + 1 + usize::from(is!(scan, i + 1, "year"));
    if let Some(year) = year_at(scan, at) {
        return Some(when(i, at + 1, Period::years(year, year)));
    }
    None
}

/// "the end of June", "the start of 2024".
pub(super) fn edge(scan: &Scan, i: usize) -> Option<When> {
    if !is!(scan, i + 1, "of") {
        return None;
    }
    let last = is!(scan, i, "end");
    let at = i + 2;
    // "until the end of March 31"
    if month_at(scan, at).is_some_and(|(_, after)| day_at(scan, after).is_some()) {
        return None;
    }
    let (period, end) = whole(scan, at, i)?;
    let (a, b) = period.days?;
    let start = if i > 0 && is!(scan, i - 1, "the") { i - 1 } else { i };
    Some(when(start, end, Period { anchored: period.anchored, ..Period::of_day(if last { b } else { a }) }))
}

/// "the third quarter", "the first half of 2025", "the twentieth century", "fourth of July".
pub(super) fn ordinal_period(scan: &Scan, i: usize) -> Option<When> {
    let found = number(scan, i).filter(|n| n.start == i && n.form == Form::Ordinal);
    let (value, at) = match found {
        Some(n) => (n.value.as_int()?, n.end),
        None => return None,
    };
    ordinal_of(scan, i, at, value)
}

pub(super) fn ordinal_of(scan: &Scan, i: usize, at: usize, value: i64) -> Option<When> {
    let start = if i > 0 && is!(scan, i - 1, "the") { i - 1 } else { i };
    let noun = scan.over_hyphen(at);
    if !scan.near(noun) {
        return None;
    }
    if is!(scan, noun, "quarter") && (1..=4).contains(&value) {
        return quarter_of(scan, start, noun + 1, value as u8, false);
    }
    if value == 1
        && let Some(found) = stretch(scan, i, at, false)
    {
        return Some(found);
    }
    if is!(scan, noun, "half") && (1..=2).contains(&value) {
        let (year, end) = year_told(scan, noun + 1).or_else(|| year_after(scan, noun + 1))?;
        return Some(when(start, end, Period::half(year, value as u8)));
    }
    // "the first Saturday in October"
    let weekday = scan.entry(noun).weekday;
    if (1..=5).contains(&value) && weekday > 0 && scan.word(noun).len() > 5 && any!(scan, noun + 1, ["in", "of"]) {
        let (month, end) = whole(scan, noun + 2, i)?;
        let (first, last) = month.days.filter(|(first, last)| first.first_of_month() == last.first_of_month())?;
        let day = shifted(weekday_near(first, weekday, true)?, 7 * (value - 1)).filter(|day| *day <= last)?;
        return Some(when(start, end, Period { anchored: month.anchored, ..Period::of_day(day) }));
    }
    // "our second century", "into a third century"
    let its_own = value < 10 && i > 0 && (scan.has(i - 1, class::POSSESSIVE) || scan.is_article(i - 1) || is!(scan, i - 1, "'s"));
    if is!(scan, noun, "century") && (1..=30).contains(&value) && !its_own {
        return Some(when(start, noun + 1, Period::century(value as i32)));
    }
    // "the first week of 2025", "the third week of May"
    if is!(scan, noun, "week") && is!(scan, noun + 1, "of") && (1..=53).contains(&value) {
        return week_of(scan, start, noun + 2, value);
    }
    if let Some(found) = nth_of(scan, i, at, value) {
        return Some(found);
    }
    // "14th of October", "fourth of July"
    let of = at + usize::from(is!(scan, at, "of"));
    let (m, end) = month_at(scan, of)?;
    if !(1..=31).contains(&value) || scan.case(of) == Case::Lower && of == at && !m_is_sure(scan, of) {
        return None;
    }
    Some(day_of_month(scan, i, end, m, value as u8, year_after(scan, end)))
}

/// The nth week of the year or month at token `at`: a week belongs where its Thursday lies. Below nought counts from the end.
pub(super) fn week_of(scan: &Scan, start: usize, at: usize, n: i64) -> Option<When> {
    let (period, end) = whole(scan, at, start)?;
    let (first, last) = period.days.filter(|(first, last)| first.first_of_month() != last.first_of_month() || n <= 5)?;
    let thursday = if n > 0 { shifted(weekday_near(first, 4, true)?, 7 * (n - 1))? } else { weekday_near(last, 4, false)? };
    let week = Period::week(thursday)?;
    Some(when(start, end, Period { anchored: period.anchored, ..week }))
}

/// "the latter half of 2024", whose "half" is token `i`.
pub(super) fn latter_half(scan: &Scan, i: usize) -> Option<When> {
    let (year, end) = year_told(scan, i + 1).or_else(|| year_after(scan, i + 1))?;
    let start = if i > 1 && is!(scan, i - 2, "the") { i - 2 } else { i - 1 };
    Some(when(start, end, Period::half(year, 2)))
}

/// "last year" right after a quarter or a half, "of the year", and the token after it.
fn year_told(scan: &Scan, at: usize) -> Option<(i32, usize)> {
    let year = i32::from(scan.today?.year());
    if is!(scan, at, "of") && is!(scan, at + 1, "the") && is!(scan, at + 2, "year") {
        return Some((year, at + 3));
    }
    let shift = scan.entry(at).relative?;
    (is!(scan, at + 1, "year") && scan.near(at)).then_some((year + i32::from(shift), at + 2))
}

/// A quarter, its year named or read from the day of publication.
pub(super) fn quarter_of(scan: &Scan, start: usize, at: usize, quarter: u8, sure: bool) -> Option<When> {
    if let Some((year, end)) = year_told(scan, at) {
        return Some(when(start, end, Period::quarter(year, quarter).anchored()));
    }
    if let Some((year, end)) = year_after(scan, at) {
        return Some(when(start, end, Period::quarter(year, quarter)));
    }
    // "the third quarter of the game", "a quarter of": only with a year.
    if is!(scan, at, "of") && !sure && !is!(scan, at + 1, "the") {
        return None;
    }
    let period = match scan.today {
        Some(today) => {
            let year = i32::from(today.year());
            let begun = (today.month() as u8 - 1) / 3 + 1 >= quarter;
            let year = if begun || points_ahead(scan, start) == Some(true) { year } else { year - 1 };
            Period::quarter(year, quarter).anchored()
        }
        None => Period::open(format!("XXXX-Q{quarter}")),
    };
    Some(when(start, at, period))
}

/// "the sixties"; "her thirties" are an age.
pub(super) fn decade_word(scan: &Scan, i: usize, decade: u8) -> Option<When> {
    let led = i > 0 && (scan.has(i - 1, class::EARLY) || is!(scan, i - 1, "the"));
    if !led || super::build_words::is_of_life(scan, i) {
        return None;
    }
    Some(when(i - usize::from(is!(scan, i - 1, "the")), i + 1, Period::decade(1900 + i32::from(decade))))
}
