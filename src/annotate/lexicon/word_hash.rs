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

#[inline(never)]
fn hash_of_characters(word: &str) -> u64 {
    let lower = |c: char| match c {
        '’' => '\'',
        // Dashes and quotation marks: the tables of Unicode are slow to tell that they are no letters.
        '\u{2010}'..='\u{205E}' => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    finish(word.chars().fold(SEED, |hash, c| (hash ^ u64::from(lower(c))).wrapping_mul(PRIME)))
}

/// Hash of a word of ASCII, byte by byte: [`word_hash`] if they are those of its small letters.
#[derive(Clone, Copy)]
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

    #[inline]
    pub(crate) fn finish(self) -> u64 {
        finish(self.0)
    }
}

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
fn finish(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash ^ hash >> 29
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_apostrophes_fold_in_the_lower_hash_only() {
        assert_eq!(word_hash("O’Neill"), word_hash("o'neill"));
        assert_ne!(exact_hash("O’Neill"), exact_hash("o'neill"));
        assert_eq!(word_hash("ÉTÉ"), word_hash("été"));
        assert_eq!(word_hashes("été"), (word_hash("été"), word_hash("été")));
    }
}
