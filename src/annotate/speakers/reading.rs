//! Reads the paragraphs around quotations into a [`Scene`]: the class of each word, the candidates, and who they are.

use super::{
    SpeakerLexicon,
    candidates::{self, Candidate, CandidateKind, Name, Names},
    cues::Form,
    scene::{QuotePlace, Scene},
    signatures::LINE,
    words::Class,
};
use crate::{
    annotate::lexicon::{Lexicon, named_hash},
    document::*,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::ops::Range;

/// In so many tokens that are read there is one candidate at most, as a rule.
const TOKENS_A_CANDIDATE: usize = 5;

/// Reads the paragraphs around quotations.
pub(super) fn prepare<'a>(
    text: &'a str,
    tokens: &'a [Token],
    sentences: &'a [Sentence],
    quotes: &[Quotation],
    mentions: &[Mention],
    entities: &Entities,
    lexicon: &Lexicon,
) -> (Scene<'a>, Vec<QuotePlace>) {
    let lists = &lexicon.speakers;
    let mut scene = Scene {
        text,
        tokens,
        sentences,
        classes: vec![Class::Other; tokens.len()],
        quoted: vec![false; tokens.len()],
        outside: Vec::new(),
        candidates: Vec::new(),
    };
    let token_at = |byte: usize| tokens.partition_point(|t| t.span.end() <= byte);
    // The tokens of all parts.
    let mut parts = Vec::with_capacity(quotes.len());
    for part in quotes.iter().flat_map(|q| &q.parts) {
        let (from, to) = (token_at(part.start()), tokens.partition_point(|t| t.span.start() < part.end()));
        scene.quoted[from..to.max(from)].fill(true);
        parts.push((from, to));
    }
    let mut parts = parts.as_slice();
    let paragraphs = paragraphs(sentences);
    let paragraph_of = |token: usize| paragraphs.partition_point(|p| p.end <= token).min(paragraphs.len().saturating_sub(1));
    let mut places = Vec::with_capacity(quotes.len());
    let mut to_read = Vec::with_capacity(paragraphs.len());
    let mut read_to = 0;
    for quote in quotes {
        let own;
        (own, parts) = parts.split_at(quote.parts.len());
        let start = own[0].0.min(tokens.len() - 1);
        let here = paragraph_of(start);
        // The attribution follows the last of the parts that run on over paragraphs, or stands between two in one paragraph.
        let mut end_part = 0;
        while end_part + 1 < own.len() {
            let end = own[end_part].1;
            if end < paragraphs[paragraph_of(end.max(1) - 1)].end {
                break;
            }
            end_part += 1;
        }
        let part_end = |part: usize| own[part].1.max(start + 1);
        let end = part_end(end_part);
        let last = paragraph_of(end - 1);
        let before = here.saturating_sub(1);
        places.push(QuotePlace {
            start,
            end,
            whole_end: part_end(own.len() - 1),
            paragraph_start: paragraphs[here].start,
            paragraph_end: paragraphs[last].end,
            before_start: paragraphs[before].start,
            words: tokens[start..end].iter().take(120).filter(|t| t.kind.is_word()).count(),
        });
        let from = before.max(read_to);
        // The paragraph below too, where a dash opens it or it is short: a name may stand there that signs the quotation.
        let is_signature = |below: &Range<usize>| {
            let opening = &tokens[below.start];
            matches!(opening.span.of(text), "—" | "–" | "-" | "--" | "―") || below.len() <= LINE && opening.case == Case::Initial
        };
        let below = paragraphs.get(last + 1).is_some_and(is_signature);
        let to = last + usize::from(below);
        to_read.extend(paragraphs.get(from..=to).unwrap_or_default().iter().cloned());
        read_to = read_to.max(to + 1);
    }
    let names = names(tokens, sentences, &to_read, mentions, entities);
    scene.candidates.reserve(to_read.iter().map(Range::len).sum::<usize>() / TOKENS_A_CANDIDATE);
    for paragraph in to_read {
        read(&mut scene, paragraph, &names, lists);
    }
    let outside = scene.classes.iter().zip(&scene.quoted).map(|(&class, &quoted)| if quoted { Class::Quote } else { class });
    scene.outside = outside.collect();
    identify(&mut scene, &names, entities);
    identify_appositions(&mut scene);
    (scene, places)
}

