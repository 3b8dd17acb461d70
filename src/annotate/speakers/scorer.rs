//! The weights of the evidence: a table learnt from news whose quotations have known speakers (`weights.tsv`; see `learning`).

use super::features::BITS;
use crate::annotate::exponential::exp;

/// One weight per hashed feature.
pub struct Weights {
    /// In hundredths, none beyond 127: small enough to stay in the cache.
    table: Box<[i8; 1 << BITS]>,
}

impl Weights {
    /// Reads rows of a feature's number (hexadecimal) and its weight in hundredths.
    #[must_use]
    pub fn read(file: &str) -> Self {
        let mut table = Box::new([0; 1 << BITS]);
        // Byte by byte: it has 19,000 lines, all of them short.
        for line in file.as_bytes().split(|&byte| byte == b'\n').filter(|line| !line.starts_with(b"#")) {
            let Some((number, weight)) = line.iter().position(|&byte| byte == b'\t').map(|tab| line.split_at(tab)) else { continue };
            let weight = weight[1..].trim_ascii_end();
            let (sign, weight) = weight.strip_prefix(b"-").map_or((1, weight), |weight| (-1, weight));
            if let (Some(number), Some(weight)) = (read_number(number, 16), read_number(weight, 10))
                && let Some(slot) = table.get_mut(number as usize)
            {
                *slot = (sign * weight).clamp(-127, 127) as i8;
            }
        }
        Self { table }
    }

    #[must_use]
    pub fn english() -> Self {
        Self::read(include_str!("weights.tsv"))
    }

    /// The weight of a feature, in hundredths.
    #[inline]
    #[must_use]
    pub fn of(&self, feature: u32) -> i32 {
        i32::from(self.table[feature as usize & ((1 << BITS) - 1)])
    }

    #[must_use]
    pub fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&feature| self.of(feature)).sum::<i32>() as f32 / 100.0
    }
}

fn read_number(digits: &[u8], base: i32) -> Option<i32> {
    digits.iter().try_fold(0i32, |number, &digit| number.checked_mul(base)?.checked_add(char::from(digit).to_digit(base as u32)? as i32))
}

/// Turns scores into chances that sum to one.
pub fn softmax(scores: &mut [f32]) {
    let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - highest);
        sum += *score;
    }
    for score in scores.iter_mut() {
        *score /= sum;
    }
}

#[must_use]
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + exp(-score))
}
