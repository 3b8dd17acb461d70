//! What the program found in one article, in the terms the scorers compare: a [`Document`] in, its layers in code points out,
//! reduced to what the record says of them.

use super::{Extent, entities::FoundEntity, gold::Amount};
use crate::{
    document::{Approx, Document, Figure, Gender, MentionKind, QuoteKind},
    span::{CharOffsets, OffsetUnit, Span},
};

/// The layers of one article.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    pub(super) sentences: Vec<Extent>,
    /// Mentions of kind `name` and `alias`.
    pub(super) people: Vec<Extent>,
    pub(super) organisations: Vec<Extent>,
    pub(super) entities: Vec<FoundEntity>,
    /// The parts of direct and mixed quotations.
    pub(super) quotes: Vec<FoundQuote>,
    pub(super) figures: Vec<FoundFigure>,
}

/// One part of a quotation and who is said to have said it.
#[derive(Clone, Debug)]
pub(super) struct FoundQuote {
    pub(super) extent: Extent,
    /// As printed.
    pub(super) speaker: Option<String>,
    /// As resolved.
    pub(super) speaker_full: Option<String>,
    pub(super) confidence: f32,
}

#[derive(Clone, Debug)]
pub(super) struct FoundFigure {
    pub(super) extent: Extent,
    pub(super) value: Amount,
    pub(super) unit: Option<String>,
    pub(super) kind: &'static str,
    pub(super) vague: bool,
    pub(super) date_start: Option<String>,
    pub(super) date_end: Option<String>,
    pub(super) timex: Option<String>,
}

impl Findings {
    /// All layers of a document, with code points for bytes.
    #[must_use]
    pub fn of(document: &Document<'_>) -> Self {
        let text = document.text();
        let offsets = CharOffsets::new(text, OffsetUnit::CodePoint);
        let extent = |span: Span| Extent::new(offsets.at(span.start()), offsets.at(span.end()));
        let names = |entities: &[crate::document::Entity]| {
            let mentions = entities.iter().flat_map(|entity| &entity.mentions);
            mentions.filter(|m| matches!(m.kind, MentionKind::Name | MentionKind::Alias)).map(|m| extent(m.span)).collect()
        };
        let people = document.entities.people.iter().map(|entity| (true, entity));
        let organisations = document.entities.organisations.iter().map(|entity| (false, entity));
        let entities = people.chain(organisations).map(|(person, entity)| FoundEntity {
            person,
            name: entity.name.clone(),
            role: entity.role.clone(),
            organisation: entity.organisation.map(|id| document.entities.get(id).name.clone()),
            gender: entity.gender.map(Gender::as_str),
            mentions: entity.mentions.iter().map(|mention| extent(mention.span)).collect(),
        });
        let mut quotes = Vec::new();
        for (quote, attribution) in document.quotes.iter().zip(&document.attributions) {
            if attribution.kind == QuoteKind::Scare {
                continue;
            }
            let speaker = attribution.speaker.as_ref().map(|speaker| speaker.mention.span.of(text).to_string());
            let entity = attribution.speaker.as_ref().and_then(|speaker| speaker.entity);
            let speaker_full = entity.map(|id| document.entities.get(id).name.clone());
            quotes.extend(quote.parts.iter().map(|&part| FoundQuote {
                extent: extent(part),
                speaker: speaker.clone(),
                speaker_full: speaker_full.clone(),
                confidence: attribution.confidence,
            }));
        }
        Self {
            sentences: document.sentences.iter().map(|sentence| extent(sentence.span)).collect(),
            entities: entities.collect(),
            people: names(&document.entities.people),
            organisations: names(&document.entities.organisations),
            quotes,
            figures: document.figures.iter().map(|figure| FoundFigure::of(figure, extent(figure.span))).collect(),
        }
    }
}

impl FoundFigure {
    fn of(figure: &Figure, extent: Extent) -> Self {
        let value = match (figure.value, figure.value_min, figure.value_max) {
            (Some(value), _, _) => Amount::One(value),
            (None, Some(low), Some(high)) => Amount::Range(vec![Some(low), Some(high)]),
            // A range open on one side is compared by the side it has.
            (None, Some(bound), None) | (None, None, Some(bound)) => Amount::One(bound),
            (None, None, None) => Amount::Unknown,
        };
        Self {
            extent,
            value,
            unit: figure.unit.as_deref().map(str::to_owned),
            kind: figure.kind.as_str(),
            vague: figure.approx == Some(Approx::Vague),
            date_start: figure.date_start.as_deref().map(str::to_owned),
            date_end: figure.date_end.as_deref().map(str::to_owned),
            timex: figure.timex.clone(),
        }
    }
}
