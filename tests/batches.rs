//! What holds for any batch: each article has its line, under its number; jobs, shards and a run that was cut off change no byte; another
//! article beside the rest changes none of them; tables of the same records are the same.

mod common;

use common::{STORY, extract, pullquote, records};
use proptest::prelude::*;
use serde_json::Value;
use std::{fs, io::Write as _, path::Path};

/// A file of a batch, and how many records it must give: `None` for one that is an article as a whole.
#[derive(Clone, Debug)]
struct File {
    end: &'static str,
    bytes: Vec<u8>,
    records: Option<u64>,
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("memory takes everything");
    encoder.finish().expect("memory takes everything")
}

/// Articles, some of them broken: a line that is no JSON, one without text, one that is empty.
fn article() -> impl Strategy<Value = Vec<u8>> {
    let told = (0..40u32, prop::bool::ANY).prop_map(|(day, url)| {
        let url = if url { format!("\"url\": \"https://x.example/{day}\", ") } else { String::new() };
        let text = serde_json::json!(format!("{STORY} It was day {day}."));
        format!("{{{url}\"text\": {text}}}").into_bytes()
    });
    let broken = prop::sample::select(vec![
        &b"{\"text\": \"\"}"[..],
        b"{\"text\": 1}",
        b"{\"words\": 2}",
        b"{\"text\": \"a\" \"b\"}",
        b"{\"text\": \"caf\xE9\"}",
        b"{\"text\": \"z\0\"}",
        b"{\"text\": \"\\ud800\"}",
    ]);
    prop_oneof![3 => told, 1 => broken.prop_map(<[u8]>::to_vec)]
}

fn file() -> impl Strategy<Value = File> {
    let articles = || prop::collection::vec(article(), 1..6);
    let whole = |end| move |bytes| File { end, bytes, records: None };
    let text = prop_oneof![any::<String>().prop_map(|text| text.replace('\0', "")), Just(STORY.to_owned())];
    let page = text.clone().prop_map(|text| format!("<html><title>T</title><p>{text}</p><p>{STORY}</p>").into_bytes());
    let lines = || articles().prop_map(|articles| (articles.len() as u64, articles.join(&b'\n')));
    let array = articles().prop_map(|articles| (articles.len() as u64, [&b"["[..], &articles.join(&b", "[..]), b"]"].concat()));
    prop_oneof![
        // A word before it keeps the text from looking like another format.
        text.prop_map(|text| format!("News. {text}").into_bytes()).prop_map(whole("txt")),
        page.prop_map(whole("html")),
        lines().prop_map(|(count, bytes)| File { end: "jsonl", bytes, records: Some(count) }),
        lines().prop_map(|(count, bytes)| File { end: "jsonl.gz", bytes: gzip(&bytes), records: Some(count) }),
        array.prop_map(|(count, bytes)| File { end: "json", bytes, records: Some(count) }),
    ]
}

/// Writes the files and gives the places of the records that must come, in order.
fn write(files: &[File], folder: &Path) -> Vec<(String, Option<u64>)> {
    let mut places = Vec::new();
    for (number, file) in files.iter().enumerate() {
        let name = format!("in/{number:02}.{}", file.end);
        fs::create_dir_all(folder.join("in")).expect("a folder");
        fs::write(folder.join(&name), &file.bytes).expect("a file");
        match file.records {
            None => places.push((name, None)),
            Some(records) => places.extend((0..records).map(|record| (name.clone(), Some(record)))),
        }
    }
    places
}

