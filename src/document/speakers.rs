//! What `speakers` gives: for each quotation whether somebody is quoted, who, and what says so.

use super::{EntityId, MentionKind};
use crate::span::Span;

/// Whether somebody's words stand in the marks, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteKind {
    /// A clause of its own.
    Direct,
    /// A quoted piece inside the writer's own clause.
    Mixed,
    /// A term, nickname, slogan or title: nobody is being quoted.
    Scare,
}

/// Who said a quotation, and what says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// `Scare` never has a speaker.
    pub kind: QuoteKind,
    /// `None` where nobody could be told, or nobody is quoted.
    pub speaker: Option<Speaker>,
    /// `None` where the speaker stands there without one, as in an interview.
    pub cue: Option<Cue>,
    /// Stable name of the rule that decided.
    pub rule: Option<&'static str>,
    /// 0-1: the estimated chance that speaker (or its absence) is right.
    pub confidence: f32,
}

/// Who said a quotation: by what stands in the text, and, where that is known, by entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// `None` for an unnamed speaker ("a spokeswoman", "officials").
    pub entity: Option<EntityId>,
    /// What stands in the text: "she", "Kopp", "a spokeswoman for Acme".
    pub mention: SpeakerMention,
    /// Role of an unnamed speaker as printed; a named one's role stands with its entity.
    pub role: Option<String>,
}

/// The words that stand for a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerMention {
    /// With the phrases that hang on a noun: "a spokeswoman for Acme" whole.
    pub span: Span,
    /// Name, pronoun or noun phrase.
    pub kind: MentionKind,
}

/// The verb or phrase that ascribes a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// Its words in the text.
    pub span: Span,
    /// Dictionary form: "say" for "said".
    pub lemma: String,
}
