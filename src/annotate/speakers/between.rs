//! What lies between a quotation and its candidates: the classes of the words and marks on the way, and how many of some there are.
//!
//! Ways share most of their tokens, so that each side of a quotation is read once, away from it: what lies between the quotation and a
//! candidate lies between it and the candidates behind that one too.

use super::{
    candidates::{Candidate, CandidateKind},
    scene::{QuotePlace, Scene},
    words::Class,
};
use std::ops::Range;

/// Longest stretch read between a candidate and a quotation.
const REACH: usize = 120;

/// Paths of more classes than these are not told apart.
const PATH: usize = 9;
const COARSE: usize = 6;

/// What lies between a candidate and the quotation: no more tokens than a byte counts.
#[derive(Clone, Copy, Default)]
pub(super) struct Way {
    path: Path,
    coarse: Path,
    /// Whether it was read against the text.
    backwards: bool,
    pub(super) candidates: u8,
    pub(super) names: u8,
    pub(super) cues: u8,
    pub(super) stops: u8,
    pub(super) quotes: u8,
}

impl Way {
    /// All classes that matter, as a number.
    pub(super) fn path(&self) -> u32 {
        self.path.hash(PATH, self.backwards)
    }

    /// The same of fewer classes.
    pub(super) fn coarse(&self) -> u32 {
        self.coarse.hash(COARSE, self.backwards)
    }

    fn pass_candidate(&mut self, candidate: &Candidate) {
        self.candidates += 1;
        self.names += u8::from(candidate.kind.is_name() || candidate.kind == CandidateKind::HeShe);
        self.path.push(Class::Candidate);
        self.coarse.push(Class::Candidate);
    }

    fn pass<'a>(&mut self, classes: impl Iterator<Item = &'a Class>) {
        for &class in classes {
            match class {
                Class::Other
                | Class::Capital
                | Class::Number
                | Class::Adverb
                | Class::Determiner
                | Class::Possessive
                | Class::Indefinite => {}
                Class::Quote => {
                    self.quotes += u8::from(self.path.last != Class::Quote);
                    self.path.push(class);
                    self.coarse.push(class);
                }
                _ => {
                    self.path.push(class);
                    self.cues += u8::from(class.is_finite_cue());
                    self.stops += u8::from(class == Class::Stop);
                    if class.is_cue_verb() {
                        self.coarse.push(if class.is_ing_cue() { Class::Saying } else { Class::Say });
                    } else if matches!(
                        class,
                        Class::Comma | Class::Relative | Class::That | Class::And | Class::Colon | Class::Stop | Class::When | Class::HeShe
                    ) {
                        self.coarse.push(class);
                    }
                }
            }
        }
    }
}

/// The ways between the quotation and the candidates `near` it, in their order; `split` is the first that stands behind its start.
pub(super) fn ways(scene: &Scene, place: &QuotePlace, near: Range<usize>, split: usize) -> Vec<Way> {
    let mut ways = vec![Way::default(); near.len()];
    let (before, behind) = ways.split_at_mut(split - near.start);
    for index in (near.start..split).rev() {
        let from = scene.candidates[index].full_end;
        let way = &mut before[index - near.start..];
        if from + REACH < place.start {
            way[0] = way_from(scene, place, index);
            continue;
        }
        // A candidate inside its phrase is passed with it.
        let next = (index + 1..split).find(|&next| scene.candidates[next].start >= from);
        way[0] = next.map_or(Way { backwards: true, ..Way::default() }, |next| way[next - index]);
        if let Some(next) = next {
            way[0].pass_candidate(&scene.candidates[next]);
        }
        let to = next.map_or(place.start, |next| scene.candidates[next].start);
        way[0].pass(scene.outside[from.min(to)..to].iter().rev());
    }
    let mut reader = Reader { scene, at: place.end, next: split, way: Way::default() };
    for (candidate, way) in scene.candidates[split..].iter().zip(behind) {
        *way = reader.read_to(candidate.start);
    }
    ways
}

/// The way from a candidate far before the quotation, as far as it is read.
pub(super) fn way_from(scene: &Scene, place: &QuotePlace, index: usize) -> Way {
    let from = scene.candidates[index].full_end;
    Reader { scene, at: from, next: index + 1, way: Way::default() }.read_to(place.start.min(from + REACH))
}

/// Reads a way along the text.
struct Reader<'a> {
    scene: &'a Scene<'a>,
    at: usize,
    /// The first candidate that may stand at the token or behind it.
    next: usize,
    way: Way,
}

impl Reader<'_> {
    /// Reads on to a token, and gives the way so far.
    fn read_to(&mut self, limit: usize) -> Way {
        let candidates = &self.scene.candidates;
        while self.at < limit {
            while candidates.get(self.next).is_some_and(|candidate| candidate.start < self.at) {
                self.next += 1;
            }
            let candidate = candidates.get(self.next).filter(|candidate| candidate.start < limit);
            let to = candidate.map_or(limit, |candidate| candidate.start);
            self.way.pass(self.scene.outside[self.at..to].iter());
            self.at = to;
            if let Some(candidate) = candidate {
                self.way.pass_candidate(candidate);
                self.at = candidate.full_end.max(to + 1);
            }
        }
        self.way
    }
}

/// The classes on a way, without repeats.
#[derive(Clone, Copy)]
struct Path {
    /// In the order they were read.
    classes: [Class; PATH],
    length: u8,
    last: Class,
}

impl Default for Path {
    fn default() -> Self {
        Self { classes: [Class::Start; PATH], length: 0, last: Class::Start }
    }
}

impl Path {
    fn push(&mut self, class: Class) {
        if class != self.last {
            if let Some(slot) = self.classes.get_mut(usize::from(self.length)) {
                *slot = class;
            }
            self.length += 1;
            self.last = class;
        }
    }

    /// 18 bits, of the classes in text order; all long paths are one.
    fn hash(&self, longest: usize, backwards: bool) -> u32 {
        let length = usize::from(self.length);
        if length > longest {
            return (1 << 18) - 1;
        }
        let classes = &self.classes[..length];
        let join = |hash: u32, class: &Class| (hash.rotate_left(5) ^ *class as u32).wrapping_mul(0x9E37_79B1);
        let hash = if backwards { classes.iter().rev().fold(0, join) } else { classes.iter().fold(0, join) };
        hash >> 14
    }
}
