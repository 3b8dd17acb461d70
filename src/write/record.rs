//! The record: what one article becomes. Its types are the contract: `pullquote schema` is generated from them, every key is in every
//! record, and no key changes its type. Offsets leave bytes here and only here.
//!
//! Numbers are written as floats always (`5.0`): a reader that takes a column's type from its first rows must not meet another later.

use crate::{
    article::{Article, ArticleError},
    document::{
        Approx, Attribution, Document, Entity, EntityId, EntityKind, EntityMention, Figure, FigureKind, Gender, GenderBasis, MentionKind,
        Quotation, QuoteFlags, QuoteKind, RangeRole, Sentence, Trend,
    },
    span::{CharOffsets, OffsetUnit, Span},
};
use schemars::JsonSchema;
use serde::Serialize;
use std::borrow::Cow;

/// The value of `schema` in every record. A change of meaning of any key needs another one.
pub const SCHEMA: &str = "pullquote/1";

/// How records are written.
#[derive(Clone, Copy, Debug)]
pub struct RecordOptions {
    pub offsets: OffsetUnit,
    /// Whether `text` holds the article's text; the offsets stay the same.
    pub text: bool,
}

impl Default for RecordOptions {
    fn default() -> Self {
        Self { offsets: OffsetUnit::CodePoint, text: true }
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
    figures: Vec<FigureRecord<'a>>,
    quotes: Vec<QuoteRecord<'a>>,
    /// Stable codes of what was odd.
    warnings: &'a [&'static str],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Ok,
    /// No text.
    Empty,
    Error,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SourceRecord<'a> {
    /// The file as given.
    path: &'a str,
    /// 0-based record inside the file; null for a whole file.
    record: Option<u64>,
    /// The input's own id.
    id: Option<&'a str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SentenceRecord {
    start: usize,
    end: usize,
    /// 0-based paragraph of the text.
    paragraph: u32,
}

/// A person or an organisation.
#[derive(Debug, Serialize, JsonSchema)]
struct EntityRecord<'a> {
    /// `p0`, `p1` ... or `o0`, `o1` ...
    id: String,
    /// Joins the same name across articles.
    key: &'a str,
    /// The fullest form in the article.
    name: &'a str,
    aliases: &'a [String],
    /// Title or role as printed.
    role: Option<&'a str>,
    /// People only: id of the organisation the article ties them to.
    organisation: Option<String>,
    /// From a pronoun or honorific in this article only.
    gender: Option<Gender>,
    gender_basis: Option<GenderBasis>,
    mentions: Vec<MentionRecord<'a>>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct MentionRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: MentionKind,
    /// Index into `sentences`.
    sentence: u32,
    confidence: f64,
}

/// A number with its meaning.
#[derive(Debug, Serialize, JsonSchema)]
struct FigureRecord<'a> {
    id: String,
    start: usize,
    end: usize,
    text: &'a str,
    kind: FigureKind,
    /// In `unit`, scale applied; null for a range or a vague word.
    value: Option<f64>,
    value_min: Option<f64>,
    value_max: Option<f64>,
    /// Exact decimal string.
    value_text: Option<&'a str>,
    /// ISO 4217, or a CLDR unit id.
    unit: Option<&'a str>,
    unit_assumed: bool,
    per: Option<&'a str>,
    dimension: Option<&'a str>,
    si_value: Option<f64>,
    si_unit: Option<&'a str>,
    approx: Option<Approx>,
    trend: Option<Trend>,
    role: Option<RangeRole>,
    /// What is counted or measured.
    item: Option<&'a str>,
    /// First day of a date or period, `YYYY-MM-DD`.
    date_start: Option<&'a str>,
    date_end: Option<&'a str>,
    timex: Option<&'a str>,
    /// True where the date was resolved against the article's date.
    anchored: bool,
    /// Id of the organisation or person the sentence ties the figure to.
    subject: Option<String>,
    /// Id of the quote it stands in.
    quote: Option<String>,
    /// Index into `sentences`.
    sentence: usize,
}

