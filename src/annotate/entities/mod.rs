//! Who is who within one article: tagged names in, people and organisations with all their mentions out.
//!
//! Steps, one file each: names are grouped (`people`, `organisations`), roles are read from the words beside them (`roles`), places the
//! tagger missed are looked up (`missed`), and one walk over the text ties pronouns and noun phrases to whom was last talked of
//! (`discourse`, `nominals`). Where the article does not tell, nothing is tied.

mod discourse;
mod lexicon;
mod missed;
mod nominals;
mod organisations;
mod people;
mod record;
mod roles;
#[cfg(test)]
mod tests;
mod view;

pub use lexicon::EntityLexicon;

use crate::annotate::lexicon::Lexicon;
use crate::document::{Entities, EntityId, Mention, MentionKind, NameType, Quotation, Sentence, Token};
use people::PersonMention;
use rustc_hash::FxHashMap;
use std::ops::Range;
use view::View;

/// A place where an entity stands, with its entity.
#[derive(Clone, Debug)]
struct Linked {
    tokens: Range<usize>,
    entity: EntityId,
    kind: MentionKind,
    confidence: f32,
}

/// Groups the names of an article and ties pronouns and noun phrases to them.
#[must_use]
pub fn resolve(
    text: &str,
    tokens: &[Token],
    sentences: &[Sentence],
    quotes: &[Quotation],
    mentions: &[Mention],
    lexicon: &Lexicon,
) -> Entities {
    if mentions.is_empty() || sentences.is_empty() {
        return Entities::default();
    }
    let view = View::new(text, tokens, sentences, quotes, &lexicon.entities);
    let taken = Taken::new(tokens.len(), mentions);
    let (people_mentions, organisation_mentions) = divide(&view, mentions);
    let people = people::cluster(&people_mentions, &lexicon.entities);
    let organisations = organisations::cluster(&view, &organisation_mentions);

    let mut links: Vec<Linked> = Vec::with_capacity(mentions.len() * 2);
    for (index, person) in people.iter().enumerate() {
        links.extend(person.mentions.iter().map(|&m| {
            let mention = &people_mentions[m];
            Linked {
                tokens: mention.tokens.clone(),
                entity: EntityId::person(index),
                kind: MentionKind::Name,
                confidence: mention.confidence,
            }
        }));
    }
    for (index, organisation) in organisations.iter().enumerate() {
        links.extend(organisation.mentions.iter().map(|&m| {
            let mention = &organisation_mentions[m];
            Linked {
                tokens: mention.tokens.clone(),
                entity: EntityId::organisation(index),
                kind: MentionKind::Name,
                confidence: mention.confidence,
            }
        }));
    }
    links.extend(missed::find(&view, &taken, &links, &people, &organisations));
    links.sort_by_key(|link| link.tokens.start);

    let mut facts = record::Facts::gather(&view, &taken, &links, &people, &organisations);
    let tied = discourse::tie(&view, &taken, &links, &mut facts);
    record::write(&view, links, tied, &facts)
}

/// Which tokens are part of a tagged name.
struct Taken(Vec<bool>);

impl Taken {
    fn new(tokens: usize, mentions: &[Mention]) -> Self {
        let mut taken = vec![false; tokens];
        for mention in mentions {
            if let Some(range) = taken.get_mut(mention.tokens.range()) {
                range.fill(true);
            }
        }
        Self(taken)
    }

    fn at(&self, token: usize) -> bool {
        self.0.get(token).copied().unwrap_or(false)
    }
}

/// The names of people and of organisations. A word that is tagged both ways goes the way its full names go.
fn divide(view: &View, mentions: &[Mention]) -> (Vec<PersonMention>, Vec<organisations::OrganisationMention>) {
    let mut people = Vec::new();
    let mut organisations = Vec::new();
    // For each word that ends a full name of a person, begins or is an organisation's name: how often tagged each way.
    let mut votes: FxHashMap<&str, [u32; 3]> = FxHashMap::default();
    for mention in mentions {
        let (words, last) = (mention.tokens.len(), (mention.tokens.end as usize).saturating_sub(1));
        match mention.name_type {
            NameType::Person if words > 1 => votes.entry(view.word(last)).or_default()[0] += 1,
            NameType::Person => votes.entry(view.word(last)).or_default()[1] += 1,
            NameType::Organisation if words == 1 => votes.entry(view.word(last)).or_default()[2] += 1,
            _ => {}
        }
    }
    for mention in mentions {
        let tokens = mention.tokens.range();
        if tokens.is_empty() || tokens.end > view.tokens.len() {
            continue;
        }
        let [full, alone, organisation] = votes.get(view.word(tokens.end - 1)).copied().unwrap_or_default();
        let name_type = match mention.name_type {
            NameType::Organisation if tokens.len() == 1 && full > 0 && full + alone >= organisation => NameType::Person,
            NameType::Person if tokens.len() == 1 && full == 0 && organisation > alone => NameType::Organisation,
            other => other,
        };
        match name_type {
            NameType::Person => {
                let words = people::name_words(view, tokens.clone());
                if !words.is_empty() {
                    let title_gender = roles::titles_before(view, tokens.start).honorific;
                    people.push(PersonMention { tokens, words, title_gender, confidence: mention.confidence });
                }
            }
            NameType::Organisation => {
                let words = organisations::name_words(view, tokens.clone());
                if !words.is_empty() {
                    organisations.push(organisations::OrganisationMention { tokens, words, confidence: mention.confidence });
                }
            }
            NameType::Location | NameType::Other => {}
        }
    }
    (people, organisations)
}
