//! Bytes of every encoding, names of none, and what an article must not do to a terminal or a spreadsheet: read by the program itself.

mod common;

use common::{STORY, dir, extract, pullquote, records};
use serde_json::Value;
use std::fs;

fn utf16(text: &str, mark: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    mark.iter().copied().chain(text.encode_utf16().flat_map(to_bytes)).collect()
}

fn texts(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["text"].as_str().expect("text")).collect()
}

fn codes(records: &[Value]) -> Vec<&str> {
    records.iter().map(|record| record["error"]["code"].as_str().unwrap_or("ok")).collect()
}

const CAFE: &str = "“The café in Łódź is shut,” said Zoë Müller, its owner.";

#[test]
fn one_text_in_every_encoding_is_one_text() {
    let latin = "\u{93}The caf\u{e9} on the quay is shut,\u{94} said Zo\u{eb} M\u{fc}ller, its owner.";
    let windows_1252: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    let western = "“The café on the quay is shut,” said Zoë Müller, its owner.";
    let page = |charset: &str, text: &[u8]| [format!("<meta charset={charset}><p>").as_bytes(), text, b"</p>"].concat();
    let dir = dir(&[
        ("a.txt", &utf16(CAFE, &[0xFF, 0xFE], u16::to_le_bytes)),
        ("b.txt", &utf16(CAFE, &[0xFE, 0xFF], u16::to_be_bytes)),
        ("c.txt", &utf16(western, &[], u16::to_le_bytes)),
        ("d.txt", &utf16(western, &[], u16::to_be_bytes)),
        ("e.txt", format!("\u{feff}{CAFE}").as_bytes()),
        ("f.txt", &windows_1252),
        // Declared as what it is not: Latin-1 as UTF-8, UTF-8 as Latin-1.
        ("g.html", &page("utf-8", &windows_1252)),
        ("h.html", &page("iso-8859-1", CAFE.as_bytes())),
        ("i.html", &page("utf-16", CAFE.as_bytes())),
        ("j.jsonl", &utf16(&format!("{{\"text\": \"{CAFE}\"}}\n").repeat(2), &[0xFF, 0xFE], u16::to_le_bytes)),
        ("k.json", format!("\u{feff}[{{\"text\": \"{CAFE}\"}}]").as_bytes()),
    ]);
    let found = extract(dir.path(), &["."]);
    let expected = [CAFE, CAFE, western, western, CAFE, western, western, CAFE, CAFE, CAFE, CAFE, CAFE];
    assert_eq!(texts(&found), expected);
    assert!(found.iter().all(|record| record["quotes"][0]["speaker"]["name"] == "Zoë Müller"), "{:?}", codes(&found));
}

#[test]
fn bytes_without_meaning_cost_themselves_and_are_told() {
    let text = format!("{CAFE} ").repeat(3);
    let mixed = [text.as_bytes(), b" \xE9\xFF ", text.as_bytes()].concat();
    let overlong = [text.as_bytes(), b" \xC0\xAF\xED\xA0\x80 ", text.as_bytes()].concat();
    let mut cut = utf16(CAFE, &[0xFF, 0xFE], u16::to_le_bytes);
    cut.extend([0x3D, 0xD8, 0x41]); // half of a pair, half of a unit
    let dir = dir(&[("a.txt", &mixed), ("b.txt", &overlong), ("c.txt", &cut), ("d.txt", b"\xC3"), ("e.txt", b"\xFF\xFE")]);
    let found = extract(dir.path(), &["."]);
    assert_eq!(codes(&found), ["ok"; 5]);
    for record in &found[..3] {
        let text = record["text"].as_str().expect("text");
        assert!(text.starts_with(CAFE) && text.contains('\u{fffd}'), "{text}");
        assert_eq!(record["warnings"][0], "decoding_errors", "{text}");
    }
    assert_eq!((&found[4]["status"], &found[4]["text"]), (&Value::from("empty"), &Value::from("")));
}

