//! The learner: a structured perceptron over the segments of a corpus, its weights averaged over all steps.

use super::TrainOptions;
use super::corpus::{Corpus, UNKNOWN};
use crate::annotate::names::features::Facts;
use crate::annotate::names::label::{LABELS, Label, OUTSIDE, may_follow};
use crate::annotate::names::words::WordTable;
use rustc_hash::FxHashMap;

/// All candidate tokens of a corpus with their features as numbers.
pub(super) struct Dataset {
    /// Feature hash by feature number.
    pub(super) hashes: Vec<u32>,
    features: Vec<u32>,
    /// Where each token's features start; one more at the end.
    starts: Vec<usize>,
    pub(super) gold: Vec<Label>,
    pub(super) certain: Vec<bool>,
    /// Token ranges that are labelled together.
    segments: Vec<(u32, u32)>,
    /// The range of segments, and of tokens, of each document.
    document_segments: Vec<(u32, u32)>,
    pub(super) document_tokens: Vec<(u32, u32)>,
    /// Name tokens that are candidates, and that are not.
    pub(super) named: usize,
    pub(super) lost: usize,
}

impl Dataset {
    pub(super) fn len(&self) -> usize {
        self.gold.len()
    }

    pub(super) fn feature_count(&self) -> usize {
        self.hashes.len()
    }

    pub(super) fn new(corpus: &Corpus, words: &WordTable) -> Self {
        let mut data = Self {
            hashes: Vec::new(),
            features: Vec::new(),
            starts: vec![0],
            gold: Vec::new(),
            certain: Vec::new(),
            segments: Vec::new(),
            document_segments: Vec::new(),
            document_tokens: Vec::new(),
            named: 0,
            lost: 0,
        };
        for document in &corpus.documents {
            let facts = Facts::new(&document.text, &document.tokens, &document.sentences, words);
            let (first_segment, first_token) = (data.segments.len() as u32, data.gold.len() as u32);
            let named_before = data.named;
            for candidate in &facts.candidates {
                let number = data.gold.len() as u32;
                if candidate.opens_segment {
                    data.segments.push((number, number));
                }
                if let Some(segment) = data.segments.last_mut() {
                    segment.1 = number + 1;
                }
                let label = document.labels[candidate.token as usize];
                data.named += usize::from(label != OUTSIDE && label != UNKNOWN);
                data.gold.push(label);
                data.certain.push(document.certain[candidate.token as usize]);
                facts.features(candidate, words, &mut data.features);
                data.starts.push(data.features.len());
            }
            let names = document.labels.iter().filter(|&&label| label != OUTSIDE && label != UNKNOWN).count();
            data.lost += names - (data.named - named_before);
            data.document_segments.push((first_segment, data.segments.len() as u32));
            data.document_tokens.push((first_token, data.gold.len() as u32));
        }
        data.repair_gold();
        data.number_features();
        data
    }

    /// A name whose first token is no candidate begins at its next one.
    fn repair_gold(&mut self) {
        for &(start, end) in &self.segments {
            let mut before = OUTSIDE;
            for at in start as usize..end as usize {
                let label = &mut self.gold[at];
                if *label != UNKNOWN && before != UNKNOWN && !may_follow(before, *label) {
                    *label -= 1;
                }
                before = *label;
            }
        }
    }

    /// Hashes become numbers; features seen once are dropped.
    fn number_features(&mut self) {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for &hash in &self.features {
            *counts.entry(hash).or_default() += 1;
        }
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        let mut kept = 0;
        let mut start = 0;
        for at in 1..self.starts.len() {
            let end = self.starts[at];
            for from in start..end {
                let hash = self.features[from];
                if counts[&hash] > 1 {
                    let number = *numbers.entry(hash).or_insert_with(|| {
                        self.hashes.push(hash);
                        self.hashes.len() as u32 - 1
                    });
                    self.features[kept] = number;
                    kept += 1;
                }
            }
            start = end;
            self.starts[at] = kept;
        }
        self.features.truncate(kept);
        self.features.shrink_to_fit();
    }

    pub(super) fn features_of(&self, token: usize) -> &[u32] {
        &self.features[self.starts[token]..self.starts[token + 1]]
    }
}

pub(super) struct Weights {
    /// By feature number.
    pub(super) rows: Vec<[f32; LABELS]>,
    pub(super) transitions: [[f32; LABELS]; LABELS],
}

impl Weights {
    pub(super) fn add(&mut self, other: &Self) {
        let all = self.rows.as_flattened_mut().iter_mut().chain(self.transitions.as_flattened_mut());
        for (weight, other) in all.zip(other.rows.as_flattened().iter().chain(other.transitions.as_flattened())) {
            *weight += other;
        }
    }

    pub(super) fn divide(&mut self, by: f32) {
        self.rows.as_flattened_mut().iter_mut().chain(self.transitions.as_flattened_mut()).for_each(|weight| *weight /= by);
    }

    /// Scores with all features.
    pub(super) fn score(&self, data: &Dataset, token: usize) -> [f32; LABELS] {
        let mut sums = [0.0; LABELS];
        for &feature in data.features_of(token) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[feature as usize]) {
                *sum += weight;
            }
        }
        sums
    }

    /// The best labels of a document, as the tagger will find them: transitions weigh more where no feature is left out.
    pub(super) fn label(&self, data: &Dataset, document: usize, scores: &[[f32; LABELS]], dropout: f64, labels: &mut [Label]) {
        let transitions = self.transitions.map(|row| row.map(|weight| weight / (1.0 - dropout as f32)));
        let (start, end) = data.document_segments[document];
        let (mut back, mut found) = (Vec::new(), Vec::new());
        for &(start, end) in &data.segments[start as usize..end as usize] {
            viterbi(&scores[start as usize..end as usize], &transitions, &mut back, &mut found);
            labels[start as usize..end as usize].copy_from_slice(&found);
        }
    }
}

