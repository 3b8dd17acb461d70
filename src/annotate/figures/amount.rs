//! A number with what it is of: a currency, a share, a unit of measure, or nothing. Joins sign, number, scale word, unit, smaller
//! coin ("15 dollars and 45 cents") and what it is per ("$40 a barrel", "90 miles an hour").

use super::amount_tail::{below_zero, feet_and_inches, half_after_unit, height_in_marks, in_brackets, smaller_unit};
use super::money::{after_currency, bracketed_loss, code_before, pounds_are_money, scale_after, signed_money, smaller_coin};
use super::number::{Form, Number, number};
use super::scan::{Scan, any, is};
use super::unit::{self, Measure};
use super::words::{Currency, Meaning, class};
use crate::document::{Case, TokenKind};
use std::borrow::Cow;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount<'a> {
    pub(super) number: Number<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) measure: Measure,
    /// What money is per; units of measure carry it in their own name.
    pub(super) per: Option<Cow<'static, str>>,
    /// A sign or code stands before the number: another number right after may share it.
    pub(super) prefixed: bool,
}

/// The amount whose first token is `i`: a number, a sign, a minus or a bracket.
pub(super) fn amount<'a>(scan: &Scan<'a>, i: usize, sterling: bool) -> Option<Amount<'a>> {
    amount_of(scan, i, None, sterling)
}

/// The same where the number at token `i` is known.
pub(super) fn amount_of<'a>(scan: &Scan<'a>, i: usize, known: Option<&Number<'a>>, sterling: bool) -> Option<Amount<'a>> {
    let kind = scan.kind(i)?;
    if kind == TokenKind::Symbol
        && let Some(currency) = scan.lexicon.sign(scan.word(i))
    {
        return signed_money(scan, i, i, currency).map(|out| bracketed_loss(scan, out));
    }
    if kind == TokenKind::Number {
        if let Some((currency, start)) = code_before(scan, i)
            && let Some(out) = after_currency(scan, i, currency)
        {
            return Some(Amount { start, ..out });
        }
        return measured(scan, number_at(scan, i, known)?, sterling);
    }
    if any!(scan, i, ["minus", "negative"]) || (scan.is_dash(i) || is!(scan, i, "+")) && scan.near(i + 1) {
        let mut out =
            amount(scan, i + 1, sterling).filter(|a| a.start == i + 1 && !matches!(a.number.form, Form::Ordinal | Form::Vague))?;
        // "plus or minus 3 points": a margin is no less than nought.
        if margin(scan, i) {
            return Some(out);
        }
        if !is!(scan, i, "+") {
            out.number.value = out.number.value.negated();
        }
        if i > 0 && is!(scan, i, "negative") && scan.has(i - 1, class::TESTED) {
            return None;
        }
        out.start = i;
        return Some(out);
    }
    measured(scan, number_at(scan, i, known)?, sterling)
}

fn number_at<'a>(scan: &Scan<'a>, i: usize, known: Option<&Number<'a>>) -> Option<Number<'a>> {
    known.map_or_else(|| number(scan, i), |known| Some(*known))
}

/// "plus or minus", "plus-or-minus", "plus/minus" before token `i + 1`.
fn margin(scan: &Scan, i: usize) -> bool {
    let plus = |j: Option<usize>| j.is_some_and(|j| is!(scan, j, "plus"));
    let back = |j: usize| j.checked_sub(1 + usize::from(j > 1 && scan.is_hyphen(j - 1)));
    let or = back(i).filter(|&j| any!(scan, j, ["or", "and"]));
    is!(scan, i, "minus") && (or.is_some_and(|j| plus(back(j))) || i > 1 && is!(scan, i - 1, "/") && plus(Some(i - 2)))
}