/// Chance that a bare surname is the one person who bears it.
const SURNAME: f32 = 0.9;
/// Longest title between a comma and a name ("the group’s president, former Senator Ann Lee", "the author, postgraduate student Ann Lee").
const TITLE: usize = 3;

/// The names in the paragraphs by their tokens: those of the entities, which are mended, then what else the tagger found.
fn names(tokens: &[Token], sentences: &[Sentence], paragraphs: &[Range<usize>], mentions: &[Mention], entities: &Entities) -> Names {
    let mut names = Names::new(tokens.len(), paragraphs, mentions.len());
    for (id, entity) in entities.iter() {
        for mention in entity.mentions.iter().filter(|m| matches!(m.kind, MentionKind::Name | MentionKind::Alias)) {
            let sentence = sentences[mention.sentence as usize].tokens.range();
            if !names.reads(sentence.start) {
                continue;
            }
            let start = sentence.start + tokens[sentence].partition_point(|t| t.span.end() <= mention.span.start());
            let end = start + tokens[start..].iter().take_while(|t| t.span.start() < mention.span.end()).count();
            let kind = if id.kind == EntityKind::Person { CandidateKind::Person } else { CandidateKind::Organisation };
            names.add(Name { start, end, kind, entity: Some(id) });
        }
    }
    for mention in mentions {
        let range = mention.tokens.range();
        let kind = match mention.name_type {
            NameType::Person => CandidateKind::Person,
            NameType::Organisation => CandidateKind::Organisation,
            NameType::Location => CandidateKind::Place,
            NameType::Other => CandidateKind::OtherName,
        };
        names.add(Name { start: range.start, end: range.end, kind, entity: None });
    }
    names
}

/// "the group’s president, Ann Lee, said": the phrase before the comma is Ann Lee.
fn identify_appositions(scene: &mut Scene) {
    for at in 0..scene.candidates.len() {
        let noun = scene.candidates[at];
        // "said her counterpart, Ann Lee": what speaks is a person, whatever the noun.
        let speaks = noun.kind == CandidateKind::OtherNoun && noun.start > 0 && scene.classes[noun.start - 1].is_finite_cue();
        if !(noun.kind == CandidateKind::PersonNoun || speaks) || noun.entity.is_some() {
            continue;
        }
        // Past names that belong to the phrase ("the mayor of Paris").
        let Some(name) = scene.candidates[at + 1..].iter().take(4).find(|c| c.start > noun.full_end) else { continue };
        if name.kind == CandidateKind::Person
            && name.start <= noun.full_end + 1 + TITLE
            && scene.classes[noun.full_end] == Class::Comma
            && (noun.full_end + 1..name.start)
                .all(|t| matches!(scene.classes[t], Class::Capital | Class::Adverb | Class::Other) || scene.word(t) == ".")
            && scene.classes.get(name.end).is_none_or(|&c| matches!(c, Class::Comma | Class::Stop | Class::Of | Class::Preposition))
        {
            scene.candidates[at].entity = name.entity;
        }
    }
}

