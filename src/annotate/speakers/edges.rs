//! The edges of a quotation: what leads up to it, what trails it, and how it ends inside its marks. The learnt weights know these by
//! their numbers, so that a new variant goes to the end, and the weights are learnt again.

use super::{
    scene::{QuotePlace, Scene},
    words::Class,
};
use crate::document::{Gap, TokenKind};

/// What stands just before a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Lead {
    /// Nothing: it opens its paragraph.
    Opening = 0,
    /// Another quotation: ‘“We go.” “Now.”’
    Quotation = 1,
    /// ‘the plan, “a disaster,” he said’
    Comma = 2,
    /// A comma that a cue stands before: ‘Kopp said, “We go.”’
    CueAndComma = 3,
    /// ‘Kopp: “We go.”’
    Colon = 4,
    /// The end of a sentence or clause: ‘He left. “We go,” he said’
    Stop = 5,
    /// ‘said that “nobody knows”’
    That = 6,
    /// A verb of saying or the like that has a subject: ‘Kopp said “we go”’
    FiniteCue = 7,
    /// Any other form of one: ‘saying “we go”’, ‘to call it’
    OtherCue = 8,
    /// ‘one word — “no” — and left’
    Dash = 9,
    /// ‘the plan (“a disaster”)’
    Bracket = 10,
    /// ‘with “a heavy heart”’
    Preposition = 11,
    /// ‘accused them of “lying”’
    Of = 12,
    /// What opens a noun phrase: ‘the “doughnut” design’, ‘Kopp’s “plan”’
    Determiner = 13,
    /// ‘it was “a disaster”’
    Be = 14,
    /// ‘too old and “late”’
    And = 15,
    /// A verb of naming: ‘dubbed “the doughnut”’
    Naming = 16,
    /// ‘because “nobody knows”’
    When = 17,
    /// ‘in the statement “we go”’
    SayingNoun = 18,
    /// Any other word or mark: ‘a very “green” house’
    Other = 19,
}

/// What stands just after a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Trail {
    /// Nothing: its paragraph or line ends.
    End = 0,
    /// Another quotation.
    Quotation = 1,
    /// ‘called it “a disaster”.’
    Stop = 2,
    /// ‘called it “a disaster”, and left’
    Comma = 3,
    /// ‘“We go,” said Kopp’
    FiniteCue = 4,
    /// ‘“We go,” she said’
    Pronoun = 5,
    /// A capitalised word, as names begin: ‘“We go,” Kopp said’
    Capital = 6,
    /// ‘“We go,” the mayor said’
    Determiner = 7,
    /// ‘“We go,” according to Kopp’
    According = 8,
    /// ‘“We go” — he left’, ‘“We go” (he left)’
    Aside = 9,
    /// ‘“late” and too old’
    And = 10,
    /// ‘“late” for the ferry’
    Preposition = 11,
    /// Any other mark: ‘“We go”: so he said’
    Mark = 12,
    /// Any other word: ‘the “doughnut” design’
    Word = 13,
}

/// How a quotation ends inside its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Ending {
    /// With a word: ‘“a disaster”’
    Word = 0,
    /// ‘“We go,”’
    Comma = 1,
    /// ‘“We go.”’
    Point = 2,
    /// A question or exclamation mark: ‘“Do we go?”’
    Question = 3,
    /// A dash or an ellipsis: ‘“We go …”’
    BrokenOff = 4,
}

impl Ending {
    #[must_use]
    pub fn of(scene: &Scene, place: &QuotePlace) -> Self {
        let last = place.end.saturating_sub(2).max(place.start);
        match scene.word(last).chars().next() {
            Some(',') => Self::Comma,
            Some('.') if scene.word(last).len() == 1 => Self::Point,
            Some('?' | '!') => Self::Question,
            Some('.' | '—' | '–' | '-' | '…') => Self::BrokenOff,
            _ => Self::Word,
        }
    }

    /// Whether it is that of a sentence.
    #[must_use]
    pub fn ends_sentence(self) -> bool {
        matches!(self, Self::Point | Self::Question)
    }
}

impl Lead {
    #[must_use]
    pub fn of(scene: &Scene, place: &QuotePlace) -> Self {
        if place.start <= place.paragraph_start {
            return Self::Opening;
        }
        let at = place.start - 1;
        if scene.quoted[at] {
            return Self::Quotation;
        }
        match scene.classes[at] {
            Class::Comma => {
                let cue = at > place.paragraph_start && !scene.quoted[at - 1] && scene.classes[at - 1].is_cue_verb();
                if cue { Self::CueAndComma } else { Self::Comma }
            }
            Class::Colon => Self::Colon,
            Class::Stop => Self::Stop,
            Class::That => Self::That,
            class if class.is_finite_cue() => Self::FiniteCue,
            class if class.is_cue_verb() => Self::OtherCue,
            Class::Dash => Self::Dash,
            Class::Bracket => Self::Bracket,
            Class::Preposition | Class::To | Class::About => Self::Preposition,
            Class::Of => Self::Of,
            Class::Determiner | Class::Possessive | Class::Clitic => Self::Determiner,
            Class::Be => Self::Be,
            Class::And | Class::But => Self::And,
            Class::Known => Self::Naming,
            Class::When => Self::When,
            Class::SayingNoun => Self::SayingNoun,
            _ => Self::Other,
        }
    }

    /// Whether a sentence can begin after it without a cue: at the head of a paragraph, after a quotation, a colon, a sentence.
    #[must_use]
    pub fn begins_sentence(self) -> bool {
        matches!(self, Self::Opening | Self::Quotation | Self::Colon | Self::Stop)
    }
}

impl Trail {
    #[must_use]
    pub fn of(scene: &Scene, place: &QuotePlace) -> Self {
        if place.end >= place.paragraph_end {
            return Self::End;
        }
        let at = place.end;
        if scene.quoted[at] {
            return Self::Quotation;
        }
        match scene.classes[at] {
            Class::Stop => Self::Stop,
            Class::Comma => Self::Comma,
            class if class.is_finite_cue() => Self::FiniteCue,
            Class::HeShe | Class::They | Class::It => Self::Pronoun,
            Class::Capital => Self::Capital,
            Class::Determiner | Class::Possessive => Self::Determiner,
            Class::According => Self::According,
            Class::Dash | Class::Bracket => Self::Aside,
            Class::And | Class::But => Self::And,
            Class::Preposition | Class::To | Class::Of | Class::About => Self::Preposition,
            _ if scene.tokens[at].kind == TokenKind::Punctuation => Self::Mark,
            _ if scene.tokens[at].gap >= Gap::Line => Self::End,
            _ => Self::Word,
        }
    }
}
