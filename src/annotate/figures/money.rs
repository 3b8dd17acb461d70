//! Sums of money: sign or code before the number ("$5m", "EUR 20", "Rs1,200"), scale suffix, smaller coin ("15 dollars and 45 cents"),
//! and whether "pounds" are money.

use super::amount::Amount;
use super::decimal::Decimal;
use super::number::{Form, Number, number, suffix_power};
use super::scan::{Scan, any, is};
use super::unit::{self, Measure, may_be_measure};
use super::words::{Currency, Meaning, class};
use crate::document::{Case, Gap, TokenKind};

/// "$5m", "US$ 20,000", "$(34.6) million", "-$5".
pub(super) fn signed_money<'a>(scan: &Scan<'a>, sign: usize, start: usize, currency: Currency) -> Option<Amount<'a>> {
    let (currency, start) = longer_sign(scan, sign).unwrap_or((currency, start));
    let mut at = sign + 1;
    if !scan.near(at) {
        return None;
    }
    if is!(scan, at, "(") && scan.touches(at) && is!(scan, at + 2, ")") {
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
    } else if out.number.value.as_int().is_some() {
        smaller_coin(scan, &mut out);
    }
    Some(Amount { start, ..out })
}

/// "a loss of ($3.4) million", "was ($0.12) per share": a sum in brackets where no aside can stand is below nought.
pub(super) fn bracketed_loss<'a>(scan: &Scan<'a>, mut out: Amount<'a>) -> Amount<'a> {
    let opens = out.start > 1 && is!(scan, out.start - 1, "(") && scan.touches(out.start) && scan.has(out.start - 2, class::BEFORE_LOSS);
    if !opens || !is!(scan, out.end, ")") || !scan.touches(out.end) {
        return out;
    }
    out.number.value = out.number.value.negated();
    out.start -= 1;
    out.end += 1;
    if let Some(power) = scale_after(scan, out.end).filter(|_| !out.number.scaled) {
        out.number.value = out.number.value.shifted(power);
        out.number.scaled = true;
        out.end += 1;
    }
    if let Some((per, end)) = unit::per(scan, out.end).filter(|_| out.per.is_none()) {
        out.per = Some(per);
        out.end = end;
    }
    out
}

/// "US$", "C$", "HK$": the letters before the sign.
pub(super) fn longer_sign(scan: &Scan, sign: usize) -> Option<(Currency, usize)> {
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
pub(super) fn code_before(scan: &Scan, i: usize) -> Option<(Currency, usize)> {
    if i == 0 || !scan.near(i) {
        return None;
    }
    let point = is!(scan, i - 1, ".") && i > 1 && scan.touches(i - 1) && is!(scan, i - 2, "rs");
    let at = if point { i - 2 } else { i - 1 };
    if scan.kind(at) != Some(TokenKind::Word) || !may_be_measure(scan, at) {
        return None;
    }
    let word = scan.word(at);
    let doubtful = scan.has(at, class::CURRENCY_WORD);
    let written = scan.word(i);
    if doubtful && !written.contains([',', '.']) {
        return None;
    }
    let sign = scan.lexicon.sign(word).filter(|_| !word.contains('$'));
    // "5 EUR 6 USD": each number has the code after it.
    let has_own = || matches!(unit::meaning(scan, i + 1, true), Some((Meaning::Currency(_), _)));
    if at > 0 && scan.is_number(at - 1) && has_own() {
        return None;
    }
    let currency = sign.or_else(|| scan.lexicon.code(word)).or_else(|| scan.lexicon.millions(word)).or_else(|| named_before(scan, at))?;
    Some((currency, at))
}

/// "usd 20", "rupees 500 crore": a code in small letters, or a name before a number with a scale that nothing follows.
fn named_before(scan: &Scan, at: usize) -> Option<Currency> {
    if scan.case(at) != Case::Lower {
        return None;
    }
    let Some(Meaning::Currency(currency)) = scan.lexicon.phrases.numbered(scan.lower(at)) else { return None };
    let code = currency.code.eq_ignore_ascii_case(scan.word(at)) || is!(scan, at, "rmb");
    let scaled = || {
        let end = at + 3;
        scale_after(scan, at + 2).is_some() && !scan.is_content(end) && unit::meaning(scan, end, true).is_none()
    };
    (currency.part.is_none() && !currency.doubtful && (code || scaled())).then_some(currency)
}

pub(super) fn after_currency<'a>(scan: &Scan<'a>, at: usize, currency: Currency) -> Option<Amount<'a>> {
    let found = number(scan, at).filter(|n| n.start == at && matches!(n.form, Form::Cardinal | Form::Fraction))?;
    if !found.digits && !found.scaled {
        return None;
    }
    // "MSEK 4,812"
    let millions =
        at > 0 && scan.near(at) && scan.kind(at - 1) == Some(TokenKind::Word) && scan.lexicon.millions(scan.word(at - 1)).is_some();
    let mut found = found;
    if millions && !found.scaled {
        found.value = found.value.shifted(6);
        found.scaled = true;
    }
    money_tail(scan, found, currency)
}

