//! The article as this layer looks at it: what each token can be, which stand inside quotation marks, which sentence holds them.
//! Made in one pass, so that every later question is an index.

use super::lexicon::{EntityLexicon, LONGEST, SHORTEST_TRADE, hash_of_words, word};
use super::nominals::MODIFIERS;
use crate::annotate::lexicon::{extend_phrase, word_hash};
use crate::document::{Case, Gap, Quotation, Sentence, Token, TokenKind};
use crate::span::Span;
use std::{borrow::Cow, ops::Range};

/// A sentence end or paragraph break is never looked past, nor more than this many tokens.
pub(super) const REACH: usize = 24;

pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) sentences: &'a [Sentence],
    pub(super) lexicon: &'a EntityLexicon,
    /// Bits of `word` for each token: what it can be, and how it stands there.
    pub(super) bits: Vec<u64>,
    /// Where [`word::PRONOUN`]s stand.
    pub(super) pronouns: Vec<u32>,
    /// Where "the", "a" and the like stand that may open a noun phrase for somebody.
    pub(super) openings: Vec<u32>,
    /// The sentence that holds each token.
    sentence_at: Vec<u32>,
}

/// A quotation of fewer bytes is a term or a few words inside the writer's own sentence: pronouns see through it.
const SHORT_QUOTATION: usize = 24;

impl<'a> View<'a> {
    pub(super) fn new(
        text: &'a str,
        tokens: &'a [Token],
        sentences: &'a [Sentence],
        quotes: &[Quotation],
        lexicon: &'a EntityLexicon,
    ) -> Self {
        let Bits { mut bits, pronouns, openings } = Bits::of(tokens, text, lexicon);
        for part in quotes.iter().flat_map(|quote| &quote.parts).filter(|part| part.len() >= SHORT_QUOTATION) {
            let first = tokens.partition_point(|token| token.span.start() < part.start());
            let inside = tokens[first..].iter().take_while(|token| token.span.start() < part.end());
            bits[first..].iter_mut().zip(inside).for_each(|(bits, _)| *bits |= word::QUOTED);
        }
        let mut sentence_at = Vec::with_capacity(tokens.len());
        for (sentence, number) in sentences.iter().zip(0..) {
            sentence_at.resize(sentence.tokens.end as usize, number);
        }
        Self { text, tokens, sentences, lexicon, bits, pronouns, openings, sentence_at }
    }

    #[inline]
    pub(super) fn is(&self, token: usize, bit: u64) -> bool {
        self.bits.get(token).is_some_and(|bits| bits & bit != 0)
    }

    /// Gives the tokens a bit of `word` that tells how they stand there.
    pub(super) fn mark(&mut self, tokens: Range<usize>, bit: u64) {
        if let Some(marked) = self.bits.get_mut(tokens) {
            marked.iter_mut().for_each(|bits| *bits |= bit);
        }
    }

    /// Whether the token is part of a tagged name.
    #[inline]
    pub(super) fn is_taken(&self, token: usize) -> bool {
        self.is(token, word::TAKEN)
    }

    /// Whether the token stands in a quotation of a clause's length.
    #[inline]
    pub(super) fn is_quoted(&self, token: usize) -> bool {
        self.is(token, word::QUOTED)
    }

    /// "when", "while", "before": a word that may open a clause.
    pub(super) fn opens_clause(&self, token: usize) -> bool {
        let also_before_nouns = || matches!(self.word(token), "after" | "before" | "since" | "until");
        self.is(token, word::SUBORDINATOR) && !self.is(token, word::SAY) && (!self.is(token, word::PREPOSITION) || also_before_nouns())
    }

    /// "himself", "herself"
    pub(super) fn is_reflexive(&self, token: usize) -> bool {
        self.is(token, word::PERSONAL) && matches!(self.word(token), "himself" | "herself")
    }

