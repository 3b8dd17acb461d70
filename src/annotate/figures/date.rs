//! Dates, periods and times of day: "14 October 2025", "the third quarter", "last week", "the 1990s", "10:30 a.m.". Finds the
//! longest expression at a token and places it: by what it says itself, or against the day of publication.
//!
//! Which way a bare "Friday" or "May" points is read from the nearest cue in the sentence ("will", "due": ahead; a past tense:
//! behind); without one the past is meant, as in most news.

use super::calendar::{Period, shifted, shifted_months, weekday_near};
use super::date_digits::numeric;
use super::date_relative::relative;
use super::number::{Form, number};
use super::scan::Scan;
use super::words::{NumeralClass, NumeralForm, class};
use crate::document::{Case, FigureKind};
use jiff::civil::Date;

/// A date or time found in the text: tokens `start..end`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct When {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: FigureKind,
    pub(super) period: Period,
}

pub(super) fn when(start: usize, end: usize, period: Period) -> When {
    When { start, end, kind: FigureKind::Date, period }
}

/// Most tokens looked at for a cue.
const CUE_REACH: usize = 18;

/// Whether the sentence speaks of what is to come at token `i`; `None` when nothing tells.
pub(super) fn points_ahead(scan: &Scan, i: usize) -> Option<bool> {
    let cue = |j: usize| -> Option<bool> {
        let classes = scan.entry(j).classes;
        if classes & class::FUTURE != 0 && !(scan.is(j, "may") && scan.case(j) != Case::Lower) {
            return Some(true);
        }
        let word = scan.word(j);
        let past = classes & class::PAST != 0 || scan.case(j) == Case::Lower && word.len() > 3 && word.ends_with("ed");
        past.then_some(false)
    };
    let stops = |j: usize| matches!(scan.word(j), "." | "!" | "?" | ";");
    for j in (i.saturating_sub(CUE_REACH)..i).rev() {
        if stops(j) {
            break;
        }
        if let Some(found) = cue(j) {
            return Some(found);
        }
        if scan.opens(j) && scan.gap(j) > crate::document::Gap::Space {
            break;
        }
    }
    (i + 1..(i + CUE_REACH).min(scan.tokens.len())).take_while(|&j| !stops(j) && scan.near(j)).find_map(cue)
}

/// The date, period or time that starts at token `i`.
pub(super) fn find(scan: &Scan, i: usize) -> Option<When> {
    if scan.is_number(i) {
        return numeric(scan, i);
    }
    let entry = scan.entry(i);
    if entry.month > 0 {
        return month(scan, i, entry.month);
    }
    if entry.weekday > 0 {
        return weekday(scan, i, entry.weekday);
    }
    if let Some(offset) = entry.day {
        let period =
            scan.today.and_then(|t| shifted(t, i64::from(offset))).map_or(Period::open(String::new()), |d| Period::of_day(d).anchored());
        return Some(when(i, i + 1, period));
    }
    if entry.season > 0 {
        let year = scan.over_hyphen(i + 1) + usize::from(scan.is(i + 1, "of"));
        return year_at(scan, year).map(|y| when(i, year + 1, Period::season(y, entry.season)));
    }
    // "the year to March", "the quarter ended June 30"
    if scan.any(i, &["year", "quarter"]) && scan.any(i + 1, &["to", "ended", "ending", "through"]) {
        let unit = if scan.is(i, "year") { "year" } else { "quarter" };
        return after_duration(scan, i, i + 1, Some(1), unit);
    }
    if entry.number.is_some_and(|n| n.form == NumeralForm::Ordinal || n.class == NumeralClass::Ten && scan.joins(i + 1)) {
        return ordinal_period(scan, i);
    }
    let word = scan.word(i);
    if word.len() > 8 || !word.is_ascii() {
        return None;
    }
    let mut lower = [0; 8];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"last" | b"next" | b"this" | b"past" | b"previous" | b"coming" => relative(scan, i),
        b"fiscal" => fiscal(scan, i),
        b"end" | b"beginning" | b"start" => edge(scan, i),
        b"noon" => Some(time(i, i + 1, "T12:00")),
        b"midnight" => Some(time(i, i + 1, "T00:00")),
        b"year" if scan.is(scan.over_hyphen(i + 1), "end") && !scan.is(i + 1, "end-") => {
            let year = i32::from(scan.today?.year());
            Some(when(i, scan.over_hyphen(i + 1) + 1, Period::day(year, 12, 31)?.anchored()))
        }
        b"twenties" | b"thirties" | b"forties" | b"fifties" | b"sixties" | b"seventies" | b"eighties" | b"nineties" => decade_word(scan, i),
        [b'q', n @ b'1'..=b'4'] => quarter_of(scan, i, i + 1, n - b'0', true),
        [b'h', n @ (b'1' | b'2')] => {
            let (year, end) = year_after(scan, i + 1)?;
            Some(when(i, end, Period::half(year, n - b'0')))
        }
        [b'f', b'y', rest @ ..] => {
            let year: i32 = std::str::from_utf8(rest).ok()?.parse().ok()?;
            let year = if year < 100 { 2000 + year } else { year };
            is_year(year).then(|| when(i, i + 1, Period::years(year, year)))
        }
        _ => None,
    }
}

