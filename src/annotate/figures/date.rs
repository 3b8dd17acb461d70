//! Dates, periods and times of day: "14 October 2025", "the third quarter", "last week", "the 1990s", "10:30 a.m.". Finds the
//! longest expression at a token and places it: by what it says itself, or against the day of publication.
//!
//! Which way a bare "Friday" or "May" points is read from the nearest cue in the sentence ("will", "due": ahead; a past tense:
//! behind); without one the past is meant, as in most news.

use super::calendar::{Period, shifted, shifted_months};
use super::date_clock::clock_in_words;
use super::date_digits::numeric;
use super::date_holiday::holiday;
use super::date_joint::year_in_words;
use super::date_month::{month, weekday};
use super::date_part::{stretch, week_by_day};
use super::date_period::{after_duration, decade_word, edge, fiscal, latter_half, ordinal_period, quarter_of};
use super::date_relative::relative;
use super::number::{Form, number};
use super::scan::{Scan, any, is};
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

impl When {
    pub(super) fn anchored_if(self, anchored: bool) -> Self {
        Self { period: Period { anchored, ..self.period }, ..self }
    }
}

/// Most tokens looked at for a cue.
const CUE_REACH: usize = 18;

/// Whether the sentence speaks of what is to come at token `i`; `None` when nothing tells.
pub(super) fn points_ahead(scan: &Scan, i: usize) -> Option<bool> {
    let cue = |j: usize| -> Option<bool> {
        let classes = scan.entry(j).classes;
        // "is published on 1 October", "the talks are on Friday", "talks resume on Friday"
        let planned = classes & class::PLANNED != 0 || any!(scan, j, ["on", "to"]) && scan.case(j) == Case::Lower;
        if planned && j > 0 && any!(scan, j - 1, ["is", "are", "be"]) {
            return Some(true);
        }
        // "could not be voted upon Sunday"
        let past = classes & class::PAST != 0 || ends_like_past(scan, j);
        if past && j > 0 && is!(scan, j - 1, "be") {
            return Some(true);
        }
        // A base form wants a plural before it: "talks resume", not "a close vote".
        if classes & class::PRESENT != 0
            && scan.case(j) == Case::Lower
            && j > 0
            && if !scan.word(j).ends_with('s') {
                scan.is_word(j - 1) && scan.word(j - 1).ends_with('s')
            } else {
                scan.is_content(j - 1) && !scan.is_plural(j - 1)
            }
        {
            return Some(true);
        }
        if classes & class::FUTURE != 0 && is_of_the_future(scan, i, j) {
            return Some(true);
        }
        // "will resign after Friday": that says nothing of when.
        let order = j + 1 == i && past && any!(scan, j, ["after", "before"]);
        (past && !order).then_some(false)
    };
    if planned_for(scan, i) {
        return Some(true);
    }
    // "as of Tuesday", "Tuesday's results"
    let so_far = i > 1 && is!(scan, i - 1, "of") && is!(scan, i - 2, "as");
    let told = is!(scan, i + 1, "'s") && scan.has(i + 2, class::COME_OUT) && !scan.has(i + 3, class::FUTURE);
    if scan.entry(i).weekday > 0 && (so_far || told) {
        return Some(false);
    }
    // "could hurt, as the party in May decided"
    let next = i + 1 + usize::from(scan.is_number(i + 1));
    if scan.near(next) && scan.is_word(next) && is_past(scan, next) && !any!(scan, next, ["ago", "since", "after", "ended"]) {
        return Some(false);
    }
    let stops = |j: usize| any!(scan, j, [".", "!", "?", ";"]) && !shortens(scan, j);
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

/// Whether token `i` is the point of a title or an initial, after which the sentence goes on: "will face Sen. Ada J. Brell".
fn shortens(scan: &Scan, i: usize) -> bool {
    let initial = |j: usize| scan.word(j).len() == 1 && scan.is_word(j);
    let before = i.wrapping_sub(1);
    is!(scan, i, ".") && scan.touches(i) && scan.case(before).is_capitalised() && (scan.has(before, class::TITLE) || initial(before))
}

/// Whether a word is a verb of the past or speaks of it.
fn is_past(scan: &Scan, j: usize) -> bool {
    scan.has(j, class::PAST) || ends_like_past(scan, j)
}

fn ends_like_past(scan: &Scan, j: usize) -> bool {
    scan.case(j) == Case::Lower && {
        let word = scan.word(j);
        word.len() > 3 && word.ends_with("ed")
    }
}

/// Whether a word of what is to come speaks of it at token `j`, for the date at token `i`.
fn is_of_the_future(scan: &Scan, i: usize, j: usize) -> bool {
    let before = j.wrapping_sub(1);
    // "walked through town on Monday"
    if scan.has(j, class::LIMIT) {
        // "until January, when it was published"
        let when = i + 1 + usize::from(is!(scan, i + 1, ","));
        let over = is!(scan, when, "when") && (when + 1..when + 6).any(|k| is_past(scan, k));
        return j + 1 == i && !over;
    }
    match scan.word(j) {
        "May" => false,
        // "set up a panel in May"
        "set" => any!(scan, j + 1, ["to", "for"]) || any!(scan, before, ["is", "are", "was", "were", "be"]),
        // "blasted his plan on Tuesday", "more jobs than expected in May"
        "plan" => !(scan.has(before, class::DETERMINER | class::POSSESSIVE) || any!(scan, before, ["'s", "of"])),
        "expected" => !is!(scan, before, "than"),
        "going" => is!(scan, j + 1, "to") && scan.case(j + 2) == Case::Lower,
        _ => true,
    }
}

/// "a vote set for Monday", "called for a strike on Monday", "agreed to meet on Friday": the day is of what is yet to come, whenever it
/// was said.
fn planned_for(scan: &Scan, i: usize) -> bool {
    // "as soon as Thursday"
    if i > 2 && is!(scan, i - 1, "as") && is!(scan, i - 2, "soon") && is!(scan, i - 3, "as") {
        return true;
    }
    if i < 3 || scan.entry(i).weekday == 0 {
        return false;
    }
    let owned = scan.kind(i + 1) == Some(crate::document::TokenKind::Clitic);
    if is!(scan, i - 1, "for") {
        // "forecast for Friday", but not "blamed for Sunday attacks"
        let part = any!(scan, i + 1, ["morning", "afternoon", "evening", "night"]);
        return !owned && (!scan.is_content(i + 1) || part && !scan.is_content(i + 2));
    }
    let noun = i - 1 - usize::from(is!(scan, i - 1, "on"));
    let called = scan.has(noun, class::EVENT)
        && (noun.saturating_sub(5)..noun)
            .any(|j| is!(scan, j, "for") && j > 0 && any!(scan, j - 1, ["call", "calls", "called", "calling"]));
    let to = is!(scan, noun - 1, "to") && scan.has(noun, class::PRESENT) && !scan.word(noun).ends_with('s');
    called || to && (noun.saturating_sub(5)..noun - 1).any(|j| scan.has(j, class::AHEAD_VERB))
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
    if entry.classes & class::HOLIDAY != 0 {
        if let Some(found) = holiday(scan, i) {
            return found;
        }
        if entry.weekday == 0 {
            return None;
        }
    }
    if entry.weekday > 0 {
        return weekday(scan, i, entry.weekday);
    }
    if let Some(offset) = entry.day {
        if in_a_name(scan, i) {
            return None;
        }
        let period =
            scan.today.and_then(|t| shifted(t, i64::from(offset))).map_or(Period::open(String::new()), |d| Period::of_day(d).anchored());
        return Some(when(i, i + 1, period));
    }
    if entry.season > 0 {
        let year = scan.over_hyphen(i + 1) + usize::from(is!(scan, i + 1, "of"));
        let y = year_at(scan, year)?;
        // "winter 2023-24", "winter of 2008-9"
        let next = (y + 1).to_string();
        let runs_over = entry.season == 4
            && (scan.is_dash(year + 1) || is!(scan, year + 1, "/"))
            && (scan.touches(year + 1) && scan.touches(year + 2))
            && scan.is_number(year + 2)
            && next.ends_with(scan.word(year + 2));
        return Some(when(i, year + if runs_over { 3 } else { 1 }, Period::season(y, entry.season)));
    }
    let head = entry.classes & class::PERIOD_HEAD != 0;
    if head {
        // "the half-year to December", "the half ended June 30"
        if is!(scan, i, "half") && !any!(scan, i + 1, ["of", "a", "an"]) {
            let noun = scan.over_hyphen(i + 1);
            let after = if is!(scan, noun, "year") { noun + 1 } else { i + 1 };
            if scan.has(after, class::PERIOD_TO) {
                return after_duration(scan, i, after, Some(6), "month");
            }
        }
        // "the latter half of 2024"
        if is!(scan, i, "half") && i > 0 && any!(scan, i - 1, ["latter", "later"]) {
            return latter_half(scan, i);
        }
        // "the year to March", "the quarter ended June 30"
        if any!(scan, i, ["year", "quarter"]) && scan.has(i + 1, class::PERIOD_TO) {
            let unit = if is!(scan, i, "year") { "year" } else { "quarter" };
            return after_duration(scan, i, i + 1, Some(1), unit);
        }
        if let Some(found) = clock_in_words(scan, i) {
            return Some(found);
        }
        let the = i > 1 && is!(scan, i - 1, "the");
        // "the week before last"
        if i > 0 && is!(scan, i - 1, "the") && is!(scan, i + 1, "before") && is!(scan, i + 2, "last") && !scan.is_content(i + 3) {
            let today = scan.today?;
            let year = i32::from(today.year()) - 2;
            let found = if is!(scan, i, "year") { Period::years(year, year) } else { Period::week(shifted(today, -14)?)? };
            return any!(scan, i, ["year", "week"]).then(|| when(i - 1, i + 3, found.anchored()));
        }
        // "over the weekend", "down from the year before"
        if the && is!(scan, i, "weekend") && any!(scan, i - 2, ["over", "during", "throughout", "at", "of"]) {
            return relative(scan, i - 1).map(|found| When { start: i - 1, ..found });
        }
        if the && is!(scan, i, "year") && is!(scan, i + 1, "before") && any!(scan, i - 2, ["from", "than", "in", "of"]) {
            let named = scan.is_content(i + 2) || scan.has(i + 2, class::PRONOUN);
            let year = i32::from(scan.today?.year()) - 1;
            return (!named).then(|| when(i - 1, i + 2, Period::years(year, year).anchored()));
        }
    }
    if entry.number.is_some_and(|n| n.form == NumeralForm::Ordinal || n.class == NumeralClass::Ten && scan.joins(i + 1)) {
        return ordinal_period(scan, i);
    }
    // "in nineteen eighty-four"
    if entry.number.is_some()
        && i > 0
        && scan.has(i - 1, class::YEAR_PREPOSITION)
        && let Some((year, end)) = year_in_words(scan, i)
    {
        return Some(when(i, end, Period::years(year, year)));
    }
    if entry.relative.or(entry.stretch).is_some() {
        return relative(scan, i);
    }
    if entry.decade > 10 {
        return decade_word(scan, i, entry.decade);
    }
    if let Some(hour) = entry.hour {
        return Some(time(i, i + 1, &format!("T{hour:02}:00")));
    }
    // "Q3" and "FY24" are in no list.
    if !head && scan.is_plain(i) {
        return None;
    }
    match scan.lowered(i, &mut [0; 9]) {
        b"final" => stretch(scan, i, i + 1, true),
        b"week" | b"weekend" => week_by_day(scan, i),
        b"fiscal" => fiscal(scan, i),
        b"end" | b"beginning" | b"start" => edge(scan, i),
        b"year" if is!(scan, scan.over_hyphen(i + 1), "end") && !is!(scan, i + 1, "end-") => {
            let year = i32::from(scan.today?.year());
            Some(when(i, scan.over_hyphen(i + 1) + 1, Period::day(year, 12, 31)?.anchored()))
        }
        // "Q3 2024", "Q3-2024"
        [b'q', n @ b'1'..=b'4'] => {
            let joined = scan.joins(i + 1) && year_at(scan, i + 2).is_some();
            quarter_of(scan, i, i + 1 + usize::from(joined), n - b'0', true)
        }
        [b'h', n @ (b'1' | b'2')] => {
            let (year, end) = year_after(scan, i + 1)?;
            Some(when(i, end, Period::half(year, n - b'0')))
        }
        [b'f', b'y', ..] => {
            let year = fiscal_year_at(scan, i)?;
            // "FY2024/25"
            let next = (year + 1) % 100;
            let slash = any!(scan, i + 1, ["/", "-"]) && scan.touches(i + 1) && scan.touches(i + 2);
            let runs_over = slash && scan.word(i + 2).len() == 2 && scan.word(i + 2).parse() == Ok(next);
            Some(when(i, i + 1 + 2 * usize::from(runs_over), Period::years(year, year + i32::from(runs_over))))
        }
        _ => None,
    }
}

/// "USA Today", "on the Today Show": a day with a capital in running text, beside another.
fn in_a_name(scan: &Scan, i: usize) -> bool {
    if i > 0 && scan.word(i - 1) == "USA" && scan.near(i) && scan.case(i).is_capitalised() {
        return true;
    }
    if i < 2 || scan.case(i) != Case::Initial || scan.opens(i) || !scan.is_word(i - 1) || !scan.near(i) {
        return false;
    }
    let after = scan.is_word(i + 1) && scan.near(i + 1) && scan.case(i + 1).is_capitalised() && scan.case(i - 1) == Case::Lower;
    let before = scan.case(i - 1).is_capitalised() && !scan.opens(i - 1) && !matches!(scan.case(i - 2), Case::Initial | Case::Mixed);
    after || before
}

/// Whether it is one day of the calendar.
pub(super) fn is_one_day(found: &When) -> bool {
    found.kind == FigureKind::Date && found.period.days.is_some_and(|(first, last)| first == last)
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
    if any!(scan, at, ["of", "in", "fiscal"]) || is!(scan, at, ",") && scan.near(at) {
        at += 1;
    }
    at += usize::from(is!(scan, at, "fiscal"));
    if let Some(year) = year_at(scan, at) {
        return Some((year, at + 1));
    }
    if scan.entry(at).number.is_some()
        && let Some(found) = year_in_words(scan, at)
    {
        return Some(found);
    }
    if let Some(year) = fiscal_year_at(scan, at) {
        return Some((year, at + 1));
    }
    let shift = scan.entry(at).relative?;
    (is!(scan, at + 1, "year") && scan.near(at) && !(at == i && is!(scan, at + 2, "'s"))).then_some(())?;
    // "June last year": two dates, of which the second tells the first.
    Some((i32::from(scan.today?.year()) + i32::from(shift), if at == i { i } else { at + 2 }))
}

/// "FY24", "FY2024" at token `i`.
fn fiscal_year_at(scan: &Scan, i: usize) -> Option<i32> {
    // Letters and digits.
    if scan.is_plain(i) || scan.is_number(i) {
        return None;
    }
    let mut buffer = [0; 9];
    let [b'f', b'y', digits @ ..] = scan.lowered(i, &mut buffer) else { return None };
    let year: i32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(if year < 100 { 2000 + year } else { year }).filter(|&year| is_year(year))
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

/// The unit of time at token `i`, as its id.
pub(super) fn time_unit(scan: &Scan, i: usize) -> Option<&'static str> {
    if scan.is_word(i) && scan.near(i) { scan.entry(i).time_unit } else { None }
}

/// `day` moved by `n` units.
pub(super) fn moved(day: Date, unit: &str, n: i64) -> Option<Date> {
    match unit {
        "second" | "minute" => Some(day),
        "hour" => shifted(day, n / 24),
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
