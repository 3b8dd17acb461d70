//! The model: weights of features, transitions between labels, and word knowledge, as one file.
//!
//! The file opens with magic, version, label names, a fingerprint of the feature code and a checksum of the training data; a mismatch
//! is an error when it is loaded. Weights are whole numbers of one byte, kept per feature for the labels that have any; keys are
//! written as differences, so that a model of 300,000 features takes about 2 MB.

use super::features::{Facts, feature_hash};
use super::label::{LABEL_NAMES, LABELS};
use super::words::{ClusterPath, WordFacts, WordTable};
use crate::annotate::tokens::tokenize;
use crate::document::{Sentence, TokenRange};
use crate::span::Span;

/// Scores of all labels for one token.
pub(crate) type Scores = [i32; LABELS];

const MAGIC: &[u8; 8] = b"PQNAMES\0";
const VERSION: u16 = 3;

/// Why a model file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    #[error("not a names model (it does not begin with PQNAMES)")]
    NotAModel,
    #[error("names model of version {found}, this program reads {VERSION}")]
    Version { found: u16 },
    #[error("the names model has other labels: {found}")]
    Labels { found: String },
    #[error("the names model was trained with other feature code: train it again with this program")]
    Features,
    #[error("the names model ends too early or is damaged")]
    Damaged,
}

/// What the tagger knows. Made once, read by all threads.
pub struct Model {
    pub(crate) words: WordTable,
    pub(crate) weights: WeightTable,
    /// `transitions[label before][label]`.
    pub(crate) transitions: [Scores; LABELS],
    /// Scores that one unit of the learner's weights became.
    pub(crate) unit: f32,
    /// Margin of scores that means a confidence of 0.73 (one unit of a logistic curve), and where the curve has its middle.
    pub(crate) margin_scale: f32,
    pub(crate) margin_middle: f32,
    /// xxh3 of the sentences it was trained on.
    pub(crate) training_data: u64,
}

/// Feature hash -> one weight per label: rows by ascending key, each at the place its key's share of all keys gives or as little after
/// it as there is room. The order makes loading one walk from front to back, and a look-up ends at the first greater key.
pub(crate) struct WeightTable {
    rows: Vec<Row>,
    /// `rows` without the overhang at its end.
    size: u64,
    entries: usize,
}

/// Features looked up together, so that their rows come from memory at the same time.
const BATCH: usize = 64;

/// Weights are kept with 128 added, so that four sums of 16 bits can be made with one addition of 64.
#[derive(Clone, Copy, Default)]
struct Row {
    /// 0 for an empty row.
    key: u32,
    last: u32,
    first: [u8; LABELS - 1],
}

/// What is added to a weight.
const BIAS: u8 = 0x80;

impl Row {
    #[inline]
    fn new(key: u32, weights: [i8; LABELS]) -> Self {
        let mut first = [0; LABELS - 1];
        for (biased, weight) in first.iter_mut().zip(weights) {
            *biased = weight as u8 ^ BIAS;
        }
        Self { key, last: u32::from(weights[LABELS - 1] as u8 ^ BIAS), first }
    }

    fn weights(&self) -> [i8; LABELS] {
        std::array::from_fn(|label| (self.first.get(label).copied().unwrap_or(self.last as u8) ^ BIAS) as i8)
    }
}

impl WeightTable {
    /// `entries`: by ascending key, each key once, none 0.
    #[cfg(feature = "train")]
    pub(crate) fn new(entries: &[(u32, [i8; LABELS])]) -> Self {
        let mut table = Self::with_room_for(entries.len());
        entries.iter().for_each(|&(key, weights)| table.push(key, weights));
        table.close();
        table
    }

    fn with_room_for(entries: usize) -> Self {
        let size = entries * 2 + 1;
        Self { rows: Vec::with_capacity(size + size / 64 + 64), size: size as u64, entries: 0 }
    }

    /// Adds the row of a key greater than all before.
    #[inline]
    fn push(&mut self, key: u32, weights: [i8; LABELS]) {
        let place = self.place(key);
        if self.rows.len() < place {
            self.rows.resize(place, Row::default());
        }
        self.rows.push(Row::new(key, weights));
        self.entries += 1;
    }

    /// Every place has a row, and the last row is empty: a look-up stops there.
    fn close(&mut self) {
        let end = self.rows.len().max(self.size as usize) + 1;
        self.rows.resize(end, Row::default());
    }

    #[inline]
    fn place(&self, key: u32) -> usize {
        ((u64::from(key) * self.size) >> 32) as usize
    }

