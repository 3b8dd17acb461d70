//! What the scorer sees of a token: its word, shape and affixes, its neighbours, their word clusters and lists, and the run of
//! capitalised tokens it stands in. Features are 32-bit hashes of template number and value; the trainer calls this same code.
//!
//! Half of a token's features say what one word is, at one place beside it, and words come back. These are [`word_features`],
//! apart from what joins words ([`Facts::joint_features`]), so that their rows need to be added up once for each word and place.

use super::facts::{Candidate, Facts, TokenFacts};
use super::words::{ClusterPath, WordTable, lists};

/// Where a word stands, seen from the token.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Here,
    Before,
    After,
    SecondBefore,
    SecondAfter,
}

impl Place {
    pub(crate) const ALL: [Place; 5] = [Place::Here, Place::Before, Place::After, Place::SecondBefore, Place::SecondAfter];

    fn offset(self) -> isize {
        match self {
            Place::Here => 0,
            Place::Before => -1,
            Place::After => 1,
            Place::SecondBefore => -2,
            Place::SecondAfter => 2,
        }
    }
}

/// Facts of what lies outside of the sentence.
static EDGE: TokenFacts = TokenFacts::NONE;

impl Facts<'_> {
    /// All features of a candidate, appended to `out`.
    pub(crate) fn features(&self, candidate: &Candidate, words: &WordTable, out: &mut Vec<u32>) {
        for place in Place::ALL {
            let (facts, word) = self.word_at(candidate, place);
            word_features(facts, word, place, words, out);
        }
        self.joint_features(candidate, words, out);
    }

    /// The token at a place, and its word: nothing outside of the sentence.
    #[inline]
    pub(crate) fn word_at(&self, candidate: &Candidate, place: Place) -> (&TokenFacts, &str) {
        match self.neighbour(candidate, place.offset()) {
            Some(at) => (&self.of_token[at], self.tokens[at].span.of(self.text)),
            None => (&EDGE, ""),
        }
    }

    #[inline]
    fn neighbour(&self, candidate: &Candidate, offset: isize) -> Option<usize> {
        let at = (candidate.token as usize).wrapping_add_signed(offset);
        (candidate.sentence_start as usize..candidate.sentence_end as usize).contains(&at).then_some(at)
    }

    /// The features of more than one word.
    #[inline]
    pub(crate) fn joint_features(&self, candidate: &Candidate, words: &WordTable, out: &mut Vec<u32>) {
        let at = candidate.token as usize;
        let facts = |offset: isize| self.neighbour(candidate, offset).map_or(&EDGE, |at| &self.of_token[at]);
        let (w, p1, n1, p2, n2) = (facts(0), facts(-1), facts(1), facts(-2), facts(2));
        let mut add = |template: u32, value: u64| out.push(feature_hash(template, value));

        add(7, pair(p1.lower, w.lower));
        add(8, pair(w.lower, n1.lower));
        add(9, pair(p1.lower, n1.lower));
        add(10, pair(p2.lower, p1.lower));
        add(11, pair(n1.lower, n2.lower));

        let shape = u64::from(w.shape);
        let (shape_before, shape_after) = (u64::from(p1.shape), u64::from(n1.shape));
        add(13, pair(shape_before, shape));
        add(14, pair(shape, shape_after));
        add(15, pair(pair(shape_before, shape), shape_after));

        let path = |facts: &TokenFacts| path(facts, words);
        let (c, c_p1, c_n1) = (path(w), path(p1), path(n1));
        add(35, pair(c_p1.prefix(7).into(), c.prefix(7).into()));
        add(36, pair(c.prefix(7).into(), c_n1.prefix(7).into()));
        add(37, pair(c_p1.prefix(7).into(), c_n1.prefix(7).into()));
        add(38, pair(shape, p1.cluster.into()));
        add(39, pair(shape, n1.cluster.into()));

        let listed = u64::from(w.lists);
        add(43, pair(u64::from(p1.lists), listed));
        add(44, pair(listed, u64::from(n1.lists)));
        let phrase = u64::from(w.phrase_begins) << 16 | u64::from(w.phrase_inside);
        add(45, phrase);
        add(46, pair(phrase, u64::from(n1.phrase_inside)));

        // The sentence.
        let opens = candidate.opens_sentence();
        let place = u64::from(opens) << 2 | candidate.style() as u64;
        add(47, pair(place, shape));
        add(48, pair(place, listed));
        add(49, pair(place, w.lower));

        // The run of capitalised tokens.
        let (run_start, run_end) = (candidate.run_start() as usize, candidate.run_start() as usize + candidate.run_length());
        if run_start < run_end {
            let run = &self.of_token[run_start..run_end];
            let (first, last) = (&run[0], &run[run.len() - 1]);
            let before = facts(run_start as isize - at as isize - 1);
            let after = facts(run_end as isize - at as isize);
            let keyword = run.iter().fold(0, |all, facts| all | facts.lists) & (lists::KEYWORD | lists::LEGAL_FORM);
            let position = ((at - run_start).min(3) as u64) << 8 | ((run_end - at).min(4) as u64) << 4 | u64::from(opens);
            add(50, pair(position, u64::from(keyword)));
            add(51, pair(position, place));
            add(52, first.lower);
            add(53, last.lower);
            add(54, pair(before.lower, position));
            add(55, pair(after.lower, position));
            add(56, pair(u64::from(before.cluster), u64::from(after.cluster)));
        }
        add_lists(w.phrase_begins, 203, out);
        add_lists(w.phrase_inside, 204, out);
    }
}

