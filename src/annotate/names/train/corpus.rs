//! Tagged sentences as documents: their tokens are put together to text and divided again by the program's own tokenizer, so that
//! training and use see the same tokens; the tags move along.

use crate::annotate::names::label::{LABEL_NAMES, Label, OUTSIDE};
use crate::annotate::names::mentions::{NameLexicon, trimmed};
use crate::annotate::tokens::tokenize;
use crate::document::{Sentence, Token, TokenRange};
use crate::span::Span;
use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// A machine this sure that a token is in no name is believed.
const CERTAIN: f32 = 0.995;

/// A token whose label nobody vouches for.
pub(super) const UNKNOWN: Label = Label::MAX;

pub(super) struct Corpus {
    pub(super) documents: Vec<TaggedDocument>,
    /// xxh3 over the files' bytes.
    pub(super) checksum: u64,
}

pub(super) struct TaggedDocument {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    /// One for each token.
    pub(super) labels: Vec<Label>,
    /// Tokens of which the machine is certain that they are outside of names.
    pub(super) certain: Vec<bool>,
    /// Labelled by a machine.
    pub(super) silver: bool,
}

#[derive(serde::Deserialize)]
struct Row {
    tokens: Vec<String>,
    tags: Vec<String>,
    doc: Option<String>,
    space_after: Option<Vec<serde_json::Value>>,
    conf: Option<Vec<f32>>,
}

impl Corpus {
    pub(super) fn read(paths: &[PathBuf], confidence: f32) -> Result<Self> {
        let mut checksum = xxhash_rust::xxh3::Xxh3::new();
        let mut rows: Vec<Vec<Row>> = Vec::new();
        let mut by_document: FxHashMap<(usize, String), usize> = FxHashMap::default();
        for (file, path) in paths.iter().enumerate() {
            for line in BufReader::new(open(path)?).lines() {
                let line = line.with_context(|| format!("reading {}", path.display()))?;
                checksum.update(line.as_bytes());
                let row: Row = serde_json::from_str(&line).with_context(|| format!("a line of {}", path.display()))?;
                let document = match &row.doc {
                    Some(name) => *by_document.entry((file, name.clone())).or_insert(rows.len()),
                    None => rows.len(),
                };
                if document == rows.len() {
                    rows.push(Vec::new());
                }
                rows[document].push(row);
            }
        }
        let titles = NameLexicon::english();
        let documents = rows.iter().map(|rows| TaggedDocument::new(rows, confidence, &titles)).collect();
        Ok(Self { documents, checksum: checksum.digest() })
    }

    pub(super) fn tokens(&self) -> usize {
        self.documents.iter().map(|document| document.tokens.len()).sum()
    }
}

