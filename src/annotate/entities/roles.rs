//! Roles: what the words around a person's name say the person is, and of which organisation.
//!
//! Three places, all of them noun phrases that end or begin at the name: before it ("Acme chief executive Jane Roe", "Sen. Roe"), before it
//! with a comma ("the chief executive of Acme, Jane Roe,") and after it ("Jane Roe, 54, chief executive of Acme,").

use super::lexicon::{Role, word};
use super::titles::{ends_title, honorific_before, phrase_of, title_ending_at};
use super::view::{REACH, View, looks_like_verb};
use crate::document::{Case, Gender, TokenKind};
use std::ops::Range;

/// A role as the text has it.
#[derive(Clone, Debug)]
pub(super) struct FoundRole {
    /// As printed.
    pub(super) tokens: Range<usize>,
    /// The noun it ends in (its number in the lexicon); `None` for a title that is no listed role.
    pub(super) number: Option<u16>,
    pub(super) gender: Option<Gender>,
    /// Where the organisation stands that the role is tied to: any name that begins in here.
    pub(super) organisation: Range<usize>,
    /// Only a title before the name: weaker than an apposition that says of what.
    pub(super) bare: bool,
    /// False for kin and the like.
    pub(super) is_role: bool,
    /// "its", "their", "the council’s" before the role: who that is tells the organisation.
    pub(super) possessor: Option<usize>,
}

/// The role before a name that starts at token `name` (its titles included), if any.
pub(super) fn role_before(view: &View, name: usize) -> Option<FoundRole> {
    let mut end = name;
    // "the chief executive of Acme, Jane Roe," is found from the comma; "the mayor, Jane Roe," too.
    let comma = end > 0 && view.is_comma(end - 1);
    if comma {
        end -= 1;
        return role_before_comma(view, end);
    }
    // Honorifics between role and name: "chief executive Dr Jane Roe". More than these would be read over and over.
    const HONORIFICS: usize = 4;
    for _ in 0..HONORIFICS {
        if !ends_title(view, end) {
            break;
        }
        let Some(start) = honorific_before(view, end) else { break };
        end = start;
    }
    run_ending_at(view, end)
}

