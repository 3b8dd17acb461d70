//! Numbers in JSON, byte for byte as serde_json writes them. Nearly all that a record holds are short: offsets, and values of three
//! decimals at most, which need no general method.

use serde_json::ser::{CompactFormatter, Formatter};
use std::io;

/// Appends a whole number.
#[inline]
pub(super) fn write_whole(number: u64, line: &mut Vec<u8>) {
    if number < 10_000 {
        let digits = four_digits(number as u32);
        let zeros = (digits.trailing_zeros() / 8).min(3);
        line.extend_from_slice(&((digits | ZEROS) >> (8 * zeros)).to_le_bytes());
        line.truncate(line.len() - zeros as usize);
    } else {
        write_long(number, line);
    }
}

#[inline(never)]
fn write_long(number: u64, line: &mut Vec<u8>) {
    write_whole(number / 10_000, line);
    line.extend_from_slice(&(four_digits((number % 10_000) as u32) | ZEROS).to_le_bytes());
}

/// Appends a finite float.
pub(super) fn write_float(value: f64, line: &mut Vec<u8>) -> io::Result<()> {
    // Of all decimals of so few digits each has a float of its own, so that what comes back from thousandths is written as they are.
    const MOST: f64 = 1e12;
    let thousandths = (value * 1000.0 + 0.5) as u64;
    if value.is_sign_negative() || value >= MOST || thousandths as f64 / 1000.0 != value {
        return CompactFormatter.write_f64(line, value);
    }
    write_whole(thousandths / 1000, line);
    let digits = four_digits((thousandths % 1000) as u32 * 10);
    let written = (4 - digits.leading_zeros() as usize / 8).max(1);
    line.push(b'.');
    line.extend_from_slice(&(digits | ZEROS).to_le_bytes());
    line.truncate(line.len() - 4 + written);
    Ok(())
}

/// Four times the digit 0.
const ZEROS: u32 = u32::from_le_bytes(*b"0000");

/// The digits of a number below 10,000, one a byte, the first in the lowest.
fn four_digits(number: u32) -> u32 {
    let pairs = (number / 100) | ((number % 100) << 16);
    // A tenth of each, as 103 / 1024 is near enough below 100.
    let tens = ((pairs * 103) >> 10) & 0x000F_000F;
    tens | ((pairs - 10 * tens) << 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_written_as_serde_json_writes_them() {
        let powers = (0..19).map(|power| 10u64.pow(power)).flat_map(|power| [power - 1, power, power + 1, power * 3 / 2]);
        for number in (0..30_000).chain(powers).chain([u64::MAX]) {
            let mut line = b"[".to_vec();
            write_whole(number, &mut line);
            assert_eq!(String::from_utf8_lossy(&line), format!("[{number}"));
        }
    }

    #[test]
    fn floats_are_written_as_serde_json_writes_them() {
        let thousandths = (0..3000u64).chain((0..40).map(|power| 3u64 << power)).map(|n| n as f64 / 1000.0);
        let others = [0.0, 1e-5, 0.0004, 0.0005, 1e11, 1e12, 1e15, 1e16, 1e300, f64::MIN_POSITIVE, f64::MAX, 0.1 + 0.2, 123_456_789.012];
        let near = |value: f64| [value, value.next_up(), value.next_down(), value + 0.0001, value * 1e9, value / 7.0];
        for value in thousandths.chain(others).flat_map(near).flat_map(|value| [value, -value]).filter(|value| value.is_finite()) {
            let mut line = b"[".to_vec();
            write_float(value, &mut line).expect("the line is in memory");
            assert_eq!(String::from_utf8_lossy(&line), format!("[{}", serde_json::json!(value)));
        }
    }
}
