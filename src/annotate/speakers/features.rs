//! The evidence for one candidate as the speaker of one quotation, as hashed features, and that for quoted words being a
//! speaker's at all. The same code serves the program and the learning of the weights.

use super::{
    between::Way,
    candidates::CandidateKind,
    edges::{Ending, Lead, Trail},
    scene::{QuotePlace, Scene, Tie},
    words::Class,
};
use crate::document::Case;

/// Features that [`of_candidate`] gives.
pub const OF_CANDIDATE: usize = 35;

/// Features are hashed to this many bits.
pub const BITS: u32 = 16;

/// A feature: its template's number and up to three values, of 20, 18 and 18 bits.
fn feature(template: u32, a: u32, b: u32, c: u32) -> u32 {
    debug_assert!(template < 1 << 8 && a < 1 << 20 && b < 1 << 18 && c < 1 << 18);
    // Values are mixed one by one, so that one which many features hold is mixed only once.
    let mixed = |value: u32, shift: u32| (u64::from(value) << shift) ^ (u64::from(value) << shift >> 31);
    let mut hash = (u64::from(template) ^ mixed(a, 8) ^ mixed(b, 28) ^ mixed(c, 46)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (hash >> (64 - BITS)) as u32
}

/// What is known of the article when a quotation's turn comes.
#[derive(Clone, Copy, Debug, Default)]
pub struct History {
    /// The candidate is the speaker of the quotation before: the same words or the same person.
    pub spoke_last: bool,
    /// Paragraphs since the quotation before; 9 where there is none.
    pub since_last: u32,
    /// How often the candidate's name occurs: 0, 1, 2, 3 (3 to 5), 4 (more).
    pub salience: u32,
}

/// A lower-case word as a number; 0 for capitalised words, which would be names.
fn word_number(scene: &Scene, at: usize) -> u32 {
    let Some(token) = scene.tokens.get(at).filter(|t| t.case == Case::Lower && !scene.quoted[at]) else { return 0 };
    let mut hash = 0u32;
    for byte in token.span.of(scene.text).bytes().take(16) {
        hash = (hash.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9E37_79B1);
    }
    (hash >> 14) | 1
}

/// The lowest distances of the buckets: distances that matter alike.
const BUCKETS: [usize; 11] = [0, 1, 2, 3, 4, 5, 7, 10, 15, 25, 41];

fn bucket(distance: usize) -> u32 {
    const LAST: usize = BUCKETS[BUCKETS.len() - 1];
    const OF_DISTANCE: [u8; LAST + 1] = {
        let (mut buckets, mut distance, mut bucket) = ([0; LAST + 1], 0, 0);
        while distance <= LAST {
            if bucket + 1 < BUCKETS.len() && distance == BUCKETS[bucket + 1] {
                bucket += 1;
            }
            buckets[distance] = bucket as u8;
            distance += 1;
        }
        buckets
    };
    u32::from(OF_DISTANCE[distance.min(LAST)])
}

/// The quotation's surroundings, the same for all candidates.
pub struct Surroundings {
    pub(super) lead: Lead,
    pub(super) trail: Trail,
    pub(super) ending: Ending,
    alone: bool,
    words: u32,
    first_sentence: usize,
    last_sentence: usize,
    /// The first candidate that starts after the quotation does.
    pub(super) split: usize,
}

impl Surroundings {
    #[must_use]
    pub fn of(scene: &Scene, place: &QuotePlace) -> Self {
        let (first_sentence, last_sentence) = (scene.sentence_of(place.start), scene.sentence_of(place.end.max(1) - 1));
        let starts = scene.sentences.get(first_sentence).is_some_and(|s| s.tokens.range().start >= place.start);
        let ends = scene.sentences.get(last_sentence).is_some_and(|s| s.tokens.range().end <= place.end);
        Self {
            lead: Lead::of(scene, place),
            trail: Trail::of(scene, place),
            ending: Ending::of(scene, place),
            alone: starts && ends,
            words: bucket(place.words),
            first_sentence,
            last_sentence,
            split: scene.candidates.partition_point(|c| c.start < place.start),
        }
    }

    /// Whether the quotation is one or more whole sentences, with their end inside its marks.
    #[must_use]
    pub fn is_sentence(&self) -> bool {
        self.alone && self.ending.ends_sentence()
    }

    /// Length and what stands before it: for `of_best`.
    #[must_use]
    pub fn summary(&self) -> [u32; 2] {
        [self.words, self.lead as u32]
    }

    fn context(&self) -> u32 {
        (self.lead as u32 * 16 + self.trail as u32) * 8 + self.ending as u32
    }
}

/// How a candidate stands to the quotation.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub tie: Tie,
    /// The token of the cue it is tied to.
    pub cue: Option<usize>,
    /// Side, sentence and paragraph in one number.
    position: u32,
    group: u32,
    spoke_last: bool,
}

