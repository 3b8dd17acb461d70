//! `unicode-segmentation`'s words and sentences (UAX #29) as the floor, on the same text in the same run: news with curly marks, and the
//! same in ASCII. Our tokens and sentences must stay at least twice as fast; all layers together should take no more than twice as
//! long. `cargo bench --bench segmentation`.

use std::{fs, hint::black_box, path::Path};

use divan::{Bencher, counter::BytesCount};
use pullquote::{
    Annotator, Article, Options,
    annotate::{lexicon::Lexicon, sentences, tokens},
};
use unicode_segmentation::UnicodeSegmentation;

fn main() {
    divan::main();
}

const TEXTS: [&str; 2] = ["curly", "ascii"];

/// Some 200 kB of our own articles.
fn text(marks: &str) -> String {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/gold/gold.jsonl");
    let lines = fs::read_to_string(&gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
    let texts = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("gold is JSON Lines");
        line["text"].as_str().expect("gold has texts").to_owned()
    });
    let text = texts.collect::<Vec<_>>().join("\n\n\n").repeat(6);
    assert!(text.len() > 150_000 && text.contains('“'), "gold is missing");
    match marks {
        "curly" => text,
        _ => text.chars().map(ascii).collect(),
    }
}

fn ascii(c: char) -> char {
    match c {
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '–' | '—' => '-',
        c if c.is_ascii() => c,
        _ => 'x',
    }
}

#[divan::bench(args = TEXTS)]
fn tokens_and_sentences(bencher: Bencher, marks: &str) {
    let text = text(marks);
    let lexicon = Lexicon::english();
    let run = || sentences::split(&text, &tokens::tokenize(&text, &lexicon.vocabulary), &lexicon).len();
    assert!(run() > 1_500, "found {} sentences", run());
    bencher.counter(BytesCount::of_str(&text)).bench(|| black_box(run()));
}

/// Article by article, as they come: an article's cost is not that of one text of their length.
#[divan::bench(args = TEXTS)]
fn all_layers(bencher: Bencher, marks: &str) {
    let text = text(marks);
    let articles: Vec<Article> = text.split("\n\n\n").map(Article::from_text).collect();
    assert!(articles.len() > 100, "{} articles", articles.len());
    let annotator = Annotator::new(&Options::default());
    let run = || articles.iter().map(|article| annotator.annotate(article).attributions.len()).sum::<usize>();
    assert!(run() > 300, "found {} quotes", run());
    bencher.counter(BytesCount::of_str(&text)).bench(|| black_box(run()));
}

#[divan::bench(args = TEXTS)]
fn uax29_words_and_sentences(bencher: Bencher, marks: &str) {
    let text = text(marks);
    let run = || text.unicode_word_indices().count() + text.unicode_sentences().count();
    assert!(run() > 20_000, "found {}", run());
    bencher.counter(BytesCount::of_str(&text)).bench(|| black_box(run()));
}
