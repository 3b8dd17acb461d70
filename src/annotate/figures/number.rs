//! A number at a token: digits with their grouping, decimals, fractions and scale ("1,400", "3 1/2", "1.2bn"), or words of any size
//! ("one hundred and twenty-six million", "a million and a half"). Gives its exact value, its tokens, and the letters that touch it
//! and are not part of it ("210" of "210kWh", with "kWh" left for the unit).
//!
//! One pass, no backtracking: words are added up as they are said (hundreds multiply, scales close a group), and a word that cannot
//! follow ends the number.

use super::decimal::Decimal;
use super::scan::Scan;
use super::words::{Numeral, NumeralClass, NumeralForm};
use crate::document::{Gap, TokenKind};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number<'a> {
    /// First token, and the one after the last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) value: Decimal,
    /// Upper bound of a vague number: "dozens" is 24 to 99.
    pub(super) high: Option<Decimal>,
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
    if scan.is_number(i) { in_digits(scan, i) } else { in_words(scan, i) }
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
        "M" | "mn" | "MM" | "mln" | "mio" | "Mn" => (6, false),
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
    let mut value = if written.is_empty() {
        fraction?;
        Decimal::whole(0)
    } else {
        if !well_grouped(written) {
            return None;
        }
        Decimal::parse(written)?
    };
    let plain = if rest.is_empty() && fraction.is_none() && written.bytes().all(|b| b.is_ascii_digit()) { written.len() } else { 0 };
    let mut form = Form::Cardinal;
    if written.is_empty() {
        form = Form::Fraction;
    }
    let mut grouped = false;
    if rest.is_empty() && fraction.is_none() && plain > 0 && plain <= 3 && bytes[0] != b'0' {
        (value, end) = spaced_groups(scan, i, value);
        grouped = end > i + 1;
    }
    if !grouped && rest.is_empty() && fraction.is_none() && plain > 0 {
        // "3 1/2", "1/2"
        let vulgar_at = |at: usize| -> Option<(i64, u32)> {
            let (a, b) = (scan.word(at), scan.word(at + 2));
            let is_slash = matches!(scan.word(at + 1), "/" | "⁄") && scan.is_number(at) && scan.is_number(at + 2);
            let whole = is_slash && a.len() <= 2 && b.len() <= 4 && !matches!(scan.word(at + 3), "/");
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
            if !matches!(b, 2 | 3 | 4 | 5 | 6 | 8 | 10 | 16 | 20 | 32 | 64 | 100 | 1000) {
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
    if rest.is_empty() && form == Form::Cardinal && !matches!(scan.word(end), "/") {
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
            and_a_half(scan, &mut number);
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

/// Scale words after a number: "million", "hundred thousand", "bn". Gives the scaled value and the token after them.
fn scale_words(scan: &Scan, from: usize, value: Decimal, digits: bool) -> (Decimal, usize) {
    let mut at = from;
    let mut value = value;
    for _ in 0..3 {
        let next = scan.over_hyphen(at);
        if !scan.near(next) {
            break;
        }
        let power = match scan.entry(next).number {
            Some(Numeral { class: NumeralClass::Hundred, form: NumeralForm::Cardinal, .. }) => 2,
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Cardinal, value }) => i32::from(value),
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Many, value }) if digits => i32::from(value),
            Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Short, value }) if digits => i32::from(value),
            Some(Numeral { class: NumeralClass::Dozen, form: NumeralForm::Cardinal | NumeralForm::Many, .. })
                if !scan.is(next, "scores") =>
            {
                return (value.times(12).unwrap_or(value), next + 1);
            }
            _ => match scan.word(next) {
                "M" | "MM" if digits && next == at => 6,
                "B" if digits && next == at => 9,
                _ => break,
            },
        };
        value = value.shifted(power);
        at = next + 1;
    }
    (value, at)
}

