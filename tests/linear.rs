//! Time is linear: a megabyte of anything takes no more than some times what a megabyte of news takes. `LINEAR_BYTES=1000000 cargo test
//! --release --test linear -- --nocapture` prints the table for whole megabytes.

mod common;

use pullquote::{
    Annotator, Article, Options,
    read::{Input, ReadOptions, articles},
    span::OffsetUnit,
    write::{
        jsonl,
        record::{Record, RecordOptions},
    },
};
use std::{
    fs,
    io::Write as _,
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&Options::default()));

/// How many times as long as news any text may take.
const MOST: f64 = 20.0;

const UNITS: [&str; 74] = [
    // One character.
    "\"",
    "'",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "`",
    ".",
    "…",
    ",",
    ":",
    ";",
    "!",
    "?",
    "-",
    "—",
    "_",
    "*",
    "#",
    "@",
    "$",
    "£",
    "€",
    "%",
    "&",
    "/",
    "\\",
    "(",
    ")",
    "[",
    "{",
    "<",
    "0",
    "9",
    "½",
    "a",
    "A",
    "É",
    "北",
    "👍",
    " ",
    "\n",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "\0",
    // Pairs and more.
    "“”",
    "\"' ",
    "“a” ",
    "\"A,\" he said, ",
    "“‘",
    "()",
    "Mr. ",
    "said ",
    "$1-",
    "U.S. ",
    "A. ",
    "Aa ",
    "Kopp, ",
    "Bo of ",
    "and ",
    "one ",
    "1,000,000,",
    "1-2-",
    "3/4/",
    "May 1, ",
    "10:30 ",
    "five to six million ",
    "http://a.b/",
    "a@b.c ",
    "- x\n",
    "Q: x\nA: ",
];

fn bytes() -> usize {
    std::env::var("LINEAR_BYTES").ok().and_then(|bytes| bytes.parse().ok()).unwrap_or(128 << 10)
}

/// Text, name by name, to the line of its record.
fn line_of(article: &Article) -> usize {
    let document = ANNOTATOR.annotate(article);
    let mut line = Vec::new();
    jsonl::write_line(&Record::new(&document, RecordOptions { offsets: OffsetUnit::CodePoint, ..RecordOptions::default() }), &mut line);
    line.len()
}

/// The best of two: the machine may be busy with something else.
fn time_of(mut work: impl FnMut()) -> Duration {
    (0..2)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The articles of the samples, one after the other, again and again.
fn news(bytes: usize) -> String {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample")];
    let mut text = String::new();
    while let Some(folder) = folders.pop() {
        let mut entries: Vec<_> = fs::read_dir(&folder).expect("the samples").flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for path in entries {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "txt")
                && let Ok(article) = fs::read_to_string(&path)
            {
                text += &article;
                text += "\n\n";
            }
        }
    }
    assert!(text.len() > 20_000, "{} bytes of news", text.len());
    text.repeat(bytes / text.len() + 1)[..]
        .chars()
        .scan(0, |size, c| {
            *size += c.len_utf8();
            (*size <= bytes).then_some(c)
        })
        .collect()
}

#[test]
fn a_megabyte_of_anything_takes_some_times_that_of_news() {
    let bytes = bytes();
    let articles: Vec<Article> = news(bytes).split("\n\n\n").map(Article::from_text).collect();
    let of_news = time_of(|| assert!(articles.iter().map(line_of).sum::<usize>() > bytes));
    let mut table = Vec::new();
    for unit in UNITS {
        let article = Article::from_text(unit.repeat(bytes / unit.len()));
        let time = time_of(|| assert!(line_of(&article) > article.text.len() / 8));
        let per_byte = time.as_secs_f64() / article.text.len() as f64;
        table.push((per_byte / (of_news.as_secs_f64() / bytes as f64), unit, per_byte * 1e6));
    }
    table.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut out = format!("news: {:.3} s a megabyte\n", of_news.as_secs_f64() / bytes as f64 * 1e6);
    for (ratio, unit, seconds) in table.iter().take(if bytes < 1_000_000 { 3 } else { UNITS.len() }) {
        out += &format!("{ratio:6.2} times news, {seconds:.3} s a megabyte: {unit:?}\n");
    }
    let _ = std::io::stderr().write_all(out.as_bytes());
    assert!(table[0].0 < MOST, "{out}");
}

