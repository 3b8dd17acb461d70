//! The model: weights of features, transitions between labels, and word knowledge, as one file.
//!
//! The file opens with magic, version, label names, a fingerprint of the feature code and a checksum of the training data; a mismatch
//! is an error when it is loaded. Weights are whole numbers of one byte, kept per feature for the labels that have any; keys are
//! written as differences, so that a model of 300,000 features takes about 2 MB.

use super::chain::Chain;
use super::document_pass::{DocumentNetwork, INPUTS, PERSON_LABELS};
use super::facts::Facts;
use super::features::{Window, feature_hash};
use super::group_sums::SpareGroupSums;
use super::label::{LABEL_NAMES, LABELS};
use super::mentions::NameLexicon;
use super::network::{HIDDEN, Network, RowTable, Scores, WIDTH, lanes};
use super::words::{ClusterPath, FARTHEST, WordFacts, WordTable};
use crate::annotate::lexicon::Vocabulary;
use crate::annotate::tokens::tokenize;
use crate::document::{Sentence, TokenRange};
use crate::span::Span;

const MAGIC: &[u8; 8] = b"PQNAMES\0";
const VERSION: u16 = 4;

/// Why a model file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// Some other file.
    #[error("not a names model (it does not begin with PQNAMES)")]
    NotAModel,
    /// Made for an older or newer program.
    #[error("names model of version {found}, this program reads {VERSION}")]
    Version {
        /// That of the file.
        found: u16,
    },
    /// It tells other kinds of names apart.
    #[error("the names model has other labels: {found}")]
    Labels {
        /// Those of the file.
        found: String,
    },
    /// Its weights are for other features than the program computes.
    #[error("the names model was trained with other feature code: train it again with this program")]
    Features,
    /// Cut off, or not as it was written.
    #[error("the names model ends too early or is damaged")]
    Damaged,
}

/// What the tagger knows. Made once, read by all threads.
pub struct Model {
    pub(crate) words: WordTable,
    pub(crate) network: Network,
    /// `transitions[label before][label]`.
    pub(crate) transitions: [Scores; LABELS],
    /// The same, laid out for use.
    pub(crate) chain: Chain,
    /// The second pass; without it, names are what the first one says.
    pub(crate) document: Option<DocumentNetwork>,
    /// xxh3 of the sentences it was trained on.
    pub(crate) training_data: u64,
    pub(crate) group_sums: SpareGroupSums,
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
        if !bytes.starts_with(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        file.take(MAGIC.len())?;
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
        let mut transitions = [[0.0; LABELS]; LABELS];
        file.floats(transitions.as_flattened_mut())?;
        let words = file.words()?;
        let document = if file.array::<1>()? == [1] { Some(file.document()?) } else { None };
        let network = file.network()?;
        let chain = Chain::of(&transitions);
        Ok(Self { words, network, transitions, chain, document, training_data, group_sums: SpareGroupSums::default() })
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
        write_floats(&mut out, self.transitions.as_flattened());
        write_words(&mut out, &self.words);
        out.push(self.document.is_some().into());
        if let Some(document) = &self.document {
            write_floats(&mut out, document.input.as_flattened());
            write_floats(&mut out, &document.bias);
            write_floats(&mut out, document.output.as_flattened());
        }
        write_floats(&mut out, &self.network.units);
        write_floats(&mut out, &self.network.bias);
        self.network.output.iter().for_each(|row| write_floats(&mut out, &row[..LABELS]));
        write_varint(&mut out, self.network.table.entries as u32);
        let mut last = 0;
        for (key, weights) in self.network.table.iter() {
            write_varint(&mut out, key - last);
            last = key;
            out.extend(weights.iter().map(|&weight| weight as u8));
        }
        out
    }
}

