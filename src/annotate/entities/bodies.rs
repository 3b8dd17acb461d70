//! Public bodies that are named in two ways: "the Department of Justice" and "the Justice Department", "the U.S. Senate" and "the Senate".

use super::names::{Names, Word};
use super::organisations::Organisation;
use crate::annotate::lexicon::extend_phrase;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// What a body is beside what its name is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Department,
    Ministry,
    /// Nothing that its name tells.
    Other,
}

/// No shorter word stands for a department by itself: "Treasury" does, "Fire" does not.
const SHORTEST: usize = 6;

/// Joins the groups that name one body.
pub(super) fn join(groups: &[Organisation], names: &Names, mut join: impl FnMut(usize, usize)) {
    // By the hash of what its name is about, one for each kind.
    let mut bodies: FxHashMap<u64, [Option<usize>; 3]> = FxHashMap::with_capacity_and_hasher(groups.len(), FxBuildHasher);
    for (group, organisation) in groups.iter().enumerate() {
        let words = names.words(organisation.words);
        let (kind, about) = parts(words, names);
        let Some(hash) = about.iter().map(|&word| names.words.hash(word)).reduce(extend_phrase) else { continue };
        let body = bodies.entry(hash).or_default();
        match body[kind as usize] {
            Some(known) => join(known, group),
            None => body[kind as usize] = Some(group),
        }
    }
    for [department, ministry, other] in bodies.into_values() {
        if let (Some(named), Some(bare)) = (department.xor(ministry), other)
            && stands_alone(names.words(groups[bare].words), names)
        {
            join(named, bare);
        }
    }
}

/// What a name tells of the kind, and what it is about.
fn parts<'a>(words: &'a [Word], names: &Names) -> (Kind, &'a [Word]) {
    let text = |word: &Word| names.words.text(*word);
    let kind_of = |word: &Word| match text(word) {
        "department" => Kind::Department,
        "ministry" => Kind::Ministry,
        _ => Kind::Other,
    };
    let words = match words {
        [country, rest @ ..] if matches!(text(country), "us" | "uk") && !rest.is_empty() => rest,
        [united, states, rest @ ..] if text(united) == "united" && text(states) == "states" && !rest.is_empty() => rest,
        all => all,
    };
    match words {
        [kind, of, about @ ..] if text(of) == "of" && kind_of(kind) != Kind::Other && !about.is_empty() => (kind_of(kind), about),
        [about @ .., kind] if kind_of(kind) != Kind::Other && !about.is_empty() => (kind_of(kind), about),
        [house, of, representatives] if text(house) == "house" && text(of) == "of" && text(representatives) == "representatives" => {
            (Kind::Other, &words[..1])
        }
        all => (Kind::Other, all),
    }
}

/// Whether what a department is about stands for it.
fn stands_alone(about: &[Word], names: &Names) -> bool {
    match about {
        [word] => names.words.text(*word).len() >= SHORTEST && names.words.text(*word) != "police",
        _ => true,
    }
}
