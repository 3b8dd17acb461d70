//! Public bodies that are named in two ways: "the Department of Justice" and "the Justice Department", "the U.S. Senate" and "the Senate".

use super::names::{Names, Word};
use super::organisations::Organisation;
use crate::annotate::lexicon::extend_phrase;
use rustc_hash::FxHashMap;

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
    let mut bodies: FxHashMap<u64, [Option<usize>; 3]> = FxHashMap::default();
    let name = |group: &Organisation| parts(names.words(group.words), names);
    let is_bare = |group: &Organisation| name(group).1.len() == group.words.len();
    let mut add = |group: usize, kind: Kind, body: &mut [Option<usize>; 3]| match body[kind as usize] {
        Some(known) => join(known, group),
        None => body[kind as usize] = Some(group),
    };
    // Most articles name no body in two ways.
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| !is_bare(group)) {
        let (kind, about) = name(group);
        add(number, kind, bodies.entry(hash(about, names)).or_default());
    }
    if bodies.is_empty() {
        return;
    }
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| is_bare(group)) {
        if let Some(body) = bodies.get_mut(&hash(names.words(group.words), names)) {
            add(number, Kind::Other, body);
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

fn hash(about: &[Word], names: &Names) -> u64 {
    about.iter().map(|&word| names.words.hash(word)).reduce(extend_phrase).unwrap_or(0)
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
