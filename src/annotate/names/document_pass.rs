//! The second pass over the document: names of one article explain each other.
//!
//! The tagger reads each sentence alone. Here every candidate is shown what the first pass says of the same word, the same run of
//! capitalised tokens, the expansion of the same acronym elsewhere in the article, beside its own and its neighbours' shares; a small
//! network turns that into corrections of its scores as a person, and the labels are chosen anew. So a full name explains its surname,
//! a certain place the doubtful ones. (Non-local evidence in name tagging: Krishnan and Manning 2006. Learnt on whole articles, from
//! first passes that had not seen them.)
//!
//! Only the scores of people are corrected by what was learnt: corrections of organisations took over their teachers' habits and cost two
//! points of F1 on other news. Of them an acronym alone is explained, by its expansion.

use super::acronyms::{Acronyms, is_acronym};
use super::chain::first_highest;
use super::facts::{Candidate, Facts, Style};
use super::label::{FIRST_OF_ORGANISATION, OUTSIDE, type_of};
use super::network::Scores;
use super::words::lists;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// What a candidate is shown.
pub(crate) const INPUTS: usize = OWN + 47;
/// Of that, what does not come from elsewhere in the article; it comes first.
const OWN: usize = 37;
const UNITS: usize = 24;

/// How much each type gets: outside, person, organisation, place, other.
type Types = [f32; 5];

const PERSON: usize = 1;
const ORGANISATION: usize = 2;

pub(crate) type Inputs = [f32; INPUTS];

/// The corrections, from [`INPUTS`] through one hidden layer.
#[derive(Clone)]
pub(crate) struct DocumentNetwork {
    pub(crate) input: Vec<[f32; UNITS]>,
    pub(crate) bias: [f32; UNITS],
    /// To the scores of [`PERSON_LABELS`].
    pub(crate) output: [[f32; PERSON_LABELS.len()]; UNITS],
}

/// The labels whose scores are corrected: the first and the later tokens of people.
pub(crate) const PERSON_LABELS: [usize; 2] = [1, 2];
/// What an acronym gains as an organisation when the article has its expansion.
const EXPANDED: f32 = 3.0;
/// What a word loses that is in doubt wherever it stands: a product, a contest, a law.
const IN_DOUBT: f32 = 3.0;
/// What a word is that is neither: neither share over its places reaches the first, nor both together the second.
const LIKELY: f32 = 0.37;
const EITHER: f32 = 0.5;

/// How likely a person the first pass must say somebody is for the article to have a say. Corrections are of at most five nats, most of
/// less than one: they make nobody of one in five hundred a person, and take nobody away of 99 in a hundred.
const OPEN: std::ops::Range<f32> = 0.002..0.99;

/// A share too small to say anything: as none it costs nothing.
const SMALL: f32 = 0.001;

impl DocumentNetwork {
    pub(crate) const UNITS: usize = UNITS;

    /// The hidden units with the evidence from elsewhere in the article and without it.
    #[inline(never)]
    pub(crate) fn hidden(&self, inputs: &Inputs) -> ([f32; UNITS], [f32; UNITS]) {
        let without = add_rows(&self.bias, &inputs[..OWN], &self.input[..OWN]);
        let with = add_rows(&without, &inputs[OWN..], &self.input[OWN..]);
        (with.map(rectified), without.map(rectified))
    }

    /// What the evidence changes: the difference to what would be said without it.
    #[inline]
    pub(crate) fn corrections(&self, with: &[f32; UNITS], without: &[f32; UNITS]) -> [f32; PERSON_LABELS.len()] {
        let mut scores = [0.0; PERSON_LABELS.len()];
        for ((&with, &without), row) in with.iter().zip(without).zip(&self.output) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += (with - without) * weight;
            }
        }
        scores
    }
}

fn rectified(sum: f32) -> f32 {
    if sum > 0.0 { sum } else { 0.0 }
}

