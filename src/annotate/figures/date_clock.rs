//! Times of day in digits: "10:30 a.m.", "8pm", "9am-5pm", "0930 GMT".

use super::date::{When, time};
use super::number::{Form, number};
use super::scan::{Scan, any, is};
use super::words::class;
use crate::annotate::lexicon::word_hash;
use crate::document::Case;

/// The time of day at token `i`.
pub(super) fn clock_at(scan: &Scan, i: usize) -> Option<When> {
    let word = scan.word(i);
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    if !scan.is_number(i) || digits == 0 || digits > 2 {
        return None;
    }
    clock(scan, i, digits, &word[digits..], word[..digits].parse().ok()?)
}

/// "9am-5pm", "10:30–11:45": both on one dash.
pub(super) fn clock_range(scan: &Scan, first: When) -> When {
    let dash = first.end;
    if scan.is_dash(dash)
        && scan.near(dash)
        && scan.near(dash + 1)
        && let Some(close) = clock_at(scan, dash + 1)
    {
        return time(first.start, close.end, &format!("{}/{}", first.period.timex, close.period.timex));
    }
    first
}

/// "3-8pm", "from 5 to 10 p.m.", "between 5:30 and 6 p.m.": the first hour borrows its half of the day.
pub(super) fn shared_half(scan: &Scan, i: usize) -> Option<When> {
    let part = |j: usize| scan.word(j).parse::<i32>().ok().filter(|_| scan.word(j).len() <= 2);
    let minutes = is!(scan, i + 1, ":") && scan.touches(i + 1) && scan.touches(i + 2) && scan.word(i + 2).len() == 2;
    let joint = if minutes { i + 3 } else { i + 1 };
    let dash = scan.is_dash(joint) && scan.touches(joint) && scan.touches(joint + 1);
    let word = any!(scan, joint, ["to", "until", "till"]) || is!(scan, joint, "and") && i > 0 && is!(scan, i - 1, "between");
    if !(dash || word && scan.near(joint) && scan.near(joint + 1)) {
        return None;
    }
    let open = part(i).filter(|hour| (1..=12).contains(hour))?;
    let minute = if minutes { part(i + 2)? } else { 0 };
    let close = clock_at(scan, joint + 1)?;
    let half = |j: usize| scan.entry(j).afternoon.is_some() || scan.word(j).ends_with(['m', 'M']);
    let hour: i32 = close.period.timex.get(1..3)?.parse().ok()?;
    if !(joint + 1..close.end).any(half) {
        return None;
    }
    let last: i32 = close.period.timex.get(4..6)?.parse().ok()?;
    // "10-2 p.m." begins in the morning, as "9 to 12 p.m." does.
    let evening = if hour == 12 { open == 12 } else { hour > 12 && (open % 12, minute) < (hour - 12, last) };
    let open = open % 12 + if evening { 12 } else { 0 };
    Some(time(i, close.end, &format!("T{open:02}:{minute:02}/{}", close.period.timex)))
}

