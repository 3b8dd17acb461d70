//! Figures that are one word, or a number bound to one: multiples ("twice", "three-fold", "2.5x") and ages by the decade ("her 30s").

use super::amount::Amount;
use super::build::{Builder, set_value};
use super::context::approx_before;
use super::date::time_unit;
use super::decimal::Decimal;
use super::number::{Form, Number};
use super::scan::{Scan, any, is};
use super::words::{Multiple, class};
use crate::document::{Approx, Case, FigureKind};

impl<'a> Builder<'a> {
    /// "several weeks", "a few days": a length with bounds; "a few years ago" is a day that nobody can name.
    pub(super) fn read_vague_time(&mut self, i: usize) -> Option<usize> {
        let scan = self.scan;
        let few = is!(scan, i, "few");
        let led = i > self.taken && i > 0 && few && scan.near(i) && any!(scan, i - 1, ["a", "last", "past", "next", "first"]);
        if few && !led {
            return None;
        }
        let unit = time_unit(scan, i + 1).filter(|_| scan.word(i + 1).ends_with(['s', 'S']) && !is!(scan, i + 1, "quarters"))?;
        let start = if few && is!(scan, i - 1, "a") { i - 1 } else { i };
        let end = i + 2;
        if any!(scan, end, ["ago", "later", "earlier"]) && scan.near(end) {
            let mut figure = self.figure(start, end + 1, FigureKind::Date);
            figure.approx = Some(Approx::Vague);
            self.figures.push(figure);
            return Some(end + 1);
        }
        let mut figure = self.figure(start, end, FigureKind::Duration);
        figure.value_min = Some(2.0);
        figure.value_max = Some(9.0);
        figure.approx = Some(Approx::Vague);
        figure.unit = Some(unit.into());
        figure.dimension = Some("time");
        self.figures.push(figure);
        Some(end)
    }

    /// "twice", "doubled", "threefold"; "double" only where it compares.
    pub(super) fn read_multiple_word(&mut self, i: usize, Multiple { halves, compares }: Multiple) -> Option<usize> {
        let scan = self.scan;
        // "the Bitcoin halving", "TWICE" the band
        let noun = is!(scan, i, "halving") && i > 0 && (is!(scan, i - 1, "the") || scan.case(i - 1).is_capitalised() && !scan.opens(i - 1));
        let shouted = scan.case(i) == Case::Upper && scan.case(i + 1) != Case::Upper && !(i > 0 && scan.case(i - 1) == Case::Upper);
        // "doubled down on it"
        let down = is!(scan, i + 1, "down") && scan.near(i + 1);
        if noun || shouted || down {
            return None;
        }
        if compares {
            let led = i > 0 && scan.has(i - 1, class::BEFORE_DOUBLE);
            let follows = scan.has(i + 1, class::AFTER_DOUBLE);
            if !(led && (follows || !scan.is_content(i + 1)) || follows && !any!(scan, i + 1, ["in", "to", "or", "by", "from"])) {
                return None;
            }
        }
        let mut figure = self.figure(i, i + 1, FigureKind::Multiple);
        set_value(&mut figure, Decimal::fraction(i64::from(halves), 2));
        figure.approx = approx_before(scan, i).map(|(approx, _)| approx);
        self.figures.push(figure);
        Some(i + 1)
    }

    /// "in her thirties", "aged 18 to 25" (the number is read later, from its own token).
    pub(super) fn read_age_word(&mut self, i: usize, decade: u8) -> Option<usize> {
        let decade = i64::from(decade);
        if !is_of_life(self.scan, i) {
            return None;
        }
        let low = if decade == 10 { 13 } else { decade };
        Some(self.push_bounds(i, i + 1, FigureKind::Age, low, decade + 9, "year-person"))
    }