pub(super) fn time(start: usize, end: usize, timex: &str) -> When {
    When { start, end, kind: FigureKind::Time, period: Period::open(timex.to_owned()) }
}

pub(super) fn is_year(year: i32) -> bool {
    (1000..=2150).contains(&year)
}

/// A four-digit year at token `i`.
pub(super) fn year_at(scan: &Scan, i: usize) -> Option<i32> {
    let word = scan.word(i);
    if !scan.is_number(i) || word.len() != 4 || !scan.near(i) {
        return None;
    }
    word.parse().ok().filter(|&y| is_year(y))
}

/// "2024", "of 2024", ", 2024", "of last year" at token `i`.
pub(super) fn year_after(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    let mut at = i;
    if scan.any(at, &["of", "in", "fiscal"]) || scan.word(at) == "," && scan.touches(at) {
        at += 1;
    }
    at += usize::from(scan.any(at, &["fiscal"]));
    if let Some(year) = year_at(scan, at) {
        return Some((year, at + 1));
    }
    let shift = match scan.word(at) {
        w if w.eq_ignore_ascii_case("last") => -1,
        w if w.eq_ignore_ascii_case("this") => 0,
        w if w.eq_ignore_ascii_case("next") => 1,
        _ => return None,
    };
    (at > i && scan.is(at + 1, "year")).then_some(())?;
    Some((i32::from(scan.today?.year()) + shift, at + 2))
}

/// A day of a month at token `i`, "5", "5th", "fifth"; and the token after it.
pub(super) fn day_at(scan: &Scan, i: usize) -> Option<(u8, usize)> {
    if !scan.near(i) {
        return None;
    }
    if scan.is_number(i) {
        let word = scan.word(i);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let plain = matches!(&word[digits..], "" | "st" | "nd" | "rd" | "th");
        let day = word[..digits].parse().ok().filter(|d| (1..=31).contains(d))?;
        return (plain && digits <= 2).then_some((day, i + 1));
    }
    let found = number(scan, i).filter(|n| n.form == Form::Ordinal && n.start == i)?;
    let day = found.value.as_int().filter(|d| (1..=31).contains(d))?;
    Some((day as u8, found.end))
}

/// Words after which a month, and not the verb "may" or "march", is meant.
const BEFORE_MONTH: [&str; 30] = [
    "in", "of", "since", "by", "until", "till", "from", "to", "last", "next", "this", "early", "late", "mid", "between", "and", "during",
    "before", "after", "through", "for", "on", "ended", "ending", "than", "around", "every", "each", "or", "previous",
];

/// The month named at token `i`, if it is one and not a verb or a name; and the token after it and its point.
pub(super) fn month_at(scan: &Scan, i: usize) -> Option<(u8, usize)> {
    if !scan.is_word(i) {
        return None;
    }
    let month = scan.entry(i).month;
    if month == 0 {
        return None;
    }
    let word = scan.word(i);
    let short = word.len() <= 4 && !matches!(month, 5..=7) || word.len() < 4 && month != 5;
    let mut end = i + 1;
    if short && scan.word(end) == "." && scan.touches(end) {
        end += 1;
    }
    Some((month, end))
}