/// The sums with the rows of all inputs, each as often as its input says. Not inlined, they stay in the processor; half of the inputs are 0,
/// but to ask which costs more than to add them.
#[inline(never)]
fn add_rows(sums: &[f32; UNITS], inputs: &[f32], rows: &[[f32; UNITS]]) -> [f32; UNITS] {
    let mut sums = *sums;
    for (&value, row) in inputs.iter().zip(rows) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += value * weight;
        }
    }
    sums
}

/// Corrects the scores of the first pass; `shares` are its marginals. Gives for each candidate whether its scores are others now.
pub(crate) fn correct(facts: &Facts, shares: &[Scores], network: &DocumentNetwork, scores: &mut [Scores]) -> Vec<bool> {
    let is_open = |types: &Types| OPEN.contains(&types[PERSON]);
    let evidence = Evidence::of(facts, shares, is_open);
    let mut inputs = [0.0; INPUTS];
    let correct = |(at, scores): (usize, &mut Scores)| {
        let in_question = is_open(&evidence.of_candidate[at].types) && evidence.speaks_of(facts, at);
        if in_question {
            evidence.inputs(facts, at, &mut inputs);
            let (with, without) = network.hidden(&inputs);
            let corrections = network.corrections(&with, &without);
            for (label, correction) in PERSON_LABELS.into_iter().zip(corrections) {
                scores[label] += correction;
            }
        }
        let is_expanded = evidence.is_expanded(facts, at);
        let is_in_doubt = !is_expanded && evidence.is_in_doubt(facts, at);
        if is_expanded {
            scores[FIRST_OF_ORGANISATION] += EXPANDED;
        } else if is_in_doubt {
            scores[PERSON_LABELS[0]] -= IN_DOUBT;
            scores[FIRST_OF_ORGANISATION] -= IN_DOUBT;
        }
        in_question || is_expanded || is_in_doubt
    };
    scores.iter_mut().enumerate().map(correct).collect()
}

/// The inputs as if the candidate's words stood nowhere else.
#[cfg(feature = "train")]
pub(crate) fn without_evidence(inputs: &Inputs) -> Inputs {
    let mut without = *inputs;
    without[OWN..].fill(0.0);
    without
}

/// What each candidate is shown, for the learner.
#[cfg(feature = "train")]
pub(crate) fn all_inputs(facts: &Facts, shares: &[Scores], inputs: &mut [Inputs]) {
    let evidence = Evidence::of(facts, shares, |_| true);
    for (at, inputs) in inputs.iter_mut().enumerate() {
        evidence.inputs(facts, at, inputs);
    }
}

/// Sum of what was said in several places.
#[derive(Clone, Copy, Default)]
struct Said {
    count: f32,
    sum: Types,
}

impl Said {
    fn add(&mut self, types: &Types) {
        self.count += 1.0;
        for (sum, share) in self.sum.iter_mut().zip(types) {
            *sum += share;
        }
    }

    /// Number of places but one that said `own`, and their mean.
    #[inline]
    fn but(&self, own: Option<&Types>) -> [f32; 6] {
        let count = self.count - f32::from(own.is_some());
        if count < 0.5 {
            return [0.0; 6];
        }
        let [a, b, c, d, e] = std::array::from_fn(|at| (self.sum[at] - own.map_or(0.0, |own| own[at])) / count);
        [many(count), a, b, c, d, e]
    }
}

/// A number of places as a share.
#[inline]
fn many(count: f32) -> f32 {
    count / (count + 2.0)
}

/// What the article says of one word.
#[derive(Clone, Copy, Default)]
struct Word {
    /// Where it stands alone, first, last or inside of a run of capitalised tokens.
    places: [Said; 4],
    /// The two highest shares of each type.
    top: Types,
    second: Types,
    /// Whether it stands in lower case too. Asked of the words of those in question alone.
    uncapitalised: bool,
}

impl Word {
    /// In how many places it stands.
    fn count(&self) -> f32 {
        self.places.iter().map(|said| said.count).sum()
    }
}

