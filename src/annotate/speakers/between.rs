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
const LONGEST: u32 = 9;
const LONGEST_COARSE: u32 = 6;

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
        self.path.hash::<LONGEST>(self.backwards)
    }

    /// The same of fewer classes.
    pub(super) fn coarse(&self) -> u32 {
        self.coarse.hash::<LONGEST_COARSE>(self.backwards)
    }

    fn pass_candidate(&mut self, candidate: &Candidate) {
        self.candidates += 1;
        self.names += u8::from(candidate.kind.is_name() || candidate.kind == CandidateKind::HeShe);
        self.path.push(Class::Candidate, true);
        self.coarse.push(Class::Candidate, true);
    }

    /// With few branches: what class comes next cannot be foretold.
    fn pass<'a>(&mut self, classes: impl Iterator<Item = &'a Class>) {
        let mut way = *self;
        for &class in classes {
            // All of a quotation but its first token.
            if class == Class::Quote && way.path.last == Class::Quote {
                continue;
            }
            let step = &STEPS[class as usize];
            way.quotes += u8::from(class == Class::Quote);
            way.cues += step.cues;
            way.stops += step.stops;
            way.path.push(class, step.is_told);
            way.coarse.push(step.coarse, step.coarse != Class::Other);
        }
        *self = way;
    }
}

/// What a class adds to a way.
#[derive(Clone, Copy)]
struct Step {
    /// Whether the path tells of it.
    is_told: bool,
    /// As what the coarse path tells of it; `Other` where it does not.
    coarse: Class,
    cues: u8,
    stops: u8,
}

/// By class.
const STEPS: [Step; 64] = steps();

const fn steps() -> [Step; 64] {
    use Class::*;
    const PLAIN: [Class; 7] = [Other, Capital, Number, Adverb, Determiner, Possessive, Indefinite];
    const COARSE: [Class; 9] = [Quote, Comma, Relative, That, And, Colon, Stop, When, HeShe];
    // Finite, base, -ing.
    const CUES: [[Class; 3]; 6] = [
        [Say, SayBase, Saying],
        [Tell, TellBase, Telling],
        [Write, WriteBase, Writing],
        [Think, ThinkBase, Thinking],
        [Call, CallBase, Calling],
        [Act, ActBase, Acting],
    ];
    let mut steps = [Step { is_told: true, coarse: Other, cues: 0, stops: 0 }; 64];
    let mut at = 0;
    while at < PLAIN.len() {
        steps[PLAIN[at] as usize].is_told = false;
        at += 1;
    }
    at = 0;
    while at < COARSE.len() {
        steps[COARSE[at] as usize].coarse = COARSE[at];
        at += 1;
    }
    at = 0;
    while at < CUES.len() {
        let [finite, base, ing] = CUES[at];
        steps[finite as usize].cues = 1;
        steps[finite as usize].coarse = Say;
        steps[base as usize].coarse = Say;
        steps[ing as usize].coarse = Saying;
        at += 1;
    }
    steps[Stop as usize].stops = 1;
    steps
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
    /// Six bits each, the last read lowest; of long paths, which are all one, the first are lost.
    classes: u64,
    length: u8,
    last: Class,
}

impl Default for Path {
    fn default() -> Self {
        Self { classes: 0, length: 0, last: Class::Start }
    }
}

impl Path {
    /// Adds a class if it `counts`.
    fn push(&mut self, class: Class, counts: bool) {
        let is_new = counts & (class != self.last);
        self.classes = if is_new { self.classes << 6 | class as u64 } else { self.classes };
        self.last = if is_new { class } else { self.last };
        self.length += u8::from(is_new);
    }

    /// 18 bits, of the classes in text order; all long paths are one. Places that the path does not reach are passed without a branch.
    fn hash<const LONGEST: u32>(&self, backwards: bool) -> u32 {
        let length = u32::from(self.length);
        let join = |hash: u32, at: u32| {
            let class = (self.classes >> (6 * at)) as u32 & 63;
            let joined = (hash.rotate_left(5) ^ class).wrapping_mul(0x9E37_79B1);
            if at < length { joined } else { hash }
        };
        let hash = if backwards { (0..LONGEST).fold(0, join) } else { (0..LONGEST).rev().fold(0, join) };
        if length > LONGEST { (1 << 18) - 1 } else { hash >> 14 }
    }
}
