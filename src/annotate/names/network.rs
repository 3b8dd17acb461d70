//! The scorer of a token's labels: a network of one hidden layer over hashed features, beside a linear one.
//!
//! Every feature has a row of small whole numbers, one for each label (the linear part) and one for each hidden unit. The rows of a
//! token's features are added up; the hidden sums go through a rectifier and add to the labels' scores by a matrix. So the cost of a
//! token is that of a linear model with longer rows: no multiplication by a matrix of words. (Hashed embeddings with a sum as input:
//! Joulin et al. 2017; the linear part beside it: Cheng et al. 2016.)

use super::label::LABELS;

/// Scores of all labels for one token, in nats.
pub(crate) type Scores = [f32; LABELS];

/// The same with three noughts behind it: the processor reckons with four numbers at a time.
pub(crate) type Lanes = [f32; LABELS.next_multiple_of(4)];

#[inline]
pub(crate) fn lanes(scores: &Scores) -> Lanes {
    let mut lanes = [0.0; _];
    lanes[..LABELS].copy_from_slice(scores);
    lanes
}

#[inline]
pub(crate) fn scores(lanes: &Lanes) -> Scores {
    std::array::from_fn(|label| lanes[label])
}

pub(crate) const HIDDEN: usize = 19;
/// Numbers of a feature's row: labels first, then hidden units.
pub(crate) const WIDTH: usize = LABELS + HIDDEN;

/// Numbers of a row with its key behind them.
pub(super) const ROW: usize = WIDTH + 4;

/// Rows of a token's features, added up. Their keys are added too, which nobody reads: the processor adds whole rows at once.
pub(crate) type Sums = [i16; ROW];

/// Adds a row or other sums.
#[inline]
pub(super) fn add<N: Copy + Into<i16>>(sums: &mut Sums, more: &[N; ROW]) {
    for (sum, &more) in sums.iter_mut().zip(more) {
        *sum = sum.wrapping_add(more.into());
    }
}

pub(crate) struct Network {
    pub(crate) table: RowTable,
    /// What one unit of each number of a row is worth.
    pub(crate) units: [f32; WIDTH],
    pub(crate) bias: [f32; HIDDEN],
    pub(crate) output: [Lanes; HIDDEN],
}

impl Network {
    #[inline]
    pub(crate) fn scores(&self, sums: &Sums) -> Scores {
        let direct: [f32; WIDTH] = std::array::from_fn(|at| f32::from(sums[at]) * self.units[at]);
        let active: [f32; HIDDEN] = std::array::from_fn(|unit| (direct[LABELS + unit] + self.bias[unit]).max(0.0));
        let mut added = lanes(&std::array::from_fn(|label| direct[label]));
        for (active, row) in active.iter().zip(&self.output) {
            for (score, weight) in added.iter_mut().zip(row) {
                *score += active * weight;
            }
        }
        scores(&added)
    }
}

/// Feature hash -> row: rows by ascending key, each in the line that its key's share of all keys gives or as little after it as there is
/// room. The order makes loading one walk from front to back, and a look-up ends at the first greater key.
pub(crate) struct RowTable {
    lines: Vec<Line>,
    /// Where the last row lies, and how many lines there are without the overhang at the end.
    end: usize,
    size: u64,
    /// A bit for each of so many equal shares of the keys: whether it has a row. Most features that join words have none, and this says so
    /// from the cache.
    filter: Box<[u64; FILTER_WORDS]>,
    pub(crate) entries: usize,
}

/// Two rows that share a cache line: both are looked at together, which of them is the one nobody can guess.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Line([Row; 2]);

/// Half a cache line, never across two.
#[derive(Clone, Copy)]
#[repr(align(32))]
struct Row([i8; ROW]);

impl Row {
    /// Its key is greater than those that come before: a look-up stops there.
    const EMPTY: Self = Self::new(u32::MAX, &[0; WIDTH]);

    #[inline]
    const fn new(key: u32, weights: &[i8; WIDTH]) -> Self {
        let mut row = [0; ROW];
        let (numbers, behind) = row.split_at_mut(WIDTH);
        numbers.copy_from_slice(weights);
        let [a, b, c, d] = key.to_le_bytes();
        behind.copy_from_slice(&[a as i8, b as i8, c as i8, d as i8]);
        Self(row)
    }

    #[inline]
    fn key(&self) -> u32 {
        u32::from_le_bytes(std::array::from_fn(|at| self.0[WIDTH + at] as u8))
    }
}

/// Size of the filter: ten bits for each row of the model that the program carries, 128 KB.
const FILTER_BITS: u32 = 20;
const FILTER_WORDS: usize = 1 << (FILTER_BITS - 6);