/// What the first pass says of the article's words and runs.
struct Evidence {
    of_candidate: Vec<OfCandidate>,
    words: Vec<Word>,
    runs: Vec<Said>,
    acronyms: Acronyms,
    /// What names and runs of several words say whose initials are an acronym of the article.
    expansions: FxHashMap<u64, Said>,
}

/// What the first pass says of one candidate.
#[derive(Clone, Copy)]
struct OfCandidate {
    types: Types,
    /// What its run's tokens say together.
    run_types: Types,
    /// Its word, and its run if that has several tokens; none for words without capitals.
    word: u32,
    run: u32,
    /// The acronym that its run's initials are, 0 for none.
    initials: u64,
}

const NONE: u32 = u32::MAX;

impl OfCandidate {
    fn new(shares: &Scores) -> Self {
        let types = types(shares).map(|share| if share < SMALL { 0.0 } else { share });
        Self { types, run_types: [0.0; 5], word: NONE, run: NONE, initials: 0 }
    }
}

impl Evidence {
    /// `in_question`: whether a candidate's inputs will be asked for.
    fn of(facts: &Facts, shares: &[Scores], in_question: impl Fn(&Types) -> bool) -> Self {
        let length = shares.len();
        let mut evidence = Self {
            of_candidate: shares.iter().map(OfCandidate::new).collect(),
            words: Vec::with_capacity(length),
            runs: Vec::with_capacity(length),
            acronyms: Acronyms::of(facts),
            expansions: FxHashMap::default(),
        };
        let mut word_numbers: FxHashMap<u64, u32> = FxHashMap::with_capacity_and_hasher(length, FxBuildHasher);
        let mut run_numbers = word_numbers.clone();
        let mut at = 0;
        while at < length {
            let candidate = &facts.candidates[at];
            let run = candidate.run_length();
            if run == 0 {
                at += 1;
                continue;
            }
            let same_run = |next: &&Candidate| next.run_start() == candidate.run_start() && next.run_length() > 0;
            let end = at + facts.candidates[at..].iter().take(run).take_while(same_run).count();
            let mut mean = [0.0; 5];
            for of in &evidence.of_candidate[at..end] {
                for (sum, share) in mean.iter_mut().zip(&of.types) {
                    *sum += share / (end - at) as f32;
                }
            }
            // Of a run of one token the word says the same.
            let number = if run == 1 {
                NONE
            } else {
                let number = *run_numbers.entry(facts.run_phrase(candidate)).or_insert_with(|| {
                    evidence.runs.push(Said::default());
                    evidence.runs.len() as u32 - 1
                });
                evidence.runs[number as usize].add(&mean);
                number
            };
            let initials = evidence.acronyms.initials(facts, at, end);
            if initials != 0 {
                evidence.expansions.entry(initials).or_default().add(&mean);
            }
            for inside in at..end {
                let of = &mut evidence.of_candidate[inside];
                (of.run, of.run_types, of.initials) = (number, mean, initials);
                let token = word(facts, inside);
                if !token.capitalised {
                    continue;
                }
                let number = *word_numbers.entry(token.lower).or_insert_with(|| {
                    evidence.words.push(Word::default());
                    evidence.words.len() as u32 - 1
                });
                of.word = number;
                let types = &of.types;
                let word = &mut evidence.words[number as usize];
                word.places[place(facts, inside)].add(types);
                for (&share, (top, second)) in types.iter().zip(word.top.iter_mut().zip(&mut word.second)) {
                    let (higher, lower) = if share > *top { (share, *top) } else { (*top, share) };
                    *top = higher;
                    *second = if lower > *second { lower } else { *second };
                }
            }
            at = end;
        }
        if !evidence.acronyms.is_empty() {
            evidence.add_names(facts, shares);
        }
        // One of 4,096 bits for each word in question: of nearly all others of the text it says that they are none of these.
        let mut filter = [0u64; 64];
        let bit = |word: u64| ((word >> 58) as usize, 1u64 << (word >> 52 & 63));
        for at in (0..length).filter(|&at| evidence.of_candidate[at].word != NONE && in_question(&evidence.of_candidate[at].types)) {
            let (place, bit) = bit(word(facts, at).lower);
            filter[place] |= bit;
        }
        for word in &facts.uncapitalised {
            let (place, bit) = bit(*word);
            if filter[place] & bit != 0
                && let Some(&number) = word_numbers.get(word)
            {
                evidence.words[number as usize].uncapitalised = true;
            }
        }
        evidence
    }

