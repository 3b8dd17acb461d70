//! Sums of the rows of a group of features ([`Group`]), kept from token to token and from article to article: words and kinds of words
//! come back ("the", "said", the people an article is about), and a sum that is at hand costs one cache line instead of a look-up for
//! every feature.

use super::features::{Group, Window};
use super::model::Model;
use super::network::{Query, ROW, Sums, WIDTH, add};
use std::sync::{Mutex, PoisonError};

/// A table with one slot for each key: a sum stays until another one takes its slot.
pub(crate) struct GroupSums {
    slots: Box<[Slot; SLOTS]>,
    query: Query,
    /// The candidate and the key of each part of the query that is a group's.
    parts: Vec<(usize, u64)>,
}

/// A cache line. Behind the sums, where rows have their key, stands that of the slot.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Slot(Sums);

impl Slot {
    fn new(key: u64, sums: &Sums) -> Self {
        let mut slot = *sums;
        for (at, part) in slot[WIDTH..].iter_mut().enumerate() {
            *part = (key >> (16 * at)) as i16;
        }
        Self(slot)
    }

    /// Of the group and what it depends on; 0 for an empty slot.
    #[inline]
    fn key(&self) -> u64 {
        let part = |at: usize| u64::from(self.0[WIDTH + at] as u16) << (16 * at);
        part(0) | part(1) | part(2) | part(3)
    }
}

/// So many candidates are summed up at a time.
pub(crate) const BLOCK: usize = 16;

/// Two MB: enough for the usual words.
const SLOTS: usize = 1 << 15;

/// The tables of a model that no thread is using: as many are made as threads work at the same time.
#[derive(Default)]
pub(crate) struct SpareGroupSums(Mutex<Vec<GroupSums>>);

impl SpareGroupSums {
    pub(crate) fn take(&self) -> GroupSums {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_else(GroupSums::new)
    }

    pub(crate) fn give_back(&self, group_sums: GroupSums) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(group_sums);
    }
}

impl GroupSums {
    fn new() -> Self {
        let Ok(slots) = vec![Slot([0; ROW]); SLOTS].try_into() else { unreachable!("there are as many") };
        Self { slots, query: Query::default(), parts: Vec::new() }
    }

    /// The sums of all features of some candidates, at most [`BLOCK`]. Each step is made for all of them before the next one: what a step waits
    /// for comes from memory for all at the same time.
    #[inline(never)]
    pub(crate) fn of(&mut self, windows: &[Window], model: &Model, sums: &mut [Sums]) {
        let Self { slots, query, parts } = self;
        let place = |key: u64| (key >> 32) as usize % SLOTS;
        let mut asked = [[0; Group::ALL.len()]; BLOCK];
        for (keys, window) in asked.iter_mut().zip(windows) {
            *keys = window.keys();
        }
        // All slots are touched before any is read: see [`super::network::RowTable::sum`].
        let keys = asked[..windows.len()].as_flattened();
        std::hint::black_box(keys.iter().fold(0, |all, &key| all ^ slots[place(key)].0[0]));
        query.clear();
        for window in windows {
            let start = query.features.len();
            window.joint_features(&model.words, &mut query.features);
            model.network.table.sift(&mut query.features, start);
            query.end_part();
        }
        parts.clear();
        for (number, ((window, keys), sums)) in windows.iter().zip(&asked).zip(sums.iter_mut()).enumerate() {
            *sums = [0; ROW];
            for (&group, &key) in Group::ALL.iter().zip(keys) {
                let slot = &slots[place(key)];
                if slot.key() == key {
                    add(sums, &slot.0);
                } else {
                    window.group_features(group, &model.words, &mut query.features);
                    query.end_part();
                    parts.push((number, key));
                }
            }
        }
        model.network.table.sum(query, |part, part_sums| match part.checked_sub(windows.len()) {
            None => add(&mut sums[part], part_sums),
            Some(part) => {
                let (number, key) = parts[part];
                add(&mut sums[number], part_sums);
                slots[place(key)] = Slot::new(key, part_sums);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::lexicon::Lexicon;
    use crate::annotate::names::facts::Facts;
    use crate::annotate::{sentences, tokens};

    #[test]
    fn sums_at_hand_are_those_of_all_features() {
        let text = "“No,” said Ada O’Neill of Kestrel Bank. Kestrel Bank’s Ada O'Neill said so again, and Kestrel Bank said no.";
        let (lexicon, model) = (Lexicon::english(), Model::embedded());
        let tokens = tokens::tokenize(text, &lexicon.vocabulary);
        let sentences = sentences::split(text, &tokens, &lexicon);
        let facts = Facts::new(text, &tokens, &sentences, &model.words, &lexicon.names);
        let mut group_sums = model.group_sums.take();
        let mut query = Query::default();
        assert!(facts.candidates.len() > 8);
        let windows: Vec<Window> = facts.candidates.iter().map(|candidate| Window::of(&facts, candidate)).collect();
        for block in windows.chunks(BLOCK) {
            let mut found = [[0; ROW]; BLOCK];
            group_sums.of(block, &model, &mut found);
            for (window, found) in block.iter().zip(&found) {
                query.clear();
                window.features(&model.words, &mut query.features);
                query.end_part();
                // Behind the sums are those of the keys, which say nothing.
                model.network.table.sum(&mut query, |_, sums| assert_eq!(found[..WIDTH], sums[..WIDTH]));
            }
        }
    }
}
