//! Figures of two numbers: scores ("52 votes to 48"), shares ("one in five") and ranges ("10-15%"), and how their fields are filled.

use super::amount::Amount;
use super::build::{Builder, set_value};
use super::context::is_name;
use super::decimal::Decimal;
use super::number::{Form, number};
use super::unit::{Measure, meaning};
use crate::document::{Figure, FigureKind, RangeRole};

impl<'a> Builder<'a> {
    /// "rose 11% to $5m, from $4.5m": the goal stands first, the start after it.
    pub(super) fn role_after_the_goal(&mut self, a: &Amount<'a>, figure: &mut Figure) {
        let scan = self.scan;
        if a.start < 2 || !scan.is(a.start - 1, "from") || figure.role.is_some() || figure.kind == FigureKind::Date {
            return;
        }
        let from = a.start - 1 - usize::from(scan.word(a.start - 2) == ",");
        let Some(goal) = self.figures.last_mut().filter(|f| f.unit == figure.unit && f.kind == figure.kind && f.role.is_none()) else {
            return;
        };
        // Nothing may stand between the two but a comma.
        let adjoins = from > 0 && scan.tokens[from - 1].span.end() == goal.span.end();
        let led = scan.text.get(..goal.span.start()).is_some_and(|before| {
            let before = before.trim_end();
            before.ends_with(" to") || before.ends_with(" at")
        });
        if adjoins && led {
            goal.role = Some(RangeRole::To);
            figure.role = Some(RangeRole::From);
        }
    }

    /// "52 votes to 48", "two games to one".
    pub(super) fn read_score(&mut self, a: &Amount<'a>) -> Option<usize> {
        let scan = self.scan;
        if a.measure != Measure::None
            || a.number.form != Form::Cardinal
            || a.number.scaled
            || !scan.is_plural(a.end)
            || !scan.is(a.end + 1, "to")
        {
            return None;
        }
        let from = a.start > 0 && scan.any(a.start - 1, &["from", "of"]);
        let b = number(&scan, a.end + 2)
            .filter(|n| n.form == Form::Cardinal && !n.scaled && n.rest.is_empty() && n.digits == a.number.digits)?;
        let alone = !scan.is_content(b.end) && !scan.is_hyphen(b.end) && meaning(&scan, b.end, b.digits).is_none();
        if from || !alone {
            return None;
        }
        let b = Amount { start: b.start, end: b.end, number: b, measure: Measure::None, per: None, prefixed: false };
        Some(self.push_score(a, &b, b.end))
    }

    pub(super) fn push_score(&mut self, a: &Amount<'a>, b: &Amount<'a>, end: usize) -> usize {
        if is_name(&self.scan, &a.number, false) {
            return end;
        }
        let mut figure = self.figure(a.start, end, FigureKind::Score);
        let (x, y) = (a.number.value.value(), b.number.value.value());
        figure.value_min = Some(x.min(y));
        figure.value_max = Some(x.max(y));
        self.figures.push(figure);
        end
    }

    pub(super) fn push_fraction(&mut self, start: usize, end: usize, value: Decimal) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Fraction);
        set_value(&mut figure, value);
        figure.dimension = Some("ratio".to_owned());
        self.approximate(&mut figure, start, end);
        figure.item = self.item(end, false);
        self.figures.push(figure);
        end
    }

    pub(super) fn push_range(&mut self, low: &Amount<'a>, high: &Amount<'a>) -> usize {
        // "6-3, 4-6": a set among sets.
        let sets = low.number.plain > 0 && low.number.plain <= 2 && low.measure == Measure::None && high.measure == Measure::None;
        if sets
            && low.start > 1
            && self
                .figures
                .last()
                .is_some_and(|f| f.kind == FigureKind::Score && self.span(low.start - 2, low.start).start() <= f.span.end())
        {
            return self.push_score(low, high, high.end);
        }
        let mut joined = high.clone();
        joined.start = low.start;
        let (mut figure, end) = self.describe(&joined);
        if figure.kind == FigureKind::Date {
            self.figures.push(figure);
            return end;
        }
        let (a, b) = (low.number.value.value(), high.number.value.value());
        figure.value = None;
        figure.value_text = None;
        figure.value_min = Some(a.min(b));
        figure.value_max = Some(a.max(b));
        figure.si_value = None;
        figure.timex = None;
        if figure.kind == FigureKind::Number && figure.item.is_some() {
            figure.kind = FigureKind::Count;
        }
        if is_name(&self.scan, &low.number, low.measure == Measure::None) {
            return end;
        }
        self.figures.push(figure);
        end
    }
}
