//! Figures of two numbers: scores ("52 votes to 48"), shares ("one in five") and ranges ("10-15%"), and how their fields are filled.

use super::amount::{Amount, amount};
use super::build::{Builder, set_value};
use super::calendar::{duration, shifted};
use super::context::{approx_before, is_name};
use super::date_clock::is_lap;
use super::decimal::Decimal;
use super::number::{Form, Number, number};
use super::scan::{Scan, any, is};
use super::unit::{Measure, meaning};
use super::words::class;
use crate::document::{Approx, Case, Figure, FigureKind, RangeRole};
use crate::span::Span;
use jiff::civil::Date;

/// Most tokens of the start or of its day.
const ROLE_REACH: usize = 8;

impl<'a> Builder<'a> {
    /// "rose 11% to $5m, from $4.5m": the goal stands first, the start after it.
    pub(super) fn role_after_the_goal(&mut self, a: &Amount<'a>, figure: &mut Figure) {
        let scan = self.scan;
        if a.start < 2 || !is!(scan, a.start - 1, "from") || figure.role.is_some() || figure.kind == FigureKind::Date {
            return;
        }
        let from = a.start - 1 - usize::from(is!(scan, a.start - 2, ","));
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

    /// "fell from $176 on Monday to around $159", "from over 1.2 m to about 13 cm": the start, perhaps its day, and the goal.
    pub(super) fn role_after_the_start(&mut self, a: &Amount<'a>, figure: &mut Figure) {
        let scan = self.scan;
        if !leads_to(scan, a.start) {
            return;
        }
        let said = approx_before(scan, a.start).map_or(a.start, |(_, first)| first);
        // "to a low of $23"
        let level = said > 3
            && is!(scan, said - 1, "of")
            && any!(scan, said - 2, ["low", "high", "record", "peak", "total", "minimum", "maximum"])
            && any!(scan, said - 3, ["a", "an"]);
        let said = if level { said - 3 } else { said };
        let Some(to) = said.checked_sub(1).filter(|&to| to > 1 && is!(scan, to, "to") && figure.role.is_none()) else { return };
        let first_token = |figure: &Figure, end: usize| {
            let reach = end.saturating_sub(ROLE_REACH)..end;
            let ends = figure.span.end() == scan.tokens[end - 1].span.end();
            reach.into_iter().find(|&j| scan.tokens[j].span.start() == figure.span.start()).filter(|_| ends)
        };
        let mut before = self.figures.iter_mut().rev();
        let Some(mut start) = before.next() else { return };
        let mut end = to;
        if matches!(start.kind, FigureKind::Date | FigureKind::Time) {
            let Some(day) = first_token(start, end) else { return };
            end = day - usize::from(day > 1 && any!(scan, day - 1, ["in", "on", "at"]));
            let Some(of_the_day) = before.next().filter(|_| end > 1) else { return };
            start = of_the_day;
        }
        let alike = start.kind == figure.kind
            && start.dimension == figure.dimension
            && (start.unit == figure.unit || figure.kind != FigureKind::Money);
        let Some(first) = first_token(start, end).filter(|_| alike && start.role.is_none()) else { return };
        let from = approx_before(scan, first).map_or(first, |(_, first)| first);
        let told = from > 1 && is!(scan, from - 1, "from") && !scan.has(from - 2, class::RANGING);
        if told
            && matches!(
                figure.kind,
                FigureKind::Money | FigureKind::Percent | FigureKind::Quantity | FigureKind::Count | FigureKind::Number
            )
        {
            start.role = Some(RangeRole::From);
            figure.role = Some(RangeRole::To);
        }
    }

    /// "fell to 312 million euros from 498 million", "at 4.1%, up from 3.8": the second has the unit of the first.
    pub(super) fn measure_of_the_goal(&self, a: &Amount<'a>) -> Option<Measure> {
        let scan = self.scan;
        if a.start < 2 || !is!(scan, a.start - 1, "from") {
            return None;
        }
        let bare = a.measure.is_none() && a.number.form == Form::Cardinal && a.number.digits && a.number.rest.is_empty();
        let ends = !scan.is_content(a.end) && !scan.is_hyphen(a.end) && !is!(scan, a.end, "to");
        if !bare || !ends {
            return None;
        }
        let mut from = a.start - 1;
        from -= usize::from(any!(scan, from - 1, ["up", "down", "higher", "lower"]));
        from -= usize::from(from > 0 && is!(scan, from - 1, ","));
        let goal = self.figures.last().filter(|f| from > 0 && scan.tokens[from - 1].span.end() == f.span.end())?;
        let large = a.number.scaled || a.number.value.value() >= 1000.0 && a.number.plain == 0;
        match (goal.kind, goal.unit.as_deref()) {
            (FigureKind::Money, Some(unit)) if large && goal.per.is_none() => scan.lexicon.code(unit).map(Measure::Money),
            (FigureKind::Percent, Some("percent")) if !a.number.scaled && a.number.value.value() < 200.0 => Some(Measure::Percent),
            _ => None,
        }
    }

    /// "from 35 percent to 20": the second is a share as the first is.
    pub(super) fn measure_of_the_start(&self, a: &Amount<'a>) -> Option<Measure> {
        let scan = self.scan;
        if !a.measure.is_none() || !leads_to(scan, a.start) {
            return None;
        }
        let said = approx_before(scan, a.start).map_or(a.start, |(_, first)| first);
        if said < 3 || !is!(scan, said - 1, "to") || a.number.scaled || a.number.value.value() >= 200.0 {
            return None;
        }
        let bare = a.number.form == Form::Cardinal && a.number.digits && a.number.rest.is_empty();
        let ends = !scan.is_content(a.end) && !scan.is_hyphen(a.end) && !any!(scan, a.end, ["to", "of", "/", ":"]);
        let start = self.figures.last().filter(|f| f.kind == FigureKind::Percent && f.unit.as_deref() == Some("percent"))?;
        let adjoins = scan.tokens[said - 2].span.end() == start.span.end();
        let from = (said.saturating_sub(ROLE_REACH)..said).any(|j| is!(scan, j, "from"));
        (bare && ends && adjoins && from).then_some(Measure::Percent)
    }

    /// "more than 10 and less than 40": the bound just read and the one that follows are one range.
    pub(super) fn other_bound(&mut self, end: usize) -> Option<usize> {
        let scan = self.scan;
        let above = |approx| matches!(approx, Approx::Over | Approx::AtLeast);
        let below = |approx| matches!(approx, Approx::Under | Approx::AtMost | Approx::UpTo);
        let first = self.figures.last()?;
        let (one, value) = (first.approx.filter(|&a| above(a) || below(a))?, first.value?);
        let comma = usize::from(is!(scan, end, ","));
        let joined = usize::from(any!(scan, end + comma, ["and", "but"]));
        if comma + joined == 0 {
            return None;
        }
        let from = end + comma + joined;
        let at = (from + 1..from + 7)
            .find(|&j| scan.is_number(j) || scan.entry(j).number.is_some() || scan.lexicon.sign(scan.word(j)).is_some() || !scan.near(j))?;
        // "below a half"
        let at = at - usize::from(is!(scan, at - 1, "a") && at > from + 1);
        let (other, words) = approx_before(scan, at)?;
        let b = amount(scan, at, self.sterling).filter(|b| matches!(b.number.form, Form::Cardinal | Form::Fraction))?;
        if words != from || !(above(one) && below(other) || below(one) && above(other)) {
            return None;
        }
        let mut second = self.figure(b.start, b.end, FigureKind::Number);
        let after = self.describe(&b, &mut second);
        let high = second.value?;
        let first = self.figures.last_mut()?;
        let alike = first.unit == second.unit || first.unit.is_none();
        if !alike || value == high || (value < high) != above(one) || matches!(first.kind, FigureKind::Age | FigureKind::Date) {
            return None;
        }
        first.span = Span::new(first.span.start(), second.span.end());
        if first.unit.is_none() {
            first.kind = second.kind;
            first.unit = second.unit;
            first.dimension = second.dimension;
        }
        first.item = second.item.or(first.item.take());
        first.value = None;
        first.value_text = None;
        first.si_value = None;
        first.approx = None;
        first.value_min = Some(value.min(high));
        first.value_max = Some(value.max(high));
        Some(after)
    }

    /// "from November 20 to December 11": two days with their roles.
    pub(super) fn role_of_day(&self, figure: &mut Figure, start: usize, end: usize) {
        let scan = self.scan;
        if figure.kind != FigureKind::Date || start == 0 {
            return;
        }
        if is!(scan, start - 1, "from") && any!(scan, end, ["to", "through", "until"]) {
            figure.role = Some(RangeRole::From);
        } else if any!(scan, start - 1, ["to", "through", "until"])
            && start > 1
            && self.figures.last().is_some_and(|f| f.role == Some(RangeRole::From) && f.span.end() == scan.tokens[start - 2].span.end())
        {
            figure.role = Some(RangeRole::To);
        }
    }

    /// "2018 or later", "later than 2018", "1 March or earlier": a period that is open on one side.
    pub(super) fn open_side(&self, figure: &mut Figure, start: usize, end: usize) {
        let scan = self.scan;
        if figure.kind != FigureKind::Date || figure.date_start.is_none() || figure.timex.is_none() {
            return;
        }
        let closes = |j: usize| !scan.is_word(j) || !scan.near(j);
        let joined = is!(scan, end, "or") || is!(scan, end, "and") && closes(end + 2);
        if joined && scan.near(end) && any!(scan, end + 1, ["later", "after", "newer", "beyond", "onward", "onwards"]) {
            figure.date_end = None;
            figure.approx = Some(Approx::AtLeast);
        } else if joined && scan.near(end) && any!(scan, end + 1, ["earlier", "older", "before"]) {
            figure.date_start = None;
            figure.approx = Some(Approx::AtMost);
        } else if start > 1 && is!(scan, start - 1, "than") && any!(scan, start - 2, ["later", "newer"]) && scan.near(start) {
            // "no later than 2018", "two years later than 2018"
            let counted = start > 3 && (scan.is_article(start - 4) || scan.entry(start - 4).number.is_some() || scan.is_number(start - 4));
            let no =
                start > 2 && (any!(scan, start - 3, ["no", "not", "n't", "much"]) || counted && scan.entry(start - 3).time_unit.is_some());
            let last = figure.date_end.as_deref().and_then(|day| day.parse::<Date>().ok());
            if let Some(next) = last.filter(|_| !no).and_then(|day| shifted(day, 1)) {
                figure.date_start = Some(next.into());
                figure.date_end = None;
                figure.approx = Some(Approx::Over);
            }
        }
    }

    /// "52 votes to 48", "two games to one".
    pub(super) fn read_score(&mut self, a: &Amount<'a>) -> Option<usize> {
        let scan = self.scan;
        if !a.measure.is_none()
            || a.number.form != Form::Cardinal
            || a.number.scaled
            || !scan.is_plural(a.end)
            || !is!(scan, a.end + 1, "to")
        {
            return None;
        }
        let from = a.start > 0 && any!(scan, a.start - 1, ["from", "of"]);
        let b = number(scan, a.end + 2)
            .filter(|n| n.form == Form::Cardinal && !n.scaled && n.rest.is_empty() && n.digits == a.number.digits)?;
        let alone = !scan.is_content(b.end) && !scan.is_hyphen(b.end) && meaning(scan, b.end, b.digits).is_none();
        // "rose 150 points to 34,000": a change, and where it led.
        let is_small = |number: &Number| !number.digits || (1..=3).contains(&number.plain);
        let changed = |j: usize| scan.has(j, class::TREND_UP | class::TREND_DOWN) && !scan.has(j, class::SPORT);
        let led = (a.start.saturating_sub(2)..a.start).any(changed);
        if from || led || !is_small(&a.number) || !is_small(&b) || !alone {
            return None;
        }
        let b = Amount { start: b.start, end: b.end, number: b, measure: Measure::None, per: None, prefixed: false };
        Some(self.push_score(a, &b, b.end))
    }

    pub(super) fn push_score(&mut self, a: &Amount<'a>, b: &Amount<'a>, end: usize) -> usize {
        // "a Boeing 787-9"
        let model = a.start > 0 && self.scan.has(a.start - 1, class::NAMING) && self.scan.case(a.start - 1).is_capitalised();
        if is_name(self.scan, &a.number, false) || model {
            return end;
        }
        let mut figure = self.figure(a.start, end, FigureKind::Score);
        let (x, y) = (a.number.value.value(), b.number.value.value());
        figure.value_min = Some(x.min(y));
        figure.value_max = Some(x.max(y));
        self.figures.push(figure);
        end
    }

    /// "a 4:1 ratio" is a score, "won in 3:33.45" a time; the clock's "10:30" is read before.
    pub(super) fn read_colon(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let (first, second) = (scan.word(i), scan.word(i + 2));
        let joined = is!(scan, i + 1, ":") && scan.touches(i + 1) && scan.touches(i + 2);
        if !joined || !scan.is_number(i) || !scan.is_number(i + 2) {
            return None;
        }
        let plain = |w: &str| w.len() <= 3 && w.bytes().all(|b| b.is_ascii_digit());
        if let Some(end) = self.read_lap(i) {
            return Some(end);
        }
        let chained = is!(scan, i + 3, ":") && scan.touches(i + 3) || i > 0 && scan.touches(i) && !any!(scan, i - 1, ["(", "“"]);
        if !plain(first) || chained {
            return None;
        }
        let end = i + 3;
        if second.len() > 3 && second.as_bytes()[2] == b'.' && second.bytes().filter(|&b| b != b'.').all(|b| b.is_ascii_digit()) {
            let value = Decimal::parse(second)?.plus(Decimal::whole(first.parse::<i64>().ok()?).times(60)?)?;
            return Some(self.push_seconds(i, end, value));
        }
        let (a, b) = (number(scan, i)?, number(scan, i + 2)?);
        if !plain(second) || a.end != i + 1 || b.end != end {
            return None;
        }
        // "Suspect flees 10:54", "Who they are 02:41": the length of a recording.
        let ends = end >= scan.tokens.len() || scan.gap(end) >= crate::document::Gap::Line;
        let recording = second.len() == 2 && ends && i > 0 && (first.starts_with('0') || !scan.has(i - 1, class::FUNCTION));
        // "Genesis 38:8-10", "(29:30)": verses and places in a recording.
        let told = i > 0 && scan.is_word(i - 1) && scan.near(i) && scan.case(i - 1) == Case::Lower;
        if !told || recording || scan.is_dash(end) && scan.touches(end) && scan.is_number(end + 1) {
            return Some(if scan.is_dash(end) && scan.is_number(end + 1) { end + 2 } else { end });
        }
        let amount = |number: Number<'a>| Amount {
            start: number.start,
            end: number.end,
            number,
            measure: Measure::None,
            per: None,
            prefixed: false,
        };
        Some(self.push_score(&amount(a), &amount(b), end))
    }

