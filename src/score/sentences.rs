//! Scores sentence boundaries. A boundary is the place after a sentence's last character, counted in characters that are not
//! white space, so that habits with blanks do not matter. The end of each paragraph is free (any splitter finds it); a gold
//! line without paragraphs is one paragraph.

use std::ops::AddAssign;

use serde_json::{Value, json};

use super::{Counts, Extent, Fault, Findings, Gold, Share, one_line};

/// Boundaries inside paragraphs; what stands at the end of one is no merit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SentenceScore {
    /// Boundaries inside paragraphs.
    pub boundaries: Counts,
    /// Of the paragraphs with an inner boundary on either side, those with all of them right.
    pub paragraphs_right: Share,
}

impl SentenceScore {
    pub(super) fn to_json(self) -> Value {
        json!({"boundaries": self.boundaries.to_json(), "paragraphs_right": self.paragraphs_right.to_json()})
    }
}

impl AddAssign for SentenceScore {
    fn add_assign(&mut self, other: Self) {
        self.boundaries += other.boundaries;
        self.paragraphs_right += other.paragraphs_right;
    }
}

pub(super) fn score(gold: &Gold, rows: &[Extent], found: &Findings, faults: &mut Vec<Fault>) -> SentenceScore {
    let text = &gold.text;
    // Visible characters before each code point, and the code point after each visible character.
    let mut visible_before = Vec::with_capacity(text.len() + 1);
    let mut end_of_visible = vec![0];
    for (at, c) in text.as_str().chars().enumerate() {
        visible_before.push(end_of_visible.len() - 1);
        if !is_space(c) {
            end_of_visible.push(at + 1);
        }
    }
    visible_before.push(end_of_visible.len() - 1);
    let boundaries = |sentences: &[Extent]| {
        let mut ends: Vec<usize> = sentences.iter().map(|s| visible_before[s.end.min(text.len())]).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    };
    let (wanted, got) = (boundaries(rows), boundaries(&found.sentences));

    let whole = [Extent::new(0, text.len())];
    let paragraphs = if gold.paragraphs.is_empty() { &whole[..] } else { &gold.paragraphs };
    let mut score = SentenceScore::default();
    for paragraph in paragraphs {
        let (low, high) = (visible_before[paragraph.start], visible_before[paragraph.end]);
        let inside = |ends: &[usize]| -> Vec<usize> {
            let first = ends.partition_point(|&end| end <= low);
            let last = ends.partition_point(|&end| end < high);
            ends.get(first..last).unwrap_or_default().to_vec()
        };
        let (wanted, got) = (inside(&wanted), inside(&got));
        let right = wanted.iter().filter(|&end| got.binary_search(end).is_ok()).count();
        score.boundaries += Counts::new(right, got.len(), wanted.len());
        if !wanted.is_empty() || !got.is_empty() {
            score.paragraphs_right.count(wanted == got);
        }
        let mut wrong: Vec<(usize, &'static str)> = Vec::new();
        wrong.extend(wanted.iter().filter(|&end| got.binary_search(end).is_err()).map(|&end| (end, "missed")));
        wrong.extend(got.iter().filter(|&end| wanted.binary_search(end).is_err()).map(|&end| (end, "extra")));
        wrong.sort_unstable();
        for (end, fault) in wrong {
            let at = end_of_visible[end];
            let context = one_line(&format!("{} ⏐{}", text.slice(at.saturating_sub(60), at), text.slice(at, at + 50)));
            faults.push(Fault { layer: "sentences", fault, id: gold.id.clone(), context, detail: String::new() });
        }
    }
    score
}

/// White space, with the four separators of ASCII that Unicode leaves out.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1C}'..='\u{1F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::gold::parse;

    fn scored(line: &str, found: &[(usize, usize)]) -> SentenceScore {
        let gold = &parse(line).unwrap()[0];
        let found = Findings { sentences: found.iter().map(|&(start, end)| Extent::new(start, end)).collect(), ..Findings::default() };
        score(gold, gold.sentences.as_ref().unwrap(), &found, &mut Vec::new())
    }

    #[test]
    fn blanks_do_not_matter_and_the_last_boundary_is_free() {
        let line = r#"{"id": "a", "text": "It rained. We left. Late.", "sentences": [[0, 10], [11, 19], [20, 25]]}"#;
        assert_eq!(scored(line, &[(0, 11), (11, 19), (20, 25)]).boundaries, Counts::new(2, 2, 2));
        assert_eq!(scored(line, &[(0, 25)]).boundaries, Counts::new(0, 0, 2));
        assert_eq!(scored(line, &[(0, 2), (2, 10), (11, 19)]).boundaries, Counts::new(2, 3, 2));
    }

    #[test]
    fn each_paragraph_has_its_own_free_end() {
        let line =
            r#"{"id": "a", "text": "One. Two.\n\nThree.", "sentences": [[0, 4], [5, 9], [11, 17]], "paragraphs": [[0, 9], [11, 17]]}"#;
        let score = scored(line, &[(0, 9), (11, 17)]);
        assert_eq!((score.boundaries, score.paragraphs_right), (Counts::new(0, 0, 1), Share::new(0, 1)));
    }
}
