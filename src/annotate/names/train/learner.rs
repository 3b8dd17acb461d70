//! The learner: a conditional random field (Lafferty et al. 2001) over the network's scores, by stochastic gradients with AdaGrad
//! (Duchi et al. 2011), one step size for each feature's labels and one for its hidden units.
//!
//! Two kinds of teaching: labels by hand, of which some leave a choice (the likelihood of what is allowed), and a machine's beliefs,
//! which the marginals are to equal (distillation, Hinton et al. 2015). A part of the features is left out in each step.

use super::TrainOptions;
use super::corpus::Target;
use super::dataset::Dataset;
use crate::annotate::names::chain::{Chain, Lattice};
use crate::annotate::names::label::LABELS;
use crate::annotate::names::network::{HIDDEN, Scores, WIDTH};
use rayon::prelude::*;

pub(super) struct Weights {
    /// By feature number.
    pub(super) rows: Vec<Row>,
    pub(super) bias: [f32; HIDDEN],
    pub(super) output: [Scores; HIDDEN],
    pub(super) transitions: [Scores; LABELS],
}

/// A feature's numbers, and the sums of their squared gradients.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(super) struct Row {
    pub(super) weights: [f32; WIDTH],
    seen: [f32; 2],
}

/// The sum of squared gradients that every feature begins with: a first step is not a leap.
pub(super) const SEEN_BEFORE: f32 = 1.0;
/// The transition matrix is exponentiated anew after so many segments.
const REFRESH: usize = 8;

impl Weights {
    fn numbers(&mut self) -> impl Iterator<Item = &mut f32> {
        let rows = self.rows.iter_mut().flat_map(|row| &mut row.weights);
        rows.chain(&mut self.bias).chain(self.output.as_flattened_mut()).chain(self.transitions.as_flattened_mut())
    }

    /// Scores with all features.
    pub(super) fn score(&self, data: &Dataset, token: usize) -> Scores {
        let mut sums = [0f32; WIDTH];
        for &feature in data.features_of(token) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[feature as usize].weights) {
                *sum += weight;
            }
        }
        let mut scores: Scores = std::array::from_fn(|label| sums[label]);
        for unit in 0..HIDDEN {
            let active = (sums[LABELS + unit] + self.bias[unit]).max(0.0);
            for (score, weight) in scores.iter_mut().zip(&self.output[unit]) {
                *score += active * weight;
            }
        }
        scores
    }

    fn new(features: usize, random: &mut Random) -> Self {
        let mut uniform = |from: f32, to: f32| from + (to - from) * (random.next() >> 40) as f32 / (1u64 << 24) as f32;
        Self {
            rows: vec![Row { weights: [0.0; WIDTH], seen: [SEEN_BEFORE; 2] }; features],
            bias: std::array::from_fn(|_| uniform(0.0, 1.0)),
            output: std::array::from_fn(|_| std::array::from_fn(|_| uniform(-0.7, 0.7))),
            transitions: [[0.0; LABELS]; LABELS],
        }
    }
}

/// What a step needs to remember of a token.
#[derive(Clone, Default)]
struct Step {
    active: (usize, usize),
    hidden: [f32; HIDDEN],
    scores: Scores,
}

/// The mean of several learners that begin alike and then see the segments in another order, with other features left out: they stay near
/// enough to each other that their mean is as good as they are, and it varies less (Wortsman et al. 2022).
pub(super) fn train_several(data: &Dataset, documents: &[usize], options: &TrainOptions) -> Weights {
    let learners: Vec<Weights> =
        (0..options.learners.max(1)).into_par_iter().map(|learner| train(data, documents, learner as u64, options)).collect();
    let count = learners.len() as f32;
    let mut learners = learners.into_iter();
    let mut mean = learners.next().unwrap_or_else(|| Weights::new(data.feature_count(), &mut Random::of(options.seed)));
    for mut other in learners {
        mean.numbers().zip(other.numbers()).for_each(|(sum, number)| *sum += *number);
    }
    mean.numbers().for_each(|sum| *sum /= count);
    mean
}