/// The role phrase whose last token is before `end`: the role noun and what modifies it.
fn run_ending_at(view: &View, end: usize) -> Option<FoundRole> {
    let stop = usize::from(end > 0 && view.is_stop(end - 1) && view.touches_previous(end - 1));
    let last = end.checked_sub(1 + stop)?;
    // "Secretary of State", "chief of staff": the noun before "of" is the head.
    let of = last > 1 && view.is(last, word::OF_PHRASE) && view.word(last - 1) == "of" && view.is(last - 2, word::ROLE);
    let noun = if of { last - 2 } else { head_before_of(view, last).unwrap_or(last) };
    if !view.on_line(end)
        || !view.is(noun, word::ROLE | word::TITLE)
        || view.is(noun, word::PREPOSITION)
        || !view.is_word(noun)
        || view.is_taken(noun)
        || view.is_quoted(noun) && !view.is_quoted(end)
    {
        return None;
    }
    // "Sen." yes, a sentence's last word no.
    if stop > 0 && !(view.is(noun, word::TITLE) && view.capitalised(noun) && view.sentence_of(noun) == view.sentence_of(end)) {
        return None;
    }
    if view.lexicon.title(phrase_of(view, noun..noun + 1)).is_some_and(|title| title.honorific) && !view.is(noun, word::ROLE) {
        return None;
    }
    // A lower-case title is none: "elder", "private" are plain words there.
    if !view.is(noun, word::ROLE) && !view.capitalised(noun) {
        return None;
    }
    let capital = view.capitalised(noun);
    let mut start = noun;
    while start > 0 && noun - start < 8 {
        let before = start - 1;
        if !view.on_line(start) || view.opens_sentence(start) || view.is_taken(before) {
            break;
        }
        let text = view.word(before);
        let hyphen = matches!(text, "-" | "‑") && view.touches_previous(before) && view.touches_previous(start);
        let point = text == "." && view.touches_previous(before) && view.is(before.saturating_sub(1), word::TITLE);
        let modifies = view.is_word(before)
            && !view.is(before, word::PREPOSITION | word::THE | word::A | word::AUXILIARY | word::SAY)
            // "When President Roe", but "then-President Roe"
            && !(view.is(before, word::CONJUNCTION | word::SUBORDINATOR) && view.capitalised(before) && !view.touches_previous(start))
            && (view.is(before, word::MODIFIER | word::ROLE)
                // "council leader", "police chief"
                || view.is(before, word::ORGANISATION) && view.lower(before) && start == noun && !capital
                || capital
                    && view.capitalised(before)
                    && (!view.opens_sentence(before)
                        || opens_title(view, before, noun)
                        // "Council President Roe"
                        || view.is(before, word::ORGANISATION) && start == noun)
                || view.touches_previous(start));
        // "Duty forecaster", "the forestry expert": one word that is in no list, where a noun phrase opens.
        let plain = view.is_word(before)
            && before + 1 == start
            && start == noun
            && !looks_like_verb(view, before)
            && !view.is(
                before,
                word::CONJUNCTION
                    | word::SUBORDINATOR
                    | word::PERSONAL
                    | word::IT
                    | word::PREPOSITION
                    | word::THE
                    | word::A
                    | word::THEY
                    | word::WHO,
            )
            && (view.opens_sentence(before) && !capital
                // "the space President Roe gave them"
                || view.lower(before) && !capital && before > 0 && opens_phrase(view, before));
        let and = capital
            && text == "and"
            // "immigrants, Muslims and President Roe" is a list.
            && !matches!(view.word(before.saturating_sub(2)), "of" | "for" | ",")
            && !view.is_taken(before.saturating_sub(1))
            && view.capitalised(before.saturating_sub(1))
            && before > 0
            && view.capitalised(start);
        if !(hyphen || point || modifies || and || plain) {
            break;
        }
        start = before;
    }
    while start < noun && !view.is_word(start) {
        start += 1;
    }
    let organisation = organisation_before(view, start);
    let role = found(view, start..last + 1 + usize::from(stop > 0), noun + 1, organisation, true);
    is_role(view, &role, start, noun).then_some(role)
}

/// Whether what was found is listed, or names a role in another way.
fn is_role(view: &View, found: &FoundRole, start: usize, noun: usize) -> bool {
    found.number.is_some() || names_a_role(view, start, noun)
}

/// Whether the word at `noun` is a role by itself or with those before it: "back" is one in "centre-back" only, "Senate" and "Police" in
/// longer titles.
fn names_a_role(view: &View, start: usize, noun: usize) -> bool {
    view.lexicon.title(phrase_of(view, noun..noun + 1)).is_some()
        || title_ending_at(view, start, noun + 1).is_some()
        || view.lexicon.names_a_trade(view.word(noun).to_lowercase().as_bytes())
        // "Archbishop Emeritus", "President Elect"
        || noun > start && view.is(noun, word::TITLE) && view.is(noun - 1, word::ROLE)
}

/// Whether a noun phrase begins with the word in lower case: "a space pilot", "with equality minister Ann Roe", but not "by calling
/// president Roe", "to quote president Roe".
fn opens_phrase(view: &View, first: usize) -> bool {
    let small = word::PREPOSITION | word::SAY | word::CONJUNCTION | word::SUBORDINATOR | word::COMMA;
    let is_verb = || view.word(first).ends_with("ing") || view.word(first - 1) == "to";
    view.is(first - 1, word::DETERMINER) || view.is_possessive(first - 1) || view.is(first - 1, small) && !is_verb()
}

/// The head of a title that ends in capitals after "of" or "for": "Minister for Foreign Affairs", "Speaker of the House".
fn head_before_of(view: &View, last: usize) -> Option<usize> {
    const LONGEST: usize = 5;
    if !view.capitalised(last) {
        return None;
    }
    let first =
        (last.saturating_sub(LONGEST)..last).rev().find(|&t| !(view.capitalised(t) || view.word(t) == "and") || !view.on_line(t))?;
    let of = first - usize::from(view.is(first, word::THE) && first > 0);
    let capitals = view.capitalised(first + 1) && (of..=last).all(|t| view.is_word(t) && view.on_line(t));
    let head = of.checked_sub(1).filter(|_| matches!(view.word(of), "of" | "for"))?;
    (capitals && view.is(head, word::ROLE) && view.capitalised(head)).then_some(head)
}

