//! Gold lines: what a person says should be found in a text. One JSON object a line; each layer is a key, and a line may hold
//! any of them. Offsets are code points.
//!
//! | key | holds |
//! |---|---|
//! | `id`, `text`, `ref_date` or `date` | the article and its day (figures are resolved against it) |
//! | `sentences`, `paragraphs` | `[[start, end], ..]` |
//! | `people`, `organisations` | `[[start, end, ..], ..]` |
//! | `entities` | `[{type: person or organisation, name or null, role, organisation, gender, mentions: [[start, end, ..], ..]}]` |
//! | `quotes` | `[{start, end, text, type, speaker: {text} or null, speaker_full, speaker_kind, group}]` |
//! | `ignore`, `unattributed_quoted` | regions for the quotes scorer: don't-care, and marks that quote nobody |
//! | `figures` | `[{start, end, value, unit, unit_alt, kind, approx, iso}]` |
//! | `scope`, `negatives`, `optional`, `unaligned` | for the figures scorer: kinds the line is complete for, text that must yield nothing, text never scored, figures without a place |

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::Value;

use super::{CodePoints, Extent};
use crate::article::{Article, article_id};

/// One gold line: what the table above says, with [`parse`] the only way to make one.
#[derive(Clone, Debug)]
pub struct Gold {
    pub(super) id: String,
    pub(super) text: CodePoints,
    /// The article's day, `YYYY-MM-DD`.
    pub(super) date: Option<String>,
    pub(super) sentences: Option<Vec<Extent>>,
    pub(super) paragraphs: Vec<Extent>,
    pub(super) people: Option<Vec<Extent>>,
    pub(super) organisations: Option<Vec<Extent>>,
    pub(super) entities: Option<Vec<GoldEntity>>,
    pub(super) quotes: Option<Vec<GoldQuote>>,
    pub(super) ignore: Vec<Extent>,
    pub(super) unattributed_quoted: Vec<Extent>,
    pub(super) figures: Option<Vec<GoldFigure>>,
    pub(super) scope: Vec<String>,
    pub(super) negatives: Vec<Extent>,
    pub(super) optional: Vec<Extent>,
    /// How many figures of the article have no place in the text: they count as missed.
    pub(super) unaligned: usize,
}

/// Why a line of a gold file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// No JSON, or without a key it must have.
    #[error("line {line}: {problem}")]
    Json {
        /// From 1, as in all of these.
        line: usize,
        /// What is wrong with it. Part of the message, so not told again as its cause.
        problem: serde_json::Error,
    },
    /// A place that ends before it starts, or after the text does.
    #[error("line {line} ({id}): {layer} {start}..{end} is not inside the text of {length} code points")]
    OutOfText {
        /// From 1.
        line: usize,
        /// The line's id.
        id: String,
        /// The key that holds the place.
        layer: &'static str,
        /// Its first code point.
        start: usize,
        /// One past its last.
        end: usize,
        /// Code points of the text.
        length: usize,
    },
    /// Two lines of one id: which of them a fault is of could not be told.
    #[error("line {line}: an id that an earlier line has: {id}")]
    RepeatedId {
        /// The later line, from 1.
        line: usize,
        /// The id of both.
        id: String,
    },
    /// Nothing but blank lines.
    #[error("no gold lines")]
    Empty,
}

/// A person or organisation with all places that mean it.
#[derive(Clone, Debug)]
pub(super) struct GoldEntity {
    pub(super) person: bool,
    /// `None` for somebody whom no name is given.
    pub(super) name: Option<String>,
    pub(super) role: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) gender: Option<String>,
    pub(super) mentions: Vec<Extent>,
}

#[derive(Clone, Debug)]
pub(super) struct GoldQuote {
    pub(super) extent: Extent,
    pub(super) text: String,
    /// `direct`, `mixed`, `indirect`, ...
    pub(super) kind: String,
    pub(super) speaker: Option<String>,
    pub(super) speaker_full: Option<String>,
    pub(super) pronoun: bool,
    /// Rows of one group are pieces of one quotation.
    pub(super) group: Option<Value>,
}

#[derive(Clone, Debug)]
pub(super) struct GoldFigure {
    pub(super) extent: Extent,
    pub(super) value: Amount,
    pub(super) unit: Option<String>,
    pub(super) unit_alt: Vec<String>,
    pub(super) kind: String,
    pub(super) vague: bool,
    pub(super) iso: Option<String>,
}

/// A figure's value: one number, a range, or none.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) enum Amount {
    #[default]
    Unknown,
    One(f64),
    /// The bounds; `None` for an open side.
    Range(Vec<Option<f64>>),
}

