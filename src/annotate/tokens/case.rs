//! How the letters of a word are cased.

use crate::document::Case;

/// The bit that small letters of ASCII have and capitals have not.
pub(super) const SMALL: u8 = 0x20;

/// Counts what `Case` needs.
#[derive(Default)]
pub(super) struct Letters {
    pub(super) count: usize,
    upper: usize,
    lower: usize,
    pub(super) first_is_upper: bool,
}

impl Letters {
    pub(super) fn of_ascii(letters: &[u8]) -> Self {
        let mut counted = Self::default();
        letters.iter().for_each(|&b| counted.add_ascii(b));
        counted
    }

    pub(super) fn add_ascii(&mut self, b: u8) {
        if b.is_ascii_uppercase() {
            self.first_is_upper |= self.count == 0;
            self.upper += 1;
        } else if b.is_ascii_lowercase() {
            self.lower += 1;
        }
        self.count += 1;
    }

    pub(super) fn add(&mut self, c: char) {
        if c.is_uppercase() {
            self.first_is_upper |= self.count == 0;
            self.upper += 1;
        } else if c.is_lowercase() {
            self.lower += 1;
        }
        self.count += 1;
    }

    pub(super) fn case(&self) -> Case {
        match (self.upper, self.lower) {
            (0, 0) => Case::None,
            (0, _) => Case::Lower,
            (1, _) if self.first_is_upper => Case::Initial,
            (_, 0) if self.count > 1 => Case::Upper,
            (_, 0) => Case::Initial,
            _ => Case::Mixed,
        }
    }
}
