//! Dates as inputs write them -> the publication day and the publication time in UTC.
//!
//! The day is the one printed, in the publisher's own time zone; the time is UTC. A time without a zone is taken for UTC (what data
//! sets mean when they leave the zone out); one with a zone we cannot name gives no time. A date that is not a full day gives nothing.

use jiff::{Timestamp, civil, tz::Offset};

/// Longer than any date; what is longer is not one.
const LONGEST: usize = 80;

/// When an article was published, as [`Meta`](crate::article::Meta) holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// The time in UTC, `YYYY-MM-DDTHH:MM:SSZ`, where one is given.
    pub time: Option<String>,
}

enum Zone {
    /// Nothing was said.
    Unsaid,
    Known(Offset),
    /// Something was said that is not one offset ("ET").
    Unknown,
}

/// Understands ISO 8601 with or without time and offset, RFC 2822, dates in English words in either order, `2024/05/01`, `01.05.2024`,
/// `20240501` and seconds or milliseconds since 1970. `05/04/2024` means two days and is left alone.
#[must_use]
pub fn parse(text: &str) -> Option<Published> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return number(text.parse().ok()?);
    }
    iso(text).or_else(|| numeric(text)).or_else(|| words(text))
}

/// Seconds, milliseconds or microseconds since 1970, or a day written as one number.
pub(super) fn number(number: i64) -> Option<Published> {
    let time = match number {
        17_000_101..=29_991_231 => {
            let date = civil::Date::new((number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8).ok()?;
            return Some(Published { date: date.to_string(), time: None });
        }
        // 1973 to 5138 in seconds; what is larger can only be a finer unit.
        100_000_000..100_000_000_000 => Timestamp::from_second(number),
        100_000_000_000..100_000_000_000_000 => Timestamp::from_millisecond(number),
        100_000_000_000_000..100_000_000_000_000_000 => Timestamp::from_microsecond(number),
        _ => return None,
    };
    let time = time.ok()?;
    published(Offset::UTC.to_datetime(time).date(), Some(Offset::UTC.to_datetime(time).time()), &Zone::Unsaid)
}

fn published(date: civil::Date, time: Option<civil::Time>, zone: &Zone) -> Option<Published> {
    if !(1000..=2999).contains(&date.year()) {
        return None;
    }
    let offset = match zone {
        Zone::Unsaid => Some(Offset::UTC),
        Zone::Known(offset) => Some(*offset),
        Zone::Unknown => None,
    };
    let time = time.zip(offset).and_then(|(time, offset)| offset.to_timestamp(date.to_datetime(time)).ok());
    Some(Published { date: date.to_string(), time: time.map(|time| time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()) })
}

fn iso(text: &str) -> Option<Published> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let zone = pieces.to_numeric_offset().map_or(Zone::Unsaid, Zone::Known);
    published(pieces.date(), pieces.time(), &zone)
}

/// `2024/05/01`, `2024.05.01`, `01.05.2024`, each with an optional time: rewritten as ISO.
fn numeric(text: &str) -> Option<Published> {
    let (day, rest) = text.split_once([' ', 'T', ',']).unwrap_or((text, ""));
    let mut parts = day.split(['/', '.', '-']);
    let (a, b, c) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [a, b, c].iter().any(|part| part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let (a_len, c_len) = (a.len(), c.len());
    let (a, b, c): (i16, i8, i16) = (a.parse().ok()?, b.parse().ok()?, c.parse().ok()?);
    let small = |number: i16| i8::try_from(number).ok();
    let date = match (a_len, c_len) {
        (4, _) => civil::Date::new(a, b, small(c)?),
        // Points are how Europe writes it, day first; with slashes only a number above 12 tells day from month.
        (_, 4) if day.contains('.') || a > 12 => civil::Date::new(c, b, small(a)?),
        (_, 4) if b > 12 => civil::Date::new(c, small(a)?, b),
        _ => return None,
    };
    let date = date.ok()?;
    // "10:30:00 +0200" and "10:30:00 UTC", as tables and databases print them: ISO has no blank there and another word for UTC.
    let mut time: String = rest.split_whitespace().collect();
    if time.ends_with("UTC") {
        time.replace_range(time.len() - 3.., "Z");
    }
    iso(&format!("{date} {time}")).or_else(|| published(date, None, &Zone::Unsaid))
}

/// Dates with the month in words: looks at words and numbers in turn and forgives everything between them.
fn words(text: &str) -> Option<Published> {
    let (mut day, mut month, mut year) = (None, None, None);
    let (mut time, mut zone): (Option<(i8, i8, i8)>, Zone) = (None, Zone::Unsaid);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let alike = if bytes[at].is_ascii_digit() { u8::is_ascii_digit } else { u8::is_ascii_alphabetic };
        while at < bytes.len() && alike(&bytes[at]) {
            at += 1;
        }
        if at == start {
            at += 1;
            // A sign right after the time or the zone ("GMT+0200") opens an offset.
            if time.is_some() && matches!(bytes[start], b'+' | b'-') && bytes.get(at).is_some_and(u8::is_ascii_digit) {
                let (offset, end) = offset(&text[start..])?;
                zone = Zone::Known(offset);
                at = start + end;
            }
            continue;
        }
        let part = &text[start..at];
        if let Ok(number) = part.parse::<i16>() {
            if bytes.get(at) == Some(&b':') && time.is_none() {
                let clock: &str = text[start..].split(|c: char| c != ':' && !c.is_ascii_digit()).next()?;
                let mut fields = clock.split(':').map(|field| field.parse::<i8>().ok());
                time = Some((fields.next()??, fields.next()??, fields.next().flatten().unwrap_or(0)));
                at = start + clock.len();
            } else if part.len() == 4 {
                year = year.or(Some(number));
            } else if part.len() <= 2 {
                day = day.or(i8::try_from(number).ok());
            }
        } else if let Some(found) = month_of(part) {
            month = month.or(Some(found));
        } else if let (Some((hour, minute, second)), Some(afternoon)) = (time, half_of_day(&text[start..])) {
            time = Some((hour % 12 + if afternoon { 12 } else { 0 }, minute, second));
        } else if time.is_some() && part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()) {
            zone = zone_of(part).map_or(Zone::Unknown, Zone::Known);
        }
    }
    let date = civil::Date::new(year?, month?, day?).ok()?;
    let time = time.and_then(|(hour, minute, second)| civil::Time::new(hour, minute, second.min(59), 0).ok());
    published(date, time, &zone)
}