/// What a candidate is where a quotation stands: the same for all quotations in one paragraph.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// Its place among the candidates.
    index: usize,
    tie: Tie,
    cue: Option<usize>,
    next: u32,
    second: u32,
    previous: u32,
    initial: u32,
    group: u32,
    company: u32,
}

impl Standing {
    #[must_use]
    pub fn of(scene: &Scene, place: &QuotePlace, index: usize) -> Self {
        let candidate = &scene.candidates[index];
        let sentence_start = scene.sentences.get(candidate.sentence).map_or(candidate.start, |s| s.tokens.range().start);
        // In another paragraph its sentence will do.
        let (start, end) = if candidate.start >= place.paragraph_start {
            (place.paragraph_start, place.paragraph_end)
        } else {
            (sentence_start, place.paragraph_start)
        };
        let (tie, cue) = scene.tie(index, start, end);
        let bounds = (place.paragraph_start.min(candidate.start), place.paragraph_end.max(candidate.end));
        let next = next_class(scene, candidate.full_end, bounds.1);
        let group = match candidate.kind {
            k if k.is_name() => 0,
            CandidateKind::HeShe => 1,
            k if k.is_pronoun() => 2,
            _ => 3,
        };
        // A name in a phrase that hangs on another candidate ("a spokesman for Kopp"), or one with a person in apposition.
        let inside = scene.candidates[index.saturating_sub(3)..index].iter().any(|c| c.full_end > candidate.start);
        let apposed = next == Class::Comma as u32
            && scene.candidates[index + 1..]
                .iter()
                .take(3)
                .find(|c| c.start > candidate.full_end)
                .is_some_and(|c| c.kind == CandidateKind::Person && c.start <= candidate.full_end + 2);
        Self {
            index,
            tie,
            cue,
            next,
            second: next_class(scene, candidate.full_end + 1, bounds.1),
            previous: previous_class(scene, candidate.start, bounds.0),
            initial: u32::from(candidate.start <= sentence_start + 1),
            group,
            company: u32::from(inside) + 2 * u32::from(apposed),
        }
    }
}

