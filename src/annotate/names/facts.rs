//! What is known of each token before any is scored (its hashes, shape, word cluster, lists), and which tokens are scored at all
//! ([`Candidate`]): capitalised ones, and what can stand inside or before a name. Four in five tokens are neither.

use super::mentions::NameLexicon;
use super::words::{WordTable, lists};
use crate::annotate::lexicon::{exact_hash, extend_phrase};
use crate::document::{Case, Gap, Sentence, Token, TokenKind};
use std::ops::Range;

/// What is computed once per token.
#[derive(Clone, Copy)]
pub(crate) struct TokenFacts {
    /// Hash of the word in lower case, and as printed.
    pub(crate) lower: u64,
    pub(crate) exact: u64,
    /// Cluster of the word as printed, else of its lower-case form.
    pub(crate) cluster: u16,
    pub(crate) lower_cluster: u16,
    /// Lists of the word.
    pub(crate) lists: u16,
    /// Lists with a phrase of two and more words that begins at, or goes on over, this token.
    pub(crate) phrase_begins: u16,
    pub(crate) phrase_inside: u16,
    pub(crate) shape: u32,
    pub(crate) capitalised: bool,
}

impl TokenFacts {
    /// What is known of no token.
    pub(crate) const NONE: Self = Self {
        lower: 0,
        exact: 0,
        cluster: 0,
        lower_cluster: 0,
        lists: 0,
        phrase_begins: 0,
        phrase_inside: 0,
        shape: 0,
        capitalised: false,
    };

    /// What words of one sort have in common, as a hash: two of them can be paired.
    #[inline]
    pub(crate) fn kind(&self) -> u64 {
        let kind = u64::from(self.shape) << 32 | u64::from(self.cluster) << 16 | u64::from(self.lists);
        let mixed = (kind ^ kind >> 32).wrapping_mul(0xFF51_AFD7_ED55_8CCD);
        (mixed ^ mixed >> 29).wrapping_mul(0xC4CE_B9FE_1A85_EC53)
    }
}

/// A token that can be part of a name, with what the features need to know of its surroundings. Consecutive candidates of a sentence
/// form a segment; labels of different segments do not depend on each other.
#[derive(Clone, Copy)]
pub(crate) struct Candidate {
    pub(crate) token: u32,
    pub(crate) sentence_start: u32,
    pub(crate) sentence_end: u32,
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
    /// The hashes of all words in lower case.
    pub(crate) uncapitalised: Vec<u64>,
    pub(crate) candidates: Vec<Candidate>,
}

/// How far a name's capitalised tokens may stand apart ("Bank for the New").
const BRIDGE: usize = 3;
/// How many tokens to either side the features of a candidate see, beside its run.
const WINDOW: u32 = 2;
/// Longest phrase of a list.
const LONGEST_PHRASE: usize = 8;
/// Longest run looked over for its key words: keeps text in capitals throughout linear.
const LONGEST_RUN: usize = 12;
/// Of so many tokens the words are fetched from the table at the same time.
const FETCHED: usize = 64;
/// So many tokens are counted before it is asked whether they tell how the sentence is cased.
const STYLE_STEP: usize = 8;

impl<'a> Facts<'a> {
    pub(crate) fn new(text: &'a str, tokens: &'a [Token], sentences: &[Sentence], words: &WordTable, lexicon: &NameLexicon) -> Self {
        // Capitals come as they like: no branch asks for them.
        let of_token: Vec<TokenFacts> = tokens.iter().map(outline).collect();
        let (mut marked, mut marks) = (vec![0; tokens.len()], 0);
        let (mut uncapitalised, mut count) = (vec![0; tokens.len()], 0);
        for (at, (token, outline)) in tokens.iter().zip(&of_token).enumerate() {
            let is_brand = lexicon.known_organisations.is_brand(token) && token.case == Case::Lower;
            marked[marks] = at;
            marks += usize::from(outline.capitalised | is_brand);
            uncapitalised[count] = token.lower;
            count += usize::from((token.kind == TokenKind::Word) & (token.case == Case::Lower));
        }
        marked.truncate(marks);
        uncapitalised.truncate(count);
        let mut facts = Self { text, tokens, of_token, uncapitalised, candidates: Vec::with_capacity(marks) };
        let mut asked = Vec::with_capacity(tokens.len());
        for (range, marked) in by_sentence(sentences, &marked) {
            let mut end = range.start;
            for &at in marked {
                asked.extend(name_start(at, end.checked_sub(1)).max(end)..at);
                end = at + 1;
            }
        }
        facts.complete(&marked, words);
        facts.complete(&asked, words);
        for marked in marked.chunks(FETCHED) {
            words.fetch(marked.iter().filter_map(|&at| {
                facts.opens_phrase(at).then_some(extend_phrase(facts.of_token[at].lower, facts.of_token.get(at + 1)?.lower))
            }));
        }
        for (range, marked) in by_sentence(sentences, &marked) {
            facts.mark_phrases(marked, range.end, words);
            facts.add_candidates(range, marked, lexicon);
        }
        asked.clear();
        let mut end = 0;
        for candidate in &facts.candidates {
            let first = candidate.token.saturating_sub(WINDOW).max(candidate.sentence_start).max(end);
            end = (candidate.token + WINDOW).max(candidate.run_end).saturating_add(1).min(candidate.sentence_end);
            asked.extend((first as usize..end as usize).filter(|&at| facts.of_token[at].shape == 0));
        }
        facts.complete(&asked, words);
        facts
    }

