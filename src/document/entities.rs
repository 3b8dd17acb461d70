//! What `entities` gives: people and organisations, each with all its mentions.

use super::named_values::named_values;
use crate::span::Span;

/// Who is who: the people and organisations of one article, each with all its mentions, in order of first mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// `p0`, `p1` and so on.
    pub people: Vec<Entity>,
    /// `o0`, `o1` and so on.
    pub organisations: Vec<Entity>,
}

impl Entities {
    /// The entity of an id of this article. Panics on one of another.
    #[must_use]
    pub fn get(&self, id: EntityId) -> &Entity {
        match id.kind {
            EntityKind::Person => &self.people[id.index as usize],
            EntityKind::Organisation => &self.organisations[id.index as usize],
        }
    }

    /// All entities with their ids, people first.
    pub fn iter(&self) -> impl Iterator<Item = (EntityId, &Entity)> {
        let people = self.people.iter().enumerate().map(|(i, e)| (EntityId::person(i), e));
        let organisations = self.organisations.iter().enumerate().map(|(i, e)| (EntityId::organisation(i), e));
        people.chain(organisations)
    }
}

/// Which of the two lists an entity is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// [`Entities::people`].
    Person,
    /// [`Entities::organisations`]: firms, agencies, media, teams, parties, universities, bands.
    Organisation,
}

/// `p0`, `o3`: the kind and the index into its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId {
    /// Which list.
    pub kind: EntityKind,
    /// Its place there, from 0.
    pub index: u32,
}

impl EntityId {
    /// The id of `people[index]`.
    #[must_use]
    pub fn person(index: usize) -> Self {
        Self { kind: EntityKind::Person, index: index as u32 }
    }

    /// The id of `organisations[index]`.
    #[must_use]
    pub fn organisation(index: usize) -> Self {
        Self { kind: EntityKind::Organisation, index: index as u32 }
    }
}

impl std::fmt::Display for EntityId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let letter = match self.kind {
            EntityKind::Person => 'p',
            EntityKind::Organisation => 'o',
        };
        write!(f, "{letter}{}", self.index)
    }
}

/// A person or an organisation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// The fullest form in the article.
    pub name: String,
    /// Joins the same name across articles: `person:torben kopp`.
    pub key: String,
    /// Other forms used, in order of first use.
    pub aliases: Vec<String>,
    /// Title or role as printed.
    pub role: Option<String>,
    /// People only: the organisation the article ties them to.
    pub organisation: Option<EntityId>,
    /// People only: what this article says, never what a first name suggests.
    pub gender: Option<Gender>,
    /// What says it; there whenever `gender` is.
    pub gender_basis: Option<GenderBasis>,
    /// In text order.
    pub mentions: Vec<EntityMention>,
}

/// A place in the text that means an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntityMention {
    /// Of a name without titles, leading "the" and possessive.
    pub span: Span,
    /// Name, pronoun or noun phrase.
    pub kind: MentionKind,
    /// Index into `Document::sentences`.
    pub sentence: u32,
    /// 0-1: of a name that it is one of this type; of a pronoun or noun phrase that it means this entity.
    pub confidence: f32,
}

named_values!(
    /// How a mention means its entity.
    MentionKind {
        /// The entity's name.
        Name = "name",
        /// A short form or an acronym.
        Alias = "alias",
        /// "she", "their".
        Pronoun = "pronoun",
        /// "the company", "the senator".
        Nominal = "nominal",
    }
);
named_values!(
    /// The gender that an article gives a person.
    Gender {
        /// "she", "Ms".
        Female = "f",
        /// "he", "Mr".
        Male = "m",
        /// Neither. The record has room for it; no article is given it so far.
        Neutral = "n",
    }
);
named_values!(
    /// What in the article tells the gender. Never a first name.
    GenderBasis {
        /// A pronoun that means the person.
        Pronoun = "pronoun",
        /// "Mr", "Ms" before the name.
        Honorific = "honorific",
    }
);
