//! `show`, `explain`, `bench` and `evaluate` as a user meets them.

use assert_cmd::{Command, assert::Assert};
use std::path::PathBuf;

fn pullquote(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pullquote"));
    command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn stdout(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stdout.clone()).expect("UTF-8")
}

fn stderr(assert: &Assert) -> String {
    String::from_utf8(assert.get_output().stderr.clone()).expect("UTF-8")
}

/// A folder with one file in it.
fn file(name: &str, content: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join(name);
    std::fs::write(&path, content).expect("the file is writable");
    (folder, path)
}

const ARTICLE: &str = "Ilse Orm opened the sluice on Monday.\n\n“It was that or the village,” she said. \u{1b}[31mred\u{1b}[m\n";

#[test]
fn show_marks_quotes_and_sends_no_control_characters() {
    let (_folder, path) = file("article.txt", ARTICLE);
    let path = path.to_str().expect("UTF-8");
    let plain = stdout(&pullquote(&["show", path]).assert().success());
    assert!(plain.contains("{q0 “It was that or the village,” ←"), "{plain}");
    assert!(plain.contains("␛[31mred␛[m"), "{plain}");
    assert!(!plain.contains('\u{1b}'), "no colour off a terminal: {plain:?}");

    let coloured = stdout(&pullquote(&["show", path, "--color", "always"]).assert().success());
    assert!(coloured.contains('\u{1b}'));
    assert!(coloured.contains("␛[31m"), "the article's own escape stays visible: {coloured:?}");
    let never = stdout(&pullquote(&["show", path, "--color", "never"]).assert().success());
    assert_eq!(never, plain);
}

#[test]
fn show_picks_a_record() {
    let lines = "{\"text\": \"Rain at last.\"}\n{\"text\": \"Wind again.\"}\n";
    let (_folder, path) = file("two.jsonl", lines);
    let path = path.to_str().expect("UTF-8");
    let both = stdout(&pullquote(&["show", path]).assert().success());
    assert!(both.contains("Rain at last.") && both.contains("Wind again."));
    let second = stdout(&pullquote(&["show", path, "--record", "1"]).assert().success());
    assert!(!second.contains("Rain at last.") && second.contains("Wind again."));
    let none = stderr(&pullquote(&["show", path, "--record", "2"]).assert().code(2));
    assert!(none.contains("there is no record 2"), "{none}");
}

#[test]
fn explain_says_who_was_considered_and_what_decided() {
    let (_folder, path) = file("article.txt", ARTICLE);
    let path = path.to_str().expect("UTF-8");
    let all = stdout(&pullquote(&["explain", path]).assert().success());
    assert!(all.starts_with("q0 direct  “It was that or the village,”"), "{all}");
    assert!(all.contains("speaker: she = Ilse Orm  rule subject_of_cue"), "{all}");
    assert!(all.contains("1. she = Ilse Orm  chance 0.9"), "{all}");
    assert!(all.contains("subject of the cue “said”"), "{all}");
    let one = stdout(&pullquote(&["explain", &format!("{path}:q0")]).assert().success());
    assert_eq!(one, all);
    let none = stderr(&pullquote(&["explain", &format!("{path}:q4")]).assert().code(2));
    assert!(none.contains("there is no quote q4"), "{none}");
    pullquote(&["explain", &format!("{path}.missing")]).assert().code(2);

    // Of several articles it says which one a quote is of.
    let line = format!("{}\n", serde_json::json!({"text": ARTICLE}));
    let (_folder, path) = file("two.jsonl", &line.repeat(2));
    let path = path.to_str().expect("UTF-8");
    let both = stdout(&pullquote(&["explain", path]).assert().success());
    assert!(both.contains("two.jsonl, record 0 ──") && both.contains("two.jsonl, record 1 ──"), "{both}");
    let one = stdout(&pullquote(&["explain", path, "--record", "1"]).assert().success());
    assert_eq!(one, all);
}

#[test]
fn bench_counts_what_it_measures() {
    let (_folder, path) = file("article.txt", ARTICLE);
    let path = path.to_str().expect("UTF-8");
    let json = stdout(&pullquote(&["bench", path, "--repeat", "2", "--json"]).assert().success());
    let report: serde_json::Value = serde_json::from_str(&json).expect("one JSON object");
    assert_eq!(report["found"]["quotes"], 1);
    assert_eq!(report["articles"], 1);
    let stages: Vec<&str> = report["stages"].as_array().expect("stages").iter().filter_map(|stage| stage["stage"].as_str()).collect();
    assert_eq!(stages[..4], ["language", "tokens", "sentences", "quotes"]);
    assert!(report["one_thread"]["words_per_second"].as_f64().expect("a number") > 0.0);
    let table = stdout(&pullquote(&["bench", path, "--repeat", "1"]).assert().success());
    assert!(table.contains("whole, 1 thread"), "{table}");
    let (_folder, empty) = file("empty.txt", "");
    pullquote(&["bench", empty.to_str().expect("UTF-8")]).assert().code(2);
}

const GOLD: &str = r#"{"id": "a", "text": "It rained. We left.", "sentences": [[0, 10], [11, 19]]}
{"id": "b", "text": "“It is over at last,” he said. He left.", "quotes": [], "sentences": [[0, 39]]}
"#;

#[test]
fn evaluate_scores_the_layers_that_are_there_and_lists_errors() {
    let (_folder, path) = file("gold.jsonl", GOLD);
    let path = path.to_str().expect("UTF-8");
    let table = stdout(&pullquote(&["evaluate", path, "--errors", "5"]).assert().success());
    assert!(table.contains("sentences (inner boundaries)") && table.contains("quotes, exact"), "{table}");
    assert!(!table.contains("figures"), "{table}");
    assert!(table.contains("extra | b | “It is over at last,” he said. ⏐ He left."), "{table}");
    let only = stdout(&pullquote(&["evaluate", path, "--layer", "quotes", "--json"]).assert().success());
    let only: serde_json::Value = serde_json::from_str(&only).expect("one JSON object");
    assert!(only["sentences"].is_null());
    assert_eq!(only["quotes"]["exact"]["found"], 1);
    let piped = stdout(&pullquote(&["evaluate", "-", "--errors", "5"]).write_stdin(GOLD).assert().success());
    assert_eq!(piped, table);
    let none = stderr(&pullquote(&["evaluate", path, "--layer", "figures"]).assert().code(2));
    assert!(none.contains("no line has a layer of figures"), "{none}");
}

#[test]
fn evaluate_names_a_bad_gold_line() {
    let (_folder, path) = file("gold.jsonl", "{\"id\": \"a\", \"text\": \"Short.\", \"sentences\": [[0, 60]]}\n");
    let message = stderr(&pullquote(&["evaluate", path.to_str().expect("UTF-8")]).assert().code(2));
    assert!(message.contains("line 1 (a): sentences 0..60 is not inside the text of 6 code points"), "{message}");
    pullquote(&["evaluate", "no-such-file.jsonl"]).assert().code(2);
}