/// Whether the capital that opens a sentence is a title's with the noun after it: "Prime Minister Ann Lee".
fn opens_title(view: &View, before: usize, noun: usize) -> bool {
    let phrase = phrase_of(view, before..noun + 1);
    view.lexicon.role(phrase).is_some() || view.lexicon.title(phrase).is_some()
}

/// The role of `tokens`, whose head noun ends before `head_end`; a possessor in front ("its", "Acme’s") is no part of it.
fn found(view: &View, tokens: Range<usize>, head_end: usize, organisation: Range<usize>, bare: bool) -> FoundRole {
    let mut start = tokens.start;
    let owns = |t: usize| matches!(view.word(t), "its" | "Its" | "their" | "Their");
    let mut possessor = None;
    if owns(start) {
        possessor = Some(start);
    } else if start > 0 && owns(start - 1) {
        possessor = Some(start - 1);
    }
    if start + 1 < head_end && (owns(start) || matches!(view.word(start), "his" | "her" | "His" | "Her" | "our" | "my" | "My" | "Our")) {
        start += 1;
    }
    if let Some(possessive) = (start.saturating_sub(1)..head_end.saturating_sub(1)).rev().find(|&t| view.is_possessive(t)) {
        start = start.max(possessive + 1);
        // "the council’s cabinet member": by the noun phrase.
        let owner = possessive.saturating_sub(1);
        if view.is(owner, word::ORGANISATION) {
            possessor = (owner.saturating_sub(4)..owner).rev().find(|&t| view.is(t, word::THE)).or(possessor);
        }
    }
    let meaning = meaning(view, start..head_end);
    let (number, gender) = (meaning.map(|role| role.number), meaning.and_then(|role| role.gender));
    FoundRole { tokens: start..tokens.end, number, gender, organisation, bare, is_role: meaning.is_none_or(|role| role.is_role), possessor }
}

/// "Acme chief executive", "Acme’s chief executive": where Acme would end.
fn organisation_before(view: &View, start: usize) -> Range<usize> {
    let mut end = start;
    if !view.on_line(start) {
        return end..end;
    }
    if end > 0 && view.is_possessive(end - 1) {
        end -= 1;
    }
    if end > 0 && view.word(end - 1) == ")" {
        // "the Food and Drug Administration (FDA) chief"
        return end.saturating_sub(8)..end;
    }
    end.saturating_sub(1)..end
}

/// Longest name looked past for the mark behind it, in tokens.
const LONGEST_NAME: usize = 8;

