//! The place of a name or noun phrase in its sentence, from the words right beside it: who speaks, who acts, who is only mentioned. No
//! parse: in news the verb stands beside its subject or past one apposition.

use super::lexicon::{verb, word};
use super::view::{View, looks_like_verb};
use crate::document::TokenKind;

/// The place of a name in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ClausePlace {
    Speaker,
    Subject,
    Object,
    Possessor,
    Prepositional,
    /// Before another noun: "the Roe campaign".
    Modifier,
    Quoted,
}

impl ClausePlace {
    /// What a name in this place adds to its presence.
    pub(super) fn weight(self) -> f32 {
        match self {
            ClausePlace::Speaker => 1.4,
            ClausePlace::Subject => 1.0,
            ClausePlace::Object => 0.5,
            ClausePlace::Possessor => 0.45,
            ClausePlace::Prepositional => 0.35,
            ClausePlace::Modifier => 0.2,
            ClausePlace::Quoted => 0.1,
        }
    }
}

/// "it is clear that", "it was time to".
pub(super) fn expletive(view: &View, verb: usize) -> bool {
    view.is(verb, word::AUXILIARY | word::COPULA)
        && (verb + 1..verb + 5)
            .take_while(|&t| view.tokens.get(t).is_some_and(|t| t.kind != TokenKind::Quote))
            .any(|t| matches!(view.word(t), "that" | "to" | "time" | "for" | "when"))
}

/// What organisations do, and the expletive "it" does not: say, plan, have, will.
pub(super) fn acts(view: &View, at: usize) -> bool {
    view.is(at, word::SAY) || view.is_verb(at, verb::DEED)
}

/// "it would be a crime to", "it has been signed": said of a deed or a thing as often as of an organisation.
pub(super) fn is_of_things(view: &View, verb: usize) -> bool {
    let rest = (verb + 1..verb + 4).take_while(|&t| view.is_word(t));
    rest.into_iter().any(|t| view.word(t) == "been" || view.word(t) == "be" && is_judged(view, t))
}

/// "be a crime to", "be hard for": what is said of a deed.
fn is_judged(view: &View, be: usize) -> bool {
    (be + 2..be + 6).take_while(|&t| view.is_word(t)).any(|t| matches!(view.word(t), "that" | "to" | "for" | "if"))
}

/// Where the words begin that say, right before a name, who it is: "Ulm mayor Roe". No further back than `from`.
fn described_from(view: &View, start: usize, from: usize) -> usize {
    const WORDS: usize = 4;
    let describes = |&at: &usize| view.is(at, word::TAKEN | word::ROLE | word::MODIFIER | word::TITLE | word::STOP);
    (from.max(start.saturating_sub(WORDS))..start).rev().take_while(describes).last().unwrap_or(start)
}

/// The place of the phrase from `start` to `end` in its sentence.
pub(super) fn place(view: &View, start: usize, end: usize) -> ClausePlace {
    if view.is_quoted(start) {
        return ClausePlace::Quoted;
    }
    if view.is_possessive(end) {
        return ClausePlace::Possessor;
    }
    let start = super::titles::titles_before(view, start).start;
    let sentence = view.sentence_tokens(view.sentence_of(start));
    if start > sentence.start {
        let before = start - 1;
        // "said Roe", but not "said Roe should".
        if view.is(before, word::SAY) && !view.is(end, word::AUXILIARY) {
            return if view.is(before, word::SAY_TO) { ClausePlace::Object } else { ClausePlace::Speaker };
        }
        if view.is(before, word::PREPOSITION) {
            let preposition = view.word(before);
            if preposition == "to" && before > 0 && view.word(before - 1).eq_ignore_ascii_case("according") {
                return ClausePlace::Speaker;
            }
            // "For Roe, the matter is simple."
            if before == sentence.start && matches!(preposition, "For" | "To") {
                return ClausePlace::Subject;
            }
            // "after Roe left"
            let opens_clause = matches!(preposition, "after" | "before" | "since" | "until" | "as" | "while");
            if !(view.is(end, word::SAY) || opens_clause && looks_like_verb(view, end)) {
                return ClausePlace::Prepositional;
            }
        }
    }
    // "Roe himself said"
    let end = end + usize::from(view.is_reflexive(end));
    if view.is(end, word::SAY) {
        return ClausePlace::Speaker;
    }
    // "Roe now expects", "Roe reluctantly agreed".
    let adverb = || view.is(end, word::ADVERB) || !view.is(end, word::COMMA | word::STOP) && view.word(end).ends_with("ly");
    if looks_like_verb(view, end) || adverb() && looks_like_verb(view, end + 1) {
        return ClausePlace::Subject;
    }
    if view.lower(end)
        && view.on_line(end)
        && !view.is(end, word::PREPOSITION | word::CONJUNCTION | word::WHO | word::PERSONAL | word::THE | word::A)
    {
        return ClausePlace::Modifier;
    }
    // "Her sister, Roe, runs", "Another critic, Ulm mayor Roe, runs"
    let described = described_from(view, start, sentence.start);
    if view.is_comma(end) && described > sentence.start && view.is_comma(described - 1) {
        if view.is(end + 1, word::SAY) {
            return ClausePlace::Speaker;
        }
        if looks_like_verb(view, end + 1) {
            return ClausePlace::Subject;
        }
    }
    // "Roe, director of debate at Acme, said"
    if view.is_comma(end) {
        let close = (end + 2..(end + 16).min(sentence.end)).find(|&t| view.is_comma(t) && !view.is_word(t));
        // A number between two commas is an age: the apposition may go on.
        let close = match close {
            Some(comma) if comma == end + 2 && !looks_like_verb(view, comma + 1) => {
                (comma + 1..(comma + 14).min(sentence.end)).find(|&t| view.is_comma(t))
            }
            other => other,
        };
        if let Some(comma) = close {
            if view.is(comma + 1, word::SAY) {
                return ClausePlace::Speaker;
            }
            if looks_like_verb(view, comma + 1) {
                return ClausePlace::Subject;
            }
        }
    }
    // A name with an apposition, or the first word of a sentence whose verb is not in the lists.
    if view.is_comma(end) && start < sentence.start + 3 || start == sentence.start {
        return ClausePlace::Subject;
    }
    ClausePlace::Object
}