/// Trains on the given documents.
pub(super) fn train(data: &Dataset, documents: &[usize], learner: u64, options: &TrainOptions) -> Weights {
    let mut order: Vec<(u32, u32)> = documents.iter().flat_map(|&document| data.segments_of(document)).copied().collect();
    let mut weights = Weights::new(data.feature_count(), &mut Random::of(options.seed));
    let mut random = Random::of(options.seed + 1 + learner);
    let mut seen_transitions = [[SEEN_BEFORE; LABELS]; LABELS];
    let mut seen_output = [[SEEN_BEFORE; LABELS]; HIDDEN];
    let mut seen_bias = [SEEN_BEFORE; HIDDEN];
    let keep_below = ((1.0 - options.dropout) * 256.0) as u8;
    let keep_all = options.dropout <= 0.0;
    // What is left of a token's features stands for all of them.
    let share = 1.0 / (1.0 - options.dropout as f32);
    let mut active: Vec<u32> = Vec::new();
    let mut steps: Vec<Step> = Vec::new();
    let mut slopes = Slopes::default();
    let mut chain = Chain::of(&weights.transitions);
    let all_steps = (order.len() * options.epochs) as f32;
    let mut done = 0usize;
    for epoch in 0..options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (random.next() % (at as u64 + 1)) as usize);
        }
        let mut loss = 0f64;
        for &(start, end) in &order {
            let rate = options.rate * (1.0 - done as f32 / all_steps);
            done += 1;
            if done.is_multiple_of(REFRESH) {
                chain = Chain::of(&weights.transitions);
            }
            active.clear();
            steps.clear();
            for token in start as usize..end as usize {
                let first = active.len();
                let mut sums = [0f32; WIDTH];
                for features in data.features_of(token).chunks(8) {
                    let bits = random.next().to_le_bytes();
                    for (&feature, bits) in features.iter().zip(bits) {
                        if keep_all || bits < keep_below {
                            active.push(feature);
                            for (sum, weight) in sums.iter_mut().zip(&weights.rows[feature as usize].weights) {
                                *sum += weight;
                            }
                        }
                    }
                }
                let mut step = Step { active: (first, active.len()), ..Step::default() };
                step.scores = std::array::from_fn(|label| sums[label] * share);
                for unit in 0..HIDDEN {
                    step.hidden[unit] = (sums[LABELS + unit] * share + weights.bias[unit]).max(0.0);
                    for (score, weight) in step.scores.iter_mut().zip(&weights.output[unit]) {
                        *score += step.hidden[unit] * weight;
                    }
                }
                steps.push(step);
            }
            let targets = &data.targets[start as usize..end as usize];
            loss += f64::from(slopes.fill(steps.iter().map(|step| step.scores), targets, &chain));
            for (step, gradient) in steps.iter().zip(&slopes.scores) {
                let size = gradient.iter().map(|g| g * g).sum::<f32>();
                if size < 1e-8 {
                    continue;
                }
                let mut change = [0f32; WIDTH];
                for label in 0..LABELS {
                    change[label] = gradient[label] * share;
                }
                let mut hidden_size = 0.0;
                for unit in 0..HIDDEN {
                    if step.hidden[unit] > 0.0 {
                        let back: f32 = gradient.iter().zip(&weights.output[unit]).map(|(g, w)| g * w).sum();
                        change[LABELS + unit] = back * share;
                        hidden_size += back * back;
                        adapt(&mut weights.bias[unit], &mut seen_bias[unit], back, rate);
                        for (label, &g) in gradient.iter().enumerate() {
                            let slope = g * step.hidden[unit];
                            adapt(&mut weights.output[unit][label], &mut seen_output[unit][label], slope, rate);
                        }
                    }
                }
                let sizes = [size / LABELS as f32, hidden_size / HIDDEN as f32];
                for &feature in &active[step.active.0..step.active.1] {
                    let row = &mut weights.rows[feature as usize];
                    row.seen[0] += sizes[0];
                    row.seen[1] += sizes[1];
                    let (linear, hidden) = (rate / row.seen[0].sqrt(), rate / row.seen[1].sqrt());
                    for (at, (weight, change)) in row.weights.iter_mut().zip(&change).enumerate() {
                        *weight += if at < LABELS { linear } else { hidden } * change;
                    }
                }
            }
            let moved = weights.transitions.as_flattened_mut().iter_mut().zip(seen_transitions.as_flattened_mut());
            for ((weight, seen), &slope) in moved.zip(slopes.transitions.as_flattened()) {
                if slope != 0.0 {
                    adapt(weight, seen, slope, rate);
                }
            }
        }
        eprintln!("epoch {}: loss {:.4} a segment", epoch + 1, loss / order.len() as f64);
    }
    weights
}

#[inline]
pub(super) fn adapt(weight: &mut f32, seen: &mut f32, slope: f32, rate: f32) {
    *seen += slope * slope;
    *weight += rate * slope / seen.sqrt();
}

/// What should be more likely, and what less: the slopes of the likelihood.
#[derive(Default)]
pub(super) struct Slopes {
    free: Lattice,
    bound: Lattice,
    /// By token.
    pub(super) scores: Vec<Scores>,
    pub(super) transitions: [Scores; LABELS],
}

impl Slopes {
    /// From the scores of a segment and its targets; gives the loss.
    pub(super) fn fill(&mut self, scores: impl Iterator<Item = Scores>, targets: &[Target], chain: &Chain) -> f32 {
        self.scores.clear();
        self.transitions = [[0.0; LABELS]; LABELS];
        self.free.set(scores);
        self.free.run(chain);
        if matches!(targets[0], Target::Allowed(_)) {
            self.bound.potentials.clear();
            for (target, potentials) in targets.iter().zip(&self.free.potentials) {
                let allowed = target.allowed();
                self.bound.potentials.push(std::array::from_fn(|label| if allowed >> label & 1 == 1 { potentials[label] } else { 0.0 }));
            }
            self.bound.run(chain);
            for (bound, free) in self.bound.marginals.iter().zip(&self.free.marginals) {
                self.scores.push(std::array::from_fn(|label| bound[label] - free[label]));
            }
            self.bound.add_pairs(chain, 1.0, &mut self.transitions);
            self.free.add_pairs(chain, -1.0, &mut self.transitions);
            return self.free.log_sum - self.bound.log_sum;
        }
        let mut loss = 0.0;
        for (target, free) in targets.iter().zip(&self.free.marginals) {
            let (wanted, weight) = (target.wanted(free), target.weight());
            let surprise = |(&wanted, &free): (&f32, &f32)| if wanted > 0.0 { wanted * (wanted / free.max(1e-9)).ln() } else { 0.0 };
            loss += weight * wanted.iter().zip(free).map(surprise).sum::<f32>();
            self.scores.push(std::array::from_fn(|label| weight * (wanted[label] - free[label])));
        }
        loss
    }
}

/// xorshift64*: the order of segments and the dropout are the same in every run.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
}