    /// Whether a candidate is the acronym of what is more likely an organisation than not.
    #[inline]
    fn is_expanded(&self, facts: &Facts, at: usize) -> bool {
        self.expansion(facts, at).is_some_and(|said| said.sum[ORGANISATION] > said.count * 0.5)
    }

    /// Whether a word alone is neither likely a person nor an organisation, all its places taken together, and there are several.
    #[inline]
    fn is_in_doubt(&self, facts: &Facts, at: usize) -> bool {
        let Some(word) = self.word(at) else { return false };
        let count = word.count();
        let share = |name_type: usize| word.places.iter().map(|said| said.sum[name_type]).sum::<f32>();
        let (person, organisation) = (share(PERSON), share(ORGANISATION));
        let unlikely = person.max(organisation) < count * LIKELY && person + organisation < count * EITHER;
        count > 1.5 && facts.candidates[at].run_length() == 1 && !is_acronym(facts, at) && unlikely
    }

    /// Initials of names that are more than their run: "Bank of England".
    fn add_names(&mut self, facts: &Facts, shares: &[Scores]) {
        let mut at = 0;
        while at < shares.len() {
            let Some(name_type) = type_of(best(&shares[at])) else {
                at += 1;
                continue;
            };
            let start = at;
            at += 1;
            while at < shares.len() && !facts.candidates[at].opens_segment && best(&shares[at]) == name_type as u8 * 2 + 2 {
                at += 1;
            }
            let initials = self.acronyms.initials(facts, start, at);
            if initials != 0 && initials != self.of_candidate[start].initials {
                let mut types = [0.0; 5];
                types[name_type + 1] = 1.0;
                self.expansions.entry(initials).or_default().add(&types);
                for of in &mut self.of_candidate[start..at] {
                    of.initials = initials;
                }
            }
        }
    }

    /// A candidate's word; none for words without capitals.
    #[inline]
    fn word(&self, at: usize) -> Option<&Word> {
        self.words.get(self.of_candidate[at].word as usize)
    }

    /// What the article says of an acronym's expansion.
    #[inline]
    fn expansion(&self, facts: &Facts, at: usize) -> Option<&Said> {
        if is_acronym(facts, at) { self.expansions.get(&word(facts, at).lower) } else { None }
    }

    /// What the article says of a candidate's run.
    #[inline]
    fn run(&self, at: usize) -> Option<&Said> {
        self.runs.get(self.of_candidate[at].run as usize).or_else(|| self.word(at).map(|word| &word.places[0]))
    }

    /// Whether anything elsewhere in the article speaks of a candidate: without it all inputs behind its [`OWN`] are 0.
    #[inline]
    fn speaks_of(&self, facts: &Facts, at: usize) -> bool {
        self.word(at).is_some_and(|word| word.count() > 1.5 || word.uncapitalised)
            || self.run(at).is_some_and(|run| run.count > 1.5)
            || self.of_candidate[at].initials != 0
            || self.expansion(facts, at).is_some()
    }

