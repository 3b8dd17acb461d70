//! A number with what it is of: a currency, a share, a unit of measure, or nothing. Joins sign, number, scale word, unit, smaller
//! coin ("15 dollars and 45 cents") and what it is per ("$40 a barrel", "90 miles an hour").

use super::decimal::Decimal;
use super::number::{Form, Number, number, suffix_power};
use super::scan::{Phrase, Scan};
use super::unit::{self, Measure};
use super::words::{Currency, Meaning, class};
use crate::document::{Gap, TokenKind};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount<'a> {
    pub(super) number: Number<'a>,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) measure: Measure,
    /// What money is per; units of measure carry it in their own name.
    pub(super) per: Option<String>,
    /// A sign or code stands before the number: another number right after may share it.
    pub(super) prefixed: bool,
}

/// The amount whose first token is `i`: a number, a sign, a minus or a bracket.
pub(super) fn amount<'a>(scan: &Scan<'a>, i: usize, sterling: bool) -> Option<Amount<'a>> {
    let word = scan.word(i);
    if let Some(currency) = scan.lexicon.sign(word).filter(|_| scan.kind(i) == Some(TokenKind::Symbol)) {
        return signed_money(scan, i, i, currency);
    }
    if scan.is_number(i)
        && let Some((currency, start)) = code_before(scan, i)
        && let Some(mut out) = after_currency(scan, i, currency)
    {
        out.start = start;
        return Some(out);
    }
    if scan.any(i, &["minus", "negative"]) || (scan.is_dash(i) || word == "+") && scan.touches(i + 1) {
        let mut out =
            amount(scan, i + 1, sterling).filter(|a| a.start == i + 1 && !matches!(a.number.form, Form::Ordinal | Form::Vague))?;
        if word != "+" {
            out.number.value = out.number.value.negated();
        }
        if i > 0 && scan.is(i, "negative") && scan.any(i - 1, &["tested", "test", "tests", "testing", "was", "were", "be", "is"]) {
            return None;
        }
        out.start = i;
        return Some(out);
    }
    let found = number(scan, i)?;
    measured(scan, found, sterling)
}

/// "$5m", "US$ 20,000", "$(34.6) million", "-$5".
fn signed_money<'a>(scan: &Scan<'a>, sign: usize, start: usize, currency: Currency) -> Option<Amount<'a>> {
    let (currency, start) = longer_sign(scan, sign).unwrap_or((currency, start));
    let mut at = sign + 1;
    if !scan.near(at) {
        return None;
    }
    if scan.word(at) == "(" && scan.touches(at) && scan.word(at + 2) == ")" {
        // Accountants write losses in brackets.
        let mut inner = number(scan, at + 1).filter(|n| n.digits && n.end == at + 2)?;
        inner.value = inner.value.negated();
        inner.end = at + 3;
        let bracketed = money_tail(scan, inner, currency)?;
        return Some(Amount { start, ..bracketed });
    }
    let minus = scan.is_dash(at) && scan.touches(at) && scan.touches(at + 1);
    at += usize::from(minus);
    let mut out = after_currency(scan, at, currency)?;
    if minus {
        out.number.value = out.number.value.negated();
    }
    Some(Amount { start, ..out })
}

/// "US$", "C$", "HK$": the letters before the sign.
fn longer_sign(scan: &Scan, sign: usize) -> Option<(Currency, usize)> {
    if sign == 0 || scan.kind(sign - 1) != Some(TokenKind::Word) || !scan.near(sign) {
        return None;
    }
    let letters = scan.word(sign - 1);
    if !scan.touches(sign) {
        // "US $5bn"; and "hk $ 10" where every mark stands apart. "A $5 note" is no Australian one.
        let stands_apart = !scan.touches(sign + 1);
        let joined = match letters {
            "US" | "U.S." => "US$",
            "HK" => "HK$",
            "NZ" => "NZ$",
            "C" => "C$",
            "us" if stands_apart => "US$",
            "hk" if stands_apart => "HK$",
            "nz" if stands_apart => "NZ$",
            "c" if stands_apart => "C$",
            _ => return None,
        };
        return scan.lexicon.sign(joined).map(|currency| (currency, sign - 1));
    }
    // "AUD$15"
    if letters.len() == 3
        && letters.is_ascii()
        && let Some(currency) = scan.lexicon.code(&letters.to_ascii_uppercase())
    {
        return Some((currency, sign - 1));
    }
    let start = scan.tokens[sign - 1].span.start();
    let written = &scan.text[start..scan.tokens[sign].span.end()];
    scan.lexicon.sign(written).map(|currency| (currency, sign - 1))
}

