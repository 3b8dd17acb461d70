//! Files of any name: not of text, of several lines, with a space at the end, like a flag. Each is read, told of by its name, and found
//! again by it.
#![cfg(unix)]

mod common;

use common::{STORY, extract, pullquote, records};
use serde_json::Value;
use std::{
    ffi::{OsStr, OsString},
    fs,
    os::unix::ffi::OsStrExt as _,
    path::Path,
};

/// In the order of their bytes.
const NAMES: [&[u8]; 8] = [b" ", b"--", b"-q", b"a.txt ", b"b\nc.txt", b"c\r", b"caf\xE8.txt", b"caf\xE9.txt"];
const TOLD: [&str; 8] = [" ", "--", "-q", "a.txt ", "b\nc.txt", "c\r", "caf\\xE8.txt", "caf\\xE9.txt"];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (number, name) in NAMES.iter().enumerate() {
        fs::write(folder.path().join(OsStr::from_bytes(name)), format!("{STORY} It was day {number}.")).expect("a file");
    }
    folder
}

fn paths(records: &[Value]) -> Vec<&str> {
    assert!(records.iter().all(|record| record["status"] == "ok"), "{records:#?}");
    records.iter().map(|record| record["source"]["path"].as_str().expect("a path")).collect()
}

fn names() -> impl Iterator<Item = OsString> {
    NAMES.iter().map(|name| OsStr::from_bytes(name).to_owned())
}

#[test]
fn files_of_any_name_are_read_and_named() {
    let folder = folder();
    let output = pullquote(folder.path()).args(["extract", "-q", "--"]).args(names()).assert().code(0).get_output().stdout.clone();
    assert_eq!(paths(&records(&output)), TOLD);
    // In a list; of lines, a name with a line break is two.
    fs::write(folder.path().join("nul"), NAMES.join(&0)).expect("a file");
    assert_eq!(paths(&extract(folder.path(), &["-0", "--files-from", "nul"])), TOLD);
    let lines = [NAMES[1], NAMES[3], b"  ", b"", NAMES[7]].join(&b"\r\n"[..]);
    fs::write(folder.path().join("lines"), lines).expect("a file");
    assert_eq!(paths(&extract(folder.path(), &["--files-from", "lines"])), [TOLD[1], TOLD[3], TOLD[7]]);
    fs::remove_file(folder.path().join("nul")).and_then(|()| fs::remove_file(folder.path().join("lines"))).expect("removed");
    let walked = extract(folder.path(), &[".", "--glob", "*"]);
    assert_eq!(paths(&walked), TOLD.map(|name| format!("./{name}")));
}

/// What made an output is written beside it, whatever the arguments are.
#[test]
fn a_journal_names_files_of_any_name() {
    let folder = folder();
    let run = || {
        let mut command = pullquote(folder.path());
        command.args(["extract", "-q", "--resume", "-o"]).arg(OsStr::from_bytes(b"o\xE9\n.jsonl")).arg("--").args(names());
        command
    };
    run().assert().code(0);
    let output = |end: &str| folder.path().join(OsStr::from_bytes(&[b"o\xE9\n.jsonl", end.as_bytes()].concat()));
    let whole = fs::read(output("")).expect("written");
    assert_eq!(paths(&records(&whole)), TOLD);
    let journal: Value = serde_json::from_slice(&fs::read(output(".run.json")).expect("written")).expect("JSON");
    let arguments: Vec<&str> = journal["arguments"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!((arguments[4], &arguments[6..]), ("o\\xE9\n.jsonl", &TOLD[..]));
    // And it is gone on with.
    let first = whole.split_inclusive(|&byte| byte == b'\n').next().expect("a line");
    fs::write(output(".partial"), first).expect("a part");
    fs::remove_file(output("")).expect("removed");
    run().assert().code(0);
    assert!(fs::read(output("")).expect("written") == whole);
}

#[test]
fn a_path_is_told_as_it_stands_in_records() {
    let folder = folder();
    let told = |arguments: &[&[u8]]| {
        let arguments = arguments.iter().map(|argument| OsStr::from_bytes(argument));
        let output = pullquote(folder.path()).args(arguments).assert().code(2).get_output().stderr.clone();
        String::from_utf8(output).expect("UTF-8")
    };
    assert!(told(&[b"show", b"n\xE9"]).contains("pullquote: n\\xE9: no such file"));
    assert!(told(&[b"show", b"-x.txt"]).contains("'-- -x'"));
    for arguments in [&[&b"tables"[..], b"-d", b"t"][..], &[b"stats"], &[b"report", b"-o", b"r.html"]] {
        let told = told(&[arguments, &[&b"caf\xE9.txt"[..]]].concat());
        assert!(told.contains("caf\\xE9.txt: line 1 is no record"), "{told}");
    }
    assert!(told(&[b"evaluate", b"n\xE9"]).contains("n\\xE9: no such file"));
    assert!(told(&[b"extract", b".", b"--model", b"n\xE9"]).contains("n\\xE9: make a model"));
    assert!(told(&[b"extract", b".", b"--gazetteer", b"n\xE9"]).contains("n\\xE9"));
    assert!(told(&[b"extract", b".", b"-o", b"n\xE9/o"]).contains("n\\xE9/o"));
    assert!(told(&[b"explain", b"caf\xE9.txt:q9"]).contains("no quote q9"));
    pullquote(folder.path()).arg("explain").arg(OsStr::from_bytes(b"caf\xE9.txt:q0")).assert().code(0);
}

/// `-` is standard input where a path is asked for, and `./-` a file of that name.
#[test]
fn a_dash_is_standard_input_and_a_file_may_be_called_so() {
    let dir = common::dir(&[("-", b"In a file."), ("list", b"-\n./-\n")]);
    let text = |arguments: &[&str]| {
        let output = pullquote(dir.path()).args(arguments).write_stdin("From a pipe.").assert().code(0).get_output().stdout.clone();
        String::from_utf8(output).expect("UTF-8")
    };
    for (argument, expected) in [("-", "From a pipe."), ("./-", "In a file.")] {
        assert!(text(&["extract", "-q", argument]).contains(expected));
        assert!(text(&["show", argument]).contains(expected));
    }
    let listed = text(&["extract", "-q", "--files-from", "list"]);
    assert!(listed.find("From a pipe.") < listed.find("In a file."), "{listed}");
    use pullquote::read::{Input, ReadOptions, articles};
    assert_eq!(Input::of_argument(Path::new("-")), Input::Stdin);
    let read = |input| articles(vec![input], &ReadOptions::default()).next().expect("a file");
    let article = read(Input::Path(dir.path().join("-"))).into_article(&ReadOptions::default());
    assert_eq!(article.text, "In a file.");
}
