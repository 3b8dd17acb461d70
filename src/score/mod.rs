//! The measure of what the layers find: gold lines and [`Findings`] in, counts and figures of merit out. One file per layer
//! holds that layer's matching rules; this one holds what they share. Gold offsets are code points, so everything here is.
//!
//! The one idea: a layer's score is a struct of counts made by one article and added over articles, so articles may be
//! scored in any order and on any thread; precision and recall are taken from the sums (micro-averaged).

mod entities;
mod figures;
mod findings;
pub mod gold;
mod names;
mod quotes;
mod sentences;

use std::ops::AddAssign;

use serde_json::{Value, json};

pub use entities::{BCubed, EntityScore};
pub use figures::{FigureScore, KindScore};
pub use findings::Findings;
pub use gold::{Gold, GoldError};
pub use names::NameScore;
pub use quotes::{CONFIDENCE_STEPS, Calibration, QuoteScore};
pub use sentences::SentenceScore;

/// A half-open range of code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Extent {
    start: usize,
    end: usize,
}

impl Extent {
    fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many code points the two share.
    fn shared(self, other: Extent) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start))
    }

    fn overlaps(self, other: Extent) -> bool {
        self.shared(other) > 0
    }

    /// Intersection over union.
    fn overlap_ratio(self, other: Extent) -> f64 {
        let shared = self.shared(other);
        if shared == 0 {
            return 0.0;
        }
        let together = (self.end - self.start) + (other.end - other.start) - shared;
        shared as f64 / together as f64
    }
}

/// A text that can be indexed by code points.
#[derive(Clone, Debug)]
struct CodePoints {
    text: String,
    /// Byte offset of each code point, and of the end.
    starts: Vec<u32>,
}

impl CodePoints {
    fn new(text: String) -> Self {
        let starts = text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect();
        Self { text, starts }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn as_str(&self) -> &str {
        &self.text
    }

    /// The text from code point `start` to `end`; offsets past the end mean the end.
    fn slice(&self, start: usize, end: usize) -> &str {
        let end = end.min(self.len());
        let start = start.min(end);
        &self.text[self.starts[start] as usize..self.starts[end] as usize]
    }

    fn of(&self, extent: Extent) -> &str {
        self.slice(extent.start, extent.end)
    }

    /// The character at code point `at`, which must be below `len`.
    fn char_at(&self, at: usize) -> char {
        self.slice(at, at + 1).chars().next().unwrap_or('\0')
    }

    /// The surroundings of an extent on one line, with the extent itself in ⟦ ⟧: for lists of errors.
    fn context(&self, extent: Extent) -> String {
        let before = self.slice(extent.start.saturating_sub(40), extent.start);
        let after = self.slice(extent.end, extent.end + 40);
        one_line(&format!("{before}⟦{}⟧{after}", self.of(extent)))
    }
}

/// Line breaks made visible and control characters left out, so that an error stays on its line and cannot steer a terminal.
fn one_line(text: &str) -> String {
    text.chars().filter_map(|c| if c == '\n' { Some('⏎') } else { (!c.is_control()).then_some(c) }).collect()
}

/// How many were right, found and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings that gold has as well, by the layer's rules.
    pub right: usize,
    /// Findings that count: right or wrong, not those that gold leaves open.
    pub found: usize,
    /// What gold says is there.
    pub gold: usize,
}

impl Counts {
    /// The three counts in the order of their fields.
    #[must_use]
    pub fn new(right: usize, found: usize, gold: usize) -> Self {
        Self { right, found, gold }
    }

    /// The share of the findings that is right, 0 to 1; 0 where nothing was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of gold that was found, 0 to 1; 0 where gold has nothing.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// Precision and recall in one number, 0 to 1.
    #[must_use]
    pub fn f1(self) -> f64 {
        // Equal to the harmonic mean of precision and recall, without its rounding.
        share(2 * self.right, self.found + self.gold)
    }

    fn to_json(self) -> Value {
        json!({
            "right": self.right, "found": self.found, "gold": self.gold,
            "precision": rounded(self.precision(), 4), "recall": rounded(self.recall(), 4), "f1": rounded(self.f1(), 4),
        })
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

/// A simple share: of `of`, `right` were right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Those that are right.
    pub right: usize,
    /// Those that were asked about.
    pub of: usize,
}

impl Share {
    /// `right` of `of`.
    #[must_use]
    pub fn new(right: usize, of: usize) -> Self {
        Self { right, of }
    }

    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    /// As a number from 0 to 1; 0 where nothing was asked.
    #[must_use]
    pub fn value(self) -> f64 {
        share(self.right, self.of)
    }

    fn to_json(self) -> Value {
        json!({"right": self.right, "of": self.of, "share": rounded(self.value(), 4)})
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.of += other.of;
    }
}

/// `part / whole`, 0 for an empty whole.
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.digits$}").parse().unwrap_or(value)
}

/// A layer that can be scored by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// Boundaries between sentences, and paragraphs.
    Sentences,
    /// Where names of people and organisations stand.
    Names,
    /// Which names, pronouns and noun phrases mean the same one, and what is said of people.
    Entities,
    /// Quotations and their speakers.
    Quotes,
    /// Numbers with value, unit, kind and dates.
    Figures,
}

