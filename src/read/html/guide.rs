//! The publisher's own text as a guide. JSON-LD often holds the whole article as one string without paragraphs: not the text to show,
//! but the best judge of which lines of the page belong to the article, and all there is when the page itself is filled by a script.

use rustc_hash::FxHashSet;

use super::lines::Line;

/// Letters and digits in a row that are compared.
const RUN: usize = 16;
/// A shorter text is a summary.
const SHORTEST: usize = 300;
/// No more of the text is looked at.
const LONGEST: usize = 400_000;

pub(super) struct Guide {
    runs: FxHashSet<u64>,
    bytes: usize,
    /// Ends in an ellipsis or in the middle of a sentence: only the beginning of the article.
    cut: bool,
}

pub(super) enum Advice {
    /// These lines and no others.
    Lines(Vec<usize>),
    /// The page does not hold the article; the publisher's text does.
    Body,
}

impl Guide {
    pub(super) fn new(body: &str) -> Option<Self> {
        let end = body.floor_char_boundary(LONGEST);
        let ends = body.trim_end();
        let cut = end < body.len()
            || ["...", "…", "[…]", "[...]"].iter().any(|mark| ends.ends_with(mark))
            || ends.ends_with(|c: char| c.is_ascii_alphanumeric() || c == ',');
        let mut runs = FxHashSet::default();
        each_run(&body[..end], 1, |run| {
            runs.insert(run);
        });
        (body.len() >= SHORTEST).then_some(Self { runs, bytes: end, cut })
    }

    /// Whether a line stands in the text; a very short one cannot be told.
    fn holds(&self, line: &Line) -> bool {
        let (mut known, mut all) = (0, 0);
        each_run(&line.text, 3, |run| {
            known += usize::from(self.runs.contains(&run));
            all += 1;
        });
        all > 0 && known * 10 >= all * 7
    }

    /// What to do, given the lines found without the guide; nothing when it does not know better.
    pub(super) fn advise(&self, lines: &[Line], kept: &[usize]) -> Option<Advice> {
        let held: Vec<bool> = lines.iter().map(|line| self.holds(line)).collect();
        let bytes = |index: &usize| lines[*index].text.len();
        let kept_bytes: usize = kept.iter().map(bytes).sum();
        let kept_held: usize = kept.iter().filter(|&&index| held[index]).map(bytes).sum();
        let on_page: usize = (0..lines.len()).filter(|&index| held[index]).map(|index| bytes(&index)).sum();
        if on_page * 10 < self.bytes * 6 {
            // A summary is not on the page either, and shorter than what was found there.
            let elsewhere = kept_held * 10 < self.bytes * 3 && self.bytes > kept_bytes && !self.cut;
            return elsewhere.then_some(Advice::Body);
        }
        // A text much shorter than what was found may be the article's beginning only.
        if self.cut || self.bytes * 3 < kept_bytes {
            return None;
        }
        // Between the first and the last line of the text also what was found without it: headings, quoted posts.
        let mut chosen = vec![false; lines.len()];
        kept.iter().for_each(|&index| chosen[index] = true);
        let well_found = kept_held * 10 >= self.bytes * 7;
        let among = |index: usize| if well_found { chosen[index] } else { held[index] || chosen[index] };
        let first = (0..lines.len()).find(|&index| held[index] && among(index))?;
        let last = (0..lines.len()).rfind(|&index| held[index] && among(index))?;
        let found: Vec<usize> = (first..=last).filter(|&index| among(index)).collect();
        (found.len() != kept.len() || kept_bytes == 0).then_some(Advice::Lines(found))
    }
}

/// A hash of every `step`-th run of letters and digits, whatever their case and what stands between them.
fn each_run(text: &str, step: usize, mut each: impl FnMut(u64)) {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    // The hash of a run is a polynomial, so that it moves on by one character in constant time.
    let lead = (1..RUN).fold(1_u64, |power, _| power.wrapping_mul(FACTOR));
    let mut window = [0_u64; RUN];
    let (mut hash, mut count) = (0_u64, 0_usize);
    for c in text.chars().filter(|c| c.is_alphanumeric()) {
        let value = u64::from(u32::from(c.to_ascii_lowercase())) + 1;
        let slot = count % RUN;
        hash = hash.wrapping_sub(window[slot].wrapping_mul(lead)).wrapping_mul(FACTOR).wrapping_add(value);
        window[slot] = value;
        count += 1;
        if count >= RUN && (count - RUN).is_multiple_of(step) {
            each(hash);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{extract, names::Aside, tree::NodeKind};
    use super::*;

    const SENTENCES: [&str; 4] = [
        "The harbour of the old town was opened again on Tuesday after eleven years of work. ",
        "Ships from four countries came in during the morning, and the mayor cut a ribbon. ",
        "The work had cost more than twice of what the council was told at the beginning. ",
        "A second basin for fishing boats will follow in the spring, if the money is found. ",
    ];

    fn line(text: &str) -> Line {
        Line { text: text.into(), linked: 0, node: 0, kind: NodeKind::Block, aside: Aside::No }
    }

    #[test]
    fn lines_are_known_whatever_their_marks() {
        let guide = Guide::new(&SENTENCES.concat()).unwrap();
        assert!(guide.holds(&line("SHIPS from four countries — came in during the morning")));
        assert!(!guide.holds(&line("Ships are built in other towns as well, among them ours")));
        assert!(!guide.holds(&line("Ships")));
        assert!(Guide::new("Too short to guide").is_none());
    }

    #[test]
    fn a_page_filled_by_script_has_the_publishers_text() {
        let page = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{}"}}</script><div id=app>Please turn on scripts to read this page, it is worth it.</div>"#,
            SENTENCES.concat()
        );
        assert!(extract(&page).text.starts_with("The harbour of the old town"));
    }

    #[test]
    fn other_articles_on_the_page_are_left_out() {
        let other = "<p>Another story of the day that has nothing to do with it, and goes on for quite a while.</p>".repeat(3);
        let page = format!(
            r#"<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{}"}}</script><div>{other}<p>{}</p>{other}</div>"#,
            SENTENCES.concat(),
            SENTENCES.join("</p><p>")
        );
        assert_eq!(extract(&page).text, SENTENCES.map(str::trim).join("\n\n"));
    }
}
