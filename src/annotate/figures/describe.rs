//! Fills the fields of a figure from the amount it is of and the words around it: kind, unit, age, item, exactness, trend.

use super::amount::Amount;
use super::build::{Builder, set_value};
use super::calendar::{Period, duration};
use super::context::{approx_after, approx_before, trend};
use super::date::{When, moved};
use super::date_joint::counted_from;
use super::date_period::after_duration;
use super::items::{counted, of_whom};
use super::number::Form;
use super::readings::{age_after, aged_before, is_age, limit_of_people};
use super::scan::{Scan, any, is};
use super::unit::{Measure, MeasureUnit, per};
use super::words::class;
use crate::document::{Approx, Figure, FigureKind};
use jiff::civil::Date;

/// How many figures back a day is looked for that "later" counts from.
const DATE_REACH: usize = 12;

impl<'a> Builder<'a> {
    /// Fills the figure of an amount, and gives the token after it.
    pub(super) fn describe(&mut self, a: &Amount<'a>, figure: &mut Figure) -> usize {
        let scan = self.scan;
        let found = &a.number;
        let mut end = a.end;
        set_value(figure, found.value);
        figure.per.clone_from(&a.per);
        match &a.measure {
            Measure::Money(currency) => {
                figure.kind = FigureKind::Money;
                figure.value_text = found.value.text();
                let home = match currency.code {
                    _ if !currency.assumed => None,
                    "USD" => self.home_dollar(),
                    code => self.money_of_the_country(code, a.start),
                };
                figure.unit = Some(home.unwrap_or(currency.code).into());
                figure.unit_assumed = currency.assumed;
                figure.dimension = Some("currency");
                self.sterling |= currency.code == "GBP";
            }
            Measure::Percent | Measure::PercentagePoint | Measure::BasisPoint => {
                self.percent_in = Some(self.sentence);
                let (unit, share) = match a.measure {
                    Measure::Percent => ("percent", 1e-2),
                    Measure::PercentagePoint => ("percentage-point", 1e-2),
                    _ => ("basis-point", 1e-4),
                };
                figure.kind = FigureKind::Percent;
                figure.unit = Some(unit.into());
                figure.dimension = Some("ratio");
                figure.si_value = figure.value.map(|v| v * share);
                figure.item = of_whom(scan, end).map(|after| self.words(end, after));
            }
            Measure::Unit(unit) => end = self.describe_unit(a, unit, figure),
            Measure::None => end = self.describe_bare(a, figure),
        }
        if figure.kind == FigureKind::Date {
            return end;
        }
        if found.form == Form::Vague {
            figure.value = None;
            figure.value_text = None;
            figure.si_value = None;
            figure.value_min = Some(found.value.value());
            figure.value_max = found.high;
            figure.approx = Some(Approx::Vague);
        } else {
            let before = self.approximate(figure, a.start, end);
            if matches!(
                figure.kind,
                FigureKind::Money
                    | FigureKind::Percent
                    | FigureKind::Quantity
                    | FigureKind::Count
                    | FigureKind::Number
                    | FigureKind::Fraction
            ) {
                figure.trend = trend(scan, before, end);
                // "raised $4m" from its backers: nothing rose.
                if figure.kind == FigureKind::Money && before > 0 && any!(scan, before - 1, ["raise", "raised", "raises", "raising"]) {
                    figure.trend = None;
                }
            }
            // A suffix is no word of its own.
            if !scan.is_plain(end)
                && let Some((_, suffix)) = approx_after(scan, end).filter(|&(_, suffix)| suffix > end)
            {
                figure.span = self.span(a.start, suffix);
                if figure.item.is_none() && figure.kind == FigureKind::Number {
                    figure.item = self.item(suffix, false);
                    if figure.item.is_some() {
                        figure.kind = FigureKind::Count;
                    }
                }
                end = suffix;
            }
        }
        end
    }

    pub(super) fn describe_unit(&mut self, a: &Amount<'a>, unit: &MeasureUnit, figure: &mut Figure) -> usize {
        let scan = self.scan;
        let end = a.end;
        figure.unit = Some(unit.id.clone());
        figure.dimension = Some(unit.dimension);
        figure.kind = FigureKind::Quantity;
        if !unit.si_unit.is_empty() {
            figure.si_unit = Some(unit.si_unit.clone());
            figure.si_value = figure.value.map(|v| v.mul_add(unit.factor, unit.offset));
        }
        if unit.dimension != "time" {
            return end;
        }
        figure.kind = FigureKind::Duration;
        if let Some(after) = age_after(scan, end).filter(|_| matches!(&*unit.id, "year" | "month" | "week" | "day")) {
            figure.kind = FigureKind::Age;
            figure.unit = Some(format!("{}-person", unit.id).into());
            figure.span = self.span(a.start, after);
            return after;
        }
        // "between the ages of 63 and 99 years"
        let aged = unit.id == "year" && aged_before(scan, a.start);
        let under = a.start > 0 && is!(scan, a.start - 1, "under");
        let limit = under && matches!(&*unit.id, "year" | "month") && limit_of_people(scan, a);
        if a.end == a.number.end + 1 && (aged || limit) {
            figure.kind = FigureKind::Age;
            figure.unit = Some(format!("{}-person", unit.id).into());
            return end;
        }
        let count = a.number.value.as_int();
        if any!(scan, end, ["later", "earlier"]) && scan.near(end) && matches!(&*unit.id, "day" | "week" | "month" | "year" | "decade") {
            *figure = self.date_counted_from_the_last(a.start, end, count, &unit.id);
            return end + 1;
        }
        let placed = after_duration(scan, a.start, end, count, &unit.id);
        if let Some(when) = placed.or_else(|| counted_from(scan, a.start, end, count, &unit.id)) {
            let after = when.end;
            *figure = self.when_figure(When { start: when.start.max(self.taken), ..when });
            return after;
        }
        if let Some(text) = a.number.value.text() {
            figure.timex = duration(&text, &unit.id);
        }
        if let Some((per, _)) = per(scan, end).filter(|_| unit.id != "year") {
            figure.per = Some(per);
        }
        end
    }