/// What follows a number: its unit.
pub(super) fn measured<'a>(scan: &Scan<'a>, mut found: Number<'a>, sterling: bool) -> Option<Amount<'a>> {
    let start = found.start;
    if matches!(found.rest, "m" | "b")
        && matches!(unit::meaning(scan, found.end, true), Some((Meaning::Currency(_) | Meaning::Unit(_), _)))
        && scan.near(found.end)
    {
        // "5m Australian dollars", "2m tonnes"
        found.value = found.value.shifted(if found.rest == "m" { 6 } else { 9 });
        found.rest = "";
        found.scaled = true;
    }
    if !found.rest.is_empty() {
        let measure = glued(scan, &mut found)?;
        let end = found.end;
        let mut out = Amount { number: found, start, end, measure, per: None, prefixed: false };
        raise(scan, &mut out);
        feet_and_inches(scan, &mut out);
        smaller_unit(scan, &mut out);
        with_per(scan, &mut out);
        return Some(out);
    }
    let plain = |number: Number<'a>| Amount { number, start, end: number.end, measure: Measure::None, per: None, prefixed: false };
    if found.form == Form::Ordinal {
        return Some(plain(found));
    }
    let mut at = found.end;
    if found.form == Form::Fraction {
        // "half an hour", "a quarter of a mile"
        let of = scan.over_hyphen(at + usize::from(is!(scan, at, "of")));
        if scan.is_article(of) {
            at = scan.over_hyphen(of + 1);
        }
    } else if found.form == Form::Vague && is!(scan, at, "of") {
        at += 1;
    }
    let mut unit_at = scan.over_hyphen(over_suffix(scan, at));
    if let Some(apart) = past_adjective(scan, unit_at) {
        unit_at = apart;
    }
    if !scan.is_plain(found.end)
        && let Some(height) = height_in_marks(scan, &found)
    {
        return Some(height);
    }
    // What stands on the next line is none of it. "20 [miles]": put in by whoever quotes.
    if !scan.is_plain(at)
        && let Some(bracketed) = in_brackets(scan, &found, at)
    {
        return Some(bracketed);
    }
    if !scan.near(unit_at) {
        return Some(plain(found));
    }
    // "ten grand", but not "two grand pianos"
    if is!(scan, unit_at, "grand")
        && scan.case(unit_at) == Case::Lower
        && !scan.is_content(unit_at + 1)
        && found.form == Form::Cardinal
        && !found.scaled
        && unit_at == at
    {
        let code = if sterling { "GBP" } else { "USD" };
        let value = found.value.shifted(3);
        let measure = Measure::Money(Currency { code, assumed: true, part: None, doubtful: false });
        return Some(Amount { measure, ..plain(Number { value, scaled: true, end: unit_at + 1, ..found }) });
    }
    let Some((meaning, mut end)) = unit::meaning(scan, unit_at, (found.digits || found.scaled) && at == found.end) else {
        let mut out = plain(found);
        below_zero(scan, &mut out);
        return Some(out);
    };
    let measure = match meaning {
        // "50 Cent"
        Meaning::Currency(_) if scan.word(unit_at) == "Cent" && found.value.as_int() != Some(1) => return Some(plain(found)),
        Meaning::Currency(currency) if currency.doubtful && found.value.value() < 100.0 => return Some(plain(found)),
        // The pennies of a text that pays in pounds are pence.
        Meaning::Currency(currency) if sterling && is!(scan, unit_at, "pennies") => {
            Measure::Money(Currency { code: "GBP", assumed: false, ..currency })
        }
        Meaning::Currency(currency) => Measure::Money(currency),
        Meaning::Percent => Measure::Percent,
        Meaning::PercentagePoint => Measure::PercentagePoint,
        Meaning::BasisPoint => Measure::BasisPoint,
        Meaning::Unit(index) => {
            let unit = unit::of(scan, unit_at, index);
            if unit.id == "pound" && pounds_are_money(scan, &found, unit_at, end, sterling) {
                Measure::Money(Currency { code: "GBP", assumed: true, part: None, doubtful: false })
            } else {
                Measure::Unit(unit)
            }
        }
    };
    // "30 MUSD"
    if scan.lexicon.millions(scan.word(unit_at)).is_some() && !found.scaled {
        found.value = found.value.shifted(6);
        found.scaled = true;
    }
    // "75 USD million"
    if matches!(measure, Measure::Money(_))
        && !found.scaled
        && let Some(power) = scale_after(scan, end).filter(|&power| power >= 6)
    {
        found.value = found.value.shifted(power);
        found.scaled = true;
        end += 1;
    }
    let mut out = Amount { number: found, start, end, measure, per: None, prefixed: false };
    if let Measure::Money(currency) = &out.measure {
        if let Some(hundredths) = currency.part {
            out.number.value = out.number.value.times(i64::from(hundredths))?.shifted(-2);
        } else {
            smaller_coin(scan, &mut out);
        }
    }
    raise(scan, &mut out);
    half_after_unit(scan, &mut out);
    feet_and_inches(scan, &mut out);
    smaller_unit(scan, &mut out);
    below_zero(scan, &mut out);
    with_per(scan, &mut out);
    Some(out)
}

/// Past what makes a number inexact and stands between it and its unit: "20+ miles", "30-plus years".
fn over_suffix(scan: &Scan, at: usize) -> usize {
    if scan.is_plain(at) {
        return at;
    }
    super::context::approx_after(scan, at).map_or(at, |(_, end)| end)
}

/// "two more minutes", "three consecutive years": the unit past one adjective that changes nothing about it.
fn past_adjective(scan: &Scan, at: usize) -> Option<usize> {
    let unit = at + 1;
    let is_unit = || matches!(unit::meaning(scan, unit, false), Some((Meaning::Unit(_) | Meaning::Currency(_), _)));
    (scan.near(at) && scan.near(unit) && scan.has(at, class::BEFORE_UNIT) && is_unit()).then_some(unit)
}

