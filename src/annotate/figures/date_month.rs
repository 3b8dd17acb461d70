//! Days and months by name: "October 14", "May 5-8", "Jan-Feb 2017", "Friday". Says which year is meant where none is named.

use super::calendar::{Period, weekday_near};
use super::date::{When, day_at, points_ahead, when, year_after, year_at};
use super::date_digits::numeric;
use super::date_relative::{week_at, weekday_of_week};
use super::date_year::{known_day, on_weekday, year_of_day, year_of_month};
use super::scan::{Scan, any, is};
use super::words::class;
use crate::document::Case;

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
    if short && is!(scan, end, ".") && scan.touches(end) {
        end += 1;
    }
    Some((month, end))
}

pub(super) fn month(scan: &Scan, i: usize, month: u8) -> Option<When> {
    let (_, mut at) = month_at(scan, i)?;
    let word = scan.word(i);
    let lower = scan.case(i) == Case::Lower;
    let quarter = is!(scan, at, "quarter");
    // "May the 4th"
    let the = is!(scan, at, "the") && scan.word(at + 1).ends_with(['t', 'd', 'h']) && scan.is_number(at + 1);
    let day = day_at(scan, at + usize::from(the)).filter(|_| at == i + 1 || scan.near(at));
    let year = year_after(scan, at).filter(|_| !is!(scan, at, "in") || year_at(scan, at + 1).is_some());
    let led = i > 0 && (scan.has(i - 1, class::BEFORE_MONTH) || scan.is_dash(i - 1) || scan.entry(i - 1).weekday > 0);
    let short = word.len() <= 4 && !matches!(month, 5..=7);
    // "Jan-Feb", "from april to June"
    let ranged = (scan.is_dash(at) || any!(scan, at, ["to", "through"])) && month_at(scan, at + 1).is_some();
    // "Dec/2018"
    let slashed = any!(scan, at, ["/", "-"]) && scan.touches(at) && scan.touches(at + 1);
    if let Some(year) = year_at(scan, at + 1).filter(|_| slashed) {
        return Some(when(i, at + 2, Period::month(year, month)));
    }
    // "Sep-23-2020"
    if slashed
        && scan.word(at + 2) == scan.word(at)
        && scan.touches(at + 2)
        && scan.touches(at + 3)
        && let (Some((day, _)), Some(year)) = (day_at(scan, at + 1), year_at(scan, at + 3))
    {
        return Some(when(i, at + 4, Period::day(year, month, day)?));
    }
    if day.is_none() && year.is_none() && !ranged {
        if month == 3 && is_a_demonstration(scan, i) {
            return None;
        }
        let verb = matches!(month, 5 | 3) && word.len() > 2;
        // "Theresa May", "April Jones": part of a name.
        let named = scan.case(at).is_capitalised()
            && scan.is_word(at)
            && !matches!(scan.word(at), "I" | "I'd" | "I'm")
            && scan.near(at)
            && !scan.opens(at)
            && scan.entry(at).month == 0
            || i > 0
                && scan.is_word(i - 1)
                && scan.case(i - 1).is_capitalised()
                && !scan.opens(i - 1)
                && scan.entry(i - 1).classes & class::FUNCTION == 0
                && !led;
        if lower || named || (verb || short) && !led && !quarter {
            return None;
        }
    } else if lower && matches!(month, 5 | 3) && year.is_none() && !led {
        return None;
    }
    let ahead = || points_ahead(scan, i);
    // "In May 10 people died": the day belongs to the people.
    let counted = |end: usize| {
        i > 0 && is!(scan, i - 1, "in") && (scan.is_plural(end) || scan.is_content(end) && scan.is_plural(end + 1))
            || is!(scan, end, "%")
            || is!(scan, end, "percent")
            || scan.entry(end).number.is_some()
    };
    if let Some((day, after)) = day {
        let named_year = year_after(scan, after).filter(|_| !is!(scan, after, "in"));
        if named_year.is_some() || !counted(after) {
            return Some(day_of_month(scan, i, after, month, day, named_year));
        }
    }
    if let Some((year, end)) = year {
        return Some(when(i, end, Period::month(year, month)));
    }
    // "Jan-Feb 2017", "June to August"
    if (scan.is_dash(at) || any!(scan, at, ["to", "through"]))
        && let Some((last, end)) = month_at(scan, at + 1)
    {
        // "from February to March 31 of next year"
        if let Some((day, after)) = day_at(scan, end)
            && let Some((year, close)) = year_after(scan, after)
        {
            let (_, last) = Period::day(year, last, day)?.days?;
            let (first, _) = Period::month(if month > last.month().unsigned_abs() { year - 1 } else { year }, month).days?;
            return Some(when(i, close, Period::of_days(first, last)));
        }
        let (year, end) = match year_after(scan, end) {
            Some((year, end)) => (Some(year), end),
            None => (year_of_month(scan, i, last, ahead()), end),
        };
        let anchored = year_after(scan, end).is_none();
        if let Some(year) = year {
            let first = if month > last { year - 1 } else { year };
            let period = Period::months(first, month, year, last);
            return Some(when(i, end, if anchored { period.anchored() } else { period }));
        }
    }
    // "the December quarter": the three months that end with it.
    if is!(scan, at, "quarter") && scan.near(at) {
        let (year, end) = match year_after(scan, at + 1) {
            Some((year, end)) => (Some(year), end),
            None => (year_of_month(scan, i, month, ahead()), at + 1),
        };
        let start = if i > 0 && is!(scan, i - 1, "the") { i - 1 } else { i };
        if let Some(year) = year {
            return Some(when(start, end, months_to(year, month, 3)).anchored_if(end == at + 1));
        }
    }
    at = i + 1;
    let period = match year_of_month(scan, i, month, ahead()) {
        Some(year) => Period::month(year, month).anchored(),
        None => Period::open(format!("XXXX-{month:02}")),
    };
    Some(when(i, at, period))
}

