//! The layers of a document as the record writes them: byte spans become offsets of the record's unit, and ids and texts are filled in.

use super::{id::Id, record::*};
use crate::{
    annotate::{LayerSet, quotes::is_quotation_mark},
    document::*,
    span::{CharOffsets, Span},
};
use serde::{Serialize, Serializer};
use std::{borrow::Cow, sync::Arc};

/// The sentences of a document, if they are written. There may be very many: each is made when it is written, as are those below.
#[derive(Debug)]
pub(super) struct Sentences<'a>(pub(super) Option<Arc<Layers<'a>>>);

impl Serialize for Sentences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().flat_map(|layers| layers.document.sentences.iter().map(|sentence| layers.sentence(sentence))))
    }
}

/// The people of a document, or its organisations.
#[derive(Debug)]
pub(super) struct EntitiesOf<'a>(pub(super) EntityKind, pub(super) Option<Arc<Layers<'a>>>);

impl Serialize for EntitiesOf<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().flat_map(|layers| {
            let Entities { people, organisations } = &layers.document.entities;
            let entities = if self.0 == EntityKind::Person { people } else { organisations };
            entities.iter().enumerate().map(|(index, entity)| layers.entity(EntityId { kind: self.0, index: index as u32 }, entity))
        }))
    }
}

/// The places in the text that mean an entity.
#[derive(Debug)]
pub(super) struct Mentions<'a>(&'a Layers<'a>, &'a [EntityMention]);

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.1.iter().map(|mention| self.0.mention(mention)))
    }
}

/// The figures of a document.
#[derive(Debug)]
pub(super) struct Figures<'a>(pub(super) Option<Arc<Layers<'a>>>);

impl Serialize for Figures<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut passed = Passed::default();
        let figures = self.0.iter().flat_map(|layers| layers.document.figures.iter().map(move |figure| (layers, figure)));
        serializer.collect_seq(figures.enumerate().map(|(number, (layers, figure))| layers.figure(number, figure, &mut passed)))
    }
}

/// How many sentences and quotations start before a figure or with it. Figures are in text order, as these are, so that none is searched.
#[derive(Default)]
struct Passed {
    sentences: usize,
    quotes: usize,
}

impl Passed {
    fn move_to(&mut self, offset: usize, document: &Document) {
        pass(&mut self.sentences, &document.sentences, |sentence| sentence.span.start() <= offset);
        pass(&mut self.quotes, &document.quotes, |quote| quote.parts[0].start() <= offset);
    }
}

/// Moves a count of items to those that stand before the first one that does not, from where it is.
fn pass<T>(count: &mut usize, items: &[T], stands_before: impl Fn(&T) -> bool) {
    while items.get(*count).is_some_and(&stands_before) {
        *count += 1;
    }
    while *count > 0 && !stands_before(&items[*count - 1]) {
        *count -= 1;
    }
}

/// Writes the layers of one document.
#[derive(Debug)]
pub(super) struct Layers<'a> {
    text: &'a str,
    offsets: CharOffsets<'a>,
    document: &'a Document<'a>,
    written: LayerSet,
}

impl<'a> Layers<'a> {
    pub(super) fn new(document: &'a Document<'a>, options: RecordOptions) -> Self {
        let text = document.text();
        Self { text, offsets: CharOffsets::new(text, options.offsets), document, written: options.layers }
    }

    fn bounds(&self, span: Span) -> (usize, usize) {
        (self.offsets.at(span.start()), self.offsets.at(span.end()))
    }

