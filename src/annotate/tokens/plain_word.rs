//! Words of ASCII letters between blanks and marks, as most are, eight bytes at once.

use super::{
    Scan,
    case::{Letters, SMALL},
};
use crate::annotate::lexicon::AsciiHash;
use crate::document::Case;

impl Scan<'_> {
    /// Moves past the word here, if it is one of ASCII letters of which [`Scan::word`] would read no more. Gives its hash too. The last
    /// bytes of a text are left to that function.
    #[inline]
    pub(super) fn plain_word(&mut self) -> Option<(Case, u64)> {
        let rest = &self.bytes[self.at..];
        let first = Block::at(rest).filter(|block| block.letters > 0)?;
        let mut hash = AsciiHash::default();
        hash.add_block(first.lower, first.letters);
        let mut length = first.letters;
        let mut later_capitals = 0;
        let mut block = Block { ..first };
        while block.letters == BLOCK {
            block = Block::at(&rest[length..])?;
            hash.add_block(block.lower, block.letters);
            length += block.letters;
            later_capitals |= block.capitals;
        }
        let after = &rest[length..];
        let ends = match after.first()? {
            // No acronym and no "www.".
            b'.' | b':' => (length > 3 || length > 1 && first.lower[0] != b'w') && matches!(after.get(1), Some(b' ' | b'\n')),
            b'\'' => after.starts_with(b"'s "),
            // No e-mail address.
            b'-' => Block::at(&after[1..]).is_some_and(|next| matches!(after.get(1 + next.letters), Some(b' ' | b',' | b'\n'))),
            b'0'..=b'9' | b'_' | b'@' | b'+' | 0x80.. => false,
            _ => true,
        };
        if !ends {
            return None;
        }
        let case = if (first.capitals & !FIRST_CAPITAL) | later_capitals != 0 {
            Letters::of_ascii(&rest[..length]).case()
        } else {
            [Case::Lower, Case::Initial][usize::from(first.capitals != 0)]
        };
        self.at += length;
        Some((case, hash.finish()))
    }
}

const BLOCK: usize = size_of::<u64>();
/// The top bit of a byte, which ASCII does not have.
const TOP: u8 = 0x80;
/// `Block::capitals` where the first letter alone is one.
const FIRST_CAPITAL: u64 = SMALL as u64;

/// The same byte eight times.
const fn all(byte: u8) -> u64 {
    u64::from_le_bytes([byte; BLOCK])
}

/// Eight bytes of text, the first in the lowest place.
struct Block {
    /// How many ASCII letters it begins with.
    letters: usize,
    /// These in lower case, then 0.
    lower: [u8; BLOCK],
    /// The bit that makes a letter small, for those of them that lack it.
    capitals: u64,
}

impl Block {
    #[inline]
    fn at(bytes: &[u8]) -> Option<Self> {
        let block = u64::from_le_bytes(*bytes.first_chunk()?);
        let lower = block | all(SMALL);
        // Without the top bits no sum overflows into the next byte; that it reaches the top bit tells that a byte is so great.
        let low = lower & !all(TOP);
        let is_letter = (low + all(TOP - b'a')) & !(low + all(TOP - 1 - b'z')) & !block;
        let others = (!is_letter & all(TOP)) >> 7;
        let before_others = others.wrapping_sub(1) & !others;
        Some(Self {
            letters: others.trailing_zeros() as usize / 8,
            lower: (lower & before_others).to_le_bytes(),
            capitals: !block & before_others & all(SMALL),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(text: &str) -> Scan<'_> {
        Scan { text, bytes: text.as_bytes(), at: 0 }
    }

    #[test]
    fn a_plain_word_is_what_any_word_is() {
        let words =
            ["a", "I", "sea", "Orm", "www", "ICE", "iPhone", "harbours", "Harbours", "harbourmaster", "HarbourMasters", "HARBOURMASTERS"];
        let ends = [
            " ", ", and", ".\nThe", ". The", ".The", ": so", "'s, as", "'s", "'t", "’s", "-old ", "-old@", "-o.", "- ", "_", "@", "é", "3",
            "[1]", "`", "{", "\u{0}",
        ];
        for (word, end) in words.into_iter().flat_map(|word| ends.map(|end| (word, end))) {
            let text = format!("{word}{end} and so on");
            let (mut plain, mut any) = (scan(&text), scan(&text));
            let Some((case, hash)) = plain.plain_word() else { continue };
            assert_eq!(any.word(), (crate::document::TokenKind::Word, case), "{text}");
            assert_eq!(plain.at, any.at, "{text}");
            assert_eq!(hash, crate::annotate::lexicon::word_hash(word));
        }
        assert!(scan("harbourmaster.").plain_word().is_none(), "left to the function for any word");
        assert!(scan("harbourmaster of the town").plain_word().is_some());
    }

    #[test]
    fn every_byte_is_told_from_letters() {
        for byte in 0..=u8::MAX {
            for at in 0..BLOCK {
                let mut bytes = *b"aZqMzAbY";
                bytes[at] = byte;
                let letters = bytes.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
                let capitals = bytes[..letters].iter().filter(|byte| byte.is_ascii_uppercase()).count();
                let block = Block::at(&bytes).expect("eight bytes");
                assert_eq!((block.letters, block.capitals.count_ones() as usize), (letters, capitals), "{bytes:?}");
            }
        }
    }
}