/// Each format in UTF-16 of either order, marked or not; JSON is told even where next to nothing in it is ASCII.
#[test]
fn every_format_may_be_utf_16() {
    let wide = "北京".repeat(700);
    let line = format!("{{\"text\": \"{CAFE}\"}}\n");
    let of_wide = format!("[\"\", {{\"text\": \"{wide}\"}}]");
    let files = [
        ("a.txt", CAFE.to_owned(), vec![CAFE]),
        ("b.md", CAFE.to_owned(), vec![CAFE]),
        ("c.html", format!("<html><title>Quay</title><p>{CAFE}</p></html>"), vec![CAFE]),
        ("d.jsonl", line.repeat(2), vec![CAFE; 2]),
        ("e.json", format!("[{line},{line}]"), vec![CAFE; 2]),
        ("f.json", line.repeat(2), vec![CAFE; 2]),
        ("g", format!(" \n{line}"), vec![CAFE]),
        ("h.json", of_wide, vec!["", &wide]),
    ];
    for (name, content, expected) in files {
        for mark in [true, false] {
            let of = |mark_bytes: &[u8], to_bytes| utf16(&content, if mark { mark_bytes } else { &[] }, to_bytes);
            for bytes in [of(&[0xFF, 0xFE], u16::to_le_bytes), of(&[0xFE, 0xFF], u16::to_be_bytes)] {
                let dir = dir(&[(name, &bytes)]);
                let found = extract(dir.path(), &[name]);
                assert_eq!(texts(&found), expected, "{name}, marked: {mark}");
                assert!(
                    found.iter().all(|record| record["warnings"].as_array().is_none_or(|all| !all.contains(&"decoding_errors".into())))
                );
            }
        }
    }
}

/// Overlong forms, surrogates in UTF-8 and zeros in every format: they cost themselves, or the line of JSON they stand in.
#[test]
fn bad_bytes_in_any_format_cost_themselves() {
    let (before, after) = CAFE.split_at(CAFE.find("owner").expect("it is there"));
    for (bad, warned) in [(&b"\xC0\xAF"[..], true), (b"\xED\xA0\x80", true), (b"\xF4\x90\x80\x80", true), (b"\xFE", true), (b"\0", false)] {
        let text = [before.as_bytes(), bad, after.as_bytes()].concat();
        let line = [b"{\"text\": \"", &text[..], b"\"}\n"].concat();
        let good = format!("{{\"text\": \"{CAFE}\"}}\n");
        let dir = dir(&[
            ("a.txt", &text),
            ("b.md", &text),
            ("c.html", &[b"<meta charset=utf-8><p>", &text[..], b"</p>"].concat()),
            ("d.jsonl", &[good.as_bytes(), &line, good.as_bytes()].concat()),
            ("e.json", &[b"[", &line[..], b",", good.as_bytes(), b"]"].concat()),
        ]);
        let found = extract(dir.path(), &["."]);
        assert_eq!(found.len(), 8, "{bad:?}");
        for (place, record) in found.iter().enumerate() {
            let is_good = matches!(place, 3 | 5 | 7);
            let text = record["text"].as_str().expect("text");
            if is_good || warned || place < 3 {
                assert!(record["status"] == "ok" && text.starts_with(before) && text.ends_with("owner."), "{bad:?}, {place}: {record}");
                assert_eq!(record["warnings"].as_array().is_some_and(|all| all.contains(&"decoding_errors".into())), warned && !is_good);
            } else {
                assert_eq!(record["error"]["code"], "bad_json");
            }
        }
    }
}

#[test]
fn halves_of_surrogate_pairs_in_json_cost_no_article() {
    let lines = "{\"text\": \"One \\ud83d two.\"}\n{\"text\": \"A \\ud83d\\ude00 b\"}\n{\"text\": \"\\udc00\", \"title\": \"\\ud800\"}\n";
    let dir = dir(&[("a.jsonl", lines.as_bytes())]);
    let found = extract(dir.path(), &["a.jsonl"]);
    assert_eq!(texts(&found), ["One \u{fffd} two.", "A 😀 b", "\u{fffd}"]);
    assert_eq!((&found[0]["warnings"][0], &found[2]["title"]), (&Value::from("decoding_errors"), &Value::from("\u{fffd}")));
    assert!(found[1]["warnings"].as_array().expect("a list").iter().all(|warning| warning != "decoding_errors"));
}

