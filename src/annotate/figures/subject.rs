//! Ties figures to the people and organisations of their sentence: "Acme said revenue rose 5%" is Acme's.
//!
//! Conservative: the nearest mention before the figure in its own clause, its owner if one is named ("Acme's Nimbus"); a figure with
//! none is tied to nobody.

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
    let in_sentence = |p: &&Place| p.sentence == sentence;
    let candidates = places[..before].iter().rev().take(REACH).take_while(in_sentence).filter(|p| p.span.end() <= figure.start());
    let mut found: Option<&Place> = None;
    for place in candidates {
        match found {
            // "Acme's Nimbus storage grew": the owner's figure.
            Some(owned) => {
                let between = text.get(place.span.end()..owned.span.start()).unwrap_or("");
                return Some(if matches!(between, "'s " | "’s ") { place.entity } else { owned.entity });
            }
            None if stands_for_the_clause(text, place.span, figure) => found = Some(place),
            None => {}
        }
    }
    found.map(|p| p.entity)
}

/// Whether a mention before the figure can be what its clause is about: no object ("to Acme"), and no new clause between.
fn stands_for_the_clause(text: &str, mention: Span, figure: Span) -> bool {
    let between = &text[mention.end()..figure.start()];
    if between.len() > FARTHEST {
        return false;
    }
    let mut words = text[..mention.start()].trim_end().rsplit(|c: char| !c.is_alphabetic());
    let mut lead = words.next().unwrap_or("");
    // "on the BSE"
    if lead == "the" {
        lead = words.next().unwrap_or("");
    }
    let holding = words.next().unwrap_or("");
    let shares = lead == "in" && ["shares", "stock", "stake"].iter().any(|w| holding.eq_ignore_ascii_case(w));
    let object = matches!(lead, "to" | "with" | "against" | "from" | "than" | "like" | "for" | "at" | "in" | "on") && !shares;
    let clause = between.contains(';') || [", but ", ", while ", ", and "].iter().any(|join| between.contains(join));
    !object && !clause
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Entity, EntityMention, TokenRange};

    /// The subject of the figure "7" in a sentence where every capitalised `names` entry is an organisation.
    fn subject<'a>(text: &str, names: &[&'a str]) -> Option<&'a str> {
        let mention = |name: &str| {
            let start = text.find(name).unwrap_or(0);
            EntityMention {
                span: Span::new(start, start + name.len()),
                kind: crate::document::MentionKind::Name,
                sentence: 0,
                confidence: 1.0,
            }
        };
        let organisations =
            names.iter().map(|name| Entity { name: (*name).to_owned(), mentions: vec![mention(name)], ..Entity::default() });
        let entities = Entities { people: vec![], organisations: organisations.collect() };
        let at = text.find('7').unwrap_or(0);
        let mut figures = [Figure::new(Span::new(at, at + 1), FigureKind::Percent)];
        let sentences = [Sentence { span: Span::new(0, text.len()), tokens: TokenRange::new(0, 0), paragraph: 0 }];
        tie(text, &mut figures, &sentences, &entities);
        figures[0].subject.map(|id| names[id.index as usize])
    }

    #[test]
    fn the_nearest_mention_of_its_own_clause() {
        assert_eq!(subject("Brell said sales rose 7%.", &["Brell"]), Some("Brell"));
        assert_eq!(subject("Shares in Brell fell, while Oskar gained 7%.", &["Brell", "Oskar"]), Some("Oskar"));
        assert_eq!(subject("Shares in Brell fell 7%.", &["Brell"]), Some("Brell"));
        assert_eq!(subject("Brell sold to Oskar for 7 euros.", &["Brell", "Oskar"]), Some("Brell"));
        assert_eq!(subject("Brell’s Nimbus storage grew 7%.", &["Brell", "Nimbus"]), Some("Brell"));
        assert_eq!(subject("Shares of Brell rose on the Oskar, valuing it at 7 euros.", &["Brell", "Oskar"]), Some("Brell"));
        assert_eq!(subject("Prices at Brell rose 7%.", &["Brell"]), None);
    }
}
