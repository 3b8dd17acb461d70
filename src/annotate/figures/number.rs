//! A number at a token: digits with their grouping, decimals, fractions and scale ("1,400", "3 1/2", "1.2bn"), or words of any size
//! ("one hundred and twenty-six million", "a million and a half"). Gives its exact value, its tokens, and the letters that touch it
//! and are not part of it ("210" of "210kWh", with "kWh" left for the unit).
//!
//! This file reads digits and what may follow any number; words are read by [`super::number_words`].

use super::decimal::Decimal;
use super::number_parts::{and_parts, lower_scales};
use super::number_powers::with_power;
use super::number_words::in_words;
use super::scan::{Scan, any, is};
use super::words::{Numeral, NumeralClass, NumeralForm};
use crate::document::Gap;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number<'a> {
    /// First token, and the one after the last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// Upper bound of a vague number: "dozens" is 24 to 99.
    pub(super) high: Option<f64>,
    pub(super) form: Form,
    pub(super) digits: bool,
    /// A scale word or suffix stands in it: it is no year, no day, no list number.
    pub(super) scaled: bool,
    /// Letters of the last token that are not part of the number.
    pub(super) rest: &'a str,
    /// The number as written is a plain run of digits: of how many.
    pub(super) plain: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Cardinal,
    Ordinal,
    Fraction,
    Vague,
}

/// The number that starts at token `i`.
pub(super) fn number<'a>(scan: &Scan<'a>, i: usize) -> Option<Number<'a>> {
    let digits = scan.is_number(i);
    let mut found = if digits { in_digits(scan, i) } else { in_words(scan, i) };
    if let Some(found) = &mut found
        && is!(scan, found.end, "(")
    {
        over_brackets(scan, found);
    }
    found
}

/// "thirty (30) days", as contracts have it.
fn over_brackets(scan: &Scan, found: &mut Number) {
    let again = found.end + 1;
    let bracketed = scan.near(found.end) && scan.touches(again) && scan.is_number(again) != found.digits;
    if !bracketed || found.form != Form::Cardinal || !found.rest.is_empty() {
        return;
    }
    let said = if found.digits { in_words(scan, again) } else { in_digits(scan, again) };
    let same = |n: &Number| n.form == Form::Cardinal && n.rest.is_empty() && n.start == again && n.value.value() == found.value.value();
    if let Some(closed) = said.filter(same).filter(|n| is!(scan, n.end, ")") && scan.touches(n.end)) {
        found.end = closed.end + 1;
    }
}

// ---- digits ----------------------------------------------------------------------------------------------------------

fn vulgar(c: char) -> Option<(i64, u32)> {
    Some(match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    })
}

/// The power of ten a suffix stands for, whether it needs money before it to be sure ("m", "b").
pub(super) fn suffix_power(suffix: &str) -> Option<(i32, bool)> {
    Some(match suffix {
        "k" | "K" => (3, false),
        "m" | "b" => (if suffix == "m" { 6 } else { 9 }, true),
        "M" | "mn" | "MM" | "mln" | "mio" | "Mn" | "mil" => (6, false),
        "bn" | "B" | "Bn" | "BN" | "bln" => (9, false),
        "t" | "T" => (12, true),
        "tn" | "trn" | "tr" | "Tn" | "tln" => (12, false),
        "cr" | "Cr" => (7, true),
        _ => return None,
    })
}