/// Trains on the given documents.
pub(super) fn train(data: &Dataset, documents: &[usize], options: &TrainOptions) -> Weights {
    let mut order: Vec<(u32, u32)> = Vec::new();
    for &document in documents {
        let (start, end) = data.document_segments[document];
        order.extend(&data.segments[start as usize..end as usize]);
    }
    let zero = [[0f32; LABELS]; LABELS];
    let mut now = Weights { rows: vec![[0.0; LABELS]; data.feature_count()], transitions: zero };
    // Sum over steps of (step number x change): the average is weight - sum / steps.
    let mut late = Weights { rows: vec![[0.0; LABELS]; data.feature_count()], transitions: zero };
    let mut random = Random(options.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let keep_below = ((1.0 - options.dropout) * 256.0) as u8;
    let keep_all = options.dropout <= 0.0;
    let mut active: Vec<u32> = Vec::new();
    let mut active_starts: Vec<usize> = Vec::new();
    let mut scores: Vec<[f32; LABELS]> = Vec::new();
    let mut labels: Vec<Label> = Vec::new();
    let mut back: Vec<[Label; LABELS]> = Vec::new();
    let mut step = 0f64;
    for epoch in 0..options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, (random.next() % (at as u64 + 1)) as usize);
        }
        let mut wrong = 0usize;
        for &(start, end) in &order {
            step += 1.0;
            active.clear();
            active_starts.clear();
            active_starts.push(0);
            scores.clear();
            for token in start as usize..end as usize {
                let mut sums = [0.0; LABELS];
                for features in data.features_of(token).chunks(8) {
                    let bits = random.next().to_le_bytes();
                    for (&feature, bits) in features.iter().zip(bits) {
                        if keep_all || bits < keep_below {
                            active.push(feature);
                            for (sum, weight) in sums.iter_mut().zip(&now.rows[feature as usize]) {
                                *sum += weight;
                            }
                        }
                    }
                }
                active_starts.push(active.len());
                scores.push(sums);
            }
            viterbi(&scores, &now.transitions, &mut back, &mut labels);
            let (mut gold_before, mut guess_before) = (OUTSIDE, OUTSIDE);
            for (at, &guess) in labels.iter().enumerate() {
                let token = start as usize + at;
                // An open label is as guessed, and so is one that the labels before it make impossible.
                let known = data.gold[token] != UNKNOWN && may_follow(gold_before, data.gold[token]);
                let gold = if known { data.gold[token] } else { guess };
                let change = |weight: &mut f32, late: &mut f32, by: f32| {
                    *weight += by;
                    *late += (step * f64::from(by)) as f32;
                };
                if gold != guess {
                    wrong += 1;
                    for &feature in &active[active_starts[at]..active_starts[at + 1]] {
                        let (row, late_row) = (&mut now.rows[feature as usize], &mut late.rows[feature as usize]);
                        change(&mut row[gold as usize], &mut late_row[gold as usize], 1.0);
                        change(&mut row[guess as usize], &mut late_row[guess as usize], -1.0);
                    }
                }
                if (gold != guess || gold_before != guess_before) && may_follow(gold_before, gold) {
                    let (row, late_row) = (&mut now.transitions, &mut late.transitions);
                    let (gold_at, guess_at) = ((gold_before as usize, gold as usize), (guess_before as usize, guess as usize));
                    change(&mut row[gold_at.0][gold_at.1], &mut late_row[gold_at.0][gold_at.1], 1.0);
                    change(&mut row[guess_at.0][guess_at.1], &mut late_row[guess_at.0][guess_at.1], -1.0);
                }
                (gold_before, guess_before) = (gold, guess);
            }
        }
        if epoch + 1 == options.epochs {
            eprintln!("epoch {}: {wrong} tokens wrong", epoch + 1);
        }
    }
    let steps = step.max(1.0) as f32;
    let averaged = |rows: &mut [[f32; LABELS]], late: &[[f32; LABELS]]| {
        for (weight, late) in rows.as_flattened_mut().iter_mut().zip(late.as_flattened()) {
            *weight -= late / steps;
        }
    };
    averaged(&mut now.rows, &late.rows);
    averaged(&mut now.transitions, &late.transitions);
    now
}

const IMPOSSIBLE: f32 = -1e9;

fn viterbi(scores: &[[f32; LABELS]], transitions: &[[f32; LABELS]; LABELS], back: &mut Vec<[Label; LABELS]>, labels: &mut Vec<Label>) {
    back.clear();
    let mut best: [f32; LABELS] =
        std::array::from_fn(
            |label| {
                if may_follow(OUTSIDE, label as Label) { scores[0][label] + transitions[0][label] } else { IMPOSSIBLE }
            },
        );
    for now in &scores[1..] {
        let mut from = [OUTSIDE; LABELS];
        best = std::array::from_fn(|label| {
            let mut top = f32::MIN;
            for before in 0..LABELS {
                let score = best[before] + transitions[before][label];
                if score > top && may_follow(before as Label, label as Label) {
                    top = score;
                    from[label] = before as Label;
                }
            }
            top + now[label]
        });
        back.push(from);
    }
    labels.clear();
    labels.resize(scores.len(), OUTSIDE);
    let mut label = (0..LABELS).fold(0, |top, label| if best[label] > best[top] { label } else { top });
    for at in (0..labels.len()).rev() {
        labels[at] = label as Label;
        if at > 0 {
            label = usize::from(back[at - 1][label]);
        }
    }
}

/// xorshift64*: the order of segments and the dropout are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }
}