/// Gives the features of the candidate that stands so one by one; `way` lies between it and the quotation.
pub fn of_candidate(
    scene: &Scene,
    place: &QuotePlace,
    around: &Surroundings,
    standing: &Standing,
    way: &Way,
    history: History,
    mut give: impl FnMut(u32),
) -> Link {
    let &Standing { index, tie, cue, next, second, previous, initial, group, company } = standing;
    let candidate = &scene.candidates[index];
    let left = candidate.start < place.start;
    let kind = candidate.kind as u32;
    let own = if left { around.first_sentence } else { around.last_sentence };
    let sentences_away = own.abs_diff(candidate.sentence).min(3) as u32;
    let paragraph = if candidate.start >= place.paragraph_start {
        0
    } else if candidate.start >= place.before_start {
        1
    } else {
        2
    };
    let position = u32::from(left) + 2 * sentences_away + 8 * paragraph;
    let (rank, distance) = if left {
        (around.split.saturating_sub(index + 1), place.start - candidate.end.min(place.start))
    } else {
        (index.saturating_sub(around.split), candidate.start.saturating_sub(place.end))
    };
    let rank = rank.min(4) as u32;
    let distance = bucket(distance);
    let tie_number = tie as u32;
    let cue_class = cue.map_or(0, |c| scene.classes[c] as u32 + 1);
    // Where the cue stands: between candidate and quotation, on the far side, or elsewhere; and how near to the quotation.
    let cue_place = match cue {
        None => 0,
        Some(c) if left && c >= candidate.end && c < place.start || !left && c < candidate.start && c >= place.end => 1,
        Some(_) => 2,
    };
    let cue_distance = match cue {
        Some(c) if c < place.start => bucket(place.start - c),
        Some(c) => 16 + bucket(c.saturating_sub(place.end)),
        None => 31,
    };
    let context = around.context();
    let (lead, trail, ending) = (around.lead as u32, around.trail as u32, around.ending as u32);
    let alone = u32::from(around.alone);
    let last = u32::from(history.spoke_last);
    let coarse = way.coarse();
    let mut give = |template, a, b, c| give(feature(template, a, b, c));
    give(1, kind, position, 0);
    give(2, kind, trail, position);
    give(3, kind, lead, position);
    give(4, context, position, group);
    give(5, position, rank, group);
    give(6, position, distance, 0);
    give(7, position, next, trail);
    give(8, position, next, second);
    give(9, position, previous, 0);
    give(10, position, previous, next);
    give(11, u32::from(left), way.path(), 0);
    give(12, u32::from(left), coarse, ending);
    give(13, u32::from(left), coarse, next);
    give(14, position, u32::from(way.candidates.min(4)), u32::from(way.cues.min(3)));
    give(15, position, u32::from(way.names.min(4)), tie_number);
    give(16, tie_number, position, trail);
    give(17, tie_number, position, lead);
    give(18, tie_number, cue_class, cue_place);
    give(19, tie_number, cue_distance, position);
    give(20, tie_number, kind, cue_place);
    give(21, last, position, alone * 10 + history.since_last);
    give(22, last, group, context);
    give(23, initial, position, group);
    give(24, history.salience, kind, 0);
    give(25, history.salience, position, tie_number);
    give(26, position, u32::from(way.quotes.min(2)), u32::from(way.stops.min(3)));
    give(27, tie_number, context, cue_place);
    give(28, last, tie_number, position);
    give(29, around.words, position, tie_number);
    give(30, alone, position, tie_number);
    give(31, previous, tie_number, u32::from(left));
    give(32, cue_class, cue_distance, 0);
    give(33, kind, tie_number, cue_class);
    give(34, company, group, tie_number);
    give(35, company, position, cue_place);
    Link { tie, cue, position, group, spoke_last: history.spoke_last }
}

/// Gives what the best candidate and its chance say of the quotation's having been said.
pub fn of_best(best: Option<(Link, f32)>, around: &[u32; 2], mut give: impl FnMut(u32)) {
    let Some((link, chance)) = best else {
        give(feature(120, 0, 0, 0));
        return;
    };
    let chance = (chance * 10.0) as u32;
    let [length, lead] = *around;
    give(feature(121, link.tie as u32, link.position, length));
    give(feature(122, link.position, chance, 0));
    give(feature(123, link.tie as u32, chance, 0));
    give(feature(124, link.group, link.position, u32::from(link.spoke_last)));
    give(feature(125, link.tie as u32, lead, 0));
    give(feature(126, link.position, length, chance / 3));
}

fn next_class(scene: &Scene, mut at: usize, end: usize) -> u32 {
    let limit = end.min(at + 3);
    while at < limit && scene.class(at, 0, end) == Class::Adverb {
        at += 1;
    }
    scene.class(at, 0, end) as u32
}

fn previous_class(scene: &Scene, mut at: usize, start: usize) -> u32 {
    let limit = start.max(at.saturating_sub(3));
    while at > limit && matches!(scene.class(at - 1, start, usize::MAX), Class::Determiner | Class::Capital | Class::Adverb) {
        at -= 1;
    }
    if at > start { scene.class(at - 1, start, usize::MAX) as u32 } else { Class::Start as u32 }
}