    /// "three times the size", "three-fold", "2.5x".
    pub(super) fn read_multiple(&mut self, found: &Number<'a>) -> Option<usize> {
        let scan = self.scan;
        let next = scan.over_hyphen(found.end);
        let model = found.rest == "X" && found.value.value() >= 1000.0;
        let end = if matches!(found.rest, "x" | "X") && !model {
            found.end
        } else if !found.rest.is_empty() || !scan.near(next) || found.form == Form::Ordinal {
            return None;
        } else if is!(scan, next, "fold") || is!(scan, next, "times") && is_comparison(scan, found.start, next + 1) {
            next + 1
        } else {
            return None;
        };
        let mut figure = self.figure(found.start, end, FigureKind::Multiple);
        set_value(&mut figure, found.value);
        self.approximate(&mut figure, found.start, end);
        self.figures.push(figure);
        Some(end)
    }

    /// "10 to 20 times more", "a two- to threefold rise", "5-10x".
    pub(super) fn read_multiple_range(&mut self, low: &Amount<'a>, high: &Amount<'a>) -> Option<usize> {
        let bare = |a: &Amount| a.measure.is_none() && a.number.form == Form::Cardinal;
        if !bare(low) || !bare(high) {
            return None;
        }
        let before = self.figures.len();
        let end = self.read_multiple(&high.number)?;
        let span = self.span(low.start, end);
        let figure = self.figures.get_mut(before)?;
        figure.span = span;
        figure.value = None;
        figure.value_min = Some(low.number.value.value());
        figure.value_max = Some(high.number.value.value());
        figure.approx = approx_before(self.scan, low.start).map(|(approx, _)| approx);
        Some(end)
    }

    /// "her 30s" is an age; "737s" and "2000s" without a cue are nothing.
    pub(super) fn read_decade_of_life(&mut self, found: &Number<'a>) -> usize {
        let scan = self.scan;
        let i = found.start;
        if let Some(value) = found.value.as_int().filter(|v| (20..=90).contains(v) && v % 10 == 0)
            && is_of_life(scan, i)
        {
            return self.push_bounds(i, found.end, FigureKind::Age, value, value + 9, "year-person");
        }
        // "under-16s", "over 75s"; "the Under-21s" are a team.
        let lead = if i > 1 && scan.is_hyphen(i - 1) { i - 2 } else { i.saturating_sub(1) };
        let opens = scan.opens(lead);
        let approx = match scan.word(lead) {
            "under" => Approx::Under,
            "over" => Approx::Over,
            "Under" if opens => Approx::Under,
            "Over" if opens => Approx::Over,
            _ => return found.end,
        };
        if found.value.as_int().is_some_and(|v| (2..=110).contains(&v)) {
            let mut figure = self.figure(i, found.end, FigureKind::Age);
            set_value(&mut figure, found.value);
            figure.unit = Some("year-person".into());
            figure.dimension = Some("time");
            figure.approx = Some(approx);
            if approx == Approx::Under {
                figure.value_min = None;
            } else {
                figure.value_max = None;
            }
            self.figures.push(figure);
        }
        found.end
    }
}

/// Whether the decade at token `i` is of somebody's life: "her 30s", "their mid-fifties".
pub(super) fn is_of_life(scan: &Scan, i: usize) -> bool {
    let owned = |j: usize| j > 0 && scan.has(j - 1, class::POSSESSIVE) && !is!(scan, j - 1, "its");
    // "in his mid- to late 20s"
    let part_word = |j: usize| scan.has(j, class::EARLY) || any!(scan, j, ["to", "or", "and"]) || scan.is_hyphen(j);
    let first = (i.saturating_sub(6)..i).rev().take_while(|&j| part_word(j) && scan.near(j + 1)).last();
    if let Some(first) = first.filter(|&first| scan.has(first, class::EARLY) && owned(first)) {
        return first > 0;
    }
    let dashed = i > 0 && scan.is_hyphen(i - 1) && scan.touches(i);
    let part = i - usize::from(dashed);
    owned(i) || part > 0 && (scan.has(part - 1, class::EARLY) || is!(scan, part - 1, "middle")) && owned(part - 1)
}

/// "three times the size", "almost 10 times", but not "three times a week".
fn is_comparison(scan: &Scan, start: usize, after: usize) -> bool {
    let up = start > 0 && scan.has(start - 1, class::TREND_UP | class::TREND_DOWN) && !scan.is_content(after);
    up || scan.has(after, class::COMPARE) || approx_before(scan, start).is_some() && !any!(scan, after, ["in", "a", "on", "per", "at"])
}