/// Ties pronouns and noun phrases to the entities that hold them, and bare surnames to the person who bears them.
fn identify(scene: &mut Scene, names: &Names, entities: &Entities) {
    let Scene { text, tokens, sentences, .. } = *scene;
    let mentions = entities.iter().map(|(_, entity)| entity.mentions.len()).sum();
    let mut known: FxHashMap<usize, (EntityId, f32)> = FxHashMap::with_capacity_and_hasher(mentions, FxBuildHasher);
    let mut surnames: FxHashMap<&str, Option<EntityId>> = FxHashMap::default();
    // "the FBI", "The Washington Post": the phrase is the name and its article.
    let after_the = |phrase: &Candidate| {
        let is_the = tokens[phrase.start].lower == const { named_hash("the") };
        let name = names.starting(phrase.start + 1).filter(|name| is_the && name.end == phrase.end)?;
        name.entity.filter(|id| id.kind == EntityKind::Organisation).map(|id| (id, 1.0))
    };
    for (id, entity) in entities.iter() {
        for mention in entity.mentions.iter().filter(|m| matches!(m.kind, MentionKind::Pronoun | MentionKind::Nominal)) {
            if names.reads(sentences[mention.sentence as usize].tokens.range().start) {
                known.insert(mention.span.start(), (id, mention.confidence));
            }
        }
        if id.kind == EntityKind::Person
            && let Some((_, surname)) = entity.name.rsplit_once(' ')
        {
            surnames.entry(surname).and_modify(|known| *known = None).or_insert(Some(id));
        }
    }
    for candidate in scene.candidates.iter_mut().filter(|c| c.entity.is_none()) {
        let found = match candidate.kind {
            CandidateKind::Capitals => surnames.get(tokens[candidate.end - 1].span.of(text)).copied().flatten().map(|id| (id, SURNAME)),
            kind if kind.is_name() => None,
            kind if kind.is_pronoun() => known.get(&tokens[candidate.start].span.start()).copied(),
            kind => after_the(candidate).or_else(|| {
                // "the company": the entity's mention may start at the noun. "Acme officials" is not Acme, nor "the company's chief" the company.
                (candidate.start..candidate.end).take(3).find_map(|t| {
                    let (id, sure) = known.get(&tokens[t].span.start()).copied()?;
                    let is_somebody_of = kind == CandidateKind::PersonNoun && id.kind == EntityKind::Organisation;
                    (is_nominal_of(entities, id, tokens[t].span.start()) && !is_somebody_of).then_some((id, sure))
                })
            }),
        };
        if let Some((id, sure)) = found {
            (candidate.entity, candidate.sure) = (Some(id), sure);
        }
    }
}

fn is_nominal_of(entities: &Entities, id: EntityId, start: usize) -> bool {
    let mentions = &entities.get(id).mentions;
    let at = mentions.partition_point(|m| m.span.start() < start);
    mentions.get(at).is_some_and(|m| m.span.start() == start && m.kind == MentionKind::Nominal)
}

/// Whether what could be a verb in the third person is the plural of a noun by the word before it.
fn is_noun(scene: &Scene, lists: &SpeakerLexicon, at: usize) -> bool {
    if !scene.word(at).ends_with('s') || lists.words.cues.of(scene.tokens[at].lower).is_none_or(|cue| cue.form != Form::Third) {
        return false;
    }
    match scene.classes[at - 1] {
        Class::Number | Class::Possessive | Class::Clitic | Class::Preposition | Class::Of | Class::About => true,
        // "each says", "this says"
        Class::Determiner => {
            matches!(scene.word(at - 1), "the" | "these" | "those" | "any" | "no" | "several" | "certain" | "all" | "both")
        }
        _ => false,
    }
}

/// Longest clause from "as" to "put it", in tokens.
const AS: usize = 12;
/// Longest word that a point shortens at the end of a phrase, in bytes.
const ABBREVIATION: usize = 5;