fn month(scan: &Scan, i: usize, month: u8) -> Option<When> {
    let (_, mut at) = month_at(scan, i)?;
    let word = scan.word(i);
    let lower = scan.case(i) == Case::Lower;
    let day = day_at(scan, at).filter(|_| at == i + 1 || scan.near(at));
    let year = year_after(scan, at).filter(|_| !scan.is(at, "in") || year_at(scan, at + 1).is_some());
    let led = i > 0 && (scan.any(i - 1, &BEFORE_MONTH) || scan.is_dash(i - 1) || scan.entry(i - 1).weekday > 0);
    let short = word.len() <= 4 && !matches!(month, 5..=7);
    // "Dec/2018"
    let slashed = matches!(scan.word(at), "/" | "-") && scan.touches(at) && scan.touches(at + 1);
    if let Some(year) = year_at(scan, at + 1).filter(|_| slashed) {
        return Some(when(i, at + 2, Period::month(year, month)));
    }
    if day.is_none() && year.is_none() {
        let verb = matches!(month, 5 | 3) && word.len() > 2;
        // "Theresa May", "April Jones": part of a name.
        let named = scan.case(at).is_capitalised() && scan.is_word(at) && scan.near(at) && !scan.opens(at) && scan.entry(at).month == 0
            || i > 0
                && scan.is_word(i - 1)
                && scan.case(i - 1).is_capitalised()
                && !scan.opens(i - 1)
                && scan.entry(i - 1).classes & class::FUNCTION == 0
                && !led;
        if lower || named || (verb || short) && !led {
            return None;
        }
    } else if lower && matches!(month, 5 | 3) && year.is_none() && !led {
        return None;
    }
    let ahead = points_ahead(scan, i);
    // "In May 10 people died": the day belongs to the people.
    let counted = |end: usize| {
        i > 0 && scan.is(i - 1, "in") && (scan.is_plural(end) || scan.is_content(end) && scan.is_plural(end + 1))
            || matches!(scan.word(end), "%")
            || scan.is(end, "percent")
            || scan.entry(end).number.is_some()
    };
    if let Some((day, after)) = day {
        let named_year = year_after(scan, after).filter(|_| !scan.any(after, &["in"]));
        if named_year.is_some() || !counted(after) {
            return Some(day_of_month(scan, i, after, month, day, named_year, ahead));
        }
    }
    if let Some((year, end)) = year {
        return Some(when(i, end, Period::month(year, month)));
    }
    // "Jan-Feb 2017", "June to August"
    if (scan.is_dash(at) || scan.any(at, &["to", "through"]))
        && let Some((last, end)) = month_at(scan, at + 1)
    {
        let (year, end) = match year_after(scan, end) {
            Some((year, end)) => (Some(year), end),
            None => (resolve_month(scan, last, ahead), end),
        };
        let anchored = year_after(scan, end).is_none();
        if let Some(year) = year {
            let first = if month > last { year - 1 } else { year };
            let period = Period::months(first, month, year, last);
            return Some(when(i, end, if anchored { period.anchored() } else { period }));
        }
    }
    at = i + 1;
    let period = match resolve_month(scan, month, ahead) {
        Some(year) => Period::month(year, month).anchored(),
        None => Period::open(format!("XXXX-{month:02}")),
    };
    Some(when(i, at, period))
}

/// The year of a month that stands without one.
fn resolve_month(scan: &Scan, month: u8, ahead: Option<bool>) -> Option<i32> {
    let today = scan.today?;
    let year = i32::from(today.year());
    let now = today.month() as u8;
    Some(match ahead {
        Some(true) if month < now => year + 1,
        Some(true) => year,
        _ if month > now => year - 1,
        _ => year,
    })
}