fn in_digits<'a>(scan: &Scan<'a>, i: usize) -> Option<Number<'a>> {
    let word = scan.word(i);
    let bytes = word.as_bytes();
    if bytes.len() > 64 {
        return None;
    }
    let length = bytes.iter().position(|b| !(b.is_ascii_digit() || matches!(b, b'.' | b','))).unwrap_or(bytes.len());
    let (written, mut rest) = word.split_at(length);
    let mut end = i + 1;
    let mut fraction = rest.chars().next().and_then(vulgar);
    if fraction.is_some() {
        rest = &rest[rest.chars().next().map_or(0, char::len_utf8)..];
    }
    let whole = written.bytes().all(|b| b.is_ascii_digit());
    let mut value = if written.is_empty() {
        fraction?;
        Decimal::whole(0)
    } else if !whole && let Some(value) = continental(written) {
        value
    } else if whole || well_grouped(written) {
        Decimal::parse(written)?
    } else {
        return None;
    };
    let plain = if rest.is_empty() && fraction.is_none() && whole { written.len() } else { 0 };
    let goes_on = plain == 0 || may_go_on(scan, end);
    if goes_on
        && fraction.is_none()
        && !written.is_empty()
        && let Some((value, end)) = with_power(scan, i, value, rest)
    {
        return Some(Number { start: i, end, value, high: None, form: Form::Cardinal, digits: true, scaled: true, rest: "", plain: 0 });
    }
    // ".08": the point stands apart from what is before it.
    if plain > 0 && i > 0 && is!(scan, i - 1, ".") && scan.touches(i) && !scan.touches(i - 1) {
        let value = value.shifted(-i32::try_from(plain).ok()?);
        let start = i - 1;
        return Some(Number { start, end, value, high: None, form: Form::Cardinal, digits: true, scaled: false, rest: "", plain: 0 });
    }
    let mut form = Form::Cardinal;
    if !goes_on {
        return Some(Number { start: i, end, value, high: None, form, digits: true, scaled: false, rest, plain });
    }
    if written.is_empty() {
        form = Form::Fraction;
    }
    let mut grouped = false;
    if rest.is_empty() && fraction.is_none() && plain > 0 && plain <= 3 && bytes[0] != b'0' {
        (value, end) = spaced_groups(scan, i, value);
        if end == i + 1 {
            (value, end) = quoted_groups(scan, i, value);
        }
        grouped = end > i + 1;
    }
    if !grouped && rest.is_empty() && fraction.is_none() && plain > 0 {
        // "3 1/2", "1/2"
        let vulgar_at = |at: usize| -> Option<(i64, u32)> {
            if !any!(scan, at + 1, ["/", "⁄"]) {
                return None;
            }
            let (a, b) = (scan.word(at), scan.word(at + 2));
            let numbers = scan.is_number(at) && scan.is_number(at + 2);
            let whole = numbers && a.len() <= 2 && b.len() <= 4 && !is!(scan, at + 3, "/");
            let close = scan.touches(at + 1) == scan.touches(at + 2) && scan.near(at + 1) && scan.near(at + 2);
            let (a, b) = (a.parse().ok()?, b.parse().ok()?);
            (whole && close && a < i64::from(b) && b <= 1000).then_some((a, b))
        };
        if let Some(parts) = vulgar_at(end).filter(|_| scan.gap(end) == Gap::Space) {
            fraction = Some(parts);
            end += 3;
        } else if end == i + 1
            && let Some((a, b)) = vulgar_at(i)
        {
            // "1/2" is a half, "9/11" is a day: denominators of everyday fractions only, or a fraction in lowest terms of a kind.
            let everyday = matches!(b, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 20 | 32 | 64 | 100 | 1000);
            // "1/40" can be no day.
            if !(everyday || a == 1 && b > 31) {
                return None;
            }
            value = Decimal::fraction(a, b);
            form = Form::Fraction;
            end = i + 3;
        }
    }
    if let Some((parts, of)) = fraction {
        value = value.plus(Decimal::fraction(parts, of))?;
    }
    if rest.is_empty() && form == Form::Cardinal && !is!(scan, end, "/") {
        let (scaled_value, after) = scale_words(scan, end, value, true);
        let scaled = after > end;
        let mut number = Number {
            start: i,
            end: after,
            value: scaled_value,
            high: None,
            form,
            digits: true,
            scaled,
            rest,
            plain: if scaled { 0 } else { plain },
        };
        if scaled {
            lower_scales(scan, &mut number);
        }
        // A year, a code or a row of digits has no half.
        if scaled || (1..=3).contains(&plain) {
            and_parts(scan, &mut number);
        }
        return Some(number);
    }
    if matches!(rest, "st" | "nd" | "rd" | "th" | "ST" | "ND" | "RD" | "TH") && plain_digits(written) && ordinal_ending(written, rest) {
        return Some(Number { start: i, end, value, high: None, form: Form::Ordinal, digits: true, scaled: false, rest: "", plain: 0 });
    }
    // "24/7", "120/80"
    if rest.is_empty() && form == Form::Cardinal && scan.touches(end) && scan.touches(end + 1) && scan.is_number(end + 1) {
        return None;
    }
    let mut scaled = false;
    if let Some((power, false)) = suffix_power(rest) {
        value = value.shifted(power);
        rest = "";
        scaled = true;
    }
    Some(Number { start: i, end, value, high: None, form, digits: true, scaled, rest, plain })
}

/// Whether what stands at token `i` may belong to the digits before it. Most words do not: "12 people".
fn may_go_on(scan: &Scan, i: usize) -> bool {
    !scan.is_plain(i) || is!(scan, i, "and") || scan.entry(i).number.is_some() || scan.word(i).len() < 3
}

/// "1st", "12th"; "12st" is a weight.
fn ordinal_ending(written: &str, rest: &str) -> bool {
    let teen = written.len() > 1 && written.as_bytes()[written.len() - 2] == b'1';
    let ending = match written.bytes().last() {
        Some(b'1') if !teen => "st",
        Some(b'2') if !teen => "nd",
        Some(b'3') if !teen => "rd",
        _ => "th",
    };
    rest.eq_ignore_ascii_case(ending)
}

fn plain_digits(written: &str) -> bool {
    written.bytes().all(|b| b.is_ascii_digit() || b == b',')
}

