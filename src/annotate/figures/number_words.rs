//! Numbers in words: "one hundred and twenty-six million", "half a billion", "dozens", "two-thirds", "nine point four".
//!
//! Words are added up as they are said: hundreds multiply, scales close a group, and a word that cannot follow ends the number.

use super::decimal::Decimal;
use super::number::{Form, Number, scale_words};
use super::number_parts::{and_parts, of_a_scale, parts_at, point, scale_or_unit};
use super::scan::{Scan, any, is};
use super::words::{Numeral, NumeralClass, NumeralForm, class};
use crate::document::{Case, TokenKind};

/// Most words a number is made of.
const MOST_WORDS: usize = 24;

pub(super) fn in_words<'a>(scan: &Scan<'a>, i: usize) -> Option<Number<'a>> {
    let article = scan.is_article(i);
    let first = if article { i + 1 } else { i };
    let numeral = scan.entry(first).number.filter(|_| scan.is_word(first))?;
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
    if article {
        return after_article(scan, blank, first, numeral);
    }
    match (numeral.class, numeral.form) {
        (_, NumeralForm::Parts | NumeralForm::Short) => None,
        (_, NumeralForm::Many) => vague(scan, blank, i, numeral),
        (NumeralClass::Half, NumeralForm::Ordinal) => half(scan, blank, i, numeral),
        (NumeralClass::Half, _) => None,
        (NumeralClass::Scale | NumeralClass::Hundred, NumeralForm::Cardinal) => {
            // "million" alone, and "several hundred", "few thousand"; with a capital it is a name: "Fond du Lac".
            if scan.case(i) != Case::Lower {
                return None;
            }
            let vague = i > 0 && any!(scan, i - 1, ["several", "few", "many"]);
            let power = if numeral.class == NumeralClass::Hundred { 2 } else { i32::from(numeral.value) };
            let (value, end) = scale_words(scan, i + 1, Decimal::whole(1).shifted(power), false);
            let high = vague.then(|| value.times(9)).flatten().map(Decimal::value);
            let value = if vague { value.times(2)? } else { value };
            Some(Number { end, value, high, form: if vague { Form::Vague } else { Form::Cardinal }, scaled: true, ..blank })
        }
        (NumeralClass::Dozen, _) if i > 0 && any!(scan, i - 1, ["several", "few"]) => {
            Some(Number { value: Decimal::whole(24), high: Some(99.0), form: Form::Vague, scaled: true, ..blank })
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
            if noun > first + 1 && scan.has(noun, class::COMPOUND) {
                return None;
            }
            // "a third cheaper", "a fifth more": compared, not counted.
            let compared = scan.has(noun, class::COMPARE);
            let shared = compared || shared_out(scan, blank.start, noun);
            let noun_follows = is!(scan, noun, "one") || scan.is_content(noun) && scan.entry(noun).number.is_none() && !shared;
            number.value = match numeral.class {
                _ if noun_follows => Decimal::whole(of),
                // "a trillionth" is more than a divisor can hold.
                NumeralClass::Scale => Decimal::whole(1).shifted(-i32::from(numeral.value)),
                _ => Decimal::fraction(1, u32::try_from(of).ok()?),
            };
            number.form = if noun_follows { Form::Ordinal } else { Form::Fraction };
            if noun_follows {
                number.start = first;
            }
            (of > 2).then_some(number)
        }
        _ => None,
    }
}