/// Classes and candidates of one paragraph.
fn read(scene: &mut Scene, paragraph: Range<usize>, names: &Names, lists: &SpeakerLexicon) {
    let mut initial = true;
    let (start, end) = (paragraph.start, paragraph.end);
    let Scene { text, tokens, sentences, .. } = *scene;
    let first_sentence = scene.sentence_of(start);
    let sentence_end = |sentence: usize| sentences.get(sentence).map_or(end, |s| s.tokens.range().end);
    let mut sentence = first_sentence;
    let mut ends = sentence_end(sentence);
    for (at, token) in (start..).zip(&tokens[start..end]) {
        while ends <= at {
            sentence += 1;
            ends = sentence_end(sentence);
            initial = true;
        }
        let mut class = lists.words.class(text, token, initial);
        if class.is_cue_verb() || matches!(class, Class::Stop | Class::It) {
            class = class_at(scene, at, start..ends, class, lists);
        }
        scene.classes[at] = class;
        // "2. He has": the number of an item opens no sentence of words. Without branches, which could not be foretold.
        initial = matches!(class, Class::Quote | Class::Colon) | matches!(class, Class::Number | Class::Stop) & initial;
    }
    let finder = candidates::Finder { text, tokens, classes: &scene.classes, nouns: &lists.nouns, quoted: &scene.quoted, names };
    let known = scene.candidates.len();
    finder.paragraph(start, end, &mut scene.candidates);
    let mut sentence = first_sentence;
    for candidate in &mut scene.candidates[known..] {
        while sentence_end(sentence) <= candidate.start {
            sentence += 1;
        }
        candidate.sentence = sentence;
    }
}

/// The class of a token whose own is `class`, one of few that the tokens around it may change; `within` begins with its paragraph and ends with its sentence.
fn class_at(scene: &mut Scene, at: usize, within: Range<usize>, class: Class, lists: &SpeakerLexicon) -> Class {
    if at == within.start {
        return class;
    }
    let touches = scene.tokens[at].gap == Gap::None;
    match class {
        // "Sen. Kopp", "John F. Kopp": the point of an abbreviation ends nothing.
        Class::Stop if touches && at + 1 < within.end && scene.classes[at - 1] == Class::Capital && scene.word(at) == "." => {
            let is_short = scene.word(at - 1).len() <= ABBREVIATION;
            match scene.word(at + 1) {
                _ if scene.tokens[at + 1].kind == TokenKind::Word => Class::Capital,
                // "R-Ariz., said", "(D-Ill.) said", but "(Laughter.)".
                "," | ")" if is_short => Class::Other,
                _ => Class::Stop,
            }
        }
        // "as Kopp put it, “…”": said, and in the past as well as the present.
        Class::It if matches!(scene.word(at - 1), "put" | "puts") => {
            let ends = scene.tokens.get(at + 1).is_some_and(|next| matches!(next.kind, TokenKind::Punctuation | TokenKind::Quote));
            if ends || (at.saturating_sub(AS).max(within.start)..at).any(|t| scene.word(t).eq_ignore_ascii_case("as")) {
                scene.classes[at - 1] = Class::Say;
            }
            class
        }
        // ‘“Keep out,” read the sign’, ‘another read, “Keep out”’: the past, not the base form.
        Class::SayBase if scene.word(at) == "read" && is_past(scene, at) => Class::Say,
        // "46 states", "the terms", "in calls": a noun, not the verb in the third person.
        _ if class.is_finite_cue() && is_noun(scene, lists, at) => Class::Other,
        // "so-called", "self-described": no verb of the clause.
        _ if class.is_cue_verb()
            && touches
            && at > within.start + 1
            && matches!(scene.word(at - 1), "-" | "‑" | "‐")
            && scene.tokens[at - 1].gap == Gap::None =>
        {
            if class == Class::Call {
                Class::Known
            } else {
                Class::Past
            }
        }
        _ => class,
    }
}

/// Whether "read" is in the past there: a quotation ends right before it, or follows it with a comma or colon. Not "to read", and "a sign
/// that read" quotes nobody whom the text names.
fn is_past(scene: &Scene, at: usize) -> bool {
    let quoted = |at: usize| scene.quoted.get(at).copied().unwrap_or(false);
    let Some(before) = at.checked_sub(1) else { return false };
    let closes = scene.tokens.get(at + 1).is_some_and(|_| matches!(scene.word(at + 1), "," | ":") && quoted(at + 2) && !quoted(at + 1));
    quoted(before) || closes && !matches!(scene.classes[before], Class::To | Class::Modal | Class::That | Class::Relative)
}