/// A zero that a crash of some writer left must not cost the file.
#[test]
fn zero_bytes_cost_the_line_they_stand_in() {
    let dir = dir(&[
        ("a.jsonl", b"{\"text\": \"One.\"}\n{\"text\": \"T\0wo.\"}\n{\"text\": \"Th\\u0000ree.\"}\n{\"text\": \"Four.\"}\n"),
        ("b.txt", format!("{STORY}\0{STORY}").as_bytes()),
        ("c.txt", b"\x01\x02\0\0\0\x07abc"),
        ("d.txt", &[0; 100]),
    ]);
    let found = extract(dir.path(), &["."]);
    assert_eq!(codes(&found), ["ok", "bad_json", "ok", "ok", "ok", "binary", "binary"]);
    assert_eq!((&found[2]["text"], found[4]["quotes"].as_array().map(Vec::len)), (&Value::from("Th\0ree."), Some(2)));
}

#[test]
fn what_stands_behind_an_array_or_is_said_twice_is_not_lost() {
    let dir = dir(&[
        ("a.json", b"[{\"text\": \"One.\"}]\n[{\"text\": \"Two.\"}, {\"text\": \"Three.\"}]"),
        ("b.json", b"[{\"text\": \"One.\"}] {\"text\": \"Two.\"}"),
        ("c.json", b"[{\"text\": \"One.\"}]]"),
    ]);
    let found = extract(dir.path(), &["."]);
    assert_eq!(texts(&found), ["One.", "Two.", "Three.", "One.", "Two.", "One.", ""]);
    assert_eq!(codes(&found)[6], "bad_json");
    let numbers: Vec<Option<u64>> = found.iter().map(|record| record["source"]["record"].as_u64()).collect();
    assert_eq!(numbers, [Some(0), Some(1), Some(2), Some(0), Some(1), Some(0), Some(1)]);
}

#[test]
fn no_limit_is_a_limit_of_all_bytes() {
    let long = "It rained in Port Vell. ".repeat(5000);
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Two.\"}}\n");
    let dir = dir(&[("a.txt", long.as_bytes()), ("b.jsonl", lines.as_bytes())]);
    let found = extract(dir.path(), &[".", "--max-article-bytes", &usize::MAX.to_string()]);
    assert_eq!(texts(&found), [&long, &long, "Two."]);
}