    /// Adds what the words and the model tell of some tokens.
    fn complete(&mut self, some: &[usize], words: &WordTable) {
        for some in some.chunks(FETCHED) {
            for &at in some {
                let (token, facts) = (&self.tokens[at], &mut self.of_token[at]);
                let word = || if token.kind == TokenKind::Quote { "\"" } else { token.span.of(self.text) };
                let is_mark = (token.kind == TokenKind::Quote) | (token.case == Case::None) & (token.span.len() == 1);
                facts.exact = if (token.case == Case::Lower) | is_mark { facts.lower } else { exact_hash(word()) };
                facts.shape = plain_shape(token).unwrap_or_else(|| shape(word()));
            }
            words.fetch(some.iter().flat_map(|&at| [self.of_token[at].lower, self.of_token[at].exact]));
            for &at in some {
                let facts = &mut self.of_token[at];
                let of_lower = words.get(facts.lower);
                let of_exact = if facts.exact == facts.lower { of_lower } else { words.get(facts.exact) };
                facts.cluster = if of_exact.cluster != 0 { of_exact.cluster } else { of_lower.cluster };
                facts.lower_cluster = of_lower.cluster;
                facts.lists = of_lower.lists;
            }
        }
    }

    /// Finds the candidates of a sentence, `marked` being its capitals and brands.
    fn add_candidates(&mut self, range: Range<usize>, marked: &[usize], lexicon: &NameLexicon) {
        if marked.is_empty() {
            return;
        }
        let style = self.style(range.clone(), marked.len());
        let mut run = range.start..range.start;
        let mut last_capital = None;
        let (mut after_candidate, mut touches_left) = (false, false);
        let mut ahead = marked.iter().copied().peekable();
        let mut at = range.start;
        loop {
            while ahead.next_if(|&mark| mark < at).is_some() {}
            // Words far from any capital are passed over, but for those that are joined to a candidate.
            if !after_candidate {
                let Some(&mark) = ahead.peek() else { break };
                at = at.max(name_start(mark, last_capital));
            }
            if at >= range.end {
                break;
            }
            let next_capital = |limit: usize| (at + 1..(at + 1 + limit).min(range.end)).any(|i| self.of_token[i].capitalised);
            let facts = &self.of_token[at];
            let is_in = |list: u16| facts.lists & list != 0;
            let near_left = last_capital.is_some_and(|last| at - last <= BRIDGE);
            let capital = facts.capitalised && !self.capital_says_nothing(at, &range, lexicon);
            let wanted = capital
                || after_candidate && self.is_hyphenated(at, range.end)
                || match self.tokens[at].kind {
                    TokenKind::Word | TokenKind::Clitic => {
                        let after_starter = || after_candidate && self.of_token[at - 1].lists & lists::STARTER != 0;
                        is_in(lists::COMPANY) && lexicon.known_organisations.is_brand(&self.tokens[at])
                            || is_in(lists::INNER) && (near_left && next_capital(BRIDGE) || after_starter() && next_capital(2))
                            || is_in(lists::STARTER) && next_capital(2)
                            || touches_left && lexicon.is_loose(&self.tokens[at]) && self.is_keyword(at - 1) && next_capital(BRIDGE)
                    }
                    TokenKind::Number => touches_left || next_capital(1) || near_left && next_capital(BRIDGE),
                    TokenKind::Punctuation | TokenKind::Symbol | TokenKind::Quote => {
                        touches_left && (is_in(lists::INNER) && next_capital(2) || next_capital(1) && self.is_legal_form(at + 1))
                    }
                    TokenKind::Address => false,
                };
            if facts.capitalised && at >= run.end {
                run = at..self.run_end(at, range.end);
            }
            if wanted {
                let run = if run.contains(&at) { run.clone() } else { at..at };
                self.candidates.push(Candidate {
                    token: at as u32,
                    sentence_start: range.start as u32,
                    sentence_end: range.end as u32,
                    run_start: run.start as u32,
                    run_end: run.end as u32,
                    style,
                    opens_segment: !after_candidate,
                });
            }
            if capital {
                last_capital = Some(at);
            }
            (after_candidate, touches_left) = (wanted, capital);
            at += 1;
        }
    }