/// "EUR 20", "Rs. 500", "RM 42".
fn code_before(scan: &Scan, i: usize) -> Option<(Currency, usize)> {
    if i == 0 || !scan.near(i) {
        return None;
    }
    let point = scan.word(i - 1) == "." && i > 1 && scan.touches(i - 1) && scan.is(i - 2, "rs");
    let at = if point { i - 2 } else { i - 1 };
    if scan.kind(at) != Some(TokenKind::Word) {
        return None;
    }
    let word = scan.word(at);
    let doubtful = matches!(word, "ALL" | "TRY" | "COP" | "MAD" | "PEN" | "CUP" | "MOP" | "ETH" | "GEL" | "TOP");
    let written = scan.word(i);
    if doubtful && !written.contains([',', '.']) {
        return None;
    }
    let currency = scan.lexicon.sign(word).filter(|_| !word.contains('$')).or_else(|| scan.lexicon.code(word))?;
    Some((currency, at))
}

pub(super) fn after_currency<'a>(scan: &Scan<'a>, at: usize, currency: Currency) -> Option<Amount<'a>> {
    let found = number(scan, at).filter(|n| n.start == at && matches!(n.form, Form::Cardinal | Form::Fraction))?;
    if !found.digits && !found.scaled {
        return None;
    }
    money_tail(scan, found, currency)
}

/// Scale suffix, smaller coin and "a barrel" after a number that is known to be money.
fn money_tail<'a>(scan: &Scan<'a>, mut found: Number<'a>, currency: Currency) -> Option<Amount<'a>> {
    let start = found.start;
    if !found.rest.is_empty() {
        let (power, _) = suffix_power(found.rest)?;
        found.value = found.value.shifted(power);
        found.rest = "";
        found.scaled = true;
    } else if !found.scaled && scan.near(found.end) {
        let bracket = scan.word(found.end - 1) == ")";
        let at = scan.over_hyphen(found.end);
        let word = scan.word(at);
        let letter = matches!(word, "m" | "b" | "k" | "K" | "mn" | "bn" | "tn" | "M" | "B");
        let scale = match scan.entry(at).number {
            Some(n) if bracket && n.class == super::words::NumeralClass::Scale => Some(i32::from(n.value)),
            _ if letter && scan.is_word(at) => suffix_power(word).map(|(power, _)| power),
            _ => None,
        };
        if let Some(power) = scale {
            found.value = found.value.shifted(power);
            found.end = at + 1;
            found.scaled = true;
        }
    }
    found.plain = 0;
    let mut end = found.end;
    // "$5 million dollars", "£20 GBP", "$20 US": the currency said twice.
    let mut currency = currency;
    if let Some((Meaning::Currency(said), after)) = unit::meaning(scan, end, true).filter(|(_, after)| scan.near(end) && *after > end)
        && said.part.is_none()
        && (said.code == currency.code || currency.assumed && !scan.is_number(after))
        && scan.kind(end) == Some(TokenKind::Word)
    {
        currency = if currency.assumed { said } else { currency };
        end = after;
    }
    let per = unit::per(scan, end);
    if let Some((_, after)) = &per {
        end = *after;
    }
    Some(Amount { number: found, start, end, measure: Measure::Money(currency), per: per.map(|(per, _)| per), prefixed: true })
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
        feet_and_inches(scan, &mut out);
        return Some(with_per(scan, out));
    }
    let plain = Amount { number: found, start, end: found.end, measure: Measure::None, per: None, prefixed: false };
    if found.form == Form::Ordinal {
        return Some(plain);
    }
    let mut at = found.end;
    if found.form == Form::Fraction {
        // "half an hour", "a quarter of a mile"
        let of = at + usize::from(scan.is(at, "of"));
        if scan.any(of, &["a", "an"]) {
            at = of + 1;
        }
    } else if found.form == Form::Vague && scan.is(at, "of") {
        at += 1;
    }
    let unit_at = scan.over_hyphen(at);
    // "2 more minutes", "20 [kg]" stay plain; so does what stands on the next line.
    if !scan.near(unit_at) {
        return Some(plain);
    }
    let Some((meaning, mut end)) = unit::meaning(scan, unit_at, (found.digits || found.scaled) && at == found.end) else {
        return Some(plain);
    };
    let measure = match meaning {
        // "50 Cent"
        Meaning::Currency(_) if scan.word(unit_at) == "Cent" && found.value.as_int() != Some(1) => return Some(plain),
        Meaning::Currency(currency) if currency.doubtful && found.value.value() < 100.0 => return Some(plain),
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
    // "75 USD million"
    if matches!(measure, Measure::Money(_))
        && !found.scaled
        && let Some(power) = scale_after(scan, end).filter(|&power| power >= 6)
    {
        found.value = found.value.shifted(power);
        found.scaled = true;
        end += 1;
    }
    let mut out = Amount { number: found, end, measure, ..plain };
    if let Measure::Money(currency) = &out.measure {
        if let Some(hundredths) = currency.part {
            out.number.value = out.number.value.times(i64::from(hundredths))?.shifted(-2);
        } else {
            smaller_coin(scan, &mut out);
        }
    }
    half_after_unit(scan, &mut out);
    feet_and_inches(scan, &mut out);
    Some(with_per(scan, out))
}