#[cfg(unix)]
mod names {
    use super::*;
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};

    /// The order of paths is that of their bytes.
    const NAMES: [&[u8]; 5] = [b"b\nc.txt", b"caf\xC3\xA9.txt", b"caf\xE8.txt", b"caf\xE9.txt", b"\x1b[31mred.txt"];

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (number, name) in NAMES.iter().enumerate() {
            fs::write(folder.path().join(OsStr::from_bytes(name)), format!("{STORY} It was day {number}.")).expect("a file");
        }
        folder
    }

    #[test]
    fn files_of_any_name_are_read_and_told_apart() {
        let folder = folder();
        let found = extract(folder.path(), &["."]);
        let paths: Vec<&str> = found.iter().map(|record| record["source"]["path"].as_str().expect("a path")).collect();
        assert_eq!(paths, ["./\u{1b}[31mred.txt", "./b\nc.txt", "./café.txt", "./caf\\xE8.txt", "./caf\\xE9.txt"]);
        let ids: std::collections::HashSet<&str> = found.iter().map(|record| record["id"].as_str().expect("an id")).collect();
        assert_eq!(ids.len(), NAMES.len());
        // As they are given in a list too.
        let list = NAMES.map(|name| [name, b"\0"].concat()).concat();
        fs::write(folder.path().join("list"), list).expect("a file");
        let listed = extract(folder.path(), &["-0", "--files-from", "list"]);
        assert_eq!(texts(&listed).len(), NAMES.len());
        assert!(codes(&listed).iter().all(|code| *code == "ok"), "{:?}", codes(&listed));
    }

    #[test]
    fn files_in_an_archive_too() {
        let mut builder = tar::Builder::new(Vec::new());
        for name in [&b"caf\xE8.txt"[..], b"caf\xE9.txt", b"../../up.txt", b"b\nc.txt"] {
            let mut header = tar::Header::new_gnu();
            header.set_size(4);
            header.as_mut_bytes()[..name.len()].copy_from_slice(name);
            header.set_cksum();
            builder.append(&header, &b"Rain"[..]).expect("memory takes everything");
        }
        let tar = builder.into_inner().expect("memory takes everything");
        let dir = dir(&[("a.tar", &tar)]);
        let found = extract(dir.path(), &["a.tar"]);
        let paths: Vec<&str> = found.iter().map(|record| record["source"]["path"].as_str().expect("a path")).collect();
        assert_eq!(paths, ["a.tar/caf\\xE8.txt", "a.tar/caf\\xE9.txt", "a.tar/../../up.txt", "a.tar/b\nc.txt"]);
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1, "nothing is unpacked to disk");
    }

    /// Names, keys, addresses and texts of others are on standard error and on `show`: nothing of them moves the cursor.
    #[test]
    fn nothing_of_an_article_reaches_the_terminal_unseen() {
        let evil = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{202e}";
        let dir = dir(&[
            ("a.jsonl", format!("{{\"{}k\": 1}}\n", evil.replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007")).as_bytes()),
            ("b.txt", format!("“We {evil} are ready,” said Ilse {evil} Orm.").as_bytes()),
            (
                "c.warc",
                format!(
                    "WARC/1.0\nWARC-Type: resource\nContent-Type: text/plain\nWARC-Target-URI: {evil}\nContent-Length: 9999\n\n{}\n\n",
                    "x".repeat(9999)
                )
                .as_bytes(),
            ),
        ]);
        fs::write(dir.path().join("\u{1b}[31m\nred.json"), "{").expect("a file");
        let seen = |arguments: &[&str]| {
            let output = pullquote(dir.path()).args(arguments).env("CLICOLOR_FORCE", "1").output().expect("it runs");
            let errors = String::from_utf8(output.stderr).expect("UTF-8");
            assert!(!errors.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{errors:?}");
            (String::from_utf8(output.stdout).expect("UTF-8"), errors)
        };
        let (lines, errors) = seen(&["extract", ".", "--max-article-bytes", "500"]);
        assert_eq!(records(lines.as_bytes()).len(), 4);
        // One line for each that failed, and the summary.
        assert_eq!(errors.lines().filter(|line| line.starts_with("pullquote: ")).count(), 3, "{errors}");
        assert!(!lines.contains(['\u{7}', '\u{1b}']), "JSON escapes control characters");
        for arguments in [&["show", "."][..], &["show", ".", "--color", "never"], &["explain", "b.txt"]] {
            let (shown, _) = seen(arguments);
            let plain = anstream::adapter::strip_str(&shown).to_string();
            assert!(plain.contains("Ilse") && plain.contains("␛["), "{plain:?}");
            assert!(!plain.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{plain:?}");
        }
        fs::write(dir.path().join("out.jsonl"), lines).expect("a file");
        seen(&["stats", "out.jsonl"]);
        fs::write(
            dir.path().join("bad.jsonl"),
            format!("{{\"schema\": \"{}\"}}\n", evil.replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007")),
        )
        .expect("a file");
        assert!(seen(&["stats", "bad.jsonl"]).1.contains("␛[2J"));
    }
}

#[test]
fn tables_of_hostile_records_hold_no_formulas() {
    let text = "“=1+1 we pay,” said @Ilse Orm. +5% and -3% and “=cmd()” he said.";
    let line =
        serde_json::json!({"text": text, "title": "=HYPERLINK(\"http://x.example\")", "author": "@x", "section": "\t=1", "url": "+x"});
    let dir = dir(&[("a.jsonl", format!("{line}\n").as_bytes())]);
    let mut record = extract(dir.path(), &["a.jsonl"]).remove(0);
    record["date"] = "=1+1".into(); // as somebody else may have written it
    fs::write(dir.path().join("out.jsonl"), format!("{record}\n")).expect("a file");
    pullquote(dir.path()).args(["tables", "out.jsonl", "-d", "t", "--format", "csv", "-q"]).assert().code(0);
    let mut cells = 0;
    for table in ["articles", "entities", "mentions", "figures", "quotes"] {
        let mut reader = csv::Reader::from_path(dir.path().join(format!("t/{table}.csv"))).expect("a table");
        for row in reader.records() {
            for cell in &row.expect("a row") {
                let is_number = cell.parse::<f64>().is_ok();
                assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{table}: {cell:?}");
                cells += 1;
            }
        }
    }
    assert!(cells > 50, "{cells}");
}
