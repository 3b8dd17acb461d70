//! From files on disk to articles: order, formats, and everything that can be wrong with a file.

use std::fs;
use std::io::{Cursor, Write as _};

use super::*;
use crate::article::{Article, Source, Stage, article_id};
use compression::tests::gzip;

mod archives;

fn read(inputs: &[&Path], options: &ReadOptions) -> Vec<Article> {
    let inputs = inputs.iter().map(|path| Input::Path(path.to_path_buf())).collect();
    articles(inputs, options).map(|raw| raw.into_article(options)).collect()
}

fn read_all(root: &Path) -> Vec<Article> {
    read(&[root], &ReadOptions::default())
}

/// Paths relative to `root`, record numbers and texts or error codes.
fn shown(root: &Path, articles: &[Article]) -> Vec<String> {
    let root = format!("{}/", root.display());
    let one = |article: &Article| {
        let record = article.source.record.map(|record| format!(":{record}")).unwrap_or_default();
        let outcome = article.error.as_ref().map_or(article.text.clone(), |error| format!("! {:?} {}", error.stage, error.code));
        format!("{}{record} {outcome}", article.source.path.replace(&root, ""))
    };
    articles.iter().map(one).collect()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

#[test]
fn directories_are_read_in_the_order_of_paths() {
    let folder = folder(&[
        ("b/2.txt", b"two"),
        ("b-1.txt", b"one"),
        ("a.md", b"# A"),
        ("photo.png", b"\x89PNG\0"),
        ("README", b"no"),
        (".hidden.txt", b"no"),
        (".git/x.txt", b"no"),
        ("c.json", br#"[{"text": "x"}, {"text": "y"}]"#),
        ("d.jsonl", b"{\"text\": \"p\"}\n\n{\"text\": \"q\"}\n"),
        ("e.json", br#"{"text": "whole", "url": "https://x.example/1"}"#),
    ]);
    let root = folder.path();
    let found = read_all(root);
    let expected = ["a.md # A", "b-1.txt one", "b/2.txt two", "c.json:0 x", "c.json:1 y", "d.jsonl:0 p", "d.jsonl:1 q", "e.json whole"];
    assert_eq!(shown(root, &found), expected);
    assert_eq!(found[1].id, article_id(&found[1].source.path, None));
    assert_eq!(found[5].id, article_id(&found[5].source.path, Some(0)));
    assert_eq!(found[7].id, article_id("https://x.example/1", None));

    let globs = ReadOptions { globs: vec!["*.txt".into(), "README".into()], excludes: vec!["b/".into()], ..ReadOptions::default() };
    assert_eq!(shown(root, &read(&[root], &globs)), ["README no", "b-1.txt one"]);
    // What is named is read, hidden or not.
    assert_eq!(read(&[&root.join(".hidden.txt"), &root.join("a.md")], &globs).len(), 2);
    let bad = ReadOptions { globs: vec!["a{b".into()], ..ReadOptions::default() };
    assert_eq!(read(&[root], &bad)[0].error.as_ref().unwrap().code, "bad_glob");
    assert!(bad.check().is_err() && globs.check().is_ok());
}

#[test]
fn survey_counts_what_is_there_and_reading_what_is_done() {
    let folder = folder(&[("a.txt", b"12345"), ("b.txt.gz", &gzip(b"678"))]);
    let survey = survey(vec![Input::Path(folder.path().into())], &ReadOptions::default());
    let bytes = survey.bytes.unwrap();
    assert_eq!((survey.files, bytes), (2, 5 + gzip(b"678").len() as u64));
    let articles = survey.articles(&ReadOptions::default());
    let consumed = articles.consumed();
    assert_eq!(articles.map(|raw| raw.size()).collect::<Vec<_>>(), [5, 3]);
    assert_eq!(consumed.load(Ordering::Relaxed), bytes);
}

#[test]
fn compressed_files_keep_what_comes_before_the_break() {
    let lines: String = (0..2000).map(|n| format!("{{\"text\": \"record {n} {}\"}}\n", n * 7919)).collect();
    let packed = gzip(lines.as_bytes());
    let zst = zstd::encode_all(lines.as_bytes(), 1).unwrap();
    let folder = folder(&[
        ("a.jsonl.gz", &packed[..packed.len() / 2]),
        ("b.txt.gz", &packed[..packed.len() / 2]),
        ("c.txt", &gzip(b"the name says nothing")),
        ("d.jsonl.zst", &zst[..zst.len() - 4]),
        ("e.jsonl.gz", b"\x1f\x8bnot gzip at all"),
        ("f.txt.zst", &zstd::encode_all(&b"fine"[..], 1).unwrap()),
        ("g.txt.gz", b"not compressed"),
    ]);
    let found = read_all(folder.path());
    let of = |name: &str| found.iter().filter(|article| article.source.path.ends_with(name)).collect::<Vec<_>>();
    let broken = of("a.jsonl.gz");
    assert!(broken.len() > 500 && broken.len() < 2000);
    let (last, good) = broken.split_last().unwrap();
    assert!(good.iter().all(|article| article.error.is_none()));
    assert_eq!((last.error.as_ref().unwrap().code, last.source.record), ("bad_gzip", Some(good.len() as u64)));
    assert_eq!(of("b.txt.gz")[0].error.as_ref().unwrap().stage, Stage::Decompress);
    assert_eq!(of("c.txt")[0].text, "the name says nothing");
    assert_eq!(of("d.jsonl.zst").last().unwrap().error.as_ref().unwrap().code, "bad_zstd");
    assert_eq!(of("e.jsonl.gz")[0].error.as_ref().unwrap().code, "bad_gzip");
    assert_eq!((of("f.txt.zst")[0].text.as_str(), of("g.txt.gz")[0].text.as_str()), ("fine", "not compressed"));
}

#[test]
fn what_cannot_be_read_says_so_and_the_rest_goes_on() {
    let folder = folder(&[
        ("a.jsonl", b"{\"text\": \"good\"}\n{\"text\": bad}\n{\"text\": null}\n{\"words\": 1}\n{\"text\": \"last\"}"),
        ("b.txt", b""),
        ("c.txt", b"\x7FELF\x02\0\0\0"),
        ("d.json", b"[{\"text\": \"x\"}, {\"text\""),
        ("e.jsonl", b""),
        ("f.json", b""),
        ("g.html", b"<html><body></body></html>"),
        ("h.jsonl", &[b"{\"text\": \"", &[b'x'; 600][..], b"\"}\n{\"text\": \"short\"}\n"].concat()),
        ("i.txt", &[b'x'; 600]),
        ("j.txt.gz", &gzip(&[0x20; 5_000_000])),
    ]);
    let root = folder.path();
    let options = ReadOptions { max_article_bytes: 500, ..ReadOptions::default() };
    let found = read(&[&root.join("missing.txt"), root, &root.join("a.jsonl")], &options);
    let expected = [
        "missing.txt ! Open not_found",
        "a.jsonl:0 good",
        "a.jsonl:1 ! Parse bad_json",
        "a.jsonl:2 ",
        "a.jsonl:3 ! Parse no_text_field",
        "a.jsonl:4 last",
        "b.txt ",
        "c.txt ! Decode binary",
        "d.json:0 x",
        "d.json:1 ! Parse bad_json",
        "d.json:2 ! Parse bad_json",
        "f.json ",
        "g.html ! Extract no_article",
        "h.jsonl:0 ! Parse too_large",
        "h.jsonl:1 short",
        "i.txt ! Parse too_large",
        "j.txt.gz ! Parse too_large",
    ];
    let found = shown(root, &found);
    assert_eq!(found[..expected.len()], expected);
    assert_eq!(found[expected.len()..], expected[1..6]);
}

#[cfg(unix)]
#[test]
fn links_and_special_files_are_safe() {
    let folder = folder(&[("x/a.txt", b"a")]);
    let root = folder.path();
    std::os::unix::fs::symlink("..", root.join("x/up")).unwrap();
    std::os::unix::fs::symlink("nowhere.txt", root.join("x/gone.txt")).unwrap();
    std::os::unix::fs::symlink("nowhere", root.join("x/gone")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(root.join("x/s.txt")).unwrap();
    let expected = ["x/a.txt a", "x/gone.txt ! Open not_found", "x/s.txt ! Open not_a_file", "x/up ! Open link_loop"];
    assert_eq!(shown(root, &read_all(root)), expected);
    assert_eq!(read(&[Path::new("/dev/zero")], &ReadOptions::default())[0].error.as_ref().unwrap().code, "not_a_file");
}

#[test]
fn encodings_reach_every_format() {
    let utf16 = |text: &str| [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect::<Vec<u8>>();
    let folder = folder(&[
        ("a.jsonl", &utf16("{\"text\": \"Zoë\"}\r\n{\"text\": \"Łódź\"}\r\n")),
        ("b.txt", &utf16("Zoë\n")),
        ("c.json", "\u{feff}{\"text\": \"Zoë\"}".as_bytes()),
        ("d.jsonl", b"{\"text\": \"A caf\xE9 in M\xFCnchen.\"}\n"),
    ]);
    let root = folder.path();
    let expected = ["a.jsonl:0 Zoë", "a.jsonl:1 Łódź", "b.txt Zoë\n", "c.json Zoë", "d.jsonl:0 A café in München."];
    assert_eq!(shown(root, &read_all(root)), expected);
}

#[test]
fn a_forced_format_wins() {
    let folder = folder(&[
        ("a.txt", b"{\"body\": \"x\"}\n{\"body\": \"y\"}\n"),
        ("feed", b"{\"text\": \"x\"}\n{\"text\": \"y\"}\n"),
        ("t.CSV.gz", &gzip(b"text\nx\n")),
    ]);
    let table = folder.path().join("t.CSV.gz");
    assert_eq!(shown(folder.path(), &read(&[&table], &ReadOptions::default())), ["t.CSV.gz ! Parse csv"]);
    let text = ReadOptions { format: Some(Format::Text), ..ReadOptions::default() };
    assert_eq!(shown(folder.path(), &read(&[&table], &text)), ["t.CSV.gz text\nx\n"]);
    let options = ReadOptions { format: Some(Format::JsonLines), ..ReadOptions::default() };
    assert_eq!(shown(folder.path(), &read(&[&folder.path().join("a.txt")], &options)), ["a.txt:0 x", "a.txt:1 y"]);
    assert_eq!(read_all(&folder.path().join("feed")).len(), 2);
}

#[test]
fn pages_become_articles() {
    let page = "<html><head><title>Ferry sails | The Post</title></head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
        <article><h1>Ferry sails</h1><p>The ferry to the northern islands sailed again on Monday, the company said.</p>\
        <figure><img src=x><figcaption>The ferry in the harbour.</figcaption></figure>\
        <p>&ldquo;We waited&nbsp;long,&rdquo; said Ann Lee,<br>the mayor of the largest of the islands.</p></article>\
        <div class=related-links><a href=1>More about ferries and what they cost</a></div></body></html>";
    let folder =
        folder(&[("a.html", page.as_bytes()), ("b.html", b"<p>One short line.</p>"), ("deep.html", "<div>".repeat(100_000).as_bytes())]);
    let found = read_all(folder.path());
    let text = "The ferry to the northern islands sailed again on Monday, the company said.\n\n“We waited long,” said Ann Lee,\nthe mayor of the largest of the islands.";
    assert_eq!((found[0].text.as_str(), found[0].meta.title.as_deref()), (text, Some("Ferry sails")));
    assert_eq!(found[1].text, "One short line.");
    assert_eq!(found[2].error.as_ref().unwrap().code, "no_article");
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        survives(&bytes);
    }

    #[test]
    fn any_tags_are_survived(parts in proptest::collection::vec(proptest::sample::select(PARTS), 0..60)) {
        survives(parts.concat().as_bytes());
    }
}

const PARTS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<div class='related x'>",
    "</div>",
    "<li>",
    "<ul>",
    "</ul>",
    "<a href=x>",
    "</a>",
    "<table>",
    "<tr>",
    "<td>",
    "<br>",
    "<!--",
    "-->",
    "<script type=application/ld+json>",
    "{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    "\"}",
    "</script>",
    "<title>",
    "</title>",
    "&amp;",
    "&#8220;",
    "&#x",
    "é“👍",
    " ",
    "\n",
    "\0",
    "{\"text\": ",
    "\"",
    "[",
    "]",
    "}",
    ",",
    "---\n",
    "date: 1 May 2024 10:30 +02\n",
    "<meta property=og:title content='",
    "<blockquote class=tweet>",
    "<pre>",
    "<h2>",
    "The council of the town met on Monday, and nobody came to hear it. ",
    "=",
    "'",
    "<svg>",
    "<time datetime=",
];

/// Reads the bytes as every format, packed and not.
fn survives(bytes: &[u8]) {
    for format in Format::ALL.into_iter().map(Some).chain([None]) {
        let options = ReadOptions { format, max_article_bytes: 300, ..ReadOptions::default() };
        for file in [bytes.to_vec(), gzip(bytes)] {
            let file = Counted { file: Box::new(Cursor::new(file)), consumed: Arc::default() };
            match open(Path::new("a"), Medium::Pipe, file, &options) {
                Ok(Opened::Article(article)) => drop(article.into_article(&options)),
                Ok(Opened::Container(mut container)) => {
                    std::iter::from_fn(|| container.next()).for_each(|raw| drop(raw.into_article(&options)))
                }
                Ok(Opened::Archive(mut archive)) => {
                    let files = std::iter::from_fn(|| archive.next());
                    files.flatten().for_each(|(_, mut file)| drop(io::copy(&mut file, &mut io::sink())));
                }
                Err(_) => {}
            }
        }
        // And whole, past what tells binary from text.
        if let Some(format) = format {
            let raw = RawArticle { source: Source::default(), format, line: 1, url: None, encoding: None, content: Ok(bytes.to_vec()) };
            let article = raw.into_article(&options);
            assert!(article.error.is_none() || article.text.is_empty());
        }
    }
}

/// Runs of four words, counted.
fn grams(text: &str) -> std::collections::HashMap<Vec<String>, usize> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut grams = std::collections::HashMap::new();
    for gram in words.windows(4) {
        *grams.entry(gram.to_vec()).or_default() += 1;
    }
    grams
}

/// On pages of real newspapers with their text marked by hand, the text found must stay as good as it was: precision and recall of
/// runs of four words, averaged over the pages.
#[test]
fn pages_of_newspapers() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/html");
    let Ok(gold) = fs::read_to_string(shared.join("gold.jsonl")) else {
        // Straight to standard error: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: no {}", shared.display());
        return;
    };
    let (mut precision, mut recall, mut pages) = (0.0, 0.0, 0.0);
    for line in gold.lines() {
        let gold: serde_json::Value = serde_json::from_str(line).unwrap();
        let found = read_all(&shared.join(gold["html"].as_str().unwrap()));
        let (gold, found) = (grams(gold["text"].as_str().unwrap()), grams(&found[0].text));
        let common: usize = gold.iter().map(|(gram, &count)| count.min(found.get(gram).copied().unwrap_or(0))).sum();
        precision += common as f64 / found.values().sum::<usize>().max(1) as f64;
        recall += common as f64 / gold.values().sum::<usize>().max(1) as f64;
        pages += 1.0;
    }
    let (precision, recall) = (precision / pages, recall / pages);
    let f1 = 2.0 * precision * recall / (precision + recall);
    assert!(pages > 0.0 && f1 > 0.97, "P {precision:.3} R {recall:.3} F1 {f1:.3} on {pages} pages");
}

#[test]
fn pages_of_an_archive_are_articles_with_their_address() {
    let html = "<html><head><title>Lock</title></head><body><article><p>The lock on the canal was shut on Monday after rain.</p>\
                <p>It will open again in May, said Ilse Orm, who keeps it.</p></article></body></html>";
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{html}");
    let page = |url: &str| {
        format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    };
    let info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\n\0\0\0\0\r\n\r\n";
    // Each record its own gzip member, as crawlers write them.
    let packed = [gzip(info.as_bytes()), gzip(page("https://a.example/1").as_bytes()), gzip(page("https://a.example/2").as_bytes())];
    let folder = folder(&[("crawl.warc.gz", &packed.concat()), ("plain", page("https://a.example/3").as_bytes())]);
    let found = read_all(folder.path());
    assert_eq!(found.len(), 2, "{:?}", shown(folder.path(), &found));
    assert!(found.iter().all(|article| article.error.is_none() && article.text.contains("said Ilse Orm")));
    assert_eq!(found[1].meta.url.as_deref(), Some("https://a.example/2"));
    assert_eq!((found[1].source.record, found[1].id.clone()), (Some(1), article_id("https://a.example/2", None)));
    // Told by its first bytes where the name says nothing.
    assert_eq!(read(&[&folder.path().join("plain")], &ReadOptions::default())[0].meta.url.as_deref(), Some("https://a.example/3"));

    let cut = &packed.concat()[..packed.concat().len() - 30];
    let folder = self::folder(&[("cut.warc.gz", cut)]);
    let found = read_all(folder.path());
    assert!(found[0].error.is_none() && found[0].text.contains("Ilse Orm"));
    assert_eq!(found[1].error.as_ref().map(|error| error.code), Some("bad_gzip"));
}

#[test]
fn a_page_that_does_not_say_its_encoding_is_read_in_the_one_its_server_said() {
    // The euro of ISO-8859-15 is another sign in the encodings that are more common.
    let html =
        b"<html><body><article><p>The lock on the canal cost \xA440 million, said Ilse Orm, who keeps it.</p></article></body></html>";
    let page = |charset: &str| {
        let block = [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html{charset}\r\n\r\n").as_bytes(), html].concat();
        [format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: {}\r\n\r\n", block.len()).as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    let folder = folder(&[("said.warc", &page("; charset=ISO-8859-15")), ("silent.warc", &page(""))]);
    let found = read_all(folder.path());
    assert!(found[0].text.contains("cost €40 million"), "{}", found[0].text);
    assert!(!found[1].text.contains('€') && found[1].text.contains("40 million"), "told without the server: {}", found[1].text);
}

/// A Parquet file with columns of strings, made by hand.
fn parquet(columns: &[(&str, &[&str])]) -> Vec<u8> {
    use parquet::{
        data_type::{ByteArray, ByteArrayType},
        file::{properties::WriterProperties, writer::SerializedFileWriter},
        schema::parser::parse_message_type,
    };
    let fields: String = columns.iter().map(|(name, _)| format!("required binary {name} (UTF8);")).collect();
    let schema = parse_message_type(&format!("message articles {{ {fields} }}")).unwrap();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(WriterProperties::builder().build())).unwrap();
    let mut group = file.next_row_group().unwrap();
    for (_, values) in columns {
        let values: Vec<ByteArray> = values.iter().map(|&value| value.into()).collect();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    file.into_inner().unwrap()
}

#[test]
fn rows_of_a_table_are_articles() {
    let columns: [(&str, &[&str]); 4] = [
        ("link", &["https://x.example/1", "https://x.example/2"]),
        ("maintext", &["It rained.", "“It snowed,” she said."]),
        ("date_publish", &["2026-03-01 10:00:00", "2026-03-02 10:00:00"]),
        ("embedding", &["...", "..."]),
    ];
    let whole = parquet(&columns);
    let folder = folder(&[
        ("a.parquet", &whole),
        ("cut.parquet", &whole[..whole.len() / 2]),
        ("none.parquet", &parquet(&[("words", &["x"])])),
        ("text.parquet", b"no table at all"),
    ]);
    let found = read_all(folder.path());
    let expected = [
        "a.parquet:0 It rained.",
        "a.parquet:1 “It snowed,” she said.",
        "cut.parquet ! Parse bad_parquet",
        "none.parquet ! Parse no_text_field",
        "text.parquet ! Parse bad_parquet",
    ];
    assert_eq!(shown(folder.path(), &found), expected);
    assert_eq!(found[1].meta.date.as_deref(), Some("2026-03-02"));
    assert_eq!(found[1].id, article_id("https://x.example/2", None));
    assert!(found[3].error.as_ref().is_some_and(|error| error.message.contains("`words`") && error.message.contains("--field text=")));

    let options = ReadOptions { fields: vec!["text=words".parse().unwrap()], ..ReadOptions::default() };
    assert_eq!(shown(folder.path(), &read(&[&folder.path().join("none.parquet")], &options)), ["none.parquet:0 x"]);
}

#[test]
fn a_damaged_table_is_an_error_wherever_the_damage_is() {
    let whole = parquet(&[("text", &["It rained.", "It snowed."]), ("url", &["https://x.example/1", "https://x.example/2"])]);
    let folder = folder(&[]);
    let path = folder.path().join("a.parquet");
    for at in (4..whole.len()).step_by(5) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x55;
        fs::write(&path, damaged).unwrap();
        let found = read_all(&path);
        // The damage may hit what is never read; then both rows are there.
        assert!(found.len() == 2 || found.last().is_some_and(|article| article.error.is_some()), "byte {at}: {found:?}");
    }
}

#[test]
fn a_file_that_vanishes_after_the_walk_is_one_error() {
    let folder = folder(&[("a.txt", b"one"), ("b.txt", b"two"), ("c.txt", b"three")]);
    let options = ReadOptions::default();
    let survey = survey(vec![Input::Path(folder.path().to_owned())], &options);
    fs::remove_file(folder.path().join("b.txt")).unwrap();
    let articles: Vec<Article> = survey.articles(&options).map(|raw| raw.into_article(&options)).collect();
    assert_eq!(shown(folder.path(), &articles), ["a.txt one", "b.txt ! Open not_found", "c.txt three"]);
}