/// "the chief executive of Acme, Jane Roe": the phrase that ends before the comma at `comma`.
fn role_before_comma(view: &View, comma: usize) -> Option<FoundRole> {
    let sentence = view.sentence_tokens(view.sentence_of(comma));
    let earliest = sentence.start.max(comma.saturating_sub(12));
    // Back to the determiner or possessive that opens the phrase.
    let mut noun = None;
    let mut bare = None;
    let mut at = comma;
    // With no mark behind the name it is none: "After talks with the president, Ann Lee left".
    let after = (comma + 1..comma + LONGEST_NAME).find(|&t| !view.is_taken(t)).unwrap_or(comma + 1);
    let apposed = after >= sentence.end || !view.is_word(after) || view.is(after, word::WHO | word::SAY | word::PREPOSITION);
    while at > earliest {
        at -= 1;
        if view.is_comma(at) || view.is_quoted(at) || view.tokens[at].kind == TokenKind::Quote || view.is(at, word::SAY) {
            return None;
        }
        if view.is(at, word::ROLE) && !view.is_taken(at) && !view.is(at, word::PREPOSITION) {
            noun = Some(at);
        }
        let opens =
            view.is(at, word::THE | word::A) || view.is_possessive(at) || matches!(view.word(at), "its" | "Its" | "their" | "his" | "her");
        if opens && noun.is_some() {
            break;
        }
        // "Acme deputy director, Jane Roe, said" opens the sentence without a determiner.
        if at == earliest {
            bare = noun.filter(|_| at == sentence.start).map(|noun| (at..noun).rev().find(|&t| view.is_taken(t)).map_or(at, |t| t + 1));
            bare?;
        }
    }
    // "Currently serving as the head of sales, Ann Lee has opened a shop"
    let serves = at > 1 && (view.word(at - 1) == "As" || view.word(at - 1) == "as" && view.word(at - 2).ends_with("ing"));
    if !(apposed || serves) && bare.is_none() && at > sentence.start + 1 {
        return None;
    }
    // The first role noun of the phrase is its head, with what stands before it.
    let noun = noun?;
    let mut head = noun;
    while head + 1 < comma && view.is(head + 1, word::ROLE) && view.on_line(head + 1) && !view.is_taken(head + 1) {
        head += 1;
    }
    if head + 1 < comma && !view.is(head + 1, word::PREPOSITION) {
        return None;
    }
    // "the Acme chief executive": behind the name.
    let named = (at + 1..noun).rev().find(|&t| view.is_taken(t)).map_or(at + 1, |t| t + 1);
    let mut start = bare.unwrap_or(named);
    while start < noun && (!view.is_word(start) || view.word(start) == "As") {
        start += 1;
    }
    if bare.is_some() && noun - start > 4 {
        return None;
    }
    // Only a phrase about a role: nothing but modifiers before the noun.
    if (start..noun).any(|t| view.is_taken(t) || view.is(t, word::PREPOSITION | word::AUXILIARY | word::CONJUNCTION)) {
        return None;
    }
    let organisation = if head + 1 < comma { head + 1..comma } else { organisation_before(view, start) };
    let role = found(view, start..comma, head + 1, organisation, false);
    is_role(view, &role, start, head).then_some(role)
}

/// The role that a noun phrase says, determiner left out: "the junior minister" of somebody the article does not otherwise describe.
pub(super) fn role_of_phrase(view: &View, phrase: Range<usize>) -> Option<FoundRole> {
    let role = found(view, phrase.start + 1..phrase.end, phrase.end, phrase.end..phrase.end, false);
    (role.is_role && role.number.is_some() && !role.tokens.is_empty()).then_some(role)
}

/// Whether a role goes over into how to reach somebody: "manager ann@acme.com". ("CEO at Acme.com" does not.)
fn is_contact(view: &View, token: usize) -> bool {
    let is_address = view.tokens[token].kind == TokenKind::Address;
    is_address && (view.word(token).contains(['@', '/']) || view.word(token).starts_with("www."))
}

/// Degrees after one name.
const DEGREES: usize = 4;

/// The comma after the letters of a degree that stand behind the comma at `comma`: ", MD,", ", Ph.D.,".
fn after_degree(view: &View, comma: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    let letters = comma + 1;
    let next = letters + 1 + usize::from(view.is_stop(letters + 1));
    // A doctor of medicine, a managing director or Maryland: what follows tells.
    let is_free = || !view.is(letters, word::ROLE | word::TITLE) && !view.is_taken(letters) || view.word(letters) == "MD";
    let is_degree = view.is_comma(comma)
        && view.is_comma(next)
        && view.tokens[letters].span.len() <= LONGEST
        && matches!(view.tokens[letters].case, Case::Upper | Case::Mixed)
        && is_free();
    is_degree.then_some(next)
}

/// The role in an apposition after a name that ends before token `after`: ", 54, chief executive of Acme,".
pub(super) fn role_after(view: &View, mut after: usize) -> Option<FoundRole> {
    if view.is(after, word::WORD | word::STOP) {
        return None;
    }
    // "Wang Ruolan (王若兰), a soprano"
    let is_bracket = |&close: &usize| view.word(close) == ")" && view.is_comma(close + 1);
    if view.word(after) == "("
        && let Some(close) = (after + 2..after + 5).find(is_bracket)
    {
        after = close + 1;
    }
    // "Jane Roe, MD, PhD, professor of"
    let mut past = after;
    for _ in 0..DEGREES {
        let Some(next) = after_degree(view, past) else { break };
        past = next;
    }
    apposition(view, past).or_else(|| if past > after { apposition(view, after) } else { None })
}

