//! What the scorer sees of a token: its word, shape and affixes, its neighbours, their word clusters and lists, and the run of
//! capitalised tokens it stands in. Features are 32-bit hashes of template number and value; the trainer calls this same code.
//!
//! Most of a token's features depend on little: on one word at one place, or on the kinds of two neighbours. Such features form a
//! [`Group`], of which the sum of rows is kept by what it depends on ([`Window::keys`]); words and kinds of words come back. The rest joins
//! words ([`Window::joint_features`]) and is looked up each time.

use super::facts::{Candidate, Facts, TokenFacts};
use super::words::{ClusterPath, WordTable, lists};
use crate::document::{Token, TokenKind};

/// Features that depend on the same. [`Window::keys`] has their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Group {
    /// The word itself, with its place in the sentence.
    Word,
    /// The words around it, one by one.
    Before,
    After,
    SecondBefore,
    SecondAfter,
    /// Shape, cluster and lists of the word and of its neighbour.
    KindsBefore,
    KindsAfter,
    /// Its place in the run of capitalised tokens.
    Run,
}

impl Group {
    pub(crate) const ALL: [Group; 8] = [
        Group::Word,
        Group::Before,
        Group::After,
        Group::SecondBefore,
        Group::SecondAfter,
        Group::KindsBefore,
        Group::KindsAfter,
        Group::Run,
    ];
}

/// Facts of what lies outside of the sentence.
static EDGE: TokenFacts = TokenFacts::NONE;

/// What the features of a candidate are made of.
pub(crate) struct Window<'f> {
    text: &'f str,
    token: &'f Token,
    word: &'f TokenFacts,
    before: &'f TokenFacts,
    after: &'f TokenFacts,
    second_before: &'f TokenFacts,
    second_after: &'f TokenFacts,
    /// How its sentence is cased, and whether it opens it.
    setting: u64,
    run: Option<Run<'f>>,
}

/// The run of capitalised tokens around a candidate.
struct Run<'f> {
    first: &'f TokenFacts,
    last: &'f TokenFacts,
    before: &'f TokenFacts,
    after: &'f TokenFacts,
    /// Which words of organisations stand in it.
    keywords: u16,
    /// Where the candidate stands in it.
    position: u64,
}

impl<'f> Window<'f> {
    #[inline]
    pub(crate) fn of(facts: &'f Facts, candidate: &Candidate) -> Self {
        let at = candidate.token as usize;
        let sentence = candidate.sentence_start as usize..candidate.sentence_end as usize;
        // Before the first token the number wraps around, and lies in no sentence.
        let facts_at = |at: usize| if sentence.contains(&at) { &facts.of_token[at] } else { &EDGE };
        let opens = u64::from(candidate.opens_sentence());
        let run = (candidate.run_length() > 0).then(|| {
            let start = candidate.run_start() as usize;
            let end = start + candidate.run_length();
            let run = &facts.of_token[start..end];
            Run {
                first: &run[0],
                last: &run[run.len() - 1],
                before: facts_at(start.wrapping_sub(1)),
                after: facts_at(end),
                keywords: run.iter().fold(0, |all, facts| all | facts.lists) & (lists::KEYWORD | lists::LEGAL_FORM),
                position: ((at - start).min(3) as u64) << 8 | ((end - at).min(4) as u64) << 4 | opens,
            }
        });
        Self {
            text: facts.text,
            token: &facts.tokens[at],
            word: &facts.of_token[at],
            before: facts_at(at.wrapping_sub(1)),
            after: facts_at(at + 1),
            second_before: facts_at(at.wrapping_sub(2)),
            second_after: facts_at(at + 2),
            setting: opens << 2 | candidate.style() as u64,
            run,
        }
    }

    /// All features of a candidate, appended to `out`.
    pub(crate) fn features(&self, words: &WordTable, out: &mut Vec<u32>) {
        for group in Group::ALL {
            self.group_features(group, words, out);
        }
        self.joint_features(words, out);
    }

    /// For each group all that its features depend on, as a number that is not 0.
    #[inline]
    pub(crate) fn keys(&self) -> [u64; Group::ALL.len()] {
        let Self { word, before, after, second_before, second_after, .. } = *self;
        let kind = word.kind();
        let depend_on = [
            pair(word.exact, self.phrases() << 3 | self.setting),
            before.exact,
            after.exact,
            second_before.exact,
            second_after.exact,
            pair(before.kind(), kind),
            pair(pair(kind, after.kind()), self.phrases() << 16 | u64::from(after.phrase_inside)),
            self.run.as_ref().map_or(0, |run| pair(run.position << 16 | u64::from(run.keywords), self.setting)),
        ];
        std::array::from_fn(|group| pair(depend_on[group], group as u64).max(1))
    }

