//! Quotation marks that quote nobody: titles of works, headings, what is left of a page's markup.

use super::{
    edges::{Ending, Lead, Trail},
    features::{Surroundings, sentence_bounds},
    scene::{QuotePlace, Scene},
    words::{Class, WordLexicon},
};
use crate::document::{Case, Gap, TokenKind};

/// Whether the quoted words are a title or name by their capitals ("Waltz of the Harbour"), inside a sentence that is not itself a
/// headline, with no cue of speech right before or after. The learnt evidence alone is too kind to these: in headlines, which are
/// all capitals, the same shape is speech.
#[must_use]
pub fn is_title(scene: &Scene, place: &QuotePlace, around: &Surroundings, words: &WordLexicon) -> bool {
    if is_heading(scene, place) || is_linked_headline(scene, place) {
        return true;
    }
    // What is left of a page's markup: `data-text="…"`.
    if place.start > 0 && scene.word(place.start - 1) == "=" && scene.tokens[place.start].gap == Gap::None {
        return true;
    }
    // "Her commentary, “Let them sing,” is thoughtful."
    let apposed = place.start > place.paragraph_start + 1 && scene.classes[place.start - 1] == Class::Comma;
    if apposed && words.is_work(scene.tokens[place.start - 2].lower) && scene.class(place.end, 0, place.paragraph_end) == Class::Be {
        return true;
    }
    // "“Waltz of the Harbour” opens the evening": the title is the sentence's subject, of verbs that words can do as well.
    let acts = matches!(scene.class(place.end, 0, place.paragraph_end), Class::Act | Class::Think | Class::Call);
    let subject = around.ending == Ending::Word && (around.trail == Trail::Word || around.trail == Trail::FiniteCue && acts);
    // "the songs “Waltz of the Harbour,” “Harbour of Light” and others": one of several.
    let listed = around.lead == Lead::Quotation && place.start > 1 && scene.word(place.start - 2) == ",";
    let introduced = matches!(around.lead, Lead::CueAndComma | Lead::Colon)
        || matches!(around.lead, Lead::Opening | Lead::Quotation | Lead::Stop) && !subject && !listed
        || matches!(around.trail, Trail::FiniteCue | Trail::Pronoun) && !subject;
    let after_speech = place.start > 0 && matches!(scene.classes[place.start - 1], Class::Say | Class::Tell | Class::Write);
    // "the anthem “A Change Is Coming,” she said the words"
    let of_work = place.start > place.paragraph_start && words.is_work(scene.tokens[place.start - 1].lower);
    if (introduced || after_speech) && !of_work || place.words > 20 {
        return false;
    }
    let Some(capitals) = title_capitals(scene, place) else { return false };
    let (start, end) = sentence_bounds(scene, place, around);
    let lower =
        (start..end).filter(|&at| !scene.quoted[at] && scene.tokens[at].case == Case::Lower && scene.tokens[at].span.len() > 3).count();
    // "Kopp said on Channel 4’s “State of the Nation.”"
    let owned = around.lead == Lead::Determiner;
    capitals > 1 && lower > usize::from(!owned && !of_work)
}

/// A line of its own that heads what follows: ‘Legend in the Coal Fields.’, with every word capitalised, or 'We cannot wait', which ends
/// as no sentence does.
fn is_heading(scene: &Scene, place: &QuotePlace) -> bool {
    const LONGEST: usize = 10;
    let whole = place.start == place.paragraph_start && place.whole_end == place.paragraph_end && place.end == place.whole_end;
    if !whole || place.words > LONGEST {
        return false;
    }
    title_capitals(scene, place).is_some_and(|capitals| capitals > 2)
        || Ending::of(scene, place) == Ending::Word && heads_text(scene, place)
}

/// Whether running text follows below the quotation's line, and some stands above that does not lead up to it ("She wrote:"). On top of an
/// article the words are speech, as in other headlines.
fn heads_text(scene: &Scene, place: &QuotePlace) -> bool {
    // A shorter line that is no sentence may name the speaker.
    const TEXT: usize = 15;
    let Some(above) = place.start.checked_sub(1) else { return false };
    let below = &scene.tokens[place.paragraph_end..scene.tokens.len().min(place.paragraph_end + TEXT)];
    let Some(first) = below.first() else { return false };
    let line = 1 + below[1..].iter().take_while(|token| token.gap < Gap::Line).count();
    let last = place.paragraph_end + line - 1;
    let ends = matches!(scene.word(last), "." | "?" | "!") || scene.tokens[last].kind == TokenKind::Quote;
    let is_text = line == TEXT || ends && below[..line].iter().any(|token| token.case == Case::Lower);
    !matches!(scene.classes[above], Class::Colon | Class::Comma) && first.case != Case::Lower && is_text
}