/// The word of the filter and the bit in it.
#[inline]
fn filter_place(key: u32) -> (usize, u32) {
    let share = key >> (32 - FILTER_BITS);
    (share as usize / 64, share % 64)
}

/// Rows added up in 16 bits: more could overflow. No token has as many features.
const MOST_FEATURES: usize = 256;

/// Features of which the rows are asked for, in parts that are added up apart.
#[derive(Default)]
pub(crate) struct Query {
    pub(crate) features: Vec<u32>,
    /// Where each part ends.
    ends: Vec<usize>,
}

impl Query {
    pub(crate) fn clear(&mut self) {
        self.features.clear();
        self.ends.clear();
    }

    pub(crate) fn end_part(&mut self) {
        self.ends.push(self.features.len());
    }
}

impl RowTable {
    pub(crate) fn with_room_for(entries: usize) -> Self {
        let size = entries + 1;
        let lines = Vec::with_capacity(size + size / 64 + 64);
        Self { lines, filter: Box::new([0; FILTER_WORDS]), end: 0, size: size as u64, entries: 0 }
    }

    /// How far behind its place the row of a key greater than all before would lie.
    #[inline]
    pub(crate) fn distance(&self, key: u32) -> usize {
        self.end.saturating_sub(2 * self.line(key))
    }

    /// Adds the row of a key greater than all before.
    #[inline]
    pub(crate) fn push(&mut self, key: u32, weights: &[i8; WIDTH]) {
        let place = self.end.max(2 * self.line(key));
        if self.lines.len() <= place / 2 {
            self.lines.resize(place / 2 + 1, Line([Row::EMPTY; 2]));
        }
        self.lines[place / 2].0[place % 2] = Row::new(key, weights);
        self.end = place + 1;
        let (word, bit) = filter_place(key);
        self.filter[word] |= 1 << bit;
        self.entries += 1;
    }

    /// Every line is there, and the last row is empty: a look-up stops there.
    pub(crate) fn close(&mut self) {
        let end = self.lines.len().max(self.size as usize) + 1;
        self.lines.resize(end, Line([Row::EMPTY; 2]));
    }

    /// Keys and rows, by ascending key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &[i8])> {
        let rows = self.lines.iter().flat_map(|line| &line.0);
        rows.filter(|row| row.key() != Row::EMPTY.key()).map(|row| (row.key(), &row.0[..WIDTH]))
    }

    /// The line where the row of a key lies, or else as little behind it as there was room.
    #[inline]
    fn line(&self, key: u32) -> usize {
        ((u64::from(key) * self.size) >> 32) as usize
    }

    #[inline]
    fn row(&self, place: usize) -> &Row {
        &self.lines[place / 2].0[place % 2]
    }

    /// Leaves of the features from `start` on only those that may have a row.
    #[inline]
    pub(crate) fn sift(&self, features: &mut Vec<u32>, start: usize) {
        let mut count = start;
        for at in start..features.len() {
            let feature = features[at];
            let (word, bit) = filter_place(feature);
            features[count] = feature;
            count += (self.filter[word] >> bit & 1) as usize;
        }
        features.truncate(count);
    }

    /// Adds up the rows of each part of the features; `done` is given the number of the part and its sums.
    #[inline]
    pub(crate) fn sum(&self, query: &mut Query, mut done: impl FnMut(usize, &Sums)) {
        let Query { features, ends } = query;
        // First each line is only touched: by so few instructions a line that the processor has some forty of them on their way from memory
        // at the same time. Where more is done with each, half as many fit.
        let touched = features.iter().fold(0, |all, &feature| all ^ self.lines[self.line(feature)].0[0].key());
        std::hint::black_box(touched);
        let mut start = 0;
        for (part, &end) in ends.iter().enumerate() {
            done(part, &self.sum_part(&features[start..end.min(start + MOST_FEATURES)]));
            start = end;
        }
    }

    /// Not inlined: by what the caller reads of the sums, the compiler would cut the rows into pieces that it adds one by one.
    #[inline(never)]
    fn sum_part(&self, features: &[u32]) -> Sums {
        let mut sums = [0; ROW];
        for &feature in features {
            let line = self.line(feature);
            // Which row of the line it is nobody can guess: it is reckoned without a branch.
            let rows_before = self.lines[line].0.iter().map(|row| usize::from(row.key() < feature)).sum::<usize>();
            let mut place = 2 * line + rows_before;
            while self.row(place).key() < feature {
                place += 1;
            }
            let row = self.row(place);
            if row.key() == feature {
                add(&mut sums, &row.0);
            }
        }
        sums
    }
}
