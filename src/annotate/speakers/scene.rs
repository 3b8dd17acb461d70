//! What stands around a quotation: the words on both sides, and how a candidate is tied to a cue among them.

use super::{
    candidates::{Candidate, CandidateKind},
    words::Class,
};
use crate::document::{Sentence, Token, TokenKind};

/// An article prepared for the search of speakers.
pub struct Scene<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub sentences: &'a [Sentence],
    /// Per token; `Other` in paragraphs nobody looks at.
    pub classes: Vec<Class>,
    /// Per token: inside a quotation.
    pub quoted: Vec<bool>,
    /// The classes again, with `Quote` for all that is inside a quotation.
    pub outside: Vec<Class>,
    /// In text order.
    pub candidates: Vec<Candidate>,
}

/// A quotation by its tokens.
#[derive(Clone, Copy, Debug)]
pub struct QuotePlace {
    /// The opening mark of the first part.
    pub start: usize,
    /// One past the last token of the part that the attribution would follow.
    pub end: usize,
    /// One past the last token of all.
    pub whole_end: usize,
    /// Tokens of the paragraphs it starts and ends in.
    pub paragraph_start: usize,
    pub paragraph_end: usize,
    /// First token of the paragraph before.
    pub before_start: usize,
    /// Words inside the first part, counted in so many tokens as can matter.
    pub words: usize,
}

/// How a candidate stands to the cue beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Tie {
    None,
    /// "Kopp said"
    Subject,
    /// "Kopp has said"
    SubjectAuxiliary,
    /// "Kopp was told"
    Passive,
    /// "Kopp, head of Acme, said"
    SubjectAside,
    /// "Kopp, who said"
    SubjectRelative,
    /// "Kopp of Acme said"
    SubjectNear,
    /// "according to Kopp"
    According,
    /// "said Kopp"
    Inverted,
    /// "told Kopp"
    Told,
    /// "about Kopp", "to Kopp"
    Governed,
    /// "quoting Kopp"
    AfterIng,
    /// "Kopp’s statement"
    OwnerOfSaying,
    /// "Kopp’s plan"
    Owner,
    /// "Kopp:" before the quotation
    Colon,
    /// "Kopp, saying", "Kopp rejected it, calling"
    SubjectOfIng,
}

/// Longest aside or modifier jumped over from a subject to its verb.
const ASIDE: usize = 40;
const NEAR: usize = 10;
/// Longest phrase that says where somebody is from.
const ORIGIN: usize = 16;
/// Longest title between a verb and the name of its subject.
const TITLE: usize = 8;

