//! Ties figures to the people and organisations of their sentence: "Acme said revenue rose 5%" is Acme's.
//!
//! The nearest mention before the figure that can be what its clause is about, or whose it is ("Acme's 40 shops"). Who only tells of a
//! figure does not own it ("Orm said two ferries sank"), nor does who is told of beside it. A figure with none is tied to nobody.

use super::scan::{Scan, any, is};
use super::subject_path::{Path, Way, at_subject, is_doer, is_modifier};
use super::words::class;
use crate::annotate::lexicon::Lexicon;
use crate::document::{Case, Entities, EntityId, EntityKind, Figure, FigureKind, Sentence, Token};
use crate::span::Span;

/// A mention and whose it is.
struct Place {
    span: Span,
    sentence: u32,
    entity: EntityId,
}

/// Fills the `subject` of each figure.
pub fn tie(text: &str, tokens: &[Token], figures: &mut [Figure], sentences: &[Sentence], entities: &Entities, lexicon: &Lexicon) {
    if figures.is_empty() {
        return;
    }
    let tied = |figure: &Figure| !matches!(figure.kind, FigureKind::Date | FigureKind::Time | FigureKind::Ordinal);
    let mut sentence = 0;
    let mut sentence_of = |figure: &Figure| {
        while sentence + 1 < sentences.len() && sentences[sentence].span.end() <= figure.span.start() {
            sentence += 1;
        }
        sentence
    };
    let mut asking: Vec<(usize, &mut Figure)> = Vec::with_capacity(figures.len());
    asking.extend(figures.iter_mut().filter(|f| tied(f)).map(|f| (sentence_of(f), f)));
    // Only mentions beside a figure are put in order.
    let mut asked = vec![false; sentences.len()];
    asking.iter().for_each(|&(sentence, _)| asked[sentence] = true);
    let mut places = Vec::with_capacity(entities.iter().map(|(_, entity)| entity.mentions.len()).sum());
    for (id, entity) in entities.iter() {
        let mentions = entity.mentions.iter().filter(|m| asked[m.sentence as usize]);
        places.extend(mentions.map(|m| Place { span: m.span, sentence: m.sentence, entity: id }));
    }
    if places.is_empty() {
        return;
    }
    places.sort_unstable_by_key(|p| (p.span, p.entity));
    let scan = Scan { text, tokens, lexicon: &lexicon.figures, today: None };
    for (sentence, figure) in asking {
        let owners = Owners { scan, places: &places, sentence: sentence as u32, tokens: sentences[sentence].tokens.range() };
        figure.subject = owners.of(figure);
    }
}

/// Most mentions looked at before a figure.
const REACH: usize = 8;
/// Most bytes between a mention and its figure.
const FARTHEST: usize = 120;
/// Most tokens between the owner of a thing and a figure of it: "Acme's revenue for the third quarter rose 5%".
const POSSESSION: usize = 9;

/// The mentions of one sentence.
struct Owners<'a> {
    scan: Scan<'a>,
    places: &'a [Place],
    sentence: u32,
    tokens: std::ops::Range<usize>,
}