/// A stretch in quotation marks.
#[derive(Debug, Serialize, JsonSchema)]
struct QuoteRecord<'a> {
    id: String,
    start: usize,
    end: usize,
    /// The exact slice from first to last mark.
    text: &'a str,
    parts: Vec<PartRecord>,
    /// The parts without their marks, joined with a space.
    content: Cow<'a, str>,
    kind: KindRecord,
    speaker: Option<SpeakerRecord<'a>>,
    cue: Option<CueRecord<'a>>,
    /// Stable name of what decided the speaker.
    rule: Option<&'static str>,
    confidence: f64,
    flags: Vec<&'static str>,
    sentence_start: usize,
    sentence_end: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PartRecord {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum KindRecord {
    /// A clause of its own.
    Direct,
    /// A quoted piece inside the writer's own clause.
    Mixed,
    /// Term, nickname, slogan, title: nobody is being quoted.
    Scare,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SpeakerRecord<'a> {
    /// Id of a person or organisation; null if unnamed.
    id: Option<String>,
    #[serde(rename = "type")]
    speaker_type: SpeakerType,
    /// Resolved full name; null if unnamed.
    name: Option<&'a str>,
    role: Option<&'a str>,
    mention: SpeakerMentionRecord<'a>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SpeakerType {
    Person,
    Organisation,
    Unnamed,
}

#[derive(Debug, Serialize, JsonSchema)]
struct SpeakerMentionRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    kind: MentionKind,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CueRecord<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    lemma: &'a str,
}

impl<'a> Record<'a> {
    #[must_use]
    pub fn new(document: &'a Document<'a>, options: RecordOptions) -> Self {
        let article: &Article = document.article;
        let text = article.text.as_str();
        let writer = Layers { text, offsets: CharOffsets::new(text, options.offsets), document };
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
            sentences: document.sentences.iter().map(|s| writer.sentence(s)).collect(),
            people: writer.entities(EntityKind::Person, &document.entities.people),
            organisations: writer.entities(EntityKind::Organisation, &document.entities.organisations),
            figures: document.figures.iter().enumerate().map(|(i, f)| writer.figure(i, f)).collect(),
            quotes: document.quotes.iter().zip(&document.attributions).enumerate().map(|(i, (q, a))| writer.quote(i, q, a)).collect(),
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

/// Writes the layers of one document.
struct Layers<'a> {
    text: &'a str,
    offsets: CharOffsets<'a>,
    document: &'a Document<'a>,
}

impl<'a> Layers<'a> {
    fn bounds(&self, span: Span) -> (usize, usize) {
        (self.offsets.at(span.start()), self.offsets.at(span.end()))
    }

    fn sentence(&self, sentence: &Sentence) -> SentenceRecord {
        let (start, end) = self.bounds(sentence.span);
        SentenceRecord { start, end, paragraph: sentence.paragraph }
    }

    fn entities(&self, kind: EntityKind, entities: &'a [Entity]) -> Vec<EntityRecord<'a>> {
        let record = |(index, entity): (usize, &'a Entity)| EntityRecord {
            id: EntityId { kind, index: index as u32 }.to_string(),
            key: &entity.key,
            name: &entity.name,
            aliases: &entity.aliases,
            role: entity.role.as_deref(),
            organisation: entity.organisation.map(|id| id.to_string()),
            gender: entity.gender,
            gender_basis: entity.gender_basis,
            mentions: entity.mentions.iter().map(|m| self.mention(m)).collect(),
        };
        entities.iter().enumerate().map(record).collect()
    }

    fn mention(&self, mention: &EntityMention) -> MentionRecord<'a> {
        let (start, end) = self.bounds(mention.span);
        MentionRecord {
            start,
            end,
            text: mention.span.of(self.text),
            kind: mention.kind,
            sentence: mention.sentence,
            confidence: rounded(mention.confidence),
        }
    }

    fn figure(&self, index: usize, figure: &'a Figure) -> FigureRecord<'a> {
        let (start, end) = self.bounds(figure.span);
        FigureRecord {
            id: format!("f{index}"),
            start,
            end,
            text: figure.span.of(self.text),
            kind: figure.kind,
            value: figure.value,
            value_min: figure.value_min,
            value_max: figure.value_max,
            value_text: figure.value_text.as_deref(),
            unit: figure.unit.as_deref(),
            unit_assumed: figure.unit_assumed,
            per: figure.per.as_deref(),
            dimension: figure.dimension.as_deref(),
            si_value: figure.si_value,
            si_unit: figure.si_unit.as_deref(),
            approx: figure.approx,
            trend: figure.trend,
            role: figure.role,
            item: figure.item.as_deref(),
            date_start: figure.date_start.as_deref(),
            date_end: figure.date_end.as_deref(),
            timex: figure.timex.as_deref(),
            anchored: figure.anchored,
            subject: figure.subject.map(|id| id.to_string()),
            quote: self.quote_around(figure.span).map(|index| format!("q{index}")),
            sentence: self.document.sentence_at(figure.span.start()),
        }
    }

    /// Index of the quotation one of whose parts holds `span` (what stands between two parts is not quoted). Looks back over the last
    /// few quotations that start before it: enough for nested ones, and linear.
    fn quote_around(&self, span: Span) -> Option<usize> {
        const LOOK_BACK: usize = 8;
        let quotes = &self.document.quotes;
        let after = quotes.partition_point(|quote| quote.parts[0].start() <= span.start());
        (after.saturating_sub(LOOK_BACK)..after).rev().find(|&index| {
            let parts = &quotes[index].parts;
            let part = parts.partition_point(|part| part.start() <= span.start());
            part > 0 && parts[part - 1].contains(span)
        })
    }

    fn quote(&self, index: usize, quote: &'a Quotation, attribution: &'a Attribution) -> QuoteRecord<'a> {
        let span = quote.span();
        let (start, end) = self.bounds(span);
        let parts = quote.parts.iter().map(|&part| {
            let (start, end) = self.bounds(part);
            PartRecord { start, end }
        });
        QuoteRecord {
            id: format!("q{index}"),
            start,
            end,
            text: span.of(self.text),
            parts: parts.collect(),
            content: content(self.text, &quote.parts),
            kind: match attribution.kind {
                QuoteKind::Direct => KindRecord::Direct,
                QuoteKind::Mixed => KindRecord::Mixed,
                QuoteKind::Scare => KindRecord::Scare,
            },
            speaker: self.speaker(attribution),
            cue: attribution.cue.as_ref().map(|cue| {
                let (start, end) = self.bounds(cue.span);
                CueRecord { start, end, text: cue.span.of(self.text), lemma: &cue.lemma }
            }),
            rule: attribution.rule,
            confidence: rounded(attribution.confidence),
            flags: flags(quote.flags),
            sentence_start: self.document.sentence_at(span.start()),
            sentence_end: self.document.sentence_at(span.end().saturating_sub(1)),
        }
    }

