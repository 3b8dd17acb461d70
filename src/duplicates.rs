//! Articles that came before: the same text again, or nearly the same (a wire story in ten papers). Asked in the order of the articles,
//! so that it is always the later one that is the copy, whatever the threads do.
//!
//! Near copies are found by MinHash (Broder 1997): a text is the set of its runs of three words; the least value of each of 60 hash
//! functions over that set is alike for two texts as often as their sets overlap (Jaccard index). Texts that share all six values of one
//! of the ten bands they are cut into (banding: Leskovec et al., Mining of Massive Datasets, 3.4) are compared, and those whose signatures
//! agree in 51 of 60 are copies. An article costs about 200 bytes of memory, whatever its length.

use crate::annotate::lexicon::{extend_phrase, word_hash};
use rustc_hash::FxHashMap;

/// Which articles count as copies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dedupe {
    /// None: every article stands for itself.
    #[default]
    None,
    /// The same text, but for white space.
    Exact,
    /// Also those of which some nine in ten runs of three words are the same.
    Near,
}

/// Words in a run.
const RUN: usize = 3;
const BANDS: usize = 10;
const ROWS: usize = 6;
const HASHES: usize = BANDS * ROWS;
/// Of so many least values as many must agree: 0.85 of the runs are shared.
const NEAR: usize = HASHES * 85 / 100;

/// What is kept of a text to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    exact: u128,
    near: Option<Box<MinHash>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MinHash {
    /// One number for each band: alike where all its rows are.
    bands: [u32; BANDS],
    /// The lowest byte of each least value: enough to count how many agree.
    least: [u8; HASHES],
}

impl Signature {
    /// `None` for a text without words, and where nothing is looked for.
    #[must_use]
    pub fn of(text: &str, dedupe: Dedupe) -> Option<Self> {
        let mut words = text.split_whitespace().peekable();
        if dedupe == Dedupe::None || words.peek().is_none() {
            return None;
        }
        let mut hasher = xxhash_rust::xxh3::Xxh3::new();
        for word in words {
            hasher.update(word.as_bytes());
            hasher.update(b" ");
        }
        let near = (dedupe == Dedupe::Near).then(|| MinHash::of(text)).flatten();
        Some(Self { exact: hasher.digest128(), near: near.map(Box::new) })
    }
}

impl MinHash {
    /// `None` for a text of fewer words than a run.
    fn of(text: &str) -> Option<Self> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(word_hash);
        let mut least = [u32::MAX; HASHES];
        let mut run = [0; RUN];
        let mut count = 0;
        for word in words {
            run.rotate_left(1);
            run[RUN - 1] = word;
            count += 1;
            if count >= RUN {
                let run = run[1..].iter().fold(run[0], |run, &word| extend_phrase(run, word)) as u32;
                for (least, (factor, offset)) in least.iter_mut().zip(FUNCTIONS) {
                    let value = run.wrapping_mul(factor).wrapping_add(offset);
                    // The lower bits of a product depend on the lower bits of its factors alone.
                    *least = (*least).min(value ^ value >> 15);
                }
            }
        }
        let bands = std::array::from_fn(|band| {
            let rows = &least[band * ROWS..(band + 1) * ROWS];
            rows.iter().fold(band as u64, |hash, &row| extend_phrase(hash, row.into())) as u32
        });
        (count >= RUN).then(|| Self { bands, least: least.map(|least| least as u8) })
    }

    fn is_near(&self, least: &[u8; HASHES]) -> bool {
        self.least.iter().zip(least).filter(|(a, b)| a == b).count() >= NEAR
    }
}

/// An odd factor and an offset for each hash function, from SplitMix64 (Steele et al. 2014).
const FUNCTIONS: [(u32, u32); HASHES] = {
    let mut functions = [(0, 0); HASHES];
    let mut state: u64 = 0x5EED;
    let mut at = 0;
    while at < HASHES {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ mixed >> 31;
        functions[at] = (mixed as u32 | 1, (mixed >> 32) as u32);
        at += 1;
    }
    functions
};

/// The articles met so far. A copy is not kept: what it is a copy of is.
#[derive(Default)]
pub struct Seen {
    /// The hexadecimal digits of the articles' ids, as a number.
    ids: Vec<u64>,
    exact: FxHashMap<u128, u32>,
    least: Vec<[u8; HASHES]>,
    bands: [FxHashMap<u32, u32>; BANDS],
}

