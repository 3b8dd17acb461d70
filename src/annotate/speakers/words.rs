//! What each token does between a speaker and a quotation: a coarse class instead of a part of speech, from word lists, endings
//! and marks. Only paragraphs with quotations (and those just before them) are read.

use super::cues::{CueClass, CueLexicon, CueWord, Form};
use crate::{
    annotate::lexicon::{WordList, rows, word_hash},
    document::{Case, Token, TokenKind},
};
use rustc_hash::FxHashSet;

/// The class of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    Other,
    Capital,
    Number,
    Adverb,
    Determiner,
    Possessive,
    HeShe,
    It,
    They,
    I,
    We,
    You,
    Object,
    Indefinite,
    Relative,
    That,
    And,
    But,
    Preposition,
    To,
    Of,
    About,
    According,
    Be,
    Have,
    Modal,
    When,
    Past,
    Ing,
    Comma,
    Colon,
    Dash,
    Bracket,
    Stop,
    Clitic,
    Quote,
    // Cues by class and form: finite, base, -ing.
    Say,
    SayBase,
    Saying,
    Tell,
    TellBase,
    Telling,
    Write,
    WriteBase,
    Writing,
    Think,
    ThinkBase,
    Thinking,
    Call,
    CallBase,
    Calling,
    Act,
    ActBase,
    Acting,
    Known,
    SayingNoun,
    /// In paths: a candidate, and the ends of the text.
    Candidate,
    Start,
    End,
}

impl Class {
    /// Some classes, each as a bit.
    pub(super) const fn set(classes: &[Class]) -> u64 {
        let (mut set, mut at) = (0, 0);
        while at < classes.len() {
            set |= 1 << classes[at] as u32;
            at += 1;
        }
        set
    }

    /// Whether it is in a [set](Class::set).
    pub(super) fn is_in(self, set: u64) -> bool {
        set >> self as u32 & 1 != 0
    }

    /// A form of a cue verb that has a subject.
    #[must_use]
    pub fn is_finite_cue(self) -> bool {
        matches!(self, Class::Say | Class::Tell | Class::Write | Class::Think | Class::Call | Class::Act)
    }

    /// Any form of a cue verb.
    #[must_use]
    pub fn is_cue_verb(self) -> bool {
        self >= Class::Say && self <= Class::Acting
    }

    #[must_use]
    pub fn is_ing_cue(self) -> bool {
        matches!(self, Class::Saying | Class::Telling | Class::Writing | Class::Thinking | Class::Calling | Class::Acting)
    }

    /// The base form of a cue verb, which is that of the present after several: "critics say".
    #[must_use]
    pub fn is_base_cue(self) -> bool {
        matches!(self, Class::SayBase | Class::TellBase | Class::WriteBase | Class::ThinkBase | Class::CallBase | Class::ActBase)
    }

    /// Forms of "be" and "have", and modals.
    #[must_use]
    pub fn is_auxiliary(self) -> bool {
        matches!(self, Class::Be | Class::Have | Class::Modal)
    }

    /// Opens or joins a phrase: no noun phrase runs over it.
    #[must_use]
    pub fn is_function_word(self) -> bool {
        self >= Class::Determiner && self <= Class::When
    }
}

/// What the lists say of a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Listed {
    class: Option<Class>,
    /// A day or month, or "MORE" of a link: a capital that is no name.
    is_no_name: bool,
}

/// All words that have a class of their own.
pub struct WordLexicon {
    pub(super) words: WordList<Listed>,
    pub cues: CueLexicon,
    /// Nouns for works that have titles.
    works: FxHashSet<u64>,
}

impl WordLexicon {
    #[must_use]
    pub fn english() -> Self {
        let mut listed: WordList<Listed> = WordList::default();
        for row in rows(include_str!("../lexicon/en/function_words.txt")) {
            let words = row.get(1).copied().unwrap_or("").split_ascii_whitespace();
            let class = match row[0] {
                "calendar" | "link" => {
                    words.for_each(|word| listed.entry(word).get_or_insert_default().is_no_name = true);
                    continue;
                }
                "determiner" => Class::Determiner,
                "possessive" => Class::Possessive,
                "he_she" => Class::HeShe,
                "it" => Class::It,
                "they" => Class::They,
                "i" => Class::I,
                "we" => Class::We,
                "you" => Class::You,
                "object" => Class::Object,
                "indefinite" => Class::Indefinite,
                "relative" => Class::Relative,
                "that" => Class::That,
                "and" => Class::And,
                "but" => Class::But,
                "preposition" => Class::Preposition,
                "to" => Class::To,
                "of" => Class::Of,
                "about" => Class::About,
                "be" => Class::Be,
                "have" => Class::Have,
                "modal" => Class::Modal,
                "when" => Class::When,
                "adverb" => Class::Adverb,
                "according" => Class::According,
                _ => Class::Other,
            };
            for word in words {
                listed.entry(word).get_or_insert_default().class.get_or_insert(class);
            }
        }
        let cues = CueLexicon::english();
        for (word, &cue) in cues.words.iter() {
            listed.entry_of(word).get_or_insert_default().class.get_or_insert(cue_class(cue));
        }
        let works = rows(include_str!("../lexicon/en/works.txt")).flat_map(|row| row[0].split_ascii_whitespace()).map(word_hash).collect();
        Self { words: listed, cues, works }
    }

