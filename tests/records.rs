//! What is made of records by the binary: tables, counts, the report.

mod common;

use common::{STORY, dir, pullquote};
use serde_json::Value;
use std::fs;

/// JSON Lines of `count` articles.
fn archive(count: usize) -> String {
    (0..count).map(|n| format!("{}\n", serde_json::json!({"text": format!("{STORY} It was day {n}."), "id": n}))).collect()
}

#[cfg(unix)]
#[test]
fn tables_are_made_of_records_and_not_overwritten_unasked() {
    let dir = dir(&[("a.jsonl", archive(3).as_bytes()), ("no.jsonl", b"{\"text\": \"x\"}\n")]);
    pullquote(dir.path()).args(["extract", "a.jsonl", "missing.txt", "-q", "-o", "out.jsonl.gz"]).assert().code(0);
    let run = |arguments: &[&str]| pullquote(dir.path()).arg("tables").args(arguments).assert();
    let told = run(&["out.jsonl.gz", "-d", "tables"]).code(0);
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(told.contains("4 rows  tables/articles.parquet") && told.contains("1 row   tables/errors.parquet"), "{told}");
    assert!(fs::read(dir.path().join("tables/quotes.parquet")).expect("a table").starts_with(b"PAR1"));
    let refused = run(&["out.jsonl.gz", "-d", "tables"]).code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--force"));
    run(&["out.jsonl.gz", "-d", "tables", "--force", "-q"]).code(0).stderr("");

    run(&["out.jsonl.gz", "-d", "lines", "--format", "jsonl", "-q"]).code(0);
    let quotes = fs::read_to_string(dir.path().join("lines/quotes.jsonl")).expect("a table");
    let row = quotes.lines().next().expect("a row");
    let places: Vec<Option<usize>> = ["article_id", "url", "content", "confidence"].map(|key| row.find(&format!("\"{key}\":"))).to_vec();
    assert!(places[0].is_some() && places.is_sorted(), "columns stand in the order of the table: {row}");
    let row: Value = serde_json::from_str(row).expect("JSON");
    assert_eq!((row["speaker_name"].as_str(), row["cue_lemma"].as_str()), (Some("Ilse Orm"), Some("say")));
    let other = run(&["no.jsonl", "-d", "other"]).code(2);
    assert!(String::from_utf8_lossy(&other.get_output().stderr).contains("no.jsonl: line 1 is no record"));
    assert_eq!(fs::read_dir(dir.path().join("other")).expect("a directory").count(), 0, "nothing is left of tables that were given up");
}

#[test]
fn stats_count_what_records_hold() {
    let dir = dir(&[("a.jsonl", archive(3).as_bytes())]);
    let records = pullquote(dir.path()).args(["extract", "a.jsonl", "missing.txt", "-q"]).assert().code(0).get_output().stdout.clone();
    let told = pullquote(dir.path()).args(["stats", "-"]).write_stdin(records).assert().code(0).get_output().stdout.clone();
    let told = String::from_utf8_lossy(&told).into_owned();
    for wanted in ["4 articles, 1 failed", "3 quotes, 100.0% with a speaker, 100.0% with a name", "3  Ilse Orm", "3  say", "undated"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
}

#[test]
fn a_report_is_one_page_and_not_overwritten_unasked() {
    let dir = dir(&[("a.txt", STORY.as_bytes()), ("b.txt", b"Nobody spoke.")]);
    pullquote(dir.path()).args(["extract", ".", "-q", "-o", "out.jsonl"]).assert().code(0);
    let run = |arguments: &[&str]| pullquote(dir.path()).args(["report", "out.jsonl"]).args(arguments).assert();
    let told = run(&["-o", "r.html", "--title", "The quay & <its> board", "--top", "1"]).code(0);
    let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(told.contains("1 article, 1 quote,") && told.contains("--top 2 takes all"), "{told}");
    let page = fs::read_to_string(dir.path().join("r.html")).expect("written");
    assert!(page.starts_with("<!doctype html>") && page.contains("<title>The quay &amp; &lt;its&gt; board</title>"));
    assert!(page.contains("\"speaker_name\":\"Ilse Orm\"") && !page.contains("Nobody spoke"));
    let refused = run(&["-o", "r.html"]).code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--force"));
    let folder = run(&["-o", "."]).code(2);
    assert!(String::from_utf8_lossy(&folder.get_output().stderr).contains(". is a directory"));
    let piped = run(&["-o", "-"]).code(0).get_output().stdout.clone();
    assert!(piped.ends_with(b"</html>\n") && piped.windows(13).any(|window| window == b"Nobody spoke."));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_to_and_stays_a_pipe() {
    use std::os::unix::fs::FileTypeExt as _;
    let dir = dir(&[("a.txt", STORY.as_bytes())]);
    pullquote(dir.path()).args(["extract", "a.txt", "-q", "-o", "out.jsonl"]).assert().code(0);
    let pipe = dir.path().join("pipe");
    std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo is there");
    let end = pipe.clone();
    let reader = std::thread::spawn(move || fs::read(end).expect("a pipe"));
    pullquote(dir.path()).args(["report", "out.jsonl", "-o", "pipe"]).assert().code(0);
    assert!(fs::metadata(&pipe).expect("it is there").file_type().is_fifo());
    assert!(reader.join().expect("it is read").ends_with(b"</html>\n"));
}

/// Whatever `--force` says: the records would be gone.
#[test]
fn what_is_read_is_not_written_over() {
    let dir = dir(&[("a.txt", STORY.as_bytes()), ("list", b"a.txt\n")]);
    pullquote(dir.path()).args(["extract", "a.txt", "-q", "-o", "quotes.jsonl"]).assert().code(0);
    let before = fs::read(dir.path().join("quotes.jsonl")).expect("written");
    for arguments in [
        &["report", "quotes.jsonl", "-o", "quotes.jsonl"][..],
        &["tables", "quotes.jsonl", "-d", ".", "--format", "jsonl"],
        &["extract", "--files-from", "list", "-o", "a.txt"],
    ] {
        let told = pullquote(dir.path()).args(arguments).arg("--force").assert().code(2);
        let told = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
        assert!(told.contains("is both input and output"), "{told}");
    }
    assert!(fs::read(dir.path().join("quotes.jsonl")).expect("still there") == before);
    assert_eq!(fs::read(dir.path().join("a.txt")).expect("still there"), STORY.as_bytes());
}