    pub(super) fn quotes(&self) -> Vec<QuoteRecord<'a>> {
        let attributed = self.document.quotes.iter().zip(&self.document.attributions);
        attributed.enumerate().map(|(index, (quote, attribution))| self.quote(index, quote, attribution)).collect()
    }

    /// The id of an entity, if the record holds it.
    fn id(&self, id: EntityId) -> Option<Id> {
        self.written.holds(layer_of(id.kind)).then(|| Id::new(letter(id.kind), id.index as usize))
    }

    fn sentence(&self, sentence: &Sentence) -> SentenceRecord {
        let (start, end) = self.bounds(sentence.span);
        SentenceRecord { start, end, paragraph: sentence.paragraph }
    }

    fn entity<'s>(&'s self, id: EntityId, entity: &'s Entity) -> EntityRecord<'s> {
        EntityRecord {
            id: Id::new(letter(id.kind), id.index as usize),
            key: &entity.key,
            name: &entity.name,
            aliases: &entity.aliases,
            role: entity.role.as_deref(),
            organisation: entity.organisation.and_then(|id| self.id(id)),
            gender: entity.gender,
            gender_basis: entity.gender_basis,
            mentions: Mentions(self, &entity.mentions),
        }
    }

    fn mention(&self, mention: &EntityMention) -> MentionRecord<'a> {
        let (start, end) = self.bounds(mention.span);
        MentionRecord {
            start,
            end,
            text: mention.span.of(self.text),
            kind: mention.kind,
            sentence: mention.sentence,
            confidence: rounded(mention.confidence),
        }
    }

    fn figure(&self, index: usize, figure: &'a Figure, passed: &mut Passed) -> FigureRecord<'a> {
        let (start, end) = self.bounds(figure.span);
        passed.move_to(figure.span.start(), self.document);
        FigureRecord {
            id: Id::new(b'f', index),
            start,
            end,
            text: figure.span.of(self.text),
            kind: figure.kind,
            value: figure.value,
            value_min: figure.value_min,
            value_max: figure.value_max,
            value_text: figure.value_text.as_deref(),
            unit: figure.unit.as_deref(),
            unit_assumed: figure.unit_assumed,
            per: figure.per.as_deref(),
            dimension: figure.dimension,
            si_value: figure.si_value,
            si_unit: figure.si_unit.as_deref(),
            approx: figure.approx,
            trend: figure.trend,
            role: figure.role,
            item: figure.item.as_deref(),
            date_start: figure.date_start.as_deref(),
            date_end: figure.date_end.as_deref(),
            timex: figure.timex.as_deref(),
            anchored: figure.anchored,
            subject: figure.subject.and_then(|id| self.id(id)),
            quote: self.quote_around(figure.span, passed.quotes).map(|index| Id::new(b'q', index)),
            sentence: passed.sentences.saturating_sub(1),
        }
    }

    /// Index of the quotation one of whose parts holds `span` (what stands between two parts is not quoted). Looks back over the last
    /// few quotations of those `passed`, which start before it: enough for nested ones, and linear.
    fn quote_around(&self, span: Span, passed: usize) -> Option<usize> {
        const LOOK_BACK: usize = 8;
        if !self.written.holds(LayerSet::QUOTES) {
            return None;
        }
        let quotes = &self.document.quotes;
        (passed.saturating_sub(LOOK_BACK)..passed).rev().find(|&index| {
            let parts = &quotes[index].parts;
            let part = parts.partition_point(|part| part.start() <= span.start());
            part > 0 && parts[part - 1].contains(span)
        })
    }

    fn quote(&self, index: usize, quote: &'a Quotation, attribution: &'a Attribution) -> QuoteRecord<'a> {
        let span = quote.span();
        let (start, end) = self.bounds(span);
        let parts = quote.parts.iter().map(|&part| {
            let (start, end) = self.bounds(part);
            PartRecord { start, end }
        });
        QuoteRecord {
            id: Id::new(b'q', index),
            start,
            end,
            text: span.of(self.text),
            parts: parts.collect(),
            content: content(self.text, &quote.parts),
            kind: match attribution.kind {
                QuoteKind::Direct => KindRecord::Direct,
                QuoteKind::Mixed => KindRecord::Mixed,
                QuoteKind::Scare => KindRecord::Scare,
            },
            speaker: self.speaker(attribution),
            cue: attribution.cue.as_ref().map(|cue| {
                let (start, end) = self.bounds(cue.span);
                CueRecord { start, end, text: cue.span.of(self.text), lemma: &cue.lemma }
            }),
            rule: attribution.rule,
            confidence: rounded(attribution.confidence),
            flags: flags(quote.flags),
            sentence_start: self.document.sentence_at(span.start()),
            sentence_end: self.document.sentence_at(span.end().saturating_sub(1)),
        }
    }

    fn speaker(&self, attribution: &'a Attribution) -> Option<SpeakerRecord<'a>> {
        let speaker = attribution.speaker.as_ref()?;
        let entity = speaker.entity.map(|id| self.document.entities.get(id));
        let (start, end) = self.bounds(speaker.mention.span);
        Some(SpeakerRecord {
            id: speaker.entity.and_then(|id| self.id(id)),
            speaker_type: match speaker.entity.map(|id| id.kind) {
                Some(EntityKind::Person) => SpeakerType::Person,
                Some(EntityKind::Organisation) => SpeakerType::Organisation,
                None => SpeakerType::Unnamed,
            },
            name: entity.map(|e| e.name.as_str()),
            role: speaker.role.as_deref().or_else(|| entity.and_then(|e| e.role.as_deref())),
            mention: SpeakerMentionRecord { start, end, text: speaker.mention.span.of(self.text), kind: speaker.mention.kind },
        })
    }
}

