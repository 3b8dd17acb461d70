//! Scores who is who: names, pronouns and noun phrases grouped to one person or organisation.
//!
//! B-cubed (Bagga and Baldwin 1998), each mention counted alike: precision is the share of a found mention's entity that gold also puts
//! with it, recall the share of a gold mention's entity that was put with it. A mention that one side does not have at exactly its place
//! counts 0 on the other, so this measures finding mentions as well as tying them. Mentions of those whom no name is given are left out.
//! Roles, organisations and genders are compared for the entity that holds most of a gold person's mentions.

use std::ops::AddAssign;

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::gold::GoldEntity;
use super::{Counts, Extent, Fault, Findings, Gold, rounded};

/// Sums over mentions: each mention has a precision and a recall from 0 to 1, and the score is their mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BCubed {
    /// Of all found mentions.
    pub precision_sum: f64,
    /// Found mentions.
    pub found: usize,
    /// Of all gold mentions.
    pub recall_sum: f64,
    /// Gold mentions.
    pub gold: usize,
}

impl BCubed {
    /// Mean over the found mentions, 0 to 1.
    #[must_use]
    pub fn precision(self) -> f64 {
        mean(self.precision_sum, self.found)
    }

    /// Mean over the gold mentions, 0 to 1.
    #[must_use]
    pub fn recall(self) -> f64 {
        mean(self.recall_sum, self.gold)
    }

    /// Harmonic mean of the two.
    #[must_use]
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
    }

    fn to_json(self) -> Value {
        json!({
            "found": self.found, "gold": self.gold,
            "precision": rounded(self.precision(), 4), "recall": rounded(self.recall(), 4), "f1": rounded(self.f1(), 4),
        })
    }
}

impl AddAssign for BCubed {
    fn add_assign(&mut self, other: Self) {
        self.precision_sum += other.precision_sum;
        self.found += other.found;
        self.recall_sum += other.recall_sum;
        self.gold += other.gold;
    }
}

fn mean(sum: f64, of: usize) -> f64 {
    if of == 0 { 0.0 } else { sum / of as f64 }
}

/// How well mentions were put together, and what was said of people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EntityScore {
    /// Mentions of people.
    pub people: BCubed,
    /// Mentions of organisations.
    pub organisations: BCubed,
    /// Roles of people as printed, whatever their capitals and with or without what they are roles of.
    pub roles: Counts,
    /// Names of the organisations that people are tied to.
    pub organisations_of_people: Counts,
    /// Genders of people.
    pub genders: Counts,
}

impl EntityScore {
    pub(super) fn to_json(self) -> Value {
        json!({
            "people": self.people.to_json(), "organisations": self.organisations.to_json(), "roles": self.roles.to_json(),
            "organisations_of_people": self.organisations_of_people.to_json(), "genders": self.genders.to_json(),
        })
    }
}

impl AddAssign for EntityScore {
    fn add_assign(&mut self, other: Self) {
        self.people += other.people;
        self.organisations += other.organisations;
        self.roles += other.roles;
        self.organisations_of_people += other.organisations_of_people;
        self.genders += other.genders;
    }
}

/// A found person or organisation.
#[derive(Clone, Debug, Default)]
pub(super) struct FoundEntity {
    pub(super) person: bool,
    pub(super) name: String,
    pub(super) role: Option<String>,
    pub(super) organisation: Option<String>,
    pub(super) gender: Option<&'static str>,
    /// All places: names, pronouns, noun phrases.
    pub(super) mentions: Vec<Extent>,
}

pub(super) fn score(gold: &Gold, wanted: &[GoldEntity], found: &Findings, faults: &mut Vec<Fault>) -> EntityScore {
    let unnamed: Vec<Extent> = wanted.iter().filter(|entity| entity.name.is_none()).flat_map(|entity| entity.mentions.clone()).collect();
    let mut score = EntityScore::default();
    for person in [true, false] {
        let wanted: Vec<&GoldEntity> = wanted.iter().filter(|entity| entity.person == person && entity.name.is_some()).collect();
        let got: Vec<&FoundEntity> = found.entities.iter().filter(|entity| entity.person == person).collect();
        let places = |mentions: &[Extent], entity: usize, into: &mut FxHashMap<Extent, usize>| {
            into.extend(mentions.iter().map(|&mention| (mention, entity)));
        };
        let (mut gold_of, mut found_of) = (FxHashMap::default(), FxHashMap::default());
        wanted.iter().enumerate().for_each(|(number, entity)| places(&entity.mentions, number, &mut gold_of));
        got.iter().enumerate().for_each(|(number, entity)| places(&entity.mentions, number, &mut found_of));
        found_of.retain(|place, _| gold_of.contains_key(place) || !unnamed.contains(place));
        let mut shared = vec![vec![0usize; got.len()]; wanted.len()];
        let mut sizes = vec![0usize; got.len()];
        for (place, &entity) in &found_of {
            sizes[entity] += 1;
            if let Some(&gold_entity) = gold_of.get(place) {
                shared[gold_entity][entity] += 1;
            }
        }
        let mut cubed = BCubed { found: found_of.len(), gold: gold_of.len(), ..BCubed::default() };
        for (gold_entity, row) in shared.iter().enumerate() {
            for (entity, &count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                let squared = (count * count) as f64;
                cubed.precision_sum += squared / sizes[entity] as f64;
                cubed.recall_sum += squared / wanted[gold_entity].mentions.len() as f64;
            }
        }
        *(if person { &mut score.people } else { &mut score.organisations }) = cubed;
        let matched: Vec<Option<&FoundEntity>> = shared
            .iter()
            .map(|row| (0..got.len()).filter(|&entity| row[entity] > 0).max_by_key(|&entity| row[entity]).map(|entity| got[entity]))
            .collect();
        for (entity, matched) in wanted.iter().zip(&matched) {
            if person {
                score.compare(entity, *matched);
            }
            report(gold, entity, *matched, &got, faults);
        }
    }
    score
}