/// The features of one word at one place, appended to `out`. They depend on the word alone.
#[inline]
pub(crate) fn word_features(facts: &TokenFacts, word: &str, place: Place, words: &WordTable, out: &mut Vec<u32>) {
    let path = path(facts, words);
    let (lower, cluster) = (facts.lower, u64::from(facts.cluster));
    let mut add = |template: u32, value: u64| out.push(feature_hash(template, value));
    let neighbour_lists = pair(u64::from(facts.lists), u64::from(facts.shape));
    match place {
        Place::Here => {
            add(1, lower);
            add(2, facts.exact);
            add(12, u64::from(facts.shape));
            let (first, last, bytes) = affixes(word);
            for (number, length) in (0..).zip([2, 3, 4]) {
                add(16 + number, packed(first.iter().take(length.min(bytes))));
                add(19 + number, packed(last.iter().skip(LONGEST_AFFIX.saturating_sub(length))));
            }
            add(22, path.prefix(4).into());
            add(23, path.prefix(7).into());
            add(24, path.prefix(10).into());
            add(25, cluster);
            add(26, facts.lower_cluster.into());
            add(40, facts.lists.into());
        }
        Place::Before => {
            add(3, lower);
            add(27, path.prefix(6).into());
            add(28, cluster);
            add(41, neighbour_lists);
        }
        Place::After => {
            add(4, lower);
            add(29, path.prefix(6).into());
            add(30, cluster);
            add(42, neighbour_lists);
        }
        Place::SecondBefore => {
            add(5, lower);
            add(31, cluster);
            add(33, path.prefix(6).into());
        }
        Place::SecondAfter => {
            add(6, lower);
            add(32, cluster);
            add(34, path.prefix(6).into());
        }
    }
    match place {
        Place::Here => add_lists(facts.lists, 200, out),
        Place::Before => add_lists(facts.lists, 201, out),
        Place::After => add_lists(facts.lists, 202, out),
        Place::SecondBefore | Place::SecondAfter => {}
    }
}

/// The lists one by one, so that each has weights of its own.
#[inline]
fn add_lists(word_lists: u16, template: u32, out: &mut Vec<u32>) {
    let mut rest = word_lists;
    while rest != 0 {
        out.push(feature_hash(template, u64::from(rest.trailing_zeros())));
        rest &= rest - 1;
    }
}

#[inline]
fn path(facts: &TokenFacts, words: &WordTable) -> ClusterPath {
    words.clusters.get(facts.cluster as usize).copied().unwrap_or_default()
}

const LONGEST_AFFIX: usize = 4;

/// The first and the last bytes of a word in lower case (ASCII), the last ones at the end of their array, and how many the word has; the
/// rest is 0. A curly apostrophe counts as a straight one: "’s" ends as "'s" does.
fn affixes(word: &str) -> ([u8; LONGEST_AFFIX], [u8; LONGEST_AFFIX], usize) {
    let (mut first, mut last) = ([0; LONGEST_AFFIX], [0; LONGEST_AFFIX]);
    let mut buffer = [0; 4];
    let mut count = 0;
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c.to_ascii_lowercase() };
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            if let Some(slot) = first.get_mut(count) {
                *slot = byte;
            }
            last.rotate_left(1);
            last[LONGEST_AFFIX - 1] = byte;
            count += 1;
        }
    }
    (first, last, count)
}

/// Bytes as a number.
#[inline]
fn packed<'a>(bytes: impl Iterator<Item = &'a u8>) -> u64 {
    bytes.fold(0, |packed, &byte| packed << 8 | u64::from(byte))
}

#[inline]
pub(crate) fn pair(a: u64, b: u64) -> u64 {
    (a.rotate_left(29) ^ b.wrapping_add(0x51_7C_C1)).wrapping_mul(0x9FB2_1C65_1E98_DF25)
}

#[inline]
pub(crate) fn feature_hash(template: u32, value: u64) -> u32 {
    let mixed = (value ^ u64::from(template).wrapping_mul(0xD6E8_FEB8_6659_FD93)).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    let mixed = (mixed ^ mixed >> 33).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    ((mixed >> 32) as u32).max(1)
}