/// The year of a day that stands without one.
fn resolve_day(scan: &Scan, month: u8, day: u8, ahead: Option<bool>) -> Option<i32> {
    let today = scan.today?;
    let year = i32::from(today.year());
    let this = (month, day) >= (today.month() as u8, today.day() as u8);
    Some(match ahead {
        Some(true) if !this => {
            // "will ... since March 3": a day just gone is not a year ahead.
            let gone = (i32::from(today.month()) - i32::from(month)).rem_euclid(12);
            if gone <= 2 { year } else { year + 1 }
        }
        Some(false) if this && (month, day) != (today.month() as u8, today.day() as u8) => {
            let to_come = (i32::from(month) - i32::from(today.month())).rem_euclid(12);
            if to_come <= 2 { year } else { year - 1 }
        }
        _ => year,
    })
}

/// "October 14", "14 October": with the year if named, and the rest of a range of days ("May 5-8").
pub(super) fn day_of_month(
    scan: &Scan,
    start: usize,
    after: usize,
    month: u8,
    day: u8,
    named_year: Option<(i32, usize)>,
    ahead: Option<bool>,
) -> When {
    let mut end = after;
    let mut last = (month, day);
    let mut named_year = named_year;
    if named_year.is_none() && (scan.is_dash(after) || scan.any(after, &["to", "through"])) {
        let second = match month_at(scan, after + 1) {
            Some((other, at)) => day_at(scan, at).map(|(d, end)| (other, d, end)),
            None => day_at(scan, after + 1)
                .filter(|_| scan.touches(after) || scan.any(after, &["to", "through"]))
                .map(|(d, end)| (month, d, end)),
        };
        if let Some((other, d, at)) = second.filter(|&(m, d, at)| (m, d) > (month, day) && !matches!(scan.word(at), "%" | "/" | ":")) {
            last = (other, d);
            end = at;
            named_year = year_after(scan, at);
        }
    }
    if let Some((_, at)) = named_year {
        end = at;
    }
    let year = named_year.map(|(year, _)| year).or_else(|| resolve_day(scan, month, day, ahead));
    let period = year.and_then(|year| {
        let first = Period::day(year, month, day)?;
        if last == (month, day) {
            return Some(first);
        }
        let (first, _) = first.days?;
        let (last, _) = Period::day(year, last.0, last.1)?.days?;
        Some(Period::of_days(first, last))
    });
    let period = match period {
        Some(period) if named_year.is_none() => period.anchored(),
        Some(period) => period,
        None => Period::open(format!("XXXX-{month:02}-{day:02}")),
    };
    when(start, end, period)
}

fn weekday(scan: &Scan, i: usize, weekday: u8) -> Option<When> {
    let short = scan.word(i).len() < 6;
    let mut at = i + 1;
    if short {
        // "sat" and "sun" are words: only before a date.
        at += usize::from(scan.word(at) == ".");
    }
    at += usize::from(scan.word(at) == ",");
    let dated = match (month_at(scan, at), day_at(scan, at)) {
        (Some((m, after)), _) => day_at(scan, after).filter(|_| scan.case(at) != Case::Lower).map(|_| month(scan, at, m)),
        (_, Some((_, after))) => month_at(scan, after + usize::from(scan.is(after, "of"))).map(|_| numeric(scan, at)),
        _ => None,
    };
    if let Some(Some(date)) = dated {
        return Some(When { start: i, ..date });
    }
    if short || scan.case(i) == Case::Lower && !(i > 0 && scan.any(i - 1, &["on", "last", "next", "this", "until", "by"])) {
        return None;
    }
    // "Black Friday", "Super Tuesday", "Friday Night Lights"
    let named = i > 0
        && scan.is_word(i - 1)
        && scan.case(i - 1) == Case::Initial
        && !scan.opens(i - 1)
        && !scan.has(i - 1, class::FUNCTION)
        && scan.touches(i);
    // "on a Monday": any of them.
    if named || i > 0 && scan.near(i) && scan.any(i - 1, &["a", "every", "each", "any"]) {
        return None;
    }
    let ahead = points_ahead(scan, i).unwrap_or(false);
    let period = scan
        .today
        .and_then(|t| weekday_near(t, weekday, ahead))
        .map_or_else(|| Period::open(format!("XXXX-WXX-{weekday}")), |d| Period::of_day(d).anchored());
    let end = i + 1;
    Some(when(i, end, period))
}

