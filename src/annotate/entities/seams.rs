//! Links of pages that were glued into the text: "Sen. Ann Roe Ann Barbara RoeStorm hits the coast MORE said", where the page linked the
//! senator's name to her full name and to the latest headline. What stands between the name and the headline is part of neither.

use super::view::View;
use crate::document::{Case, Mention, NameType};
use std::ops::Range;

/// Most words from the name to where its repetition is glued to the next heading: "Ann Barbara (Annie) Roe".
const REACH: usize = 8;
/// No glued word is longer, and each of its seams is looked at.
const LONGEST: usize = 48;
/// No surname that is looked for is shorter: "Mc", "De".
const SHORTEST: usize = 3;

/// The stretches that are part of no name, in text order.
pub(super) fn seams(view: &View, mentions: &[Mention]) -> Vec<Range<usize>> {
    let mixed = view.tokens.iter().enumerate().filter(|(_, token)| token.case == Case::Mixed);
    mixed.filter_map(|(at, _)| glued_from(view, mentions, at).map(|start| start..end_of_word(view, at))).collect()
}

/// Where the word ends whose first part is at `at`: "RoeDoe-Lowe".
fn end_of_word(view: &View, at: usize) -> usize {
    let mut end = at + 1;
    while view.touches_previous(end) && view.word(end) == "-" && view.touches_previous(end + 1) && view.is_word(end + 1) {
        end += 2;
    }
    end
}

/// The token after the surname that the glued word at `glued` begins with, where a person's name has it.
fn glued_from(view: &View, mentions: &[Mention], glued: usize) -> Option<usize> {
    let word = view.word(glued);
    if !word.is_ascii() || word.len() > LONGEST {
        return None;
    }
    let letters = word.as_bytes();
    let is_seam = |at: usize| letters[at - 1].is_ascii_lowercase() && letters[at].is_ascii_uppercase();
    let between = |t: usize| view.on_line(t + 1) && (view.capitalised(t) || matches!(view.word(t), "(" | ")" | "."));
    let mut before = (glued.saturating_sub(REACH)..glued).rev().take_while(|&t| between(t));
    let is_surname = |t: usize| {
        let surname = view.word(t);
        surname.len() >= SHORTEST && surname.len() < word.len() && word.starts_with(surname) && is_seam(surname.len())
    };
    // At once after the surname there is no full name: "Ann Mac MacRoe".
    let surname = before.find(|&t| t + 1 < glued && is_surname(t))?;
    let last = mentions.partition_point(|mention| mention.tokens.start as usize <= surname);
    let mention = mentions[..last].last()?;
    (mention.name_type == NameType::Person && mention.tokens.range().contains(&surname)).then_some(surname + 1)
}

/// What of `tokens` is in no seam: all of it, what stands before the seam, or what stands after it.
pub(super) fn outside(seams: &[Range<usize>], tokens: Range<usize>) -> Range<usize> {
    let next = seams.partition_point(|seam| seam.end <= tokens.start);
    match seams.get(next) {
        Some(seam) if seam.start <= tokens.start => seam.end.min(tokens.end)..tokens.end,
        Some(seam) if seam.start < tokens.end => tokens.start..seam.start,
        _ => tokens,
    }
}