    /// Whether a token after one that may be in a name is a hyphen inside a word, or what follows it: "Ho-ming", "Co-operative", "al-Shifa".
    fn is_hyphenated(&self, at: usize, limit: usize) -> bool {
        let is_hyphen = |at: usize| self.tokens[at].gap == Gap::None && matches!(self.tokens[at].span.of(self.text), "-" | "‑");
        let is_glued_word = |at: usize| self.tokens[at].gap == Gap::None && self.tokens[at].kind == TokenKind::Word;
        if is_hyphen(at) { at + 1 < limit && is_glued_word(at + 1) } else { is_glued_word(at) && is_hyphen(at - 1) }
    }

    /// Whether a capital has another reason than a name: a closed-class word between words without one opens a sentence or a quotation
    /// ("He said", "“What now?”"), days and months have capitals, and "The" before a name is none. One in five capitals is such.
    fn capital_says_nothing(&self, at: usize, sentence: &Range<usize>, lexicon: &NameLexicon) -> bool {
        let (token, facts) = (&self.tokens[at], &self.of_token[at]);
        let is_capital = |at: usize| sentence.contains(&at) && self.of_token[at].capitalised;
        let (before, after) = (at > 0 && is_capital(at - 1), is_capital(at + 1));
        if lexicon.is_opener(token) {
            return !before && (!after || lexicon.is_the(facts.lower));
        }
        let is_day = lexicon.is_day(token) && facts.lists & (lists::GIVEN_NAME | lists::SURNAME) == 0;
        is_day && !after && (!before || lexicon.is_opener(&self.tokens[at - 1]))
    }

    fn is_keyword(&self, at: usize) -> bool {
        self.of_token[at].lists & lists::KEYWORD != 0
    }