/// The unit of time at token `i`, as its id.
pub(super) fn time_unit(scan: &Scan, i: usize) -> Option<&'static str> {
    const UNITS: [&str; 11] = ["second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "night"];
    let word = scan.word(i);
    if !scan.is_word(i) || !scan.near(i) {
        return None;
    }
    let unit = UNITS.into_iter().find(|unit| {
        word.len() >= unit.len()
            && word.is_char_boundary(unit.len())
            && word[..unit.len()].eq_ignore_ascii_case(unit)
            && matches!(&word[unit.len()..], "" | "s" | "S")
    });
    unit.or_else(|| ["century", "centuries"].iter().any(|w| word.eq_ignore_ascii_case(w)).then_some("century"))
}

/// `day` moved by `n` units.
pub(super) fn moved(day: Date, unit: &str, n: i64) -> Option<Date> {
    match unit {
        "second" | "minute" | "hour" => Some(day),
        "day" | "night" => shifted(day, n),
        "week" => shifted(day, 7 * n),
        "fortnight" => shifted(day, 14 * n),
        "month" => shifted_months(day, n),
        "quarter" => shifted_months(day, 3 * n),
        "year" => shifted_months(day, 12 * n),
        "decade" => shifted_months(day, 120 * n),
        _ => shifted_months(day, 1200 * n),
    }
}

