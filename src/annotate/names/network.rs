//! The scorer of a token's labels: a network of one hidden layer over hashed features, beside a linear one.
//!
//! Every feature has a row of small whole numbers, one for each label (the linear part) and one for each hidden unit. The rows of a
//! token's features are added up; the hidden sums go through a rectifier and add to the labels' scores by a matrix. So the cost of a
//! token is that of a linear model with longer rows: no multiplication by a matrix of words. (Hashed embeddings with a sum as input:
//! Joulin et al. 2017; the linear part beside it: Cheng et al. 2016.)

use super::label::LABELS;

/// Scores of all labels for one token, in nats.
pub(crate) type Scores = [f32; LABELS];

pub(crate) const HIDDEN: usize = 19;
/// Numbers of a feature's row: labels first, then hidden units.
pub(crate) const WIDTH: usize = LABELS + HIDDEN;

/// Rows of a token's features, added up.
pub(crate) type Sums = [i16; WIDTH];

pub(crate) struct Network {
    pub(crate) table: RowTable,
    /// What one unit of each number of a row is worth.
    pub(crate) units: [f32; WIDTH],
    pub(crate) bias: [f32; HIDDEN],
    pub(crate) output: [Scores; HIDDEN],
}

impl Network {
    #[inline]
    pub(crate) fn scores(&self, sums: &Sums) -> Scores {
        let mut scores: Scores = std::array::from_fn(|label| f32::from(sums[label]) * self.units[label]);
        for unit in 0..HIDDEN {
            let at = LABELS + unit;
            let active = (f32::from(sums[at]) * self.units[at] + self.bias[unit]).max(0.0);
            for (score, weight) in scores.iter_mut().zip(&self.output[unit]) {
                *score += active * weight;
            }
        }
        scores
    }
}

/// Feature hash -> row: rows by ascending key, each at the place its key's share of all keys gives or as little after it as there is
/// room. The order makes loading one walk from front to back, and a look-up ends at the first greater key.
pub(crate) struct RowTable {
    rows: Vec<Row>,
    /// `rows` without the overhang at its end.
    size: u64,
    pub(crate) entries: usize,
}

/// Bytes of a row: the key, then the numbers.
const ROW: usize = 32;
const KEY: usize = ROW - WIDTH;

/// Half a cache line, never across two. Key 0 marks an empty row.
#[derive(Clone, Copy, Default)]
#[repr(align(32))]
struct Row([i8; ROW]);

impl Row {
    #[inline]
    fn new(key: u32, weights: &[i8; WIDTH]) -> Self {
        let mut row = [0; ROW];
        row[..KEY].copy_from_slice(&key.to_le_bytes().map(|byte| byte as i8));
        row[KEY..].copy_from_slice(weights);
        Self(row)
    }

    #[inline]
    fn key(&self) -> u32 {
        u32::from_le_bytes([self.0[0] as u8, self.0[1] as u8, self.0[2] as u8, self.0[3] as u8])
    }
}

/// Features looked up together, so that their rows come from memory at the same time.
const BATCH: usize = 64;
/// Rows added up in 16 bits: more could overflow. No token has as many features.
const MOST_FEATURES: usize = 256;

impl RowTable {
    pub(crate) fn with_room_for(entries: usize) -> Self {
        let size = entries * 3 / 2 + 1;
        Self { rows: Vec::with_capacity(size + size / 64 + 64), size: size as u64, entries: 0 }
    }

    /// How far behind its place the row of a key greater than all before would lie.
    #[inline]
    pub(crate) fn distance(&self, key: u32) -> usize {
        self.rows.len().saturating_sub(self.place(key))
    }

    /// Adds the row of a key greater than all before.
    #[inline]
    pub(crate) fn push(&mut self, key: u32, weights: &[i8; WIDTH]) {
        let place = self.place(key);
        if self.rows.len() < place {
            self.rows.resize(place, Row::default());
        }
        self.rows.push(Row::new(key, weights));
        self.entries += 1;
    }

    /// Every place has a row, and the last row is empty: a look-up stops there.
    pub(crate) fn close(&mut self) {
        let end = self.rows.len().max(self.size as usize) + 1;
        self.rows.resize(end, Row::default());
    }

    /// Keys and rows, by ascending key.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &[i8])> {
        self.rows.iter().filter(|row| row.key() != 0).map(|row| (row.key(), &row.0[KEY..]))
    }

    #[inline]
    fn place(&self, key: u32) -> usize {
        ((u64::from(key) * self.size) >> 32) as usize
    }

    /// Adds up the rows of the features.
    #[inline]
    pub(crate) fn sum(&self, features: &[u32]) -> Sums {
        let mut sums = [0i16; ROW];
        let mut places = [(0u32, 0u32); BATCH];
        for batch in features[..features.len().min(MOST_FEATURES)].chunks(BATCH) {
            // First only what stands in each place, without a branch that would wait for memory.
            for (slot, &feature) in places.iter_mut().zip(batch) {
                let place = self.place(feature);
                *slot = (place as u32, self.rows[place].key());
            }
            for (&(place, key), &feature) in places.iter().zip(batch) {
                let (mut place, mut key) = (place as usize, key);
                while key != feature {
                    // An empty row or a greater key: 0 wraps around.
                    if key.wrapping_sub(1) >= feature {
                        break;
                    }
                    place += 1;
                    key = self.rows[place].key();
                }
                if key == feature {
                    // The key's own bytes are added too: whole rows are cheaper to add, and nobody reads their sums.
                    for (sum, &weight) in sums.iter_mut().zip(&self.rows[place].0) {
                        *sum = sum.wrapping_add(i16::from(weight));
                    }
                }
            }
        }
        std::array::from_fn(|at| sums[KEY + at])
    }
}
