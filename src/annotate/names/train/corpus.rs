//! Tagged sentences as documents: their tokens are put together to text and divided again by the program's own tokenizer, so that
//! training and use see the same tokens; the tags move along.

use crate::annotate::lexicon::Lexicon;
use crate::annotate::names::label::{LABEL_NAMES, LABELS, Label, OUTSIDE, begins, may_follow, type_of};
use crate::annotate::names::mentions::trimmed;
use crate::annotate::names::network::Scores;
use crate::annotate::tokens::tokenize;
use crate::document::{Sentence, Token, TokenRange};
use crate::span::Span;
use anyhow::{Context, Result};
use rustc_hash::{FxHashMap, FxHashSet};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What is known of a token's label.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    /// One of these labels (a bit each); which one, nobody says.
    Allowed(u16),
    /// How much a machine believes in each label. What is missing to 1 is left to the labels that it did not name.
    Believed { shares: Scores, other_open: bool, weight: f32 },
}

const OTHER: u16 = 0b1_1000_0000;

impl Target {
    /// The label is known, and that of a name.
    pub(super) fn is_name(&self) -> bool {
        match self {
            Self::Allowed(labels) => labels & 1 == 0,
            Self::Believed { shares, .. } => shares[1..].iter().sum::<f32>() > 0.5,
        }
    }

    /// The label is known, and one of a person's or an organisation's name.
    pub(super) fn is_person_or_organisation(&self) -> bool {
        const OF_TWO: u16 = 0b1_1110;
        match self {
            Self::Allowed(labels) => labels & 1 == 0 && labels & OF_TWO != 0,
            Self::Believed { shares, .. } => shares[1..5].iter().sum::<f32>() > 0.5,
        }
    }

    pub(super) fn allowed(&self) -> u16 {
        match self {
            Self::Allowed(labels) => *labels,
            Self::Believed { .. } => (1 << LABELS) - 1,
        }
    }

    /// What it counts beside a label by hand.
    pub(super) fn weight(&self) -> f32 {
        match self {
            Self::Allowed(_) => 1.0,
            Self::Believed { weight, .. } => *weight,
        }
    }

    /// What the marginals should be, given what they are.
    pub(super) fn wanted(&self, now: &Scores) -> Scores {
        match self {
            Self::Allowed(_) => *now,
            Self::Believed { shares, other_open, .. } => {
                let mut wanted = *shares;
                let left = (1.0 - shares.iter().sum::<f32>()).max(0.0);
                let unnamed = (0..LABELS).filter(|&label| shares[label] == 0.0).map(|label| now[label]).sum::<f32>().max(1e-6);
                for label in 0..LABELS {
                    if shares[label] == 0.0 {
                        wanted[label] = left * now[label] / unnamed;
                    }
                }
                if *other_open {
                    // A machine that knows no other names takes them for none.
                    let outside = wanted[0] + wanted[7] + wanted[8];
                    let sum = (now[0] + now[7] + now[8]).max(1e-6);
                    for label in [0, 7, 8] {
                        wanted[label] = outside * now[label] / sum;
                    }
                }
                wanted
            }
        }
    }
}

pub(super) struct Corpus {
    pub(super) documents: Vec<TaggedDocument>,
    pub(super) lexicon: Lexicon,
    /// xxh3 over the files' bytes.
    pub(super) checksum: u64,
}

pub(super) struct TaggedDocument {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
    pub(super) sentences: Vec<Sentence>,
    /// One for each token.
    pub(super) targets: Vec<Target>,
    /// Labelled by a machine.
    pub(super) silver: bool,
}

#[derive(serde::Deserialize)]
struct Row {
    tokens: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    doc: Option<String>,
    space_after: Option<Vec<serde_json::Value>>,
    conf: Option<Vec<f32>>,
    source: Option<String>,
    /// A machine's shares of belief: token number and one share for each label, for all tokens that may be in a name.
    p: Option<Vec<(usize, Scores)>>,
}

impl Row {
    fn is_silver(&self) -> bool {
        self.conf.is_some() || self.p.is_some()
    }
}

impl Corpus {
    pub(super) fn read(paths: &[PathBuf], silver_weight: f32) -> Result<Self> {
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
        // Of two machines that labelled one document, the one that told all its beliefs counts.
        let told: FxHashSet<String> = rows.iter().filter(|rows| rows[0].p.is_some()).filter_map(|rows| rows[0].doc.clone()).collect();
        rows.retain(|rows| rows[0].conf.is_none() || rows[0].doc.as_ref().is_none_or(|doc| !told.contains(doc)));
        // Sources in which no other name is marked do not know them.
        let mut with_other: FxHashSet<&str> = FxHashSet::default();
        for row in rows.iter().flatten() {
            if row.p.is_some() || row.tags.iter().any(|tag| tag.ends_with("MISC")) {
                with_other.insert(row.source.as_deref().unwrap_or_default());
            }
        }
        let lexicon = Lexicon::english();
        let document = |rows: &Vec<Row>| {
            let other_open =
                rows.first().is_some_and(|row| row.p.is_none() && !with_other.contains(row.source.as_deref().unwrap_or_default()));
            TaggedDocument::new(rows, other_open, silver_weight, &lexicon)
        };
        let documents = rows.iter().map(document).collect();
        Ok(Self { documents, lexicon, checksum: checksum.digest() })
    }

    pub(super) fn tokens(&self) -> usize {
        self.documents.iter().map(|document| document.tokens.len()).sum()
    }
}

