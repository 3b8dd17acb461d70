//! An article as it was read: where it came from, what its page says of it, and its text. Nothing is analysed yet.

use serde::Serialize;
use std::borrow::Cow;

/// One article, or the news that one could not be read: a failed article is still an article, so that every input gives one record.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// `d_` and 16 hex digits: see [`article_id`].
    pub id: String,
    /// Where it was found; empty for one made from text.
    pub source: Source,
    /// What its page or record says of it.
    pub meta: Meta,
    /// The text to analyse, owned here once. Empty when `error` is set.
    pub text: String,
    /// Why the article could not be read.
    pub error: Option<ArticleError>,
    /// Stable codes of what was odd while reading (`decoding_errors`, `boilerplate_only`).
    pub warnings: Vec<Cow<'static, str>>,
}

impl Article {
    /// An article from text alone, as a library user has it.
    #[must_use]
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { id: article_id(&text, None), text, ..Self::default() }
    }
}

/// Where an article was found.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The file as the user gave it; `-` for standard input.
    pub path: String,
    /// Its place inside a container (0-based line or element); `None` when the file is the article.
    pub record: Option<u64>,
    /// The input's own id, as text.
    pub id: Option<String>,
}

/// What the input says of the article.
#[derive(Clone, Debug, Default)]
pub struct Meta {
    /// Its address on the web: canonical, where the page names one.
    pub url: Option<String>,
    /// The publication, by the name or the domain that the input gives.
    pub site: Option<String>,
    /// The headline. It is not part of the text unless it stands there too.
    pub title: Option<String>,
    /// Who wrote it; several names are joined by ", ".
    pub author: Option<String>,
    /// Part of the publication ("Business"), as the publication calls it.
    pub section: Option<String>,
    /// Publication day, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Publication time in UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    pub published_at: Option<String>,
}

/// Where in the way from bytes to record an article was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Its file could not be found, opened or read.
    Open,
    /// Its gzip, zstandard or archive is broken.
    Decompress,
    /// Its bytes are no text in any encoding.
    Decode,
    /// It is not of the format it should be, or too large.
    Parse,
    /// No article was found in its page.
    Extract,
    /// A layer failed on it.
    Annotate,
}

/// Why one article could not be read or analysed. It goes into the article's record; the batch goes on.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema, thiserror::Error)]
#[error("{message}")]
pub struct ArticleError {
    /// What failed.
    pub stage: Stage,
    /// A stable word to filter on: `not_found`, `permission`, `bad_gzip`, `bad_json`, `too_large`, `panic` ...
    pub code: &'static str,
    /// What went wrong and, where there is one, the remedy.
    pub message: String,
}

impl ArticleError {
    /// `message` says where, what and, where there is one, the remedy.
    #[must_use]
    pub fn new(stage: Stage, code: &'static str, message: impl Into<String>) -> Self {
        Self { stage, code, message: message.into() }
    }
}

/// `d_` and the upper 16 hex digits of xxh3-128 over `place` and the record number: the URL if known, else the path as given.
/// The same article at the same place has the same id in every run and shard.
///
/// ```
/// use pullquote::article::article_id;
///
/// assert_eq!(article_id("news/a.jsonl", Some(3)), article_id("news/a.jsonl", Some(3)));
/// assert!(article_id("https://example.org/a", None).starts_with("d_"));
/// ```
#[must_use]
pub fn article_id(place: &str, record: Option<u64>) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(place.as_bytes());
    if let Some(record) = record {
        hasher.update(b"\0");
        hasher.update(record.to_string().as_bytes());
    }
    format!("d_{:016x}", (hasher.digest128() >> 64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_place_and_record() {
        let whole = article_id("news/a.txt", None);
        assert_eq!(whole, article_id("news/a.txt", None));
        assert_ne!(whole, article_id("news/a.txt", Some(0)));
        assert_ne!(article_id("a.jsonl", Some(1)), article_id("a.jsonl", Some(2)));
        assert!(whole.starts_with("d_") && whole.len() == 18);
    }
}
