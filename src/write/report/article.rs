//! What the page holds of an article: the layers of its record, packed, with offsets in UTF-16 units, in which a browser counts.
//! Keys without a value are left out. `script/data.js` reads it.

use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::HashMap;

#[derive(Serialize)]
pub(super) struct Article<'r> {
    id: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'r str>,
    path: &'r str,
    words: u64,
    text: &'r str,
    sentences: Vec<(usize, usize)>,
    entities: Vec<Entity<'r>>,
    figures: Vec<Figure<'r>>,
    quotes: Vec<Quote<'r>>,
}

/// People, then organisations: others name them by their index here.
#[derive(Serialize)]
struct Entity<'r> {
    id: &'r str,
    #[serde(rename = "type")]
    entity_type: &'static str,
    key: &'r str,
    name: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'r str>,
    aliases: Vec<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<&'r str>,
    mentions: Vec<(usize, usize, &'r str, Number)>,
}

#[derive(Serialize)]
struct Figure<'r> {
    start: usize,
    end: usize,
    text: &'r str,
    kind: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_min: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_max: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    si_value: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    si_unit: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    approx: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trend: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_start: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_end: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<usize>,
    sentence: u64,
}

#[derive(Serialize)]
struct Quote<'r> {
    id: &'r str,
    parts: Vec<(usize, usize)>,
    content: &'r str,
    kind: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_type: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_name: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker_role: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention_text: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mention_kind: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue: Option<(usize, usize)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cue_lemma: Option<&'r str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'r str>,
    confidence: Number,
    flags: Vec<&'r str>,
    sentence: u64,
}

/// A number, whole ones without `.0`: an eighth of a large page.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Below 2^53 every whole number is exact.
        if self.0.fract() == 0.0 && self.0.abs() < 9e15 {
            serializer.serialize_i64(self.0 as i64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

/// The article of a record that did not fail.
pub(super) fn article(record: &Value) -> Article<'_> {
    let text = text(record, "text").unwrap_or_default();
    let offsets = Offsets::new(record, text);
    let people = list(record, "people").iter().map(|entity| ("person", entity));
    let organisations = list(record, "organisations").iter().map(|entity| ("organisation", entity));
    let entities: Vec<(&str, &Value)> = people.chain(organisations).collect();
    let numbers: HashMap<&str, usize> =
        entities.iter().enumerate().filter_map(|(number, (_, entity))| Some((self::text(entity, "id")?, number))).collect();
    let packer = Packer { offsets, numbers };
    Article {
        id: self::text(record, "id").unwrap_or_default(),
        title: self::text(record, "title"),
        url: self::text(record, "url"),
        site: self::text(record, "site"),
        author: self::text(record, "author"),
        section: self::text(record, "section"),
        date: self::text(record, "date"),
        path: self::text(&record["source"], "path").unwrap_or_default(),
        words: record["words"].as_u64().unwrap_or(0),
        text,
        sentences: list(record, "sentences").iter().filter_map(|sentence| packer.offsets.bounds(sentence)).collect(),
        entities: entities.iter().map(|(entity_type, entity)| packer.entity(entity_type, entity)).collect(),
        figures: list(record, "figures").iter().filter_map(|figure| packer.figure(figure)).collect(),
        quotes: list(record, "quotes").iter().map(|quote| packer.quote(quote)).collect(),
    }
}

fn text<'r>(value: &'r Value, key: &str) -> Option<&'r str> {
    value[key].as_str()
}

fn list<'r>(value: &'r Value, key: &str) -> &'r [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn texts<'r>(value: &'r Value, key: &str) -> Vec<&'r str> {
    list(value, key).iter().filter_map(Value::as_str).collect()
}

fn number(value: &Value, key: &str) -> Option<Number> {
    value[key].as_f64().map(Number)
}

struct Packer<'r> {
    offsets: Offsets,
    /// Id of an entity -> its index in the page's list.
    numbers: HashMap<&'r str, usize>,
}

impl<'r> Packer<'r> {
    fn number_of(&self, value: &'r Value, key: &str) -> Option<usize> {
        self.numbers.get(text(value, key)?).copied()
    }

