//! Sequences of labels over a segment of candidates: the likeliest one (Viterbi 1967) and how likely each label is (forward and backward,
//! Rabiner 1989). Used and trained with the same code.

use super::label::{LABELS, Label, OUTSIDE, may_follow};
use super::network::{Lanes, Scores, lanes, scores};
use crate::annotate::exponential::exp;

/// The transitions between labels, laid out for use.
pub(crate) struct Chain {
    /// By the label before, then the label; what may not be is endlessly unlikely.
    transitions: [Lanes; LABELS],
    /// The same as factors, and by the label, then the label before.
    factors: [Lanes; LABELS],
    factors_back: [Lanes; LABELS],
}

impl Chain {
    pub(crate) fn of(transitions: &[Scores; LABELS]) -> Self {
        let may = |before: usize, label: usize| may_follow(before as Label, label as Label);
        let step = |before: usize, label: usize| if may(before, label) { transitions[before][label] } else { f32::NEG_INFINITY };
        let factor = |before: usize, label: usize| if may(before, label) { exp(transitions[before][label]) } else { 0.0 };
        let table = |of: &dyn Fn(usize, usize) -> f32| std::array::from_fn(|a| lanes(&std::array::from_fn(|b| of(a, b))));
        Self { transitions: table(&step), factors: table(&factor), factors_back: table(&|label, before| factor(before, label)) }
    }
}

/// Forward and backward over a segment, scaled at each token. Kept and filled again to save allocations.
pub(crate) struct Lattice {
    pub(crate) potentials: Vec<Scores>,
    forward: Vec<Scores>,
    backward: Vec<Scores>,
    /// How likely each label is.
    pub(crate) marginals: Vec<Scores>,
    /// Logarithm of the sum over all sequences, less what the potentials were scaled by. Only training asks for it.
    pub(crate) log_sum: f32,
}

/// Before a segment nothing is a name.
pub(crate) const START: Scores = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

impl Default for Lattice {
    fn default() -> Self {
        // Few segments are longer.
        let room = || Vec::with_capacity(16);
        Self { potentials: room(), forward: room(), backward: room(), marginals: room(), log_sum: 0.0 }
    }
}

impl Lattice {
    /// How likely each label of each token of a segment is.
    pub(crate) fn marginals_of(&mut self, scores: &[Scores], chain: &Chain) -> &[Scores] {
        self.set(scores.iter().copied());
        self.run(chain);
        &self.marginals
    }

    pub(crate) fn set(&mut self, scores: impl Iterator<Item = Scores>) {
        self.potentials.clear();
        for scores in scores {
            let top = highest(&scores);
            self.potentials.push(scores.map(|score| exp(score - top)));
        }
    }

    /// `potentials` are there; the rest is made.
    pub(crate) fn run(&mut self, chain: &Chain) {
        let length = self.potentials.len();
        self.forward.clear();
        self.backward.clear();
        self.backward.resize(length, [1.0; LABELS]);
        self.marginals.clear();
        self.log_sum = 0.0;
        for potentials in &self.potentials {
            let mut now = match self.forward.last() {
                Some(before) => scores(&through(&chain.factors, before)),
                None => scores(&chain.factors[usize::from(OUTSIDE)]),
            };
            for (score, potential) in now.iter_mut().zip(potentials) {
                *score *= potential;
            }
            let sum = scale(&mut now);
            if cfg!(feature = "train") {
                self.log_sum += sum.ln();
            }
            self.forward.push(now);
        }
        for at in (1..length).rev() {
            let next: Scores = std::array::from_fn(|label| self.potentials[at][label] * self.backward[at][label]);
            let mut now = scores(&through(&chain.factors_back, &next));
            scale(&mut now);
            self.backward[at - 1] = now;
        }
        for (forward, backward) in self.forward.iter().zip(&self.backward) {
            let mut product: Scores = std::array::from_fn(|label| forward[label] * backward[label]);
            scale(&mut product);
            self.marginals.push(product);
        }
    }

    /// Adds how likely each pair of neighbouring labels is.
    #[cfg(feature = "train")]
    pub(crate) fn add_pairs(&self, chain: &Chain, by: f32, sums: &mut [Scores; LABELS]) {
        for at in 0..self.potentials.len() {
            let before = if at == 0 { &START } else { &self.forward[at - 1] };
            let onward: Scores = std::array::from_fn(|label| self.potentials[at][label] * self.backward[at][label]);
            let mut pairs: [Scores; LABELS] =
                std::array::from_fn(|from| std::array::from_fn(|to| before[from] * chain.factors[from][to] * onward[to]));
            scale(pairs.as_flattened_mut());
            for (sum, pair) in sums.as_flattened_mut().iter_mut().zip(pairs.as_flattened()) {
                *sum += by * pair;
            }
        }
    }
}