/// Reads a gold file's text. Blank lines are left out; the first line that cannot be used is the error.
pub fn parse(lines: &str) -> Result<Vec<Gold>, GoldError> {
    let mut out: Vec<Gold> = Vec::new();
    let mut seen = rustc_hash::FxHashSet::default();
    for (number, line) in lines.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line_number = number + 1;
        let row: Row = serde_json::from_str(line).map_err(|problem| GoldError::Json { line: line_number, problem })?;
        let gold = row.into_gold(line_number)?;
        if !seen.insert(gold.id.clone()) {
            return Err(GoldError::RepeatedId { line: line_number, id: gold.id });
        }
        out.push(gold);
    }
    if out.is_empty() { Err(GoldError::Empty) } else { Ok(out) }
}

impl Gold {
    /// The line as an article to analyse.
    #[must_use]
    pub fn article(&self) -> Article {
        let mut article = Article::from_text(self.text.as_str());
        article.id = article_id(&self.id, None);
        article.source.id = Some(self.id.clone());
        article.meta.date.clone_from(&self.date);
        article
    }
}

#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: Value,
    text: String,
    ref_date: Option<String>,
    date: Option<String>,
    sentences: Option<Vec<PlaceRow>>,
    paragraphs: Option<Vec<PlaceRow>>,
    people: Option<Vec<PlaceRow>>,
    organisations: Option<Vec<PlaceRow>>,
    entities: Option<Vec<EntityRow>>,
    quotes: Option<Vec<QuoteRow>>,
    ignore: Option<Vec<PlaceRow>>,
    unattributed_quoted: Option<Vec<PlaceRow>>,
    figures: Option<Vec<FigureRow>>,
    scope: Option<Vec<String>>,
    negatives: Option<Vec<PlaceRow>>,
    optional: Option<Vec<PlaceRow>>,
    unaligned: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct EntityRow {
    #[serde(rename = "type")]
    kind: String,
    name: Option<String>,
    role: Option<String>,
    organisation: Option<String>,
    gender: Option<String>,
    mentions: Vec<PlaceRow>,
}

#[derive(Deserialize)]
struct QuoteRow {
    start: usize,
    end: usize,
    text: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    speaker: Value,
    speaker_full: Option<String>,
    speaker_kind: Option<String>,
    group: Option<Value>,
}

#[derive(Deserialize)]
struct FigureRow {
    start: usize,
    end: usize,
    #[serde(default)]
    value: Value,
    unit: Option<String>,
    unit_alt: Option<Vec<String>>,
    kind: String,
    approx: Option<String>,
    iso: Option<String>,
}

/// `[start, end, ..]` or `{"start": .., "end": ..}`.
struct PlaceRow(Extent);

impl<'de> Deserialize<'de> for PlaceRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let offset = |index: usize, key: &str| value.get(index).or_else(|| value.get(key)).and_then(Value::as_u64);
        match (offset(0, "start"), offset(1, "end")) {
            (Some(start), Some(end)) => Ok(PlaceRow(Extent::new(start as usize, end as usize))),
            _ => Err(D::Error::custom("a place is [start, end] or {\"start\", \"end\"}")),
        }
    }
}