    fn is_legal_form(&self, at: usize) -> bool {
        self.of_token[at].lists & lists::LEGAL_FORM != 0
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

    /// How a sentence with at most so many capitals is cased.
    fn style(&self, range: Range<usize>, most: usize) -> Style {
        let is_cased = |token: &&Token| token.kind == TokenKind::Word && token.case != Case::None;
        let mut words = 0;
        for tokens in self.tokens[range.clone()].chunks(STYLE_STEP) {
            words += tokens.iter().filter(is_cased).count();
            // Of prose the first words tell: the capitals are too few.
            if words * 6 > most * 10 {
                return Style::Prose;
            }
        }
        let count = |is: fn(&Token) -> bool| self.tokens[range.clone()].iter().filter(is_cased).filter(|token| is(token)).count();
        let capitalised = count(|token| token.case.is_capitalised());
        let upper = count(|token| token.case == Case::Upper);
        if words >= 3 && upper * 10 >= words * 8 {
            Style::AllCaps
        } else if words >= 4 && capitalised * 10 >= words * 6 {
            Style::Headline
        } else {
            Style::Prose
        }
    }

    /// Whether a phrase of a list may begin at a token.
    fn opens_phrase(&self, at: usize) -> bool {
        self.of_token[at].capitalised && self.of_token[at].lists & lists::PREFIX != 0
    }

    /// Marks the longest list phrases of a sentence, from left to right.
    fn mark_phrases(&mut self, marked: &[usize], limit: usize, words: &WordTable) {
        let mut end = 0;
        for &at in marked {
            if at < end || !self.opens_phrase(at) {
                continue;
            }
            let mut hash = self.of_token[at].lower;
            let mut found = (at + 1, 0u16);
            for next in at + 1..limit.min(at + LONGEST_PHRASE) {
                hash = extend_phrase(hash, self.of_token[next].lower);
                let facts = words.get(hash);
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
            end = found.0;
        }
    }

    /// Hash of the run of capitalised tokens around a candidate, as of a phrase.
    pub(crate) fn run_phrase(&self, candidate: &Candidate) -> u64 {
        let run = &self.of_token[candidate.run_start as usize..candidate.run_end as usize];
        run.iter().map(|facts| facts.lower).reduce(extend_phrase).unwrap_or(0)
    }
}

/// The tokens of each sentence, with those of them that are among `marked`.
fn by_sentence<'m>(sentences: &[Sentence], mut marked: &'m [usize]) -> impl Iterator<Item = (Range<usize>, &'m [usize])> {
    sentences.iter().map(move |sentence| {
        let range = sentence.tokens.range();
        let inside;
        (inside, marked) = marked.split_at(marked.iter().take_while(|&&at| at < range.end).count());
        (range, inside)
    })
}

/// The first token that may be of a name with the capital at `at`, as far as words in lower case are: two before it one may begin, and
/// farther off only one goes on that another capital is near to.
fn name_start(at: usize, last_capital: Option<usize>) -> usize {
    let goes_on = last_capital.is_some_and(|last| at - last <= 2 * BRIDGE);
    at.saturating_sub(if goes_on { BRIDGE } else { 2 })
}

/// Stands for the hash of every quotation mark: how marks are printed is a house's habit and says nothing of names.
const ANY_MARK: u64 = 0x22;

/// What is needed of a token wherever it stands.
#[inline]
fn outline(token: &Token) -> TokenFacts {
    let capitalised = (token.kind == TokenKind::Word) & token.case.is_capitalised();
    let lower = if token.kind == TokenKind::Quote { ANY_MARK } else { token.lower };
    TokenFacts { lower, capitalised, ..TokenFacts::NONE }
}

/// [`shape`] of a word of ASCII letters alone and of no mixed case, without looking at them.
#[inline]
fn plain_shape(token: &Token) -> Option<u32> {
    match (token.case, token.span.len()) {
        _ if !token.is_plain => None,
        (Case::Lower, 1) => Some(shape_of([LOWER])),
        (Case::Lower, _) => Some(shape_of([LOWER, LOWER])),
        (Case::Initial, 1) => Some(shape_of([UPPER])),
        (Case::Initial, 2) => Some(shape_of([UPPER, LOWER])),
        (Case::Initial, _) => Some(shape_of([UPPER, LOWER, LOWER])),
        (Case::Upper, _) => Some(shape_of([UPPER, UPPER])),
        (Case::Mixed | Case::None, _) => None,
    }
}

/// Kinds of characters in order, runs of one kind shortened to two, as a number: "Kopp" is `Xxx`, "U.S." is `X.X.`.
fn shape(word: &str) -> u32 {
    const LONGEST: usize = 24;
    if word.is_ascii() {
        shape_of(word.bytes().take(LONGEST).map(|byte| SHAPE_KINDS[usize::from(byte & 0x7F)]))
    } else {
        shape_of(word.chars().take(LONGEST).map(|c| match c {
            '’' => APOSTROPHE,
            // Dashes and quotation marks: the tables of Unicode are slow to tell that they are no letters.
            '\u{2010}'..='\u{205E}' => OTHER,
            c if c.is_ascii() => SHAPE_KINDS[c as usize],
            c if c.is_uppercase() => UPPER,
            c if c.is_alphabetic() => LOWER,
            _ => OTHER,
        }))
    }
}

#[inline]
fn shape_of(kinds: impl IntoIterator<Item = u8>) -> u32 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::{sentences, tokens};

    #[test]
    fn capitals_that_say_nothing_are_no_candidates() {
        let text =
            "He left. The Guardian said so. Will left. After that, Kopp of the Bank for Trade spoke. “What,” I said on Monday in Orm.";
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let words = WordTable::new(&[], Vec::new());
        let facts = Facts::new(text, &tokens, &sentences, &words, &lexicon.names);
        let found: Vec<&str> = facts.candidates.iter().map(|candidate| tokens[candidate.token as usize].span.of(text)).collect();
        assert_eq!(found, ["Guardian", "Will", "Kopp", "Bank", "Trade", "Orm"]);
    }
}
