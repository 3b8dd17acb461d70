//! What the tagger sees of a token: its word, shape and affixes, its neighbours, their word clusters and lists, and the run of
//! capitalised tokens it stands in. Features are 32-bit hashes of template number and value; the trainer calls this same code.
//!
//! Which tokens are looked at at all is decided here too ([`Candidate`]): capitalised ones, and what can stand inside or before a name.

use super::words::{WordTable, extend_phrase, lists, word_hashes};
use crate::document::{Case, Gap, Sentence, Token, TokenKind};

/// What is computed once per token.
#[derive(Clone, Copy, Default)]
pub(crate) struct TokenFacts {
    /// Hash of the word in lower case, and as printed.
    pub(crate) lower: u64,
    pub(crate) exact: u64,
    /// Cluster of the word as printed, else of its lower-case form.
    cluster: u16,
    lower_cluster: u16,
    /// Lists of the word.
    pub(crate) lists: u16,
    /// Lists with a phrase of two and more words that begins at, or goes on over, this token.
    phrase_begins: u16,
    phrase_inside: u16,
    shape: u32,
    pub(crate) capitalised: bool,
}

/// A token that can be part of a name, with what the features need to know of its surroundings. Consecutive candidates of a sentence
/// form a segment; labels of different segments do not depend on each other.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) token: u32,
    sentence_start: u32,
    sentence_end: u32,
    /// The run of capitalised tokens around it; empty for a token outside of any.
    run_start: u32,
    run_end: u32,
    style: Style,
    pub(crate) opens_segment: bool,
}

impl Candidate {
    /// Number of tokens of the run of capitalised tokens around it.
    pub(crate) fn run_length(&self) -> usize {
        (self.run_end - self.run_start) as usize
    }

    pub(crate) fn run_start(&self) -> u32 {
        self.run_start
    }

    /// How many tokens of its run stand before it.
    pub(crate) fn place_in_run(&self) -> usize {
        (self.token - self.run_start) as usize
    }

    pub(crate) fn style(&self) -> Style {
        self.style
    }

    pub(crate) fn opens_sentence(&self) -> bool {
        self.token == self.sentence_start
    }
}

/// How a sentence is cased as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Prose,
    /// Nearly every word capitalised: a headline or a list.
    Headline,
    AllCaps,
}

/// A document prepared for feature extraction.
pub(crate) struct Facts<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) of_token: Vec<TokenFacts>,
    pub(crate) candidates: Vec<Candidate>,
}

/// How far a name's capitalised tokens may stand apart ("Bank for the New").
const BRIDGE: usize = 3;
/// Longest phrase of a list.
const LONGEST_PHRASE: usize = 8;
/// Room for the values of all templates but those of single lists.
const TEMPLATES: usize = 128;
/// Longest run looked over for its key words: keeps text in capitals throughout linear.
const LONGEST_RUN: usize = 12;

