//! Days and periods: first and last day and the TIMEX3 value of years, months, quarters, weeks, decades, and their place relative
//! to the day of publication.

use crate::document::Day;
use jiff::Span;
use jiff::civil::Date;

/// A stretch of days.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Period {
    pub(super) days: Option<(Date, Date)>,
    pub(super) timex: String,
    pub(super) anchored: bool,
}

fn date(year: i32, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn days_of_years(first: i32, last: i32) -> (Option<Date>, Option<Date>) {
    (date(first, 1, 1), date(last, 12, 31))
}

/// From the first day of a month to the last one of another.
fn days_of_months((year, month): (i32, u8), (last_year, last_month): (i32, u8)) -> (Option<Date>, Option<Date>) {
    (date(year, month, 1), date(last_year, last_month, 1).map(Date::last_of_month))
}

/// How a day begins, as it is written: with its year, or year and month. Years before the first are written otherwise.
fn opening<const LENGTH: usize>(day: Option<Date>) -> Option<String> {
    day.filter(|day| day.year() >= 0).map(|day| Day::from(day)[..LENGTH].to_owned())
}

impl Period {
    fn new((first, last): (Option<Date>, Option<Date>), timex: String) -> Self {
        Self { days: first.zip(last), timex, anchored: false }
    }

    pub(super) fn anchored(self) -> Self {
        Self { anchored: true, ..self }
    }

    /// A period that the text names but that no day of publication places.
    pub(super) fn open(timex: String) -> Self {
        Self { days: None, timex, anchored: false }
    }

    pub(super) fn years(first: i32, last: i32) -> Self {
        let days = days_of_years(first, last);
        let timex = match opening::<4>(days.0) {
            Some(year) if first == last => year,
            _ if first == last => format!("{first:04}"),
            _ => format!("{first:04}/{last:04}"),
        };
        Self::new(days, timex)
    }

    pub(super) fn decade(first: i32) -> Self {
        Self::new(days_of_years(first, first + 9), format!("{:03}", first / 10))
    }

    /// The 20th century as papers use the word: 1900 to 1999.
    pub(super) fn century(n: i32) -> Self {
        Self::new(days_of_years((n - 1) * 100, (n - 1) * 100 + 99), format!("{:02}", n - 1))
    }

    pub(super) fn month(year: i32, month: u8) -> Self {
        Self::months(year, month, year, month)
    }

    pub(super) fn months(year: i32, month: u8, last_year: i32, last_month: u8) -> Self {
        let days = days_of_months((year, month), (last_year, last_month));
        let is_one = (year, month) == (last_year, last_month);
        let timex = match opening::<7>(days.0) {
            Some(month) if is_one => month,
            _ if is_one => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}-{month:02}/{last_year:04}-{last_month:02}"),
        };
        Self::new(days, timex)
    }

    pub(super) fn day(year: i32, month: u8, day: u8) -> Option<Self> {
        date(year, month, day).map(Self::of_day)
    }

    pub(super) fn of_day(day: Date) -> Self {
        Self::new((Some(day), Some(day)), String::from(&*Day::from(day)))
    }

    pub(super) fn of_days(first: Date, last: Date) -> Self {
        Self::new((Some(first), Some(last)), [&*Day::from(first), &*Day::from(last)].join("/"))
    }

    pub(super) fn quarter(year: i32, quarter: u8) -> Self {
        let month = (quarter - 1) * 3 + 1;
        Self::new(days_of_months((year, month), (year, month + 2)), format!("{year:04}-Q{quarter}"))
    }

    pub(super) fn half(year: i32, half: u8) -> Self {
        let month = (half - 1) * 6 + 1;
        Self::new(days_of_months((year, month), (year, month + 5)), format!("{year:04}-H{half}"))
    }

    /// 1 spring to 4 winter; winter runs into the next year.
    pub(super) fn season(year: i32, season: u8) -> Self {
        let name = ["SP", "SU", "FA", "WI"][usize::from(season.clamp(1, 4) - 1)];
        let (first, last) = match season {
            1 => ((year, 3), (year, 5)),
            2 => ((year, 6), (year, 8)),
            3 => ((year, 9), (year, 11)),
            _ => ((year, 12), (year + 1, 2)),
        };
        Self::new(days_of_months(first, last), format!("{year:04}-{name}"))
    }

    /// The week, Monday to Sunday, that holds `day`.
    pub(super) fn week(day: Date) -> Option<Self> {
        let monday = shifted(day, 1 - i64::from(day.weekday().to_monday_one_offset()))?;
        let iso = monday.iso_week_date();
        let timex = format!("{:04}-W{:02}", iso.year(), iso.week());
        Some(Self { timex, ..Self::of_days(monday, shifted(monday, 6)?) })
    }
}

/// `day` moved by so many days.
pub(super) fn shifted(day: Date, days: i64) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `day` moved by so many months, to the last day of a shorter month where there is none of its number.
pub(super) fn shifted_months(day: Date, months: i64) -> Option<Date> {
    day.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// The day of this weekday (1 Monday - 7) at or before `day`, or at or after it.
pub(super) fn weekday_near(day: Date, weekday: u8, after: bool) -> Option<Date> {
    let today = i64::from(day.weekday().to_monday_one_offset());
    let ahead = (i64::from(weekday) - today).rem_euclid(7);
    shifted(day, if after || ahead == 0 { ahead } else { ahead - 7 })
}

/// TIMEX3 of a duration: six months are P6M, an hour and a half PT1.5H.
pub(super) fn duration(value: &str, unit: &str) -> Option<String> {
    let (time, letter) = match unit {
        "second" => (true, "S"),
        "minute" => (true, "M"),
        "hour" => (true, "H"),
        "day" => (false, "D"),
        "weekend" => (false, "WE"),
        "week" => (false, "W"),
        "month" => (false, "M"),
        "quarter" => (false, "Q"),
        "year" => (false, "Y"),
        "decade" => (false, "DE"),
        "century" => (false, "CE"),
        _ => return None,
    };
    Some([if time { "PT" } else { "P" }, value, letter].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_on_their_last_day() {
        assert_eq!(Period::month(2024, 2).days, Some((day("2024-02-01"), day("2024-02-29"))));
        assert_eq!(Period::season(2023, 4).days, Some((day("2023-12-01"), day("2024-02-29"))));
    }

    #[test]
    fn weeks_run_from_monday() {
        let week = Period::week(day("2025-01-01")).unwrap();
        assert_eq!((week.days, week.timex.as_str()), (Some((day("2024-12-30"), day("2025-01-05"))), "2025-W01"));
    }

    #[test]
    fn weekdays_before_and_after() {
        let thursday = day("2025-08-14");
        assert_eq!(weekday_near(thursday, 2, false), Some(day("2025-08-12")));
        assert_eq!(weekday_near(thursday, 5, true), Some(day("2025-08-15")));
        assert_eq!(weekday_near(thursday, 4, false), Some(thursday));
    }

    #[test]
    fn impossible_days_are_none() {
        assert_eq!(Period::day(2025, 2, 30), None);
        assert_eq!(shifted(day("9999-12-31"), 5), None);
    }
}