/// "a million and a half", "two and a half", "one and a quarter".
fn and_a_half(scan: &Scan, number: &mut Number) {
    let at = scan.over_hyphen(number.end);
    if !scan.is(at, "and") {
        return;
    }
    let next = scan.over_hyphen(at + 1);
    let (half, parts) = if scan.any(next, &["a", "one"]) {
        (scan.over_hyphen(next + 1), 1)
    } else if scan.is(next, "three") {
        (scan.over_hyphen(next + 1), 3)
    } else {
        (next, 1)
    };
    let Some(Numeral { class: NumeralClass::Half, value, form }) = scan.entry(half).number else { return };
    if (form == NumeralForm::Parts) != (parts > 1) || scan.any(half + 1, &["of"]) {
        return;
    }
    let (unit, after) = last_scale(scan, number);
    if let Some(sum) = number.value.plus(Decimal::fraction(parts, u32::from(value)).shifted(unit)) {
        number.value = sum;
        number.end = after.max(half + 1);
        number.form = Form::Cardinal;
        // "one and a half million"
        let (value, end) = scale_words(scan, number.end, number.value, number.digits);
        number.scaled |= end > number.end;
        number.value = value;
        number.end = end;
    }
}

fn last_scale(scan: &Scan, number: &Number) -> (i32, usize) {
    let power = match scan.entry(number.end.wrapping_sub(1)).number {
        Some(Numeral { class: NumeralClass::Scale, value, .. }) => i32::from(value),
        Some(Numeral { class: NumeralClass::Hundred, .. }) => 2,
        _ => 0,
    };
    (power, number.end)
}

// ---- words -----------------------------------------------------------------------------------------------------------

/// Most words a number is made of.
const MOST_WORDS: usize = 24;

fn in_words<'a>(scan: &Scan<'a>, i: usize) -> Option<Number<'a>> {
    let blank = Number {
        start: i,
        end: i + 1,
        value: Decimal::whole(1),
        high: None,
        form: Form::Cardinal,
        digits: false,
        scaled: false,
        rest: "",
        plain: 0,
    };
    let article = scan.any(i, &["a", "an"]);
    let first = if article { i + 1 } else { i };
    let numeral = if scan.kind(first) == Some(TokenKind::Word) { scan.entry(first).number? } else { return None };
    if article {
        return after_article(scan, blank, first, numeral);
    }
    match (numeral.class, numeral.form) {
        (_, NumeralForm::Parts | NumeralForm::Short) => None,
        (_, NumeralForm::Many) => vague(scan, blank, i, numeral),
        (NumeralClass::Half, NumeralForm::Ordinal) => half(scan, blank, i, numeral),
        (NumeralClass::Half, _) => None,
        (NumeralClass::Scale | NumeralClass::Hundred, NumeralForm::Cardinal) => {
            // "million" alone, and "several hundred", "few thousand".
            let vague = i > 0 && scan.any(i - 1, &["several", "few", "many"]);
            let power = if numeral.class == NumeralClass::Hundred { 2 } else { i32::from(numeral.value) };
            let (value, end) = scale_words(scan, i + 1, Decimal::whole(1).shifted(power), false);
            let high = vague.then(|| value.times(9)).flatten();
            let value = if vague { value.times(2)? } else { value };
            Some(Number { end, value, high, form: if vague { Form::Vague } else { Form::Cardinal }, scaled: true, ..blank })
        }
        (NumeralClass::Dozen, _) if i > 0 && scan.any(i - 1, &["several", "few"]) => {
            Some(Number { value: Decimal::whole(24), high: Some(Decimal::whole(99)), form: Form::Vague, scaled: true, ..blank })
        }
        (NumeralClass::Dozen, _) => Some(Number { value: Decimal::whole(12), scaled: true, ..blank }),
        _ => cardinal(scan, blank, i),
    }
}

