//! Ties figures to the people and organisations of their sentence: "Acme said revenue rose 5%" is Acme's.
//!
//! Conservative: the nearest mention before the figure in its own clause, else the first mention of the sentence when nothing but it
//! stands before; a figure with none is tied to nobody.

use crate::document::{Entities, EntityId, Figure, FigureKind, Sentence};
use crate::span::Span;

struct Place {
    span: Span,
    sentence: u32,
    entity: EntityId,
}

/// Fills the `subject` of each figure.
pub fn tie(text: &str, figures: &mut [Figure], sentences: &[Sentence], entities: &Entities) {
    let mut places: Vec<Place> = entities
        .iter()
        .flat_map(|(id, entity)| entity.mentions.iter().map(move |m| Place { span: m.span, sentence: m.sentence, entity: id }))
        .collect();
    if places.is_empty() {
        return;
    }
    places.sort_by_key(|p| (p.span, p.entity));
    let mut sentence = 0;
    for figure in figures {
        while sentence + 1 < sentences.len() && sentences[sentence].span.end() <= figure.span.start() {
            sentence += 1;
        }
        if matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal) {
            continue;
        }
        figure.subject = subject_of(text, figure.span, sentence as u32, &places);
    }
}

/// Most mentions looked at before a figure.
const REACH: usize = 8;
/// Most bytes between a mention and its figure.
const FARTHEST: usize = 160;

fn subject_of(text: &str, figure: Span, sentence: u32, places: &[Place]) -> Option<EntityId> {
    let before = places.partition_point(|p| p.span.start() < figure.start());
    let mut candidates =
        places[..before].iter().rev().take(REACH).take_while(|p| p.sentence == sentence).filter(|p| p.span.end() <= figure.start());
    candidates
        .find(|p| {
            // "of Acme", "by Acme", "to Acme" right before the mention: it is not what the clause is about.
            let lead = text[..p.span.start()].trim_end();
            let word = lead.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            let object = matches!(word, "to" | "with" | "against" | "from" | "than" | "like" | "for" | "at" | "in" | "on");
            let between = &text[p.span.end()..figure.start()];
            if between.len() > FARTHEST {
                return false;
            }
            // A new clause with a subject of its own.
            let clause = between.contains(';') || between.contains(", but ") || between.contains(", while ") || between.contains(", and ");
            !object && !clause
        })
        .map(|p| p.entity)
}