    fn entity(&self, entity_type: &'static str, entity: &'r Value) -> Entity<'r> {
        let mention = |mention: &'r Value| {
            let (start, end) = self.offsets.bounds(mention)?;
            Some((start, end, text(mention, "kind")?, number(mention, "confidence")?))
        };
        Entity {
            id: text(entity, "id").unwrap_or_default(),
            entity_type,
            key: text(entity, "key").unwrap_or_default(),
            name: text(entity, "name").unwrap_or_default(),
            role: text(entity, "role"),
            aliases: texts(entity, "aliases"),
            organisation: self.number_of(entity, "organisation"),
            gender: text(entity, "gender"),
            mentions: list(entity, "mentions").iter().filter_map(mention).collect(),
        }
    }

    fn figure(&self, figure: &'r Value) -> Option<Figure<'r>> {
        let (start, end) = self.offsets.bounds(figure)?;
        Some(Figure {
            start,
            end,
            text: text(figure, "text").unwrap_or_default(),
            kind: text(figure, "kind").unwrap_or_default(),
            value: number(figure, "value"),
            value_min: number(figure, "value_min"),
            value_max: number(figure, "value_max"),
            unit: text(figure, "unit"),
            per: text(figure, "per"),
            si_value: number(figure, "si_value"),
            si_unit: text(figure, "si_unit"),
            approx: text(figure, "approx"),
            trend: text(figure, "trend"),
            item: text(figure, "item"),
            date_start: text(figure, "date_start"),
            date_end: text(figure, "date_end"),
            subject: self.number_of(figure, "subject"),
            sentence: figure["sentence"].as_u64().unwrap_or(0),
        })
    }

    fn quote(&self, quote: &'r Value) -> Quote<'r> {
        let (speaker, cue) = (&quote["speaker"], &quote["cue"]);
        let mention = &speaker["mention"];
        Quote {
            id: text(quote, "id").unwrap_or_default(),
            parts: list(quote, "parts").iter().filter_map(|part| self.offsets.bounds(part)).collect(),
            content: text(quote, "content").unwrap_or_default(),
            kind: text(quote, "kind").unwrap_or_default(),
            speaker: self.number_of(speaker, "id"),
            speaker_type: text(speaker, "type"),
            speaker_name: text(speaker, "name"),
            speaker_role: text(speaker, "role"),
            mention: self.offsets.bounds(mention),
            mention_text: text(mention, "text"),
            mention_kind: text(mention, "kind"),
            cue: self.offsets.bounds(cue),
            cue_lemma: text(cue, "lemma"),
            rule: text(quote, "rule"),
            confidence: number(quote, "confidence").unwrap_or(Number(0.0)),
            flags: texts(quote, "flags"),
            sentence: quote["sentence_start"].as_u64().unwrap_or(0),
        }
    }
}

/// The UTF-16 offset of each offset of the record; as they are where the text was left out or is ASCII.
struct Offsets(Option<Vec<u32>>);

impl Offsets {
    fn new(record: &Value, text: &str) -> Self {
        if text.is_ascii() {
            return Self(None);
        }
        // A record does not say in which unit it counts; its spans do, as each has its text beside it.
        let spans: Vec<(usize, usize, &str)> = spans(record).take(MOST_SPANS).collect();
        let tables = [by_code_point(text), by_utf16(text), by_byte(text)];
        let utf16: Vec<u16> = text.encode_utf16().collect();
        let agrees = |table: &Vec<u32>| {
            spans.iter().all(|&(start, end, surface)| {
                let bounds = table.get(start).zip(table.get(end));
                let slice = bounds.and_then(|(&start, &end)| utf16.get(start as usize..end as usize));
                slice.is_some_and(|slice| slice.iter().copied().eq(surface.encode_utf16()))
            })
        };
        Self(tables.into_iter().find(agrees))
    }

    fn bounds(&self, span: &Value) -> Option<(usize, usize)> {
        let at = |key: &str| {
            let offset = span[key].as_u64()? as usize;
            match &self.0 {
                None => Some(offset),
                Some(table) => table.get(offset).map(|&at| at as usize),
            }
        };
        Some((at("start")?, at("end")?))
    }
}

/// How many spans are looked at to tell the unit: the last ones matter, as differences grow.
const MOST_SPANS: usize = 200;

/// Spans with their texts, the last of each layer first.
fn spans(record: &Value) -> impl Iterator<Item = (usize, usize, &str)> {
    let entities = ["people", "organisations"].into_iter().flat_map(|key| list(record, key));
    let mentions = entities.flat_map(|entity| list(entity, "mentions").iter().rev().take(4));
    let others = ["figures", "quotes"].into_iter().flat_map(|key| list(record, key).iter().rev().take(20));
    others.chain(mentions).filter_map(|span| Some((span["start"].as_u64()? as usize, span["end"].as_u64()? as usize, text(span, "text")?)))
}

fn by_code_point(text: &str) -> Vec<u32> {
    let mut at = 0;
    let starts = text.chars().map(|c| {
        at += c.len_utf16() as u32;
        at
    });
    std::iter::once(0).chain(starts).collect()
}

fn by_byte(text: &str) -> Vec<u32> {
    let mut table = vec![0; text.len() + 1];
    let mut at = 0;
    for (start, c) in text.char_indices() {
        table[start..start + c.len_utf8()].fill(at);
        at += c.len_utf16() as u32;
    }
    table[text.len()] = at;
    table
}

fn by_utf16(text: &str) -> Vec<u32> {
    (0..=text.encode_utf16().count() as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Annotator, Article as Read,
        span::OffsetUnit,
        write::record::{Record, RecordOptions},
    };

    #[test]
    fn offsets_are_those_of_a_browser_whatever_the_record_counts_in() {
        let read = Read::from_text("😀 “Größe zählt,” said Ilse Örm 😀, 59. “It cost €3 million,” she said.");
        let annotator = Annotator::new(&Default::default());
        let document = annotator.annotate(&read);
        let utf16: Vec<u16> = read.text.encode_utf16().collect();
        for offsets in [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
            let record = serde_json::to_value(Record::new(&document, RecordOptions { offsets, ..Default::default() })).expect("serialises");
            let packed = serde_json::to_value(article(&record)).expect("serialises");
            let slice = |start: &Value, end: &Value| {
                let range = start.as_u64().expect("a number") as usize..end.as_u64().expect("a number") as usize;
                String::from_utf16(&utf16[range]).expect("whole characters")
            };
            let quotes = packed["quotes"].as_array().expect("quotes");
            assert_eq!(slice(&quotes[1]["parts"][0][0], &quotes[1]["parts"][0][1]), "“It cost €3 million,”", "{offsets:?}");
            assert_eq!(slice(&quotes[1]["mention"][0], &quotes[1]["mention"][1]), "she");
            assert_eq!(packed["entities"][quotes[1]["speaker"].as_u64().expect("a speaker") as usize]["name"], "Ilse Örm");
            let money = packed["figures"].as_array().expect("figures").iter().find(|figure| figure["unit"] == "EUR").expect("the money");
            assert_eq!((slice(&money["start"], &money["end"]).as_str(), money["value"].to_string().as_str()), ("€3 million", "3000000"));
            assert!(money.get("per").is_none(), "a key without a value is left out");
        }
    }
}