    fn speaker(&self, attribution: &'a Attribution) -> Option<SpeakerRecord<'a>> {
        let speaker = attribution.speaker.as_ref()?;
        let entity = speaker.entity.map(|id| self.document.entities.get(id));
        let (start, end) = self.bounds(speaker.mention.span);
        Some(SpeakerRecord {
            id: speaker.entity.map(|id| id.to_string()),
            speaker_type: match speaker.entity.map(|id| id.kind) {
                Some(EntityKind::Person) => SpeakerType::Person,
                Some(EntityKind::Organisation) => SpeakerType::Organisation,
                None => SpeakerType::Unnamed,
            },
            name: entity.map(|e| e.name.as_str()),
            role: speaker.role.as_deref().or_else(|| entity.and_then(|e| e.role.as_deref())),
            mention: SpeakerMentionRecord { start, end, text: speaker.mention.span.of(self.text), kind: speaker.mention.kind },
        })
    }
}

/// Three decimals: enough to sort and filter by, and the same bytes wherever it is computed.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn flags(flags: QuoteFlags) -> Vec<&'static str> {
    let QuoteFlags { unclosed, multi_paragraph, nested, speaker_in_quote, carried_over } = flags;
    [
        (unclosed, "unclosed"),
        (multi_paragraph, "multi_paragraph"),
        (nested, "nested"),
        (speaker_in_quote, "speaker_in_quote"),
        (carried_over, "carried_over"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}

/// The quoted words: each part without its marks and outer white space.
fn content<'a>(text: &'a str, parts: &[Span]) -> Cow<'a, str> {
    match parts {
        [part] => Cow::Borrowed(without_marks(part.of(text))),
        _ => Cow::Owned(parts.iter().map(|part| without_marks(part.of(text))).collect::<Vec<_>>().join(" ")),
    }
}

const MARKS: &[char] = &['"', '“', '”', '„', '‟', '«', '»', '‹', '›', '\'', '‘', '’', '‚', '‛', '`', '´', '＂', '「', '」', '『', '』'];

/// A quoted piece without the mark it opens with and the mark it closes with (`''` and ` `` ` count as one).
fn without_marks(piece: &str) -> &str {
    let strip = |piece: &str, last: bool| -> Option<usize> {
        let mark = if last { piece.chars().next_back()? } else { piece.chars().next()? };
        let doubled =
            matches!(mark, '\'' | '`') && if last { piece.ends_with("''") } else { piece.starts_with("``") || piece.starts_with("''") };
        MARKS.contains(&mark).then_some(mark.len_utf8() * if doubled { 2 } else { 1 })
    };
    let start = strip(piece, false).unwrap_or(0);
    let inner = &piece[start..];
    let end = inner.len() - strip(inner, true).unwrap_or(0);
    inner[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_without_marks() {
        assert_eq!(without_marks("“No,”"), "No,");
        assert_eq!(without_marks("``Yes''"), "Yes");
        assert_eq!(without_marks("“never closed"), "never closed");
        assert_eq!(without_marks("“"), "");
        assert_eq!(without_marks(""), "");
        let text = "“A,” she said, “B”";
        let parts = [Span::new(0, "“A,”".len()), Span::new(text.find("“B").unwrap_or(0), text.len())];
        assert_eq!(content(text, &parts), "A, B");
    }

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
