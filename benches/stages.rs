//! One bench for each stage, over the sample articles in `corpora/` (plain text ones). Every bench first runs its stage once and
//! asserts what it must have found, so that a stage that stopped working does not look fast. `cargo bench`.

// The numbers in the names keep the stages in their order.

use std::{fs, hint::black_box, path::Path};

use divan::{Bencher, counter::BytesCount};
use pullquote::{
    Annotator, Article, Document, Options,
    annotate::{entities, figures, language, lexicon::Lexicon, names, quotes, sentences, speakers, tokens},
    write::{
        jsonl,
        record::{Record, RecordOptions},
    },
};

fn main() {
    divan::main();
}

/// The articles with all their layers, from which every stage takes what it needs.
struct Bench {
    articles: Vec<Article>,
    lexicon: Lexicon,
    model: names::Model,
    annotator: Annotator,
}

impl Bench {
    fn new() -> Self {
        let mut texts = Vec::new();
        collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample"), &mut texts);
        assert!(texts.len() >= 20, "the sample articles are missing: {} found", texts.len());
        Self {
            articles: texts.into_iter().map(Article::from_text).collect(),
            lexicon: Lexicon::english(),
            model: names::Model::embedded(),
            annotator: Annotator::new(&Options::default()),
        }
    }

    fn documents(&self) -> Vec<Document<'_>> {
        self.articles.iter().map(|article| self.annotator.annotate(article)).collect()
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::new(self.articles.iter().map(|article| article.text.len()).sum::<usize>())
    }

    /// Times `stage` over all articles. `stage` gives how much it found; the sum must be `at_least` that, and the same every time.
    fn run(&self, bencher: Bencher, at_least: usize, stage: impl Fn(&Document<'_>) -> usize + Sync) {
        let documents = self.documents();
        let sum = || -> usize { documents.iter().map(&stage).sum() };
        let found = sum();
        assert!(found >= at_least, "found {found}, and there are at least {at_least}");
        bencher.counter(self.bytes()).bench(|| assert_eq!(black_box(sum()), found));
    }
}

/// The texts under a folder in the order of their paths; files in other encodings are left to the reader's tests.
fn collect(folder: &Path, texts: &mut Vec<String>) {
    let mut paths: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            texts.extend(fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok()));
        }
    }
}

#[divan::bench(name = "1 tokens")]
fn tokens_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 5_000, |document| tokens::tokenize(document.text(), &bench.lexicon.vocabulary).len());
}

#[divan::bench(name = "2 sentences")]
fn sentences_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 300, |document| sentences::split(document.text(), &document.tokens, &bench.lexicon).len());
}

#[divan::bench(name = "3 quotes")]
fn quotes_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 100, |document| quotes::find(document.text(), &document.tokens, &document.sentences, &bench.lexicon).len());
}

#[divan::bench(name = "4 figures")]
fn figures_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 100, |document| {
        figures::find(document.text(), &document.tokens, &document.sentences, &bench.lexicon, Some("2026-03-02")).len()
    });
}

#[divan::bench(name = "5 names")]
fn names_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 200, |document| {
        names::find(document.text(), &document.tokens, &document.sentences, &bench.model, None, &bench.lexicon).len()
    });
}

#[divan::bench(name = "6 entities")]
fn entities_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 100, |document| {
        let Document { tokens, sentences, quotes, mentions, .. } = document;
        let entities = entities::resolve(document.text(), tokens, sentences, quotes, mentions, None, &bench.lexicon);
        entities.people.len() + entities.organisations.len()
    });
}

#[divan::bench(name = "7 speakers")]
fn speakers_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 80, |document| {
        let Document { tokens, sentences, quotes, mentions, entities, .. } = document;
        let attributions = speakers::attribute(document.text(), tokens, sentences, quotes, mentions, entities, &bench.lexicon);
        attributions.iter().filter(|attribution| attribution.speaker.is_some()).count()
    });
}

#[divan::bench(name = "8 ties")]
fn ties_stage(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 10, |document| {
        let mut figures = document.figures.clone();
        figures::tie(document.text(), &document.tokens, &mut figures, &document.sentences, &document.entities, &bench.lexicon);
        figures.iter().filter(|figure| figure.subject.is_some()).count()
    });
}

#[divan::bench(name = "9 language")]
fn language_stage(bencher: Bencher) {
    Bench::new().run(bencher, 10, |document| usize::from(language::detect(document.text()) == Some("en")));
}

#[divan::bench(name = "10 record")]
fn write_record(bencher: Bencher) {
    Bench::new().run(bencher, 100_000, |document| {
        let mut line = Vec::with_capacity(document.text().len() * 4);
        jsonl::write_line(&Record::new(document, RecordOptions::default()), &mut line);
        line.len()
    });
}

#[divan::bench(name = "11 whole")]
fn annotate_whole(bencher: Bencher) {
    let bench = Bench::new();
    bench.run(bencher, 100, |document| bench.annotator.annotate(document.article).quotes.len());
}
