//! `unicode-segmentation`'s words and sentences (UAX #29) as the floor, on the same articles in the same run: our own, in which there is
//! more to find than in news, with curly marks and in ASCII; and news of yours, in any format that is read:
//! `NEWS=articles/ cargo bench --bench segmentation`. Our tokens and sentences must stay at least twice as fast; all layers together
//! should take no more than twice as long.

use std::{env, fs, hint::black_box, path::Path};

use divan::{Bencher, counter::BytesCount};
use pullquote::{
    Annotator, Article, Options,
    annotate::{lexicon::Lexicon, sentences, tokens},
    read::{self, Input, ReadOptions},
};
use unicode_segmentation::UnicodeSegmentation;

/// The variable that names news to measure.
const NEWS: &str = "NEWS";

fn main() {
    if env::var_os(NEWS).is_none() {
        eprintln!("no news is measured: name some articles by {NEWS}=PATH");
    }
    divan::main();
}

fn corpora() -> impl Iterator<Item = &'static str> {
    ["curly", "ascii"].into_iter().chain(env::var_os(NEWS).map(|_| "news"))
}

/// The articles of a corpus, and the bytes of their texts.
fn articles(corpus: &str) -> (Vec<Article>, usize) {
    let articles: Vec<Article> = match corpus {
        "curly" => own().collect(),
        "ascii" => own().map(|article| Article::from_text(article.text.chars().map(ascii).collect::<String>())).collect(),
        _ => {
            let path = env::var_os(NEWS).expect("is set");
            let options = ReadOptions::default();
            let read = read::articles(vec![Input::Path(path.into())], &options).map(|raw| raw.into_article(&options));
            read.filter(|article| article.error.is_none()).collect()
        }
    };
    let bytes = articles.iter().map(|article| article.text.len()).sum();
    assert!(bytes > 150_000, "{corpus}: {bytes} bytes are too few to measure");
    (articles, bytes)
}

/// Some 200 kB of our own articles.
fn own() -> impl Iterator<Item = Article> {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/gold/gold.jsonl");
    let lines = fs::read_to_string(&gold).unwrap_or_else(|error| panic!("{}: {error}", gold.display()));
    let texts = lines.lines().map(|line| {
        let line: serde_json::Value = serde_json::from_str(line).expect("gold is JSON Lines");
        line["text"].as_str().expect("gold has texts").to_owned()
    });
    let texts: Vec<String> = texts.collect();
    assert!(texts.iter().any(|text| text.contains('“')), "gold is missing");
    let count = texts.len() * 6;
    texts.into_iter().cycle().take(count).map(Article::from_text)
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

#[divan::bench(args = corpora())]
fn tokens_and_sentences(bencher: Bencher, corpus: &str) {
    let (articles, bytes) = articles(corpus);
    let lexicon = Lexicon::english();
    let split = |text: &str| sentences::split(text, &tokens::tokenize(text, &lexicon.vocabulary), &lexicon).len();
    let run = || articles.iter().map(|article| split(&article.text)).sum::<usize>();
    assert!(run() > bytes / 300, "found {} sentences", run());
    bencher.counter(BytesCount::new(bytes)).bench(|| black_box(run()));
}

#[divan::bench(args = corpora())]
fn all_layers(bencher: Bencher, corpus: &str) {
    let (articles, bytes) = articles(corpus);
    let annotator = Annotator::new(&Options::default());
    let run = || articles.iter().map(|article| annotator.annotate(article).attributions.len()).sum::<usize>();
    assert!(run() > bytes / 5000, "found {} quotes", run());
    bencher.counter(BytesCount::new(bytes)).bench(|| black_box(run()));
}

#[divan::bench(args = corpora())]
fn uax29_words_and_sentences(bencher: Bencher, corpus: &str) {
    let (articles, bytes) = articles(corpus);
    let count = |text: &str| text.unicode_word_indices().count() + text.unicode_sentences().count();
    let run = || articles.iter().map(|article| count(&article.text)).sum::<usize>();
    assert!(run() > bytes / 10, "found {}", run());
    bencher.counter(BytesCount::new(bytes)).bench(|| black_box(run()));
}
