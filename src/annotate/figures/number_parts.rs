//! Parts that follow a whole number: "two and a half", "a million and a half", "three and two fifths", "one twenty-fifth", and the
//! smaller scales of a number begun in digits ("4 thousand 3 hundred and 21").

use super::decimal::Decimal;
use super::number::{Form, Number, scale_words};
use super::scan::{Scan, any, is};
use super::unit::meaning;
use super::words::{Meaning, Numeral, NumeralClass, NumeralForm, class};

/// Most scales that follow one another: thousands, hundreds, ones.
const MOST_SCALES: usize = 4;

/// What one part is of ("third": 3) and the token after its word.
#[derive(Clone, Copy)]
pub(super) struct Parts {
    pub(super) of: i64,
    pub(super) end: usize,
    /// "thirds" and not "third".
    pub(super) many: bool,
}

/// The parts named at token `i`: "half", "thirds", "twenty-fifth", "hundredths".
pub(super) fn parts_at(scan: &Scan, i: usize) -> Option<Parts> {
    let Numeral { class, value, form } = scan.entry(i).number?;
    let of = |class, value: u8| match class {
        NumeralClass::Hundred => Some(100),
        NumeralClass::Scale => 10i64.checked_pow(u32::from(value)),
        NumeralClass::Dozen => None,
        _ => Some(i64::from(value)),
    };
    match form {
        NumeralForm::Parts => Some(Parts { of: of(class, value)?, end: i + 1, many: true }),
        NumeralForm::Ordinal => Some(Parts { of: of(class, value)?, end: i + 1, many: false }),
        NumeralForm::Cardinal if class == NumeralClass::Ten => {
            let next = scan.over_hyphen(i + 1);
            let ones = scan.entry(next).number.filter(|n| n.class == NumeralClass::Digit && scan.near(next))?;
            let many = match ones.form {
                NumeralForm::Parts => true,
                NumeralForm::Ordinal => false,
                _ => return None,
            };
            Some(Parts { of: i64::from(value) + i64::from(ones.value), end: next + 1, many })
        }
        _ => None,
    }
}

/// Whether the part that ends at token `end` is one of a number and no rank: "a third" of nothing named, "a third times", "a fifth
/// miles", but not "a third man".
fn is_no_rank(scan: &Scan, end: usize) -> bool {
    let noun = scan.over_hyphen(end);
    !scan.is_content(noun)
        || is!(scan, noun, "times")
        || scan.has(noun, class::COMPARE)
        || scan.entry(noun).number.is_some()
        || meaning(scan, noun, false).is_some()
}

/// "a million and a half", "two and a half", "one and a quarter", "three and two fifths".
pub(super) fn and_parts(scan: &Scan, number: &mut Number) {
    let at = scan.over_hyphen(number.end);
    if !is!(scan, at, "and") || !scan.near(at) {
        return;
    }
    let next = scan.over_hyphen(at + 1);
    let (count, first) = if scan.is_article(next) {
        (1, scan.over_hyphen(next + 1))
    } else {
        match scan.entry(next).number {
            Some(Numeral { class: NumeralClass::Digit | NumeralClass::Teen, value, form: NumeralForm::Cardinal }) => {
                (i64::from(value), scan.over_hyphen(next + 1))
            }
            Some(Numeral { class: NumeralClass::Half, form: NumeralForm::Ordinal, .. }) => (1, next),
            Some(Numeral { class: NumeralClass::Ten, value, form: NumeralForm::Cardinal }) => {
                // "two and fifty-four hundredths"
                let ones = scan.over_hyphen(next + 1);
                match scan.entry(ones).number {
                    Some(Numeral { class: NumeralClass::Digit, value: one, form: NumeralForm::Cardinal }) => {
                        (i64::from(value) + i64::from(one), scan.over_hyphen(ones + 1))
                    }
                    _ => (i64::from(value), ones),
                }
            }
            _ => return,
        }
    };
    let half = scan.entry(first).number.is_some_and(|n| n.class == NumeralClass::Half);
    let Some(parts) = parts_at(scan, first).filter(|parts| scan.near(first) && count > 0 && count < parts.of) else { return };
    // "one and three quarter hours" does without the s.
    let agrees = parts.many == (count > 1) || half && count == 3 && !parts.many;
    let rank = !half && count == 1 && (parts.of < 3 || !is_no_rank(scan, parts.end));
    // "between one and two thirds": the two are apart.
    let apart = number.start > 0 && any!(scan, number.start - 1, ["between", "from"]);
    if !agrees || rank || is!(scan, parts.end, "of") || apart && count > 1 {
        return;
    }
    let Ok(of) = u32::try_from(parts.of) else { return };
    let share = Decimal::fraction(count, of);
    let (scaled_share, after) = scale_words(scan, parts.end, share, number.digits);
    let last = last_scale(scan, number);
    if after > parts.end && last > 0 && scaled_share.is_below(Decimal::whole(1).shifted(last)) {
        // "one billion and a half million": the half is of its own scale.
        if let Some(sum) = number.value.plus(scaled_share) {
            number.value = sum;
            number.end = after;
        }
        return;
    }
    if let Some(sum) = number.value.plus(share.shifted(last)) {
        number.value = sum;
        number.end = parts.end;
        number.form = Form::Cardinal;
        // "one and a half million"
        let (value, end) = scale_words(scan, number.end, number.value, number.digits);
        number.scaled |= end > number.end;
        number.value = value;
        number.end = end;
    }
}

