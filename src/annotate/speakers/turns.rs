//! The speakers of turns in interviews and transcripts: their labels say who they are.

use crate::{document::*, span::Span};
use rustc_hash::FxHashMap;

/// How sure the label of a turn is its speaker.
const LABELLED: f32 = 0.95;

/// The attributions of quotations in marks with those of turns among them; `labels` has the tokens of each turn's label. "Q" and "A" name
/// nobody.
pub(crate) fn with_turns(
    attributions: Vec<Attribution>,
    labels: Vec<Option<std::ops::Range<usize>>>,
    text: &str,
    tokens: &[Token],
    entities: &Entities,
) -> Vec<Attribution> {
    let mut named: FxHashMap<usize, EntityId> = FxHashMap::default();
    for (id, entity) in entities.iter() {
        named.extend(entity.mentions.iter().map(|mention| (mention.span.start(), id)));
    }
    let mut marked = attributions.into_iter();
    let of_turn = |label: std::ops::Range<usize>| {
        let span = Span::new(tokens[label.start].span.start(), tokens[label.end - 1].span.end());
        let entity = named.get(&span.start()).copied();
        let is_name = entity.is_some() || span.len() > 1;
        let mention = SpeakerMention { span, kind: MentionKind::Name };
        let colon = tokens[label.end].span;
        Attribution {
            kind: QuoteKind::Direct,
            speaker: is_name.then_some(Speaker { entity, mention, role: None }),
            cue: Some(Cue { span: colon, lemma: colon.of(text).to_owned() }),
            rule: Some("turn"),
            confidence: LABELLED,
        }
    };
    let all = labels.into_iter().filter_map(|label| label.map_or_else(|| marked.next(), |label| Some(of_turn(label))));
    all.collect()
}