    /// "three years later": counted from the last day the text named, not from the day of publication.
    fn date_counted_from_the_last(&self, start: usize, end: usize, count: Option<i64>, unit: &str) -> Figure {
        let later = is!(self.scan, end, "later");
        let named = self.figures.iter().rev().take(DATE_REACH).find_map(|f| {
            let (first, last) = (f.date_start.as_deref()?.parse::<Date>().ok()?, f.date_end.as_deref()?.parse::<Date>().ok()?);
            Some((first, last))
        });
        let period = named.zip(count.filter(|n| *n < 20_000)).and_then(|((first, last), n)| {
            let n = if later { n } else { -n };
            let day = moved(first, unit, n)?;
            let year = i32::from(day.year());
            Some(match unit {
                "year" | "decade" => Period::years(year, year),
                // A length in days from a whole year says no day.
                _ if first != last => return None,
                "month" => Period::month(year, day.month().unsigned_abs()),
                "week" => Period::week(day)?,
                _ => Period::of_day(day),
            })
        });
        let period = period.map_or_else(|| Period::open(String::new()), Period::anchored);
        self.when_figure(When { start, end: end + 1, kind: FigureKind::Date, period })
    }

    pub(super) fn describe_bare(&mut self, a: &Amount<'a>, figure: &mut Figure) -> usize {
        let scan = self.scan;
        let found = &a.number;
        let end = a.end;
        match found.form {
            Form::Ordinal => {
                figure.kind = FigureKind::Ordinal;
                return end;
            }
            // "a quarter point", "a half-percentage-point"
            Form::Fraction if any!(scan, scan.over_hyphen(end), ["point", "points"]) && scan.near(scan.over_hyphen(end)) => {
                return self.points(figure, a.start, scan.over_hyphen(end) + 1);
            }
            // "a tenth of a point below forecasts" in a sentence of percentages
            Form::Fraction
                if self.percent_in == Some(self.sentence)
                    && is!(scan, end, "of")
                    && scan.is_article(end + 1)
                    && is!(scan, end + 2, "point") =>
            {
                return self.points(figure, a.start, end + 3);
            }
            Form::Fraction => {
                figure.kind = if found.digits && found.value.value() > 1.0 { FigureKind::Number } else { FigureKind::Fraction };
                figure.dimension = Some("ratio");
                figure.item = of_whom(scan, end).map(|after| self.words(end, after));
                return end;
            }
            Form::Cardinal | Form::Vague => {}
        }
        // "0.3 points lower" in a sentence of percentages.
        if found.form == Form::Cardinal && self.percent_in == Some(self.sentence) && points_of_a_share(scan, a.start, end) {
            return self.points(figure, a.start, scan.over_hyphen(end) + 1);
        }
        // "a patient, 87 yo"
        if found.plain > 0 && is!(scan, end, "yo") && scan.near(end) {
            figure.kind = FigureKind::Age;
            figure.unit = Some("year-person".into());
            figure.dimension = Some("time");
            figure.span = self.span(a.start, end + 1);
            return end + 1;
        }
        if is_age(scan, a) {
            figure.kind = FigureKind::Age;
            figure.unit = Some("year-person".into());
            figure.dimension = Some("time");
            return end;
        }
        let of = end + usize::from(found.form == Form::Vague && is!(scan, end, "of"));
        let noun = if found.scaled || found.form == Form::Vague { of } else { scan.over_hyphen(of) };
        let hyphened = noun != of;
        let one = found.value.as_int() == Some(1) || hyphened;
        let noun = if hyphened && scan.has(noun, class::STRONG) { noun + 1 } else { noun };
        let noun = if hyphened { noun } else { past_more(scan, noun) };
        let after = if hyphened && scan.is_content(noun) { Some(noun + 1) } else { counted(scan, noun, one) };
        // "20 or so dogs", "12 or more people"
        let so = end + 2;
        let loosely =
            after.is_none() && is!(scan, end, "or") && any!(scan, end + 1, ["so", "more", "fewer"]) && scan.near(end) && scan.near(so);
        let (noun, after) = if loosely { (so, counted(scan, so, false)) } else { (noun, after) };
        if let Some(after) = after {
            figure.kind = FigureKind::Count;
            figure.item = Some(self.words(noun, after));
            figure.per = per(scan, after).map(|(per, _)| per);
        } else if found.form == Form::Vague {
            figure.kind = FigureKind::Count;
        } else if is!(scan, end, "per") {
            figure.per = per(scan, end).map(|(per, _)| per);
        }
        end
    }

