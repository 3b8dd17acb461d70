//! What of the input is looked at: layers, languages, copies.

mod common;

use common::{STORY, dir, extract, pullquote};
use serde_json::{Value, json};
use std::fs;

const GERMAN: &str = "Der Kai öffnet im Mai wieder, teilte der Hafenrat am Dienstag mit. „Wir sind bereit“, sagte Ilse Orm, die \
    Hafenmeisterin, vor Journalisten. Die Reparatur kostete 4,2 Millionen Euro.";

fn count(record: &Value, layer: &str) -> usize {
    record[layer].as_array().expect("every layer is a list").len()
}

#[test]
fn only_the_layers_asked_for_are_filled() {
    let text = "Kestrel Bank lost $40 million, said Ilse Orm. “We paid $12 million,” she said.";
    let dir = dir(&[("a.txt", text.as_bytes())]);
    let layers = ["sentences", "people", "organisations", "figures", "quotes"];
    let filled = |only: &str| -> (Vec<bool>, Value) {
        let record = extract(dir.path(), &["a.txt", "--only", only]).remove(0);
        (layers.iter().map(|layer| count(&record, layer) > 0).collect(), record)
    };
    let whole = extract(dir.path(), &["a.txt"]).remove(0);
    assert!(layers.iter().all(|layer| count(&whole, layer) > 0), "{whole}");
    let (figures, record) = filled("figures");
    assert_eq!(figures, [false, false, false, true, false]);
    assert_eq!((record["figures"][1]["quote"].clone(), record["words"].clone()), (Value::Null, whole["words"].clone()));
    assert_eq!(record["figures"][1]["value"], whole["figures"][1]["value"]);
    let (quotes, record) = filled("quotes,sentences");
    assert_eq!(quotes, [true, false, false, false, true]);
    let speaker = &record["quotes"][0]["speaker"];
    assert_eq!((&speaker["name"], &speaker["type"], &speaker["id"]), (&json!("Ilse Orm"), &json!("person"), &Value::Null));
    // Whatever is asked for is what the whole run finds.
    assert_eq!(filled("people,organisations,figures,quotes,sentences").1, whole);
    let wrong = pullquote(dir.path()).args(["extract", "a.txt", "--only", "speakers"]).assert().code(2);
    assert!(String::from_utf8_lossy(&wrong.get_output().stderr).contains("sentences, people, organisations, figures, quotes"));
}

#[test]
fn other_languages_can_be_left_alone() {
    let dir = dir(&[("de.txt", GERMAN.as_bytes()), ("en.txt", STORY.as_bytes())]);
    let found = extract(dir.path(), &[".", "--lang", "en"]);
    assert_eq!((&found[0]["language"], &found[0]["warnings"], &found[0]["status"]), (&json!("de"), &json!(["not_english"]), &json!("ok")));
    assert!(found[0]["words"].as_u64() > Some(10) && found[0]["text"] == GERMAN && count(&found[0], "figures") == 0);
    assert!(count(&found[1], "quotes") == 1 && found[1]["warnings"] == json!([]));
    assert!(count(&extract(dir.path(), &["de.txt"])[0], "quotes") == 1, "any language is looked at unless told otherwise");
}

/// An archive in which articles come back: as they were, with other white space, and edited.
fn archive() -> String {
    let story = |n: usize| -> String {
        let sentence = |k: usize| format!("In ward {k} of town {n} the clerk counted {} votes, and Ada Quill{n} lost. ", k * 31 + n * 1009);
        (0..12).map(sentence).collect::<String>() + "“We are done,” said Ilse Orm."
    };
    let mut lines = String::new();
    for n in 0..40 {
        let text = story(n);
        let (spaced, edited) = (text.replace(". ", ".\n\n"), format!("UPDATE: {text}"));
        for (id, text) in [(format!("{n}"), text), (format!("{n}-spaced"), spaced), (format!("{n}-edited"), edited)] {
            lines += &format!("{}\n", json!({"text": text, "id": id}));
        }
    }
    lines
}

#[test]
fn copies_point_to_the_first_and_hold_nothing_that_counts_twice() {
    let dir = dir(&[("a.jsonl", archive().as_bytes())]);
    let copies = |how: &str, jobs: &str| -> Vec<(String, String)> {
        let records = extract(dir.path(), &["a.jsonl", "--dedupe", how, "--jobs", jobs]);
        assert_eq!(records.len(), 120);
        let own = |id: &str| records.iter().find(|record| record["id"] == id).expect("it is in the run")["source"]["id"].to_string();
        let copy = |record: &Value| {
            let first = record["warnings"].as_array()?.iter().find_map(|warning| warning.as_str()?.strip_prefix("duplicate_of:"))?;
            assert!(count(record, "quotes") + count(record, "sentences") == 0 && record["text"] != "" && record["words"] != 0);
            Some((record["source"]["id"].to_string(), own(first)))
        };
        records.iter().filter_map(copy).collect()
    };
    let of = |kinds: &[&str]| -> Vec<(String, String)> {
        (0..40).flat_map(|n| kinds.iter().map(move |kind| (format!("\"{n}-{kind}\""), format!("\"{n}\"")))).collect()
    };
    assert_eq!(copies("none", "2"), []);
    assert_eq!(copies("exact", "2"), of(&["spaced"]));
    assert_eq!(copies("near", "2"), of(&["spaced", "edited"]));
    assert_eq!(copies("near", "1"), of(&["spaced", "edited"]));
}

#[test]
fn a_run_that_goes_on_knows_the_copies_of_what_is_written() {
    let dir = dir(&[("a.jsonl", archive().as_bytes())]);
    let run = |more: &[&str]| pullquote(dir.path()).args(["extract", "a.jsonl", "-q", "--dedupe", "near"]).args(more).assert().code(0);
    run(&["-o", "whole.jsonl"]);
    let whole = fs::read(dir.path().join("whole.jsonl")).expect("written");
    for cut in [1, whole.len() / 3, whole.len() / 2, whole.len() - 10] {
        fs::write(dir.path().join("out.jsonl.partial"), &whole[..cut]).expect("written");
        run(&["-o", "out.jsonl", "--resume"]);
        assert!(fs::read(dir.path().join("out.jsonl")).expect("written") == whole, "cut after {cut} bytes");
        fs::remove_file(dir.path().join("out.jsonl")).expect("removed");
        fs::remove_file(dir.path().join("out.jsonl.run.json")).expect("removed");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_says_so() {
    let dir = dir(&[("a.jsonl", archive().as_bytes())]);
    let full = pullquote(dir.path()).args(["extract", "a.jsonl", "-q", "-o", "/dev/full"]).assert().code(2);
    let told = String::from_utf8_lossy(&full.get_output().stderr).into_owned();
    assert!(told.contains("could not write /dev/full") && told.contains("No space left"), "{told}");
}