    /// Whether the token is, in lower case, one of the verbs of these classes ([`super::lexicon::verb`]).
    pub(super) fn is_verb(&self, token: usize, classes: u8) -> bool {
        self.lower(token) && self.lexicon.organisation_verb(&self.tokens[token]) & classes != 0
    }

    /// Hash of the token's word as lists have it ([`plain_hash`]), 0 past the end.
    pub(super) fn plain_hash(&self, token: usize) -> u64 {
        self.tokens.get(token).map_or(0, |t| plain_hash(t, self.text))
    }

    /// Hash of the token's word [folded](fold_onto).
    pub(super) fn folded_hash(&self, token: usize) -> u64 {
        let token = &self.tokens[token];
        if token.is_plain { token.lower } else { word_hash(&plain(token.span.of(self.text))) }
    }

    /// The token's text, "" past the end. Asked in so many places that all of them hold more code than stays near.
    #[inline(never)]
    pub(super) fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| t.span.of(self.text))
    }

    #[inline]
    pub(super) fn capitalised(&self, token: usize) -> bool {
        self.is(token, word::CAPITALISED)
    }

    #[inline]
    pub(super) fn lower(&self, token: usize) -> bool {
        self.is(token, word::LOWER)
    }

    #[inline]
    pub(super) fn is_comma(&self, token: usize) -> bool {
        self.is(token, word::COMMA)
    }

    #[inline]
    pub(super) fn is_stop(&self, token: usize) -> bool {
        self.is(token, word::STOP)
    }

    #[inline]
    pub(super) fn is_word(&self, token: usize) -> bool {
        self.is(token, word::WORD)
    }

    /// Whether the token follows the one before on the same line.
    #[inline]
    pub(super) fn on_line(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| t.gap <= Gap::Space)
    }

    #[inline]
    pub(super) fn touches_previous(&self, token: usize) -> bool {
        token > 0 && self.tokens.get(token).is_some_and(|t| t.gap == Gap::None)
    }

    #[inline]
    pub(super) fn is_possessive(&self, token: usize) -> bool {
        self.is(token, word::POSSESSIVE)
    }

    /// The sentence that holds the token; the last one past the end.
    pub(super) fn sentence_of(&self, token: usize) -> usize {
        self.sentence_at.get(token).map_or(self.sentences.len().saturating_sub(1), |&sentence| sentence as usize)
    }

    /// Whether the token is the first of its sentence.
    pub(super) fn opens_sentence(&self, token: usize) -> bool {
        self.sentence_tokens(self.sentence_of(token)).start == token
    }

    pub(super) fn sentence_tokens(&self, sentence: usize) -> Range<usize> {
        self.sentences.get(sentence).map_or(0..0, |s| s.tokens.range())
    }

    /// From the first token's start to the last one's end.
    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        self.tokens[tokens.start].span.cover(self.tokens[tokens.end - 1].span)
    }

    /// Whether the tokens are words of ASCII letters with one blank between.
    pub(super) fn is_plain(&self, tokens: Range<usize>) -> bool {
        let Some((first, others)) = self.tokens.get(tokens).and_then(<[Token]>::split_first) else { return true };
        let mut end = first.span.end();
        first.is_plain
            && others.iter().all(|token| {
                let is_next = token.is_plain && token.span.start() == end + 1 && self.text.as_bytes()[end] == b' ';
                end = token.span.end();
                is_next
            })
    }

    /// Whether the tokens are the name of a well-known organisation.
    pub(super) fn is_known_organisation(&self, tokens: Range<usize>) -> bool {
        let words = match self.is_plain(tokens.clone()) {
            true => self.tokens[tokens].iter().map(|token| token.lower).reduce(extend_phrase).unwrap_or(0),
            false => hash_of_words(&self.printed(tokens).to_lowercase()),
        };
        self.lexicon.known_organisation(words) != 0
    }

    /// The printed text of some tokens, white space folded to one space.
    pub(super) fn printed(&self, tokens: Range<usize>) -> Cow<'a, str> {
        let text = self.span(tokens.clone()).of(self.text);
        if self.is_plain(tokens) { Cow::Borrowed(text) } else { printed(text) }
    }
}

