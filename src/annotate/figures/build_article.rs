//! What "a" or "an" counts: "a million", "a third", "a couple of", "for a decade", "an hour and a half", "sold for a dollar".

use super::amount::measured;
use super::build::{Builder, set_value};
use super::date::time_unit;
use super::date_clock::clock_in_words;
use super::date_period::after_duration;
use super::decimal::Decimal;
use super::number::{Form, Number, number, scale_words};
use super::readings::age_after;
use super::scan::{Scan, any, is};
use super::unit::{may_be_measure, meaning};
use super::words::{Meaning, class};
use crate::document::{Approx, Case, FigureKind};

impl<'a> Builder<'a> {
    /// "for another week": one more of them.
    pub(super) fn read_another(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let unit = i + 1;
        let alone = !scan.is_content(unit + 1) && !scan.is_hyphen(unit + 1) && !is!(scan, unit + 1, "of");
        let led = i > 0 && scan.near(i) && any!(scan, i - 1, ["for", "after", "within", "in", "take", "takes", "took", "least", "than"]);
        if !led || !alone || time_unit(scan, unit).is_none() || scan.word(unit).ends_with('s') || scan.case(unit) != Case::Lower {
            return i + 1;
        }
        match measured(scan, one(i, unit), self.sterling) {
            Some(found) => self.push_amount(found),
            None => i + 1,
        }
    }

    /// "a million", "a third", "a couple of", "a decade".
    pub(super) fn read_article(&mut self, i: usize) -> usize {
        let scan = self.scan;
        let next = i + 1;
        let whole = i == 0 && next + 1 == scan.tokens.len();
        if is!(scan, next, "couple") && (is!(scan, next + 1, "of") || whole) {
            let mut figure = self.figure(i, next + 1, FigureKind::Count);
            set_value(&mut figure, Decimal::whole(2));
            figure.approx = Some(Approx::About);
            if let Some(unit) = time_unit(scan, next + 2) {
                if let Some(when) = after_duration(scan, i, next + 3, Some(2), unit) {
                    return self.push_when(when);
                }
                figure.span = self.span(i, next + 3);
                figure.kind = FigureKind::Duration;
                figure.unit = Some(unit.into());
                figure.dimension = Some("time");
                self.figures.push(figure);
                return next + 3;
            }
            // "a couple of hundred", "a couple of million dollars"
            let (value, end) = scale_words(scan, next + 2, Decimal::whole(2), false);
            if end > next + 2
                && let Some(found) = measured(scan, Number { value, end, scaled: true, ..one(i, end) }, self.sterling)
            {
                let after = self.push_amount(found);
                if let Some(figure) = self.figures.last_mut() {
                    figure.approx = Some(Approx::About);
                }
                return after;
            }
            figure.item = self.item(next + 2, false);
            self.figures.push(figure);
            return next + 2;
        }
        // "by a quarter to six"
        if let Some(when) = clock_in_words(scan, next) {
            return self.push_when(when);
        }
        if scan.entry(next).number.is_some() {
            return self.read_amount(i);
        }
        // "an hour and a half", "for a decade"; "a gallon", where a cell of a table holds nothing else
        let grand = is!(scan, next, "grand") && (whole || one_is_paid(scan, i, next + 1));
        if grand && let Some(found) = measured(scan, one(i, next), self.sterling) {
            return self.push_amount(found);
        }
        let (index, end) = match meaning(scan, next, whole) {
            Some((Meaning::Unit(index), end)) => (index, end),
            Some((Meaning::Currency(currency), end))
                if (whole || one_is_paid(scan, i, end) || coins_follow(scan, end)) && !currency.doubtful =>
            {
                let one = one(i, next);
                return measured(scan, one, self.sterling).map_or(i + 1, |found| self.push_amount(found));
            }
            _ => return i + 1,
        };
        let unit = super::unit::of(scan, next, index);
        let a_at = scan.over_hyphen(scan.over_hyphen(end) + 1);
        let half =
            is!(scan, scan.over_hyphen(end), "and") && is!(scan, a_at, "a") && any!(scan, scan.over_hyphen(a_at + 1), ["half", "quarter"]);
        // "in a day or two", "a minute or two"
        if unit.dimension == "time" && is!(scan, end, "or") && is!(scan, end + 1, "two") && end == next + 1 {
            return self.push_one_or_two(i, end + 2, &unit);
        }
        // "a decades-old feud": many, and nobody says how many.
        if scan.word(next).ends_with('s') && unit.dimension == "time" {
            return i + 1;
        }
        let ago =
            unit.dimension == "time" && (any!(scan, end, ["ago", "later", "earlier"]) && scan.near(end) || age_after(scan, end).is_some());
        let led = i > 0
            && scan.has(i - 1, class::BEFORE_LENGTH)
            && scan.case(next) == Case::Lower
            && !scan.is_content(end)
            && !(scan.is_hyphen(end) && scan.touches(end));
        // "a day after the vote", "a week before it opened", "a year ahead of schedule"
        let rate = || i > 0 && (any!(scan, i - 1, ["once", "twice", "times"]) || scan.entry(i - 1).time_unit.is_some());
        let told = unit.dimension == "time"
            && scan.near(end)
            && !rate()
            && scan.case(next) == Case::Lower
            && (any!(scan, end, ["after", "before"]) || is!(scan, end, "ahead") && is!(scan, end + 1, "of"));
        let counts = matches!(unit.dimension, "time" | "length" | "mass" | "volume") && !scan.has(next, class::DOUBTFUL_UNIT);
        // "an hour and 45 minutes"
        let goes_on = matches!(&*unit.id, "hour" | "minute" | "day" | "year")
            && is!(scan, end, "and")
            && (scan.is_number(end + 1) || scan.entry(end + 1).number.is_some())
            && number(scan, end + 1).is_some_and(|n| time_unit(scan, n.end).is_some());
        // "a gallon of petrol", "a tonne of sand"
        let of_stuff = matches!(&*unit.id, "gallon" | "liter" | "pint" | "kilogram" | "metric-ton" | "barrel" | "acre" | "hectare")
            && is!(scan, end, "of")
            && scan.is_content(end + 1)
            && scan.case(next) == Case::Lower;
        if !(whole || half || ago || told || led && counts || goes_on || of_stuff) {
            return i + 1;
        }
        match measured(scan, one(i, next), self.sterling) {
            Some(found) => self.push_amount(found),
            None => i + 1,
        }
    }
}

