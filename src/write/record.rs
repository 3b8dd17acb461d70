//! The record: what one article becomes. Its types are the contract: `pullquote schema` is generated from them, every key is in every
//! record, and no key changes its type. Offsets leave bytes here and only here.
//!
//! Values and confidences are written as floats always (`5.0`): a reader that takes a column's type from its first rows must not meet another later.

use super::layers::{Figures, Layers};
use crate::{
    annotate::LayerSet,
    article::{Article, ArticleError},
    document::{Approx, Document, EntityKind, FigureKind, Gender, GenderBasis, MentionKind, RangeRole, Trend},
    span::OffsetUnit,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

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
    status: Status,
    error: Option<&'a ArticleError>,
    source: SourceRecord<'a>,
    url: Option<&'a str>,
    site: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    section: Option<&'a str>,
    /// Publication day, `YYYY-MM-DD`.
    date: Option<&'a str>,
    /// Publication time in UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    published_at: Option<&'a str>,
    /// Detected language, ISO 639-1.
    language: Option<&'static str>,
    /// Word tokens in the text.
    words: usize,
    /// The text that was analysed.
    text: &'a str,
    sentences: Vec<SentenceRecord>,
    people: Vec<EntityRecord<'a>>,
    organisations: Vec<EntityRecord<'a>>,
    #[schemars(with = "Vec<FigureRecord<'a>>")]
    figures: Figures<'a>,
    quotes: Vec<QuoteRecord<'a>>,
    /// Stable codes of what was odd.
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

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SourceRecord<'a> {
    /// The file as given.
    pub(super) path: &'a str,
    /// 0-based record inside the file; null for a whole file.
    pub(super) record: Option<u64>,
    /// The input's own id.
    pub(super) id: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SentenceRecord {
    pub(super) start: usize,
    pub(super) end: usize,
    /// 0-based paragraph of the text.
    pub(super) paragraph: u32,
}

/// A person or an organisation.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EntityRecord<'a> {
    /// `p0`, `p1` ... or `o0`, `o1` ...
    pub(super) id: String,
    /// Joins the same name across articles.
    pub(super) key: &'a str,
    /// The fullest form in the article.
    pub(super) name: &'a str,
    pub(super) aliases: &'a [String],
    /// Title or role as printed.
    pub(super) role: Option<&'a str>,
    /// People only: id of the organisation the article ties them to.
    pub(super) organisation: Option<String>,
    /// From a pronoun or honorific in this article only.
    pub(super) gender: Option<Gender>,
    pub(super) gender_basis: Option<GenderBasis>,
    pub(super) mentions: Vec<MentionRecord<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MentionRecord<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) kind: MentionKind,
    /// Index into `sentences`.
    pub(super) sentence: u32,
    pub(super) confidence: f64,
}

/// A number with its meaning.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FigureRecord<'a> {
    pub(super) id: String,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) kind: FigureKind,
    /// In `unit`, scale applied; null for a range or a vague word.
    pub(super) value: Option<f64>,
    pub(super) value_min: Option<f64>,
    pub(super) value_max: Option<f64>,
    /// Exact decimal string.
    pub(super) value_text: Option<&'a str>,
    /// ISO 4217, or a CLDR unit id.
    pub(super) unit: Option<&'a str>,
    pub(super) unit_assumed: bool,
    pub(super) per: Option<&'a str>,
    pub(super) dimension: Option<&'a str>,
    pub(super) si_value: Option<f64>,
    pub(super) si_unit: Option<&'a str>,
    pub(super) approx: Option<Approx>,
    pub(super) trend: Option<Trend>,
    pub(super) role: Option<RangeRole>,
    /// What is counted or measured.
    pub(super) item: Option<&'a str>,
    /// First day of a date or period, `YYYY-MM-DD`.
    pub(super) date_start: Option<&'a str>,
    pub(super) date_end: Option<&'a str>,
    pub(super) timex: Option<&'a str>,
    /// True where the date was resolved against the article's date.
    pub(super) anchored: bool,
    /// Id of the organisation or person the sentence ties the figure to.
    pub(super) subject: Option<String>,
    /// Id of the quote it stands in.
    pub(super) quote: Option<String>,
    /// Index into `sentences`.
    pub(super) sentence: usize,
}

/// A stretch in quotation marks.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct QuoteRecord<'a> {
    pub(super) id: String,
    pub(super) start: usize,
    pub(super) end: usize,
    /// The exact slice from first to last mark.
    pub(super) text: &'a str,
    pub(super) parts: Vec<PartRecord>,
    /// The parts without their marks, joined with a space.
    pub(super) content: Cow<'a, str>,
    pub(super) kind: KindRecord,
    pub(super) speaker: Option<SpeakerRecord<'a>>,
    pub(super) cue: Option<CueRecord<'a>>,
    /// Stable name of what decided the speaker.
    pub(super) rule: Option<&'static str>,
    pub(super) confidence: f64,
    pub(super) flags: Vec<&'static str>,
    pub(super) sentence_start: usize,
    pub(super) sentence_end: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PartRecord {
    pub(super) start: usize,
    pub(super) end: usize,
}

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

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SpeakerRecord<'a> {
    /// Id of a person or organisation; null if unnamed.
    pub(super) id: Option<String>,
    #[serde(rename = "type")]
    pub(super) speaker_type: SpeakerType,
    /// Resolved full name; null if unnamed.
    pub(super) name: Option<&'a str>,
    pub(super) role: Option<&'a str>,
    pub(super) mention: SpeakerMentionRecord<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum SpeakerType {
    Person,
    Organisation,
    Unnamed,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SpeakerMentionRecord<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) kind: MentionKind,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CueRecord<'a> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) text: &'a str,
    pub(super) lemma: &'a str,
}

impl<'a> Record<'a> {
    /// The record of a document, which it borrows from.
    #[must_use]
    pub fn new(document: &'a Document<'a>, options: RecordOptions) -> Self {
        let article: &Article = document.article;
        let text = article.text.as_str();
        let writer = Layers::new(document, options);
        let wanted = |layer| options.layers.holds(layer);
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
            sentences: if wanted(LayerSet::SENTENCES) { writer.sentences() } else { Vec::new() },
            people: writer.entities(EntityKind::Person, &document.entities.people),
            organisations: writer.entities(EntityKind::Organisation, &document.entities.organisations),
            quotes: if wanted(LayerSet::QUOTES) { writer.quotes() } else { Vec::new() },
            figures: Figures(wanted(LayerSet::FIGURES).then_some(writer)),
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
}
