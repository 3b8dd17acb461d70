//! Entities of a user's list: all mentions of one entry are one entity, and those of two entries never are, whatever their names look
//! like. What the list does not hold stays with whom it was grouped.

use super::in_order;
use super::organisations::Organisation;
use super::people::Person;
use crate::annotate::names::EntryId;
use rustc_hash::FxHashMap;

/// A group of mentions that are one entity.
pub(super) trait Group: Default {
    fn entry(&mut self) -> &mut Option<EntryId>;
}

impl Group for Person {
    fn entry(&mut self) -> &mut Option<EntryId> {
        &mut self.entry
    }
}

impl Group for Organisation {
    fn entry(&mut self) -> &mut Option<EntryId> {
        &mut self.entry
    }
}

/// Divides and joins `groups` so that each has mentions of one entry at most; they stay in the order of their first mentions. `group_of`
/// tells the group of each mention, and `fresh` makes an empty group for one.
pub(super) fn divide<G: Group>(
    groups: &mut Vec<G>,
    group_of: &mut [usize],
    entry_of: impl Fn(usize) -> Option<EntryId>,
    fresh: impl Fn(usize) -> G,
) {
    let mut by_group: Vec<usize> = (0..group_of.len()).collect();
    by_group.sort_by_key(|&mention| group_of[mention]);
    let mut gathers: FxHashMap<EntryId, usize> = FxHashMap::default();
    let mut moving: Vec<(usize, EntryId)> = Vec::new();
    for mention in by_group {
        let Some(entry) = entry_of(mention) else { continue };
        let group = group_of[mention];
        // The first entry of a group keeps it, and the first group of an entry gathers it.
        if groups[group].entry().is_none() && !gathers.contains_key(&entry) {
            *groups[group].entry() = Some(entry);
            gathers.insert(entry, group);
        }
        if *groups[group].entry() != Some(entry) {
            moving.push((mention, entry));
        }
    }
    for (mention, entry) in moving {
        group_of[mention] = *gathers.entry(entry).or_insert_with(|| {
            let mut group = fresh(mention);
            *group.entry() = Some(entry);
            groups.push(group);
            groups.len() - 1
        });
    }
    in_order(groups, group_of);
}