impl Row {
    fn into_gold(self, line: usize) -> Result<Gold, GoldError> {
        let id = match &self.id {
            Value::String(id) => id.clone(),
            Value::Null => format!("line {line}"),
            other => other.to_string(),
        };
        let text = CodePoints::new(self.text);
        let length = text.len();
        let inside = |layer: &'static str, place: Extent| {
            if place.start <= place.end && place.end <= length {
                return Ok(place);
            }
            Err(GoldError::OutOfText { line, id: id.clone(), layer, start: place.start, end: place.end, length })
        };
        let places = |layer: &'static str, rows: Option<Vec<PlaceRow>>| {
            rows.map(|rows| rows.into_iter().map(|place| inside(layer, place.0)).collect::<Result<Vec<_>, _>>()).transpose()
        };
        let entities = self.entities.map(|rows| {
            rows.into_iter()
                .map(|row| {
                    let mentions = row.mentions.into_iter().map(|place| inside("entities", place.0)).collect::<Result<Vec<_>, _>>()?;
                    let EntityRow { kind, name, role, organisation, gender, .. } = row;
                    Ok(GoldEntity { person: kind == "person", name, role, organisation, gender, mentions })
                })
                .collect::<Result<Vec<_>, GoldError>>()
        });
        let quotes = self.quotes.map(|rows| {
            rows.into_iter()
                .map(|row| {
                    let extent = inside("quotes", Extent::new(row.start, row.end))?;
                    let text = row.text.unwrap_or_else(|| text.of(extent).to_string());
                    let speaker = match &row.speaker {
                        Value::Object(speaker) => speaker.get("text").and_then(Value::as_str),
                        other => other.as_str(),
                    };
                    Ok(GoldQuote {
                        extent,
                        text,
                        kind: row.kind,
                        speaker: speaker.filter(|s| !s.is_empty()).map(str::to_string),
                        speaker_full: row.speaker_full.filter(|s| !s.is_empty()),
                        pronoun: row.speaker_kind.as_deref() == Some("pronoun"),
                        group: row.group,
                    })
                })
                .collect::<Result<Vec<_>, GoldError>>()
        });
        let figures = self.figures.map(|rows| {
            rows.into_iter()
                .map(|row| {
                    Ok(GoldFigure {
                        extent: inside("figures", Extent::new(row.start, row.end))?,
                        value: Amount::from_json(&row.value),
                        unit: row.unit,
                        unit_alt: row.unit_alt.unwrap_or_default(),
                        kind: row.kind,
                        vague: row.approx.as_deref() == Some("vague"),
                        iso: row.iso.filter(|iso| !iso.is_empty()),
                    })
                })
                .collect::<Result<Vec<_>, GoldError>>()
        });
        Ok(Gold {
            date: self.ref_date.or(self.date).map(|date| day_of(&date)),
            sentences: places("sentences", self.sentences)?,
            paragraphs: places("paragraphs", self.paragraphs)?.unwrap_or_default(),
            people: places("people", self.people)?,
            organisations: places("organisations", self.organisations)?,
            entities: entities.transpose()?,
            quotes: quotes.transpose()?,
            ignore: places("ignore", self.ignore)?.unwrap_or_default(),
            unattributed_quoted: places("unattributed_quoted", self.unattributed_quoted)?.unwrap_or_default(),
            figures: figures.transpose()?,
            scope: self.scope.unwrap_or_default(),
            negatives: places("negatives", self.negatives)?.unwrap_or_default(),
            optional: places("optional", self.optional)?.unwrap_or_default(),
            unaligned: self.unaligned.map_or(0, |rows| rows.len()),
            id,
            text,
        })
    }
}

impl Amount {
    fn from_json(value: &Value) -> Self {
        match value {
            Value::Array(bounds) => Amount::Range(bounds.iter().map(Value::as_f64).collect()),
            other => other.as_f64().map_or(Amount::Unknown, Amount::One),
        }
    }
}

/// The day of a date that may carry a time: `2013-02-12T04:30:00` is `2013-02-12`.
fn day_of(date: &str) -> String {
    date.get(..10).unwrap_or(date).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_layer_and_both_kinds_of_place() {
        let line = r#"{"id": 7, "text": "“Yes,” Ana Duro said.", "date": "2024-05-06T07:00:00", "sentences": [[0, 21]],
            "people": [[7, 15, "Ana Duro"]], "organisations": [], "negatives": [{"start": 1, "end": 4}],
            "quotes": [{"start": 0, "end": 6, "type": "direct", "speaker": {"text": "Ana Duro"}, "speaker_full": "Ana Duro"}],
            "figures": [{"start": 1, "end": 4, "value": [1, null], "unit": null, "kind": "number"}]}"#
            .replace('\n', " ");
        let gold = &parse(&line).unwrap()[0];
        assert_eq!((gold.id.as_str(), gold.date.as_deref()), ("7", Some("2024-05-06")));
        assert_eq!(gold.people.as_deref(), Some(&[Extent::new(7, 15)][..]));
        assert_eq!(gold.negatives, [Extent::new(1, 4)]);
        let quote = &gold.quotes.as_ref().unwrap()[0];
        assert_eq!((quote.text.as_str(), quote.speaker.as_deref()), ("“Yes,”", Some("Ana Duro")));
        assert_eq!(gold.figures.as_ref().unwrap()[0].value, Amount::Range(vec![Some(1.0), None]));
    }

    #[test]
    fn a_bad_line_is_named() {
        let outside = parse("{\"id\": \"a\", \"text\": \"ok\"}\n{\"id\": \"b\", \"text\": \"é\", \"sentences\": [[0, 2]]}").unwrap_err();
        assert_eq!(outside.to_string(), "line 2 (b): sentences 0..2 is not inside the text of 1 code points");
        assert!(matches!(parse("{\"text\"").unwrap_err(), GoldError::Json { line: 1, .. }));
        assert!(matches!(parse("\n").unwrap_err(), GoldError::Empty));
        assert!(matches!(parse("{\"id\": 1, \"text\": \"\"}\n{\"id\": 1, \"text\": \"\"}").unwrap_err(), GoldError::RepeatedId { .. }));
    }
}