/// The meaning of letters that touch the digits: "210kWh", "41C", "1.1m".
fn glued(scan: &Scan, found: &mut Number) -> Option<Measure> {
    let rest = found.rest;
    if rest == "m" || rest == "b" {
        let next = found.end;
        let metres = scan.has(next, class::METRE) || scan.is_hyphen(next) || !scan.near(next);
        let heads = rest == "m" && (found.start.saturating_sub(8)..found.start).any(|j| scan.has(j, class::HEADCOUNT));
        let counted =
            heads || (next..next + 3).take_while(|&j| scan.is_content(j)).any(|j| scan.is_plural(j)) || scan.is(next, "of") && rest == "b";
        if rest == "b" && !counted {
            return None;
        }
        if counted && (heads || !(metres && rest == "m")) {
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
    let currency = scan.lexicon.code(rest).or_else(|| scan.lexicon.sign(rest));
    let measure = if let Some(currency) = currency {
        Measure::Money(currency)
    } else if let Some(meaning) = scan.lexicon.abbreviation(rest).or_else(|| lower_phrase(scan, rest)) {
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

fn lower_phrase(scan: &Scan, rest: &str) -> Option<Meaning> {
    let mut phrase = Phrase::new();
    (rest.len() > 1 && phrase.push(rest)).then(|| scan.lexicon.phrase(phrase.as_str())).flatten()
}

/// "pounds" is a weight, but for millions of them, and where the text pays in sterling.
fn pounds_are_money(scan: &Scan, found: &Number, unit_at: usize, end: usize, sterling: bool) -> bool {
    if !scan.any(unit_at, &["pound", "pounds"]) || scan.any(end, &["of", "lighter", "heavier", "overweight", "per"]) || scan.is_hyphen(end)
    {
        return false;
    }
    found.scaled && found.value.value() >= 1e5 || sterling || scan.any(end, &["sterling"])
}

/// "15 dollars and 45 cents", "20 pounds 43".
fn smaller_coin(scan: &Scan, out: &mut Amount) {
    let Measure::Money(currency) = out.measure else { return };
    let at = out.end + usize::from(scan.is(out.end, "and"));
    if !scan.near(at) || out.number.scaled || out.prefixed {
        return;
    }
    let Some(coins) = number(scan, at).filter(|n| n.form == Form::Cardinal && !n.scaled) else { return };
    let small = coins.value.as_int().is_some_and(|n| (1..100).contains(&n));
    // "20 dollars 43."
    let last = scan.kind(coins.end).is_none_or(|k| k == TokenKind::Punctuation) && !matches!(scan.word(coins.end), "%" | "-" | "(" | "/");
    if small && last && coins.rest.is_empty() && coins.digits == out.number.digits && currency.part.is_none() {
        if let Some(sum) = out.number.value.plus(coins.value.shifted(-2)) {
            out.number.value = sum;
            out.end = coins.end;
        }
        return;
    }
    let Some((Meaning::Currency(part), end)) = unit::meaning(scan, coins.end, coins.digits) else { return };
    let Some(hundredths) = part.part else { return };
    if small
        && (part.code == currency.code || part.assumed)
        && let Some(sum) = coins.value.times(i64::from(hundredths)).and_then(|c| out.number.value.plus(c.shifted(-2)))
    {
        out.number.value = sum;
        out.end = end;
    }
}

/// "an hour and a half"
fn half_after_unit(scan: &Scan, out: &mut Amount) {
    let a = scan.is(out.end, "and") && scan.is(out.end + 1, "a");
    let (share, end) = match scan.word(out.end + 2) {
        w if a && w.eq_ignore_ascii_case("half") => (Decimal::fraction(1, 2), out.end + 3),
        w if a && w.eq_ignore_ascii_case("quarter") => (Decimal::fraction(1, 4), out.end + 3),
        _ => return,
    };
    if matches!(out.measure, Measure::Unit(_))
        && !scan.is(end, "of")
        && let Some(sum) = out.number.value.plus(share)
    {
        out.number.value = sum;
        out.end = end;
    }
}

/// "5 feet 2 inches", "6ft 2in": one length in feet.
fn feet_and_inches(scan: &Scan, out: &mut Amount) {
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
            None if scan.is(inches.end, "in") && scan.word(out.end - 1) == "ft" => inches.end + 1,
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

/// "90 miles an hour": the unit becomes a compound; for money and durations `per` is kept beside it.
fn with_per<'a>(scan: &Scan<'a>, mut out: Amount<'a>) -> Amount<'a> {
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
    out
}

/// "RM50", "Rs1,200", "CAD3.03": a currency that touches its digits and was read as one word. Gives the amount and the token after it.
pub(super) fn glued_money<'a>(scan: &Scan<'a>, i: usize) -> Option<(Amount<'a>, usize)> {
    let token = scan.tokens.get(i)?;
    let word = token.span.of(scan.text);
    let letters = word.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    if !(2..=3).contains(&letters) {
        return None;
    }
    let currency = scan.lexicon.code(&word[..letters]).or_else(|| scan.lexicon.sign(&word[..letters]))?;
    let from = token.span.start() + letters;
    let bytes = &scan.text.as_bytes()[from..(from + 32).min(scan.text.len())];
    let mut length = bytes.iter().position(|b| !(b.is_ascii_digit() || matches!(b, b',' | b'.'))).unwrap_or(bytes.len());
    while length > 0 && !bytes[length - 1].is_ascii_digit() {
        length -= 1;
    }
    if length == 0 {
        return None;
    }
    let letters_after = bytes[length..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let rest = &scan.text[from + length..from + length + letters_after];
    let value = Decimal::parse(&scan.text[from..from + length])?;
    let close = from + length + rest.len();
    let end = (i + 1..i + 8).find(|&j| scan.tokens.get(j).is_none_or(|t| t.span.start() >= close))?;
    if scan.tokens[end - 1].span.end() != close {
        return None;
    }
    let found = Number { start: i, end, value, high: None, form: Form::Cardinal, digits: true, scaled: false, rest, plain: 0 };
    let mut out = money_tail(scan, found, currency)?;
    if !out.number.scaled
        && let Some(scaled) = scale_after(scan, out.end)
    {
        out.number.value = out.number.value.shifted(scaled);
        out.number.scaled = true;
        out.end += 1;
    }
    let end = out.end;
    Some((out, end))
}

fn scale_after(scan: &Scan, at: usize) -> Option<i32> {
    let numeral = scan.entry(at).number?;
    (numeral.class == super::words::NumeralClass::Scale && scan.gap(at) <= Gap::Space).then_some(i32::from(numeral.value))
}