impl Builder<'_> {
    /// "a day or two"; "a day or two ago" is a day that nobody can name.
    fn push_one_or_two(&mut self, start: usize, end: usize, unit: &super::unit::MeasureUnit) -> usize {
        let scan = self.scan;
        if any!(scan, end, ["ago", "later", "earlier"]) && scan.near(end) {
            let mut figure = self.figure(start, end + 1, FigureKind::Date);
            figure.approx = Some(Approx::Vague);
            self.figures.push(figure);
            return end + 1;
        }
        let mut figure = self.figure(start, end, FigureKind::Duration);
        figure.value_min = Some(1.0);
        figure.value_max = Some(2.0);
        figure.unit = Some(unit.id.clone());
        figure.dimension = Some("time");
        self.figures.push(figure);
        end
    }
}

/// Whether "a" or "an" before token `i` may count it: most words it stands before are no measure.
#[inline]
pub(super) fn may_be_counted(scan: &Scan, i: usize) -> bool {
    scan.near(i) && (may_be_measure(scan, i) || scan.entry(i).number.is_some() || any!(scan, i, ["couple", "grand"]))
}

/// The one that "a" counts.
fn one<'a>(start: usize, end: usize) -> Number<'a> {
    Number { start, end, value: Decimal::whole(1), high: None, form: Form::Cardinal, digits: false, scaled: false, rest: "", plain: 0 }
}

/// "a dollar and 42 cents": what stands at token `end` after the larger coin.
fn coins_follow(scan: &Scan, end: usize) -> bool {
    let coins = || number(scan, end + 1).filter(|n| n.form == Form::Cardinal);
    is!(scan, end, "and")
        && matches!(coins().and_then(|n| meaning(scan, n.end, n.digits)), Some((Meaning::Currency(c), _)) if c.part.is_some())
}

/// "sold for a dollar", "costs a euro": what ends at token `end` is a sum and no kind of thing ("a dollar store").
fn one_is_paid(scan: &Scan, i: usize, end: usize) -> bool {
    i > 0 && scan.has(i - 1, class::PRICED) && !scan.is_content(end) && !(scan.is_hyphen(end) && scan.touches(end))
}
