//! The exponential function by our own arithmetic: confidences are the same on every machine, whatever its mathematical library and
//! instructions, and a row of scores is done at once.

/// e to the power of `x`, to within four millionths of the result. Powers beyond what such a float can hold give its least and greatest.
///
/// 2^(x log2 e) is split into a whole power, which is a float's exponent, and a polynomial for the rest (the Taylor series of 2^f, on
/// half a unit to either side of nought).
#[inline]
pub(crate) fn exp(x: f32) -> f32 {
    /// Added and taken away again, it leaves the nearest whole number. In between that is the last bits of the sum, which need no
    /// conversion: of those the processor does one at a time.
    const ROUND: f32 = 12_582_912.0;
    const LOG2_E: f32 = std::f32::consts::LOG2_E;
    const TERMS: [f32; 6] = [std::f32::consts::LN_2, 0.240_226_5, 0.055_504_11, 0.009_618_13, 0.001_333_36, 0.000_154_04];
    let power = x.clamp(-87.0, 88.0) * LOG2_E;
    let rounded = power + ROUND;
    let rest = power - (rounded - ROUND);
    let mut fraction = TERMS[5];
    for term in TERMS[..5].iter().rev() {
        fraction = fraction * rest + term;
    }
    let fraction = fraction * rest + 1.0;
    f32::from_bits(rounded.to_bits().wrapping_add(127) << 23) * fraction
}

#[cfg(test)]
mod tests {
    use super::exp;

    #[test]
    fn it_is_the_exponential_function() {
        for step in -8_700..=8_800 {
            let x = step as f32 / 100.0;
            let exact = f64::from(x).exp();
            assert!((f64::from(exp(x)) / exact - 1.0).abs() < 4e-6, "exp({x}) is {exact}, not {}", exp(x));
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) > 0.0 && exp(-1e9) < 1e-37 && exp(1e9).is_finite());
    }
}