/// The meaning of letters that touch the digits: "210kWh", "41C", "1.1m".
fn glued(scan: &Scan, found: &mut Number) -> Option<Measure> {
    let rest = found.rest;
    // "runway 27L", "Room 12C"
    if rest.len() == 1 && found.start > 0 && scan.near(found.start) && scan.has(found.start - 1, class::NAMING) && !rest.starts_with('m') {
        return None;
    }
    if rest == "m" || rest == "b" {
        let next = found.end;
        let metres = scan.has(next, class::METRE) || scan.is_hyphen(next) || !scan.near(next);
        let heads = rest == "m" && (found.start.saturating_sub(8)..found.start).any(|j| scan.has(j, class::HEADCOUNT));
        let counted = heads
            || (next..next + 3).take_while(|&j| scan.is_content(j)).any(|j| scan.is_plural(j))
            || is!(scan, next, "of") && rest == "b";
        // "1.2b" can be nothing else; "12b" is a flat.
        let decimal = rest == "b" && found.value.as_int().is_none();
        if rest == "b" && !counted && !decimal {
            return None;
        }
        if (counted || decimal) && (heads || !(metres && rest == "m")) {
            found.value = found.value.shifted(if rest == "m" { 6 } else { 9 });
            found.rest = "";
            found.scaled = true;
            return Some(Measure::None);
        }
    }
    // "50p"; but "1080p" is a screen.
    if rest == "p" && !found.value.as_int().is_some_and(|n| matches!(n, 240 | 360 | 480 | 540 | 720 | 1080 | 1440 | 2160)) {
        found.value = found.value.shifted(-2);
        found.rest = "";
        found.plain = 0;
        return scan.lexicon.code("GBP").map(Measure::Money);
    }
    // "5c a litre", "a 2.5c-per-share payout"; "4c" by itself is a paragraph.
    if rest == "c" && (unit::per(scan, found.end).is_some() || scan.joins(found.end) && any!(scan, found.end + 1, ["a", "per"])) {
        found.value = found.value.shifted(-2);
        found.rest = "";
        found.plain = 0;
        return scan.lexicon.code("USD").map(|currency| Measure::Money(Currency { assumed: true, ..currency }));
    }
    // "the 13F filing", "Lot 10C"
    if matches!(rest, "F" | "C") && found.value.as_int().is_some() && !is_warmth(scan, found) {
        return None;
    }
    // "3.14US$"
    let sign_after = is!(scan, found.end, "$") && scan.touches(found.end);
    let dollars = match rest {
        "US" if sign_after => scan.lexicon.sign("US$"),
        "C" | "CA" if sign_after => scan.lexicon.sign("C$"),
        "A" | "AU" if sign_after => scan.lexicon.sign("A$"),
        _ => None,
    };
    if dollars.is_some() {
        found.end += 1;
    }
    let currency = dollars.or_else(|| scan.lexicon.code(rest)).or_else(|| scan.lexicon.sign(rest));
    let measure = if let Some(currency) = currency {
        Measure::Money(currency)
    } else if let Some(meaning) = scan.lexicon.abbreviation(rest).or_else(|| scan.lexicon.phrase(rest).filter(|_| rest.len() > 1)) {
        match meaning {
            Meaning::Unit(index) => Measure::Unit(unit::of(scan, usize::MAX, index)),
            Meaning::Currency(currency) => {
                if let Some(hundredths) = currency.part {
                    found.value = found.value.times(i64::from(hundredths))?.shifted(-2);
                }
                Measure::Money(currency)
            }
            Meaning::Percent => Measure::Percent,
            Meaning::PercentagePoint => Measure::PercentagePoint,
            Meaning::BasisPoint => Measure::BasisPoint,
        }
    } else {
        // "2.1bnkm" is nothing; "5kWh" was found above; "10mWh"? left out.
        return None;
    };
    found.rest = "";
    found.plain = 0;
    Some(measure)
}

/// Whether a whole number with "C" or "F" is a temperature by what stands beside it: "at 41C", "(4F)", "the 2C goal".
fn is_warmth(scan: &Scan, found: &Number) -> bool {
    let before = found.start.wrapping_sub(1);
    let led = scan.has(before, class::BEFORE_WARMTH) || scan.is_dash(before) || any!(scan, before, ["(", ",", "/"]);
    led && !scan.has(before.wrapping_sub(1), class::NAMING) || found.start == 0 || scan.has(found.end, class::WARMTH)
}

/// "4km^2", "4 km squared"
fn raise(scan: &Scan, out: &mut Amount) {
    if matches!(&out.measure, Measure::Unit(unit) if unit.dimension == "length")
        && let Measure::Unit(unit) = std::mem::replace(&mut out.measure, Measure::None)
    {
        let (unit, end) = unit::raised(scan, unit, out.end);
        out.end = end;
        out.measure = Measure::Unit(unit);
    }
}

/// "90 miles an hour": the unit becomes a compound; for money and durations `per` is kept beside it.
fn with_per(scan: &Scan, out: &mut Amount) {
    match &out.measure {
        Measure::Money(_) => {
            if let Some((per, end)) = unit::per(scan, out.end) {
                out.per = Some(per);
                out.end = end;
            }
        }
        Measure::Unit(unit) if unit.dimension != "time" && unit.dimension != "temperature" => {
            if let Some((compound, end)) = unit::compound(scan, unit, out.end) {
                out.measure = Measure::Unit(compound);
                out.end = end;
            }
        }
        _ => {}
    }
}
