//! Everything in the text that could be a speaker: names, capitalised runs that the tagger left, pronouns, and noun phrases
//! ("a spokeswoman for Acme", "the company", "officials"), outside quotations.

use super::words::Class;
use crate::{
    annotate::lexicon::{WordList, rows, unknown},
    document::{Case, EntityId, Gap, MentionKind, Token, TokenKind},
    span::Span,
};
use std::ops::Range;

/// What a candidate looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum CandidateKind {
    /// "Marta Lind".
    Person,
    /// "Acme".
    Organisation,
    /// "Vik".
    Place,
    /// "the Quay Act".
    OtherName,
    /// Capitalised words the tagger made nothing of.
    Capitals,
    /// "he", "she".
    HeShe,
    It,
    They,
    I,
    We,
    /// "the man who".
    Who,
    /// "his", "their".
    Possessive,
    /// "him", "them".
    Object,
    /// "another", "some".
    Indefinite,
    /// "a spokeswoman for Acme".
    PersonNoun,
    /// "officials".
    PeopleNoun,
    /// "the company".
    OrganisationNoun,
    /// "the report".
    DocumentNoun,
    /// A noun phrase with a head that is not listed.
    OtherNoun,
}

impl CandidateKind {
    #[must_use]
    pub fn is_name(self) -> bool {
        self <= CandidateKind::Capitals
    }

    #[must_use]
    pub fn is_pronoun(self) -> bool {
        self >= CandidateKind::HeShe && self <= CandidateKind::Object
    }

    /// As the record names it.
    #[must_use]
    pub fn mention_kind(self) -> MentionKind {
        match self {
            k if k.is_name() => MentionKind::Name,
            k if k.is_pronoun() => MentionKind::Pronoun,
            _ => MentionKind::Nominal,
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// First token, and one past the last: of the phrase's core, without "for Acme".
    pub start: usize,
    pub end: usize,
    /// One past the last token with the phrases that hang on it.
    pub full_end: usize,
    pub kind: CandidateKind,
    pub entity: Option<EntityId>,
    /// The chance that the entity is the right one.
    pub sure: f32,
    /// Number of the sentence it starts in.
    pub sentence: usize,
}

impl Candidate {
    fn new(tokens: Range<usize>, full_end: usize, kind: CandidateKind) -> Self {
        Self { start: tokens.start, end: tokens.end, full_end, kind, entity: None, sure: 1.0, sentence: 0 }
    }

    #[must_use]
    pub fn span(&self, tokens: &[Token]) -> Span {
        Span::new(tokens[self.start].span.start(), tokens[self.full_end - 1].span.end())
    }
}

/// A name by its tokens.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    pub start: usize,
    pub end: usize,
    pub kind: CandidateKind,
    pub entity: Option<EntityId>,
}

/// The names of an article, and which of them each token is part of.
pub struct Names {
    /// Not overlapping, in no order.
    names: Vec<Name>,
    /// Per token: one more than the number of its name; 0 in none, `UNREAD` in paragraphs that are not read.
    of_token: Vec<u32>,
}

const UNREAD: u32 = u32::MAX;

impl Names {
    /// Those of an article of so many tokens; only `paragraphs` of it are read.
    #[must_use]
    pub fn new(tokens: usize, paragraphs: &[Range<usize>], names: usize) -> Self {
        let mut of_token = vec![UNREAD; tokens];
        paragraphs.iter().for_each(|paragraph| of_token[paragraph.clone()].fill(0));
        Self { names: Vec::with_capacity(names), of_token }
    }

    /// Whether the token's paragraph is read.
    pub fn reads(&self, token: usize) -> bool {
        self.of_token[token] != UNREAD
    }

    /// Adds a name in paragraphs that are read, unless one stands among its tokens.
    pub fn add(&mut self, name: Name) {
        let Some(tokens) = self.of_token.get_mut(name.start..name.end) else { return };
        if !tokens.is_empty() && tokens.iter().all(|&taken| taken == 0) {
            self.names.push(name);
            tokens.fill(self.names.len() as u32);
        }
    }