    /// Adds up the weights of the features: the scores of a token's labels.
    pub(crate) fn score(&self, features: &[u32]) -> Scores {
        const BYTES: u64 = 0x00FF_00FF_00FF_00FF;
        // The labels of even and of odd number, four sums each, and the last label. No more than 250 features a token: 250 * 255 fits.
        let (mut even, mut odd, mut last, mut added) = (0u64, 0u64, 0u32, 0i32);
        let mut places = [(0u32, 0u32); BATCH];
        for batch in features.chunks(BATCH) {
            // First only what stands in each place, without a branch that would wait for memory.
            for (slot, &feature) in places.iter_mut().zip(batch) {
                let place = self.place(feature);
                *slot = (place as u32, self.rows[place].key);
            }
            for (&(place, key), &feature) in places.iter().zip(batch) {
                let (mut place, mut key) = (place as usize, key);
                while key != feature {
                    // An empty row or a greater key: 0 wraps around.
                    if key.wrapping_sub(1) >= feature {
                        break;
                    }
                    place += 1;
                    key = self.rows[place].key;
                }
                if key == feature {
                    let row = &self.rows[place];
                    let first = u64::from_le_bytes(row.first);
                    even = even.wrapping_add(first & BYTES);
                    odd = odd.wrapping_add((first >> 8) & BYTES);
                    last += row.last;
                    added += 1;
                }
            }
        }
        let bias = added * i32::from(BIAS);
        std::array::from_fn(|label| {
            let sums = if label % 2 == 0 { even } else { odd };
            let sum = if label == LABELS - 1 { last } else { ((sums >> (label / 2 * 16)) & 0xFFFF) as u32 };
            sum as i32 - bias
        })
    }
}

impl Model {
    /// The model the program carries.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_bytes(include_bytes!("model.bin")).expect("the embedded names model belongs to this program")
    }

    /// Reads a model file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut file = Reader { bytes };
        if file.take(8)? != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let found = file.u16()?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let length = file.varint()? as usize;
        let labels = file.take(length)?;
        if labels != LABEL_NAMES.join(" ").as_bytes() {
            return Err(ModelError::Labels { found: String::from_utf8_lossy(labels).into_owned() });
        }
        if file.u64()? != feature_fingerprint() {
            return Err(ModelError::Features);
        }
        let training_data = file.u64()?;
        let unit = f32::from_bits(file.u32()?);
        let margin_scale = f32::from_bits(file.u32()?);
        let margin_middle = f32::from_bits(file.u32()?);
        let mut transitions = [[0; LABELS]; LABELS];
        for score in transitions.as_flattened_mut() {
            *score = file.u32()? as i32;
        }
        let words = file.words()?;
        let weights = file.weights()?;
        Ok(Self { words, weights, transitions, unit, margin_scale, margin_middle, training_data })
    }

    /// The model as a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        let labels = LABEL_NAMES.join(" ");
        write_varint(&mut out, labels.len() as u32);
        out.extend_from_slice(labels.as_bytes());
        out.extend_from_slice(&feature_fingerprint().to_le_bytes());
        out.extend_from_slice(&self.training_data.to_le_bytes());
        out.extend_from_slice(&self.unit.to_bits().to_le_bytes());
        out.extend_from_slice(&self.margin_scale.to_bits().to_le_bytes());
        out.extend_from_slice(&self.margin_middle.to_bits().to_le_bytes());
        for score in self.transitions.as_flattened() {
            out.extend_from_slice(&score.to_le_bytes());
        }
        write_words(&mut out, &self.words);
        let mut rows: Vec<&Row> = Vec::with_capacity(self.weights.entries);
        rows.extend(self.weights.rows.iter().filter(|row| row.key != 0));
        write_varint(&mut out, rows.len() as u32);
        let mut last = 0;
        for row in rows {
            write_varint(&mut out, row.key - last);
            last = row.key;
            let weights = row.weights();
            let present = (0..LABELS).filter(|&label| weights[label] != 0).fold(0u16, |mask, label| mask | 1 << label);
            out.extend_from_slice(&present.to_le_bytes());
            out.extend(weights.iter().filter(|&&weight| weight != 0).map(|&weight| weight as u8));
        }
        out
    }
}

fn write_words(out: &mut Vec<u8>, words: &WordTable) {
    write_varint(out, words.clusters.len() as u32);
    for path in &words.clusters {
        out.push(path.length);
        write_varint(out, path.bits);
    }
    let entries = words.sorted_entries();
    write_varint(out, entries.len() as u32);
    let mut last = 0;
    for (key, facts) in entries {
        write_varint(out, key - last);
        last = key;
        write_varint(out, facts.cluster.into());
        write_varint(out, facts.lists.into());
    }
}

