//! Sequences of labels over a segment of candidates: the likeliest one (Viterbi 1967) and how likely each label is (forward and backward,
//! Rabiner 1989). Used and trained with the same code.

use super::label::{LABELS, Label, OUTSIDE, may_follow};
use super::network::Scores;
use crate::annotate::exponential::exp;

/// Transitions as factors; 0 for labels that may not follow each other.
pub(crate) fn factors(transitions: &[Scores; LABELS]) -> [Scores; LABELS] {
    std::array::from_fn(|before| {
        std::array::from_fn(|label| if may_follow(before as Label, label as Label) { exp(transitions[before][label]) } else { 0.0 })
    })
}

/// Forward and backward over a segment, scaled at each token. Kept and filled again to save allocations.
#[derive(Default)]
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

impl Lattice {
    pub(crate) fn set(&mut self, scores: impl Iterator<Item = Scores>) {
        self.potentials.clear();
        for scores in scores {
            let top = scores.iter().copied().fold(f32::MIN, f32::max);
            self.potentials.push(scores.map(|score| exp(score - top)));
        }
    }

    /// `potentials` are there; the rest is made.
    pub(crate) fn run(&mut self, factors: &[Scores; LABELS]) {
        let length = self.potentials.len();
        self.forward.clear();
        self.backward.clear();
        self.backward.resize(length, [1.0; LABELS]);
        self.marginals.clear();
        self.log_sum = 0.0;
        let mut before = START;
        for potentials in &self.potentials {
            let mut now = [0f32; LABELS];
            for (from, row) in before.iter().zip(factors) {
                for (sum, step) in now.iter_mut().zip(row) {
                    *sum += from * step;
                }
            }
            for (score, potential) in now.iter_mut().zip(potentials) {
                *score *= potential;
            }
            let sum = scale(&mut now);
            if cfg!(feature = "train") {
                self.log_sum += sum.ln();
            }
            self.forward.push(now);
            before = now;
        }
        for at in (1..length).rev() {
            let next: Scores = std::array::from_fn(|label| self.potentials[at][label] * self.backward[at][label]);
            let mut now = [0f32; LABELS];
            for (sum, row) in now.iter_mut().zip(factors) {
                *sum = row.iter().zip(&next).map(|(step, next)| step * next).sum();
            }
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
    pub(crate) fn add_pairs(&self, factors: &[Scores; LABELS], by: f32, sums: &mut [Scores; LABELS]) {
        for at in 0..self.potentials.len() {
            let before = if at == 0 { &START } else { &self.forward[at - 1] };
            let onward: Scores = std::array::from_fn(|label| self.potentials[at][label] * self.backward[at][label]);
            let mut pairs: [Scores; LABELS] =
                std::array::from_fn(|from| std::array::from_fn(|to| before[from] * factors[from][to] * onward[to]));
            scale(pairs.as_flattened_mut());
            for (sum, pair) in sums.as_flattened_mut().iter_mut().zip(pairs.as_flattened()) {
                *sum += by * pair;
            }
        }
    }
}

/// Makes the shares sum to 1; gives what they summed to.
#[inline]
fn scale(shares: &mut [f32]) -> f32 {
    let sum = shares.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    shares.iter_mut().for_each(|share| *share /= sum);
    sum
}

/// The likeliest labels of a segment. `back` is room to work in.
pub(crate) fn viterbi(scores: &[Scores], transitions: &[Scores; LABELS], back: &mut Vec<[Label; LABELS]>, labels: &mut [Label]) {
    const IMPOSSIBLE: f32 = -1e6;
    back.clear();
    let mut best: Scores = std::array::from_fn(|label| if label == usize::from(OUTSIDE) { 0.0 } else { IMPOSSIBLE });
    for now in scores {
        let mut from = [OUTSIDE; LABELS];
        best = std::array::from_fn(|label| {
            let mut top = IMPOSSIBLE * 2.0;
            for before in 0..LABELS {
                let score = best[before] + transitions[before][label];
                if score > top && may_follow(before as Label, label as Label) {
                    (top, from[label]) = (score, before as Label);
                }
            }
            (top + now[label]).max(IMPOSSIBLE)
        });
        back.push(from);
    }
    let mut label = (0..LABELS).fold(0, |top, label| if best[label] > best[top] { label } else { top });
    for at in (0..labels.len()).rev() {
        labels[at] = label as Label;
        label = usize::from(back[at][label]);
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
        viterbi(&scores, &transitions, &mut Vec::new(), &mut labels);
        assert_eq!(labels.as_slice(), best.0);

        let mut lattice = Lattice::default();
        lattice.set(scores.iter().copied());
        lattice.run(&factors(&transitions));
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
