//! Long runs: parts of the input, outputs that are whole, and runs that are cut off.

mod common;

use common::{STORY, dir, extract, pullquote, records};
use serde_json::Value;
use std::{fs, time::Duration};

/// JSON Lines of `count` articles.
fn archive(count: usize) -> String {
    (0..count).map(|n| format!("{}\n", serde_json::json!({"text": format!("{STORY} It was day {n}."), "id": n}))).collect()
}

#[test]
fn shards_fit_together_and_limits_and_samples_take_what_they_say() {
    let dir = dir(&[("a.jsonl", archive(60).as_bytes())]);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let mut all = vec!["a.jsonl"];
        all.extend(arguments);
        extract(dir.path(), &all).iter().map(|record| record["source"]["id"].as_str().expect("an id").to_owned()).collect()
    };
    let whole = ids(&[]);
    let mut parts: Vec<String> = ["1/3", "2/3", "3/3"].iter().flat_map(|shard| ids(&["--shard", shard])).collect();
    parts.sort_by_key(|id| id.parse::<usize>().expect("a number"));
    assert_eq!(parts, whole);
    assert_eq!(ids(&["--limit", "7", "--jobs", "2"]), whole[..7]);
    let sample = ids(&["--sample", "0.3"]);
    assert!((5..35).contains(&sample.len()), "{sample:?}");
    assert_eq!(ids(&["--sample", "0.3", "--jobs", "1"]), sample);
    assert_eq!(ids(&["--sample", "0.3", "--limit", "3"]), sample[..3]);
    let wrong = pullquote(dir.path()).args(["extract", "a.jsonl", "--shard", "4/3"]).assert().code(2);
    assert!(String::from_utf8_lossy(&wrong.get_output().stderr).contains("1/4 to 4/4"));
}

#[test]
fn paths_come_from_a_file_too() {
    let dir = dir(&[
        ("a.txt", STORY.as_bytes()),
        ("b\nc.txt", STORY.as_bytes()),
        ("lines", b"a.txt\n\nno.txt\r\n"),
        ("nul", b"b\nc.txt\0a.txt\0"),
    ]);
    let paths = |arguments: &[&str]| -> Vec<String> {
        let records = extract(dir.path(), arguments);
        records.iter().map(|record| record["source"]["path"].as_str().expect("a path").to_owned()).collect()
    };
    assert_eq!(paths(&["--files-from", "lines"]), ["a.txt", "no.txt"]);
    assert_eq!(paths(&["-0", "--files-from", "nul"]), ["b\nc.txt", "a.txt"]);
    assert_eq!(paths(&["a.txt", "--files-from", "lines"]), ["a.txt", "a.txt", "no.txt"]);
    let missing = pullquote(dir.path()).args(["extract", "--files-from", "none"]).assert().code(2);
    assert!(String::from_utf8_lossy(&missing.get_output().stderr).contains("could not read the list of files none"));
}

#[test]
fn an_output_is_not_overwritten_unasked_and_says_what_made_it() {
    let dir = dir(&[("a.jsonl", archive(3).as_bytes())]);
    let run = |arguments: &[&str]| pullquote(dir.path()).args(["extract", "a.jsonl", "-q", "-o", "out.jsonl"]).args(arguments).assert();
    run(&[]).code(0);
    let first = fs::read(dir.path().join("out.jsonl")).expect("written");
    let refused = run(&[]).code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--force"));
    run(&["--force"]).code(0);
    assert_eq!(fs::read(dir.path().join("out.jsonl")).expect("written"), first);
    let journal: Value = serde_json::from_slice(&fs::read(dir.path().join("out.jsonl.run.json")).expect("written")).expect("JSON");
    assert_eq!((&journal["status"], &journal["articles"], &journal["failed"]), (&"done".into(), &3.into(), &0.into()));
    assert!(!dir.path().join("out.jsonl.partial").exists());
}

#[test]
fn a_run_killed_at_any_moment_goes_on_to_the_same_bytes() {
    let dir = dir(&[("in/a.jsonl", archive(1500).as_bytes()), ("in/b.txt", STORY.as_bytes()), ("in/c.jsonl", archive(1500).as_bytes())]);
    for name in ["out.jsonl", "out.jsonl.zst"] {
        pullquote(dir.path()).args(["extract", "in", "-q", "-o", &format!("whole-{name}")]).assert().code(0);
        let arguments = ["extract", "in", "-q", "--jobs", "1", "-o", name, "--resume"];
        let mut killed = 0;
        for wait in [20, 35, 50, 65, 80, 30, 45, 60, 75, 90] {
            let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
                .current_dir(dir.path())
                .args(arguments)
                .spawn()
                .expect("starts");
            std::thread::sleep(Duration::from_millis(wait));
            // SIGKILL: nothing can be tidied up.
            let _ = child.kill();
            killed += u32::from(!child.wait().expect("ends").success());
        }
        assert!(killed > 0, "the machine is faster than this test: nothing was cut off");
        pullquote(dir.path()).args(arguments).assert().code(0);
        let (resumed, whole) = (fs::read(dir.path().join(name)), fs::read(dir.path().join(format!("whole-{name}"))));
        assert!(resumed.expect("written") == whole.expect("written"), "{name}");
    }
}

