//! Entities of a user's list: all mentions of one entry are one entity, and those of two entries never are, whatever their names look
//! like. What the list does not hold stays with whom it was grouped.

use super::organisations::Organisation;
use super::people::Person;
use crate::annotate::names::EntryId;
use rustc_hash::FxHashMap;

/// A group of mentions that are one entity.
pub(super) trait Group {
    fn first(&self) -> usize;
    fn mentions(&mut self) -> &mut Vec<usize>;
    fn entry(&mut self) -> &mut Option<EntryId>;
}

impl Group for Person {
    fn first(&self) -> usize {
        self.mentions[0]
    }

    fn mentions(&mut self) -> &mut Vec<usize> {
        &mut self.mentions
    }

    fn entry(&mut self) -> &mut Option<EntryId> {
        &mut self.entry
    }
}

impl Group for Organisation {
    fn first(&self) -> usize {
        self.mentions[0]
    }

    fn mentions(&mut self) -> &mut Vec<usize> {
        &mut self.mentions
    }

    fn entry(&mut self) -> &mut Option<EntryId> {
        &mut self.entry
    }
}

/// Divides and joins `groups` so that each has mentions of one entry at most; they stay in the order of their first mentions.
/// `fresh` makes an empty group for a mention.
pub(super) fn divide<G: Group>(groups: &mut Vec<G>, entry_of: impl Fn(usize) -> Option<EntryId>, fresh: impl Fn(usize) -> G) {
    let mut group_of: FxHashMap<EntryId, usize> = FxHashMap::default();
    let mut moving: Vec<(usize, EntryId)> = Vec::new();
    for (index, group) in groups.iter_mut().enumerate() {
        let mentions = std::mem::take(group.mentions());
        for mention in mentions {
            if let Some(entry) = entry_of(mention) {
                // The first entry of a group keeps it, and the first group of an entry gathers it.
                if group.entry().is_none() && !group_of.contains_key(&entry) {
                    *group.entry() = Some(entry);
                    group_of.insert(entry, index);
                }
                if *group.entry() != Some(entry) {
                    moving.push((mention, entry));
                    continue;
                }
            }
            group.mentions().push(mention);
        }
    }
    for (mention, entry) in moving {
        let index = *group_of.entry(entry).or_insert(groups.len());
        if index == groups.len() {
            let mut group = fresh(mention);
            *group.entry() = Some(entry);
            groups.push(group);
        }
        groups[index].mentions().push(mention);
    }
    groups.retain_mut(|group| !group.mentions().is_empty());
    groups.iter_mut().for_each(|group| group.mentions().sort_unstable());
    groups.sort_by_key(|group| group.first());
}