/// Shares of labels one token on, along factors. Not inlined: most segments are of one token, and ask for none of the factors.
#[inline(never)]
fn through(factors: &[Lanes; LABELS], shares: &Scores) -> Lanes {
    let mut sums = [0f32; _];
    for (share, row) in shares.iter().zip(factors) {
        for (sum, factor) in sums.iter_mut().zip(row) {
            *sum += share * factor;
        }
    }
    sums
}

/// The highest of some scores.
#[inline]
pub(super) fn highest(scores: &[f32]) -> f32 {
    scores.iter().fold(f32::MIN, |top, &score| if score > top { score } else { top })
}

/// Where the highest score is first reached. Which label that is nobody can guess: no branch asks.
#[inline]
pub(super) fn first_highest(scores: &Scores) -> usize {
    let top = highest(scores);
    let highest = (0..LABELS).fold(1 << LABELS, |all, at| all | u32::from(scores[at] == top) << at);
    highest.trailing_zeros() as usize % LABELS
}

/// Makes the shares sum to 1; gives what they summed to.
#[inline]
fn scale(shares: &mut [f32]) -> f32 {
    let sum = shares.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    shares.iter_mut().for_each(|share| *share /= sum);
    sum
}

impl Chain {
    /// The likeliest labels of a segment. `best` is room to work in: the score of the best sequence to each label of each token.
    pub(crate) fn viterbi(&self, scores: &[Scores], best: &mut Vec<Scores>, labels: &mut [Label]) {
        best.clear();
        for now in scores {
            let reached = match best.last() {
                Some(before) => self.best_to(before),
                // Before a segment nothing is a name.
                None => self.transitions[usize::from(OUTSIDE)],
            };
            best.push(std::array::from_fn(|label| reached[label] + now[label]));
        }
        let mut onward = [0.0; LABELS];
        for (place, best) in labels.iter_mut().zip(best).rev() {
            let label = first_highest(&std::array::from_fn(|label| best[label] + onward[label]));
            *place = label as Label;
            onward = std::array::from_fn(|before| self.transitions[before][label]);
        }
    }

    /// The best scores with which each label is reached from the token before. From which label that is, is asked again for those labels
    /// alone that are chosen.
    #[inline(never)]
    fn best_to(&self, before: &Scores) -> Lanes {
        let mut tops = [f32::NEG_INFINITY; _];
        for (before, row) in before.iter().zip(&self.transitions) {
            for (top, step) in tops.iter_mut().zip(row) {
                let score = before + step;
                *top = if score > *top { score } else { *top };
            }
        }
        tops
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All sequences of labels of a given length that may be, each with its score.
    fn sequences(scores: &[Scores], transitions: &[Scores; LABELS]) -> Vec<(Vec<Label>, f32)> {
        let mut all = vec![(Vec::new(), 0.0)];
        for now in scores {
            let mut longer = Vec::new();
            for (labels, score) in &all {
                let before = labels.last().copied().unwrap_or(OUTSIDE);
                for label in (0..LABELS as Label).filter(|&label| may_follow(before, label)) {
                    let step = transitions[usize::from(before)][usize::from(label)] + now[usize::from(label)];
                    longer.push(([labels.as_slice(), &[label]].concat(), score + step));
                }
            }
            all = longer;
        }
        all
    }

    #[test]
    fn the_likeliest_sequence_and_the_marginals_are_those_of_all_sequences() {
        let number = |i: usize| ((i * 7919 + 13) % 101) as f32 / 25.0 - 2.0;
        let scores: Vec<Scores> = (0..3).map(|at| std::array::from_fn(|label| number(at * LABELS + label))).collect();
        let transitions: [Scores; LABELS] = std::array::from_fn(|a| std::array::from_fn(|b| number(a * 31 + b * 3) / 2.0));
        let all = sequences(&scores, &transitions);
        let best = all.iter().max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        let mut labels = [OUTSIDE; 3];
        let chain = Chain::of(&transitions);
        chain.viterbi(&scores, &mut Vec::new(), &mut labels);
        assert_eq!(labels.as_slice(), best.0);

        let mut lattice = Lattice::default();
        lattice.set(scores.iter().copied());
        lattice.run(&chain);
        let sum: f32 = all.iter().map(|(_, score)| score.exp()).sum();
        for (at, marginals) in lattice.marginals.iter().enumerate() {
            for (label, &marginal) in marginals.iter().enumerate() {
                let share: f32 =
                    all.iter().filter(|(labels, _)| usize::from(labels[at]) == label).map(|(_, score)| score.exp() / sum).sum();
                assert!((share - marginal).abs() < 1e-4, "token {at}, label {label}: {share} is not {marginal}");
            }
        }
    }
}
