//! Learning the weights of `scorer` from articles whose quotations have known speakers. The features come from the code that the
//! program runs, so that nothing differs between learning and use. Only numbers are kept: no word of an article.
//!
//! Two linear models share one table: a choice among the candidates of a quotation (softmax), and whether quoted words were said
//! by anybody at all (logistic). Both are fitted by stochastic gradient descent with AdaGrad steps and a pull towards zero (L2).

use super::{
    features,
    features::{Link, Standing, Surroundings},
    prepare,
    scene::QuotePlace,
    scorer,
    search::Search,
};
use crate::{annotate::lexicon::Lexicon, document::Document, span::Span};

/// What is known of one quoted stretch.
pub struct Known<'g> {
    pub span: Span,
    /// The speaker's words in the text.
    pub speaker: Option<Span>,
    pub full_name: Option<&'g str>,
    /// Nobody said it.
    pub scare: bool,
}

/// A candidate's features, and how it is tied to the quotation.
pub type Evidence = (Vec<u32>, Link);

/// One quotation with its evidence.
pub struct Lesson {
    pub candidates: Vec<Evidence>,
    /// Which candidates are right (1), wrong (0), or as good as right (2, left out); empty where the speaker is not known.
    pub marks: Vec<u8>,
    /// Features of the quotation itself; empty where it is of two parts.
    pub quotation: Vec<u32>,
    pub said: bool,
    around: [u32; 2],
}

/// How well the candidates cover the known speakers.
#[derive(Default, Debug)]
pub struct Coverage {
    pub quotes: usize,
    pub covered: usize,
    pub missing: Vec<String>,
}

/// The lessons of one article.
#[must_use]
pub fn lessons(document: &Document, lexicon: &Lexicon, known: &[Known], coverage: &mut Coverage) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    if document.quotes.is_empty() {
        return lessons;
    }
    let text = document.text();
    let (scene, places) =
        prepare(text, &document.tokens, &document.sentences, &document.quotes, &document.mentions, &document.entities, lexicon);
    let mut search = Search::new(&scene, &lexicon.speakers);
    for (quote, place) in document.quotes.iter().zip(&places) {
        let Some(gold) = known.iter().find(|k| quote.parts.iter().any(|p| agrees(*p, k.span))) else {
            continue;
        };
        let around = Surroundings::of(&scene, place);
        let mut quotation = Vec::new();
        if quote.parts.len() == 1 {
            features::of_quotation(&scene, place, &around, |feature| quotation.push(feature));
        }
        let (candidates, mut marks, right) = choice(&search, place, &around, gold.speaker.unwrap_or_default(), gold.full_name);
        if let Some(speaker) = gold.speaker.filter(|_| !gold.scare) {
            coverage.quotes += 1;
            if let Some(index) = right {
                coverage.covered += 1;
                search.last = Some((index, place.whole_end));
            } else {
                marks.clear();
                coverage.missing.push(format!("{} | {}", speaker.of(text), quote.parts[0].of(text)));
            }
        } else {
            marks.clear();
        }
        lessons.push(Lesson { candidates, marks, quotation, said: !gold.scare, around: around.summary() });
    }
    lessons
}

