//! The document: an article's text and the layers found in it. One `Vec` per layer, in text order; every layer points into the
//! text by [`Span`]s (bytes) and owns no copy of it, but for names and values that the text does not hold as such.
//!
//! Read this file to know what each step of `annotate/` gives to the next.

use crate::{annotate::names::EntryId, article::Article, span::Span};
use std::borrow::Cow;

/// An article with its layers. The text is the article's; the document borrows it.
#[derive(Debug)]
pub struct Document<'a> {
    pub article: &'a Article,
    /// ISO 639-1, when there is enough text to tell.
    pub language: Option<&'static str>,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    pub quotes: Vec<Quotation>,
    pub figures: Vec<Figure>,
    pub mentions: Vec<Mention>,
    pub entities: Entities,
    /// One for each of `quotes`, in the same order.
    pub attributions: Vec<Attribution>,
    /// Stable codes: `unbalanced_quotes`, `not_english`, `truncated` (of more figures than are kept), `duplicate_of:ID` and those of the
    /// article.
    pub warnings: Vec<Cow<'static, str>>,
}

impl<'a> Document<'a> {
    /// The document of an article that was not analysed: one that could not be read, say.
    #[must_use]
    pub fn without_layers(article: &'a Article) -> Self {
        Self {
            article,
            language: None,
            tokens: Vec::new(),
            sentences: Vec::new(),
            quotes: Vec::new(),
            figures: Vec::new(),
            mentions: Vec::new(),
            entities: Entities::default(),
            attributions: Vec::new(),
            warnings: article.warnings.clone(),
        }
    }

    #[must_use]
    pub fn text(&self) -> &'a str {
        &self.article.text
    }

    /// Number of word tokens.
    #[must_use]
    pub fn words(&self) -> usize {
        self.tokens.iter().filter(|token| token.kind.is_word()).count()
    }

    /// Index of the sentence that holds the byte at `offset`, or the last one that starts before it; 0 when there is none.
    #[must_use]
    pub fn sentence_at(&self, offset: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.start() <= offset).saturating_sub(1)
    }
}

// ---- tokens ----------------------------------------------------------------------------------------------------------

/// A word, a number, a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
    pub case: Case,
    /// What separates it from the token before.
    pub gap: Gap,
    /// Hash of the word in lower case, by which lists of words are looked up.
    pub(crate) lower: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with inner apostrophes and points: `Kopp`, `O’Brien`, `don’t`, `U.S.`, `MP3`. Hyphens divide words: `Jean` `-` `Claude`.
    Word,
    /// A clitic split from the word before it: `’s`, `’re`, `’ll`, `’ve`, `’d`, `’m`, a lone possessive `’`.
    Clitic,
    /// Starts with a digit and holds its letters: `1,400`, `3.5`, `1.2bn`, `210kWh`, `20th`, `1960s`, `5G`.
    Number,
    /// A URL, e-mail address, domain, hashtag or @handle, whole.
    Address,
    /// A quotation mark of any sort that is not an apostrophe.
    Quote,
    /// Any other mark: `.`, `,`, `—`, `(`, `...` (an ellipsis of points is one token).
    Punctuation,
    /// Currency, per cent, mathematical and other signs, emoji.
    Symbol,
}

impl TokenKind {
    /// Whether the token counts as a word of the article.
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self, TokenKind::Word | TokenKind::Number | TokenKind::Address)
    }
}

/// How a token's letters are cased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// No cased letter: marks, numbers, most other scripts.
    None,
    Lower,
    /// First letter upper, the rest lower; a single capital too: `Kopp`, `A`.
    Initial,
    /// Two or more letters, all upper: `ICE`, `U.S.`.
    Upper,
    /// Any other mixture: `iPhone`, `McDonald`.
    Mixed,
}

impl Case {
    /// Whether the first letter is a capital, or (`iPhone`) one follows: the token can be part of a name.
    #[must_use]
    pub fn is_capitalised(self) -> bool {
        matches!(self, Case::Initial | Case::Upper | Case::Mixed)
    }
}

/// White space before a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// None: the tokens touch.
    None,
    Space,
    /// One line break.
    Line,
    /// A blank line.
    Blank,
}

/// A range of indexes into `Document::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TokenRange {
    pub start: u32,
    pub end: u32,
}

impl TokenRange {
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

// ---- sentences -------------------------------------------------------------------------------------------------------

/// A sentence, headline or list item. Together the sentences cover all tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    pub span: Span,
    pub tokens: TokenRange,
    /// 0-based number of its paragraph in the text.
    pub paragraph: u32,
}

