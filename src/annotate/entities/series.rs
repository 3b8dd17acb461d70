//! A title in the plural before a list of names is the title of them all: "Sens. Ann Roe (R-Ohio), Bob Lowe and Cy Hart".

use super::lexicon::word;
use super::roles::FoundRole;
use super::view::View;
use std::ops::Range;

/// Tokens from one name of a list to the next, "(D-Mass.) and" among them.
const BETWEEN: usize = 10;

/// The title of the list that is being read, and where its last name ends.
#[derive(Default)]
pub(super) struct Series {
    title: Option<FoundRole>,
    end: usize,
}

impl Series {
    /// The role before the name at `tokens`: its own, or that of the list it is in.
    pub(super) fn role(&mut self, view: &View, tokens: &Range<usize>, own: Option<FoundRole>) -> Option<FoundRole> {
        let between = self.end..tokens.start;
        self.end = tokens.end;
        if own.is_none() && self.title.is_some() && goes_on(view, between) {
            return self.title.clone();
        }
        self.title = own.clone().filter(|own| is_plural_title(view, own));
        own
    }
}

fn is_plural_title(view: &View, role: &FoundRole) -> bool {
    let last = role.tokens.clone().rev().find(|&t| view.is_word(t) && view.capitalised(t) && role.bare);
    let singular = last.and_then(|last| view.word(last).strip_suffix('s'));
    singular.is_some_and(|singular| view.lexicon.word(&singular.to_lowercase()) & word::TITLE != 0)
}

/// Whether a list goes on: nothing but marks, "and", what stands in brackets, and whom one stands for: ", D-Ohio,", "of Ohio".
fn goes_on(view: &View, mut between: Range<usize>) -> bool {
    let Some(last) = between.clone().next_back().filter(|_| between.len() <= BETWEEN) else { return false };
    let leads_on = view.is_comma(last) || matches!(view.word(last), "and" | "&");
    let mut in_brackets = false;
    leads_on
        && view.sentence_of(between.start - 1) == view.sentence_of(between.end)
        && between.all(|t| {
            match view.word(t) {
                "(" => in_brackets = true,
                ")" => in_brackets = false,
                "and" | "&" | "of" => return true,
                _ => return in_brackets || view.capitalised(t) || !view.is_word(t),
            }
            true
        })
}
