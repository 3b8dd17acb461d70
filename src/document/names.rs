//! What `names` gives: the names that the tagger found, before anybody knows who is who.

use super::TokenRange;
use crate::{annotate::names::EntryId, span::Span};

/// A name the tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Without titles, leading "the" and possessive.
    pub span: Span,
    /// The tokens of `span`.
    pub tokens: TokenRange,
    /// What the tagger, or the user's list, takes it to name.
    pub name_type: NameType,
    /// 0-1: the model's belief in it; 1 for a listed name.
    pub confidence: f32,
    /// The entry of the user's list that it matches.
    pub entry: Option<EntryId>,
}

/// What a name names. Places and others are contrast classes: found so that they are not taken for people or organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameType {
    /// "Torben Kopp".
    Person,
    /// "Acme", "the Senate", "Reuters".
    Organisation,
    /// "Vik", "Germany", "the Baltic".
    Location,
    /// Products, laws, events, works: "the Quay Act".
    Other,
}