/// "10:30 a.m.", "8pm", "15:11 GMT", "6 o'clock".
pub(super) fn clock(scan: &Scan, i: usize, digits: usize, rest: &str, hour: i32) -> Option<When> {
    // Most words after a number tell no time.
    if digits < 4 && rest.is_empty() && scan.is_plain(i + 1) && scan.entry(i + 1).afternoon.is_none() {
        return None;
    }
    // "0930 GMT"
    if digits == 4 && rest.is_empty() && matches!(scan.word(i + 1), "GMT" | "UTC") && scan.near(i + 1) {
        let (hour, minute) = (hour / 100, hour % 100);
        return (hour < 24 && minute < 60).then(|| time(i, i + 2, &format!("T{hour:02}:{minute:02}")));
    }
    // "1430 local time"
    if digits == 4 && rest.is_empty() && is!(scan, i + 1, "local") && is!(scan, i + 2, "time") && scan.near(i + 1) {
        let (hour, minute) = (hour / 100, hour % 100);
        return (hour < 24 && minute < 60).then(|| time(i, i + 1, &format!("T{hour:02}:{minute:02}")));
    }
    if digits > 2 || hour > 24 {
        return None;
    }
    let half_day = |word: &str| if word.len() <= 4 { scan.lexicon.entry(word_hash(word)).afternoon } else { None };
    let mut end = i + 1;
    let mut minute = None;
    let mut half = None;
    if rest.is_empty() && is!(scan, end, ":") && scan.touches(end) && scan.touches(end + 1) && scan.is_number(end + 1) {
        let word = scan.word(end + 1);
        let two = word.bytes().take_while(u8::is_ascii_digit).count();
        if two != 2 {
            return None;
        }
        minute = word[..2].parse::<i32>().ok().filter(|m| *m < 60);
        minute?;
        let tail = &word[2..];
        if !tail.is_empty() {
            half = Some(half_day(tail)?);
        }
        end += 2;
        // Seconds: 10:30:15.
        if is!(scan, end, ":") && scan.touches(end) && scan.touches(end + 1) && scan.is_number(end + 1) {
            end += 2;
        }
    } else if !rest.is_empty() {
        // "8pm", "8.30pm"
        let tail = match rest.strip_prefix('.') {
            Some(after) if after.len() > 2 && after.is_char_boundary(2) => {
                minute = Some(after[..2].parse().ok().filter(|m| *m < 60)?);
                &after[2..]
            }
            Some(_) if half_day(scan.word(end)).is_some() && rest.len() == 3 => {
                minute = Some(rest[1..].parse().ok().filter(|m| *m < 60)?);
                ""
            }
            Some(_) => return None,
            None => rest,
        };
        if !tail.is_empty() {
            half = Some(half_day(tail)?);
        }
    }
    if half.is_none() && scan.near(end) {
        half = scan.entry(end).afternoon;
        if half.is_some() {
            end += 1;
        } else if is!(scan, end, "o'clock") && minute.is_none() {
            return Some(time(i, end + 1, &format!("T{hour:02}:00")));
        }
    }
    if half.is_none() && is_of_a_recording(scan, i, end) {
        return None;
    }
    if half.is_none() && (minute.is_none() || !rest.is_empty()) || half.is_some() && hour > 12 && hour > 23 {
        return None;
    }
    if scan.has(end, class::ZONE) && scan.case(end) == Case::Upper {
        end += 1;
    }
    let hour = match half {
        Some(true) if hour < 12 => hour + 12,
        Some(false) if hour == 12 => 0,
        _ => hour,
    };
    Some(time(i, end, &format!("T{hour:02}:{:02}", minute.unwrap_or(0))))
}

/// "at half past three", "by a quarter to six"
pub(super) fn clock_in_words(scan: &Scan, i: usize) -> Option<When> {
    let minutes = match (is!(scan, i, "half"), is!(scan, i, "quarter"), is!(scan, i + 1, "past"), is!(scan, i + 1, "to")) {
        (true, _, true, _) => 30,
        (_, true, true, _) => 15,
        (_, true, _, true) => -15,
        _ => return None,
    };
    let article = usize::from(i > 0 && is!(scan, i - 1, "a"));
    let led = i > article && scan.has(i - article - 1, class::PREPOSITION) && !any!(scan, i - article - 1, ["from", "of"]);
    let found = number(scan, i + 2).filter(|n| n.form == Form::Cardinal && n.start == i + 2 && n.rest.is_empty())?;
    let hour = found.value.as_int().filter(|hour| (1..=12).contains(hour))? * 60 + minutes;
    let alone = !scan.is_content(found.end) && !any!(scan, found.end, ["%", "-"]);
    (led && alone && scan.near(i + 1) && scan.near(i + 2)).then(|| time(i, found.end, &format!("T{:02}:{:02}", hour / 60, hour % 60)))
}

/// "Suspect flees 02:21", "What comes next? 01:07": the length of a recording, at the end of its line.
fn is_of_a_recording(scan: &Scan, i: usize, end: usize) -> bool {
    let line_ends = end >= scan.tokens.len() || scan.gap(end) >= crate::document::Gap::Line;
    if !line_ends {
        return false;
    }
    let nought = scan.word(i).len() > 1 && scan.word(i).starts_with('0');
    // On a line of its own it is when an entry of a live report was written.
    if i == 0 || !scan.near(i) {
        return false;
    }
    let led = scan.has(i - 1, class::PREPOSITION | class::SUBORDINATOR) || any!(scan, i - 1, ["begins", "starts", "opens", "ends", "back"]);
    let listed = any!(scan, i - 1, [",", ":", "|", "-", "–"]) || scan.entry(i - 1).weekday > 0 || scan.is_number(i - 1);
    !led && (nought || !listed)
}

/// "ran it in 2:01:09", "Ada Brell, 2:05:46": hours, minutes and seconds that something took.
pub(super) fn is_lap(scan: &Scan, i: usize) -> bool {
    let seconds = is!(scan, i + 3, ":") && scan.touches(i + 3) && scan.is_number(i + 4) && scan.word(i + 4).len() >= 2;
    if !seconds || i == 0 || scan.is_word(i + 5) && scan.near(i + 5) && scan.has(i + 5, class::ZONE) {
        return false;
    }
    let told = any!(scan, i - 1, ["in", "of", "ran", "clocked"]);
    let listed = scan.word(i).len() == 1 && any!(scan, i - 1, [",", "("]);
    told && !scan.is_word(i + 5) || listed
}