/// Whether the quotation, in single marks, stands in the headline of a link that a page printed behind a name, and that ends with "MORE":
/// "Ann Lee Reporters ask about the ferry: 'It is late' MORE (R-Ohio) said".
fn is_linked_headline(scene: &Scene, place: &QuotePlace) -> bool {
    const LONGEST: usize = 60;
    if !matches!(scene.word(place.start), "'" | "‘") {
        return false;
    }
    let line = place.end..place.paragraph_end.min(place.end + LONGEST);
    // The name's own sentence goes on.
    let goes_on = |at: usize| {
        let next = scene.tokens.get(at).filter(|next| next.gap < Gap::Line);
        next.is_some_and(|next| next.case == Case::Lower || matches!(scene.word(at), "(" | "," | "’s" | "'s"))
    };
    line.into_iter()
        .take_while(|&at| scene.classes[at] != Class::Stop)
        .any(|at| scene.tokens[at].case == Case::Upper && scene.word(at) == "MORE" && goes_on(at + 1))
}

/// How many words of the quotation are capitalised; `None` where a word that titles capitalise is not.
fn title_capitals(scene: &Scene, place: &QuotePlace) -> Option<usize> {
    let mut capitals = 0;
    for at in place.start + 1..place.end {
        let token = &scene.tokens[at];
        let small = token.span.len() <= 4 && (scene.classes[at].is_function_word() || token.span.of(scene.text).len() <= 2);
        match token.case {
            Case::Lower if !small && token.kind != TokenKind::Clitic => return None,
            Case::Initial | Case::Upper | Case::Mixed => capitals += 1,
            _ => {}
        }
    }
    Some(capitals)
}

/// Whether the quotation stands inside a name: Terrence “Tuck” Mulroney.
pub(super) fn is_nickname(scene: &Scene, place: &QuotePlace) -> bool {
    const LONGEST: usize = 3;
    let part_of_name = |index: usize| {
        scene.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Word && matches!(token.case, Case::Initial | Case::Mixed))
    };
    place.words <= LONGEST
        && place.start.checked_sub(1).is_some_and(part_of_name)
        && part_of_name(place.end)
        && scene.tokens[place.start].gap == Gap::Space
        && scene.tokens[place.end].gap == Gap::Space
        && scene.tokens[place.end - 2].kind == TokenKind::Word
}

/// Whether the words are a term that is defined or a sign: (the “Company”), ("EV"), under the symbol “ACME”, text “STOP” to 12345.
pub(super) fn is_defined_term(scene: &Scene, place: &QuotePlace) -> bool {
    const LONGEST: usize = 4;
    if place.words > LONGEST || Ending::of(scene, place).ends_sentence() && place.words > 1 {
        return false;
    }
    let before = place.start.checked_sub(1).filter(|&at| at >= place.paragraph_start);
    if before.is_some_and(|at| matches!(scene.word(at), "symbol" | "symbols" | "ticker")) {
        return true;
    }
    let number = scene.tokens.get(place.end + 1).is_some_and(|token| token.kind == TokenKind::Number);
    if number && place.words <= 2 && scene.class(place.end, 0, place.paragraph_end) == Class::To {
        return true;
    }
    // Nothing but the term in its brackets, or several: (collectively, the “Ferries” or “Boats”).
    const REACH: usize = 12;
    let passes = |at: &usize| {
        scene.quoted[*at]
            || matches!(scene.classes[*at], Class::Determiner | Class::Adverb | Class::Comma | Class::And | Class::Indefinite)
            || matches!(scene.word(*at), "hereinafter" | "hereafter" | "together")
    };
    let opens = (place.start.saturating_sub(REACH).max(place.paragraph_start)..place.start).rev().find(|at| !passes(at));
    let closes = (place.end..place.paragraph_end.min(place.end + REACH)).find(|at| !passes(at));
    opens.is_some_and(|at| scene.word(at) == "(") && closes.is_some_and(|at| scene.word(at) == ")")
}

/// Whether "so-called" stands before the quotation.
pub(super) fn follows_so_called(scene: &Scene, place: &QuotePlace) -> bool {
    place.start >= place.paragraph_start + 3
        && scene.classes[place.start - 1] == Class::Known
        && scene.word(place.start - 1) == "called"
        && scene.word(place.start - 3).eq_ignore_ascii_case("so")
}