impl Scene<'_> {
    pub fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// The class of a token; `Quote` inside quotations, `End` outside the range.
    pub fn class(&self, at: usize, start: usize, end: usize) -> Class {
        if at < start || at >= end { Class::End } else { self.outside[at] }
    }

    /// Numbers and classes of the tokens from `at` on, so many at most.
    fn ahead(&self, at: usize, end: usize, most: usize) -> impl Iterator<Item = (usize, &Class)> {
        (at..).zip(self.outside.get(at..end.min(at + most)).unwrap_or_default())
    }

    pub fn sentence_of(&self, token: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.range().end <= token)
    }

    /// Past adverbs, forwards.
    fn past_adverbs(&self, mut at: usize, end: usize) -> usize {
        let limit = end.min(at + 4);
        while at < limit && matches!(self.class(at, 0, end), Class::Adverb | Class::Number) {
            at += 1;
        }
        at
    }

    /// The cue that the words at `at` make with a subject just before them.
    fn verb_at(&self, at: usize, end: usize) -> Option<(Tie, usize)> {
        let at = self.past_adverbs(at, end);
        let class = self.class(at, 0, end);
        if class.is_finite_cue() {
            return Some((Tie::Subject, at));
        }
        if class.is_auxiliary() {
            let mut next = self.past_adverbs(at + 1, end);
            let mut passive = class == Class::Be;
            while next < end && next < at + 4 && self.class(next, 0, end).is_auxiliary() {
                passive = self.class(next, 0, end) == Class::Be;
                next = self.past_adverbs(next + 1, end);
            }
            let verb = self.class(next, 0, end);
            if verb.is_finite_cue() && passive {
                return Some((Tie::Passive, next));
            }
            if verb.is_cue_verb() {
                return Some((Tie::SubjectAuxiliary, next));
            }
        }
        None
    }

    /// The cue of speech before the title that ends at `at`, where the candidate of number `person` begins.
    fn cue_before_title(&self, person: usize, at: usize, start: usize, end: usize) -> Option<usize> {
        let of_title = |i| {
            let class = self.class(i, start, end);
            matches!(class, Class::Other | Class::Capital | Class::Determiner | Class::Possessive | Class::Of | Class::And)
                // "said state Sen. Ann Lee", "said then-Rep. Ann Lee"
                || class == Class::SayBase
                || self.word(i) == "then" && self.word(i + 1) == "-"
        };
        // "said representative of Acme", and the like: the name is no subject.
        if at > start && self.class(at - 1, start, end) == Class::Of {
            return None;
        }
        let first = at.saturating_sub(TITLE).max(start);
        let cue = (first..at).rev().find(|&i| !of_title(i))?;
        // Another person before the name is the subject, but in a title: "said Kopp spokesman Ann Lee".
        let is_first = person.checked_sub(1).is_none_or(|earlier| {
            let candidate = &self.candidates[earlier];
            candidate.start < cue || candidate.kind != CandidateKind::Person || self.is_in_title(earlier, start, end)
        });
        (is_first && matches!(self.class(cue, start, end), Class::Say | Class::Write)).then_some(cue)
    }

    /// Whether a person's name stands in the title of the next one: "Kopp spokesman Ann Lee".
    fn is_in_title(&self, person: usize, start: usize, end: usize) -> bool {
        let Some([person, next]) = self.candidates.get(person..person + 2) else { return false };
        let between = person.end..next.start;
        person.kind == CandidateKind::Person
            && next.kind == CandidateKind::Person
            && (1..TITLE).contains(&between.len())
            && self.class(person.end, start, end) == Class::Other
            && self.tokens[person.end].kind == TokenKind::Word
            && between.into_iter().all(|at| matches!(self.class(at, start, end), Class::Other | Class::Capital))
    }

    /// Whether the candidate is several, or takes its verb as several do.
    fn is_plural(&self, candidate: &Candidate) -> bool {
        use CandidateKind::{PeopleNoun, They};
        let last = self.word(candidate.end - 1);
        match candidate.kind {
            They | PeopleNoun => true,
            // "what we know": the writer, more often than somebody quoted
            kind if kind.is_pronoun() => false,
            CandidateKind::Indefinite => {
                matches!(last, "many" | "others" | "some" | "few" | "two" | "three" | "Many" | "Others" | "Some" | "Few")
            }
            _ => last.ends_with('s') && !last.ends_with("ss") || matches!(last, "percent" | "%" | "people"),
        }
    }

    /// Whether the candidate, which begins at `before` with its article, is the house of the person whose name stands right before: "Ann Lee of
    /// the Ferry Board said" is no word of the board's.
    fn is_house_of_person(&self, index: usize, before: usize) -> bool {
        use CandidateKind::{Organisation, OrganisationNoun, Person};
        let (Some(of), Some(earlier)) = (before.checked_sub(1), index.checked_sub(1)) else { return false };
        let person = &self.candidates[earlier];
        matches!(self.candidates[index].kind, Organisation | OrganisationNoun)
            && person.kind == Person
            && person.end == of
            && matches!(self.outside[of], Class::Of | Class::Preposition)
    }

    /// The second of the words "as saying", where they stand at `at`.
    fn as_saying(&self, at: usize, end: usize) -> Option<usize> {
        (self.class(at + 1, 0, end).is_ing_cue() && !self.quoted[at] && self.word(at) == "as").then_some(at + 1)
    }

    /// How the candidate of this number is tied to a cue, and the cue's token. Looks only between the paragraph's bounds.
    pub fn tie(&self, index: usize, start: usize, end: usize) -> (Tie, Option<usize>) {
        let candidate = &self.candidates[index];
        let after = candidate.full_end;
        let class = self.class(after, start, end);
        // What stands before it decides first: an object is no subject.
        let mut before = candidate.start;
        while before > start
            && candidate.start - before < 3
            && matches!(self.class(before - 1, start, end), Class::Determiner | Class::Capital | Class::Possessive)
        {
            before -= 1;
        }
        // "said government spokesman Ann Lee": a person's title may be longer, and in lower case.
        if candidate.kind == CandidateKind::Person
            && let Some(cue) = self.cue_before_title(index, before, start, end)
        {
            before = cue + 1;
        }
        let previous = if before > start { self.class(before - 1, start, end) } else { Class::Start };
        if previous == Class::To && before > start + 1 && self.class(before - 2, start, end) == Class::According {
            return (Tie::According, Some(before - 2));
        }
        if class == Class::Clitic {
            let limit = end.min(after + 5);
            let noun = (after + 1..limit).find(|&i| {
                let c = self.class(i, start, end);
                c == Class::SayingNoun
                    || matches!(c, Class::SayBase | Class::CallBase | Class::ActBase | Class::WriteBase | Class::TellBase)
            });
            return noun.map_or((Tie::Owner, None), |n| (Tie::OwnerOfSaying, Some(n)));
        }
        if let Some((tie, cue)) = self.verb_at(after, end) {
            if self.is_house_of_person(index, before) {
                return (Tie::Governed, None);
            }
            // "Kopp was quoted as saying", "the paper quoted Kopp as saying": not the paper.
            let quotes = matches!(self.word(cue), "quoted" | "quotes");
            let reach = if quotes { cue + 1..end.min(cue + NEAR) } else { cue..cue };
            return match reach.into_iter().find_map(|at| self.as_saying(at, end)) {
                Some(saying) if tie == Tie::Passive => (Tie::Subject, Some(saying)),
                Some(_) => (Tie::None, None),
                None => (tie, Some(cue)),
            };
        }
        // "critics say", "they often call it"; "the statement read"
        let verb = self.past_adverbs(after, end);
        let base = self.class(verb, start, end);
        if base.is_base_cue()
            && base != Class::ActBase
            && !matches!(previous, Class::To | Class::Modal)
            && (self.is_plural(candidate) || candidate.kind == CandidateKind::DocumentNoun && self.word(verb) == "read")
        {
            return (Tie::Subject, Some(verb));
        }
        // "the paper quoted Kopp as saying", but "was quoted by the paper as saying"
        let by = matches!(previous, Class::Preposition | Class::To | Class::Of | Class::About);
        if !by && let Some(saying) = self.as_saying(after, end) {
            return (Tie::Subject, Some(saying));
        }
        if previous.is_finite_cue() {
            // "said Kopp", but "told Kopp", and "the man who said Kopp".
            if self.is_in_title(index, start, end) {
                return (Tie::None, None);
            }
            let tie = if previous == Class::Tell || candidate.kind == CandidateKind::Object { Tie::Told } else { Tie::Inverted };
            return (tie, Some(before - 1));
        }
        if class == Class::Colon {
            return (Tie::Colon, Some(after));
        }
        let after = if candidate.kind == CandidateKind::Person { self.past_origin(after, start, end) } else { after };
        let class = self.class(after, start, end);
        if matches!(class, Class::Comma | Class::Dash | Class::Bracket | Class::Relative)
            && let Some(tied) = self.past_aside(after, start, end)
        {
            return tied;
        }
        if matches!(previous, Class::Preposition | Class::To | Class::Of | Class::About) {
            return (Tie::Governed, None);
        }
        if previous.is_ing_cue() {
            return (Tie::AfterIng, Some(before - 1));
        }
        // A few words, then the verb: "Kopp at a rally on Monday said", "Kopp praised the plan and said".
        for (at, &class) in self.ahead(after, end, NEAR) {
            if class.is_finite_cue() {
                return (Tie::SubjectNear, Some(at));
            }
            if class.is_ing_cue() {
                return (Tie::SubjectOfIng, Some(at));
            }
            if matches!(class, Class::Stop | Class::Quote | Class::Colon | Class::Relative | Class::HeShe | Class::They) {
                break;
            }
        }
        (Tie::None, None)
    }

    /// Past what says where somebody is from: "Ann Lee of the Centre for Trade at Ulm, who …". Where no mark ends it, nothing is passed.
    fn past_origin(&self, after: usize, start: usize, end: usize) -> usize {
        if !matches!(self.class(after, start, end), Class::Of | Class::Preposition) {
            return after;
        }
        let of_names = |class| matches!(class, Class::Capital | Class::Of | Class::Preposition | Class::Determiner | Class::And);
        let limit = end.min(after + ORIGIN);
        let past = (after..limit).find(|&at| !of_names(self.class(at, start, end))).unwrap_or(limit);
        let names = past > after + 1 && self.class(past - 1, start, end) == Class::Capital;
        let ends = matches!(self.class(past, start, end), Class::Comma | Class::Dash | Class::Bracket)
            || self.class(past, start, end).is_finite_cue();
        if names && ends { past } else { after }
    }

    /// Past ", head of Acme," or ", who leads Acme," to the verb.
    fn past_aside(&self, after: usize, start: usize, end: usize) -> Option<(Tie, Option<usize>)> {
        let opening = self.class(after, start, end);
        let first = if opening == Class::Relative { after } else { after + 1 };
        if self.class(first, start, end) == Class::Relative
            && let Some((_, cue)) = self.verb_at(first + 1, end)
        {
            return Some((Tie::SubjectRelative, Some(cue)));
        }
        // ", said" is the verb itself; ", released Tuesday, warns" has it behind the aside.
        let at_once = self.verb_at(first, end).filter(|_| opening == Class::Comma).map(|(_, cue)| (Tie::SubjectAside, Some(cue)));
        if at_once.is_some_and(|(_, cue)| cue.is_some_and(|c| matches!(self.classes[c], Class::Say | Class::Tell | Class::Write))) {
            return at_once;
        }
        if self.class(first, start, end).is_ing_cue() {
            return Some((Tie::SubjectOfIng, Some(first)));
        }
        for (at, &class) in self.ahead(first, end.min(after + ASIDE), ASIDE) {
            if class == Class::Stop && self.word(at).len() == 1 {
                break;
            }
            if matches!(class, Class::Comma | Class::Dash | Class::Bracket) {
                if let Some((tie, cue)) = self.verb_at(at + 1, end) {
                    return Some((if tie == Tie::Passive { tie } else { Tie::SubjectAside }, Some(cue)));
                }
                if self.class(at + 1, start, end).is_ing_cue() {
                    return Some((Tie::SubjectOfIng, Some(at + 1)));
                }
            }
            if class == Class::Colon {
                return Some((Tie::Colon, Some(at)));
            }
        }
        at_once
    }
}