    #[inline]
    fn inputs(&self, facts: &Facts, at: usize, inputs: &mut Inputs) {
        let mut filled = 0;
        let mut push = |values: &[f32]| {
            inputs[filled..filled + values.len()].copy_from_slice(values);
            filled += values.len();
        };
        let candidate = &facts.candidates[at];
        let token = word(facts, at);
        // Its own, and its neighbours'.
        const OUTSIDE_TYPES: Types = [1.0, 0.0, 0.0, 0.0, 0.0];
        let before = if candidate.opens_segment { &OUTSIDE_TYPES } else { &self.of_candidate[at - 1].types };
        let after = match facts.candidates.get(at + 1) {
            Some(next) if !next.opens_segment => &self.of_candidate[at + 1].types,
            _ => &OUTSIDE_TYPES,
        };
        let own = &self.of_candidate[at].types;
        for types in [own, before, after, &self.of_candidate[at].run_types] {
            push(types);
        }
        // How it is written.
        let flag = |is: bool| f32::from(u8::from(is));
        let alone = candidate.run_length() == 1;
        let style = candidate.style();
        let flags = [
            is_acronym(facts, at),
            token.capitalised,
            candidate.opens_sentence(),
            candidate.run_length() > 0 && candidate.place_in_run() == 0,
            candidate.run_length() > 0 && candidate.place_in_run() + 1 == candidate.run_length(),
            alone,
            style == Style::Headline,
            style == Style::AllCaps,
        ];
        push(&flags.map(flag));
        push(&LISTS.map(|list| flag(token.lists & list != 0)));
        // The same word elsewhere.
        let word = self.word(at);
        let here = place(facts, at);
        for number in 0..4 {
            push(&word.map_or([0.0; 6], |word| word.places[number].but((number == here).then_some(own))));
        }
        push(&word.map_or([0.0; 5], |word| std::array::from_fn(|of| if own[of] >= word.top[of] { word.second[of] } else { word.top[of] })));
        // The same run elsewhere.
        push(&self.run(at).map_or([0.0; 6], |run| run.but(Some(&self.of_candidate[at].run_types))));
        // Acronyms and what they stand for.
        push(&self.expansion(facts, at).map_or([0.0; 6], |said| said.but(None)));
        push(&[flag(self.of_candidate[at].initials != 0), flag(word.is_some_and(|word| word.uncapitalised))]);
        // What matters most together: alone, and what it is elsewhere.
        let lone = word.filter(|_| alone);
        push(&[(2, PERSON), (0, PERSON), (1, ORGANISATION), (0, ORGANISATION)].map(|(place, name_type)| {
            lone.map_or(0.0, |word| {
                let said = &word.places[place];
                if place == 0 { said.sum[name_type] - own[name_type] } else { said.sum[name_type] }.clamp(0.0, 2.0)
            })
        }));
        debug_assert_eq!(filled, INPUTS);
    }
}

/// Lists that are shown one by one.
const LISTS: [u16; 9] = [
    lists::GIVEN_NAME,
    lists::SURNAME,
    lists::PLACE,
    lists::NATION,
    lists::COMPANY,
    lists::INSTITUTION,
    lists::KEYWORD,
    lists::COMMON,
    lists::TITLE,
];

/// Shares of labels as shares of types.
#[inline]
pub(crate) fn types(shares: &Scores) -> Types {
    std::array::from_fn(|at| if at == 0 { shares[0] } else { shares[at * 2 - 1] + shares[at * 2] })
}

fn best(shares: &Scores) -> u8 {
    if shares[0] > 0.5 {
        return OUTSIDE;
    }
    first_highest(shares) as u8
}

fn word<'f>(facts: &'f Facts, at: usize) -> &'f super::facts::TokenFacts {
    &facts.of_token[facts.candidates[at].token as usize]
}

/// Where in its run a token stands: 0 alone, 1 first, 2 last, 3 between.
#[inline]
fn place(facts: &Facts, at: usize) -> usize {
    let candidate = &facts.candidates[at];
    match (candidate.run_length(), candidate.place_in_run()) {
        (0 | 1, _) => 0,
        (_, 0) => 1,
        (length, place) if place + 1 == length => 2,
        _ => 3,
    }
}
