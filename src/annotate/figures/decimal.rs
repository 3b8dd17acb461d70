//! An exact decimal number: digits, a power of ten, and a divisor for fractions. Scale words shift the power, so that "$1.2bn" is
//! 1200000000 to the last digit and never passes through a float.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    digits: i128,
    /// Power of ten.
    exponent: i32,
    /// 1 but for fractions.
    divisor: u32,
}

/// Digits a number may have: more is not a number anyone wrote.
const MOST_DIGITS: usize = 30;

/// The powers of ten that a float holds exactly.
const POWERS: [f64; 23] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

impl Decimal {
    pub(super) fn whole(n: i64) -> Self {
        Self { digits: i128::from(n), exponent: 0, divisor: 1 }
    }

    pub(super) fn fraction(parts: i64, of: u32) -> Self {
        Self { digits: i128::from(parts), exponent: 0, divisor: of.max(1) }
    }

    /// From digits with at most one point; anything else than digits and points is passed over (grouping marks).
    pub(super) fn parse(written: &str) -> Option<Self> {
        let mut out = Self::whole(0);
        let mut decimals = None;
        let mut count = 0;
        for b in written.bytes() {
            if b == b'.' {
                if decimals.is_some() {
                    return None;
                }
                decimals = Some(0);
            } else if b.is_ascii_digit() {
                count += 1;
                if count > MOST_DIGITS {
                    return None;
                }
                out.digits = out.digits * 10 + i128::from(b - b'0');
                if let Some(n) = &mut decimals {
                    *n += 1;
                }
            }
        }
        out.exponent = -decimals.unwrap_or(0);
        (count > 0).then_some(out)
    }

    pub(super) fn shifted(self, power: i32) -> Self {
        Self { exponent: (self.exponent + power).clamp(-60, 60), ..self }
    }

    pub(super) fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    pub(super) fn times(self, n: i64) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(i128::from(n)).filter(|d| d.unsigned_abs() < 10u128.pow(36))?, ..self })
    }

    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let at = |d: Self| -> Option<i128> {
            if d.exponent == exponent {
                return Some(d.digits);
            }
            let shift = u32::try_from(d.exponent - exponent).ok().filter(|&s| s <= 30)?;
            d.digits.checked_mul(10i128.checked_pow(shift)?)
        };
        let (a, b) = (at(self)?, at(other)?);
        let (da, db) = (i128::from(self.divisor), i128::from(other.divisor));
        let divisor = if da == db { da } else { da * db };
        let (a, b) = if da == db { (a, b) } else { (a.checked_mul(db)?, b.checked_mul(da)?) };
        let digits = a.checked_add(b).filter(|d| d.unsigned_abs() < 10u128.pow(36))?;
        Some(Self { digits, exponent, divisor: u32::try_from(divisor).ok()? })
    }

    /// The number in decimal digits; `None` where there is no end to them.
    pub(super) fn text(self) -> Option<String> {
        let mut digits = self.digits;
        let mut exponent = self.exponent;
        if self.divisor != 1 {
            let mut divisor = i128::from(self.divisor);
            for factor in [2, 5] {
                while divisor % factor == 0 {
                    divisor /= factor;
                    digits = digits.checked_mul(10 / factor)?;
                    exponent -= 1;
                }
            }
            if digits % divisor != 0 {
                return None;
            }
            digits /= divisor;
        }
        // Most numbers are small, and division of large ones is slow.
        let most = digits.unsigned_abs();
        let mut out = u64::try_from(most).map_or_else(|_| most.to_string(), |small| small.to_string());
        while exponent < 0 && out.ends_with('0') {
            exponent += 1;
            if digits != 0 {
                out.pop();
            }
        }
        if exponent >= 0 {
            if digits != 0 {
                out.extend(std::iter::repeat_n('0', exponent as usize));
            }
        } else {
            let places = exponent.unsigned_abs() as usize;
            if out.len() <= places {
                out.insert_str(0, &"0".repeat(places + 1 - out.len()));
            }
            out.insert(out.len() - places, '.');
        }
        if digits < 0 {
            out.insert(0, '-');
        }
        Some(out)
    }

    pub(super) fn value(self) -> f64 {
        // One operation on two exact floats is rounded as the text of its result is read.
        if self.digits.unsigned_abs() < 1 << 53 {
            let digits = self.digits as i64 as f64;
            match (self.divisor, self.exponent) {
                (divisor, 0) => return digits / f64::from(divisor),
                (1, 1..=22) => return digits * POWERS[self.exponent.unsigned_abs() as usize],
                (1, -22..0) => return digits / POWERS[self.exponent.unsigned_abs() as usize],
                _ => {}
            }
        }
        match self.text() {
            Some(text) => text.parse().unwrap_or(0.0),
            None => self.digits as f64 * 10f64.powi(self.exponent) / f64::from(self.divisor),
        }
    }

    /// The number as a small whole number.
    pub(super) fn as_int(self) -> Option<i64> {
        if (self.divisor, self.exponent) == (1, 0) {
            return i64::try_from(self.digits).ok();
        }
        let scale = 10i128.checked_pow(self.exponent.unsigned_abs())?;
        let whole = match (self.divisor, self.exponent) {
            (1, 0..) => self.digits.checked_mul(scale)?,
            (1, _) if self.digits % scale == 0 => self.digits / scale,
            _ => return None,
        };
        i64::try_from(whole).ok()
    }

    pub(super) fn is_below(self, other: Self) -> bool {
        self.value() < other.value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_exact() {
        let text = |written: &str, power| Decimal::parse(written).unwrap().shifted(power).text().unwrap();
        assert_eq!(text("1.2", 9), "1200000000");
        assert_eq!(text("0.0305", 0), "0.0305");
        assert_eq!(text("12.50", 0), "12.5");
        assert_eq!(text("99", -2), "0.99");
        assert_eq!(text("1,234,567.891", 6), "1234567891000");
        assert_eq!(text("000", 3), "0");
        assert_eq!(Decimal::fraction(7, 2).text().unwrap(), "3.5");
        assert_eq!(Decimal::fraction(2, 3).text(), None);
        assert_eq!(Decimal::parse("34.6").unwrap().negated().shifted(6).text().unwrap(), "-34600000");
    }

    #[test]
    fn sums_of_fractions_and_wholes() {
        let sum = Decimal::whole(3).plus(Decimal::fraction(1, 2)).unwrap();
        assert_eq!(sum.text().unwrap(), "3.5");
        let million_and_half = Decimal::fraction(3, 2).shifted(6);
        assert_eq!(million_and_half.value(), 1_500_000.0);
    }

    #[test]
    fn values_are_what_their_text_is_read_as() {
        for digits in [1, 3, 7, 12_345, 90_071_992_547_409, -1_234_567_890_123] {
            for exponent in -30..30 {
                let number = Decimal::whole(digits).shifted(exponent);
                assert_eq!(Some(number.value()), number.text().unwrap().parse().ok(), "{number:?}");
            }
        }
        assert_eq!(Decimal::fraction(2, 3).value(), 2.0 / 3.0);
        assert_eq!(Decimal::fraction(5, 8).value(), 0.625);
    }

    #[test]
    fn too_many_digits_are_no_number() {
        assert_eq!(Decimal::parse(&"9".repeat(31)), None);
        assert!(Decimal::parse(&"9".repeat(30)).is_some());
    }
}
