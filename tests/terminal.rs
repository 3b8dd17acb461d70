//! Nothing of what others wrote steers a terminal: control characters, escape sequences and marks that turn text about, in names of files,
//! ids, titles, keys, arguments and error messages, on standard error, in progress and in what is shown.
#![cfg(unix)]

mod common;

use common::{STORY, pullquote};
use std::{ffi::OsString, fs, path::Path};

/// Clears the screen, names the window, moves up by a single-byte control, turns text about, erases.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}1A\u{202e}\u{7f}\r";

fn is_obeyed(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// What the program prints, to both; nothing in it is obeyed but the colours that it sends itself.
fn seen(folder: &Path, arguments: &[&str]) -> String {
    let mut both = String::new();
    for colour in ["0", "1"] {
        let mut command = pullquote(folder);
        if colour == "1" {
            command.env("CLICOLOR_FORCE", "1");
        }
        let output = command.args(arguments.iter().map(OsString::from)).write_stdin("").output().expect("it runs");
        assert_ne!(output.status.code(), Some(101), "{arguments:?}: a panic");
        both = String::from_utf8(output.stdout).expect("UTF-8") + &String::from_utf8(output.stderr).expect("UTF-8");
        let own = ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[3m", "\u{1b}[4m"].map(str::to_owned).into_iter();
        let own = own.chain((31..=36).map(|colour| format!("\u{1b}[{colour}m")));
        both = own.fold(both, |text, own| text.replace(&own, ""));
        assert!(!both.contains(is_obeyed), "{arguments:?}: {both:?}");
    }
    both
}

/// As a picture, as JSON writes it, as Rust does.
fn is_seen(both: &str) -> bool {
    ["␛[2J", "\\u001b[2J", "\\u{1b}[2J"].iter().any(|escape| both.contains(escape))
}

fn escaped(text: &str) -> String {
    serde_json::json!(text).to_string()
}

#[test]
fn names_of_files_and_arguments_are_shown_and_not_obeyed() {
    let file = format!("{EVIL}.txt");
    let missing = format!("no{EVIL}\nwhole; done");
    let dir = common::dir(&[(&file, STORY.as_bytes()), ("a.txt", STORY.as_bytes())]);
    for arguments in [
        &["extract", &missing][..],
        &["extract", &file, "--progress", "always"],
        &["extract", &missing, "--progress", "always", "--strict"],
        &["extract", "a.txt", &format!("--{EVIL}")],
        &["extract", "a.txt", "--format", EVIL],
        &["extract", "a.txt", "--field", EVIL],
        &["extract", "a.txt", "--shard", EVIL],
        &["extract", "a.txt", "--glob", &format!("{{{EVIL}")],
        &["extract", "a.txt", "--model", EVIL],
        &["extract", "a.txt", "--gazetteer", EVIL],
        &["extract", "a.txt", "--files-from", EVIL],
        &["extract", "a.txt", "-o", &format!("{EVIL}/o")],
        &["extract", "a.txt", "-o", &format!("{EVIL}.jsonl")],
        &["extract", "a.txt", "-o", &format!("{EVIL}.jsonl")],
        &["extract", "a.txt", "-o", &format!("{EVIL}.jsonl"), "--resume"],
        &[EVIL],
        &["show", &file],
        &["show", &missing],
        &["explain", &missing],
        &["evaluate", &file],
        &["evaluate", &missing],
        &["stats", &file],
        &["tables", &missing, "-d", "t"],
        &["tables", &format!("{EVIL}.jsonl"), "-d", &format!("{EVIL}t")],
        &["tables", &format!("{EVIL}.jsonl"), "-d", &format!("{EVIL}t")],
        &["report", &format!("{EVIL}.jsonl"), "-o", &format!("{EVIL}.html")],
        &["report", &format!("{EVIL}.jsonl"), "-o", &format!("{EVIL}.html")],
        &["man", "-d", &format!("{file}/x")],
    ] {
        let both = seen(dir.path(), arguments);
        assert!(is_seen(&both), "{arguments:?}: {both}");
    }
    for arguments in [&["explain", &file][..], &["bench", &missing]] {
        seen(dir.path(), arguments);
    }
    // One line each, whatever the name says.
    let told = seen(dir.path(), &["stats", &missing]);
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn ids_titles_and_keys_are_shown_and_not_obeyed() {
    let evil = escaped(EVIL);
    let article = format!(
        "{{\"id\": {evil}, \"title\": {evil}, \"author\": {evil}, \"site\": {evil}, \"section\": {evil}, \"url\": {evil}, \"text\": {}}}\n",
        escaped(&format!("“We are {EVIL} ready,” said Ilse{EVIL} Orm of {EVIL} Acme Corp., who paid 5{EVIL} per cent."))
    );
    let gold = format!(
        "{{\"id\": {evil}, \"text\": {}, \"quotes\": [], \"sentences\": [[0, 5]], \"figures\": [], \"people\": []}}\n",
        escaped(&format!("“We {EVIL} are ready,” said Ilse Orm. She paid $5 {EVIL}."))
    );
    let dir = common::dir(&[
        ("a.jsonl", article.as_bytes()),
        ("keys.jsonl", format!("{{{evil}: 1}}\n").as_bytes()),
        ("gold.jsonl", gold.as_bytes()),
        ("bad.jsonl", format!("{{\"id\": {evil}, \"text\": \"a\", \"sentences\": [[0, 60]]}}\n").as_bytes()),
        ("schema.jsonl", format!("{{\"schema\": {evil}}}\n").as_bytes()),
        ("names.csv", format!("name,{EVIL}\nx,y\n").as_bytes()),
        ("names.jsonl", format!("{{\"name\": \"x\", \"type\": {evil}}}\n").as_bytes()),
    ]);
    for arguments in [
        &["extract", "a.jsonl"][..],
        &["extract", "keys.jsonl", "--progress", "always"],
        &["show", "a.jsonl"],
        &["show", "a.jsonl", "--color", "always"],
        &["explain", "a.jsonl"],
        &["evaluate", "gold.jsonl", "--errors", "9"],
        &["evaluate", "bad.jsonl"],
        &["stats", "schema.jsonl"],
        &["tables", "schema.jsonl", "-d", "t"],
        &["extract", "a.jsonl", "--gazetteer", "names.jsonl"],
    ] {
        let both = seen(dir.path(), arguments);
        assert!(is_seen(&both), "{arguments:?}: {both}");
    }
    seen(dir.path(), &["extract", "a.jsonl", "--gazetteer", "names.csv"]);
    assert_eq!(common::extract(dir.path(), &["a.jsonl", "-o", "out.jsonl"]).len(), 0);
    seen(dir.path(), &["stats", "out.jsonl"]);
    seen(dir.path(), &["bench", "a.jsonl", "--repeat", "1"]);
}

/// The journal of a run may have been written by anyone.
#[test]
fn a_journal_is_shown_and_not_obeyed() {
    let evil = escaped(EVIL);
    let dir = common::dir(&[("a.txt", STORY.as_bytes()), ("out.jsonl.partial", b"")]);
    for journal in [format!("{{\"program\": {evil}, \"arguments\": [{evil}, \"\\n\"]}}"), EVIL.to_owned()] {
        fs::write(dir.path().join("out.jsonl.run.json"), journal).expect("a journal");
        let told = seen(dir.path(), &["extract", "a.txt", "-o", "out.jsonl", "--resume"]);
        assert!(told.starts_with("pullquote: ") && told.lines().count() == 1, "{told}");
    }
}