/// The power of ten of the scale word a number ends with. A hundred and odd is no scale: "one hundred and three quarters".
fn last_scale(scan: &Scan, number: &Number) -> i32 {
    match scan.entry(number.end.wrapping_sub(1)).number {
        Some(Numeral { class: NumeralClass::Scale, value, .. }) => i32::from(value),
        Some(Numeral { class: NumeralClass::Hundred, .. }) if number.digits => 2,
        _ => 0,
    }
}

/// "4 thousand 3 hundred and 21": a number in digits goes on in smaller scales. Only a hundred takes bare ones, and only over "and".
pub(super) fn lower_scales(scan: &Scan, number: &mut Number) {
    for _ in 0..MOST_SCALES {
        let last = last_scale(scan, number);
        let and = is!(scan, number.end, "and");
        let next = number.end + usize::from(and);
        if last == 0 || !scan.near(number.end) || !scan.near(next) || and && last != 2 {
            return;
        }
        let word = scan.word(next);
        let small = if scan.is_number(next) && word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) {
            word.parse().ok()
        } else {
            let numeral = scan.entry(next).number.filter(|n| and && n.form == NumeralForm::Cardinal);
            numeral.filter(|n| matches!(n.class, NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten)).map(|n| i64::from(n.value))
        };
        let Some(small) = small.filter(|&n| n > 0) else { return };
        let (value, end) = scale_words(scan, next + 1, Decimal::whole(small), true);
        let scaled = end > next + 1;
        let fits = value.is_below(Decimal::whole(1).shifted(last));
        if !fits || scaled == and || any!(scan, end, ["%", "/", ":"]) {
            return;
        }
        let Some(sum) = number.value.plus(value) else { return };
        number.value = sum;
        number.end = end;
    }
}

/// Whether a scale word or a unit stands at token `i` or over a hyphen there.
pub(super) fn scale_or_unit(scan: &Scan, i: usize) -> bool {
    let at = scan.over_hyphen(i);
    let scale = scan.entry(at).number.is_some_and(|n| n.class == NumeralClass::Scale && n.form == NumeralForm::Cardinal);
    scan.near(at) && (scale || matches!(meaning(scan, at, false), Some((Meaning::Unit(_), _))))
}

/// "three-quarters of a million", "three-quarter million"
pub(super) fn of_a_scale<'a>(scan: &Scan<'a>, number: Number<'a>) -> Number<'a> {
    let of = is!(scan, number.end, "of") && is!(scan, number.end + 1, "a");
    if of || scale_or_unit(scan, number.end) {
        let from = if of { number.end + 2 } else { number.end };
        let (value, end) = scale_words(scan, from, number.value, false);
        if end > from {
            return Number { value, end, form: Form::Cardinal, scaled: true, ..number };
        }
    }
    number
}

/// "nine point nought four"
pub(super) fn point(scan: &Scan, number: &mut Number) {
    if !is!(scan, number.end, "point") {
        return;
    }
    let mut at = number.end + 1;
    let mut decimals = 0;
    let mut value = number.value;
    while decimals < 12 && scan.near(at) {
        let Some(Numeral { class, value: digit, form: NumeralForm::Cardinal }) = scan.entry(at).number else { break };
        let (places, digit) = match class {
            NumeralClass::Digit => (1, i64::from(digit)),
            NumeralClass::Teen if decimals == 0 => (2, i64::from(digit)),
            // "point seventy-one"
            NumeralClass::Ten if decimals == 0 => {
                let next = scan.over_hyphen(at + 1);
                let ones = scan
                    .entry(next)
                    .number
                    .filter(|n| n.class == NumeralClass::Digit && n.form == NumeralForm::Cardinal && n.value > 0 && scan.near(next));
                if ones.is_some() {
                    at = next;
                }
                (2, i64::from(digit) + ones.map_or(0, |n| i64::from(n.value)))
            }
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