impl EntityScore {
    fn compare(&mut self, wanted: &GoldEntity, matched: Option<&FoundEntity>) {
        let equal = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let count = |wanted: Option<&str>, got: Option<&str>, right: &dyn Fn(&str, &str) -> bool| {
            let is_right = wanted.zip(got).is_some_and(|(wanted, got)| right(wanted, got));
            Counts::new(is_right.into(), got.is_some().into(), wanted.is_some().into())
        };
        let role = |wanted: &str, got: &str| {
            let (wanted, got) = (wanted.to_lowercase(), got.to_lowercase());
            let rest = got.strip_prefix(wanted.as_str());
            rest.is_some_and(|rest| rest.is_empty() || [" of ", " at ", " for ", " in ", " with "].iter().any(|of| rest.starts_with(of)))
        };
        self.roles += count(wanted.role.as_deref(), matched.and_then(|entity| entity.role.as_deref()), &role);
        let organisation = matched.and_then(|entity| entity.organisation.as_deref());
        self.organisations_of_people += count(wanted.organisation.as_deref(), organisation, &equal);
        self.genders += count(wanted.gender.as_deref(), matched.and_then(|entity| entity.gender), &equal);
    }
}

/// A fault for each mention of a gold entity that is not with most of the others.
fn report(gold: &Gold, wanted: &GoldEntity, matched: Option<&FoundEntity>, got: &[&FoundEntity], faults: &mut Vec<Fault>) {
    for &mention in &wanted.mentions {
        if matched.is_some_and(|entity| entity.mentions.contains(&mention)) {
            continue;
        }
        let elsewhere = got.iter().find(|entity| entity.mentions.contains(&mention));
        faults.push(Fault {
            layer: "entities",
            fault: if elsewhere.is_some() { "wrong entity" } else { "missed" },
            id: gold.id.clone(),
            context: gold.text.context(mention),
            detail: format!(
                "gold {}, found {}",
                wanted.name.as_deref().unwrap_or_default(),
                elsewhere.map_or("none", |entity| entity.name.as_str())
            ),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::gold::parse;

    fn person(name: &str, role: Option<&str>, mentions: &[(usize, usize)]) -> FoundEntity {
        FoundEntity {
            person: true,
            name: name.to_string(),
            role: role.map(str::to_string),
            mentions: mentions.iter().map(|&(start, end)| Extent::new(start, end)).collect(),
            ..FoundEntity::default()
        }
    }

    #[test]
    fn b_cubed_counts_every_mention() {
        // Two people of two mentions each, one of which went to the other.
        let line = r#"{"id": "a", "text": "Ann said she met Bob, and he paid. An aide left.", "entities": [
            {"type": "person", "name": "Ann", "role": "mayor", "mentions": [[0, 3], [9, 12]]},
            {"type": "person", "name": "Bob", "mentions": [[17, 20], [26, 28]]},
            {"type": "person", "name": null, "mentions": [[35, 42]]}]}"#
            .replace('\n', " ");
        let gold = &parse(&line).unwrap()[0];
        let found = Findings {
            entities: vec![person("Ann", Some("Mayor"), &[(0, 3), (9, 12), (26, 28), (35, 42)]), person("Bob", None, &[(17, 20)])],
            ..Findings::default()
        };
        let mut faults = Vec::new();
        let score = score(gold, gold.entities.as_deref().unwrap(), &found, &mut faults);
        // Ann: 2 of 3 twice, "he": 1 of 3, Bob: 1 of 1; recall 1, 1, 1/2, 1/2.
        assert!((score.people.precision() - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-12);
        assert!((score.people.recall() - 0.75).abs() < 1e-12);
        assert_eq!(score.roles, Counts::new(1, 1, 1));
        assert_eq!(faults.len(), 1);
        assert_eq!((faults[0].fault, faults[0].detail.as_str()), ("wrong entity", "gold Bob, found Ann"));
    }
}
