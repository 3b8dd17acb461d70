//! One JSON object -> an article: the first of several names for each thing that the object has, and nothing of it changed.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

use super::{
    date,
    field::{Field, FieldOverride},
};
use crate::article::{ArticleError, Meta, Stage};

/// What an object says.
#[derive(Debug, Default)]
pub(super) struct Record {
    pub(super) meta: Meta,
    pub(super) text: String,
    pub(super) id: Option<String>,
    /// Something in it had no meaning and became U+FFFD.
    pub(super) lossy: bool,
}

/// Reads one object. `place` names the file and `line` its first line there (1-based), for messages. Halves of surrogate pairs, which
/// Python writes for bytes it could not decode, become U+FFFD; then the record is `lossy`.
pub(super) fn record(json: &str, overrides: &[FieldOverride], place: &str, line: u64) -> Result<Record, ArticleError> {
    whole_record(json, overrides, place, line).or_else(|error| {
        let mended = without_lone_surrogates(json).ok_or(error)?;
        Ok(Record { lossy: true, ..whole_record(&mended, overrides, place, line)? })
    })
}

/// The same JSON with U+FFFD for each escaped half of a surrogate pair that stands alone; of the same length, so that messages keep
/// their columns. `None` where there is none.
fn without_lone_surrogates(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let unit = |at: usize| {
        let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let mut mended = String::new();
    let (mut at, mut kept) = (0, 0);
    while let Some(found) = bytes[at..].iter().position(|&byte| byte == b'\\') {
        at += found;
        match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => at += 12,
            (Some(0xD800..=0xDFFF), _) => {
                mended.push_str(&json[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            // Whatever is escaped, a backslash too, is no escape.
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    mended.push_str(&json[kept..]);
    (kept > 0).then_some(mended)
}

fn whole_record(json: &str, overrides: &[FieldOverride], place: &str, line: u64) -> Result<Record, ArticleError> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let found = ObjectSeed { overrides }.deserialize(&mut deserializer).and_then(|found| deserializer.end().map(|()| found));
    let mut found = found.map_err(|error| {
        let at =
            if error.line() == 0 { String::new() } else { format!(" line {}, column {}", line + error.line() as u64 - 1, error.column()) };
        let cause = error.to_string();
        let cause = cause.split(" at line ").next().unwrap_or_default();
        let cause = if error.is_data() { cause.to_owned() } else { format!("broken JSON ({cause})") };
        ArticleError::new(Stage::Parse, "bad_json", format!("{place}:{at}: {cause}"))
    })?;
    // First the name that comes first, but an empty field does not hide a filled one.
    found.values.sort_by_key(|(_, rank, value)| (is_empty(value), *rank));

    let mut record = Record::default();
    let mut text = None;
    for (field, _, value) in found.values {
        let meta = &mut record.meta;
        let slot = match field {
            Field::Text => {
                if text.is_none() {
                    text = Some(as_text(value, place, line)?);
                }
                continue;
            }
            Field::Date => {
                if meta.date.is_none()
                    && let Some(published) = as_date(&value)
                {
                    (meta.date, meta.published_at) = (Some(published.date), published.time);
                }
                continue;
            }
            Field::Title => &mut meta.title,
            Field::Url => &mut meta.url,
            Field::Author => &mut meta.author,
            Field::Site => &mut meta.site,
            Field::Section => &mut meta.section,
            Field::Id => &mut record.id,
        };
        if slot.is_none() {
            *slot = as_name(value);
        }
    }
    record.text = text.ok_or_else(|| no_text_field(json, place, line))?;
    Ok(record)
}

fn no_text_field(json: &str, place: &str, line: u64) -> ArticleError {
    let names: Vec<String> = match serde_json::from_str(json) {
        Ok(Value::Object(object)) => object.keys().take(20).map(|key| format!("`{key}`")).collect(),
        _ => Vec::new(),
    };
    let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    let message = format!("{place}: line {line}: no text field (fields found: {names}); name it with --field text=NAME");
    ArticleError::new(Stage::Parse, "no_text_field", message)
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// The text as it stands; nothing is not an error, something that is no text is.
fn as_text(value: Value, place: &str, line: u64) -> Result<String, ArticleError> {
    let kind = match value {
        Value::String(text) => return Ok(text),
        Value::Null => return Ok(String::new()),
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
    };
    let message = format!("{place}: line {line}: the text field holds {kind}, not a string; name another one with --field text=NAME");
    Err(ArticleError::new(Stage::Parse, "text_not_string", message))
}

/// Names and the like: a string, a number, an object with a name, or a list of these.
pub(super) fn as_name(value: Value) -> Option<String> {
    let text = match value {
        Value::String(text) if text.trim().len() == text.len() => text,
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(mut object) => {
            let name = object.remove("name").or_else(|| object.remove("full_name")).or_else(|| object.remove("title"))?;
            return if name.is_object() || name.is_array() { None } else { as_name(name) };
        }
        Value::Array(items) => {
            // A list in a list is no name; looking into it would be recursion driven by the input.
            let names: Vec<String> = items.into_iter().filter(|item| !item.is_array()).filter_map(as_name).collect();
            names.join(", ")
        }
        Value::Null | Value::Bool(_) => return None,
    };
    (!text.is_empty()).then_some(text)
}

pub(super) fn as_date(value: &Value) -> Option<date::Published> {
    match value {
        Value::String(text) => date::parse(text),
        Value::Number(number) => date::number(number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))?),
        _ => None,
    }
}

/// The fields of an object that mean something here, with the rank of their names; the rest is skipped without being built.
struct Found {
    values: Vec<(Field, usize, Value)>,
}

struct ObjectSeed<'a> {
    overrides: &'a [FieldOverride],
}

impl<'de> DeserializeSeed<'de> for ObjectSeed<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ObjectSeed<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with the article's fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut values = Vec::with_capacity(8);
        while let Some(key) = map.next_key_seed(KeySeed { overrides: self.overrides })? {
            match key {
                Some((field, rank)) => values.push((field, rank, map.next_value()?)),
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Found { values })
    }
}

/// Looks a key up without copying it.
struct KeySeed<'a> {
    overrides: &'a [FieldOverride],
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Option<(Field, usize)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed<'_> {
    type Value = Option<(Field, usize)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field name")
    }

    fn visit_str<E: serde::de::Error>(self, key: &str) -> Result<Self::Value, E> {
        if key.len() > 1024 {
            return Err(E::custom("a field name of more than 1024 bytes"));
        }
        Ok(Field::of_name(key, self.overrides))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Record {
        record(json, &[], "a.jsonl", 1).unwrap()
    }

    fn code(json: &str) -> (&'static str, String) {
        let error = record(json, &[], "a.jsonl", 7).unwrap_err();
        (error.code, error.message)
    }

    #[test]
    fn first_name_wins_whatever_the_order() {
        let found = read(
            r#"{"body": "b", "text": "t", "headline": "h", "url": "u", "id": 12, "authors": ["Ann Lee", {"name": "Bo"}], "publisher": {"name": "The Post"}}"#,
        );
        assert_eq!((found.text.as_str(), found.id.as_deref()), ("t", Some("12")));
        let meta = found.meta;
        assert_eq!((meta.title.as_deref(), meta.url.as_deref(), meta.site.as_deref()), (Some("h"), Some("u"), Some("The Post")));
        assert_eq!(meta.author.as_deref(), Some("Ann Lee, Bo"));
        // An empty field does not hide a filled one.
        assert_eq!(read(r#"{"text": null, "body": "b"}"#).text, "b");
    }

    #[test]
    fn overrides_come_first() {
        let overrides = ["text=lede".parse().unwrap(), "title=kicker".parse().unwrap()];
        let found = record(r#"{"text": "t", "lede": "l", "title": "x", "kicker": "k"}"#, &overrides, "a", 1).unwrap();
        assert_eq!((found.text.as_str(), found.meta.title.as_deref()), ("l", Some("k")));
        assert!("words=x".parse::<FieldOverride>().unwrap_err().contains("text, title"));
        assert!("text".parse::<FieldOverride>().is_err() && "text=".parse::<FieldOverride>().is_err());
    }

    #[test]
    fn dates_of_every_kind() {
        for json in [
            r#"{"text": "", "date": "2024-05-01", "published_at": "2024-05-01T12:30:00Z"}"#,
            r#"{"text": "", "pubDate": "Wed, 01 May 2024 14:30:00 +0200"}"#,
            r#"{"text": "", "date": "soon", "date_publish": "2024-05-01 12:30:00"}"#,
            r#"{"text": "", "date": 1714566600}"#,
        ] {
            let meta = read(json).meta;
            assert_eq!((meta.date.as_deref(), meta.published_at.as_deref()), (Some("2024-05-01"), Some("2024-05-01T12:30:00Z")), "{json}");
        }
        assert_eq!(read(r#"{"text": "", "date": "2024-05"}"#).meta.date, None);
    }

    #[test]
    fn no_text_is_told_apart_from_empty_text() {
        assert_eq!(read(r#"{"text": null}"#).text, "");
        assert_eq!(read(r#"{"text": ""}"#).text, "");
        let (code_, message) = code(r#"{"titel": "x", "inhalt": "y"}"#);
        assert_eq!(code_, "no_text_field");
        assert!(message.contains("`inhalt`") && message.contains("--field text=NAME"), "{message}");
        assert_eq!(code(r#"{"text": {"a": 1}}"#).0, "text_not_string");
    }

    #[test]
    fn halves_of_surrogate_pairs_cost_a_character_and_no_article() {
        let found = read(r#"{"text": "a\ud83db \ude00 \ud83d\ude00 \\ud83d \ud83d\ud83d\ude00 \ud83d", "title": "\udc00"}"#);
        assert_eq!(found.text, "a\u{fffd}b \u{fffd} 😀 \\ud83d \u{fffd}😀 \u{fffd}");
        assert_eq!((found.meta.title.as_deref(), found.lossy), (Some("\u{fffd}"), true));
        assert!(!read(r#"{"text": "\ud83d\ude00"}"#).lossy);
        assert_eq!(code(r#"{"text": "\ud83d", 1}"#).0, "bad_json");
        assert_eq!(code(r#"{"text": "\ud83dé\"#).0, "bad_json");
    }

    #[test]
    fn bad_json_says_where() {
        let (code_, message) = code(r#"{"text": "a" "b"}"#);
        assert_eq!(code_, "bad_json");
        assert!(message.contains("line 7, column 14: broken JSON ("), "{message}");
        assert!(code("[1]").1.ends_with("expected an object with the article's fields"));
        for json in ["[1]", "3", "{\"text\": \"a\"} x", "{", ""] {
            assert_eq!(code(json).0, "bad_json", "{json}");
        }
        let deep = format!("{{\"text\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(code(&deep).0, "bad_json");
    }
}