    /// Makes a figure one of percentage points.
    fn points(&self, figure: &mut Figure, start: usize, end: usize) -> usize {
        figure.kind = FigureKind::Percent;
        figure.unit = Some("percentage-point".into());
        figure.dimension = Some("ratio");
        figure.si_value = figure.value.map(|v| v * 1e-2);
        figure.span = self.span(start, end);
        end
    }

    /// Fills the exactness of a figure and with it its bounds; gives the first token of the words that say so.
    pub(super) fn approximate(&self, figure: &mut Figure, start: usize, end: usize) -> usize {
        // "$2 million over three years" is spread over them, not exceeded.
        // "under one roof", "a book about one man"
        let roof = |first: usize| {
            // "about one child a day", "about one for every 100" are measured.
            let rate = || figure.per.is_some() || (start..start + RATE_REACH).any(|j| any!(self.scan, j, ["every", "per"]));
            let led = any!(self.scan, first, ["under", "over"]) || is!(self.scan, first, "about") && !rate();
            figure.value == Some(1.0) && is!(self.scan, start, "one") && first + 1 == start && led
        };
        // "Over 10 years of experience", "backed by over two decades of work"
        let leads_on = |first: usize| {
            let scan = self.scan;
            scan.opens(first) || scan.near(first) && (scan.has(first - 1, class::PREPOSITION) || is!(scan, first - 1, "and"))
        };
        // "leads up to a second wave"
        let ranked = figure.kind == FigureKind::Ordinal && start > 0 && self.scan.is_article(start - 1);
        let found = approx_before(self.scan, start)
            .filter(|&(_, first)| !(ranked || roof(first) && figure.kind == FigureKind::Count))
            .filter(|&(_, first)| {
                figure.kind != FigureKind::Duration
                    || first + 1 != start
                    || !is!(self.scan, first, "over")
                    || first > 0 && self.scan.has(first - 1, class::EXCEEDED)
                    || is!(self.scan, end, "of") && self.scan.near(end) && leads_on(first)
            });
        // "40+ million", "20-plus miles"
        let within = || {
            let suffix = |j: &usize| !self.scan.is_plain(*j) && self.scan.touches(*j);
            (start + 1..end).filter(suffix).find_map(|j| approx_after(self.scan, j).filter(|&(_, after)| j < after && after <= end))
        };
        let plus = || within().map(|(approx, _)| approx);
        // "$85,000 plus bonus": a sum.
        let summed = figure.kind == FigureKind::Money && is!(self.scan, end, "plus") && self.scan.is_content(end + 1);
        let after = || approx_after(self.scan, end).filter(|_| !summed).map(|(approx, _)| approx);
        let approx = found.map(|(approx, _)| approx).or_else(after).or_else(plus);
        if let Some(approx) = approx {
            figure.approx = Some(approx);
            match approx {
                Approx::Over | Approx::AtLeast => figure.value_max = None,
                Approx::Under | Approx::AtMost | Approx::UpTo => figure.value_min = None,
                Approx::About | Approx::Almost | Approx::Vague => {}
            }
        }
        found.map_or(start, |(_, first)| first)
    }

    pub(super) fn item(&self, i: usize, one: bool) -> Option<String> {
        let start = past_more(self.scan, i);
        counted(self.scan, start, one).map(|end| self.words(start, end))
    }

    pub(super) fn words(&self, start: usize, end: usize) -> String {
        self.span(start, end).of(self.scan.text).to_owned()
    }
}

/// How far after "one" the words of a rate are looked for.
const RATE_REACH: usize = 7;

/// How far back the name of an index is looked for.
const INDEX_REACH: usize = 9;

/// "0.3 points lower" beside a percentage; not "or 45.6 points" of an index, nor points that a team scores.
fn points_of_a_share(scan: &Scan, start: usize, end: usize) -> bool {
    let noun = scan.over_hyphen(end);
    let led = start > 0 && scan.has(start - 1, class::SCORING);
    let clause = (start.saturating_sub(INDEX_REACH)..start).rev().take_while(|&j| !any!(scan, j, [";", ".", "("]));
    // "the FTSE 100 lost 45 points": of an index
    let index = || clause.into_iter().any(|j| scan.has(j, class::INDEX));
    any!(scan, noun, ["point", "points"]) && !led && !index()
}

/// "two more ferries", "three other ports": what is counted starts past "more".
fn past_more(scan: &Scan, i: usize) -> usize {
    if any!(scan, i, ["more", "fewer", "further", "other", "such"]) && scan.near(i) && scan.near(i + 1) { i + 1 } else { i }
}