/// "the March for Our Lives", "March on Washington"
fn is_a_demonstration(scan: &Scan, i: usize) -> bool {
    let aim = i + 2 + usize::from(is!(scan, i + 2, "the"));
    let led = i > 0 && (scan.has(i - 1, class::PREPOSITION | class::EARLY) || scan.entry(i - 1).relative.is_some());
    let calendar = scan.entry(aim).weekday > 0 || scan.entry(aim).month > 0;
    !led && any!(scan, i + 1, ["for", "on"]) && scan.case(aim).is_capitalised() && scan.is_word(aim) && !calendar
}

/// So many months, the last of them this one.
pub(super) fn months_to(year: i32, month: u8, count: i32) -> Period {
    let last = year * 12 + i32::from(month) - 1;
    let first = last - count + 1;
    Period::months(first.div_euclid(12), first.rem_euclid(12) as u8 + 1, year, month)
}

/// "October 14", "14 October": with the year if named, and the rest of a range of days ("May 5-8").
pub(super) fn day_of_month(scan: &Scan, start: usize, after: usize, month: u8, day: u8, named_year: Option<(i32, usize)>) -> When {
    let mut end = after;
    let mut last = (month, day);
    let mut named_year = named_year;
    let mut shared_year = None;
    if named_year.is_none() && (scan.is_dash(after) || any!(scan, after, ["to", "through"])) {
        let second = match month_at(scan, after + 1) {
            Some((other, at)) => day_at(scan, at).map(|(d, end)| (other, d, end)),
            None => day_at(scan, after + 1).filter(|&found| days_join(scan, after, found)).map(|(d, end)| {
                match month_at(scan, end).filter(|_| scan.near(end)) {
                    // "26 June to 3 July"
                    Some((other, close)) if start + 1 < after => (other, d, close),
                    _ => (month, d, end),
                }
            }),
        };
        // "from November 20 to December 11" names two days; "May 5-8" is a stretch.
        let apart = start > 0 && is!(scan, start - 1, "from") && month_at(scan, after + 1).is_some() && !scan.is_dash(after);
        if apart {
            if let Some((_, _, at)) = second {
                shared_year = year_after(scan, at).map(|(year, _)| year);
            }
        } else if let Some((other, d, at)) = second.filter(|&(m, d, at)| (m, d) > (month, day) && !any!(scan, at, ["%", "/", ":"])) {
            last = (other, d);
            end = at;
            named_year = year_after(scan, at);
        }
    }
    if let Some((_, at)) = named_year {
        end = at;
    }
    let known = if named_year.is_none() { known_day(scan, month, day, end) } else { None };
    let year = named_year
        .map(|(year, _)| year)
        .or(shared_year)
        .or(known)
        .or_else(|| year_of_day(scan, start, month, day, points_ahead(scan, start)));
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
        Some(period) if named_year.is_none() && known.is_none() => period.anchored(),
        Some(period) => period,
        None => Period::open(format!("XXXX-{month:02}-{day:02}")),
    };
    when(start, end, period)
}

/// Whether what stands at token `joint` joins a day to the one it found: "May 5-8", "5 to 8", "June 1 - 23, 2024", "June 1st - 23rd".
fn days_join(scan: &Scan, joint: usize, (_, end): (u8, usize)) -> bool {
    let ranked = scan.word(end - 1).ends_with(['t', 'd', 'h']) && scan.is_number(end - 1);
    scan.touches(joint) || any!(scan, joint, ["to", "through"]) || ranked || year_after(scan, end).is_some() && !is!(scan, end, "in")
}

