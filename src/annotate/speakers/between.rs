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
const PATH: u32 = 9;
const COARSE: u32 = 6;

/// What lies between a candidate and the quotation.
#[derive(Clone, Copy, Default)]
pub(super) struct Way {
    path: Path,
    coarse: Path,
    /// Whether it was read against the text.
    backwards: bool,
    pub(super) candidates: u32,
    pub(super) names: u32,
    pub(super) cues: u32,
    pub(super) stops: u32,
    pub(super) quotes: u32,
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
        self.names += u32::from(candidate.kind.is_name() || candidate.kind == CandidateKind::HeShe);
        self.path.push(Class::Candidate);
        self.coarse.push(Class::Candidate);
    }

    fn pass(&mut self, class: Class) {
        match class {
            Class::Other | Class::Capital | Class::Number | Class::Adverb | Class::Determiner | Class::Possessive | Class::Indefinite => {}
            Class::Quote => {
                self.quotes += u32::from(self.path.last != Class::Quote);
                self.path.push(class);
                self.coarse.push(class);
            }
            _ => {
                self.path.push(class);
                self.cues += u32::from(class.is_finite_cue());
                self.stops += u32::from(class == Class::Stop);
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

/// The ways between the quotation and the candidates `near` it, in their order; `split` is the first that stands behind its start.
pub(super) fn ways(scene: &Scene, place: &QuotePlace, near: Range<usize>, split: usize) -> Vec<Way> {
    let mut ways = vec![Way::default(); near.len()];
    let (before, behind) = ways.split_at_mut(split - near.start);
    for index in (near.start..split).rev() {
        let from = scene.candidates[index].full_end;
        before[index - near.start] = if from + REACH < place.start {
            way_from(scene, place, index)
        } else {
            // A candidate inside its phrase is passed with it.
            match (index + 1..split).find(|&next| scene.candidates[next].start >= from) {
                None => back(scene, from..place.start, Way { backwards: true, ..Way::default() }),
                Some(next) => {
                    let (candidate, mut way) = (&scene.candidates[next], before[next - near.start]);
                    way.pass_candidate(candidate);
                    back(scene, from..candidate.start, way)
                }
            }
        };
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

/// The way with tokens before it that no candidate stands among.
fn back(scene: &Scene, tokens: Range<usize>, mut way: Way) -> Way {
    for at in tokens.rev() {
        way.pass(scene.class(at, 0, usize::MAX));
    }
    way
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
        let scene = self.scene;
        while self.at < limit {
            while scene.candidates.get(self.next).is_some_and(|c| c.start < self.at) {
                self.next += 1;
            }
            match scene.candidates.get(self.next).filter(|c| c.start == self.at) {
                Some(candidate) => {
                    self.way.pass_candidate(candidate);
                    self.at = candidate.full_end.max(self.at + 1);
                }
                None => {
                    self.way.pass(scene.class(self.at, 0, usize::MAX));
                    self.at += 1;
                }
            }
        }
        self.way
    }
}

/// The classes on a way, without repeats.
#[derive(Clone, Copy)]
struct Path {
    /// In the order they were read.
    classes: [Class; PATH as usize],
    length: u32,
    last: Class,
}

impl Default for Path {
    fn default() -> Self {
        Self { classes: [Class::Start; PATH as usize], length: 0, last: Class::Start }
    }
}

impl Path {
    fn push(&mut self, class: Class) {
        if class != self.last {
            if let Some(slot) = self.classes.get_mut(self.length as usize) {
                *slot = class;
            }
            self.length += 1;
            self.last = class;
        }
    }

    /// 18 bits, of the classes in text order; all long paths are one.
    fn hash(&self, longest: u32, backwards: bool) -> u32 {
        if self.length > longest {
            return (1 << 18) - 1;
        }
        let classes = &self.classes[..self.length as usize];
        let join = |hash: u32, class: &Class| (hash.rotate_left(5) ^ *class as u32).wrapping_mul(0x9E37_79B1);
        let hash = if backwards { classes.iter().rev().fold(0, join) } else { classes.iter().fold(0, join) };
        hash >> 14
    }
}
