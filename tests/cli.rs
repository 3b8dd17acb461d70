//! The binary in a fresh directory: what it reads, writes and says, and how it ends.

mod common;

use common::{STORY, dir, extract, pullquote, records};
use serde_json::Value;
use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

fn of<'a>(records: &'a [Value], key: &str) -> Vec<&'a str> {
    records.iter().map(|record| record[key].as_str().unwrap_or("null")).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

fn corpus() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample")
}

// ---- reading ---------------------------------------------------------------------------------------------------------

#[test]
fn directories_are_read_whole_and_in_sorted_order() {
    let lines = format!(
        "{}\n{}\n",
        r#"{"id":"x1","text":"One."}"#, r#"{"id":"x2","body":"Two.","headline":"T","published_at":"2025-03-04T10:00:00+02:00"}"#
    );
    let dir = dir(&[
        ("news/b.txt", STORY.as_bytes()),
        ("news/a/z.md", b"# Head\n\nText."),
        ("news/a/page.html", b"<html><head><title>Quay</title></head><body><article><p>The quay will reopen in May, the board said after a long meeting.</p><p>It was closed for repairs in the winter, when a storm broke the wall.</p></article></body></html>"),
        ("news/c.jsonl", lines.as_bytes()),
        ("news/d.json.gz", &gzip(br#"[{"text":"Three."},{"text":"Four."}]"#)),
        ("news/e.txt.zst", &zstd::encode_all(STORY.as_bytes(), 0).expect("memory")),
        ("news/picture.png", b"\x89PNG"),
    ]);
    let records = extract(dir.path(), &["news"]);
    let paths: Vec<&str> = records.iter().map(|r| r["source"]["path"].as_str().expect("a path")).collect();
    assert_eq!(
        paths,
        [
            "news/a/page.html",
            "news/a/z.md",
            "news/b.txt",
            "news/c.jsonl",
            "news/c.jsonl",
            "news/d.json.gz",
            "news/d.json.gz",
            "news/e.txt.zst"
        ]
    );
    assert!(records.iter().all(|r| r["status"] == "ok"), "{records:#?}");
    assert_eq!(records[0]["title"], "Quay");
    assert_eq!(records[2]["text"], STORY);
    assert_eq!(records[3]["source"]["id"], "x1");
    assert_eq!(records[4]["title"], "T");
    assert_eq!(records[4]["date"], "2025-03-04");
    assert_eq!(records[4]["published_at"], "2025-03-04T08:00:00Z");
    assert_eq!(records[6]["text"], "Four.");
    assert_eq!(records[7]["text"], STORY);
}

#[test]
fn globs_choose_within_directories_only() {
    let dir = dir(&[("n/a.txt", b"A."), ("n/b.md", b"B."), ("n/old/c.txt", b"C."), ("d.txt", b"D.")]);
    let records = extract(dir.path(), &["n", "d.txt", "--glob", "*.txt", "--exclude", "old/"]);
    assert_eq!(of(&records, "text"), ["A.", "D."]);
}

#[test]
fn fields_can_be_named_and_a_format_forced() {
    let dir = dir(&[("a.data", br#"{"story_text":"Yes.","when":"2024-05-01"}"#)]);
    let records = extract(dir.path(), &["a.data", "--format", "jsonl", "--field", "text=story_text", "--field", "date=when"]);
    assert_eq!(records[0]["text"], "Yes.");
    assert_eq!(records[0]["date"], "2024-05-01");
}

#[test]
fn standard_input_takes_json_lines_and_text() {
    let dir = dir(&[]);
    for (input, expected) in [("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", vec!["One.", "Two."]), ("Just text.", vec!["Just text."])] {
        let output = pullquote(dir.path()).args(["extract", "-", "-q"]).write_stdin(input).assert().code(0).get_output().stdout.clone();
        assert_eq!(of(&records(&output), "text"), expected);
    }
}

// ---- bad input -------------------------------------------------------------------------------------------------------

#[test]
fn each_bad_input_is_one_record_and_the_rest_goes_on() {
    let mut broken = gzip(STORY.repeat(200).as_bytes());
    broken.truncate(broken.len() / 2);
    let dir = dir(&[
        ("n/a-broken.txt.gz", &broken),
        ("n/b-lines.jsonl", b"{\"text\":\"One.\"}\n{\"text\": oops}\n{\"text\":\"Three.\"}\n{\"title\":\"no text here\"}\n"),
        ("n/c-latin.txt", b"Caf\xe9 prices rose, the caf\xe9 owners said."),
        ("n/d-empty.txt", b""),
        ("n/e-page.html", b"<html><body><nav><a href='/'>Home</a></nav></body></html>"),
        ("n/f-binary.txt", b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0"),
        ("n/g-good.txt", STORY.as_bytes()),
    ]);
    let output = pullquote(dir.path()).args(["extract", "n", "missing.txt"]).assert().code(0).get_output().clone();
    let records = records(&output.stdout);
    let outcome: Vec<(&str, &str, &str)> = records
        .iter()
        .map(|r| {
            let error = &r["error"];
            (r["source"]["path"].as_str().expect("a path"), r["status"].as_str().expect("a status"), error["code"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(
        outcome,
        [
            ("n/a-broken.txt.gz", "error", "bad_gzip"),
            ("n/b-lines.jsonl", "ok", ""),
            ("n/b-lines.jsonl", "error", "bad_json"),
            ("n/b-lines.jsonl", "ok", ""),
            ("n/b-lines.jsonl", "error", "no_text_field"),
            ("n/c-latin.txt", "ok", ""),
            ("n/d-empty.txt", "empty", ""),
            ("n/e-page.html", "error", "no_article"),
            ("n/f-binary.txt", "error", "binary"),
            ("n/g-good.txt", "ok", ""),
            ("missing.txt", "error", "not_found"),
        ]
    );
    assert_eq!(records[5]["text"], "Café prices rose, the café owners said.");
    // The messages name the file, on the terminal too.
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("missing.txt") && stderr.contains("n/b-lines.jsonl: line 2"), "{stderr}");
    assert!(stderr.contains("6 failed"), "{stderr}");
}

#[test]
fn a_line_of_50_megabytes_is_one_error_and_the_next_line_is_read() {
    let mut lines = br#"{"text":""#.to_vec();
    lines.resize(50 << 20, b'a');
    lines.extend_from_slice(b"\"}\n{\"text\":\"Next.\"}\n");
    let dir = dir(&[("big.jsonl", &lines)]);
    let records = extract(dir.path(), &["big.jsonl"]);
    assert_eq!(of(&records, "status"), ["error", "ok"]);
    assert_eq!(records[0]["error"]["code"], "too_large");
    assert_eq!(records[1]["text"], "Next.");
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_one_record() {
    use std::os::unix::fs::PermissionsExt;
    let dir = dir(&[("a.txt", b"A."), ("b.txt", b"B.")]);
    let path = dir.path().join("a.txt");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(&path).is_ok() {
        // Straight to standard error: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: this user may read everything");
        return;
    }
    let records = extract(dir.path(), &["."]);
    assert_eq!(of(&records, "status"), ["error", "ok"]);
}

#[test]
fn strict_tells_failures_by_the_exit_code() {
    let dir = dir(&[("a.txt", b"A.")]);
    pullquote(dir.path()).args(["extract", "a.txt", "--strict", "-q"]).assert().code(0);
    pullquote(dir.path()).args(["extract", "a.txt", "gone.txt", "--strict", "-q"]).assert().code(1);
    pullquote(dir.path()).args(["extract", "a.txt", "gone.txt", "-q"]).assert().code(0);
}

#[test]
fn what_cannot_run_ends_with_2_and_says_why() {
    let dir = dir(&[("a.txt", b"A."), ("empty/a.png", b"")]);
    for (args, says) in [
        (vec!["extract"], "PATH"),
        (vec!["extract", "gone.txt"], "gone.txt: no such file"),
        (vec!["extract", "gone.txt", "away/", "-o", "new.jsonl"], "gone.txt and 1 more: no such file"),
        (vec!["extract", "a.txt", "--format", "pdf"], "pdf"),
        (vec!["extract", "a.txt", "-o", "no/such/dir/out.jsonl"], "no/such/dir/out.jsonl"),
        (vec!["extract", "a.txt", "-o", "a.txt"], "a.txt"),
        (vec!["extract", "https://example.org/a"], "nothing is fetched"),
        (vec!["extract", "a.txt", "-o", "out.csv"], "pullquote tables"),
        (vec!["extract", "a.txt", "-o", "out.jsonl.bz2"], ".gz and .zst"),
        (vec!["extract", "a.txt", "--jobs", "100000"], "from 0 to 1024"),
        (vec!["extract", "a.txt", "--limit", "1k"], "a whole number"),
        (vec!["extract", "a.txt", "--field", "text="], "FIELD=NAME"),
        (vec!["extract", "a.txt", "-o", "empty"], "empty is a directory"),
        (vec!["stats", "empty"], "empty is a directory"),
        (vec!["a.txt"], "pullquote extract a.txt"),
        (vec!["explain", "empty"], "no article"),
        (vec!["nonsense"], "nonsense"),
    ] {
        let assert = pullquote(dir.path()).args(&args).assert().code(2);
        let stderr = String::from_utf8_lossy(&assert.get_output().stderr).into_owned();
        assert!(stderr.contains(says), "{args:?}: {stderr}");
    }
    assert_eq!(fs::read(dir.path().join("a.txt")).expect("still there"), b"A.");
    assert!(!dir.path().join("new.jsonl.partial").exists());
}

#[cfg(not(feature = "train"))]
#[test]
fn a_build_that_cannot_train_says_how_to_make_one() {
    for arguments in [&["train"][..], &["train", "--help"], &["train", "names", "-o", "model.bin"]] {
        let told = pullquote(dir(&[]).path()).args(arguments).assert().code(2);
        let stderr = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
        assert!(stderr.contains("--features train"), "{stderr}");
    }
}

// ---- writing ---------------------------------------------------------------------------------------------------------

#[test]
fn the_same_bytes_for_any_number_of_jobs() {
    let run = |jobs: &str| {
        let corpus = corpus();
        let output = pullquote(corpus.parent().expect("corpora")).args(["extract", "sample", "-q", "--jobs", jobs]).assert().code(0);
        output.get_output().stdout.clone()
    };
    let one = run("1");
    assert!(records(&one).len() >= 40, "the sample has at least 40 articles");
    assert!(one == run("8"), "--jobs 8 gives other bytes than --jobs 1");
}

#[test]
fn every_record_has_every_key_of_the_schema() {
    let dir = dir(&[("a.txt", STORY.as_bytes())]);
    let schema: Value = serde_json::from_slice(&pullquote(dir.path()).arg("schema").assert().code(0).get_output().stdout).expect("JSON");
    let required: Vec<&str> = schema["required"].as_array().expect("keys").iter().filter_map(Value::as_str).collect();
    let articles = extract(dir.path(), &["a.txt", "gone.txt"]);
    for record in &articles {
        let keys: Vec<&str> = record.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(keys.len(), required.len());
        assert!(required.iter().all(|key| keys.contains(key)), "{record}");
        assert_eq!(record["schema"], "pullquote/1");
    }
    assert_eq!(schema["properties"].as_object().expect("properties").len(), required.len());
}

#[test]
fn the_output_is_compressed_by_its_suffix_and_read_back() {
    let dir = dir(&[("a.txt", STORY.as_bytes())]);
    let plain = pullquote(dir.path()).args(["extract", "a.txt", "-q"]).assert().get_output().stdout.clone();
    for name in ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"] {
        pullquote(dir.path()).args(["extract", "a.txt", "-q", "-o", name]).assert().code(0).stdout("");
        let bytes = fs::read(dir.path().join(name)).expect("written");
        let mut read = Vec::new();
        match name.rsplit('.').next() {
            Some("gz") => drop(flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut read).expect("gzip")),
            Some("zst") => read = zstd::decode_all(&bytes[..]).expect("zstandard"),
            _ => read = bytes,
        }
        assert!(read == plain, "{name}");
    }
}

#[test]
fn an_output_inside_the_input_is_not_read() {
    let dir = dir(&[("n/a.txt", b"A.")]);
    for _ in 0..2 {
        pullquote(dir.path()).args(["extract", "n", "-q", "--force", "-o", "n/out.jsonl"]).assert().code(0);
        assert_eq!(records(&fs::read(dir.path().join("n/out.jsonl")).expect("written")).len(), 1);
    }
}

#[test]
fn text_can_be_left_out_and_offsets_counted_otherwise() {
    let dir = dir(&[("a.txt", "👍 “Ça va,” said Ilse Orm.".as_bytes())]);
    let start = |args: &[&str]| extract(dir.path(), args)[0]["quotes"][0]["start"].as_u64();
    assert_eq!(start(&["a.txt"]), Some(2));
    assert_eq!(start(&["a.txt", "--offsets", "utf16"]), Some(3));
    assert_eq!(start(&["a.txt", "--offsets", "byte"]), Some(5));
    assert_eq!(extract(dir.path(), &["a.txt", "--no-text"])[0]["text"], "");
}

#[test]
fn a_reader_that_leaves_early_ends_the_run_quietly() {
    let many = format!("{}\n", serde_json::json!({"text": STORY.repeat(20)})).repeat(2000);
    let dir = dir(&[("many.jsonl", many.as_bytes())]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
        .current_dir(dir.path())
        .args(["extract", "many.jsonl", "--progress", "never"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    assert!(serde_json::from_str::<Value>(&first).is_ok());
    let mut stderr = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut stderr).expect("UTF-8");
    assert_eq!(child.wait().expect("ends").code(), Some(0), "{stderr}");
    assert_eq!(stderr, "");
}

#[test]
fn a_slow_pipe_gets_each_record_as_it_is_done() {
    let dir = dir(&[]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
        .current_dir(dir.path())
        .args(["extract", "-", "-q"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
    for n in 0..3 {
        // The next line is sent only when the record of this one is here.
        writeln!(stdin, "{}", serde_json::json!({"id": n, "text": STORY})).expect("taken");
        let mut record = String::new();
        stdout.read_line(&mut record).expect("a line");
        assert!(record.contains(&format!("\"record\":{n}")), "{record}");
    }
    drop(stdin);
    assert_eq!(child.wait().expect("ends").code(), Some(0));
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_whole_lines_and_exit_code_130() {
    let dir = dir(&[]);
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
        .current_dir(dir.path())
        .args(["extract", "-", "-q", "-o", "out.jsonl"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut stdin = child.stdin.take().expect("piped");
    let line = format!("{}\n", serde_json::json!({"text": STORY}));
    stdin.write_all(line.repeat(20).as_bytes()).expect("taken");
    stdin.flush().expect("taken");
    std::thread::sleep(Duration::from_millis(1500));
    // Standard input stays open: the program must end all the same.
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill is there");
    let ended = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        child.try_wait().expect("a child")
    });
    if ended.is_none() {
        child.kill().expect("killed");
    }
    assert_eq!(ended.and_then(|status| status.code()), Some(130));
    drop(stdin);
    assert!(!dir.path().join("out.jsonl").exists(), "a run cut off has no whole output");
    assert!(!records(&fs::read(dir.path().join("out.jsonl.partial")).expect("written")).is_empty());
}

// ---- what is told ----------------------------------------------------------------------------------------------------

#[test]
fn the_summary_goes_to_standard_error_and_quiet_silences_it() {
    let dir = dir(&[("a.txt", STORY.as_bytes())]);
    let told = pullquote(dir.path()).args(["extract", "a.txt"]).assert().code(0);
    let stderr = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    for word in ["1 article\n", "words", "1 person,", "organisation", "figure", "1 quote,", "attributed", "MB/s"] {
        assert!(stderr.contains(word), "{word:?} is not in {stderr}");
    }
    pullquote(dir.path()).args(["extract", "a.txt", "--quiet"]).assert().code(0).stderr("");
}

#[test]
fn a_folder_without_articles_says_what_would_be_taken() {
    let dir = dir(&[("pictures/a.png", b"\x89PNG")]);
    let told = pullquote(dir.path()).args(["extract", "pictures"]).assert().code(0).stdout("");
    let stderr = String::from_utf8_lossy(&told.get_output().stderr).into_owned();
    assert!(stderr.starts_with("0 articles\n") && stderr.contains("no file was found to read") && stderr.contains("--glob"), "{stderr}");
}

#[test]
fn progress_is_shown_when_asked_for() {
    let dir = dir(&[("a.txt", STORY.as_bytes())]);
    let shown = pullquote(dir.path()).args(["extract", "a.txt", "--progress", "always"]).assert().code(0);
    let stderr = String::from_utf8_lossy(&shown.get_output().stderr).into_owned();
    assert!(stderr.contains("articles/s"), "{stderr}");
}

#[test]
fn help_teaches() {
    let dir = dir(&[]);
    for args in [vec!["--help"], vec!["extract", "--help"]] {
        let help = pullquote(dir.path()).args(&args).assert().code(0);
        let text = String::from_utf8_lossy(&help.get_output().stdout).into_owned();
        assert!(text.contains("Examples:"), "{text}");
    }
}

#[test]
fn doubtful_speakers_are_left_out_on_request() {
    let dir = dir(&[("story.txt", STORY.as_bytes())]);
    let speaker = |arguments: &[&str]| {
        let mut all = vec!["story.txt"];
        all.extend(arguments);
        let record = extract(dir.path(), &all).remove(0);
        let quote = &record["quotes"][0];
        (quote["speaker"]["name"].as_str().map(str::to_owned), quote["cue"].is_null(), quote["kind"].as_str().map(str::to_owned))
    };
    let sure = (Some("Ilse Orm".to_owned()), false, Some("direct".to_owned()));
    assert_eq!(speaker(&[]), sure);
    assert_eq!(speaker(&["--min-confidence", "0.5"]), sure);
    assert_eq!(speaker(&["--min-confidence", "1"]), (None, true, Some("direct".to_owned())));
    let refused = pullquote(dir.path()).args(["extract", "story.txt", "--min-confidence", "1.5"]).assert().code(2);
    let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(told.contains("from 0 to 1"), "{told}");
}

#[test]
fn turns_of_an_interview_are_quotes_on_request() {
    let interview =
        "Ilse Orm runs the quay. Tove Roe asked why it is shut.\n\nRoe: Why?\n\nOrm: It rained.\n\nRoe: And now?\n\nOrm: We wait.\n";
    let dir = dir(&[("interview.txt", interview.as_bytes())]);
    let quotes = |arguments: &[&str]| {
        let mut all = vec!["interview.txt"];
        all.extend(arguments);
        let record = extract(dir.path(), &all).remove(0);
        let quotes = record["quotes"].as_array().expect("an array").clone();
        quotes
            .iter()
            .map(|q| format!("{} {}", q["speaker"]["name"].as_str().unwrap_or("-"), q["content"].as_str().unwrap_or("-")))
            .collect()
    };
    let none: Vec<String> = quotes(&[]);
    assert_eq!(none, Vec::<String>::new());
    let turns: Vec<String> = quotes(&["--turns"]);
    assert_eq!(turns, ["Tove Roe Why?", "Ilse Orm It rained.", "Tove Roe And now?", "Ilse Orm We wait."]);
}

#[test]
fn shells_and_manuals_are_told_of_every_command() {
    let dir = dir(&[]);
    let printed = |arguments: &[&str]| {
        String::from_utf8_lossy(&pullquote(dir.path()).args(arguments).assert().code(0).get_output().stdout).into_owned()
    };
    assert!(printed(&["completions", "bash"]).contains("--min-confidence"));
    assert!(printed(&["completions", "fish"]).contains("explain"));
    // A reader that leaves early (`| head`) is no fault.
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
        .args(["completions", "zsh"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("ends");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
    assert!(printed(&["man"]).contains(".TH pullquote 1"));
    printed(&["man", "-d", "man"]);
    assert!(fs::read_to_string(dir.path().join("man/pullquote-extract.1")).expect("a page").contains("resume"));
}

#[test]
fn an_announced_paragraph_is_a_quote_on_request() {
    let text = "A letter went out on Monday. In it, Ilse Orm, the chair of the board, wrote:\n\n\
        We have lost two winters to this quay. I will not lose a third one.\n\nMembers meet on Friday.\n";
    let dir = dir(&[("a.txt", text.as_bytes())]);
    assert_eq!(extract(dir.path(), &["a.txt"])[0]["quotes"].as_array().map(Vec::len), Some(0));
    let quote = &extract(dir.path(), &["a.txt", "--turns"])[0]["quotes"][0];
    assert_eq!(quote["content"], "We have lost two winters to this quay. I will not lose a third one.");
    assert_eq!((&quote["kind"], &quote["speaker"]["name"]), (&"direct".into(), &"Ilse Orm".into()));
}
