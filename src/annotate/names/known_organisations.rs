//! Organisations known by name: a list says what the words around them do not. Papers and broadcasters above all, whose names are places,
//! common words and words of other languages ("the Register", "El Mundo", "Asahi Shimbun"), and brands in lower case ("adidas").

use super::facts::{Candidate, Facts};
use super::label::{FIRST_OF_ORGANISATION, INSIDE_ORGANISATION};
use super::network::Scores;
use crate::annotate::lexicon::{WordList, extend_phrase, rows};
use crate::annotate::tokens::tokenize_entry;
use crate::document::{Case, Gap, Token};
use rustc_hash::FxHashSet;

/// What is known of names, by the hashes of their words in lower case.
#[derive(Default)]
pub(super) struct KnownOrganisations {
    /// Names that are nothing else.
    names: FxHashSet<u64>,
    pub(super) words: WordList<Known>,
}

/// What is known of a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    /// The name of a paper or station that is a common word too.
    is_paper: bool,
    /// A name that is printed in lower case.
    is_brand: bool,
    /// How many words the longest name has that is nothing else and begins with it.
    longest: u8,
}

/// What the first token of a paper's name gains after "the".
const PAPER: f32 = 1.5;
/// What a brand gains: in lower case nothing else speaks for it.
const BRAND: f32 = 8.0;
/// What each token of a name gains that is nothing else.
const NAME: f32 = 6.0;
/// "AT&T", "H&M".
const AMPERSAND: f32 = 6.0;

impl KnownOrganisations {
    pub(super) fn english() -> Self {
        let mut known = Self::default();
        for row in rows(include_str!("../lexicon/en/known_organisations.txt")) {
            let classes: Vec<&str> = row[1].split(' ').collect();
            if classes.contains(&"brand") {
                known.words.entry(row[0]).get_or_insert_default().is_brand = true;
            }
            let is_media = classes.contains(&"media") || classes.contains(&"newsagency");
            if is_media && row[0].contains([' ', '-']) || classes.contains(&"only") {
                known.add(row[0]);
            } else if is_media {
                known.words.entry(row[0]).get_or_insert_default().is_paper = true;
            }
        }
        known
    }

    fn add(&mut self, name: &str) {
        let tokens = tokenize_entry(name);
        let Some(first) = tokens.first() else { return };
        let longest = &mut self.words.entry(first.span.of(name)).get_or_insert_default().longest;
        *longest = (*longest).max(tokens.len().min(u8::MAX.into()) as u8);
        self.names.extend(tokens.iter().map(|token| token.lower).reduce(extend_phrase));
    }

    /// Whether a word is a name also where it is printed in lower case.
    #[inline]
    pub(super) fn is_brand(&self, word: &Token) -> bool {
        self.words.of(word.listed).is_brand
    }

    /// Adds to the scores of organisations what the list says.
    pub(super) fn weigh(&self, facts: &Facts, scores: &mut [Scores]) {
        let mut end = 0;
        for at in 0..scores.len() {
            let candidate = &facts.candidates[at];
            if at >= end {
                let tokens = self.tokens_of_name(facts, at);
                // "Thomson Reuters": what stands before may be of the name.
                let token = candidate.token as usize;
                let goes_on = token > candidate.sentence_start as usize && facts.of_token[token - 1].capitalised;
                for (inside, scores) in scores[at..at + tokens].iter_mut().enumerate() {
                    if inside > 0 || goes_on {
                        scores[INSIDE_ORGANISATION] += NAME;
                    }
                    if inside == 0 {
                        scores[FIRST_OF_ORGANISATION] += NAME;
                    }
                }
                end = at + tokens;
            }
            if self.is_paper(facts, candidate) {
                scores[at][FIRST_OF_ORGANISATION] += PAPER;
            }
            if self.is_brand(&facts.tokens[candidate.token as usize]) {
                scores[at][FIRST_OF_ORGANISATION] += BRAND;
            }
            if opens_ampersand_name(facts, candidate) {
                scores[at][FIRST_OF_ORGANISATION] += AMPERSAND;
            }
        }
    }

    /// How many candidates from the one at `at` are a name of the list, at most; 0 if none is.
    fn tokens_of_name(&self, facts: &Facts, at: usize) -> usize {
        let first = &facts.candidates[at];
        let longest = self.words.of(facts.tokens[first.token as usize].listed).longest;
        if longest == 0 || !facts.of_token[first.token as usize].capitalised {
            return 0;
        }
        let (mut phrase, mut found) = (0, 0);
        for (inside, candidate) in facts.candidates[at..].iter().enumerate().take(longest.into()) {
            let token = candidate.token as usize;
            if token != first.token as usize + inside || inside > 0 && facts.tokens[token].gap > Gap::Space {
                break;
            }
            let word = facts.of_token[token].lower;
            phrase = if inside == 0 { word } else { extend_phrase(phrase, word) };
            // "Fox News Sunday" is another name.
            let goes_on =
                || facts.of_token.get(token + 1).is_some_and(|next| next.capitalised) && facts.tokens[token + 1].gap == Gap::Space;
            if facts.of_token[token].capitalised && self.names.contains(&phrase) && !goes_on() {
                found = inside + 1;
            }
        }
        found
    }

    /// "The Register", "the Guardian": words that are as common in lower case, of which capitals after "the" make a paper or station.
    fn is_paper(&self, facts: &Facts, candidate: &Candidate) -> bool {
        let at = candidate.token as usize;
        let printed = |at: usize| facts.tokens[at].span.of(facts.text);
        self.words.of(facts.tokens[at].listed).is_paper
            && facts.tokens[at].case == Case::Initial
            && at > 0
            && !candidate.opens_sentence()
            && printed(at - 1).eq_ignore_ascii_case("the")
            && facts.of_token.get(at + 1).is_none_or(|next| !next.capitalised)
    }
}

/// Capitals joined by `&` without blanks, but for what is joined like that and is no organisation ("R&D").
fn opens_ampersand_name(facts: &Facts, candidate: &Candidate) -> bool {
    let at = candidate.token as usize;
    let (Some(first), Some(and), Some(last)) = (facts.tokens.get(at), facts.tokens.get(at + 1), facts.tokens.get(at + 2)) else {
        return false;
    };
    let is_upper = |token: &Token| matches!(token.case, Case::Upper | Case::Initial) && token.span.len() <= 3;
    let joined = first.span.cover(last.span);
    and.span.len() == 1
        && and.gap == Gap::None
        && last.gap == Gap::None
        && is_upper(first)
        && is_upper(last)
        && and.span.of(facts.text) == "&"
        && !matches!(joined.of(facts.text), "R&D" | "Q&A" | "M&A" | "B&B" | "R&B" | "A&E" | "P&L" | "T&C" | "D&D" | "F&B" | "O&M" | "S&T")
}

#[cfg(test)]
mod tests {
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::names::{Model, find};
    use crate::annotate::{sentences, tokens};
    use crate::document::NameType;

    #[test]
    fn papers_and_stations_are_organisations_wherever_they_stand() {
        let text = "The party told El Mundo on Monday. According to Le Figaro and Asahi Shimbun, it was so. The Guardian agreed.";
        let lexicon = Lexicon::english();
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let found = find(text, &tokens, &sentences, &Model::embedded(), None, &lexicon);
        let organisations = found.iter().filter(|mention| mention.name_type == NameType::Organisation);
        assert_eq!(
            organisations.map(|mention| mention.span.of(text)).collect::<Vec<_>>(),
            ["El Mundo", "Le Figaro", "Asahi Shimbun", "Guardian"]
        );
    }
}