impl Seen {
    /// Whether an article like this was met. What is a copy stays one, however many more are met.
    #[must_use]
    pub fn holds(&self, signature: &Signature) -> bool {
        self.find(signature).is_some()
    }

    /// The id of the first article that this one is a copy of. If there is none, the article is met now.
    ///
    /// ```
    /// use pullquote::duplicates::{Dedupe, Seen, Signature};
    ///
    /// let signature = |text| Signature::of(text, Dedupe::Exact).unwrap();
    /// let mut seen = Seen::default();
    /// assert_eq!(seen.meet("d_00000000000000a1", &signature("Rates fell.")), None);
    /// assert_eq!(seen.meet("d_00000000000000b2", &signature("Rates\nfell.")).as_deref(), Some("d_00000000000000a1"));
    /// ```
    pub fn meet(&mut self, id: &str, signature: &Signature) -> Option<String> {
        if let Some(first) = self.find(signature) {
            return Some(format!("d_{:016x}", self.ids[first as usize]));
        }
        let number = self.ids.len() as u32;
        self.ids.push(u64::from_str_radix(id.trim_start_matches("d_"), 16).unwrap_or_default());
        self.exact.insert(signature.exact, number);
        // An article without runs has a place too, at which none is found.
        let near = signature.near.as_deref();
        if near.is_some() || !self.least.is_empty() {
            self.least.resize(number as usize, [0; HASHES]);
            self.least.push(near.map_or([0; HASHES], |near| near.least));
        }
        for (band, &key) in self.bands.iter_mut().zip(near.iter().flat_map(|near| &near.bands)) {
            band.entry(key).or_insert(number);
        }
        None
    }

    fn find(&self, signature: &Signature) -> Option<u32> {
        let exact = self.exact.get(&signature.exact).copied();
        let near = signature.near.iter().flat_map(|near| {
            let found = self.bands.iter().zip(&near.bands).filter_map(|(band, key)| band.get(key).copied());
            found.filter(|&number| near.is_near(&self.least[number as usize]))
        });
        near.chain(exact).min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The harbour board of Port Vell closed the old quay on Tuesday after divers found cracks in eleven of its \
        forty piles, and ferries to the islands will leave from the container terminal until the spring, its director said. \
        “We could not wait for the winter storms,” Ilse Orm told reporters at the site. Repairs are expected to cost 4.2 million \
        euros, of which the region has promised half. Fishermen, who land their catch at the quay, said nobody had asked them. \
        A ferry company put the loss at 12,000 euros a day and wants the terminal to waive its fees while the work goes on.";

    fn id(number: u64) -> String {
        format!("d_{number:016x}")
    }

    fn first(dedupe: Dedupe, texts: &[&str]) -> Vec<Option<String>> {
        let mut seen = Seen::default();
        let meet = |(number, text): (u64, &&str)| seen.meet(&id(number), &Signature::of(text, dedupe).expect("it has words"));
        (0..).zip(texts).map(meet).collect()
    }

    #[test]
    fn a_headline_and_a_changed_word_make_a_near_copy_and_no_exact_one() {
        let other = "An election in the north was put off for a week when ballots went missing; a judge will hear both parties on Monday.";
        let edited = STORY.replace("eleven", "12").replace("Tuesday", "Wednesday");
        let spaced = STORY.replace(' ', "\n ");
        let texts = [other, STORY, &edited, &spaced, "ok", "no"];
        assert_eq!(first(Dedupe::Near, &texts), [None, None, Some(id(1)), Some(id(1)), None, None]);
        assert_eq!(first(Dedupe::Exact, &texts), [None, None, None, Some(id(1)), None, None]);
    }

    #[test]
    fn half_a_story_is_another_story() {
        let rewritten = format!(
            "{}{}",
            &STORY[..STORY.len() / 2],
            "Then it rained, and the rest of what was told that day is not known here, he said, nor elsewhere, and so on until the evening came over the hills of the north."
        );
        assert_eq!(first(Dedupe::Near, &[STORY, &rewritten]), [None, None]);
    }

    #[test]
    fn texts_without_words_are_copies_of_nothing() {
        assert_eq!(Signature::of(" \n", Dedupe::Near), None);
        assert_eq!(Signature::of("words", Dedupe::None), None);
    }
}
