//! The candidate tokens of a corpus with their features as numbers and what is known of their labels.

use super::corpus::{Corpus, Target};
use crate::annotate::names::facts::Facts;
use crate::annotate::names::features::Window;
use crate::annotate::names::label::LABELS;
use crate::annotate::names::words::WordTable;
use rustc_hash::FxHashMap;

/// All candidate tokens of a corpus.
pub(super) struct Dataset {
    /// Feature hash by feature number.
    pub(super) hashes: Vec<u32>,
    features: Vec<u32>,
    /// Where each token's features start; one more at the end.
    starts: Vec<usize>,
    pub(super) targets: Vec<Target>,
    /// Token ranges that are labelled together.
    segments: Vec<(u32, u32)>,
    /// The range of segments of each document.
    document_segments: Vec<(u32, u32)>,
    /// Name tokens that are candidates, and that are not.
    pub(super) named: usize,
    pub(super) lost: usize,
}

impl Dataset {
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    pub(super) fn feature_count(&self) -> usize {
        self.hashes.len()
    }

    /// `rarest`: features seen less often than this are dropped.
    pub(super) fn new(corpus: &Corpus, words: &WordTable, rarest: u32) -> Self {
        let mut data = Self {
            hashes: Vec::new(),
            features: Vec::new(),
            starts: vec![0],
            targets: Vec::new(),
            segments: Vec::new(),
            document_segments: Vec::new(),
            named: 0,
            lost: 0,
        };
        for document in &corpus.documents {
            let facts = Facts::new(&document.text, &document.tokens, &document.sentences, words, &corpus.lexicon.names);
            let first_segment = data.segments.len() as u32;
            let named_before = data.named;
            for candidate in &facts.candidates {
                let number = data.targets.len() as u32;
                if candidate.opens_segment {
                    data.segments.push((number, number));
                }
                if let Some(segment) = data.segments.last_mut() {
                    segment.1 = number + 1;
                }
                let target = document.targets[candidate.token as usize];
                data.named += usize::from(target.is_name());
                data.targets.push(target);
                Window::of(&facts, candidate).features(words, &mut data.features);
                data.starts.push(data.features.len());
            }
            let names = document.targets.iter().filter(|target| target.is_name()).count();
            data.lost += names - (data.named - named_before);
            data.document_segments.push((first_segment, data.segments.len() as u32));
        }
        data.repair();
        data.number_features(rarest);
        data
    }

    /// A name whose first token is no candidate begins at its next one. Left as it is, its label could follow nothing, and no weight would
    /// ever be large enough for it.
    fn repair(&mut self) {
        for &(start, end) in &self.segments {
            let mut before = 1u16;
            let mut believed_before = [0.0; LABELS];
            for target in &mut self.targets[start as usize..end as usize] {
                match target {
                    Target::Allowed(labels) => {
                        let is_later = labels.is_power_of_two() && labels.trailing_zeros() % 2 == 0 && *labels > 1;
                        if is_later && before & (*labels | *labels >> 1) == 0 {
                            *labels >>= 1;
                        }
                        before = *labels;
                    }
                    Target::Believed { shares, .. } => {
                        for first in (1..LABELS).step_by(2) {
                            let excess = (shares[first + 1] - believed_before[first] - believed_before[first + 1]).max(0.0);
                            shares[first + 1] -= excess;
                            shares[first] += excess;
                        }
                        believed_before = *shares;
                    }
                }
            }
        }
    }

    /// Hashes become numbers, in the order of their first use.
    fn number_features(&mut self, rarest: u32) {
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
                if counts[&hash] >= rarest {
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

    /// The segments of a document.
    pub(super) fn segments_of(&self, document: usize) -> &[(u32, u32)] {
        let (start, end) = self.document_segments[document];
        &self.segments[start as usize..end as usize]
    }
}
