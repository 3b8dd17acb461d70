//! The document: an article's text and the layers found in it. One `Vec` per layer, in text order; every layer points into the
//! text by [`Span`]s (bytes) and owns no copy of it, but for names and values that the text does not hold as such.
//!
//! Read this file to know what each step of `annotate/` gives to the next.

use crate::{annotate::names::EntryId, article::Article, span::Span};
use std::borrow::Cow;

/// An article with its layers. The text is the article's; the document borrows it.
#[derive(Debug)]
pub struct Document<'a> {
    /// Whose layers these are.
    pub article: &'a Article,
    /// ISO 639-1, when there is enough text to tell.
    pub language: Option<&'static str>,
    /// All words and marks; nothing but white space lies between them.
    pub tokens: Vec<Token>,
    /// Every token is in one.
    pub sentences: Vec<Sentence>,
    /// The stretches in quotation marks, terms and titles too. One that holds another is given, the inner one is not.
    pub quotes: Vec<Quotation>,
    /// Numbers and dates, none inside another.
    pub figures: Vec<Figure>,
    /// Names as the tagger left them; `entities` hold the mended ones.
    pub mentions: Vec<Mention>,
    /// Who is who.
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

    /// The article's text, into which all spans point.
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
    /// Its bytes, never none.
    pub span: Span,
    /// Word or mark, and of which sort.
    pub kind: TokenKind,
    /// How its letters are cased.
    pub case: Case,
    /// What separates it from the token before.
    pub gap: Gap,
    /// Hash of the word in lower case, by which lists of words are looked up.
    pub(crate) lower: u64,
}

/// What a token is, told from its characters alone.
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
    /// No capital: `harbour`, `e.g.`.
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
    /// Blanks on one line, or the break of a hard-wrapped one.
    Space,
    /// One line break.
    Line,
    /// A blank line.
    Blank,
}

/// A range of indexes into `Document::tokens`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct TokenRange {
    /// The first token.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl TokenRange {
    /// The tokens `start..end`; both are below 4 Gi, as articles are.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// For indexing `Document::tokens`.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

// ---- sentences -------------------------------------------------------------------------------------------------------

/// A sentence, headline or list item. Together the sentences cover all tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first token to its last, without the white space around.
    pub span: Span,
    /// At least one.
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
    /// What is odd about it.
    pub flags: QuoteFlags,
}

impl Quotation {
    /// From the first mark of the first part to the last mark of the last.
    #[must_use]
    pub fn span(&self) -> Span {
        self.parts[0].cover(self.parts[self.parts.len() - 1])
    }
}

/// What a reader of a quotation may want to know before using it. The first three are set with the quotation, the others with its speaker.
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

// ---- figures ---------------------------------------------------------------------------------------------------------

/// A number with its meaning. The fields are those of the record: see `schema`.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Sign, currency, number, scale word and unit: "$1.2bn". Neither "about" nor what is counted.
    pub span: Span,
    /// Which of the fields below to expect.
    pub kind: FigureKind,
    /// In `unit`, the scale applied: 1200000000 for "$1.2bn", 3 for "threefold". `None` for a range or a vague word.
    pub value: Option<f64>,
    /// The lower bound of a range, `value` where that is exact; `None` for "up to".
    pub value_min: Option<f64>,
    /// The upper bound, likewise; `None` for "more than".
    pub value_max: Option<f64>,
    /// Exact decimal string.
    pub value_text: Option<String>,
    /// ISO 4217 code or CLDR unit: `EUR`, `terabyte`, `percentage-point`.
    pub unit: Option<String>,
    /// Whether the text left the unit open: a bare "$" taken for US dollars.
    pub unit_assumed: bool,
    /// What a rate is by: `barrel` of "$40 a barrel".
    pub per: Option<String>,
    /// What the unit measures: `currency`, `length`, `digital`.
    pub dimension: Option<String>,
    /// The value in `si_unit`, for unlike units of one dimension.
    pub si_value: Option<f64>,
    /// The base unit: `meter`; `byte` for data.
    pub si_unit: Option<String>,
    /// What the words before it say of its exactness.
    pub approx: Option<Approx>,
    /// Whether it is by how much something changed ("rose 5%"), and which way.
    pub trend: Option<Trend>,
    /// Its place in "from $80bn to $95bn", which is two figures.
    pub role: Option<RangeRole>,
    /// What is counted or measured, as printed: `employees`, `of voters`.
    pub item: Option<String>,
    /// First day of a date or period, `YYYY-MM-DD`.
    pub date_start: Option<String>,
    /// Its last day, the first one again for a day.
    pub date_end: Option<String>,
    /// The date, time or duration as TIMEX3 has it: `2026-W10`, `P3M`.
    pub timex: Option<String>,
    /// Whether the day was told by the article's date ("last Tuesday").
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
    /// What a figure is a figure of.
    FigureKind {
        /// "$1.2bn", "40 pence".
        Money = "money",
        /// "5%", "two percentage points".
        Percent = "percent",
        /// A measure with its unit: "210 kWh", "three miles".
        Quantity = "quantity",
        /// Things counted: "1,400 employees".
        Count = "count",
        /// Nothing beside it says what it is of.
        Number = "number",
        /// "threefold", "twice".
        Multiple = "multiple",
        /// "two thirds", "half".
        Fraction = "fraction",
        /// "20th", "third".
        Ordinal = "ordinal",
        /// "aged 42", "the 42-year-old".
        Age = "age",
        /// A day or a period: "last Tuesday", "the 1990s".
        Date = "date",
        /// Of the day: "8 p.m.".
        Time = "time",
        /// "three weeks".
        Duration = "duration",
        /// Of a game or a vote: "3-1".
        Score = "score",
    }
);
named_values!(
    /// What the words before a figure say of its exactness.
    Approx {
        /// "some 40", "roughly".
        About = "about",
        /// "nearly 40".
        Almost = "almost",
        /// "more than 40".
        Over = "over",
        /// "at least 40".
        AtLeast = "at_least",
        /// "fewer than 40".
        Under = "under",
        /// "no more than 40".
        AtMost = "at_most",
        /// "up to 40".
        UpTo = "up_to",
        /// No number at all: "dozens", "hundreds".
        Vague = "vague",
    }
);
named_values!(
    /// Which way something changed by a figure.
    Trend {
        /// "rose 5%".
        Up = "up",
        /// "fell 5%".
        Down = "down",
    }
);
named_values!(
    /// Place of a figure in "from A to B".
    RangeRole {
        /// Before the change.
        From = "from",
        /// After it.
        To = "to",
    }
);

// ---- names and entities ----------------------------------------------------------------------------------------------

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