fn write_floats(out: &mut Vec<u8>, floats: &[f32]) {
    out.extend(floats.iter().flat_map(|float| float.to_le_bytes()));
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
        for (at, &byte) in self.bytes.iter().take(5).enumerate() {
            value |= u32::from(byte & 0x7F) << (7 * at);
            if byte < 0x80 {
                self.bytes = &self.bytes[at + 1..];
                return Ok(value);
            }
        }
        Err(ModelError::Damaged)
    }

    /// The next three varints, if each is of three bytes at most and all of them are in the next eight. How long they are nobody can
    /// guess: they are cut without a branch.
    #[inline]
    fn three_short(&mut self) -> Option<[u32; 3]> {
        let head = u64::from_le_bytes(*self.bytes.first_chunk()?);
        // The last byte of each has its top bit off.
        let first = !head & 0x8080_8080_8080_8080;
        let second = first & first.wrapping_sub(1);
        let third = second & second.wrapping_sub(1);
        let up_to = |last: u64| head & (last ^ last.wrapping_sub(1));
        let behind = |last: u64| (last | 1 << 63).trailing_zeros() + 1;
        let parts = [up_to(first), up_to(second) >> (behind(first) & 63), up_to(third) >> (behind(second) & 63)];
        if third == 0 || (parts[0] | parts[1] | parts[2]) >> 24 != 0 {
            return None;
        }
        self.bytes = &self.bytes[behind(third) as usize / 8..];
        Some(parts.map(|part| ((part & 0x7F) | ((part >> 1) & (0x7F << 7)) | ((part >> 2) & (0x7F << 14))) as u32))
    }

    /// A count of things that take `size` bytes at the least: a damaged file must not ask for memory it cannot fill.
    fn count(&mut self, size: usize) -> Result<usize, ModelError> {
        let count = self.varint()? as usize;
        if count.saturating_mul(size) > self.bytes.len() { Err(ModelError::Damaged) } else { Ok(count) }
    }

    /// The next key, from its difference to the last.
    #[inline]
    fn key(last: u32, difference: u32) -> Result<u32, ModelError> {
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
        // Its own, that its place need not be written down at every byte.
        let mut file = Reader { bytes: self.bytes };
        let mut table = WordTable::with_room_for(count, clusters);
        let mut key = 0;
        for _ in 0..count {
            let [difference, cluster, lists] = match file.three_short() {
                Some(short) => short,
                None => [file.varint()?, file.varint()?, file.varint()?],
            };
            key = Self::key(key, difference)?;
            let cluster = u16::try_from(cluster).map_err(|_| ModelError::Damaged)?;
            let lists = u16::try_from(lists).map_err(|_| ModelError::Damaged)?;
            if table.put(key, WordFacts { cluster, lists }) > FARTHEST {
                return Err(ModelError::Damaged);
            }
        }
        self.bytes = file.bytes;
        Ok(table)
    }

    fn floats(&mut self, floats: &mut [f32]) -> Result<(), ModelError> {
        for float in floats {
            *float = f32::from_bits(self.u32()?);
            if !float.is_finite() {
                return Err(ModelError::Damaged);
            }
        }
        Ok(())
    }

    fn document(&mut self) -> Result<DocumentNetwork, ModelError> {
        let mut network = DocumentNetwork {
            input: vec![[0.0; DocumentNetwork::UNITS]; INPUTS],
            bias: [0.0; DocumentNetwork::UNITS],
            output: [[0.0; PERSON_LABELS.len()]; DocumentNetwork::UNITS],
        };
        self.floats(network.input.as_flattened_mut())?;
        self.floats(&mut network.bias)?;
        self.floats(network.output.as_flattened_mut())?;
        Ok(network)
    }

    fn network(&mut self) -> Result<Network, ModelError> {
        let (mut units, mut bias, mut output) = ([0.0; WIDTH], [0.0; HIDDEN], [[0.0; LABELS]; HIDDEN]);
        self.floats(&mut units)?;
        self.floats(&mut bias)?;
        self.floats(output.as_flattened_mut())?;
        let count = self.count(WIDTH + 1)?;
        let mut table = RowTable::with_room_for(count);
        let mut key = 0;
        for _ in 0..count {
            key = Self::key(key, self.varint()?)?;
            // As with words: the keys are hashes, and 100,000 of them lie within 14 rows of their places.
            if table.distance(key) > FARTHEST {
                return Err(ModelError::Damaged);
            }
            table.push(key, &self.array::<WIDTH>()?.map(|byte| byte as i8));
        }
        table.close();
        Ok(Network { table, units, bias, output: output.map(|row| lanes(&row)) })
    }
}

/// A fingerprint of the feature code: what it makes of a sentence that uses every template, in whatever order. When a feature changes,
/// it changes.
pub(crate) fn feature_fingerprint() -> u64 {
    const PROBE: &str = "“Minister Ada Quill-Marsh of the O’Hara Bank,” it told 3 US reporters (NBN) in \"Port Vell\".";
    let tokens = tokenize(PROBE, &Vocabulary::default());
    let sentence = Sentence { span: Span::new(0, PROBE.len()), tokens: TokenRange::new(0, tokens.len()), paragraph: 0 };
    let words = WordTable::new(&[], vec![ClusterPath::default()]);
    let facts = Facts::new(PROBE, &tokens, &[sentence], &words, &NameLexicon::default());
    let mut features = Vec::new();
    for candidate in &facts.candidates {
        Window::of(&facts, candidate).features(&words, &mut features);
    }
    features.sort_unstable();
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
    fn rows_made_to_crowd_are_refused() {
        let whole = Model::from_bytes(include_bytes!("model.bin")).unwrap();
        let with_rows = |keys: std::ops::RangeInclusive<u32>, apart: u32| {
            let mut table = RowTable::with_room_for(keys.clone().count());
            keys.for_each(|key| table.push(key * apart, &[1; WIDTH]));
            table.close();
            let Network { units, bias, output, .. } = whole.network;
            let words = WordTable::new(&[], whole.words.clusters.clone());
            let network = Network { table, units, bias, output };
            let model = Model {
                words,
                network,
                transitions: whole.transitions,
                chain: Chain::of(&whole.transitions),
                document: None,
                training_data: 0,
                group_sums: SpareGroupSums::default(),
            };
            Model::from_bytes(&model.to_bytes())
        };
        assert!(with_rows(1..=3000, u32::MAX / 3000).is_ok());
        assert!(matches!(with_rows(1..=3000, 1), Err(ModelError::Damaged)));
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