/// "a million", "a dozen", "a third", "half".
fn after_article<'a>(scan: &Scan<'a>, blank: Number<'a>, first: usize, numeral: Numeral) -> Option<Number<'a>> {
    let mut number = Number { end: first + 1, ..blank };
    match (numeral.class, numeral.form) {
        (NumeralClass::Hundred | NumeralClass::Scale, NumeralForm::Cardinal) => {
            let mut out = cardinal(scan, Number { ..blank }, first)?;
            out.start = blank.start;
            Some(out)
        }
        (NumeralClass::Dozen, NumeralForm::Cardinal) => {
            number.value = Decimal::whole(12);
            number.scaled = true;
            Some(number)
        }
        (NumeralClass::Half, NumeralForm::Ordinal) => {
            let mut out = half(scan, Number { start: first, end: first + 1, ..blank }, first, numeral)?;
            out.start = blank.start;
            Some(out)
        }
        (
            NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten | NumeralClass::Hundred | NumeralClass::Scale,
            NumeralForm::Ordinal,
        ) => {
            // "a third of", "by a fifth": a fraction; "a third win": an ordinal; "a second" is a duration or an ordinal.
            let of = ordinal_value(numeral)?;
            let noun = scan.over_hyphen(first + 1);
            if noun > first + 1 && scan.has(noun, super::words::class::COMPOUND) {
                return None;
            }
            let noun_follows = scan.is_content(noun) && scan.entry(noun).number.is_none();
            number.value = if noun_follows { Decimal::whole(of) } else { Decimal::fraction(1, u32::try_from(of).ok()?) };
            number.form = if noun_follows { Form::Ordinal } else { Form::Fraction };
            if noun_follows {
                number.start = first;
            }
            (of > 2).then_some(number)
        }
        _ => None,
    }
}

fn ordinal_value(numeral: Numeral) -> Option<i64> {
    Some(match numeral.class {
        NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten => i64::from(numeral.value),
        NumeralClass::Hundred => 100,
        NumeralClass::Scale => 10i64.checked_pow(u32::from(numeral.value))?,
        NumeralClass::Dozen | NumeralClass::Half => return None,
    })
}

/// "half a million", "half an hour" (0.5), "half of", "quarter of a million"; "a half".
fn half<'a>(scan: &Scan<'a>, blank: Number<'a>, i: usize, numeral: Numeral) -> Option<Number<'a>> {
    let mut number = Number { value: Decimal::fraction(1, u32::from(numeral.value)), form: Form::Fraction, ..blank };
    let mut at = scan.over_hyphen(i + 1);
    if scan.is(at, "of") && scan.any(at + 1, &["a", "an"]) {
        at += 1;
    }
    let scale = if scan.any(at, &["a", "an"]) { at + 1 } else { at };
    let (value, end) = scale_words(scan, scale, number.value, false);
    if end > scale {
        number.value = value;
        number.end = end;
        number.form = Form::Cardinal;
        number.scaled = true;
        return Some(number);
    }
    // "the quarter", "the second half", "half-hearted": a period, a side, a way of speaking.
    let led = i > 0
        && scan.near(i)
        && scan.any(i - 1, &["a", "one", "by", "in", "than", "nearly", "almost", "about", "over", "under", "only", "just", "least"]);
    let of_something = scan.any(i + 1, &["of", "the", "a", "an", "its", "their", "his", "her", "that", "this", "as", "all"]);
    let measured = super::unit::meaning(scan, at, false).is_some();
    let period = i > 0
        && (scan.is_word(i - 1)
            && scan.near(i)
            && (scan.any(
                i - 1,
                &[
                    "the", "first", "second", "third", "fourth", "other", "better", "last", "next", "this", "per", "each", "every",
                    "final", "current", "previous",
                ],
            )));
    let alone = i == 0 && i + 1 == scan.tokens.len();
    let compound = scan.is_hyphen(i + 1) && scan.touches(i + 1) && !measured;
    (!compound && !(period && !measured) && (of_something || measured || alone || led && (numeral.value == 4 || !scan.is_content(i + 1))))
        .then_some(number)
}