/// Whether "a third" or "half" before token `next` is a share of those who do something: "nearly a third support it", "about half
/// backed the plan". "About a third term" tells nothing.
fn shared_out(scan: &Scan, start: usize, next: usize) -> bool {
    if start == 0 || !scan.near(start) || scan.is_hyphen(next) || scan.is_hyphen(next + 1) {
        return false;
    }
    let led = any!(scan, start - 1, ["nearly", "almost", "roughly"])
        || is!(scan, start - 1, "than") && start > 1 && any!(scan, start - 2, ["more", "less", "fewer"])
        || any!(scan, start - 1, ["under", "over"]) && start > 1 && is!(scan, start - 2, "just");
    let about = scan.has(start - 1, class::BEFORE_SHARE);
    let object = scan.has(next + 1, class::PRONOUN);
    let verb = scan.is_content(next) && scan.case(next) == Case::Lower && !scan.has(next, class::HALF_WORD) && !scan.is_plural(next);
    verb && (led || about && object)
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
    if is!(scan, at, "of") && scan.is_article(at + 1) {
        at += 1;
    }
    // "half-a-million"
    let scale = if scan.is_article(at) { scan.over_hyphen(at + 1) } else { at };
    let (value, end) = scale_words(scan, scale, number.value, false);
    if end > scale {
        number.value = value;
        number.end = end;
        number.form = Form::Cardinal;
        number.scaled = true;
        return Some(number);
    }
    // "the largest sum raised in a quarter so far": three months.
    let in_a = numeral.value == 4 && i > 1 && is!(scan, i - 1, "a") && any!(scan, i - 2, ["in", "for", "during", "within"]);
    if in_a && !is!(scan, i + 1, "of") && super::unit::meaning(scan, at, false).is_none() {
        return None;
    }
    // "the quarter", "the second half", "half-hearted": a period, a side, a way of speaking.
    let led = i > 0
        && scan.near(i)
        && any!(
            scan,
            i - 1,
            ["a", "one", "by", "in", "than", "nearly", "almost", "about", "over", "under", "only", "just", "least", "around", "roughly"]
        )
        || i > 1 && scan.near(i) && is!(scan, i - 1, "to") && is!(scan, i - 2, "up");
    let of_something = any!(scan, i + 1, ["of", "the", "a", "an", "its", "their", "his", "her", "that", "this", "as", "all"]);
    let measured = super::unit::meaning(scan, scale, false).is_some();
    // "Half were asked", "and half are hers"
    let subject =
        any!(scan, i + 1, ["are", "were", "have", "had"]) && !(i > 0 && scan.near(i) && (scan.is_article(i - 1) || scan.touches(i)));
    let period = i > 0 && (scan.is_word(i - 1) && scan.near(i) && (scan.has(i - 1, class::WHICH_HALF)));
    let alone = i == 0 && i + 1 == scan.tokens.len();
    let compound = scan.is_hyphen(i + 1) && scan.touches(i + 1) && !measured;
    let a_share = of_something
        || subject
        || measured
        || alone
        || led && (numeral.value == 4 || !scan.is_content(i + 1))
        || led && numeral.value == 2 && !any!(scan, i - 1, ["a", "one", "by", "in", "to"]) && !scan.has(i + 1, class::HALF_WORD)
        || numeral.value == 2 && shared_out(scan, i, i + 1);
    let a_period = period && !measured;
    (a_share && !a_period && !compound).then_some(number)
}