/// `+0200`, `-05:00`, `+2`: the offset and how long it is.
fn offset(text: &str) -> Option<(Offset, usize)> {
    let end = 1 + text[1..].find(|c: char| c != ':' && !c.is_ascii_digit()).unwrap_or(text.len() - 1);
    let digits: Vec<i32> = text[1..end].bytes().filter(u8::is_ascii_digit).map(|byte| i32::from(byte - b'0')).collect();
    let (hours, minutes) = match digits[..] {
        [h] => (h, 0),
        [h, i] => (h * 10 + i, 0),
        [h, i, m, n] => (h * 10 + i, m * 10 + n),
        _ => return None,
    };
    let seconds = (hours * 60 + minutes) * 60;
    Offset::from_seconds(if text.starts_with('-') { -seconds } else { seconds }).ok().map(|offset| (offset, end))
}

fn month_of(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let starts = |month: &&str| word.len() >= 3 && word.len() <= month.len() && month[..word.len()].eq_ignore_ascii_case(word);
    MONTHS.iter().position(starts).map(|month| month as i8 + 1)
}

/// `am`, `p.m.`: whether it is the afternoon.
fn half_of_day(text: &str) -> Option<bool> {
    let mut letters = text.bytes().filter(|&byte| byte != b'.').map(|byte| byte.to_ascii_lowercase());
    match (letters.next()?, letters.next()?, letters.next()) {
        (half @ (b'a' | b'p'), b'm', after) if !after.is_some_and(|byte| byte.is_ascii_alphabetic()) => Some(half == b'p'),
        _ => None,
    }
}

/// Only abbreviations that stand for one offset; "IST" is three, "ET" two.
fn zone_of(word: &str) -> Option<Offset> {
    let hours = match word {
        "UTC" | "GMT" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        "BST" | "CET" => 1,
        "CEST" | "EET" => 2,
        "EEST" | "MSK" => 3,
        _ => return None,
    };
    Some(Offset::constant(hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, Option<String>) {
        let published = parse(text).unwrap_or_default();
        (published.date, published.time)
    }

    #[test]
    fn full_days_only() {
        for text in [
            "2024-05-01",
            "20240501",
            "2024/05/01",
            "2024/5/1",
            "01.05.2024",
            "May 1, 2024",
            "1 May 2024",
            "Wednesday, May 1st, 2024",
            "1-May-2024",
        ] {
            assert_eq!(parsed(text), ("2024-05-01".into(), None), "{text}");
        }
        for text in [
            "",
            "2024",
            "2024-05",
            "May 2024",
            "yesterday",
            "05/04/2024",
            "2024-13-01",
            "31 February 2024",
            "99999999",
            "12",
            "-",
            "+",
            ":::",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parsed("05/23/2024").0, "2024-05-23");
        assert_eq!(parsed("23/05/2024").0, "2024-05-23");
    }

    #[test]
    fn times_become_utc_and_the_day_stays_as_printed() {
        for (text, day, time) in [
            ("2024-05-01T12:30:00Z", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024-05-01T23:30:00-05:00", "2024-05-01", "2024-05-02T04:30:00Z"),
            ("2024-05-01T00:30:00.123+0200", "2024-05-01", "2024-04-30T22:30:00Z"),
            ("2024-05-01 12:30:00", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024-05-01T12:30", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024-05-01 12:30:00+00:00", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("Wed, 01 May 2024 12:30:00 +0200", "2024-05-01", "2024-05-01T10:30:00Z"),
            ("Wed, 1 May 2024 12:30:00 GMT", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("Wed May 01 12:30:00 +0000 2024", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("May 1, 2024 at 3:05 p.m. EDT", "2024-05-01", "2024-05-01T19:05:00Z"),
            ("May 1, 2024 12:05 AM", "2024-05-01", "2024-05-01T00:05:00Z"),
            ("2024-05-01 12:30:00 +00:00", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024-05-01 14:30:00 +0200", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024-05-01 12:30:00 UTC", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("2024/05/01 12:30:00", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("1714566600", "2024-05-01", "2024-05-01T12:30:00Z"),
            ("1714566600000", "2024-05-01", "2024-05-01T12:30:00Z"),
        ] {
            assert_eq!(parsed(text), (day.into(), Some(time.into())), "{text}");
        }
        // Two offsets a year: the day is known, the time is not.
        assert_eq!(parsed("May 1, 2024 3:05 PM ET"), ("2024-05-01".into(), None));
    }

    #[test]
    fn any_text_is_survived() {
        for text in ["é1 May", "1 May 2024 12:é", "12:30:99:77 +", "10:10 +99:99", "May 1 2024 99:99", "🗓 May 1, 2024"] {
            let _ = parse(text);
        }
        assert_eq!(parsed("🗓 May 1, 2024").0, "2024-05-01");
    }
}