/// "dozens", "hundreds of millions", "tens of thousands".
fn vague<'a>(scan: &Scan<'a>, blank: Number<'a>, i: usize, numeral: Numeral) -> Option<Number<'a>> {
    let (low, high) = match (numeral.class, scan.word(i).as_bytes()[0] | 0x20) {
        (NumeralClass::Dozen, b's') => (Decimal::whole(40), Decimal::whole(99)),
        (NumeralClass::Dozen, _) => (Decimal::whole(24), Decimal::whole(99)),
        (NumeralClass::Hundred, _) => (Decimal::whole(100), Decimal::whole(1000)),
        (NumeralClass::Scale, _) => {
            (Decimal::whole(1).shifted(i32::from(numeral.value)), Decimal::whole(10).shifted(i32::from(numeral.value)))
        }
        _ => return None,
    };
    let mut number = Number { value: low, high: Some(high), form: Form::Vague, scaled: true, ..blank };
    if scan.is(i + 1, "of")
        && let Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Many, value }) = scan.entry(i + 2).number
    {
        let power = i32::from(value);
        // "hundreds of thousands" ends where millions begin.
        let high = if numeral.class == NumeralClass::Scale { Decimal::whole(10) } else { high };
        number = Number { value: low.shifted(power), high: Some(high.shifted(power)), end: i + 3, ..number };
    }
    // "scores" are results or marks unless something is counted by them.
    if numeral.class == NumeralClass::Dozen && scan.word(i).as_bytes()[0] | 0x20 == b's' && !scan.is(i + 1, "of") {
        return None;
    }
    Some(number)
}

/// Cardinals, ordinals ("twenty-first") and fractions ("two-thirds", "three and a half").
fn cardinal<'a>(scan: &Scan<'a>, blank: Number<'a>, i: usize) -> Option<Number<'a>> {
    let mut total = Decimal::whole(0);
    // The group below the next scale word, and its last word.
    let mut group: i64 = 0;
    let mut last: Option<Numeral> = None;
    let mut least_scale = i32::MAX;
    let mut number = Number { ..blank };
    let mut at = i;
    let mut end = i;
    for _ in 0..MOST_WORDS {
        let mut next = if at == i { at } else { over_loose_hyphen(scan, at) };
        if at > i && !scan.near(next) {
            break;
        }
        // "hundred and five", "million and one": a smaller number must follow.
        let and = at > i && scan.is(next, "and") && last.is_some_and(|l| matches!(l.class, NumeralClass::Hundred | NumeralClass::Scale));
        if and {
            next += 1;
        }
        let Some(numeral) = scan.entry(next).number.filter(|_| scan.kind(next) == Some(TokenKind::Word)) else { break };
        if and && !matches!(numeral.class, NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten) {
            break;
        }
        // "two dozens", "five lakhs"; but "two hundreds of" is no number.
        let many = numeral.form == NumeralForm::Many;
        if numeral.form == NumeralForm::Short || many && (at == i || scan.is(next + 1, "of") || scan.is(next, "scores")) {
            break;
        }
        let numeral = if many { Numeral { form: NumeralForm::Cardinal, ..numeral } } else { numeral };
        let value = i64::from(numeral.value);
        let fits = match (numeral.class, last.map(|l| l.class)) {
            (NumeralClass::Digit, Some(NumeralClass::Ten)) => value > 0,
            (NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten, None | Some(NumeralClass::Hundred | NumeralClass::Scale)) => {
                true
            }
            (NumeralClass::Hundred, None | Some(NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten)) => group < 100,
            (NumeralClass::Scale, None | Some(NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten | NumeralClass::Hundred)) => {
                i32::from(numeral.value) < least_scale
            }
            (NumeralClass::Scale, Some(NumeralClass::Scale)) => {
                numeral.form == NumeralForm::Cardinal && group == 0 && i32::from(numeral.value) >= least_scale && at == end
            }
            (NumeralClass::Dozen, Some(NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten | NumeralClass::Hundred)) => {
                numeral.form == NumeralForm::Cardinal
            }
            _ => false,
        };
        if numeral.form != NumeralForm::Cardinal && (at > i) {
            // "two thirds", "three quarters", "twenty-first"
            let so_far = total.plus(Decimal::whole(group))?;
            if numeral.form == NumeralForm::Parts
                || numeral.class == NumeralClass::Half
                || group == 1 && (scan.joins(at) || scan.is_hyphen(at)) && value > 2
            {
                let parts = so_far.as_int().filter(|&n| n > 0 && n < 1000)?;
                let of = if numeral.class == NumeralClass::Half { value } else { ordinal_value(numeral)? };
                let singular = numeral.form == NumeralForm::Ordinal;
                if and || singular && parts != 1 {
                    break;
                }
                number.value = Decimal::fraction(parts, u32::try_from(of).ok()?);
                number.form = Form::Fraction;
                number.end = next + 1;
                return Some(of_a_scale(scan, number));
            }
            if group == 1 && !fits && value > 2 && last.is_some_and(|l| l.class == NumeralClass::Digit) {
                // "one fifth of"
                if scan.is_content(next + 1) && !scan.is(next + 1, "of") {
                    break;
                }
                number.value = Decimal::fraction(1, u32::try_from(ordinal_value(numeral)?).ok()?);
                number.form = Form::Fraction;
                number.end = next + 1;
                return Some(of_a_scale(scan, number));
            }
        }
        if !fits {
            break;
        }
        match numeral.class {
            NumeralClass::Hundred => group = group.max(1) * 100,
            NumeralClass::Dozen => {
                group *= 12;
                number.scaled = true;
            }
            NumeralClass::Scale if last.is_some_and(|l| l.class == NumeralClass::Scale) => {
                total = total.shifted(i32::from(numeral.value));
            }
            NumeralClass::Scale => {
                least_scale = i32::from(numeral.value);
                total = total.plus(Decimal::whole(group.max(1)).shifted(least_scale))?;
                group = 0;
            }
            _ => group += value,
        }
        number.scaled |= matches!(numeral.class, NumeralClass::Hundred | NumeralClass::Scale);
        last = Some(numeral);
        at = next + 1;
        end = at;
        if numeral.form == NumeralForm::Ordinal {
            number.form = Form::Ordinal;
            break;
        }
        if numeral.class == NumeralClass::Dozen {
            break;
        }
    }
    if end == i {
        return None;
    }
    number.end = end;
    number.value = total.plus(Decimal::whole(group))?;
    if number.form == Form::Cardinal {
        point(scan, &mut number);
        and_a_half(scan, &mut number);
    }
    Some(number)
}