/// "dozens", "hundreds of millions", "tens of thousands".
fn vague<'a>(scan: &Scan<'a>, blank: Number<'a>, i: usize, numeral: Numeral) -> Option<Number<'a>> {
    let (low, high) = match (numeral.class, scan.word(i).as_bytes()[0] | 0x20) {
        (NumeralClass::Dozen, b's') => (Decimal::whole(40), Decimal::whole(99)),
        (NumeralClass::Dozen, _) => (Decimal::whole(24), Decimal::whole(99)),
        (NumeralClass::Ten, _) => (Decimal::whole(10), Decimal::whole(100)),
        (NumeralClass::Hundred, _) => (Decimal::whole(100), Decimal::whole(1000)),
        (NumeralClass::Scale, _) => {
            (Decimal::whole(1).shifted(i32::from(numeral.value)), Decimal::whole(10).shifted(i32::from(numeral.value)))
        }
        _ => return None,
    };
    let mut number = Number { value: low, high: Some(high.value()), form: Form::Vague, scaled: true, ..blank };
    if is!(scan, i + 1, "of")
        && let Some(Numeral { class: NumeralClass::Scale, form: NumeralForm::Many, value }) = scan.entry(i + 2).number
    {
        let power = i32::from(value);
        // "hundreds of thousands" ends where millions begin.
        let high = if numeral.class == NumeralClass::Scale { Decimal::whole(10) } else { high };
        number = Number { value: low.shifted(power), high: Some(high.shifted(power).value()), end: i + 3, ..number };
    }
    // "tens" count nothing by themselves.
    if numeral.class == NumeralClass::Ten && number.end < i + 3 {
        return None;
    }
    // "scores" are results or marks unless something is counted by them.
    if numeral.class == NumeralClass::Dozen && scan.word(i).as_bytes()[0] | 0x20 == b's' && !is!(scan, i + 1, "of") {
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
    // What was said before the last "and": "one hundred and three quarters" has only the three in quarters.
    let mut before_and = Decimal::whole(0);
    // "two million and one half": the half is of a million.
    let mut and_scale = 0;
    let mut at = i;
    let mut end = i;
    for _ in 0..MOST_WORDS {
        let mut next = if at == i { at } else { over_loose_hyphen(scan, at) };
        if at > i && !scan.near(next) {
            break;
        }
        // "hundred and five", "million and one": a smaller number must follow.
        let and = last.is_some_and(|l| matches!(l.class, NumeralClass::Hundred | NumeralClass::Scale)) && is!(scan, next, "and");
        if and {
            next += 1;
        }
        let Some(numeral) = scan.entry(next).number.filter(|_| scan.kind(next) == Some(TokenKind::Word)) else { break };
        // "one twenty-fifth", "three twenty-fifths", "forty fifty-firsts"
        if numeral.class == NumeralClass::Ten
            && last.is_some_and(|l| matches!(l.class, NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten))
            && total == Decimal::whole(0)
            && let Some(parts) = parts_at(scan, next).filter(|parts| parts.many == (group > 1) && group > 0)
        {
            if !parts.many && scan.is_content(parts.end) {
                break;
            }
            number.value = Decimal::fraction(group, u32::try_from(parts.of).ok()?);
            number.form = Form::Fraction;
            number.end = parts.end;
            return Some(number);
        }
        if and {
            before_and = total.plus(Decimal::whole(group))?;
            and_scale = if group == 0 && least_scale < i32::MAX { least_scale } else { 0 };
        }
        if and && !matches!(numeral.class, NumeralClass::Digit | NumeralClass::Teen | NumeralClass::Ten) {
            break;
        }
        // "three firsts" are no parts: only "twenty-firsts" are.
        if numeral.form == NumeralForm::Parts && numeral.value == 1 {
            break;
        }
        // "two dozens", "five lakhs"; but "two hundreds of" is no number.
        let many = numeral.form == NumeralForm::Many;
        if numeral.form == NumeralForm::Short || many && (at == i || is!(scan, next + 1, "of") || is!(scan, next, "scores")) {
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
                let of = if numeral.class == NumeralClass::Half { value } else { ordinal_value(numeral)? };
                // "the first two quarters" are of a year: nobody says so of a half.
                if numeral.class == NumeralClass::Half && value == 4 && so_far == Decimal::whole(2) {
                    break;
                }
                // "one hundred thirty-fifths"
                let tens = group % 100;
                let compound = numeral.class == NumeralClass::Digit
                    && group > 100
                    && before_and == Decimal::whole(0)
                    && last.is_some_and(|l| l.class == NumeralClass::Ten);
                let (so_far, of) = if compound { (so_far.plus(Decimal::whole(-tens))?, of + tens) } else { (so_far, of) };
                // "one hundred and thirty fifths" are more than a whole: all of them are fifths.
                let after_and = so_far.plus(before_and.negated())?.as_int().filter(|&n| n > 0)?;
                if after_and >= of {
                    before_and = Decimal::whole(0);
                }
                let parts = so_far.plus(before_and.negated())?.as_int().filter(|&n| n > 0 && n < 1_000_000_000)?;
                let singular = numeral.form == NumeralForm::Ordinal;
                // "three-quarter million", "a three-quarter mile"
                let adjective = parts == 3 && of == 4 && (scale_or_unit(scan, next + 1) || scan.joins(at));
                if and || singular && parts != 1 && !adjective {
                    break;
                }
                let share = match numeral.class {
                    NumeralClass::Scale => Decimal::whole(parts).shifted(-i32::from(numeral.value)),
                    _ => Decimal::fraction(parts, u32::try_from(of).ok()?),
                };
                number.end = next + 1;
                if before_and != Decimal::whole(0) {
                    let (scaled, after) = scale_words(scan, number.end, share, false);
                    let own = after > number.end;
                    number.value = before_and.plus(if own { scaled } else { share.shifted(and_scale) })?;
                    number.end = after;
                    return Some(number);
                }
                number.value = share;
                number.form = Form::Fraction;
                return Some(of_a_scale(scan, number));
            }
            if group == 1 && !fits && value > 2 && last.is_some_and(|l| l.class == NumeralClass::Digit) {
                // "one fifth of"
                if scan.is_content(next + 1) && !is!(scan, next + 1, "of") {
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
            // "three hundred and two dozen": only the two are dozens.
            NumeralClass::Dozen => {
                let kept = if before_and == Decimal::whole(0) { 0 } else { group / 100 * 100 };
                group = kept + (group - kept) * 12;
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
        and_parts(scan, &mut number);
    }
    Some(number)
}

/// Over a hyphen, in text whose marks stand apart too ("fifty - two").
fn over_loose_hyphen(scan: &Scan, at: usize) -> usize {
    let loose = scan.is_hyphen(at) && !scan.touches(at) && !scan.touches(at + 1) && scan.near(at) && scan.near(at + 1);
    if !loose {
        return scan.over_hyphen(at);
    }
    let next = scan.entry(at + 1).number;
    let after_ten = at > 0
        && scan.entry(at - 1).number.is_some_and(|n| n.class == NumeralClass::Ten)
        && next.is_some_and(|n| n.class == NumeralClass::Digit);
    let parts = next.is_some_and(|n| n.form == NumeralForm::Parts || n.class == NumeralClass::Half);
    let one_part = at > 0 && is!(scan, at - 1, "one") && next.is_some_and(|n| n.form == NumeralForm::Ordinal && n.value > 2);
    at + usize::from(after_ten || parts || one_part)
}