/// A fingerprint of the feature code: what it makes of a text with most ties and surroundings. When a feature changes, or one of the
/// classes that features hash, it changes, and the weights must be learnt again.
#[must_use]
pub fn feature_fingerprint(lexicon: &Lexicon) -> u64 {
    const PROBE: &str = "“The ferry will not sail before noon,” said Marta Lind, head of the harbour office at Vik. The company, which \
        told her that it was “under review”, left. According to a spokesman, “nobody knows”: Lind’s statement was “too late for us all” \
        and “late”, he added.\n\n“We wait,” she wrote — asked about it, Oskar Berg said: “They can’t.”\n\n“It is over.”";
    let tokens = crate::annotate::tokens::tokenize(PROBE, &lexicon.vocabulary);
    let sentences = crate::annotate::sentences::split(PROBE, &tokens, lexicon);
    let quotes = crate::annotate::quotes::find(PROBE, &tokens, &sentences, lexicon);
    let known: Vec<Known> =
        quotes.iter().map(|quote| Known { span: quote.parts[0], speaker: None, full_name: None, scare: false }).collect();
    let article = crate::Article::from_text(PROBE);
    let document = Document { tokens, sentences, quotes, ..Document::without_layers(&article) };
    let lessons = lessons(&document, lexicon, &known, &mut Coverage::default());
    let features = lessons.iter().flat_map(|lesson| lesson.candidates.iter().flat_map(|(features, _)| features).chain(&lesson.quotation));
    let bytes: Vec<u8> = features.flat_map(|feature| feature.to_le_bytes()).collect();
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

fn agrees(a: Span, b: Span) -> bool {
    let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    shared * 2 > a.cover(b).len()
}

/// The candidates with their features, whether each is right, and the right one's index in the scene.
fn choice(
    search: &Search,
    place: &QuotePlace,
    around: &Surroundings,
    speaker: Span,
    full_name: Option<&str>,
) -> (Vec<Evidence>, Vec<u8>, Option<usize>) {
    let scene = search.scene;
    let text = scene.text;
    // The head of the phrase: "Kopp" of "Kopp, head of Acme".
    let words = speaker.of(text);
    let ends = [", ", " (", " who ", " of ", " for ", " from ", " in ", " at ", " with ", " that ", " on "];
    let head = ends.iter().filter_map(|end| words.find(end)).filter(|&at| at > 0).min().unwrap_or(words.len());
    let head = Span::new(speaker.start(), speaker.start() + head.max(1).min(words.len()));
    let last_word = |s: &str| {
        s.rsplit([' ', '\n', '\u{a0}'])
            .map(|w| w.trim_end_matches(|c: char| !c.is_alphanumeric()))
            .find(|w| !w.is_empty())
            .unwrap_or("")
            .to_lowercase()
    };
    let mut all = Vec::new();
    let mut marks = Vec::new();
    let mut right = None;
    let full_last = full_name.map(last_word);
    let head_words = head.of(text).trim_end_matches("’s").trim_end_matches("'s");
    for (index, way) in search.candidates(place, around) {
        let mut found = Vec::new();
        let history = search.history(index, place);
        let standing = Standing::of(scene, place, index);
        let link = features::of_candidate(scene, place, around, &standing, &way, history, |feature| found.push(feature));
        let span = scene.candidates[index].span(scene.tokens);
        let word = last_word(span.of(text));
        let core = Span::new(span.start(), scene.tokens[scene.candidates[index].end - 1].span.end());
        let ends_right = word == last_word(head_words) || last_word(core.of(text)) == last_word(head_words);
        let mark = if head.overlaps(core) {
            if ends_right { 1 } else { 3 }
        } else if ends_right || Some(&word) == full_last.as_ref() {
            2
        } else {
            0
        };
        if mark == 1 {
            right = Some(index);
        }
        all.push((found, link));
        marks.push(mark);
    }
    // Nothing ends as the head does: what overlaps it is right ("Acme spokesman Ann Lee of Kent").
    let exact = marks.contains(&1);
    for (i, mark) in marks.iter_mut().enumerate() {
        if *mark == 3 {
            *mark = if exact { 0 } else { 1 };
            if !exact {
                right = Some(far_or(search, place, i));
            }
        }
    }
    (all, marks, right)
}

fn far_or(search: &Search, place: &QuotePlace, i: usize) -> usize {
    let (far, near) = search.eligible(place);
    far.into_iter().chain(near).nth(i).unwrap_or(0)
}

/// Fits the table: `epochs` passes of AdaGrad with rate `rate` and an L2 pull of `decay`. What the choice makes of a quotation is
/// evidence for its having been said; for that the choice is learnt in `FOLDS` parts, each used on the part it has not seen.
#[must_use]
pub fn fit(lessons: &[&Lesson], epochs: usize, rate: f32, decay: f32) -> Vec<f32> {
    let said: Vec<(Vec<u32>, bool)> = (0..FOLDS)
        .flat_map(|fold| {
            let (seen, unseen): (Vec<_>, Vec<_>) = lessons.iter().enumerate().partition(|(i, _)| i * FOLDS / lessons.len().max(1) != fold);
            let choice = Model::fitted(&seen.iter().map(|(_, l)| **l).collect::<Vec<_>>(), &[], epochs, rate, decay);
            unseen
                .into_iter()
                .filter(|(_, l)| !l.quotation.is_empty())
                .map(move |(_, l)| (said_features(&choice.weights, l), l.said))
                .collect::<Vec<_>>()
        })
        .collect();
    Model::fitted(lessons, &said, epochs, rate, decay).weights
}

const FOLDS: usize = 4;

/// The quotation's features with those of its best candidate.
#[must_use]
pub fn said_features(weights: &[f32], lesson: &Lesson) -> Vec<u32> {
    let mut chances: Vec<f32> = lesson.candidates.iter().map(|(c, _)| c.iter().map(|&f| weights[f as usize]).sum()).collect();
    scorer::softmax(&mut chances);
    let best = (0..chances.len()).max_by(|&a, &b| chances[a].total_cmp(&chances[b])).map(|i| (lesson.candidates[i].1, chances[i]));
    let mut found = lesson.quotation.clone();
    features::of_best(best, &lesson.around, |feature| found.push(feature));
    found
}

struct Model {
    weights: Vec<f32>,
    squares: Vec<f32>,
    rate: f32,
    decay: f32,
    /// Features left at zero.
    frozen: Vec<bool>,
}

impl Model {
    fn fitted(lessons: &[&Lesson], said: &[(Vec<u32>, bool)], epochs: usize, rate: f32, decay: f32) -> Self {
        let size = 1usize << features::BITS;
        // Features met in fewer than four candidates tell little beyond their article.
        let mut met = vec![0u8; size];
        let mut count = |features: &[u32]| features.iter().for_each(|&f| met[f as usize] = met[f as usize].saturating_add(1));
        lessons.iter().filter(|l| !l.marks.is_empty()).for_each(|l| l.candidates.iter().for_each(|(c, _)| count(c)));
        said.iter().for_each(|(features, _)| count(features));
        let frozen = met.iter().map(|&n| n < 4).collect();
        let mut model = Self { weights: vec![0.0; size], squares: vec![1e-2; size], rate, decay, frozen };
        let mut order: Vec<usize> = (0..lessons.len() + said.len()).collect();
        let mut seed = 0x2545_F491_4F6C_DD1D_u64;
        for _ in 0..epochs {
            for i in (1..order.len()).rev() {
                seed ^= seed << 13;
                seed ^= seed >> 7;
                seed ^= seed << 17;
                order.swap(i, (seed % (i as u64 + 1)) as usize);
            }
            for &i in &order {
                if let Some(lesson) = lessons.get(i) {
                    model.choose(&lesson.candidates, &lesson.marks);
                } else if let Some((features, said)) = said.get(i - lessons.len()) {
                    let chance = scorer::logistic(model.score(features));
                    model.step(features, chance - f32::from(u8::from(*said)));
                }
            }
        }
        model
    }

    fn score(&self, features: &[u32]) -> f32 {
        features.iter().map(|&f| self.weights[f as usize]).sum()
    }

    fn step(&mut self, features: &[u32], gradient: f32) {
        for &f in features {
            let f = f as usize;
            if self.frozen[f] {
                continue;
            }
            let g = gradient + self.decay * self.weights[f];
            self.squares[f] += g * g;
            self.weights[f] -= self.rate * g / self.squares[f].sqrt();
        }
    }

    fn choose(&mut self, candidates: &[Evidence], marks: &[u8]) {
        if marks.is_empty() {
            return;
        }
        let mut chances: Vec<f32> = candidates.iter().map(|(c, _)| self.score(c)).collect();
        for (chance, mark) in chances.iter_mut().zip(marks) {
            if *mark == 2 {
                *chance = f32::NEG_INFINITY;
            }
        }
        scorer::softmax(&mut chances);
        let right: f32 = chances.iter().zip(marks).filter(|(_, m)| **m == 1).map(|(c, _)| c).sum();
        for (((candidate, _), mark), chance) in candidates.iter().zip(marks).zip(&chances) {
            let target = if *mark == 1 { chance / right.max(1e-9) } else { 0.0 };
            let gradient = chance - target;
            if *mark != 2 && gradient.abs() > 1e-4 {
                self.step(candidate, gradient);
            }
        }
    }
}

/// The table as `weights.tsv` keeps it: rows of number and weight in hundredths, small weights left out.
#[must_use]
pub fn rows(weights: &[f32], smallest: f32) -> String {
    let mut out = String::new();
    for (number, weight) in weights.iter().enumerate().filter(|(_, w)| w.abs() >= smallest) {
        let hundredths = (weight * 100.0).round().clamp(-127.0, 127.0) as i32;
        out.push_str(&format!("{number:x}\t{hundredths}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_were_learnt_with_these_features() {
        let written = include_str!("weights.tsv").lines().find_map(|line| line.strip_prefix("# features: "));
        let now = format!("{:016x}", feature_fingerprint(&Lexicon::english()));
        assert_eq!(written, Some(now.as_str()), "the features have changed: learn the weights again with `pullquote train speakers`");
    }
}