/// What each token can be and how it stands there, and where those stand that are looked for later on.
struct Bits {
    bits: Vec<u64>,
    pronouns: Vec<u32>,
    openings: Vec<u32>,
}

impl Bits {
    /// Reads all tokens. Which words are listed nobody could guess: this is asked without a branch.
    #[inline(never)]
    fn of(tokens: &[Token], text: &str, lexicon: &EntityLexicon) -> Self {
        let mut pronouns = Vec::with_capacity(tokens.len() / 16);
        let mut openings = Vec::with_capacity(tokens.len() / 16);
        let mut determiner = None;
        let bits = tokens.iter().enumerate().map(|(at, token)| {
            let shape = &SHAPES[token.kind as usize][token.case as usize][usize::from(token.is_plain)];
            let mut bits = shape.bits | lexicon.word_of_token(token) & shape.can_be;
            if bits & (u64::from(token.span.len() >= shape.telling) * word::UNLISTED) != 0 {
                bits |= if token.is_plain {
                    role(lexicon.names_a_trade(&text.as_bytes()[token.span.range()]))
                } else {
                    bits_of_odd_word(token, text, lexicon)
                };
            }
            // Most words are none of these.
            if bits & (word::PRONOUN | word::DETERMINER | word::OWN | HEAD) != 0 {
                if bits & word::PRONOUN != 0 {
                    pronouns.push(at as u32);
                }
                if bits & HEAD != 0 {
                    openings.extend(determiner.take().filter(|&determiner| at <= determiner as usize + MODIFIERS));
                }
                // "that his party": "his" opens the noun phrase, and nobody is looked for.
                if bits & (word::DETERMINER | word::OWN) != 0 {
                    determiner = (bits & word::DETERMINER != 0).then_some(at as u32);
                }
            }
            bits
        });
        let bits = bits.collect();
        Self { bits, pronouns, openings }
    }
}

/// What a noun phrase for somebody may end in: without one of these a determiner opens none.
const HEAD: u64 = word::ROLE | word::ORGANISATION | word::NUMBER;

/// What kind and case tell of a token.
#[derive(Clone, Copy)]
struct Shape {
    /// How it stands there.
    bits: u64,
    /// What of the lists it can be.
    can_be: u64,
    /// From which length on a word of no list is looked at: for its ending, or for what listed words are without.
    telling: usize,
}

/// By kind and case, and by whether the token is plain.
const SHAPES: [[[Shape; 2]; 5]; 7] = {
    let mut shapes = [[[Shape { bits: 0, can_be: 0, telling: usize::MAX }; 2]; 5]; 7];
    let cases = [Case::None, Case::Lower, Case::Initial, Case::Upper, Case::Mixed];
    let mut at = 0;
    while at < cases.len() {
        let case = cases[at];
        let is_lower = matches!(case, Case::Lower);
        let cased = if is_lower { word::LOWER } else { word::CAPITALISED };
        let bits = word::WORD | if matches!(case, Case::None) { 0 } else { cased };
        let can_be = !(word::POSSESSIVE | word::COMMA | word::STOP);
        let plain = Shape { bits, can_be, telling: if is_lower { SHORTEST_TRADE } else { usize::MAX } };
        shapes[TokenKind::Word as usize][case as usize] = [Shape { telling: 0, ..plain }, plain];
        shapes[TokenKind::Clitic as usize][case as usize][0].can_be = word::POSSESSIVE;
        shapes[TokenKind::Punctuation as usize][case as usize][0].can_be = word::COMMA | word::STOP;
        shapes[TokenKind::Number as usize][case as usize][0].bits = word::NUMBER;
        at += 1;
    }
    shapes
};