    fn over(&self, at: usize) -> Option<&Name> {
        let number = self.of_token.get(at)?.checked_sub(1)?;
        self.names.get(number as usize)
    }

    /// The name that begins at the token.
    pub fn starting(&self, at: usize) -> Option<&Name> {
        self.over(at).filter(|name| name.start == at)
    }

    /// The name that began before the token and goes on over it.
    fn going_on(&self, at: usize) -> Option<&Name> {
        self.over(at).filter(|name| name.start < at)
    }
}

/// Nouns that speak, by class.
pub struct NounLexicon {
    pub(super) nouns: WordList<Option<CandidateKind>>,
}

impl NounLexicon {
    #[must_use]
    pub fn english() -> Self {
        let mut nouns = WordList::default();
        for row in rows(include_str!("../lexicon/en/speaker_nouns.txt")) {
            let kind = match row[0] {
                "person" => CandidateKind::PersonNoun,
                "people" => CandidateKind::PeopleNoun,
                "organisation" => CandidateKind::OrganisationNoun,
                "document" => CandidateKind::DocumentNoun,
                other => unknown("speaker_nouns.txt", other),
            };
            for word in row.get(1).copied().unwrap_or("").split_ascii_whitespace() {
                nouns.entry(word).get_or_insert(Some(kind));
                if kind != CandidateKind::PeopleNoun {
                    let plural = match word.as_bytes() {
                        [.., b'a' | b'e' | b'o' | b'u', b'y'] => format!("{word}s"),
                        [.., b'y'] => format!("{}ies", &word[..word.len() - 1]),
                        [.., b's' | b'x'] | [.., b'c' | b's', b'h'] => format!("{word}es"),
                        _ => format!("{word}s"),
                    };
                    let several = if kind == CandidateKind::PersonNoun { CandidateKind::PeopleNoun } else { kind };
                    nouns.entry(&plural).get_or_insert(Some(several));
                }
            }
        }
        Self { nouns }
    }

    /// The noun that a token is.
    #[inline]
    pub(crate) fn of(&self, token: &Token) -> Option<CandidateKind> {
        *self.nouns.of(token.listed)
    }
}

/// What any noun phrase is made of, what else goes on after a determiner, and after a hyphen.
const PLAIN: u64 = {
    use Class::{ActBase, CallBase, Indefinite, Number, Other, SayBase, SayingNoun};
    Class::set(&[Other, Number, SayingNoun, SayBase, ActBase, CallBase, Indefinite])
};
const DETERMINED: u64 = Class::set(&[Class::Capital, Class::TellBase, Class::WriteBase, Class::ThinkBase]);
const COMPOUNDED: u64 = Class::set(&[Class::Preposition, Class::And]);
/// What can be the first word of one, and what can if it is a noun as well.
const OPENING: u64 = {
    use Class::{Acting, Adverb, Calling, Ing, Past, Saying, Telling, Writing};
    Class::set(&[Past, Ing, Adverb, Saying, Acting, Calling, Writing, Telling])
};
const VERBS: u64 = Class::set(&[Class::Act, Class::Say, Class::Call]);
const ANY: u64 = PLAIN | DETERMINED | COMPOUNDED | OPENING | VERBS | Class::set(&[Class::Clitic]);

/// Longest noun phrase looked for, in tokens.
const PHRASE: usize = 8;
/// Longest phrase that hangs on a noun ("for the Acme group of companies").
const HANGING: usize = 12;

pub struct Finder<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub classes: &'a [Class],
    pub nouns: &'a NounLexicon,
    /// Per token: inside a quotation.
    pub quoted: &'a [bool],
    pub names: &'a Names,
}

