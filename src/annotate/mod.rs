//! Step 2: an [`Article`] becomes a [`Document`]. One file per layer, in the order they run; the signature of each says what it
//! needs and what it gives. Every layer is total: any text in, a layer out, never an error.

// What a language needs.
pub mod lexicon;
// The layers, in the order they run (the lines between keep it).
// needs nothing
pub mod language;
// needs the words of the lists
pub mod tokens;
// needs tokens
pub mod sentences;
// needs sentences
pub mod quotes;
// needs tokens and sentences
pub mod figures;
// needs tokens and sentences
pub mod names;
// needs quotes and names
pub mod entities;
// needs quotes, names and entities
pub mod speakers;
// Which of them run.
mod layer_set;
// What two of them reckon with.
mod exponential;

pub use layer_set::LayerSet;

use crate::{
    article::Article,
    document::{Document, Quotation},
};
use lexicon::Lexicon;
use std::sync::Arc;

/// The stages, in the order they run.
pub const STAGES: [&str; 9] = ["language", "tokens", "sentences", "quotes", "figures", "names", "entities", "speakers", "ties"];

/// What an [`Annotator`] needs to be made. Fields will be added: build it with `..Default::default()`.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// Names that the user vouches for; they go before what the model finds.
    pub gazetteer: Option<Arc<names::Gazetteer>>,
    /// Names under which the same people and organisations are known in different articles: they bear the listed ids.
    pub aliases: Option<Arc<names::Gazetteer>>,
    /// A names model in place of the one that the program carries.
    pub model: Option<Arc<names::Model>>,
    /// Speakers less sure than this are left out (0 to 1; 0 keeps all).
    pub min_confidence: f32,
    /// Whether the turns of interviews and transcripts ("Roe: It rained.") and announced blocks ("She wrote:") are quotes too, though no
    /// marks stand around them.
    pub turns: bool,
    /// The layers that are wanted: all by default. A figure's subject is found only together with people or organisations.
    pub layers: LayerSet,
    /// Find nothing in articles that are told to be in another language than English (`not_english`): what would be found is guesswork.
    pub english_only: bool,
}

/// Finds the layers of articles. Made once (word lists and model are loaded here), shared by reference between threads.
///
/// ```
/// use pullquote::{Annotator, Article, document::QuoteKind};
///
/// let annotator = Annotator::new(&Default::default());
/// let article = Article::from_text("Mara Ilves runs the ferry. “We lost 12 days,” she said.");
/// let document = annotator.annotate(&article);
///
/// let said = &document.attributions[0];
/// let speaker = said.speaker.as_ref().expect("somebody said it");
/// assert_eq!(said.kind, QuoteKind::Direct);
/// assert_eq!(speaker.mention.span.of(document.text()), "she");
/// assert_eq!(speaker.entity.map(|id| document.entities.get(id).name.as_str()), Some("Mara Ilves"));
/// assert_eq!(document.figures[0].value, Some(12.0));
/// ```
pub struct Annotator {
    lexicon: Lexicon,
    model: Arc<names::Model>,
    options: Options,
}

impl Annotator {
    /// Loads word lists and, unless `options` bring one, the names model: some hundredths of a second, so make it once.
    #[must_use]
    pub fn new(options: &Options) -> Self {
        let model = options.model.clone().unwrap_or_else(|| Arc::new(names::Model::embedded()));
        Self { lexicon: Lexicon::english(), model, options: options.clone() }
    }

