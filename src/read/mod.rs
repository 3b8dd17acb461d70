//! Step 1, first cut: plain text and JSON Lines.
use crate::article::{Article, Meta, Source, article_id};
use std::path::PathBuf;
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
}
impl std::str::FromStr for Format {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        Ok(match s {
            "txt" => Self::Text,
            "md" => Self::Markdown,
            "html" => Self::Html,
            "json" => Self::Json,
            "jsonl" => Self::JsonLines,
            _ => return Err(format!("unknown format {s:?}: one of txt, md, html, json, jsonl")),
        })
    }
}
#[derive(Clone, Debug, Default)]
pub struct ReadOptions {
    pub format: Option<Format>,
    pub globs: Vec<String>,
    pub excludes: Vec<String>,
}
pub enum Input {
    Path(PathBuf),
    Stdin,
}
pub struct RawArticle {
    pub source: Source,
    line: String,
}
impl RawArticle {
    pub fn size(&self) -> usize {
        self.line.len()
    }
    pub fn into_article(self, _options: &ReadOptions) -> Article {
        let mut source = self.source;
        if source.record.is_none() {
            return Article { id: article_id(&source.path, None), source, text: self.line, ..Default::default() };
        }
        let v: serde_json::Value = serde_json::from_str(&self.line).unwrap_or_default();
        let get = |k: &str| v[k].as_str().map(str::to_owned);
        source.id = get("id");
        Article {
            id: article_id(&source.path, source.record),
            meta: Meta { title: get("title"), date: get("date"), ..Default::default() },
            text: get("text").unwrap_or_default(),
            source,
            ..Default::default()
        }
    }
}
pub fn articles(inputs: Vec<Input>, _options: &ReadOptions) -> impl Iterator<Item = RawArticle> + Send + use<> {
    inputs.into_iter().flat_map(|input| {
        let Input::Path(path) = input else { return Vec::new() };
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let path_text = path.display().to_string();
        if path_text.ends_with(".jsonl") {
            text.lines()
                .enumerate()
                .map(|(i, l)| RawArticle {
                    source: Source { path: path_text.clone(), record: Some(i as u64), id: None },
                    line: l.to_owned(),
                })
                .collect()
        } else {
            vec![RawArticle { source: Source { path: path_text, record: None, id: None }, line: text }]
        }
    })
}
