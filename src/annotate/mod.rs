//! Step 2: an [`Article`] becomes a [`Document`]. One file per layer, in the order they run; the signature of each says what it
//! needs and what it gives. Every layer is total: any text in, a layer out, never an error.

pub mod entities;
pub mod figures;
pub mod lexicon;
pub mod names;
pub mod quotes;
pub mod sentences;
pub mod speakers;
pub mod tokens;

use crate::{article::Article, document::Document};
use lexicon::Lexicon;

/// What an [`Annotator`] needs to be made. Fields will be added: build it with `..Default::default()`.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {}

/// Finds the layers of articles. Made once (word lists and model are loaded here), shared by reference between threads.
pub struct Annotator {
    lexicon: Lexicon,
    model: names::Model,
}

impl Annotator {
    #[must_use]
    pub fn new(_options: &Options) -> Self {
        Self { lexicon: Lexicon::english(), model: names::Model::embedded() }
    }

    /// The article with all its layers.
    #[must_use]
    pub fn annotate<'a>(&self, article: &'a Article) -> Document<'a> {
        let text = article.text.as_str();
        let lexicon = &self.lexicon;
        let tokens = tokens::tokenize(text);
        let sentences = sentences::split(text, &tokens, lexicon);
        let quotes = quotes::find(text, &tokens, &sentences, lexicon);
        let mut figures = figures::find(text, &tokens, &sentences, lexicon, article.meta.date.as_deref());
        let mentions = names::find(text, &tokens, &sentences, &self.model, lexicon);
        let entities = entities::resolve(text, &tokens, &sentences, &quotes, &mentions, lexicon);
        let attributions = speakers::attribute(text, &tokens, &sentences, &quotes, &mentions, &entities, lexicon);
        figures::tie(text, &mut figures, &sentences, &entities);
        Document {
            article,
            language: None,
            tokens,
            sentences,
            quotes,
            figures,
            mentions,
            entities,
            attributions,
            warnings: article.warnings.clone(),
        }
    }
}