/// Little groups of seven bits, the lowest first.
fn write_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    #[inline]
    fn take(&mut self, length: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(ModelError::Damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    #[inline]
    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        self.take(N)?.try_into().map_err(|_| ModelError::Damaged)
    }

    #[inline]
    fn u16(&mut self) -> Result<u16, ModelError> {
        self.array().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, ModelError> {
        self.array().map(u64::from_le_bytes)
    }

    #[inline]
    fn varint(&mut self) -> Result<u32, ModelError> {
        let mut value = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.array::<1>()?[0];
            value |= u32::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ModelError::Damaged)
    }

    /// A count of things that take `size` bytes at the least: a damaged file must not ask for memory it cannot fill.
    fn count(&mut self, size: usize) -> Result<usize, ModelError> {
        let count = self.varint()? as usize;
        if count.saturating_mul(size) > self.bytes.len() { Err(ModelError::Damaged) } else { Ok(count) }
    }

    /// The next key, from its difference to the last.
    #[inline]
    fn key(&mut self, last: u32) -> Result<u32, ModelError> {
        let difference = self.varint()?;
        let key = last.checked_add(difference).ok_or(ModelError::Damaged)?;
        if difference == 0 { Err(ModelError::Damaged) } else { Ok(key) }
    }

    fn words(&mut self) -> Result<WordTable, ModelError> {
        let mut clusters = Vec::with_capacity(self.count(2)?);
        for _ in 0..clusters.capacity() {
            let length = self.array::<1>()?[0];
            if length > 30 {
                return Err(ModelError::Damaged);
            }
            clusters.push(ClusterPath { length, bits: self.varint()? });
        }
        let count = self.count(3)?;
        let mut entries = Vec::with_capacity(count);
        let mut key = 0;
        for _ in 0..count {
            key = self.key(key)?;
            let cluster = u16::try_from(self.varint()?).map_err(|_| ModelError::Damaged)?;
            let lists = u16::try_from(self.varint()?).map_err(|_| ModelError::Damaged)?;
            entries.push((key, WordFacts { cluster, lists }));
        }
        Ok(WordTable::new(&entries, clusters))
    }

    fn weights(&mut self) -> Result<WeightTable, ModelError> {
        let count = self.count(3)?;
        let mut table = WeightTable::with_room_for(count);
        let mut key = 0;
        for _ in 0..count {
            key = self.key(key)?;
            let present = self.u16()?;
            let given = self.take((present & ((1 << LABELS) - 1)).count_ones() as usize)?;
            let mut weights = [0i8; LABELS];
            let mut rest = present;
            for &weight in given {
                weights[(rest.trailing_zeros() as usize).min(LABELS - 1)] = weight as i8;
                rest &= rest - 1;
            }
            table.push(key, weights);
        }
        table.close();
        Ok(table)
    }
}

/// A fingerprint of the feature code: what it makes of a sentence that uses every template. When the code changes, it changes.
pub(crate) fn feature_fingerprint() -> u64 {
    const PROBE: &str = "Minister Ada Quill-Marsh of the O’Hara Bank told 3 US reporters (NBN) in Port Vell.";
    let tokens = tokenize(PROBE);
    let sentence = Sentence { span: Span::new(0, PROBE.len()), tokens: TokenRange::new(0, tokens.len()), paragraph: 0 };
    let words = WordTable::new(&[], vec![ClusterPath::default()]);
    let facts = Facts::new(PROBE, &tokens, &[sentence], &words);
    let mut features = Vec::new();
    for candidate in &facts.candidates {
        facts.features(candidate, &words, &mut features);
    }
    features.iter().fold(0u64, |print, &feature| {
        print.rotate_left(9) ^ u64::from(feature_hash(0, print ^ u64::from(feature))) << 16 ^ u64::from(feature)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let bytes = include_bytes!("model.bin");
        let model = Model::from_bytes(bytes).unwrap();
        assert!(model.to_bytes() == bytes);
    }

    #[test]
    fn damage_is_an_error_and_no_panic() {
        let bytes = include_bytes!("model.bin");
        assert!(matches!(Model::from_bytes(b"something else"), Err(ModelError::NotAModel)));
        assert!(Model::from_bytes(b"").is_err());
        for length in (0..bytes.len()).step_by(bytes.len() / 40 + 1) {
            assert!(Model::from_bytes(&bytes[..length]).is_err(), "{length} bytes of the model were enough");
        }
        let mut other = bytes.to_vec();
        other[8] = 0xFF;
        assert!(matches!(Model::from_bytes(&other), Err(ModelError::Version { .. })));
    }
}