/// Scale suffix, smaller coin and "a barrel" after a number that is known to be money.
pub(super) fn money_tail<'a>(scan: &Scan<'a>, mut found: Number<'a>, currency: Currency) -> Option<Amount<'a>> {
    let start = found.start;
    if found.rest == "s" {
        // "in the low $700,000s", "oil in the $90s"
        let low = found.value.as_int().filter(|n| *n > 0 && n % 10 == 0)?;
        let step = std::iter::successors(Some(10), |step: &i64| step.checked_mul(10)).take_while(|step| low % step == 0).last()?;
        found = Number { high: Some(Decimal::whole(low + step).value()), form: Form::Vague, scaled: true, rest: "", ..found };
    } else if !found.rest.is_empty() {
        let (power, _) = suffix_power(found.rest)?;
        found.value = found.value.shifted(power);
        found.rest = "";
        found.scaled = true;
    } else if !found.scaled && scan.near(found.end) {
        let bracket = is!(scan, found.end - 1, ")");
        let at = scan.over_hyphen(found.end);
        let word = scan.word(at);
        let letter = matches!(word, "m" | "b" | "k" | "K" | "mn" | "bn" | "tn" | "M" | "B" | "Cr" | "cr");
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

/// "RM50", "Rs1,200", "CAD3.03": a currency that touches its digits and was read as one word. Gives the amount and the token after it.
pub(super) fn glued_money<'a>(scan: &Scan<'a>, i: usize) -> Option<(Amount<'a>, usize)> {
    let token = scan.tokens.get(i)?;
    let word = token.span.of(scan.text);
    let letters = word.bytes().take(4).take_while(u8::is_ascii_alphabetic).count();
    let sign = &word[..letters];
    let sure = if (2..=3).contains(&letters) { scan.lexicon.code(sign).or_else(|| scan.lexicon.sign(sign)) } else { None };
    let currency = sure.or_else(|| scan.lexicon.letters.get(sign).copied())?;
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
    // "R2" is a robot and "SR520" a road: money only in thousands or with a scale word.
    if sure.is_none() && !out.number.scaled && !bytes[..length].contains(&b',') {
        return None;
    }
    let end = out.end;
    Some((out, end))
}

/// How far around "pounds" a word of paying makes them money.
const PAYING_REACH: usize = 6;

/// "pounds" is a weight, but for millions of them, and where the text pays in sterling.
pub(super) fn pounds_are_money(scan: &Scan, found: &Number, unit_at: usize, end: usize, sterling: bool) -> bool {
    if !any!(scan, unit_at, ["pound", "pounds"]) || scan.has(end, class::WEIGHED) || scan.is_hyphen(end) {
        return false;
    }
    let large = found.scaled && found.value.value() >= if found.form == Form::Vague { 1e3 } else { 1e5 };
    // "a twenty-pound bag" costs something, but weighs twenty pounds.
    let paid =
        || is!(scan, unit_at, "pounds") && (unit_at.saturating_sub(PAYING_REACH)..end + PAYING_REACH).any(|j| scan.has(j, class::PAYING));
    // "a ten-pound fine"
    let fined = || {
        scan.joins(unit_at - 1)
            && any!(
                scan,
                end,
                [
                    "fine", "fee", "note", "notes", "bet", "ticket", "fare", "coin", "tax", "charge", "prize", "bonus", "cheque",
                    "deposit", "grant", "loan"
                ]
            )
    };
    large || fined() || sterling || is!(scan, end, "sterling") || paid()
}

/// "15 dollars and 45 cents", "20 pounds 43".
pub(super) fn smaller_coin(scan: &Scan, out: &mut Amount) {
    let Measure::Money(currency) = out.measure else { return };
    let and = is!(scan, out.end, "and");
    let at = out.end + usize::from(and);
    if !scan.near(at) || out.number.scaled || out.prefixed && !and {
        return;
    }
    let Some(coins) = number(scan, at).filter(|n| n.form == Form::Cardinal && !n.scaled) else { return };
    let small = coins.value.as_int().is_some_and(|n| (1..100).contains(&n));
    // "20 dollars 43."
    let last = scan.kind(coins.end).is_none_or(|k| k == TokenKind::Punctuation) && !any!(scan, coins.end, ["%", "-", "(", "/"]);
    if small && last && !out.prefixed && coins.rest.is_empty() && coins.digits == out.number.digits && currency.part.is_none() {
        if let Some(sum) = out.number.value.plus(coins.value.shifted(-2)) {
            out.number.value = sum;
            out.end = coins.end;
        }
        return;
    }
    // "$20 and 43c"
    if coins.rest == "c" && small && currency.part.is_none() {
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

pub(super) fn scale_after(scan: &Scan, at: usize) -> Option<i32> {
    let numeral = scan.entry(at).number?;
    (numeral.class == super::words::NumeralClass::Scale && scan.gap(at) <= Gap::Space).then_some(i32::from(numeral.value))
}
