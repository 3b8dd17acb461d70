//! The record: what one article becomes. Its types are the contract: `pullquote schema` is generated from them, every key is in every
//! record, and no key changes its type. Offsets leave bytes here and only here.
//!
//! Values and confidences are written as floats always (`5.0`): a reader that takes a column's type from its first rows must not meet another later.

use super::{
    id::Id,
    layers::{EntitiesOf, Figures, Layers, Mentions, Sentences},
};
use crate::{
    annotate::LayerSet,
    article::{Article, ArticleError},
    document::{Approx, Document, EntityKind, FigureKind, Gender, GenderBasis, MentionKind, RangeRole, Trend},
    span::OffsetUnit,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::{borrow::Cow, sync::Arc};

/// The value of `schema` in every record. A change of meaning of any key needs another one.
pub const SCHEMA: &str = "pullquote/1";

/// How records are written.
#[derive(Clone, Copy, Debug)]
pub struct RecordOptions {
    /// The unit of every `start` and `end`.
    pub offsets: OffsetUnit,
    /// Whether `text` holds the article's text; the offsets stay the same.
    pub text: bool,
    /// The layers that are written. The ids of people, organisations and quotes that are not are null where others bear them.
    pub layers: LayerSet,
}

impl Default for RecordOptions {
    fn default() -> Self {
        Self { offsets: OffsetUnit::CodePoint, text: true, layers: LayerSet::ALL }
    }
}

/// One article with everything found in it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Record<'a> {
    /// Always `pullquote/1`.
    schema: &'static str,
    /// `d_` and 16 hex digits, from the URL, or the path and record number.
    id: &'a str,
    /// Whether the article could be read; a failed one has a record all the same.
    status: Status,
    /// Why it could not, where `status` is `error`.
    error: Option<&'a ArticleError>,
    /// Where the article was found.
    source: SourceRecord<'a>,
    /// Its address on the web.
    url: Option<&'a str>,
    /// The publication: its name or its domain.
    site: Option<&'a str>,
    /// The headline; no part of `text` unless it stands there too.
    title: Option<&'a str>,
    /// Who wrote it, several with ", " between them.
    author: Option<&'a str>,
    /// The part of the publication, as it calls it.
    section: Option<&'a str>,
    /// Publication day, `YYYY-MM-DD`.
    date: Option<&'a str>,
    /// Publication time in UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    published_at: Option<&'a str>,
    /// Detected language, ISO 639-1.
    language: Option<&'static str>,
    /// Word tokens in the text.
    words: usize,
    /// The text that was analysed. Every `start` and `end` counts its code points (bytes or UTF-16 units, if `--offsets` says so) from 0;
    /// `end` is one past the last.
    text: &'a str,
    /// In text order; all but white space is in one.
    #[schemars(with = "Vec<SentenceRecord>")]
    sentences: Sentences<'a>,
    /// In the order of their first mentions.
    #[schemars(with = "Vec<EntityRecord<'a>>")]
    people: EntitiesOf<'a>,
    /// Likewise; countries, cities and products are none.
    #[schemars(with = "Vec<EntityRecord<'a>>")]
    organisations: EntitiesOf<'a>,
    /// Numbers and dates, in text order.
    #[schemars(with = "Vec<FigureRecord<'a>>")]
    figures: Figures<'a>,
    /// In text order, scare quotes too.
    quotes: Vec<QuoteRecord<'a>>,
    /// Stable codes of what was odd: `decoding_errors`, `boilerplate_only`, `not_english`, `unbalanced_quotes`, `truncated`,
    /// `duplicate_of:ID`.
    warnings: &'a [Cow<'static, str>],
}

/// What became of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It was read and analysed, whatever was found.
    Ok,
    /// No text.
    Empty,
    /// It could not be read or analysed: `error` says why.
    Error,
}

/// Where an article was found.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SourceRecord<'a> {
    /// The file as given.
    pub(super) path: &'a str,
    /// 0-based record inside the file; null for a whole file.
    pub(super) record: Option<u64>,
    /// The input's own id.
    pub(super) id: Option<&'a str>,
}

/// A sentence, headline or list item.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SentenceRecord {
    /// Where it starts in `text`.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// 0-based paragraph of the text.
    pub(super) paragraph: u32,
}

/// A person or an organisation.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntityRecord<'a> {
    /// `p0`, `p1` ... or `o0`, `o1` ...
    pub(super) id: Id,
    /// Joins the same name across articles: `person:torben kopp`, or the id that a list of names gives.
    pub(super) key: &'a str,
    /// The fullest form in the article.
    pub(super) name: &'a str,
    /// Other forms used, in order of first use.
    pub(super) aliases: &'a [String],
    /// Title or role as printed.
    pub(super) role: Option<&'a str>,
    /// People only: id of the organisation the article ties them to.
    pub(super) organisation: Option<Id>,
    /// From a pronoun or honorific in this article only.
    pub(super) gender: Option<Gender>,
    /// What says it; null where `gender` is.
    pub(super) gender_basis: Option<GenderBasis>,
    /// Every place in the text that means it, in order.
    #[schemars(with = "Vec<MentionRecord<'a>>")]
    pub(super) mentions: Mentions<'a>,
}