impl Finder<'_> {
    fn noun(&self, at: usize) -> Option<CandidateKind> {
        self.nouns.of(&self.tokens[at])
    }

    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    /// The class of a token outside quotations; `End` beyond the range or inside a quotation.
    fn class(&self, at: usize, end: usize) -> Class {
        if at < end && !self.quoted[at] { self.classes[at] } else { Class::End }
    }

    /// Adds the candidates among the tokens `start..end` of one paragraph, in order.
    pub fn paragraph(&self, start: usize, end: usize, found: &mut Vec<Candidate>) {
        let (mut at, mut noun) = (start, start);
        while at < end {
            if self.quoted[at] {
                at += 1;
                continue;
            }
            let candidate = match self.names.starting(at) {
                Some(name) if name.end <= end => Some(self.named(name, end)),
                _ => self.other(at, start, end, &mut noun),
            };
            match candidate {
                Some(c) => {
                    at = c.end.max(at + 1);
                    found.push(c);
                }
                None => at += 1,
            }
        }
    }

    fn named(&self, name: &Name, end: usize) -> Candidate {
        let (range, kind) = (name.start..name.end, name.kind);
        // "Acme officials", "Acme spokeswoman Ann Lee", "Kopp-backed candidates": the noun that follows makes the phrase, unless a name ends it.
        if kind != CandidateKind::Person || self.opens_compound(name) || self.class(range.end, end) == Class::Clitic {
            let head_from = if self.class(range.end, end) == Class::Clitic { range.end + 1 } else { range.end };
            if let Some(phrase) = self.noun_phrase(range.start, head_from, end, false) {
                return phrase;
            }
        }
        Candidate { entity: name.entity, ..Candidate::new(range.clone(), range.end, kind) }
    }

    /// `noun`: up to where no listed noun was found.
    fn other(&self, at: usize, start: usize, end: usize, noun: &mut usize) -> Option<Candidate> {
        let class = self.classes[at];
        let one = |kind| Some(Candidate::new(at..at + 1, at + 1, kind));
        match class {
            Class::HeShe => one(CandidateKind::HeShe),
            Class::It => one(CandidateKind::It),
            Class::They => one(CandidateKind::They),
            Class::I if self.tokens[at].case.is_capitalised() => one(CandidateKind::I),
            Class::We => one(CandidateKind::We),
            Class::Relative if matches!(self.word(at), "who" | "Who") => one(CandidateKind::Who),
            Class::Object => one(CandidateKind::Object),
            Class::Possessive => self.noun_phrase(at, at + 1, end, true).or_else(|| one(CandidateKind::Possessive)),
            Class::Indefinite | Class::Number | Class::Determiner => self
                .noun_phrase(at, at + 1, end, true)
                .or_else(|| if class == Class::Indefinite { one(CandidateKind::Indefinite) } else { None }),
            Class::Capital => self.capitals(at, start, end),
            Class::Other | Class::Past | Class::Ing | Class::SayBase | Class::ActBase | Class::SayingNoun | Class::Adverb => {
                // A noun without a determiner: plurals, collectives, "campaign manager Ann Lee" (a title: left to the name).
                let limit = end.min(at + PHRASE);
                *noun = (at.max(*noun)..limit).find(|&next| self.noun(next).is_some()).unwrap_or(limit);
                if *noun < limit { self.noun_phrase(at, at, end, false) } else { None }
            }
            _ => None,
        }
    }

    /// A run of capitalised words that no name covers.
    fn capitals(&self, at: usize, start: usize, end: usize) -> Option<Candidate> {
        let reach = end.min(at + PHRASE);
        let limit = (at..reach).find(|&next| self.names.starting(next).is_some()).unwrap_or(reach);
        let (mut last, mut next) = (at, at + 1);
        while next < limit && !self.quoted[next] {
            let token = &self.tokens[next];
            let joins = self.classes[next] == Class::Capital && token.gap <= Gap::Space
                || self.word(next) == "-" && token.gap == Gap::None
                || self.word(next) == "." && next == last + 1 && self.word(last).len() == 1
                || matches!(self.classes[next], Class::Of) && self.class(next + 1, limit) == Class::Capital;
            if !joins {
                break;
            }
            if self.classes[next] == Class::Capital {
                last = next;
            }
            next += 1;
        }
        // A title ("Dr."), or a modifier of the name that follows.
        let point = usize::from(last + 2 == limit && self.word(last + 1) == "." && self.tokens[last + 1].gap == Gap::None);
        if last + 1 + point == limit && limit < end && self.names.starting(limit).is_some() {
            return None;
        }
        let end_of_run = last + 1;
        if let Some(phrase) = self.noun_phrase(at, end_of_run, end, false) {
            return Some(phrase);
        }
        let kind = match self.noun(last) {
            Some(kind)
                if last == at
                    && (at == start
                        || self.class(at - 1, end) == Class::Stop
                        || self.classes[at - 1] == Class::Determiner
                        // "French President, Ann Lee,"
                        || self.classes[at - 1] == Class::Capital && self.class(end_of_run, end) == Class::Comma) =>
            {
                kind
            }
            _ => CandidateKind::Capitals,
        };
        // "Q:" and "A:" of an interview name nobody.
        if last == at && self.word(at).len() == 1 && self.class(end_of_run, end) == Class::Colon {
            return None;
        }
        let full_end = if kind == CandidateKind::Capitals { end_of_run } else { self.hanging(end_of_run, end) };
        Some(Candidate::new(at..end_of_run, full_end, kind))
    }

    /// The noun phrase that starts at `start` and whose modifiers and head are looked for from `from`. `determined`: a determiner
    /// opens it, so that a head that is not listed will do; else it takes one that is listed as somebody.
    fn noun_phrase(&self, start: usize, from: usize, end: usize, determined: bool) -> Option<Candidate> {
        let limit = end.min(start + PHRASE);
        let (mut at, mut head) = (from, None);
        while at < limit && !self.quoted[at] && self.classes[at].is_in(ANY) && (at == start || self.tokens[at].gap <= Gap::Space) {
            let (token, class) = (&self.tokens[at], self.classes[at]);
            // "a Kopp-backed plan", "the editor-in-chief"
            let compounded = token.gap == Gap::None && at > start + 1 && matches!(self.word(at - 1), "-" | "‑");
            let first = at == from && determined || compounded;
            let among = |classes| class.is_in(classes);
            let goes_on = among(PLAIN)
                | determined & among(DETERMINED)
                | compounded & among(COMPOUNDED)
                | (first | (at == start)) & among(OPENING)
                | (at > start) & determined & (class == Class::Clitic)
                || first && among(VERBS) && self.noun(at).is_some();
            let is_mark = || token.kind == TokenKind::Punctuation && self.word(at) != "-";
            // "the interview Kopp gave": a person's name is no noun of the phrase.
            let person = || class == Class::Capital && at > start && self.starts_person(at);
            // "others argue that", "the researchers write"
            let begun = || at > start && (at > from || self.classes[start] == Class::Indefinite);
            let verb = || class.is_base_cue() && begun() && self.is_verb_of_several(at - 1, at, end);
            if !goes_on || is_mark() || person() || verb() {
                break;
            }
            if class != Class::Clitic && token.kind == TokenKind::Word {
                head = Some(at);
            } else if class == Class::Clitic {
                head = None;
            }
            at += 1;
        }
        let mut head = head?;
        let mut kind = self.noun(head);
        // "the senator later", "the company last year": an earlier listed noun may be the head.
        if kind.is_none()
            && let Some(earlier) = (from..head).rev().find(|&i| self.noun(i).is_some())
            && (!determined || matches!(self.class(head, end), Class::Adverb | Class::SayBase))
        {
            head = earlier;
            kind = self.noun(head);
        }
        let somebody = matches!(kind, Some(CandidateKind::PersonNoun | CandidateKind::PeopleNoun | CandidateKind::OrganisationNoun));
        if !determined && !somebody {
            return None;
        }
        let after = head + 1;
        // "Acme spokeswoman Ann Lee": a title of the name behind it.
        if self.class(after, end) == Class::Capital && self.tokens[after].gap <= Gap::Space {
            return None;
        }
        // "the Vik-based Harbour and Ferry Board" is left to the name; "the Commissioner for Works" is somebody, whatever the tagger says.
        let cuts_name = || self.names.going_on(after).is_some_and(|name| name.kind == CandidateKind::Organisation);
        if kind != Some(CandidateKind::PersonNoun) && cuts_name() {
            return None;
        }
        let kind = kind.unwrap_or(CandidateKind::OtherNoun);
        if !determined && matches!(kind, CandidateKind::PersonNoun | CandidateKind::OrganisationNoun) && start == head {
            // A bare singular is a title or part of something longer, but next to a cue.
            let next_to_cue = self.class(after, end).is_finite_cue() || start > 0 && self.classes[start - 1].is_finite_cue();
            if !next_to_cue {
                return None;
            }
        }
        Some(Candidate::new(start..after, self.hanging(after, end), kind))
    }

    /// Whether a cue's base form is the verb of `noun`, a plural: "opponents of the bill say it", not "the sales report".
    fn is_verb_of_several(&self, noun: usize, at: usize, end: usize) -> bool {
        if at + 1 >= end || self.classes[noun] == Class::Clitic {
            return false;
        }
        let before = self.word(noun);
        // Hardly ever nouns, so that they need no object: "the researchers write in a letter".
        let is_verb = matches!(self.classes[at], Class::WriteBase | Class::TellBase) || self.word(at) == "say";
        if self.classes[noun] == Class::Indefinite {
            let several = ["others", "many", "some", "few", "two", "three"].iter().any(|word| before.eq_ignore_ascii_case(word));
            return several && (is_verb || !matches!(self.classes[at + 1], Class::Other | Class::Capital | Class::SayingNoun));
        }
        let several = before.ends_with('s') && !before.ends_with("ss") || matches!(before, "people" | "percent" | "%" | "police");
        let next = self.classes[at + 1];
        let object = self.quoted[at + 1]
            || matches!(
                next,
                Class::That
                    | Class::It
                    | Class::HeShe
                    | Class::They
                    | Class::We
                    | Class::I
                    | Class::You
                    | Class::Object
                    | Class::Determiner
                    | Class::Possessive
                    | Class::When
                    | Class::Colon
                    | Class::Quote
            );
        several && (object || is_verb)
    }

    fn starts_person(&self, at: usize) -> bool {
        self.names.starting(at).is_some_and(|name| name.kind == CandidateKind::Person && !self.opens_compound(name))
    }

    /// "Kopp-backed": the name says of what kind something is.
    fn opens_compound(&self, name: &Name) -> bool {
        let Some([hyphen, second]) = self.tokens.get(name.end..name.end + 2) else { return false };
        matches!(self.word(name.end), "-" | "‑") && hyphen.gap == Gap::None && second.gap == Gap::None && second.case == Case::Lower
    }

    /// One past the phrases that hang on a noun ending before `at`: "for the Acme group", "with knowledge of the matter".
    fn hanging(&self, at: usize, end: usize) -> usize {
        if !matches!(self.class(at, end), Class::Of | Class::Preposition | Class::To) {
            return at;
        }
        let limit = end.min(at + HANGING);
        let mut last = at;
        for next in at..limit {
            let class = self.class(next, end);
            let stops =
                matches!(class, Class::Comma | Class::Colon | Class::Dash | Class::Bracket | Class::Stop | Class::Quote | Class::End)
                    || matches!(
                        class,
                        Class::Relative | Class::That | Class::And | Class::But | Class::When | Class::HeShe | Class::They | Class::We
                    )
                    || class.is_finite_cue()
                    || class.is_ing_cue()
                    || class.is_auxiliary()
                    || class == Class::Past
                    || class.is_base_cue()
                        && next > at
                        && (self.is_verb_of_several(at - 1, next, end) || self.is_verb_of_several(next - 1, next, end))
                    || self.tokens[next].gap >= Gap::Line;
            // "the head of Customs and Border Protection"
            let in_name = stops && class == Class::And && self.names.going_on(next).is_some();
            if stops && !in_name {
                break;
            }
            if matches!(class, Class::Other | Class::Capital | Class::SayingNoun | Class::SayBase | Class::ActBase | Class::Number) {
                last = next + 1;
            }
        }
        last
    }
}
