//! Titles before a name: "Sen.", "Prime Minister", "Dr". They are no part of it; some are a role, others a form of address.

use super::lexicon::{Title, word};
use super::view::{PhraseHash, View};
use crate::document::Gender;
use std::ops::Range;

/// What stands before a name: the gender of its honorifics, and where the titles begin.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Titles {
    pub(super) honorific: Option<Gender>,
    pub(super) start: usize,
}

/// Titles that end right before token `name`.
#[inline]
pub(super) fn titles_before(view: &View, name: usize) -> Titles {
    if ends_title(view, name) { titles_ending_at(view, name) } else { Titles { honorific: None, start: name } }
}

fn titles_ending_at(view: &View, name: usize) -> Titles {
    let mut found = Titles { honorific: None, start: name };
    for _ in 0..3 {
        if !ends_title(view, found.start) {
            break;
        }
        let Some((start, title)) = title_ending_at(view, may_open_title(view, found.start, 5), found.start) else { break };
        found.start = start;
        // "Congressman" is a role that tells a gender, not a form of address.
        found.honorific = found.honorific.or(title.gender);
    }
    found
}

/// Whether the last word before `end` can end a title: true of few words, and asked at every name.
#[inline]
pub(super) fn ends_title(view: &View, end: usize) -> bool {
    let stop = usize::from(end > 1 && view.is_stop(end - 1));
    end > stop && view.is(end - 1 - stop, word::TITLE) && view.on_line(end)
}

/// Hash of the words of the tokens, hyphens kept, stops left out.
pub(super) fn phrase_of(view: &View, tokens: Range<usize>) -> PhraseHash {
    let mut phrase = PhraseHash::default();
    for index in tokens.filter(|&t| !view.is_stop(t)) {
        phrase.push(view.plain_hash(index), view.tokens[index].gap);
    }
    phrase
}

/// Where a form of address begins that ends right before token `end`.
pub(super) fn honorific_before(view: &View, end: usize) -> Option<usize> {
    let (start, title) = title_ending_at(view, may_open_title(view, end, 4), end)?;
    let address = title.honorific || view.word(start).eq_ignore_ascii_case("dr");
    (address && !heads_something(view, start)).then_some(start)
}

/// The longest title that ends before token `end`, and where it begins.
pub(super) fn title_ending_at(view: &View, earliest: usize, end: usize) -> Option<(usize, Title)> {
    let opens = |&start: &usize| view.is(start, word::TITLE) && view.capitalised(start);
    let title = |start: usize| view.lexicon.title(phrase_of(view, start..end)).map(|title| (start, title));
    (earliest..end).filter(opens).find_map(title)
}

/// "police Chief", "Acme Chief": a form of address that is an office where it says of what.
fn heads_something(view: &View, title: usize) -> bool {
    if title == 0 || !view.is(title, word::ROLE) || !view.on_line(title) {
        return false;
    }
    let before = title - 1;
    let modifies = view.is(before, word::MODIFIER | word::ORGANISATION) && !view.is(before, word::ROLE);
    view.is_taken(before) || modifies || view.word(before) == ")"
}

/// How far back from `end` a title can begin: on one line, over nothing but marks and words that titles have.
fn may_open_title(view: &View, end: usize, most: usize) -> usize {
    let mut start = end;
    while start > 0 && end - start < most && view.on_line(start) && (view.is(start - 1, word::TITLE) || !view.is_word(start - 1)) {
        start -= 1;
    }
    start
}