/// A place in the text that means a person or an organisation.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MentionRecord<'a> {
    /// Where it starts in `text`.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// As printed; a name without titles, leading "the" and possessive.
    pub(super) text: &'a str,
    /// Name, pronoun or noun phrase.
    pub(super) kind: MentionKind,
    /// Index into `sentences`.
    pub(super) sentence: u32,
    /// 0-1: of a name that it is one of this type; of a pronoun or noun phrase that it means this entity.
    pub(super) confidence: f64,
}

/// A number with its meaning.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureRecord<'a> {
    /// `f0`, `f1` ...
    pub(super) id: Id,
    /// Where it starts in `text`.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Sign, currency, number, scale word and unit as printed; neither "about" nor what is counted.
    pub(super) text: &'a str,
    /// Which of the keys below to expect.
    pub(super) kind: FigureKind,
    /// In `unit`, scale applied; null for a range or a vague word.
    pub(super) value: Option<f64>,
    /// The lower bound; `value` where that is exact, null for "up to".
    pub(super) value_min: Option<f64>,
    /// The upper bound; `value` where that is exact, null for "more than".
    pub(super) value_max: Option<f64>,
    /// A sum of money as an exact decimal string.
    pub(super) value_text: Option<&'a str>,
    /// ISO 4217, or a CLDR unit id.
    pub(super) unit: Option<&'a str>,
    /// True where the text leaves the unit open: a bare "$" taken for USD.
    pub(super) unit_assumed: bool,
    /// What a rate is by: `barrel` of "$40 a barrel".
    pub(super) per: Option<&'a str>,
    /// What the unit measures: `currency`, `length`, `digital` ...
    pub(super) dimension: Option<&'a str>,
    /// The value in `si_unit`, for unlike units of one dimension.
    pub(super) si_value: Option<f64>,
    /// The base unit of the dimension: `meter`; `byte` for data.
    pub(super) si_unit: Option<&'a str>,
    /// How exact the words before it make it.
    pub(super) approx: Option<Approx>,
    /// Which way something changed by it ("rose 5%").
    pub(super) trend: Option<Trend>,
    /// Its place in "from $80bn to $95bn", which is two figures.
    pub(super) role: Option<RangeRole>,
    /// What is counted or measured, as printed.
    pub(super) item: Option<&'a str>,
    /// First day of a date or period, `YYYY-MM-DD`.
    pub(super) date_start: Option<&'a str>,
    /// Its last day; the first one again for a day.
    pub(super) date_end: Option<&'a str>,
    /// The date, time or duration as TIMEX3 has it: `2026-W10`, `P3M`.
    pub(super) timex: Option<&'a str>,
    /// True where the date was resolved against the article's date.
    pub(super) anchored: bool,
    /// Id of the organisation or person the sentence ties the figure to.
    pub(super) subject: Option<Id>,
    /// Id of the quote it stands in.
    pub(super) quote: Option<Id>,
    /// Index into `sentences`.
    pub(super) sentence: usize,
}

/// A stretch in quotation marks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuoteRecord<'a> {
    /// `q0`, `q1` ...
    pub(super) id: Id,
    /// Where its first part starts in `text`.
    pub(super) start: usize,
    /// Where its last part ends.
    pub(super) end: usize,
    /// The exact slice from first to last mark.
    pub(super) text: &'a str,
    /// The quoted pieces, marks included: “A,” she said, “B” has two.
    pub(super) parts: Vec<PartRecord>,
    /// The parts without their marks, joined with a space.
    pub(super) content: Cow<'a, str>,
    /// Whether somebody is quoted, and how.
    pub(super) kind: KindRecord,
    /// Who said it; null where nobody could be told or nobody is quoted.
    pub(super) speaker: Option<SpeakerRecord<'a>>,
    /// The verb or phrase that ascribes it.
    pub(super) cue: Option<CueRecord<'a>>,
    /// Stable name of what decided the speaker: `subject_of_cue`, `inverted`, `carried_over`, `according_to` ...
    pub(super) rule: Option<&'static str>,
    /// 0-1: the estimated chance that the speaker, or that there is none, is right.
    pub(super) confidence: f64,
    /// `unclosed`, `multi_paragraph`, `nested` (holds another quote), `speaker_in_quote` (names its own speaker: often a wrong one),
    /// `carried_over` (the speaker is that of the quote before).
    pub(super) flags: Vec<&'static str>,
    /// Index into `sentences` of the one it starts in.
    pub(super) sentence_start: usize,
    /// Of the one it ends in.
    pub(super) sentence_end: usize,
}

/// A quoted piece.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PartRecord {
    /// Where its mark opens in `text`.
    pub(super) start: usize,
    /// Where its mark closes.
    pub(super) end: usize,
}