/// Over a hyphen, in text whose marks stand apart too ("fifty - two").
fn over_loose_hyphen(scan: &Scan, at: usize) -> usize {
    let loose = scan.is_hyphen(at) && !scan.touches(at) && !scan.touches(at + 1) && scan.near(at) && scan.near(at + 1);
    let next = scan.entry(at + 1).number;
    let after_ten = at > 0
        && scan.entry(at - 1).number.is_some_and(|n| n.class == NumeralClass::Ten)
        && next.is_some_and(|n| n.class == NumeralClass::Digit);
    let parts = next.is_some_and(|n| n.form == NumeralForm::Parts || n.class == NumeralClass::Half);
    let one_part = at > 0 && scan.is(at - 1, "one") && next.is_some_and(|n| n.form == NumeralForm::Ordinal && n.value > 2);
    if loose && (after_ten || parts || one_part) { at + 1 } else { scan.over_hyphen(at) }
}

/// "three-quarters of a million"
fn of_a_scale<'a>(scan: &Scan<'a>, number: Number<'a>) -> Number<'a> {
    if scan.is(number.end, "of") && scan.is(number.end + 1, "a") {
        let (value, end) = scale_words(scan, number.end + 2, number.value, false);
        if end > number.end + 2 {
            return Number { value, end, form: Form::Cardinal, scaled: true, ..number };
        }
    }
    number
}

/// "nine point nought four"
fn point(scan: &Scan, number: &mut Number) {
    if !scan.is(number.end, "point") {
        return;
    }
    let mut at = number.end + 1;
    let mut decimals = 0;
    let mut value = number.value;
    while decimals < 12 && scan.near(at) {
        let Some(Numeral { class, value: digit, form: NumeralForm::Cardinal }) = scan.entry(at).number else { break };
        let (places, digit) = match class {
            NumeralClass::Digit => (1, i64::from(digit)),
            NumeralClass::Teen | NumeralClass::Ten if decimals == 0 => (2, i64::from(digit)),
            _ => break,
        };
        decimals += places;
        let Some(sum) = value.plus(Decimal::whole(digit).shifted(-decimals)) else { break };
        value = sum;
        at += 1;
    }
    if decimals > 0 {
        (number.value, number.end) = scale_words(scan, at, value, false);
        number.scaled |= number.end > at;
    }
}