impl Layer {
    /// Every layer, in the order of the document.
    pub const ALL: [Layer; 5] = [Layer::Sentences, Layer::Names, Layer::Entities, Layer::Quotes, Layer::Figures];

    /// The word for it on the command line and in [`Scores::to_json`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Layer::Sentences => "sentences",
            Layer::Names => "names",
            Layer::Entities => "entities",
            Layer::Quotes => "quotes",
            Layer::Figures => "figures",
        }
    }
}

/// One thing that is wrong, for a person to look at.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// `sentences`, `people`, `organisations`, `entities`, `quotes` or `figures`.
    pub layer: &'static str,
    /// `missed`, `extra`, `wrong value`, `wrong speaker`, `must not fire`.
    pub fault: &'static str,
    /// The gold line's id.
    pub id: String,
    /// The text around it, the place itself in ⟦ ⟧.
    pub context: String,
    /// Where both sides have something to say: what gold says and what was found.
    pub detail: String,
}

/// The scores of a set. A layer that no gold line has is `None`.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Gold lines that were scored.
    pub lines: usize,
    /// Score of [`Layer::Sentences`].
    pub sentences: Option<SentenceScore>,
    /// Score of [`Layer::Names`].
    pub names: Option<NameScore>,
    /// Score of [`Layer::Entities`].
    pub entities: Option<EntityScore>,
    /// Score of [`Layer::Quotes`].
    pub quotes: Option<QuoteScore>,
    /// Score of [`Layer::Figures`].
    pub figures: Option<FigureScore>,
    /// In the order of the gold lines.
    pub faults: Vec<Fault>,
}

impl Scores {
    /// Scores one article: the layers in `layers` that its gold line has.
    #[must_use]
    pub fn of_line(gold: &Gold, found: &Findings, layers: &[Layer]) -> Self {
        let mut scores = Self { lines: 1, ..Self::default() };
        let wanted = |layer| layers.contains(&layer);
        let faults = &mut scores.faults;
        if let Some(rows) = gold.sentences.as_ref().filter(|_| wanted(Layer::Sentences)) {
            scores.sentences = Some(sentences::score(gold, rows, found, faults));
        }
        if (gold.people.is_some() || gold.organisations.is_some()) && wanted(Layer::Names) {
            scores.names = Some(names::score(gold, found, faults));
        }
        if let Some(rows) = gold.entities.as_ref().filter(|_| wanted(Layer::Entities)) {
            scores.entities = Some(entities::score(gold, rows, found, faults));
        }
        if let Some(rows) = gold.quotes.as_ref().filter(|_| wanted(Layer::Quotes)) {
            scores.quotes = Some(quotes::score(gold, rows, found, faults));
        }
        if let Some(rows) = gold.figures.as_ref().filter(|_| wanted(Layer::Figures)) {
            scores.figures = Some(figures::score(gold, rows, found, faults));
        }
        scores
    }

    /// Whether anything was scored.
    #[must_use]
    pub fn has_layers(&self) -> bool {
        self.sentences.is_some() || self.names.is_some() || self.entities.is_some() || self.quotes.is_some() || self.figures.is_some()
    }

    /// The scores as one JSON object; layers without gold are `null`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "lines": self.lines,
            "sentences": self.sentences.as_ref().map(|score| score.to_json()),
            "names": self.names.as_ref().map(|score| score.to_json()),
            "entities": self.entities.as_ref().map(|score| score.to_json()),
            "quotes": self.quotes.as_ref().map(|score| score.to_json()),
            "figures": self.figures.as_ref().map(figures::FigureScore::to_json),
        })
    }
}

impl AddAssign for Scores {
    fn add_assign(&mut self, other: Self) {
        fn merge<T: AddAssign>(into: &mut Option<T>, from: Option<T>) {
            match (into.as_mut(), from) {
                (Some(sum), Some(more)) => *sum += more,
                (None, more) => *into = more,
                (Some(_), None) => {}
            }
        }
        self.lines += other.lines;
        merge(&mut self.sentences, other.sentences);
        merge(&mut self.names, other.names);
        merge(&mut self.entities, other.entities);
        merge(&mut self.quotes, other.quotes);
        merge(&mut self.figures, other.figures);
        self.faults.extend(other.faults);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_is_the_harmonic_mean() {
        let counts = Counts::new(6, 8, 12);
        let (p, r) = (counts.precision(), counts.recall());
        assert!((counts.f1() - 2.0 * p * r / (p + r)).abs() < 1e-12);
        assert_eq!(Counts::default().f1(), 0.0);
    }

    #[test]
    fn code_points_slice_like_python_strings() {
        let text = CodePoints::new("Zoë “no” 👍!".to_string());
        assert_eq!(text.len(), 11);
        assert_eq!(text.slice(4, 8), "“no”");
        assert_eq!(text.slice(9, 99), "👍!");
        assert_eq!(text.char_at(2), 'ë');
    }
}
