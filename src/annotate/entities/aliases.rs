//! Entities joined across articles under a user's id: the same person or firm bears one `key` whatever an article calls it.

use crate::annotate::names::Gazetteer;
use crate::document::{Entities, Entity, NameType};

/// Gives each entity whose name stands in the list the listed key. The full name decides; of the other forms only those of two and more
/// words are looked up, for a bare surname may be anybody's.
pub fn join(entities: &mut Entities, aliases: &Gazetteer) {
    let give_key = |entity: &mut Entity, name_type: NameType| {
        let fuller = entity.aliases.iter().filter(|form| form.contains(' '));
        let listed = std::iter::once(&entity.name).chain(fuller).find_map(|form| aliases.entry_named(form, name_type));
        if let Some(entry) = listed {
            aliases.key(entry).clone_into(&mut entity.key);
        }
    };
    entities.people.iter_mut().for_each(|entity| give_key(entity, NameType::Person));
    entities.organisations.iter_mut().for_each(|entity| give_key(entity, NameType::Organisation));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::names::Entry;

    fn entity(name: &str, aliases: &[&str]) -> Entity {
        Entity { name: name.into(), aliases: aliases.iter().map(|&alias| alias.into()).collect(), key: "own".into(), ..Entity::default() }
    }

    #[test]
    fn names_and_fuller_forms_join_but_surnames_and_other_types_do_not() {
        let mut list = Gazetteer::default();
        for (name, name_type, aliases, id) in
            [("Ada Quill", NameType::Person, vec!["A. M. Quill", "Quill"], "p1"), ("Quill Press", NameType::Organisation, vec!["QP"], "o1")]
        {
            let aliases = aliases.into_iter().map(str::to_owned).collect();
            list.add(&Entry { name: name.into(), name_type, aliases, id: Some(id.into()) }).unwrap();
        }
        let mut entities = Entities {
            people: vec![
                entity("ADA QUILL", &[]),
                entity("Adelheid Quill", &["A. M. Quill"]),
                entity("Jon Quill", &["Quill"]),
                entity("Quill", &[]),
                entity("QP", &[]),
            ],
            organisations: vec![entity("QP", &[])],
        };
        join(&mut entities, &list);
        let keys: Vec<&str> = entities.people.iter().chain(&entities.organisations).map(|entity| entity.key.as_str()).collect();
        assert_eq!(keys, ["p1", "p1", "own", "p1", "own", "o1"]);
    }
}