    /// The article with all its layers.
    #[must_use]
    pub fn annotate<'a>(&self, article: &'a Article) -> Document<'a> {
        self.annotate_observed(article, |_| {})
    }

    /// The same; `done` is told the name of each stage as it ends ([`STAGES`], in that order), so that stages can be timed.
    pub fn annotate_observed<'a>(&self, article: &'a Article, done: impl FnMut(&'static str)) -> Document<'a> {
        self.run_stages(article, self.options.turns, self.options.layers, done)
    }

    /// The article with these layers alone.
    #[must_use]
    pub fn annotate_only<'a>(&self, article: &'a Article, layers: LayerSet) -> Document<'a> {
        self.run_stages(article, self.options.turns, layers, |_| {})
    }

    /// The article with all its layers, and for each quotation in marks how it came by its speaker. Turns are left out: their labels decide.
    #[must_use]
    pub fn explain<'a>(&self, article: &'a Article) -> (Document<'a>, Vec<speakers::explain::Explanation>) {
        let document = self.run_stages(article, false, LayerSet::ALL, |_| {});
        let Document { tokens, sentences, quotes, mentions, entities, .. } = &document;
        let explained = speakers::explain::explain(document.text(), tokens, sentences, quotes, mentions, entities, &self.lexicon);
        (document, explained)
    }

    fn run_stages<'a>(&self, article: &'a Article, turns: bool, layers: LayerSet, mut done: impl FnMut(&'static str)) -> Document<'a> {
        let text = article.text.as_str();
        let lexicon = &self.lexicon;
        let gazetteer = self.options.gazetteer.as_deref();
        let mut warnings = article.warnings.clone();
        let language = language::detect(text);
        done("language");
        if language.is_some_and(|language| language != "en") {
            warnings.push("not_english".into());
            if self.options.english_only {
                let tokens = tokens::tokenize(text, &lexicon.vocabulary);
                return Document { language, tokens, warnings, ..Document::without_layers(article) };
            }
        }
        let mut tokens = tokens::tokenize(text, &lexicon.vocabulary);
        done("tokens");
        if layers == LayerSet::NONE {
            return Document { language, tokens, warnings, ..Document::without_layers(article) };
        }
        let sentences = sentences::split(text, &tokens, lexicon);
        sentences::join_lines(&mut tokens, &sentences);
        done("sentences");
        let mut quotes = Vec::new();
        if layers.needs_names() {
            quotes = quotes::find(text, &tokens, &sentences, lexicon);
        }
        let mut blocks = Vec::new();
        if turns {
            let found = quotes::blocks(text, &tokens, &sentences, &quotes, lexicon);
            blocks.extend(found.iter().map(Quotation::span));
            quotes.extend(found);
            quotes.sort_by_key(|quote| (quote.span().start(), std::cmp::Reverse(quote.span().end())));
        }
        done("quotes");
        let mut figures = Vec::new();
        if layers.holds(LayerSet::FIGURES) {
            figures = figures::find(text, &tokens, &sentences, lexicon, article.meta.date.as_deref());
            if figures.len() > figures::MOST {
                figures.truncate(figures::MOST);
                warnings.push("truncated".into());
            }
        }
        done("figures");
        if !layers.needs_names() {
            return Document { language, tokens, sentences, figures, warnings, ..Document::without_layers(article) };
        }
        let mentions = names::find(text, &tokens, &sentences, &self.model, gazetteer, lexicon);
        done("names");
        let mut entities = entities::resolve(text, &tokens, &sentences, &quotes, &mentions, gazetteer, lexicon);
        if let Some(aliases) = &self.options.aliases {
            entities::join(&mut entities, aliases);
        }
        done("entities");
        let mut attributions = Vec::new();
        if layers.holds(LayerSet::QUOTES) {
            attributions = speakers::attribute(text, &tokens, &sentences, &quotes, &mentions, &entities, lexicon);
            speakers::settle_blocks(&quotes, &blocks, &mut attributions);
            if turns {
                let labels = quotes::merge(&mut quotes, quotes::turns(text, &tokens, &sentences));
                attributions = speakers::with_turns(attributions, labels, text, &tokens, &entities);
            }
            speakers::leave_out_doubtful(&mut attributions, self.options.min_confidence);
        }
        done("speakers");
        if layers.holds(LayerSet::QUOTES) {
            speakers::flag(text, &mut quotes, &attributions, &entities);
            if quotes.iter().any(|quote| quote.flags.unclosed) {
                warnings.push("unbalanced_quotes".into());
            }
        } else {
            quotes.clear();
        }
        figures::tie(text, &tokens, &mut figures, &sentences, &entities, lexicon);
        done("ties");
        Document { article, language, tokens, sentences, quotes, figures, mentions, entities, attributions, warnings }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrapped_text_says_what_it_says_on_one_line() {
        let text = "The harbour board said on Tuesday that the repairs would cost US$1.5 billion, and the quay would stay closed until the \
            spring, which the “fishermen of the northern shore” called a surprise. “We could not wait,” said Ilse Orm, the director of \
            the well-known board, at the site. She had told members in May that costs of 40 million euros had been expected by all.";
        let mut wrapped = String::new();
        let mut line = 0;
        for word in text.split(' ') {
            let length = word.chars().count();
            if line > 0 && line + 1 + length > 60 {
                wrapped.push('\n');
                line = 0;
            } else if line > 0 {
                wrapped.push(' ');
                line += 1;
            }
            wrapped.push_str(word);
            line += length;
        }
        let said = |text: &str| {
            let article = Article::from_text(text);
            let document = Annotator::new(&Options::default()).annotate(&article);
            let figures: Vec<String> = document.figures.iter().map(|f| format!("{:?} {:?}", f.value, f.unit)).collect();
            let people: Vec<String> = document.entities.people.iter().map(|p| format!("{} {:?}", p.name, p.role)).collect();
            let quotes: Vec<String> = document.quotes.iter().map(|q| q.span().of(text).replace('\n', " ")).collect();
            (document.sentences.len(), figures, people, quotes)
        };
        assert!(wrapped.lines().count() > 5);
        assert_eq!(said(&wrapped), said(text));
    }

    #[test]
    fn every_stage_is_reported_once_and_in_order() {
        let mut stages = Vec::new();
        let article = Article::from_text("“It works,” said Ilse Orm.");
        let _ = Annotator::new(&Options::default()).annotate_observed(&article, |stage| stages.push(stage));
        assert_eq!(stages, STAGES);
    }
}