/// Whether somebody's words stand in the marks, and how.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum KindRecord {
    /// A clause of its own.
    Direct,
    /// A quoted piece inside the writer's own clause.
    Mixed,
    /// Term, nickname, slogan, title: nobody is being quoted.
    Scare,
}

/// Who said a quote.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SpeakerRecord<'a> {
    /// Id of a person or organisation; null if unnamed.
    pub(super) id: Option<Id>,
    /// Which of the two lists the speaker is in, or that no name is given.
    #[serde(rename = "type")]
    pub(super) speaker_type: SpeakerType,
    /// Resolved full name; null if unnamed.
    pub(super) name: Option<&'a str>,
    /// Title or role as printed; of an unnamed speaker the noun ("a spokeswoman for Acme").
    pub(super) role: Option<&'a str>,
    /// The words that stand for the speaker.
    pub(super) mention: SpeakerMentionRecord<'a>,
}

/// What a speaker is.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum SpeakerType {
    /// One of `people`.
    Person,
    /// One of `organisations`.
    Organisation,
    /// "a spokeswoman", "officials".
    Unnamed,
}

/// The words that stand for a speaker.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SpeakerMentionRecord<'a> {
    /// Where they start in `text`.
    pub(super) start: usize,
    /// Where they end.
    pub(super) end: usize,
    /// As printed: "she", "Kopp", "a spokeswoman for Acme".
    pub(super) text: &'a str,
    /// Name, pronoun or noun phrase.
    pub(super) kind: MentionKind,
}

/// What ascribes a quote to its speaker.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CueRecord<'a> {
    /// Where it starts in `text`.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// As printed: "said", "according to".
    pub(super) text: &'a str,
    /// Dictionary form: "say".
    pub(super) lemma: &'a str,
}

impl<'a> Record<'a> {
    /// The record of a document, which it borrows from.
    #[must_use]
    pub fn new(document: &'a Document<'a>, options: RecordOptions) -> Self {
        let article: &Article = document.article;
        let text = article.text.as_str();
        let writer = Arc::new(Layers::new(document, options));
        let wanted = |layer| options.layers.holds(layer).then(|| Arc::clone(&writer));
        Self {
            schema: SCHEMA,
            id: &article.id,
            status: status(article),
            error: article.error.as_ref(),
            source: SourceRecord { path: &article.source.path, record: article.source.record, id: article.source.id.as_deref() },
            url: article.meta.url.as_deref(),
            site: article.meta.site.as_deref(),
            title: article.meta.title.as_deref(),
            author: article.meta.author.as_deref(),
            section: article.meta.section.as_deref(),
            date: article.meta.date.as_deref(),
            published_at: article.meta.published_at.as_deref(),
            language: document.language,
            words: document.words(),
            text: if options.text { text } else { "" },
            sentences: Sentences(wanted(LayerSet::SENTENCES)),
            people: EntitiesOf(EntityKind::Person, wanted(LayerSet::PEOPLE)),
            organisations: EntitiesOf(EntityKind::Organisation, wanted(LayerSet::ORGANISATIONS)),
            quotes: wanted(LayerSet::QUOTES).map(|layers| layers.quotes()).unwrap_or_default(),
            figures: Figures(wanted(LayerSet::FIGURES)),
            warnings: &document.warnings,
        }
    }
}

/// The status that an article's record carries.
#[must_use]
pub fn status(article: &Article) -> Status {
    match article.error {
        Some(_) => Status::Error,
        None if article.text.chars().all(char::is_whitespace) => Status::Empty,
        None => Status::Ok,
    }
}

/// The schema of the record, as JSON Schema.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>();
    schema.insert("title".into(), "pullquote record".into());
    schema.insert("$id".into(), SCHEMA.into());
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_article_has_every_key_of_the_schema() {
        let article = Article::from_text("");
        let document = Document::without_layers(&article);
        let record = serde_json::to_value(Record::new(&document, RecordOptions::default())).expect("serialises");
        let keys: Vec<&String> = record.as_object().expect("an object").keys().collect();
        let schema = json_schema();
        let required = schema["required"].as_array().expect("required keys");
        assert_eq!(keys.len(), 21);
        assert!(keys.iter().all(|key| required.iter().any(|r| r.as_str() == Some(key))), "{required:?}");
        assert_eq!(record["status"], "empty");
    }

    /// `pullquote schema` promises to say what each key means.
    #[test]
    fn the_schema_says_what_each_key_means() {
        let schema = json_schema();
        let types = schema["$defs"].as_object().expect("types").values().chain([&schema]);
        let keys: Vec<(&String, &serde_json::Value)> = types.filter_map(|kind| kind["properties"].as_object()).flatten().collect();
        let silent: Vec<_> = keys.iter().filter(|(_, key)| !key["description"].is_string()).collect();
        assert!(keys.len() > 80 && silent.is_empty(), "{silent:?}");
    }
}