impl TaggedDocument {
    fn new(rows: &[Row], other_open: bool, silver_weight: f32, lexicon: &Lexicon) -> Self {
        let silver = rows.first().is_some_and(Row::is_silver);
        let believed = rows.first().is_some_and(|row| row.p.is_some());
        let weight = if believed { 1.0 } else { silver_weight };
        let mut text = String::new();
        let mut starts = Vec::new();
        let mut names: Vec<(Span, usize)> = Vec::new();
        // Where each token of the rows stands, and what the machine believes of it.
        let mut beliefs: Vec<(Span, Scores)> = Vec::new();
        for row in rows {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            starts.push(text.len());
            let spans = append(&mut text, row);
            let (labels, shares) = row.labels();
            let mut open: Option<(Span, usize)> = None;
            for (at, &span) in spans.iter().enumerate() {
                beliefs.push((span, shares.get(at).copied().unwrap_or_default()));
                let label = labels.get(at).copied().unwrap_or(OUTSIDE);
                if let (Some((name, open_type)), Some(this_type)) = (&mut open, type_of(label))
                    && *open_type == this_type
                    && !begins(label)
                {
                    *name = name.cover(span);
                    continue;
                }
                names.extend(open.take());
                open = type_of(label).map(|name_type| (span, name_type));
            }
            names.extend(open.take());
        }
        let tokens = tokenize(&text, &lexicon.vocabulary);
        let first_token = |offset: usize| tokens.partition_point(|token| token.span.start() < offset);
        let mut sentences = Vec::with_capacity(starts.len());
        for (at, &start) in starts.iter().enumerate() {
            let range = TokenRange::new(first_token(start), starts.get(at + 1).map_or(tokens.len(), |&next| first_token(next)));
            if !range.is_empty() {
                let span = tokens[range.start as usize].span.cover(tokens[range.end as usize - 1].span);
                sentences.push(Sentence { span, tokens: range, paragraph: at as u32 });
            }
        }
        let outside = if other_open { 1 | OTHER } else { 1 };
        let mut targets = vec![Target::Allowed(outside); tokens.len()];
        if silver {
            let mut belief = beliefs.iter().peekable();
            for (token, target) in tokens.iter().zip(&mut targets) {
                while belief.next_if(|(span, _)| span.end() <= token.span.start()).is_some() {}
                let shares = belief.peek().map_or([0.0; LABELS], |(_, shares)| *shares);
                *target = Target::Believed { shares, other_open, weight };
            }
        }
        let overlapping = |span: Span| {
            let start = tokens.partition_point(|token| token.span.end() <= span.start());
            start..start + tokens[start..].iter().take_while(|token| token.span.start() < span.end()).count()
        };
        for (span, name_type) in names {
            let whole = overlapping(span);
            let mut range = trimmed(&tokens, whole.clone());
            if name_type == 0 {
                range.start += lexicon.names.titles_before(&text, &tokens, range.clone(), |_| false);
            }
            for at in whole {
                let (first, later) = (name_type * 2 + 1, name_type * 2 + 2);
                let label = if !range.contains(&at) {
                    0
                } else if at > range.start {
                    later
                } else {
                    first
                };
                match &mut targets[at] {
                    Target::Allowed(labels) => *labels = if label == 0 { outside } else { 1 << label },
                    Target::Believed { shares, .. } => {
                        let sure = shares[first] + shares[later];
                        (shares[first], shares[later]) = (0.0, 0.0);
                        shares[label] += sure;
                    }
                }
            }
        }
        Self { text, tokens, sentences, targets, silver }
    }
}

impl Row {
    /// The label of each token, and how much of the belief it has and others have.
    fn labels(&self) -> (Vec<Label>, Vec<Scores>) {
        let mut labels = vec![OUTSIDE; self.tokens.len()];
        let mut shares = vec![[0.0; LABELS]; self.tokens.len()];
        if let Some(beliefs) = &self.p {
            shares.iter_mut().for_each(|shares| shares[0] = 1.0);
            for (at, believed) in beliefs {
                if let Some(shares) = shares.get_mut(*at) {
                    *shares = *believed;
                }
            }
            best_labels(&shares, &mut labels);
            return (labels, shares);
        }
        for (at, label) in labels.iter_mut().enumerate() {
            *label = self.tags.get(at).and_then(|tag| LABEL_NAMES.iter().position(|name| name == tag)).unwrap_or(0) as Label;
            shares[at][usize::from(*label)] = self.conf.as_ref().and_then(|conf| conf.get(at)).copied().unwrap_or(1.0);
        }
        (labels, shares)
    }
}

/// The most believed labels that can follow each other.
fn best_labels(shares: &[Scores], labels: &mut [Label]) {
    let score = |share: f32| share.max(1e-4).ln();
    let mut back: Vec<[Label; LABELS]> = Vec::with_capacity(shares.len());
    let mut best: Scores = std::array::from_fn(|label| if label == 0 { 0.0 } else { f32::MIN });
    for shares in shares {
        let mut from = [OUTSIDE; LABELS];
        best = std::array::from_fn(|label| {
            let mut top = f32::MIN;
            for before in (0..LABELS).filter(|&before| may_follow(before as Label, label as Label)) {
                if best[before] > top {
                    (top, from[label]) = (best[before], before as Label);
                }
            }
            top + score(shares[label])
        });
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |top, label| if best[label] > best[top] { label } else { top });
    for at in (0..labels.len()).rev() {
        labels[at] = label as Label;
        label = usize::from(back[at][label]);
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
