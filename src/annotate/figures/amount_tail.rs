//! What goes on after an amount and its unit: "and a half", a smaller unit, feet and inches, "below zero", and a unit in brackets.

use super::amount::Amount;
use super::decimal::Decimal;
use super::number::{Form, Number, number};
use super::scan::{Scan, any, is};
use super::unit::{self, Measure};
use super::words::{Meaning, class};

/// "an hour and a half"
pub(super) fn half_after_unit(scan: &Scan, out: &mut Amount) {
    // "a year-and-a-half"
    let and_at = scan.over_hyphen(out.end);
    let and = is!(scan, and_at, "and");
    let a_at = scan.over_hyphen(and_at + 1);
    let a = usize::from(is!(scan, a_at, "a"));
    let share_at = if a > 0 { scan.over_hyphen(a_at + 1) } else { a_at };
    let (share, end) = match scan.word(share_at) {
        w if and && w.eq_ignore_ascii_case("half") => (Decimal::fraction(1, 2), share_at + 1),
        w if and && a > 0 && w.eq_ignore_ascii_case("quarter") => (Decimal::fraction(1, 4), share_at + 1),
        _ => return,
    };
    // "two hours and half the staff"
    if a == 0
        && (scan.is_word(end) && scan.near(end) && !(scan.has(end, class::AGO) || any!(scan, end, ["in", "from", "to", "at", "is", "was"])))
    {
        return;
    }
    if matches!(out.measure, Measure::Unit(_))
        && !is!(scan, end, "of")
        && let Some(sum) = out.number.value.plus(share)
    {
        out.number.value = sum;
        out.end = end;
    }
}

/// "two hours and 30 minutes", "2 km 300 metres": one amount, in the smaller unit, where it divides the larger.
pub(super) fn smaller_unit(scan: &Scan, out: &mut Amount) {
    for _ in 0..2 {
        let Measure::Unit(unit) = &out.measure else { return };
        if !matches!(unit.dimension, "time" | "length" | "mass") || out.number.value.as_int().is_none() {
            return;
        }
        let comma = usize::from(is!(scan, out.end, ",") && scan.touches(out.end));
        let at = out.end + comma + usize::from(is!(scan, out.end + comma, "and"));
        if !scan.near(at) || unit.dimension != "time" && comma > 0 {
            return;
        }
        let Some(below) = number(scan, at).filter(|n| n.form == Form::Cardinal && n.start == at && !n.scaled) else { return };
        let (index, end) = if below.rest.is_empty() {
            match unit::meaning(scan, scan.over_hyphen(below.end), below.digits) {
                Some((Meaning::Unit(index), end)) if scan.near(below.end) => (index, end),
                _ => return,
            }
        } else {
            // "2h 15m"
            let minutes = || scan.lexicon.phrase("minute").filter(|_| unit.id == "hour" && below.rest == "m");
            match minutes().or_else(|| scan.lexicon.abbreviation(below.rest)) {
                Some(Meaning::Unit(index)) => (index, below.end),
                _ => return,
            }
        };
        let small = scan.lexicon.units[usize::from(index)];
        let ratio = (unit.factor / small.factor).round();
        let whole = (unit.factor / small.factor - ratio).abs() < 1e-6 && ratio >= 2.0;
        let less = below.value.as_int().is_some_and(|n| n > 0 && (n as f64) < ratio);
        if small.dimension != unit.dimension || !whole || !less {
            return;
        }
        let Some(sum) = out.number.value.times(ratio as i64).and_then(|v| v.plus(below.value)) else { return };
        out.number.value = sum;
        out.end = end;
        out.measure = Measure::Unit(unit::of(scan, usize::MAX, index));
    }
}