    /// The features of a group, appended to `out`. They depend on nothing that the key does not hold.
    #[inline]
    pub(crate) fn group_features(&self, group: Group, words: &WordTable, out: &mut Vec<u32>) {
        let Self { word, before, after, second_before, second_after, .. } = *self;
        let path = |facts: &TokenFacts| path(facts, words);
        let shape = u64::from(word.shape);
        let listed = u64::from(word.lists);
        match group {
            Group::Word => {
                let (first, last, bytes) = affixes(self.printed());
                let start = |length: usize| u64::from(first >> (8 * bytes.saturating_sub(length)));
                let end = |length: usize| u64::from(last) & !(!0 << (8 * length));
                let path = path(word);
                out.extend_from_slice(&[
                    feature_hash(1, word.lower),
                    feature_hash(2, word.exact),
                    feature_hash(12, shape),
                    feature_hash(16, start(2)),
                    feature_hash(17, start(3)),
                    feature_hash(18, start(4)),
                    feature_hash(19, end(2)),
                    feature_hash(20, end(3)),
                    feature_hash(21, end(4)),
                    feature_hash(22, path.prefix(4).into()),
                    feature_hash(23, path.prefix(7).into()),
                    feature_hash(24, path.prefix(10).into()),
                    feature_hash(25, word.cluster.into()),
                    feature_hash(26, word.lower_cluster.into()),
                    feature_hash(40, listed),
                    feature_hash(45, self.phrases()),
                    feature_hash(47, pair(self.setting, shape)),
                    feature_hash(48, pair(self.setting, listed)),
                    feature_hash(49, pair(self.setting, word.lower)),
                ]);
                add_lists(word.lists, 200, out);
                add_lists(word.phrase_begins, 203, out);
                add_lists(word.phrase_inside, 204, out);
            }
            Group::Before => {
                out.extend_from_slice(&[
                    feature_hash(3, before.lower),
                    feature_hash(27, path(before).prefix(6).into()),
                    feature_hash(28, before.cluster.into()),
                    feature_hash(41, pair(before.lists.into(), before.shape.into())),
                ]);
                add_lists(before.lists, 201, out);
            }
            Group::After => {
                out.extend_from_slice(&[
                    feature_hash(4, after.lower),
                    feature_hash(29, path(after).prefix(6).into()),
                    feature_hash(30, after.cluster.into()),
                    feature_hash(42, pair(after.lists.into(), after.shape.into())),
                ]);
                add_lists(after.lists, 202, out);
            }
            Group::SecondBefore => out.extend_from_slice(&[
                feature_hash(5, second_before.lower),
                feature_hash(31, second_before.cluster.into()),
                feature_hash(33, path(second_before).prefix(6).into()),
            ]),
            Group::SecondAfter => out.extend_from_slice(&[
                feature_hash(6, second_after.lower),
                feature_hash(32, second_after.cluster.into()),
                feature_hash(34, path(second_after).prefix(6).into()),
            ]),
            Group::KindsBefore => out.extend_from_slice(&[
                feature_hash(13, pair(before.shape.into(), shape)),
                feature_hash(35, pair(path(before).prefix(7).into(), path(word).prefix(7).into())),
                feature_hash(38, pair(shape, before.cluster.into())),
                feature_hash(43, pair(before.lists.into(), listed)),
            ]),
            Group::KindsAfter => out.extend_from_slice(&[
                feature_hash(14, pair(shape, after.shape.into())),
                feature_hash(36, pair(path(word).prefix(7).into(), path(after).prefix(7).into())),
                feature_hash(39, pair(shape, after.cluster.into())),
                feature_hash(44, pair(listed, after.lists.into())),
                feature_hash(46, pair(self.phrases(), after.phrase_inside.into())),
            ]),
            Group::Run => {
                if let Some(run) = &self.run {
                    out.extend_from_slice(&[
                        feature_hash(50, pair(run.position, run.keywords.into())),
                        feature_hash(51, pair(run.position, self.setting)),
                    ]);
                }
            }
        }
    }

    /// The features that are in no group: they join words, and hardly come back.
    #[inline]
    pub(crate) fn joint_features(&self, words: &WordTable, out: &mut Vec<u32>) {
        let Self { word, before, after, second_before, second_after, .. } = *self;
        out.extend_from_slice(&[
            feature_hash(7, pair(before.lower, word.lower)),
            feature_hash(8, pair(word.lower, after.lower)),
            feature_hash(9, pair(before.lower, after.lower)),
            feature_hash(10, pair(second_before.lower, before.lower)),
            feature_hash(11, pair(after.lower, second_after.lower)),
            feature_hash(15, pair(pair(before.shape.into(), word.shape.into()), after.shape.into())),
            feature_hash(37, pair(path(before, words).prefix(7).into(), path(after, words).prefix(7).into())),
        ]);
        if let Some(run) = &self.run {
            out.extend_from_slice(&[
                feature_hash(52, run.first.lower),
                feature_hash(53, run.last.lower),
                feature_hash(54, pair(run.before.lower, run.position)),
                feature_hash(55, pair(run.after.lower, run.position)),
                feature_hash(56, pair(run.before.cluster.into(), run.after.cluster.into())),
            ]);
        }
    }

    /// The word as printed; all quotation marks are one word.
    fn printed(&self) -> &'f str {
        if self.token.kind == TokenKind::Quote { "\"" } else { self.token.span.of(self.text) }
    }

    /// Lists with phrases that begin at the word, and that go on over it.
    #[inline]
    fn phrases(&self) -> u64 {
        u64::from(self.word.phrase_begins) << 16 | u64::from(self.word.phrase_inside)
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

/// The first and the last four bytes of a word in lower case (ASCII) as numbers, and how many the first ones are: a word may have less. A
/// curly apostrophe counts as a straight one: "’s" ends as "'s" does.
fn affixes(word: &str) -> (u32, u32, usize) {
    let (mut first, mut last, mut count) = (0, 0, 0);
    for c in word.chars() {
        let c = if c == '’' { '\'' } else { c.to_ascii_lowercase() };
        for &byte in c.encode_utf8(&mut [0; 4]).as_bytes() {
            last = last << 8 | u32::from(byte);
            if count < 4 {
                (first, count) = (last, count + 1);
            }
        }
    }
    (first, last, count)
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