/// The role in the apposition that the mark at `after` opens.
fn apposition(view: &View, after: usize) -> Option<FoundRole> {
    let sentence = view.sentence_tokens(view.sentence_of(after.saturating_sub(1)));
    let limit = sentence.end.min(after + REACH);
    let opens = |t: usize| t < limit && matches!(view.word(t), "," | "—" | "–" | "(" | "-" | "--");
    // "a Roe-backed mayor"
    let compound = || view.word(after) == "-" && view.touches_previous(after) && view.touches_previous(after + 1);
    if !opens(after) || compound() || view.is_quoted(after) {
        return None;
    }
    let mut at = after + 1;
    // An age, a party and state: ", 54,", ", D-Ohio,".
    if at < limit && view.tokens[at].kind == TokenKind::Number && opens(at + 1) {
        at += 2;
    }
    if view.is(at, word::THE | word::A) && !matches!(view.word(at), "that" | "no") {
        at += 1;
    }
    let clause = word::WHO | word::PREPOSITION | word::SAY | word::AUXILIARY | word::CONJUNCTION | word::SUBORDINATOR;
    if at >= limit || view.word(at) == "as" || view.is(at, clause) {
        return None;
    }
    let phrase = phrase_from(view, at, limit, sentence.end)?;
    let organisation = phrase.start..organisation_end(view, &phrase);
    let role = found(view, phrase.start..phrase.end, phrase.head + 1, organisation, false);
    is_role(view, &role, phrase.start, phrase.head).then_some(role)
}

/// The role that is said of a name that ends before token `end`: "Roe is a teacher at the school".
pub(super) fn role_said(view: &View, end: usize) -> Option<FoundRole> {
    if !matches!(view.word(end), "is" | "was") || !matches!(view.word(end + 1), "a" | "an" | "the") {
        return None;
    }
    let sentence = view.sentence_tokens(view.sentence_of(end));
    let phrase = phrase_from(view, end + 2, sentence.end.min(end + REACH), sentence.end)?;
    // "the first reporter to tell", "the only doctor there", "a really bad leader": what somebody did or how, and no role.
    let is_judged =
        |t: usize| view.is(t, word::OTHER | word::ADVERB) || matches!(view.word(t), "first" | "last" | "only" | "best" | "most");
    let compares = (phrase.head + 1..phrase.end).any(|t| view.word(t) == "than");
    if compares || (phrase.start..phrase.head).any(|t| is_judged(t) || view.word(t).ends_with("ly")) {
        return None;
    }
    let mut end = phrase.head + 1;
    // "an editor-at-large"
    while end < phrase.end && view.touches_previous(end) {
        end += 1;
    }
    if matches!(view.word(end), "of" | "at" | "for") {
        let ends = |&t: &usize| matches!(view.word(t), "to" | "and" | "with" | "on" | "by" | "but");
        end = (end..phrase.end).find(|t| ends(t) && !view.is_taken(*t)).unwrap_or(phrase.end);
    }
    let role = found(view, phrase.start..end, phrase.head + 1, phrase.start..phrase.end, false);
    is_role(view, &role, phrase.start, phrase.head).then_some(role)
}

/// A noun phrase for a role: where it begins, its head noun, and where what the noun is of ends.
struct RolePhrase {
    start: usize,
    head: usize,
    end: usize,
}