/// The period "N units ago", or "the N months to June", once the duration before it is known to end at token `end`.
pub(super) fn after_duration(scan: &Scan, start: usize, end: usize, count: Option<i64>, unit: &str) -> Option<When> {
    let n = count?;
    if scan.is(end, "ago") && scan.near(end) {
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
    if scan.any(end, &["to", "ended", "ending", "through"]) && (1..=240).contains(&months) {
        let at = end + 1 + usize::from(scan.any(end + 1, &["in", "on"])) + usize::from(scan.any(end + 1, &["the", "end"]));
        let at = at + usize::from(scan.is(at, "end")) + usize::from(scan.is(at, "of") || scan.is(at + 1, "of"));
        let (m, after) = month_at(scan, at)?;
        let mut close = after;
        if let Some((day, after_day)) = day_at(scan, after)
            && day >= 28
        {
            close = after_day;
        }
        let (year, close, anchored) = match year_after(scan, close) {
            Some((year, close)) => (year, close, false),
            None => (resolve_month(scan, m, points_ahead(scan, start))?, close, true),
        };
        let last = year * 12 + i32::from(m) - 1;
        let first = last - months as i32 + 1;
        let period = Period::months(first.div_euclid(12), first.rem_euclid(12) as u8 + 1, year, m);
        let start = if start > 0 && scan.is(start - 1, "the") { start - 1 } else { start };
        return Some(when(start, close, if anchored { period.anchored() } else { period }));
    }
    None
}

fn fiscal(scan: &Scan, i: usize) -> Option<When> {
    let at = i + 1 + usize::from(scan.is(i + 1, "year"));
    if let Some(year) = year_at(scan, at) {
        return Some(when(i, at + 1, Period::years(year, year)));
    }
    None
}

/// "the end of June", "the start of 2024".
fn edge(scan: &Scan, i: usize) -> Option<When> {
    if !scan.is(i + 1, "of") {
        return None;
    }
    let last = scan.is(i, "end");
    let at = i + 2;
    let (period, end) = if let Some((m, after)) = month_at(scan, at).filter(|_| scan.case(at) != Case::Lower) {
        match year_after(scan, after) {
            Some((year, end)) => (Period::month(year, m), end),
            None => (resolve_month(scan, m, points_ahead(scan, i)).map(|y| Period::month(y, m).anchored())?, after),
        }
    } else if let Some(year) = year_at(scan, at) {
        (Period::years(year, year), at + 1)
    } else if scan.any(at, &["this", "last", "next"]) {
        let inner = relative(scan, at)?;
        (inner.period, inner.end)
    } else if scan.is(at, "the") && scan.any(at + 1, &["year", "month", "week"]) {
        let today = scan.today?;
        let year = i32::from(today.year());
        let inner = match scan.word(at + 1).as_bytes()[0] | 0x20 {
            b'y' => Period::years(year, year),
            b'm' => Period::month(year, today.month() as u8),
            _ => Period::week(today)?,
        };
        (inner.anchored(), at + 2)
    } else {
        return None;
    };
    let (a, b) = period.days?;
    let start = if i > 0 && scan.is(i - 1, "the") { i - 1 } else { i };
    Some(when(start, end, Period { anchored: period.anchored, ..Period::of_day(if last { b } else { a }) }))
}

/// "the third quarter", "the first half of 2025", "the twentieth century", "fourth of July".
fn ordinal_period(scan: &Scan, i: usize) -> Option<When> {
    let found = number(scan, i).filter(|n| n.start == i && n.form == Form::Ordinal);
    let (value, at) = match found {
        Some(n) => (n.value.as_int()?, n.end),
        None => return None,
    };
    ordinal_of(scan, i, at, value)
}

pub(super) fn ordinal_of(scan: &Scan, i: usize, at: usize, value: i64) -> Option<When> {
    let start = if i > 0 && scan.is(i - 1, "the") { i - 1 } else { i };
    let noun = scan.over_hyphen(at);
    if !scan.near(noun) {
        return None;
    }
    if scan.is(noun, "quarter") && (1..=4).contains(&value) {
        return quarter_of(scan, start, noun + 1, value as u8, false);
    }
    if scan.is(noun, "half") && (1..=2).contains(&value) {
        let (year, end) = year_after(scan, noun + 1)?;
        return Some(when(start, end, Period::half(year, value as u8)));
    }
    if scan.is(noun, "century") && (1..=30).contains(&value) {
        return Some(when(start, noun + 1, Period::century(value as i32)));
    }
    // "the first week of 2025", "the third week of May"
    if scan.is(noun, "week") && scan.is(noun + 1, "of") && (1..=53).contains(&value) {
        return week_of(scan, start, noun + 2, value);
    }
    // "14th of October", "fourth of July"
    let of = at + usize::from(scan.is(at, "of"));
    let (m, end) = month_at(scan, of)?;
    if !(1..=31).contains(&value) || scan.case(of) == Case::Lower && of == at {
        return None;
    }
    Some(day_of_month(scan, i, end, m, value as u8, year_after(scan, end), points_ahead(scan, i)))
}

/// The nth week of the year or month at token `at`: a week belongs where its Thursday lies. Below nought counts from the end.
pub(super) fn week_of(scan: &Scan, start: usize, at: usize, n: i64) -> Option<When> {
    let (period, end) = match month_at(scan, at).filter(|_| scan.case(at).is_capitalised()) {
        Some((m, after)) => match year_after(scan, after) {
            Some((year, end)) => (Period::month(year, m), end),
            None => (Period::month(resolve_month(scan, m, points_ahead(scan, start))?, m).anchored(), after),
        },
        None => {
            let (year, end) = year_after(scan, at).or_else(|| year_at(scan, at).map(|y| (y, at + 1)))?;
            (Period::years(year, year), end)
        }
    };
    let (first, last) = period.days?;
    let thursday = if n > 0 { shifted(weekday_near(first, 4, true)?, 7 * (n - 1))? } else { weekday_near(last, 4, false)? };
    let week = Period::week(thursday)?;
    Some(when(start, end, Period { anchored: period.anchored, ..week }))
}

/// A quarter, its year named or read from the day of publication.
fn quarter_of(scan: &Scan, start: usize, at: usize, quarter: u8, sure: bool) -> Option<When> {
    if let Some((year, end)) = year_after(scan, at) {
        return Some(when(start, end, Period::quarter(year, quarter)));
    }
    // "the third quarter of the game", "a quarter of": only with a year.
    if scan.is(at, "of") && !sure && !scan.any(at + 1, &["the"]) {
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
fn decade_word(scan: &Scan, i: usize) -> Option<When> {
    let tens = scan.entry_of(scan.word(i), Case::Mixed);
    let _ = tens;
    let names = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"];
    let index = names.iter().position(|n| scan.is(i, n))? as i32;
    if i == 0 || !scan.any(i - 1, &["the", "early", "late", "mid"]) {
        return None;
    }
    Some(when(i - usize::from(scan.is(i - 1, "the")), i + 1, Period::decade(1920 + 10 * index)))
}