fn lines(folder: &Path, arguments: &[&str]) -> Vec<Vec<u8>> {
    let output = pullquote(folder).args(["extract", "-q"]).args(arguments).assert().code(0).get_output().stdout.clone();
    output.split_inclusive(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn places(lines: &[Vec<u8>]) -> Vec<(String, Option<u64>)> {
    let place = |record: &Value| {
        // Reading and writing again gives the same: no number is lost on the way.
        let again: Value = serde_json::from_str(&record.to_string()).expect("JSON");
        assert_eq!(&again, record);
        (record["source"]["path"].as_str().expect("a path").to_owned(), record["source"]["record"].as_u64())
    };
    records(&lines.concat()).iter().map(place).collect()
}

/// The whole run again, from a part that ends after `kept` bytes of its output.
fn resumed(folder: &Path, output: &str, whole: &[u8], kept: usize, inputs: &[&str]) -> Vec<u8> {
    let path = folder.join(output);
    fs::write(folder.join(format!("{output}.partial")), &whole[..kept]).expect("a part");
    let _ = fs::remove_file(&path);
    let _ = fs::remove_file(folder.join(format!("{output}.run.json")));
    pullquote(folder).args(["extract", "-q", "--resume", "-o", output]).args(inputs).assert().code(0);
    fs::read(path).expect("the output is whole")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn a_batch_loses_nothing_and_is_the_same_however_it_is_run(
        files in prop::collection::vec(file(), 1..7),
        cut in 0.0..1.0f64,
        cut_behind in 0.0..1.0f64,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        let expected = write(&files, folder);
        let whole = lines(folder, &["in", "--jobs", "1"]);
        prop_assert_eq!(places(&whole), expected);
        prop_assert_eq!(&lines(folder, &["in", "--jobs", "3"]), &whole);

        let mut shards: Vec<Vec<u8>> = ["1/2", "2/2"].iter().flat_map(|shard| lines(folder, &["in", "--shard", shard])).collect();
        let mut sorted = whole.clone();
        shards.sort();
        sorted.sort();
        prop_assert_eq!(shards, sorted);

        // A file may be named twice; the run may have been cut anywhere, also in the middle of a character.
        let twice = ["in", "in/00.txt", "in"];
        let inputs = if folder.join(twice[1]).exists() { &twice[..] } else { &["in", "in"] };
        let bytes = lines(folder, inputs).concat();
        for cut in [cut, cut_behind.max(0.5)] {
            let kept = (bytes.len() as f64 * cut) as usize;
            prop_assert!(resumed(folder, "out.jsonl", &bytes, kept, inputs) == bytes, "cut at {} of {}", kept, bytes.len());
        }
        pullquote(folder).args(["extract", "-q", "-o", "all.jsonl.gz"]).args(inputs).assert().code(0);
        let packed = fs::read(folder.join("all.jsonl.gz")).expect("an output");
        let kept = (packed.len() as f64 * cut) as usize;
        prop_assert!(resumed(folder, "out.jsonl.gz", &packed, kept, inputs) == packed, "gzip cut at {}", kept);

        // An unrelated article behind the rest.
        fs::write(folder.join("in/zz.txt"), "The price of wool rose 4 % on Friday, said Acme Corp.").expect("a file");
        let more = lines(folder, &["in"]);
        prop_assert_eq!((&more[..whole.len()], more.len()), (&whole[..], whole.len() + 1));
    }

    /// A journal of any content is taken or refused, never followed by other records.
    #[test]
    fn a_journal_of_any_bytes_spoils_nothing(journal in prop_oneof!["\\PC{0,40}".prop_map(String::into_bytes), prop::collection::vec(any::<u8>(), 0..60),
        Just(br#"{"program": 1, "options": [], "arguments": {"a": 1}}"#.to_vec()), Just(b"[1]".to_vec())]) {
        let dir = common::dir(&[("a.txt", STORY.as_bytes()), ("b.txt", STORY.as_bytes())]);
        let whole = lines(dir.path(), &["a.txt", "b.txt"]);
        fs::write(dir.path().join("out.jsonl.partial"), &whole[0]).expect("a part");
        fs::write(dir.path().join("out.jsonl.run.json"), &journal).expect("a journal");
        pullquote(dir.path()).args(["extract", "-q", "--resume", "-o", "out.jsonl", "a.txt", "b.txt"]).assert().code(2);
        prop_assert_eq!(&fs::read(dir.path().join("out.jsonl.partial")).expect("still there"), &whole[0]);
    }
}

#[test]
fn a_part_that_is_no_part_is_not_gone_on_with() {
    let dir = common::dir(&[
        ("a.txt", STORY.as_bytes()),
        ("out.jsonl.partial", b"{}\n"),
        ("two.jsonl.partial", b"\xFF\n"),
        ("three.jsonl.partial", b"{\"source\": {\"path\": \"a.txt\", \"record\": null}, \"text\": \"caf\xE9\"}\n"),
    ]);
    for output in ["out.jsonl", "two.jsonl", "three.jsonl"] {
        let refused = pullquote(dir.path()).args(["extract", "-q", "--resume", "-o", output, "a.txt"]).assert().code(2);
        assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("line 1 is no record"));
        assert!(!dir.path().join(output).exists());
    }
}

/// What is broken in an archive is told under the archive's name, each time: the resumed run must count them.
#[test]
fn a_run_goes_on_behind_articles_of_one_name() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b.txt", "c.txt", "d.txt"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes everything");
        zip.write_all(STORY.as_bytes()).expect("memory takes everything");
    }
    let mut zip = zip.finish().expect("memory takes everything").into_inner();
    // The headers that stand before two of the files.
    for name in [b"a.txt", b"c.txt"] {
        let at = zip.windows(5).position(|window| window == name).expect("it is there");
        zip[at - 30] ^= 0xFF;
    }
    let dir = common::dir(&[("in.zip", &zip)]);
    let whole = lines(dir.path(), &["in.zip"]);
    let names: Vec<String> = places(&whole).into_iter().map(|(path, _)| path).collect();
    assert_eq!(names, ["in.zip", "in.zip/b.txt", "in.zip", "in.zip/d.txt"]);
    let bytes = whole.concat();
    for lines in 0..=4 {
        let kept = whole[..lines].concat().len();
        assert!(resumed(dir.path(), "out.jsonl", &bytes, kept, &["in.zip"]) == bytes, "after {lines} lines");
    }
}

#[test]
fn tables_and_reports_of_the_same_records_are_the_same() {
    let dir = common::dir(&[("a.txt", STORY.as_bytes()), ("b.jsonl", b"{\"text\": \"Rain cost $3m.\"}\n{\"text\": 1}\n")]);
    assert_eq!(extract(dir.path(), &["a.txt", "b.jsonl", "-o", "out.jsonl"]), [Value::Null; 0]);
    let bytes = |folder: &str, arguments: &[&str]| -> Vec<(String, Vec<u8>)> {
        pullquote(dir.path()).args(arguments).assert().code(0);
        let mut files: Vec<_> =
            fs::read_dir(dir.path().join(folder)).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        files
            .iter()
            .map(|path| (path.file_name().expect("a name").to_string_lossy().into_owned(), fs::read(path).expect("a file")))
            .collect()
    };
    for format in ["parquet", "csv", "jsonl"] {
        let arguments = |folder| ["tables", "out.jsonl", "-q", "--force", "--format", format, "-d", folder];
        let first = bytes(format, &arguments(format));
        assert_eq!(first.len(), 6, "{format}");
        assert!(bytes(format, &arguments(format)) == first, "{format}: written over");
        assert!(bytes(&format!("{format}2"), &arguments(&format!("{format}2"))) == first, "{format}: elsewhere");
    }
    fs::create_dir(dir.path().join("r")).expect("a folder");
    let report = ["report", "out.jsonl", "-q", "--force", "-o", "r/report.html"];
    assert!(bytes("r", &report) == bytes("r", &report));
}