    /// "in 2:01:09": hours, minutes and seconds that something took.
    fn read_lap(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let part = |j: usize| scan.word(j).parse::<i64>().ok().filter(|n| scan.word(j).len() <= 2 && *n < 60);
        if !is_lap(scan, i) {
            return None;
        }
        let seconds = Decimal::parse(scan.word(i + 4)).filter(|s| s.is_below(Decimal::whole(60)))?;
        let value = Decimal::whole(part(i)? * 3600 + part(i + 2)? * 60).plus(seconds)?;
        Some(self.push_seconds(i, i + 5, value))
    }

    /// Adds so many seconds told by the clock ("2:01:09"), and gives `end`.
    fn push_seconds(&mut self, start: usize, end: usize, value: Decimal) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Duration);
        set_value(&mut figure, value);
        figure.unit = Some("second".into());
        figure.dimension = Some("time");
        figure.si_unit = Some("second".into());
        figure.si_value = figure.value;
        figure.timex = value.text().and_then(|text| duration(&text, "second"));
        self.figures.push(figure);
        end
    }

    pub(super) fn push_fraction(&mut self, start: usize, end: usize, value: Decimal) -> usize {
        let mut figure = self.figure(start, end, FigureKind::Fraction);
        set_value(&mut figure, value);
        figure.dimension = Some("ratio");
        self.approximate(&mut figure, start, end);
        figure.item = self.item(end, false);
        self.figures.push(figure);
        end
    }

    pub(super) fn push_range(&mut self, low: &Amount<'a>, high: &Amount<'a>) -> usize {
        // "6-3, 4-6": a set among sets.
        let sets = low.number.plain > 0 && low.number.plain <= 2 && low.measure.is_none() && high.measure.is_none();
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
        let mut figure = self.figure(joined.start, joined.end, FigureKind::Number);
        let end = self.describe(&joined, &mut figure);
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
        if is_name(self.scan, &low.number, low.measure.is_none()) {
            return end;
        }
        self.figures.push(figure);
        end
    }
}

/// Whether "to" stands not far before token `i`: asked of every amount, before what is dearer.
fn leads_to(scan: &Scan, i: usize) -> bool {
    (i.saturating_sub(ROLE_REACH)..i).any(|j| is!(scan, j, "to"))
}