impl<'a> Facts<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], sentences: &[Sentence], words: &WordTable) -> Self {
        let mut of_token: Vec<TokenFacts> = tokens.iter().map(|token| token_facts(token.span.of(text), token)).collect();
        // Apart from the hashing, so that the look-ups of many words wait for memory at the same time.
        of_token.iter_mut().for_each(|facts| look_up(facts, words));
        let mut facts = Self { text, tokens, of_token, candidates: Vec::with_capacity(tokens.len() / 4) };
        for sentence in sentences {
            facts.add_sentence(sentence.tokens.range(), words);
        }
        facts
    }

    fn add_sentence(&mut self, range: std::ops::Range<usize>, words: &WordTable) {
        self.mark_phrases(range.clone(), words);
        let style = self.style(range.clone());
        let mut run = range.start..range.start;
        let mut last_capital = None;
        let mut last_candidate = None;
        for at in range.clone() {
            let next_capital = |limit: usize| (at + 1..(at + 1 + limit).min(range.end)).any(|i| self.of_token[i].capitalised);
            let facts = &self.of_token[at];
            let token = &self.tokens[at];
            let near_left = last_capital.is_some_and(|last| at - last <= BRIDGE);
            let touches_left = last_capital == Some(at.wrapping_sub(1)) && at > range.start;
            let wanted = facts.capitalised
                || match token.kind {
                    TokenKind::Word | TokenKind::Clitic => {
                        facts.lists & lists::INNER != 0 && near_left && next_capital(BRIDGE)
                            || facts.lists & lists::STARTER != 0 && next_capital(2)
                    }
                    TokenKind::Number => touches_left || next_capital(1) || near_left && next_capital(BRIDGE),
                    TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Quote => {
                        facts.lists & lists::INNER != 0 && touches_left && next_capital(2)
                    }
                    TokenKind::Address => false,
                };
            if facts.capitalised {
                last_capital = Some(at);
                if at >= run.end {
                    run = at..self.run_end(at, range.end);
                }
            }
            if wanted {
                let inside = run.contains(&at);
                self.candidates.push(Candidate {
                    token: at as u32,
                    sentence_start: range.start as u32,
                    sentence_end: range.end as u32,
                    run_start: if inside { run.start } else { at } as u32,
                    run_end: if inside { run.end } else { at } as u32,
                    style,
                    opens_segment: last_candidate.is_none_or(|last: usize| last + 1 != at),
                });
                last_candidate = Some(at);
            }
        }
    }

    /// End of the run of capitalised tokens that starts at `start`; hyphens, initials' points and `&` do not break it.
    fn run_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start + 1;
        let limit = limit.min(start + LONGEST_RUN);
        while end < limit {
            if self.of_token[end].capitalised && self.tokens[end].gap < Gap::Blank {
                end += 1;
            } else if end + 1 < limit
                && self.of_token[end + 1].capitalised
                && matches!(self.tokens[end].span.of(self.text), "-" | "‑" | "–" | "&" | "." | "/")
            {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    fn style(&self, range: std::ops::Range<usize>) -> Style {
        let (mut words, mut capitalised, mut upper) = (0usize, 0usize, 0usize);
        for at in range {
            if self.tokens[at].kind == TokenKind::Word && self.tokens[at].case != Case::None {
                words += 1;
                capitalised += usize::from(self.of_token[at].capitalised);
                upper += usize::from(self.tokens[at].case == Case::Upper);
            }
        }
        if words >= 3 && upper * 10 >= words * 8 {
            Style::AllCaps
        } else if words >= 4 && capitalised * 10 >= words * 6 {
            Style::Headline
        } else {
            Style::Prose
        }
    }

    /// Marks the longest list phrases, from left to right.
    fn mark_phrases(&mut self, range: std::ops::Range<usize>, words: &WordTable) {
        let mut at = range.start;
        while at < range.end {
            let first = &self.of_token[at];
            if !first.capitalised || first.lists & lists::PREFIX == 0 {
                at += 1;
                continue;
            }
            let mut hash = first.lower;
            let mut found = (at + 1, 0u16);
            for next in at + 1..range.end.min(at + LONGEST_PHRASE) {
                hash = extend_phrase(hash, self.of_token[next].lower);
                let Some(facts) = words.get(hash) else { break };
                if facts.lists & lists::PHRASES != 0 {
                    found = (next + 1, facts.lists & lists::PHRASES);
                }
                if facts.lists & lists::PREFIX == 0 {
                    break;
                }
            }
            if found.1 != 0 {
                self.of_token[at].phrase_begins |= found.1;
                for facts in &mut self.of_token[at + 1..found.0] {
                    facts.phrase_inside |= found.1;
                }
            }
            at = found.0;
        }
    }

    /// Hash of the run of capitalised tokens around a candidate, as of a phrase.
    pub(crate) fn run_phrase(&self, candidate: &Candidate) -> u64 {
        let run = &self.of_token[candidate.run_start as usize..candidate.run_end as usize];
        run.iter().map(|facts| facts.lower).reduce(extend_phrase).unwrap_or(0)
    }

    /// The features of a candidate, appended to `out`.
    #[inline]
    pub(crate) fn features(&self, candidate: &Candidate, words: &WordTable, out: &mut Vec<u32>) {
        let at = candidate.token as usize;
        let (start, end) = (candidate.sentence_start as usize, candidate.sentence_end as usize);
        let edge = TokenFacts::default();
        let neighbour = |offset: isize| {
            let place = at as isize + offset;
            if place < start as isize || place >= end as isize { &edge } else { &self.of_token[place as usize] }
        };
        let (w, p1, n1, p2, n2) = (neighbour(0), neighbour(-1), neighbour(1), neighbour(-2), neighbour(2));
        // Values in the order of their templates; hashed together at the end.
        let mut values = [0u64; TEMPLATES];
        let mut templates = 0;
        let mut push = |value: u64| {
            values[templates & (TEMPLATES - 1)] = value;
            templates += 1;
        };

        // The word and its neighbours.
        push(w.lower);
        push(w.exact);
        push(p1.lower);
        push(n1.lower);
        push(p2.lower);
        push(n2.lower);
        push(pair(p1.lower, w.lower));
        push(pair(w.lower, n1.lower));
        push(pair(p1.lower, n1.lower));
        push(pair(p2.lower, p1.lower));
        push(pair(n1.lower, n2.lower));

        // Shapes and affixes.
        let shape = u64::from(w.shape);
        let (shape_before, shape_after) = (u64::from(p1.shape), u64::from(n1.shape));
        push(shape);
        push(pair(shape_before, shape));
        push(pair(shape, shape_after));
        push(pair(pair(shape_before, shape), shape_after));
        let word = self.tokens[at].span.of(self.text).as_bytes();
        for length in [2, 3, 4] {
            push(packed(word, 0, length));
        }
        for length in [2, 3, 4] {
            push(packed(word, word.len().saturating_sub(length), length));
        }

        // Word clusters.
        let path = |facts: &TokenFacts| words.clusters.get(facts.cluster as usize).copied().unwrap_or_default();
        let (c, c_p1, c_n1, c_p2, c_n2) = (path(w), path(p1), path(n1), path(p2), path(n2));
        push(c.prefix(4).into());
        push(c.prefix(7).into());
        push(c.prefix(10).into());
        push(w.cluster.into());
        push(w.lower_cluster.into());
        push(c_p1.prefix(6).into());
        push(p1.cluster.into());
        push(c_n1.prefix(6).into());
        push(n1.cluster.into());
        push(p2.cluster.into());
        push(n2.cluster.into());
        push(c_p2.prefix(6).into());
        push(c_n2.prefix(6).into());
        push(pair(c_p1.prefix(7).into(), c.prefix(7).into()));
        push(pair(c.prefix(7).into(), c_n1.prefix(7).into()));
        push(pair(c_p1.prefix(7).into(), c_n1.prefix(7).into()));
        push(pair(shape, p1.cluster.into()));
        push(pair(shape, n1.cluster.into()));

        // Lists.
        let listed = u64::from(w.lists);
        push(listed);
        push(pair(u64::from(p1.lists), u64::from(p1.shape)));
        push(pair(u64::from(n1.lists), u64::from(n1.shape)));
        push(pair(u64::from(p1.lists), listed));
        push(pair(listed, u64::from(n1.lists)));
        let phrase = u64::from(w.phrase_begins) << 16 | u64::from(w.phrase_inside);
        push(phrase);
        push(pair(phrase, u64::from(n1.phrase_inside)));

        // The sentence.
        let place = u64::from(at == start) << 2 | candidate.style as u64;
        push(pair(place, shape));
        push(pair(place, listed));
        push(pair(place, w.lower));

        // The run of capitalised tokens.
        let (run_start, run_end) = (candidate.run_start as usize, candidate.run_end as usize);
        if run_start < run_end {
            let first = &self.of_token[run_start];
            let last = &self.of_token[run_end - 1];
            let before = neighbour(run_start as isize - at as isize - 1);
            let after = neighbour(run_end as isize - at as isize);
            let keyword =
                self.of_token[run_start..run_end].iter().fold(0, |all, facts| all | facts.lists) & (lists::KEYWORD | lists::LEGAL_FORM);
            let position = ((at - run_start).min(3) as u64) << 8 | ((run_end - at).min(4) as u64) << 4 | u64::from(at == start);
            push(pair(position, u64::from(keyword)));
            push(pair(position, place));
            push(first.lower);
            push(last.lower);
            push(pair(before.lower, position));
            push(pair(after.lower, position));
            push(pair(u64::from(before.cluster), u64::from(after.cluster)));
            push(pair(u64::from(first.lists), u64::from(last.lists)));
            push(pair(u64::from(path(first).prefix(7)), u64::from(path(last).prefix(7))));
            push(pair(u64::from(last.lists), position));
            push(pair(path(last).prefix(10).into(), position));
        }

        out.extend(values.iter().take(templates).zip(1..).map(|(&value, template)| feature_hash(template, value)));

        // The lists one by one, so that each has weights of its own.
        let single = |word_lists: u16, base: u32, out: &mut Vec<u32>| {
            let mut rest = word_lists;
            while rest != 0 {
                out.push(feature_hash(base, u64::from(rest.trailing_zeros())));
                rest &= rest - 1;
            }
        };
        single(w.lists, 200, out);
        single(p1.lists, 201, out);
        single(n1.lists, 202, out);
        single(w.phrase_begins, 203, out);
        single(w.phrase_inside, 204, out);
    }
}

/// What the token alone tells.
fn token_facts(word: &str, token: &Token) -> TokenFacts {
    let (lower, exact) = word_hashes(word);
    let capitalised = token.kind == TokenKind::Word && token.case.is_capitalised();
    TokenFacts { lower, exact, shape: shape(word), capitalised, ..TokenFacts::default() }
}

/// Adds what is known of the word.
#[inline]
fn look_up(facts: &mut TokenFacts, words: &WordTable) {
    let of_lower = words.get(facts.lower).unwrap_or_default();
    let of_exact = if facts.exact == facts.lower { of_lower } else { words.get(facts.exact).unwrap_or_default() };
    facts.cluster = if of_exact.cluster != 0 { of_exact.cluster } else { of_lower.cluster };
    facts.lower_cluster = of_lower.cluster;
    facts.lists = of_lower.lists;
}

/// Kinds of characters in order, runs of one kind shortened to two, as a number: "Kopp" is `Xxx`, "U.S." is `X.X.`.
fn shape(word: &str) -> u32 {
    const LONGEST: usize = 24;
    if word.is_ascii() {
        shape_of(word.bytes().take(LONGEST).map(|byte| SHAPE_KINDS[usize::from(byte & 0x7F)]))
    } else {
        shape_of(word.chars().take(LONGEST).map(|c| match c {
            '’' => APOSTROPHE,
            c if c.is_ascii() => SHAPE_KINDS[c as usize],
            c if c.is_uppercase() => UPPER,
            c if c.is_alphabetic() => LOWER,
            _ => OTHER,
        }))
    }
}

fn shape_of(kinds: impl Iterator<Item = u8>) -> u32 {
    let mut shape = 1u32;
    let (mut last, mut repeated) = (0, 0);
    for kind in kinds {
        repeated = if kind == last { repeated + 1 } else { 0 };
        last = kind;
        if repeated < 2 {
            shape = shape.wrapping_mul(7).wrapping_add(u32::from(kind));
        }
    }
    shape
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 3;
const POINT: u8 = 4;
const APOSTROPHE: u8 = 5;
const OTHER: u8 = 6;

/// The kind of each ASCII character.
const SHAPE_KINDS: [u8; 128] = {
    let mut kinds = [OTHER; 128];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            b'.' => POINT,
            b'\'' => APOSTROPHE,
            _ => OTHER,
        };
        byte += 1;
    }
    kinds
};

/// Up to `length` bytes of a word from `from` in lower case (ASCII), as a number.
#[inline]
fn packed(word: &[u8], from: usize, length: usize) -> u64 {
    word[from..].iter().take(length).fold(0, |packed, b| packed << 8 | u64::from(b.to_ascii_lowercase()))
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
