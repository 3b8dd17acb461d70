//! What `figures` gives: numbers and dates with their meaning.

use super::{EntityId, named_values::named_values};
use crate::span::Span;
use std::borrow::Cow;

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
    pub dimension: Option<Cow<'static, str>>,
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
    pub date_start: Option<String>,
    /// Its last day, the first one again for a day.
    pub date_end: Option<String>,
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
