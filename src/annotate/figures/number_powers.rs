//! Powers in digits: "1e10", "2.48×10−5", "1.3x10^6", "2^10". Scientists write them, and so do tables that are pasted into articles.

use super::decimal::Decimal;
use super::scan::{Scan, is};

/// Larger powers are codes, not numbers.
const GREATEST_POWER: i32 = 30;

/// The value of the number at token `i` with the power that follows it, and the token after it. `rest` touches its digits.
pub(super) fn with_power(scan: &Scan, i: usize, value: Decimal, rest: &str) -> Option<(Decimal, usize)> {
    let next = i + 1;
    // "1e10"
    if let Some(power) = rest.strip_prefix(['e', 'E']).filter(|p| !p.is_empty()) {
        let power: i32 = power.parse().ok().filter(|_| power.bytes().all(|b| b.is_ascii_digit()))?;
        return scaled(value, power).map(|value| (value, next));
    }
    match rest {
        // "12e-1"
        "e" | "E" => {
            let (power, end) = exponent(scan, next).filter(|_| scan.is_dash(next) || is!(scan, next, "+"))?;
            scaled(value, power).map(|value| (value, end))
        }
        "x10" | "X10" => ten_to(scan, next).and_then(|(power, end)| Some((scaled(value, power)?, end))),
        "" if matches!(scan.word(next), "×" | "x" | "*" | "·") && is!(scan, next + 1, "10") => {
            ten_to(scan, next + 2).and_then(|(power, end)| Some((scaled(value, power)?, end)))
        }
        // "2^10"
        "" if is!(scan, next, "^") && scan.touches(next) => {
            let (power, end) = exponent(scan, next + 1)?;
            let raised = value.value().powi(power);
            let written = if raised == raised.trunc() { format!("{raised:.0}") } else { format!("{raised:.12}") };
            let value = if value.as_int() == Some(10) { scaled(Decimal::whole(1), power)? } else { Decimal::parse(&written)? };
            (power.abs() <= GREATEST_POWER).then_some((value, end))
        }
        _ => None,
    }
}

/// "^6", "^-6", or "−6" right after the ten.
fn ten_to(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    if is!(scan, i, "^") && scan.touches(i) {
        return exponent(scan, i + 1);
    }
    exponent(scan, i).filter(|_| scan.touches(i) && scan.is_dash(i))
}

/// A whole number with or without its sign, all touching what stands before.
fn exponent(scan: &Scan, i: usize) -> Option<(i32, usize)> {
    let minus = scan.is_dash(i);
    let at = i + usize::from(minus || is!(scan, i, "+"));
    let word = scan.word(at);
    if !scan.touches(i) || !scan.touches(at) || word.len() > 2 || !word.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let power: i32 = word.parse().ok()?;
    Some((if minus { -power } else { power }, at + 1))
}

fn scaled(value: Decimal, power: i32) -> Option<Decimal> {
    (power.abs() <= GREATEST_POWER).then(|| value.shifted(power))
}