#[test]
fn only_the_same_run_goes_on() {
    let dir = dir(&[("a.jsonl", archive(5).as_bytes()), ("b.jsonl", archive(5).as_bytes())]);
    let run = |arguments: &[&str]| pullquote(dir.path()).args(["extract", "-q", "-o", "out.jsonl"]).args(arguments).assert();
    run(&["a.jsonl", "--limit", "2"]).code(0);
    fs::rename(dir.path().join("out.jsonl"), dir.path().join("out.jsonl.partial")).expect("renamed");
    let refused = run(&["a.jsonl"]).code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("--resume"));
    let other = run(&["a.jsonl", "--no-text", "--resume"]).code(2);
    assert!(String::from_utf8_lossy(&other.get_output().stderr).contains("other flags"));
    run(&["a.jsonl", "--resume"]).code(0);
    assert_eq!(records(&fs::read(dir.path().join("out.jsonl")).expect("written")).len(), 5);
    // Done already: nothing to do.
    run(&["a.jsonl", "--resume"]).code(0);
}

/// A part from which lines were taken, or to which some were added, is told, and never gone on with: a record would be lost or doubled.
#[test]
fn a_part_that_does_not_follow_the_input_is_refused() {
    let dir = dir(&[("a.jsonl", archive(9).as_bytes()), ("b.jsonl", archive(9).as_bytes())]);
    let part = dir.path().join("out.jsonl.partial");
    for flags in [&[][..], &["--shard", "1/2"], &["--dedupe", "exact"]] {
        let run = |arguments: &[&str]| {
            pullquote(dir.path()).args(["extract", "-q", "a.jsonl", "b.jsonl", "-o", "out.jsonl"]).args(flags).args(arguments).assert()
        };
        run(&["--force"]).code(0);
        let whole = fs::read_to_string(dir.path().join("out.jsonl")).expect("written");
        let lines: Vec<&str> = whole.split_inclusive('\n').collect();
        let foreign = "{\"source\": {\"path\": \"c.jsonl\", \"record\": 0}}\n";
        let changed = [
            [&lines[..1], &lines[2..4]].concat(),
            [&lines[..2], &lines[1..4]].concat(),
            vec![lines[1], lines[0]],
            vec![lines[0], foreign],
            [&lines[..], &lines[..1]].concat(),
        ];
        for lines in changed {
            for file in ["out.jsonl", "out.jsonl.run.json"] {
                let _ = fs::remove_file(dir.path().join(file));
            }
            fs::write(&part, lines.concat()).expect("a part");
            let refused = run(&["--resume"]).code(2);
            let told = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
            assert!(told.contains("does not fit the input") && told.contains("--force"), "{told}");
            assert_eq!(fs::read_to_string(&part).expect("still there"), lines.concat());
        }
        // As it was, it is gone on with.
        fs::write(&part, lines[..3].concat()).expect("a part");
        let _ = fs::remove_file(dir.path().join("out.jsonl.run.json"));
        run(&["--resume"]).code(0);
        assert_eq!(fs::read_to_string(dir.path().join("out.jsonl")).expect("written"), whole);
    }
}

#[test]
fn a_journal_that_cannot_be_read_is_not_taken_for_none() {
    let dir = dir(&[("a.jsonl", archive(2).as_bytes()), ("out.jsonl.partial", b""), ("out.jsonl.run.json/x", b"")]);
    let refused = pullquote(dir.path()).args(["extract", "-q", "a.jsonl", "-o", "out.jsonl", "--resume"]).assert().code(2);
    assert!(String::from_utf8_lossy(&refused.get_output().stderr).contains("could not read out.jsonl.run.json"));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_as_it_is() {
    let dir = dir(&[("a.jsonl", archive(2).as_bytes())]);
    pullquote(dir.path()).args(["extract", "a.jsonl", "-q", "-o", "/dev/null"]).assert().code(0).stderr("");
}