impl TaggedDocument {
    fn new(rows: &[Row], confidence: f32, titles: &NameLexicon) -> Self {
        let mut text = String::new();
        let mut starts = Vec::new();
        // Names as (span, type), and spans of names and of tokens too uncertain to learn from.
        let mut names: Vec<(Span, usize)> = Vec::new();
        // Sum and count of the machine's confidence in the open name.
        let mut surety = (0.0, 0.0);
        let mut uncertain: Vec<Span> = Vec::new();
        let mut certainly_outside: Vec<Span> = Vec::new();
        for row in rows {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            starts.push(text.len());
            let spans = append(&mut text, row);
            let mut open: Option<(Span, usize)> = None;
            for (at, &span) in spans.iter().enumerate() {
                let label = row.tags.get(at).and_then(|tag| LABEL_NAMES.iter().position(|name| name == tag)).unwrap_or(0);
                let name_type = label.checked_sub(1).map(|label| label / 2);
                let this = row.conf.as_ref().and_then(|conf| conf.get(at)).copied().unwrap_or(1.0);
                if let (Some((name, open_type)), Some(this_type)) = (&mut open, name_type)
                    && *open_type == this_type
                    && label % 2 == 0
                {
                    *name = name.cover(span);
                    surety = (surety.0 + this, surety.1 + 1.0);
                    continue;
                }
                if let Some((name, name_type)) = open.take() {
                    if surety.0 < confidence * surety.1 { uncertain.push(name) } else { names.push((name, name_type)) }
                }
                open = name_type.map(|name_type| (span, name_type));
                surety = (this, 1.0);
                if name_type.is_none() && row.conf.is_some() && this >= CERTAIN {
                    certainly_outside.push(span);
                }
                if name_type.is_none() && this < confidence {
                    uncertain.push(span);
                }
            }
            if let Some((name, name_type)) = open.take() {
                if surety.0 < confidence * surety.1 { uncertain.push(name) } else { names.push((name, name_type)) }
            }
        }
        let tokens = tokenize(&text);
        let first_token = |offset: usize| tokens.partition_point(|token| token.span.start() < offset);
        let mut sentences = Vec::with_capacity(starts.len());
        for (at, &start) in starts.iter().enumerate() {
            let range = TokenRange::new(first_token(start), starts.get(at + 1).map_or(tokens.len(), |&next| first_token(next)));
            if !range.is_empty() {
                let span = tokens[range.start as usize].span.cover(tokens[range.end as usize - 1].span);
                sentences.push(Sentence { span, tokens: range, paragraph: at as u32 });
            }
        }
        let mut labels = vec![OUTSIDE; tokens.len()];
        let overlapping = |span: Span| {
            let start = tokens.partition_point(|token| token.span.end() <= span.start());
            start..start + tokens[start..].iter().take_while(|token| token.span.start() < span.end()).count()
        };
        for (span, name_type) in names {
            let mut range = trimmed(&text, &tokens, overlapping(span));
            if name_type == 0 {
                range.start += titles.titles_before(&text, &tokens, range.clone(), |_| false);
            }
            for at in range.clone() {
                labels[at] = (name_type * 2 + 1 + usize::from(at > range.start)) as Label;
            }
        }
        for span in uncertain {
            labels[overlapping(span)].fill(UNKNOWN);
        }
        let mut certain = vec![false; tokens.len()];
        for span in certainly_outside {
            certain[overlapping(span)].fill(true);
        }
        let silver = rows.first().is_some_and(|row| row.conf.is_some());
        Self { text, tokens, sentences, labels, certain, silver }
    }
}

/// Appends the row's tokens to the text with the spaces that stood between them, as far as that is known.
fn append(text: &mut String, row: &Row) -> Vec<Span> {
    let mut spans = Vec::with_capacity(row.tokens.len());
    let mut quote_is_open = false;
    for (at, token) in row.tokens.iter().enumerate() {
        let token = match token.as_str() {
            "``" => "“",
            "''" => "”",
            "-LRB-" => "(",
            "-RRB-" => ")",
            token => token,
        };
        let start = text.len();
        text.push_str(token);
        spans.push(Span::new(start, text.len()));
        let Some(next) = row.tokens.get(at + 1) else { break };
        let space = match &row.space_after {
            Some(spaces) => spaces.get(at).is_none_or(|space| space.as_bool().unwrap_or(space.as_u64() != Some(0))),
            None => {
                let mut space = !opens(token) && !closes(next);
                if token == "\"" {
                    quote_is_open = !quote_is_open;
                    space &= !quote_is_open;
                }
                space && !(next == "\"" && quote_is_open)
            }
        };
        if space {
            text.push(' ');
        }
    }
    spans
}

/// Marks that touch what comes after them.
fn opens(token: &str) -> bool {
    matches!(token, "(" | "[" | "{" | "“" | "‘" | "`" | "$" | "£" | "€" | "#" | "-" | "/")
}

/// Marks and clitics that touch what comes before them.
fn closes(token: &str) -> bool {
    let mut chars = token.chars();
    match chars.next() {
        Some('\'' | '’') => true,
        Some('.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '%' | '”' | '…' | '-' | '/') => {
            chars.next().is_none_or(|c| c == '.')
        }
        _ => token == "n't" || token == "n’t",
    }
}

fn open(path: &Path) -> Result<Box<dyn Read>> {
    let file = std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?;
    Ok(match path.extension().and_then(|extension| extension.to_str()) {
        Some("zst") => Box::new(zstd::Decoder::new(file)?),
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(file)),
        _ => Box::new(file),
    })
}

pub(super) fn read_to_string(path: &Path) -> Result<String> {
    let mut text = String::new();
    open(path)?.read_to_string(&mut text).with_context(|| format!("reading {}", path.display()))?;
    Ok(text)
}