/// Whether commas and points stand where they may: groups of three (of two in lakhs and crores), one point.
fn well_grouped(written: &str) -> bool {
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    if decimals.contains(['.', ',']) {
        return false;
    }
    if !whole.contains(',') {
        return true;
    }
    let groups = whole.split(',').count();
    whole.split(',').enumerate().all(|(at, group)| match at {
        0 => (1..=3).contains(&group.len()),
        _ if at + 1 == groups => group.len() == 3,
        _ => group.len() == 3 || group.len() == 2,
    })
}

/// "1.250,75", as most of Europe writes it: points between the groups and one comma.
fn continental(written: &str) -> Option<Decimal> {
    let (whole, decimals) = written.split_once(',').filter(|(whole, _)| whole.contains('.'))?;
    let grouped = whole.split('.').enumerate().all(|(at, group)| if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 });
    let cents = (1..=2).contains(&decimals.len()) && decimals.bytes().all(|b| b.is_ascii_digit());
    let places = i32::try_from(decimals.len()).ok()?;
    let decimals = Decimal::parse(decimals).filter(|_| grouped && cents)?.shifted(-places);
    let whole = whole.split('.').try_fold(Decimal::whole(0), |sum, group| sum.shifted(3).plus(Decimal::parse(group)?))?;
    whole.plus(decimals)
}

/// "816 000", "1 234 567": groups after a space. An everyday space needs round or several groups; a thin one is sure.
fn spaced_groups(scan: &Scan, i: usize, first: Decimal) -> (Decimal, usize) {
    let mut value = first;
    let mut at = i + 1;
    let mut sure = false;
    while at < i + 5 && scan.is_number(at) && scan.gap(at) == Gap::Space {
        let word = scan.word(at);
        if !(word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit())
            || word.len() > 3
                && word.as_bytes()[3] == b'.'
                && word.is_char_boundary(3)
                && word[..3].bytes().all(|b| b.is_ascii_digit())
                && Decimal::parse(word).is_some()
                && word.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        {
            break;
        }
        let between = &scan.text[scan.tokens[at - 1].span.end()..scan.tokens[at].span.start()];
        sure |= matches!(between, "\u{2009}" | "\u{202F}" | "\u{A0}") || word == "000";
        let Some(next) = Decimal::parse(word).and_then(|group| value.shifted(3).plus(group)) else { break };
        value = next;
        at += 1;
    }
    // A digit group right after, of another length: a phone or card number.
    let goes_on = scan.is_number(at)
        && scan.gap(at) == Gap::Space
        && !scan.word(at).contains(['.', ','])
        && at > i + 1
        && scan.word(at).bytes().all(|b| b.is_ascii_digit());
    if (sure || at > i + 2) && !goes_on && !(i > 0 && scan.is_number(i - 1) && scan.near(i)) { (value, at) } else { (first, i + 1) }
}

/// "1'250'000", as the Swiss write it. Every mark touches, and three digits follow each.
fn quoted_groups(scan: &Scan, i: usize, first: Decimal) -> (Decimal, usize) {
    let mut value = first;
    let mut at = i + 1;
    for _ in 0..4 {
        let word = scan.word(at + 1);
        let marked = is!(scan, at, "'") && scan.touches(at) && scan.touches(at + 1) && scan.is_number(at + 1);
        if !marked || word.len() != 3 || !word.bytes().all(|b| b.is_ascii_digit()) {
            break;
        }
        let Some(next) = Decimal::parse(word).and_then(|group| value.shifted(3).plus(group)) else { break };
        value = next;
        at += 2;
    }
    (value, at)
}

/// Scale words after a number: "million", "hundred thousand", "bn". Gives the scaled value and the token after them.
pub(super) fn scale_words(scan: &Scan, from: usize, value: Decimal, digits: bool) -> (Decimal, usize) {
    let mut at = from;
    let mut value = value;
    for _ in 0..3 {
        // "40+ million"
        let plus = digits && at == from && is!(scan, at, "+") && scan.touches(at);
        let next = if plus { at + 1 } else { scan.over_hyphen(at) };
        if !scan.near(next) {
            break;
        }
        let power = match scan.entry(next).number {
            Some(Numeral { class: NumeralClass::Hundred, form: NumeralForm::Cardinal, .. }) => 2,
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Cardinal, value }) => i32::from(value),
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Many, value }) if digits => i32::from(value),
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Short, value }) if digits => i32::from(value),
            Some(Numeral { class: NumeralClass::Dozen, form: NumeralForm::Cardinal | NumeralForm::Many, .. })
                if !is!(scan, next, "scores") =>
            {
                return (value.times(12).unwrap_or(value), next + 1);
            }
            _ => match scan.word(next) {
                "M" | "MM" if digits && next == at => 6,
                "B" if digits && next == at => 9,
                // "12 Cr", "over 7.5 K views"
                "Cr" if digits && next == at => 7,
                "K" if digits && next == at && scan.is_plural(next + 1) => 3,
                "k" if digits && next == at && (scan.is_plural(next + 1) || scan.kind(next + 1).is_none()) => 3,
                _ => break,
            },
        };
        value = value.shifted(power);
        at = next + 1;
    }
    (value, at)
}