    /// Whether a word (its hash in lower case) is a noun for a work that has a title: "anthem".
    pub(crate) fn is_work(&self, lower: u64) -> bool {
        self.works.contains(&lower)
    }

    /// The class of a token. `initial`: it starts a sentence, so that its capital says nothing.
    #[must_use]
    pub fn class(&self, text: &str, token: &Token, initial: bool) -> Class {
        match token.kind {
            TokenKind::Word => self.word_class(text, token, initial),
            TokenKind::Quote => Class::Quote,
            TokenKind::Clitic => match token.span.of(text).as_bytes().last() {
                Some(b's' | b'S' | b'\'') => Class::Clitic,
                Some(b'd' | b'D' | b'l' | b'L') => Class::Modal,
                Some(b'm' | b'M') => Class::Be,
                Some(b'e' | b'E') => Class::Have,
                _ => Class::Clitic,
            },
            TokenKind::Punctuation => match token.span.of(text).chars().next() {
                Some(',') => Class::Comma,
                Some(':') => Class::Colon,
                Some('.' | ';' | '!' | '?' | '…') => Class::Stop,
                Some('—' | '–' | '―' | '‒') => Class::Dash,
                Some('-') if token.gap != crate::document::Gap::None || token.span.len() > 1 => Class::Dash,
                Some('(' | ')' | '[' | ']') => Class::Bracket,
                _ => Class::Other,
            },
            TokenKind::Number => Class::Number,
            TokenKind::Address => Class::Capital,
            TokenKind::Symbol => Class::Other,
        }
    }

    fn word_class(&self, text: &str, token: &Token, initial: bool) -> Class {
        let listed = *self.words.of(token.listed);
        let capital = token.case.is_capitalised();
        if (!capital || initial || token.span.len() == 1)
            && let Some(class) = listed.class
        {
            return class;
        }
        let word = &text.as_bytes()[token.span.range()];
        // "Additionally, …": what opens a sentence and is no name's part is an adverb, not somebody.
        let adverb = initial && token.case == Case::Initial && word.len() > 6 && word.ends_with(b"ly");
        if capital && !adverb {
            return if listed.is_no_name { Class::Adverb } else { Class::Capital };
        }
        class_by_ending(word)
    }
}

/// The class of a word of no list. Without branches: nobody could guess how the next one ends.
fn class_by_ending(word: &[u8]) -> Class {
    let &[.., third, second, last] = word else { return if word == b"ly" { Class::Adverb } else { Class::Other } };
    let is_long = word.len() > 4;
    let class = if is_long & (third == b'i') & (second == b'n') & (last == b'g') { Class::Ing } else { Class::Other };
    let class = if is_long & (second == b'e') & (last == b'd') { Class::Past } else { class };
    if (second == b'l') & (last == b'y') { Class::Adverb } else { class }
}

fn cue_class(cue: CueWord) -> Class {
    let finite = matches!(cue.form, Form::Third | Form::Past | Form::Participle);
    match (cue.class, cue.form) {
        (CueClass::Known, _) => Class::Known,
        (CueClass::Noun, _) => Class::SayingNoun,
        (CueClass::Say, Form::Ing) => Class::Saying,
        (CueClass::Tell, Form::Ing) => Class::Telling,
        (CueClass::Write, Form::Ing) => Class::Writing,
        (CueClass::Think, Form::Ing) => Class::Thinking,
        (CueClass::Call, Form::Ing) => Class::Calling,
        (CueClass::Act, Form::Ing) => Class::Acting,
        (CueClass::Say, _) => {
            if finite {
                Class::Say
            } else {
                Class::SayBase
            }
        }
        (CueClass::Tell, _) => {
            if finite {
                Class::Tell
            } else {
                Class::TellBase
            }
        }
        (CueClass::Write, _) => {
            if finite {
                Class::Write
            } else {
                Class::WriteBase
            }
        }
        (CueClass::Think, _) => {
            if finite {
                Class::Think
            } else {
                Class::ThinkBase
            }
        }
        (CueClass::Call, _) => {
            if finite {
                Class::Call
            } else {
                Class::CallBase
            }
        }
        (CueClass::Act, _) => {
            if finite {
                Class::Act
            } else {
                Class::ActBase
            }
        }
    }
}
