//! Which articles of the input are wanted. Decided by an article's id alone, so that the answer is the same in every run, on every
//! machine and in every order.

use std::str::FromStr;

/// A part of the input; the whole of it by default.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Selection {
    /// One of several equal parts.
    pub shard: Option<Shard>,
    /// The share of articles that are taken, 0 to 1.
    pub sample: Option<f64>,
    /// Another seed takes other articles.
    pub seed: u64,
}

/// One of several parts of equal size, counted from 1: `2/4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which part, from 1.
    pub number: u64,
    /// How many parts there are.
    pub of: u64,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match parts {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err(format!("`{text}` is no shard: write 1/4 to 4/4 for the four quarters of the input")),
        }
    }
}

impl Selection {
    /// Whether all of the input is wanted.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.shard.is_none() && self.sample.is_none()
    }

    /// Whether the article of this id is wanted.
    #[must_use]
    pub fn takes(&self, id: &str) -> bool {
        let hash = |seed| xxhash_rust::xxh3::xxh3_64_with_seed(id.as_bytes(), seed);
        let in_shard = self.shard.is_none_or(|shard| hash(SHARD_SEED) % shard.of == shard.number - 1);
        // The upper 53 bits make a number from 0 to 1 that is exact.
        let chance = |hash: u64| (hash >> 11) as f64 / (1u64 << 53) as f64;
        in_shard && self.sample.is_none_or(|share| chance(hash(self.seed)) < share)
    }
}

/// Apart from the seeds that users choose: a sample of a shard is a sample.
const SHARD_SEED: u64 = 0x5AD_5EED;

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(selection: Selection) -> Vec<usize> {
        (0..2000).filter(|n| selection.takes(&format!("d_{n:016x}"))).collect()
    }

    #[test]
    fn shards_are_of_like_size_and_each_article_is_in_one() {
        let shards: Vec<Vec<usize>> =
            (1..=4).map(|number| taken(Selection { shard: Some(Shard { number, of: 4 }), ..Selection::default() })).collect();
        let mut all: Vec<usize> = shards.concat();
        all.sort_unstable();
        assert_eq!(all, (0..2000).collect::<Vec<_>>());
        assert!(shards.iter().all(|shard| (430..570).contains(&shard.len())), "{:?}", shards.iter().map(Vec::len).collect::<Vec<_>>());
    }

    #[test]
    fn a_sample_has_its_share_and_its_seed() {
        let sample = |share, seed| taken(Selection { sample: Some(share), seed, ..Selection::default() });
        assert!((140..260).contains(&sample(0.1, 0).len()));
        assert_eq!(sample(0.1, 7), sample(0.1, 7));
        assert_ne!(sample(0.1, 7), sample(0.1, 8));
        assert_eq!((sample(0.0, 0).len(), sample(1.0, 0).len()), (0, 2000));
        let small = sample(0.1, 3);
        let large = sample(0.2, 3);
        assert!(small.iter().all(|n| large.contains(n)), "a larger sample holds the smaller one");
    }

    #[test]
    fn shards_are_written_as_fractions() {
        assert_eq!("2/4".parse(), Ok(Shard { number: 2, of: 4 }));
        for wrong in ["0/4", "5/4", "4", "a/b", "1/0"] {
            assert!(wrong.parse::<Shard>().unwrap_err().contains("write 1/4 to 4/4"));
        }
    }
}