fn letter(kind: EntityKind) -> u8 {
    match kind {
        EntityKind::Person => b'p',
        EntityKind::Organisation => b'o',
    }
}

fn layer_of(kind: EntityKind) -> LayerSet {
    match kind {
        EntityKind::Person => LayerSet::PEOPLE,
        EntityKind::Organisation => LayerSet::ORGANISATIONS,
    }
}

/// Three decimals: enough to sort and filter by, and the same bytes wherever it is computed.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 1000.0).round() / 1000.0
}

fn flags(flags: QuoteFlags) -> Vec<&'static str> {
    let QuoteFlags { unclosed, multi_paragraph, nested, speaker_in_quote, carried_over } = flags;
    [
        (unclosed, "unclosed"),
        (multi_paragraph, "multi_paragraph"),
        (nested, "nested"),
        (speaker_in_quote, "speaker_in_quote"),
        (carried_over, "carried_over"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}

/// The quoted words: each part without its marks and outer white space.
fn content<'a>(text: &'a str, parts: &[Span]) -> Cow<'a, str> {
    match parts {
        [part] => Cow::Borrowed(without_marks(part.of(text))),
        _ => Cow::Owned(parts.iter().map(|part| without_marks(part.of(text))).collect::<Vec<_>>().join(" ")),
    }
}

/// A quoted piece without the mark it opens with and the mark it closes with (`''`, ` `` `, `‘‘` and `’’` count as one).
fn without_marks(piece: &str) -> &str {
    let strip = |piece: &str, last: bool| -> Option<usize> {
        let mark = if last { piece.chars().next_back()? } else { piece.chars().next()? };
        let length = mark.len_utf8();
        let next = if last { piece[..piece.len() - length].chars().next_back() } else { piece[length..].chars().next() };
        let doubled = matches!(mark, '\'' | '`' | '‘' | '’') && next == Some(mark) && (mark != '`' || !last);
        is_quotation_mark(mark).then_some(if doubled { 2 * length } else { length })
    };
    let start = strip(piece, false).unwrap_or(0);
    let inner = &piece[start..];
    let end = inner.len() - strip(inner, true).unwrap_or(0);
    inner[..end].trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_without_marks() {
        assert_eq!(without_marks("“No,”"), "No,");
        assert_eq!(without_marks("``Yes''"), "Yes");
        assert_eq!(without_marks("‘‘Yes,’’"), "Yes,");
        assert_eq!(without_marks("“Yes’’"), "Yes");
        assert_eq!(without_marks("“never closed"), "never closed");
        assert_eq!(without_marks("“"), "");
        assert_eq!(without_marks(""), "");
        let text = "“A,” she said, “B”";
        let parts = [Span::new(0, "“A,”".len()), Span::new(text.find("“B").unwrap_or(0), text.len())];
        assert_eq!(content(text, &parts), "A, B");
    }
}