/// Gives the features that tell words somebody said from terms, nicknames and titles.
pub fn of_quotation(scene: &Scene, place: &QuotePlace, around: &Surroundings, mut give: impl FnMut(u32)) {
    let (first, end) = (place.start + 1, place.end.saturating_sub(1).max(place.start + 1).min(scene.tokens.len()));
    let (mut capitals, mut words, mut verbs, mut persons) = (0, 0, 0, 0);
    let inside = first..end.min(first + 30);
    // Without branches: what comes next in a quotation cannot be foretold.
    for (token, &class) in scene.tokens[inside.clone()].iter().zip(&scene.classes[inside]) {
        let is_word = token.kind.is_word();
        let is_capital = token.case.is_capitalised();
        // Small words of a title keep their lower case.
        let is_small = matches!(class, Class::Of | Class::To | Class::Determiner | Class::And | Class::Preposition) & !is_capital;
        let is_verb = class.is_auxiliary() | class.is_cue_verb() | (class == Class::Past);
        let is_person = matches!(class, Class::I | Class::We | Class::You | Class::HeShe | Class::They | Class::It | Class::That);
        words += u32::from(is_word & !is_small);
        capitals += u32::from(is_word & is_capital);
        verbs += u32::from(is_word & is_verb);
        persons += u32::from(is_word & is_person);
    }
    let titled = u32::from(words > 0 && capitals == words) + u32::from(words > 1 && capitals * 10 >= words * 7);
    let (length, lead, trail, ending) = (around.words, around.lead as u32, around.trail as u32, around.ending as u32);
    let first_class = if first < end { scene.classes[first] as u32 } else { 0 };
    let first_case = if first < end { case_number(scene.tokens[first].case) } else { 0 };
    let last_class = if end > first { scene.classes[end - 1] as u32 } else { 0 };
    let (verbs, persons) = (verbs.min(2), persons.min(2));
    // Cues in the quotation's own sentences, outside it.
    let bounds = sentence_bounds(scene, place, around);
    let mut cues = [0u32; 3];
    let mut nearest = (31, 0);
    for at in bounds.0..bounds.1 {
        let class = scene.outside[at];
        if class.is_cue_verb() || matches!(class, Class::According | Class::Known | Class::SayingNoun) {
            let strong = matches!(class, Class::Say | Class::Tell | Class::Write | Class::According | Class::Saying);
            cues[usize::from(!strong)] += 1;
            let distance = if at < place.start { bucket(place.start - at) } else { 12 + bucket(at.saturating_sub(place.end)) };
            if distance < nearest.0 {
                nearest = (distance, class as u32);
            }
        }
    }
    let before = |n: usize| {
        if place.start >= n { scene.class(place.start - n, place.paragraph_start, usize::MAX) as u32 } else { Class::Start as u32 }
    };
    let after = scene.class(place.end, 0, place.paragraph_end) as u32;

    give(feature(100, 0, 0, 0));
    give(feature(101, length, titled, 0));
    give(feature(102, length, cues[0].min(2), cues[1].min(2)));
    give(feature(103, lead, length, 0));
    give(feature(104, trail, ending, length));
    give(feature(105, before(1), before(2), 0));
    give(feature(106, before(1), length, titled));
    give(feature(107, after, ending, 0));
    give(feature(108, first_class, first_case, 0));
    give(feature(109, last_class, length, 0));
    give(feature(110, verbs, persons, length));
    give(feature(111, nearest.0, nearest.1, 0));
    give(feature(112, nearest.0, length, titled));
    give(feature(113, titled, first_case, lead));
    give(feature(114, u32::from(around.alone), length, cues[0].min(1)));
    give(feature(115, lead, trail, ending));
    give(feature(116, titled, before(1), 0));
    let word_before = |n: usize| place.start.checked_sub(n).map_or(0, |at| word_number(scene, at));
    give(feature(118, 0, word_before(1), 0));
    give(feature(118, 1, word_before(2), length));
    give(feature(118, 2, word_number(scene, place.end), length));
    give(feature(117, first_case, ending, length));
}

fn case_number(case: Case) -> u32 {
    match case {
        Case::None => 0,
        Case::Lower => 1,
        Case::Initial => 2,
        Case::Upper => 3,
        Case::Mixed => 4,
    }
}

/// Tokens of the sentences the quotation starts and ends in, within its paragraphs, at most 60 on each side.
pub(super) fn sentence_bounds(scene: &Scene, place: &QuotePlace, around: &Surroundings) -> (usize, usize) {
    let start = scene.sentences.get(around.first_sentence).map_or(place.start, |s| s.tokens.range().start);
    let end = scene.sentences.get(around.last_sentence).map_or(place.end, |s| s.tokens.range().end);
    let start = start.max(place.paragraph_start).max(place.start.saturating_sub(60)).min(place.start);
    let end = end.min(place.paragraph_end).min(place.end + 60).max(place.end);
    (start, end)
}