/// Where the organisation that an apposition ties to can begin at last, past its end.
fn organisation_end(view: &View, phrase: &RolePhrase) -> usize {
    const LONGEST: usize = 8;
    let mut name = phrase.end + 1;
    if matches!(view.word(phrase.end), "in" | "from") {
        // ", an adviser in the Harbour Party"
        name += usize::from(view.is(name, word::THE));
        return if view.is_taken(name) { name + 1 } else { phrase.end };
    }
    // ", Chief Financial Officer, Acme Sails,"
    let after = (name..name + LONGEST).find(|&t| !view.is_taken(t)).unwrap_or(name);
    let closes = !view.on_line(after) || !view.is_word(after) && view.word(after) != "&" || view.is(after, word::SAY | word::WHO);
    if view.is_comma(phrase.end) && view.on_line(name) && after > name && view.capitalised(phrase.head) && closes {
        name + 1
    } else {
        phrase.end
    }
}

/// The role phrase that begins at token `at` and ends before `limit`.
fn phrase_from(view: &View, mut at: usize, limit: usize, sentence_end: usize) -> Option<RolePhrase> {
    let mut start = at;
    // To the head noun: the last role noun before a preposition, comma or verb.
    let mut head = None;
    while at < limit && at < start + 9 {
        let kind = view.tokens[at].kind;
        let hyphen = kind == TokenKind::Punctuation && view.touches_previous(at) && view.touches_previous(at + 1);
        let passes = view.is_word(at)
            || view.is_possessive(at)
            || hyphen
            || kind == TokenKind::Number
            || view.word(at) == "&"
            || view.is_stop(at) && view.touches_previous(at) && at + 1 < limit;
        if !passes || head.is_some() && view.is(at, word::PREPOSITION | word::WHO) || view.is(at, word::AUXILIARY | word::SAY | word::WHO) {
            break;
        }
        // "an up-and-coming strategist"
        let joined = view.touches_previous(at) && at > start;
        if !joined && (view.is(at, word::PREPOSITION) || matches!(view.word(at), "and" | "or")) {
            break;
        }
        if at > start && !joined && view.is(at, word::DETERMINER | word::PERSONAL) {
            // ", currently a teacher," but ", addressing his brother’s workers," is a clause.
            if !(start..at).all(|t| view.is(t, word::ADVERB | word::PERSONAL) || view.word(t).ends_with("ly")) {
                break;
            }
            start = at + 1;
        }
        if view.is(at, word::ROLE) && !view.is_taken(at) {
            head = Some(at);
        }
        at += 1;
    }
    let head = head?;
    // "…, Smith, attorney Jane Roe": the role belongs to the name that follows.
    let next = head + 1 + usize::from(view.word(head + 1) == "." && view.touches_previous(head + 1));
    if next < limit && view.is_taken(next) && !view.is_possessive(next) {
        return None;
    }
    // What follows the head: "of Acme", "at the University of Ulm", up to the mark or the relative clause.
    let mut end = head + 1;
    while end < limit {
        let text = view.word(end);
        let point = text == "." && view.touches_previous(end) && end + 1 < limit;
        if matches!(text, "," | ";" | "—" | "–" | "(" | ")" | ":" | "--" | "?" | "!")
            || text == "." && !point
            || view.is(end, word::WHO | word::SAY | word::AUXILIARY)
            // Where somebody comes from or works is no part of the role; "head of operations in Europe" is one.
            || end == head + 1 && matches!(text, "in" | "from")
            || matches!(text, "that" | "as" | "since" | "until" | "before" | "after" | "during" | "when" | "where")
            || text == "and" && view.is(end + 1, word::THE | word::A)
            || view.tokens[end].kind == TokenKind::Quote
            || is_contact(view, end)
        {
            break;
        }
        end += 1;
    }
    // Without an end in reach this was no apposition.
    if end == limit && limit < sentence_end {
        return None;
    }
    while end > head + 1 && view.is(end - 1, word::PREPOSITION | word::THE | word::A | word::CONJUNCTION) {
        end -= 1;
    }
    Some(RolePhrase { start, head, end })
}

/// The longest listed role that ends a phrase.
pub(super) fn meaning(view: &View, phrase: Range<usize>) -> Option<Role> {
    let starts = phrase.start.max(phrase.end.saturating_sub(4))..phrase.end;
    let mut opening = starts.filter(|&start| start + 1 == phrase.end || view.is(start, word::ROLE_PHRASE));
    opening.find_map(|start| view.lexicon.role(phrase_of(view, start..phrase.end)))
}