/// "5 feet 2 inches", "6ft 2in": one length in feet.
pub(super) fn feet_and_inches(scan: &Scan, out: &mut Amount) {
    let Measure::Unit(unit) = &out.measure else { return };
    if unit.id != "foot" {
        return;
    }
    let at = scan.over_hyphen(out.end);
    let at = at + usize::from(matches!(scan.word(at), "," | "and"));
    if !scan.near(at) {
        return;
    }
    let Some(inches) = number(scan, at).filter(|n| n.form == Form::Cardinal && n.value.as_int().is_some_and(|v| v < 12)) else { return };
    let end = if inches.rest.is_empty() {
        match unit::meaning(scan, scan.over_hyphen(inches.end), inches.digits) {
            Some((Meaning::Unit(index), end)) if scan.lexicon.units[usize::from(index)].id == "inch" => end,
            None if is!(scan, inches.end, "in") && scan.word(out.end - 1) == "ft" => inches.end + 1,
            // "a 6-foot-4 guard"
            None if scan.joins(out.end) && scan.joins(out.end - 2) => inches.end,
            _ => return,
        }
    } else if inches.rest == "in" || inches.rest == "ins" {
        inches.end
    } else {
        return;
    };
    if let Some(sum) = inches.value.as_int().and_then(|v| out.number.value.plus(Decimal::fraction(v, 12))) {
        out.number.value = sum;
        out.end = end;
    }
}

/// "6'2\"", "5' 7\"": feet and inches by their marks.
pub(super) fn height_in_marks<'a>(scan: &Scan<'a>, found: &Number<'a>) -> Option<Amount<'a>> {
    let mark = found.end;
    let (inches, close) = (mark + 1, mark + 2);
    let small = |j: usize, below: u32| scan.is_number(j) && scan.word(j).len() <= 2 && scan.word(j).parse::<u32>().is_ok_and(|n| n < below);
    let marked = any!(scan, mark, ["'", "′"]) && scan.touches(mark) && any!(scan, close, ["\"", "”", "″", "“"]);
    if found.plain != 1 || !marked || !scan.touches(close) || !scan.near(inches) || !small(inches, 12) {
        return None;
    }
    let Some(Meaning::Unit(index)) = scan.lexicon.phrase("foot") else { return None };
    let value = found.value.plus(Decimal::fraction(scan.word(inches).parse().ok()?, 12))?;
    let number = Number { value, plain: 0, ..*found };
    let measure = Measure::Unit(unit::of(scan, usize::MAX, index));
    Some(Amount { number, start: found.start, end: close + 1, measure, per: None, prefixed: false })
}

/// "20 degrees below zero", "five below zero".
pub(super) fn below_zero(scan: &Scan, out: &mut Amount) {
    let warmth = match &out.measure {
        Measure::Unit(unit) => unit.dimension == "temperature" || unit.id == "degree",
        Measure::None => out.number.form == Form::Cardinal && !out.number.scaled && out.number.end == out.end,
        _ => false,
    };
    let said = is!(scan, out.end, "below") && any!(scan, out.end + 1, ["zero", "0"]) && scan.near(out.end) && scan.near(out.end + 1);
    if warmth && said && out.number.value.value() > 0.0 {
        out.number.value = out.number.value.negated();
        out.end += 2;
        if out.measure.is_none()
            && let Some(Meaning::Unit(index)) = scan.lexicon.phrase("degree")
        {
            out.measure = Measure::Unit(unit::of(scan, usize::MAX, index));
        }
    }
}

/// "20 (kg)", "20 [miles]": a unit alone in brackets after digits.
pub(super) fn in_brackets<'a>(scan: &Scan<'a>, found: &Number<'a>, at: usize) -> Option<Amount<'a>> {
    let close = match scan.word(at) {
        "(" => ")",
        "[" => "]",
        _ => return None,
    };
    if !found.digits || found.scaled || !scan.near(at) || !scan.touches(at + 1) {
        return None;
    }
    let (Meaning::Unit(index), end) = unit::meaning(scan, at + 1, false).or_else(|| {
        scan.lexicon.abbreviation(scan.word(at + 1)).filter(|_| scan.word(at + 1).len() > 1).map(|meaning| (meaning, at + 2))
    })?
    else {
        return None;
    };
    let measure = Measure::Unit(unit::of(scan, at + 1, index));
    let whole = scan.word(end) == close && scan.touches(end);
    whole.then(|| Amount { number: *found, start: found.start, end: end + 1, measure, per: None, prefixed: false })
}
