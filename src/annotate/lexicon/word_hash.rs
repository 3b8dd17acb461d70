//! Words by number: a hash of the letters in lower case, computed once for each token and looked up in every list. 64 bits: among the
//! hundred thousand words of all lists, a word outside of them meets one by chance less than once in a hundred billion words.

/// Hash of a word in lower case: what lists of words are looked up by. Curly apostrophes count as straight ones.
#[inline]
pub(crate) fn word_hash(word: &str) -> u64 {
    let mut hash = AsciiHash::default();
    for byte in word.bytes() {
        if !byte.is_ascii() {
            return hash_of_characters(word);
        }
        hash.add(byte.to_ascii_lowercase());
    }
    hash.finish()
}

/// [`word_hash`] of a word in small letters that the program itself names, made when it is built.
pub(crate) const fn named_hash(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut hash = SEED;
    let mut at = 0;
    while at < bytes.len() {
        let first = bytes[at];
        assert!(!first.is_ascii_uppercase(), "no small letter");
        let (mut character, length) = match first {
            0..0x80 => (first as u64, 1),
            0x80..0xE0 => (first as u64 & 0x1F, 2),
            0xE0..0xF0 => (first as u64 & 0x0F, 3),
            0xF0.. => (first as u64 & 0x07, 4),
        };
        let end = at + length;
        at += 1;
        while at < end {
            character = character << 6 | bytes[at] as u64 & 0x3F;
            at += 1;
        }
        assert!(character != '’' as u64, "apostrophes are straight");
        hash = (hash ^ character).wrapping_mul(PRIME);
    }
    finish(hash)
}

#[inline(never)]
fn hash_of_characters(word: &str) -> u64 {
    let lower = |c: char| match c {
        '’' => '\'',
        // Dashes and quotation marks, the scripts from Hebrew to Myanmar: the tables of Unicode are slow to tell that they have no case.
        '\u{2010}'..='\u{205E}' | '\u{590}'..='\u{109F}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    finish(word.chars().fold(SEED, |hash, c| (hash ^ u64::from(lower(c))).wrapping_mul(PRIME)))
}

/// Hash of a word of ASCII, byte by byte: [`word_hash`] if they are those of its small letters.
pub(crate) struct AsciiHash(u64);

impl Default for AsciiHash {
    fn default() -> Self {
        Self(SEED)
    }
}

impl AsciiHash {
    #[inline]
    pub(crate) fn add(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(PRIME);
    }

    /// Adds the first `count` of eight bytes; the others must be 0. No branch asks how many there are: that the processor cannot guess, and
    /// what it does in vain after a wrong guess takes longer than to add all.
    #[inline]
    pub(crate) fn add_block(&mut self, bytes: [u8; 8], count: usize) {
        bytes.into_iter().for_each(|byte| self.add(byte));
        // A byte of 0 did nothing but multiply.
        self.0 = self.0.wrapping_mul(UNDO[8 - count]);
    }

    #[inline]
    pub(crate) fn finish(self) -> u64 {
        finish(self.0)
    }
}

/// What takes so many multiplications by `PRIME` back.
const UNDO: [u64; 9] = {
    // The inverse of an odd number modulo 2^64: each step doubles the bits that are right, of which three are at first.
    let mut inverse = PRIME;
    let mut undo = [1; 9];
    let mut step = 0;
    while step < 5 {
        inverse = inverse.wrapping_mul(2u64.wrapping_sub(PRIME.wrapping_mul(inverse)));
        step += 1;
    }
    let mut times = 1;
    while times < undo.len() {
        undo[times] = u64::wrapping_mul(undo[times - 1], inverse);
        times += 1;
    }
    undo
};

/// Hash of a word as printed; the same as [`word_hash`] of one in lower case.
#[inline]
pub(crate) fn exact_hash(word: &str) -> u64 {
    let mut hash = AsciiHash::default();
    for byte in word.bytes() {
        if !byte.is_ascii() {
            return exact_hash_of_characters(word);
        }
        hash.add(byte);
    }
    hash.finish()
}

#[inline(never)]
fn exact_hash_of_characters(word: &str) -> u64 {
    let straight = |c: char| if c == '’' { '\'' } else { c };
    finish(word.chars().fold(SEED, |hash, c| (hash ^ u64::from(straight(c))).wrapping_mul(PRIME)))
}

/// Both: in lower case and as printed.
#[inline]
pub(crate) fn word_hashes(word: &str) -> (u64, u64) {
    (word_hash(word), exact_hash(word))
}

/// Hash of a phrase from that of its beginning and its next word (lower case).
#[inline]
pub(crate) fn extend_phrase(beginning: u64, word: u64) -> u64 {
    finish((beginning.rotate_left(17) ^ word).wrapping_mul(PRIME))
}

const SEED: u64 = 0xCBF2_9CE4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01B3;

/// FNV leaves its upper bits poor for short words: mix them.
#[inline]
const fn finish(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_added_by_the_block_as_one_by_one() {
        for count in 0..=8 {
            let mut block = [0; 8];
            block[..count].copy_from_slice(&b"harbours"[..count]);
            let (mut together, mut apart) = (AsciiHash::default(), AsciiHash::default());
            together.add_block(block, count);
            block[..count].iter().for_each(|&byte| apart.add(byte));
            assert_eq!(together.finish(), apart.finish());
        }
    }

    #[test]
    fn words_that_the_program_names_have_the_hash_of_those_it_reads() {
        assert_eq!(named_hash("o'neill"), word_hash("O’Neill"));
        for mark in ["§", "–", "\u{1F600}"] {
            assert_eq!(named_hash(mark), word_hash(mark));
        }
    }

    #[test]
    fn case_and_apostrophes_fold_in_the_lower_hash_only() {
        assert_eq!(word_hash("O’Neill"), word_hash("o'neill"));
        assert_ne!(exact_hash("O’Neill"), exact_hash("o'neill"));
        assert_eq!(word_hash("ÉTÉ"), word_hash("été"));
        assert_eq!(word_hashes("été"), (word_hash("été"), word_hash("été")));
        assert!(('\u{590}'..='\u{109F}').all(|c| c.to_lowercase().eq([c])));
    }
}