/// Pages that a recursive or quadratic reader would not end with, each beside a plain page of the same size.
#[test]
fn hostile_files_are_read_in_the_time_of_plain_ones() {
    const SIZE: usize = 2 << 20;
    let plain = "<p>The council of the town met on Monday, and nobody came to hear it, he said.</p>\n";
    let deep = SIZE / 22;
    let files: [(&str, String); 9] = [
        ("deep.html", "<div>".repeat(deep) + "text" + &"</div>".repeat(deep)),
        ("open.html", "<b><i>x".repeat(SIZE / 7)),
        ("attribute.html", format!("<p title=\"{}\">The end of it.</p>", "x".repeat(SIZE))),
        ("attributes.html", format!("<p {}>The end of it.</p>", "a=b ".repeat(SIZE / 4))),
        ("references.html", "&#x41;&amp".repeat(SIZE / 10)),
        ("comments.html", "<!-- - ".repeat(SIZE / 7)),
        ("deep.json", format!("{{\"text\": {}1{}}}", "[".repeat(SIZE / 2), "]".repeat(SIZE / 2))),
        ("many.json", format!("[{}]", "{},".repeat(SIZE / 3000) + &"[".repeat(SIZE))),
        ("blank.jsonl", "\n".repeat(SIZE) + "{\"text\": \"last\"}"),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let read = |name: &str| {
        let options = ReadOptions::default();
        let input = vec![Input::Path(folder.path().join(name))];
        articles(input, &options).map(|raw| raw.into_article(&options)).collect::<Vec<_>>().len()
    };
    fs::write(folder.path().join("plain.html"), plain.repeat(SIZE / plain.len())).expect("a file");
    let of_plain = time_of(|| assert_eq!(read("plain.html"), 1));
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("a file");
        let time = time_of(|| assert!(read(name) > 0));
        let ratio = time.as_secs_f64() / of_plain.as_secs_f64();
        let _ = writeln!(std::io::stderr(), "{ratio:6.2} times a plain page: {name}");
        assert!(ratio < MOST, "{name}: {time:?}, a plain page {of_plain:?}");
    }
}

/// The stack of a thread does not grow with the depth of what is read.
#[test]
fn depth_needs_no_stack() {
    let page = "<div>".repeat(100_000) + "<p>The council of the town met on Monday, and nobody came to hear it.</p>";
    let json = format!("{{\"text\": \"x\", \"authors\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let quotes = "“‘".repeat(50_000) + &"’”".repeat(50_000);
    let brackets = "(".repeat(100_000) + &")".repeat(100_000);
    let dir = common::dir(&[
        ("a.html", page.as_bytes()),
        ("b.json", json.as_bytes()),
        ("c.txt", quotes.as_bytes()),
        ("d.txt", brackets.as_bytes()),
    ]);
    LazyLock::force(&ANNOTATOR);
    let root = dir.path().to_owned();
    let small = std::thread::Builder::new().stack_size(192 << 10).spawn(move || {
        let options = ReadOptions::default();
        articles(vec![Input::Path(root)], &options)
            .map(|raw| line_of(&raw.into_article(&options)))
            .filter(|&bytes| bytes > 0)
            .collect::<Vec<_>>()
            .len()
    });
    assert_eq!(small.expect("a thread").join().expect("it ends"), 4);
}

/// A reader that waits for a slow pipe or passes over an article that is too large holds no more than the limit.
#[test]
fn a_large_attribute_and_a_large_article_are_told() {
    let page = format!("<p title=\"{}\">The end of it.</p>", "x".repeat(16 << 20));
    let dir = common::dir(&[("a.html", page.as_bytes()), ("b.txt", common::STORY.as_bytes())]);
    let found = common::extract(dir.path(), &["."]);
    let codes: Vec<_> = found.iter().map(|record| record["error"]["code"].as_str()).collect();
    assert_eq!(codes, [Some("too_large"), None]);
    let found = common::extract(dir.path(), &[".", "--max-article-bytes", "20000000"]);
    assert_eq!(found[0]["text"], "The end of it.");
}

/// A text of nothing but numbers takes a bounded part of its size many times over: figures past the first 100,000 are left out, and that is said.
#[test]
fn figures_are_kept_up_to_a_number() {
    let article = Article::from_text("7 8 9 ".repeat(40_000));
    let document = ANNOTATOR.annotate(&article);
    assert_eq!((document.figures.len(), &document.warnings[..]), (100_000, &["truncated".into()][..]));
    let enough = Article::from_text("7 8 9 ".repeat(30_000));
    assert!(ANNOTATOR.annotate(&enough).warnings.is_empty());
}