impl Owners<'_> {
    fn of(&self, figure: &Figure) -> Option<EntityId> {
        let start = figure.span.start();
        let before = self.places.partition_point(|p| p.span.start() < start);
        let age = figure.kind == FigureKind::Age;
        if age && let Some(place) = self.places.get(before).filter(|p| self.bears_the_age(figure, p)) {
            return Some(place.entity);
        }
        let at = self.token(start);
        // "the two countries": told before, of nobody in particular.
        let told = matches!(figure.kind, FigureKind::Count | FigureKind::Number | FigureKind::Duration);
        if told && at > 0 && any!(self.scan, at - 1, ["the", "these", "those", "other", "both", "all"]) {
            return None;
        }
        // "compared to 44% who thought so": of others.
        if at > 1 && any!(self.scan, at - 1, ["to", "with"]) && is!(self.scan, at - 2, "compared") {
            return None;
        }
        // "two days after the vote": how far apart things are, of nobody.
        let apart = |end: usize| any!(self.scan, end, ["before", "after", "later", "earlier"]);
        if figure.kind == FigureKind::Duration && apart(self.token(figure.span.end())) {
            return None;
        }
        let near = |p: &&Place| p.sentence == self.sentence && p.span.start() + FARTHEST + p.span.len() > start;
        let candidates = self.places[..before].iter().rev().take(REACH).take_while(near).filter(|p| p.span.end() <= start);
        let mut candidates = candidates.peekable();
        while let Some(place) = candidates.next() {
            if age && place.entity.kind != EntityKind::Person {
                continue;
            }
            match self.way(place, at, age) {
                Way::Clear => {}
                Way::Blocked => continue,
                Way::Walled => return None,
            }
            // "Acme's Nimbus storage grew": the owner's figure.
            let owner = candidates.peek().filter(|owner| {
                let between = self.scan.text.get(owner.span.end()..place.span.start()).unwrap_or("");
                !age && matches!(between, "'s " | "’s ")
            });
            return Some(owner.map_or(place.entity, |owner| owner.entity));
        }
        None
    }

    /// Whether the figure at token `at` can be told of a mention.
    fn way(&self, place: &Place, at: usize, age: bool) -> Way {
        let scan = &self.scan;
        let first = self.token(place.span.start());
        let end = self.token(place.span.end());
        let possessive = any!(scan, end, ["'s", "'"]) && scan.touches(end);
        let pronoun = end == first + 1 && scan.has(first, class::POSSESSIVE) && scan.is_content(end);
        let from = end + usize::from(possessive);
        if possessive || pronoun {
            // "Acme's nearly 40 shops": nothing but what describes them stands between.
            let describes = |j: usize| scan.is_content(j) || scan.has(j, class::CIRCA) || scan.is_hyphen(j);
            if !age && at <= from + 3 && (from..at).all(describes) {
                return Way::Clear;
            }
            // "Orm's lawyer", "her brother, 54"
            if age || (from..at.min(from + 3)).any(|j| scan.has(j, class::PERSON | class::MODIFIED) || is_doer(scan, j)) {
                return Way::Blocked;
            }
        } else if is_modifier(scan, first, end, at) {
            return Way::Blocked;
        }
        let organisation = place.entity.kind == EntityKind::Organisation;
        if (possessive || pronoun) && at > from + POSSESSION {
            return Way::Blocked;
        }
        let path = Path { scan: *scan, from, to: at, organisation };
        // "saved Acme $5m"
        let given = at == end && scan.lexicon.sign(scan.word(at)).is_some();
        if given || at_subject(scan, first, self.tokens.start, at) { path.way() } else { Way::Blocked }
    }

    /// "27-year-old Helen Carter", "the 22-year-old striker Ruiz".
    fn bears_the_age(&self, figure: &Figure, place: &Place) -> bool {
        let scan = &self.scan;
        let (from, to) = (self.token(figure.span.end()), self.token(place.span.start()));
        let said = figure.span.of(scan.text);
        place.sentence == self.sentence
            && place.entity.kind == EntityKind::Person
            && (said.ends_with("old") || said.ends_with("Old"))
            && to <= from + 3
            && !(scan.is_content(self.token(place.span.end())) && scan.case(self.token(place.span.end())) == Case::Lower)
            && (from..to).all(|j| scan.is_content(j) && scan.case(j) == Case::Lower)
    }

    /// The first token of the sentence that starts at this byte or after it.
    fn token(&self, byte: usize) -> usize {
        let tokens = &self.scan.tokens[self.tokens.clone()];
        self.tokens.start + tokens.partition_point(|t| t.span.start() < byte)
    }
}

#[cfg(test)]
#[path = "tests/subjects.rs"]
mod tests;