pub(super) fn weekday(scan: &Scan, i: usize, weekday: u8) -> Option<When> {
    let short = scan.word(i).len() < 6;
    let mut at = i + 1;
    if short {
        // "sat" and "sun" are words: only before a date.
        at += usize::from(is!(scan, at, "."));
    }
    at += usize::from(is!(scan, at, ","));
    let dated = match (month_at(scan, at), day_at(scan, at)) {
        (Some((m, after)), _) => day_at(scan, after).filter(|_| scan.case(at) != Case::Lower).map(|_| month(scan, at, m)),
        (_, Some((_, after))) => month_at(scan, after + usize::from(is!(scan, after, "of"))).map(|_| numeric(scan, at)),
        _ => None,
    };
    if let Some(Some(date)) = dated {
        return Some(When { start: i, ..on_weekday(date, weekday) });
    }
    if !short && let Some((which, end)) = week_named_with(scan, i) {
        let period = scan
            .today
            .and_then(|t| weekday_of_week(t, which, weekday))
            .map_or_else(|| Period::open(format!("XXXX-WXX-{weekday}")), |d| Period::of_day(d).anchored());
        return Some(when(i, end, period));
    }
    if short || scan.case(i) == Case::Lower && !(i > 0 && scan.has(i - 1, class::BEFORE_WEEKDAY)) {
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
    if named || in_a_title(scan, i) || i > 0 && scan.near(i) && any!(scan, i - 1, ["a", "every", "each", "any"]) {
        return None;
    }
    // "open Tuesday-Saturday", "Monday to Friday": of every week.
    let joint = scan.is_dash(i + 1) && scan.touches(i + 1) == scan.touches(i + 2) || any!(scan, i + 1, ["to", "through"]);
    let led = i > 0 && any!(scan, i - 1, ["from", "next", "this", "last"]);
    let other = scan.entry(i + 2).weekday;
    // "Thursday through Sunday, March 6-9"
    let dated_after = month_at(scan, i + 3 + usize::from(is!(scan, i + 3, ","))).is_some();
    if joint
        && !led
        && other > 0
        && other != weekday
        && scan.near(i + 1)
        && scan.near(i + 2)
        && scan.word(i + 2).len() > 5
        && !scan.is_number(i + 3)
        && !dated_after
    {
        return Some(when(i, i + 3, Period::open(format!("XXXX-WXX-{weekday}/XXXX-WXX-{other}"))));
    }
    let ahead = points_ahead(scan, i).unwrap_or(false);
    let period = scan
        .today
        .and_then(|t| weekday_near(t, weekday, ahead))
        .map_or_else(|| Period::open(format!("XXXX-WXX-{weekday}")), |d| Period::of_day(d).anchored());
    let end = i + 1;
    Some(when(i, end, period))
}

/// "the Sunday Times", "Saturday Night Live", "the Sunday talk shows": a paper, a show.
fn in_a_title(scan: &Scan, i: usize) -> bool {
    let next = i + 1;
    if !scan.is_word(next) || !scan.near(next) {
        return false;
    }
    let paper = scan.case(next).is_capitalised() && scan.has(next, class::PAPER) && !(i > 0 && scan.has(i - 1, class::PREPOSITION));
    // "Friday Night Happenings"; a headline has capitals before it too.
    let named = any!(scan, next + 1, ["live", "lights", "football", "baseball", "massacre", "fever", "smackdown", "raw"])
        || scan.is_word(next + 1)
            && scan.near(next + 1)
            && scan.case(next + 1).is_capitalised()
            && !(i > 0 && scan.case(i - 1).is_capitalised());
    let night = is!(scan, next, "night") && scan.case(next).is_capitalised() && named;
    let shows = any!(scan, next, ["talk", "news", "morning"]) && any!(scan, next + 1, ["show", "shows", "programs", "programmes"]);
    paper || night || shows
}

/// Most tokens of a list of weekdays.
const LIST_REACH: usize = 8;

/// The week that a weekday is said to be of: "Tuesday of next week", also for the days of a list before or after it ("Monday and Friday
/// next week", "next week on Tuesday or Thursday"). Gives which week, and the token after the expression.
fn week_named_with(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    if let Some(found) = week_at(scan, i + 1) {
        return Some(found);
    }
    let in_list = |j: usize| scan.entry(j).weekday > 0 || matches!(scan.word(j), "," | "and" | "or" | "on");
    let after = (i + 1..i + LIST_REACH).find(|&j| !scan.near(j) || !in_list(j))?;
    if after > i + 1
        && scan.entry(after - 1).weekday > 0
        && let Some((which, _)) = week_at(scan, after)
    {
        return Some((which, i + 1));
    }
    let before = (i.saturating_sub(LIST_REACH)..i).rev().find(|&j| !in_list(j))?;
    let listed = is!(scan, before, "week") && before > 0 && is!(scan, before + 1, "on")
        || is!(scan, before, "week") && scan.entry(before + 1).weekday > 0;
    if !listed || before == 0 {
        return None;
    }
    week_at(scan, before - 1).map(|(which, _)| (which, i + 1))
}
