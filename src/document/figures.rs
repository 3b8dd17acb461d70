//! What `figures` gives: numbers and dates with their meaning.

use super::{EntityId, named_values::named_values};
use crate::span::Span;
use jiff::civil::Date;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

/// A number with its meaning. The fields are those of the record: see `schema`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Sign, currency, number, scale word and unit: "$1.2bn". Neither "about" nor what is counted.
    pub span: Span,
    /// Which of the fields below to expect.
    pub kind: FigureKind,
    /// In `unit`, the scale applied: 1200000000 for "$1.2bn", 3 for "threefold". `None` for a range or a vague word.
    pub value: Option<f64>,
    /// The lower bound of a range, `value` where that is exact; `None` for "up to".
    pub value_min: Option<f64>,
    /// The upper bound, likewise; `None` for "more than".
    pub value_max: Option<f64>,
    /// Exact decimal string.
    pub value_text: Option<String>,
    /// ISO 4217 code or CLDR unit: `EUR`, `terabyte`, `percentage-point`.
    pub unit: Option<Cow<'static, str>>,
    /// Whether the text left the unit open: a bare "$" taken for US dollars.
    pub unit_assumed: bool,
    /// What a rate is by: `barrel` of "$40 a barrel".
    pub per: Option<Cow<'static, str>>,
    /// What the unit measures: `currency`, `length`, `digital`.
    pub dimension: Option<&'static str>,
    /// The value in `si_unit`, for unlike units of one dimension.
    pub si_value: Option<f64>,
    /// The base unit: `meter`; `byte` for data.
    pub si_unit: Option<Cow<'static, str>>,
    /// What the words before it say of its exactness.
    pub approx: Option<Approx>,
    /// Whether it is by how much something changed ("rose 5%"), and which way.
    pub trend: Option<Trend>,
    /// Its place in "from $80bn to $95bn", which is two figures.
    pub role: Option<RangeRole>,
    /// What is counted or measured, as printed: `employees`, `of voters`.
    pub item: Option<String>,
    /// First day of a date or period, `YYYY-MM-DD`.
    pub date_start: Option<Day>,
    /// Its last day, the first one again for a day.
    pub date_end: Option<Day>,
    /// The date, time or duration as TIMEX3 has it: `2026-W10`, `P3M`.
    pub timex: Option<String>,
    /// Whether the day was told by the article's date ("last Tuesday").
    pub anchored: bool,
    /// Whom the sentence ties the figure to. Filled after the entities are known.
    pub subject: Option<EntityId>,
}

impl Figure {
    /// A figure with nothing but its span and kind.
    #[must_use]
    pub fn new(span: Span, kind: FigureKind) -> Self {
        Self {
            span,
            kind,
            value: None,
            value_min: None,
            value_max: None,
            value_text: None,
            unit: None,
            unit_assumed: false,
            per: None,
            dimension: None,
            si_value: None,
            si_unit: None,
            approx: None,
            trend: None,
            role: None,
            item: None,
            date_start: None,
            date_end: None,
            timex: None,
            anchored: false,
            subject: None,
        }
    }
}

/// A day as the record has it, `YYYY-MM-DD`: two to most dates, so it is kept in place and not on the heap.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The year before the first is `-000001`: three more than others take.
    written: [u8; 13],
    length: u8,
}

impl From<Date> for Day {
    fn from(day: Date) -> Self {
        let mut written = [0; 13];
        let (year, month, day_of_month) = (day.year(), i16::from(day.month()), i16::from(day.day()));
        if year < 0 {
            written.copy_from_slice(day.to_string().as_bytes());
            return Self { written, length: 13 };
        }
        let two = |n: i16| [b'0' + (n / 10) as u8, b'0' + (n % 10) as u8];
        let ([a, b], [c, d], [e, f], [g, h]) = (two(year / 100), two(year % 100), two(month), two(day_of_month));
        written[..10].copy_from_slice(&[a, b, c, d, b'-', e, f, b'-', g, h]);
        Self { written, length: 10 }
    }
}

impl Deref for Day {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(&self.written[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self)
    }
}

named_values!(
    /// What a figure is a figure of.
    FigureKind {
        /// "$1.2bn", "40 pence".
        Money = "money",
        /// "5%", "two percentage points".
        Percent = "percent",
        /// A measure with its unit: "210 kWh", "three miles".
        Quantity = "quantity",
        /// Things counted: "1,400 employees".
        Count = "count",
        /// Nothing beside it says what it is of.
        Number = "number",
        /// "threefold", "twice".
        Multiple = "multiple",
        /// "two thirds", "half".
        Fraction = "fraction",
        /// "20th", "third".
        Ordinal = "ordinal",
        /// "aged 42", "the 42-year-old".
        Age = "age",
        /// A day or a period: "last Tuesday", "the 1990s".
        Date = "date",
        /// Of the day: "8 p.m.".
        Time = "time",
        /// "three weeks".
        Duration = "duration",
        /// Of a game or a vote: "3-1"; a ratio: "12:1".
        Score = "score",
    }
);
named_values!(
    /// What the words before a figure say of its exactness.
    Approx {
        /// "some 40", "roughly".
        About = "about",
        /// "nearly 40".
        Almost = "almost",
        /// "more than 40".
        Over = "over",
        /// "at least 40".
        AtLeast = "at_least",
        /// "fewer than 40".
        Under = "under",
        /// "no more than 40".
        AtMost = "at_most",
        /// "up to 40".
        UpTo = "up_to",
        /// No number at all: "dozens", "hundreds".
        Vague = "vague",
    }
);
named_values!(
    /// Which way something changed by a figure.
    Trend {
        /// "rose 5%".
        Up = "up",
        /// "fell 5%".
        Down = "down",
    }
);
named_values!(
    /// Place of a figure in "from A to B".
    RangeRole {
        /// Before the change.
        From = "from",
        /// After it.
        To = "to",
    }
);

#[cfg(test)]
mod tests {
    use super::Day;
    use jiff::civil::date;

    #[test]
    fn days_are_written_as_iso_has_them() {
        assert_eq!(&*Day::from(date(2025, 3, 9)), "2025-03-09");
        assert_eq!(&*Day::from(date(79, 10, 24)), "0079-10-24");
        assert_eq!(&*Day::from(date(-1, 12, 31)), "-000001-12-31");
        assert_eq!(&*Day::from(date(-9999, 1, 1)), "-009999-01-01");
    }
}