/// What a word can be that no list has as it is printed, and that has more than letters of ASCII.
#[inline(never)]
fn bits_of_odd_word(token: &Token, text: &str, lexicon: &EntityLexicon) -> u64 {
    let trade = |word: &str| role(token.case == Case::Lower && lexicon.names_a_trade(word.as_bytes()));
    let printed = token.span.of(text);
    if printed.len() > LONGEST || is_listed_as_printed(printed) {
        return trade(printed);
    }
    let folded = plain(printed);
    let bits = lexicon.word(&folded);
    if bits != word::UNLISTED { bits } else { trade(&folded) }
}

fn role(is_one: bool) -> u64 {
    if is_one { word::ROLE } else { 0 }
}

/// Whether a word has nothing of what listed words are without: stops (after one letter or two, "U.S." and "Ph.D."), soft hyphens.
fn is_listed_as_printed(word: &str) -> bool {
    if word.bytes().all(|byte| byte != b'.' && byte.is_ascii()) {
        return true;
    }
    match word.as_bytes() {
        [_, b'.', ..] | [_, _, b'.', ..] => false,
        // "İ" is the one capital that is two letters in lower case.
        _ => word.is_ascii() || !word.contains(['.', '\u{AD}', 'İ']),
    }
}

/// A word in lower case without what listed words are without.
fn plain(printed: &str) -> String {
    let mut folded = String::new();
    fold_onto(printed, &mut folded);
    folded
}

/// Hash of a token's word as lists have it: in lower case, without stops and soft hyphens.
#[inline]
pub(super) fn plain_hash(token: &Token, text: &str) -> u64 {
    if token.is_plain {
        return token.lower;
    }
    let printed = token.span.of(text);
    if is_listed_as_printed(printed) { token.lower } else { word_hash(&plain(printed)) }
}

/// Hash of a phrase by its words; two that touch ("vice-president") are not the same as two apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct PhraseHash(pub(super) u64);

impl PhraseHash {
    #[inline]
    pub(super) fn push(&mut self, word: u64, gap: Gap) {
        self.0 = extend_phrase(self.0, if self.0 != 0 && gap == Gap::None { !word } else { word });
    }
}

/// White space folded to one space.
pub(super) fn printed(text: &str) -> Cow<'_, str> {
    // Nearly all names are so: ASCII, single spaces inside.
    let mut blank = true;
    let mut is_usual = |byte: u8| {
        let usual = byte > b' ' && byte < 0x80 || byte == b' ' && !blank;
        blank = byte == b' ';
        usual
    };
    if text.bytes().all(&mut is_usual) && !blank {
        return Cow::Borrowed(text);
    }
    let mut blank = true;
    let mut is_folded = |c: char| {
        let folded = !c.is_whitespace() || c == ' ' && !blank;
        blank = c == ' ';
        folded
    };
    if text.chars().all(&mut is_folded) && !text.ends_with(' ') {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The text in lower case after what is in `folded`, without full stops and soft hyphens, curly apostrophes as straight ones.
pub(super) fn fold_onto(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        if text.as_bytes().contains(&b'.') {
            folded.retain(|c| c != '.');
        }
    } else {
        folded.extend(
            text.chars().filter(|&c| c != '.' && c != '\u{AD}').map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase),
        );
    }
}

/// Whether a word ends like a verb's third person or past form. With a subject before it, mostly right.
pub(super) fn looks_like_verb(view: &View, token: usize) -> bool {
    if view.is(token, word::AUXILIARY | word::SAY | word::VERB) {
        return true;
    }
    if !view.lower(token) || view.is(token, word::PREPOSITION | word::CONJUNCTION | word::ROLE | word::ORGANISATION) {
        return false;
    }
    let text = view.word(token);
    text.len() > 3 && (text.ends_with("ed") || text.ends_with('s') && !text.ends_with("ss"))
}