/// The tokens of each paragraph that has any.
#[must_use]
pub fn paragraphs(sentences: &[Sentence]) -> Vec<std::ops::Range<usize>> {
    let mut paragraphs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut number = None;
    for sentence in sentences {
        let range = sentence.tokens.range();
        match paragraphs.last_mut() {
            Some(last) if number == Some(sentence.paragraph) => last.end = range.end,
            _ => paragraphs.push(range),
        }
        number = Some(sentence.paragraph);
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

// ---- quotes ----------------------------------------------------------------------------------------------------------

/// A stretch in quotation marks.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The quoted pieces, marks included, in order; at least one. `“A,” she said, “B”` has two.
    pub parts: Vec<Span>,
    pub flags: QuoteFlags,
}

impl Quotation {
    /// From the first mark of the first part to the last mark of the last.
    #[must_use]
    pub fn span(&self) -> Span {
        self.parts[0].cover(self.parts[self.parts.len() - 1])
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteFlags {
    /// Opened and never closed.
    pub unclosed: bool,
    /// Runs over more than one paragraph.
    pub multi_paragraph: bool,
    /// Holds another quotation, whose words its speaker reports.
    pub nested: bool,
    /// The speaker's name stands inside the quotation (often a sign of a wrong speaker).
    pub speaker_in_quote: bool,
    /// The speaker was carried over from an earlier sentence or paragraph.
    pub carried_over: bool,
}

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
    pub kind: QuoteKind,
    pub speaker: Option<Speaker>,
    pub cue: Option<Cue>,
    /// Stable name of the rule that decided.
    pub rule: Option<&'static str>,
    /// 0-1: the estimated chance that speaker (or its absence) is right.
    pub confidence: f32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Speaker {
    /// `None` for an unnamed speaker ("a spokeswoman", "officials").
    pub entity: Option<EntityId>,
    /// What stands in the text: "she", "Kopp", "a spokeswoman for Acme".
    pub mention: SpeakerMention,
    /// Role of an unnamed speaker as printed; a named one's role stands with its entity.
    pub role: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerMention {
    pub span: Span,
    pub kind: MentionKind,
}

/// The verb or phrase that ascribes a quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    pub span: Span,
    /// Dictionary form: "say" for "said".
    pub lemma: String,
}

// ---- figures ---------------------------------------------------------------------------------------------------------

/// A number with its meaning. The fields are those of the record: see `schema`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub span: Span,
    pub kind: FigureKind,
    pub value: Option<f64>,
    pub value_min: Option<f64>,
    pub value_max: Option<f64>,
    /// Exact decimal string.
    pub value_text: Option<String>,
    pub unit: Option<String>,
    pub unit_assumed: bool,
    pub per: Option<String>,
    pub dimension: Option<String>,
    pub si_value: Option<f64>,
    pub si_unit: Option<String>,
    pub approx: Option<Approx>,
    pub trend: Option<Trend>,
    pub role: Option<RangeRole>,
    pub item: Option<String>,
    /// First and last day, `YYYY-MM-DD`.
    pub date_start: Option<String>,
    pub date_end: Option<String>,
    pub timex: Option<String>,
    pub anchored: bool,
    /// Whom the sentence ties the figure to. Filled after the entities are known.
    pub subject: Option<EntityId>,
}

impl Figure {
    /// A figure with nothing but its span and kind.
    #[must_use]
    pub fn new(span: Span, kind: FigureKind) -> Self {
        Self {
            span,
            kind,
            value: None,
            value_min: None,
            value_max: None,
            value_text: None,
            unit: None,
            unit_assumed: false,
            per: None,
            dimension: None,
            si_value: None,
            si_unit: None,
            approx: None,
            trend: None,
            role: None,
            item: None,
            date_start: None,
            date_end: None,
            timex: None,
            anchored: false,
            subject: None,
        }
    }
}

macro_rules! named_values {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $text)] $variant),+ }
        impl $name {
            /// The value as the record writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

named_values!(
    FigureKind {
        Money = "money", Percent = "percent", Quantity = "quantity", Count = "count", Number = "number", Multiple = "multiple",
        Fraction = "fraction", Ordinal = "ordinal", Age = "age", Date = "date", Time = "time", Duration = "duration", Score = "score",
    }
);
named_values!(
    /// What the words before a figure say of its exactness.
    Approx {
        About = "about", Almost = "almost", Over = "over", AtLeast = "at_least", Under = "under", AtMost = "at_most",
        UpTo = "up_to", Vague = "vague",
    }
);
named_values!(Trend { Up = "up", Down = "down" });
named_values!(
    /// Place of a figure in "from A to B".
    RangeRole { From = "from", To = "to" }
);

// ---- names and entities ----------------------------------------------------------------------------------------------

/// A name the tagger found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Without titles, leading "the" and possessive.
    pub span: Span,
    pub tokens: TokenRange,
    pub name_type: NameType,
    pub confidence: f32,
    /// The entry of the user's list that it matches.
    pub entry: Option<EntryId>,
}

/// What a name names. Places and others are contrast classes: found so that they are not taken for people or organisations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameType {
    Person,
    Organisation,
    Location,
    Other,
}

/// Who is who: the people and organisations of one article, each with all its mentions, in order of first mention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    pub people: Vec<Entity>,
    pub organisations: Vec<Entity>,
}

impl Entities {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    Person,
    Organisation,
}

/// `p0`, `o3`: the kind and the index into its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId {
    pub kind: EntityKind,
    pub index: u32,
}

impl EntityId {
    #[must_use]
    pub fn person(index: usize) -> Self {
        Self { kind: EntityKind::Person, index: index as u32 }
    }

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
    pub gender: Option<Gender>,
    pub gender_basis: Option<GenderBasis>,
    /// In text order.
    pub mentions: Vec<EntityMention>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EntityMention {
    pub span: Span,
    pub kind: MentionKind,
    /// Index into `Document::sentences`.
    pub sentence: u32,
    pub confidence: f32,
}

named_values!(
    MentionKind {
        /// The entity's name.
        Name = "name",
        /// A short form or an acronym.
        Alias = "alias",
        Pronoun = "pronoun",
        /// "the company", "the senator".
        Nominal = "nominal",
    }
);
named_values!(Gender { Female = "f", Male = "m", Neutral = "n" });
named_values!(
    /// What in the article tells the gender. Never a first name.
    GenderBasis { Pronoun = "pronoun", Honorific = "honorific" }
);
