//! The folded words of names, made once for each form: most names stand in an article again and again.

use super::bounds::{FormHash, form};
use super::view::View;
use crate::annotate::lexicon::extend_phrase;
use crate::document::Gap;
use rustc_hash::FxHashMap;
use std::{ops::Range, rc::Rc};

/// A name by its folded words, shared by all places where it stands.
pub(super) type NameWords = Rc<[String]>;

/// The names folded so far.
#[derive(Default)]
pub(super) struct FoldedNames(FxHashMap<FormHash, NameWords>);

impl FoldedNames {
    /// The words that `fold` makes of the name at `tokens`.
    pub(super) fn of(&mut self, view: &View, tokens: Range<usize>, fold: fn(&View, Range<usize>) -> Vec<String>) -> NameWords {
        // "Jean-Claude" is one word, "Jean - Claude" two.
        let touching = tokens.clone().skip(1).fold(0, |bits, token| bits << 1 | u64::from(view.tokens[token].gap == Gap::None));
        let form = extend_phrase(form(view, tokens.clone()), touching);
        self.0.entry(form).or_insert_with(|| fold(view, tokens).into()).clone()
    }
}
