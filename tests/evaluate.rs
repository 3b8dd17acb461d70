//! `evaluate` gives the numbers that the scorers the development sets came with give on the output of `extract`. Needs those sets
//! and python3; says so loudly and passes where they are missing.

use std::io::Write as _;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The folder that holds the development sets and their scorers, beside the repository.
fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let found = beside.join("score/quotes.py").is_file().then_some(beside);
    let python = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    match found {
        Some(shared) if python => Some(shared),
        Some(_) => {
            // Straight to standard error: what a passing test prints is not shown.
            let _ = writeln!(std::io::stderr(), "SKIPPED: no python3, scorers not compared");
            None
        }
        None => {
            let _ = writeln!(std::io::stderr(), "SKIPPED: no ../shared, scorers not compared");
            None
        }
    }
}

fn stdout_of(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn pullquote() -> Command {
    Command::new(env!("CARGO_BIN_EXE_pullquote"))
}

/// `evaluate` on a set, and the scorer's output on the records that `extract` writes for it.
fn both(shared: &Path, scorer: &str, set: &str, arguments: &[&str]) -> (Value, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let gold = shared.join("data").join(set);
    // The scorers' sets name the article's day `ref_date`, which is no input field.
    let input = folder.path().join("input.jsonl");
    let lines = fs::read_to_string(&gold).expect("the set is readable");
    let dated: Vec<String> = lines
        .lines()
        .map(|line| {
            let row: Value = serde_json::from_str(line).expect("a gold line is JSON");
            let date = row["ref_date"].as_str().map(|date| date.get(..10).unwrap_or(date));
            serde_json::json!({"id": row["id"], "text": row["text"], "date": date}).to_string()
        })
        .collect();
    fs::write(&input, dated.join("\n")).expect("the input is writable");
    let records = folder.path().join("records.jsonl");
    stdout_of(pullquote().args(["extract", "--quiet"]).arg(&input).arg("-o").arg(&records));
    let scorer = shared.join("score").join(scorer);
    let theirs = stdout_of(Command::new("python3").arg(scorer).arg(&gold).arg(&records).args(arguments));
    let ours = stdout_of(pullquote().arg("evaluate").arg(&gold).arg("--json"));
    (serde_json::from_str(&ours).expect("one JSON object"), theirs)
}

/// Precision and recall in per cent are the same to the digit shown; F1 may differ there, for the other side takes it from rounded ones.
fn assert_same_score(ours: &Value, theirs: &[Value], what: &str) {
    let count = |key: &str| ours[key].as_f64().expect("a count");
    let shown = |part: f64, whole: f64| format!("{:.1}", if whole > 0.0 { 100.0 * part / whole } else { 0.0 });
    let there = |index: usize| theirs[index].as_f64().unwrap_or_else(|| panic!("{what}: {theirs:?} holds no numbers"));
    assert_eq!(shown(count("right"), count("found")), format!("{:.1}", there(0)), "{what}: precision");
    assert_eq!(shown(count("right"), count("gold")), format!("{:.1}", there(1)), "{what}: recall");
    let f1: f64 = shown(2.0 * count("right"), count("found") + count("gold")).parse().expect("a number");
    assert!((f1 - there(2)).abs() < 0.11, "{what}: F1 {f1} here, {} there", there(2));
}

/// A share in per cent is the same to the digit shown.
fn assert_same_share(ours: &Value, theirs: &Value, what: &str) {
    let (right, of) = (ours["right"].as_f64().expect("a count"), ours["of"].as_f64().expect("a count"));
    let theirs = theirs.as_f64().unwrap_or_else(|| panic!("{what}: {theirs} is no number"));
    assert_eq!(format!("{:.1}", if of > 0.0 { 100.0 * right / of } else { 0.0 }), format!("{theirs:.1}"), "{what}");
}

#[test]
fn sentences_agree() {
    let Some(shared) = shared() else { return };
    for set in ["golden_rules_en", "pud_wiki", "sentencex_en", "sentencex_lists", "languagetool_en", "ewt_weblog"] {
        let (ours, theirs) = both(&shared, "sentences.py", &format!("sentences/{set}.jsonl"), &["--json"]);
        let theirs: Value = serde_json::from_str(&theirs).expect("JSON");
        let (ours, count) = (&ours["sentences"], |value: &Value| value.as_u64().expect("a count"));
        let boundaries = &ours["boundaries"];
        assert_eq!(count(&boundaries["right"]), count(&theirs["tp"]), "{set}: right");
        assert_eq!(count(&boundaries["found"]), count(&theirs["tp"]) + count(&theirs["fp"]), "{set}: found");
        assert_eq!(count(&boundaries["gold"]), count(&theirs["tp"]) + count(&theirs["fn"]), "{set}: gold");
        assert_eq!(count(&ours["paragraphs_right"]["of"]), count(&theirs["units"]), "{set}: paragraphs");
        assert_eq!(ours["paragraphs_right"]["share"], theirs["exact"], "{set}: paragraphs right");
    }
}

#[test]
fn names_agree() {
    let Some(shared) = shared() else { return };
    for set in ["worldwide_docs", "public_docs"] {
        let (ours, theirs) = both(&shared, "names.py", &format!("names/dev/{set}.jsonl"), &[]);
        let numbers = |triple: &str| -> Vec<Value> { triple.split('/').map(|n| n.parse::<f64>().expect("a number").into()).collect() };
        let triples: Vec<Vec<Value>> = theirs.split_whitespace().filter(|word| word.contains('/')).map(numbers).collect();
        assert_eq!(triples.len(), 3, "three scores in {theirs}");
        for (layer, triple) in ["people", "organisations", "both"].into_iter().zip(&triples) {
            assert_same_score(&ours["names"][layer], triple, &format!("{set} {layer}"));
        }
    }
}

#[test]
fn quotes_agree() {
    let Some(shared) = shared() else { return };
    for set in ["dev", "cases", "litbank"] {
        let (ours, theirs) = both(&shared, "quotes.py", &format!("quotes/{set}.jsonl"), &["--json"]);
        let theirs: Value = serde_json::from_str(&theirs).expect("JSON");
        let ours = &ours["quotes"];
        for (key, name) in [("overlapping", "lenient"), ("exact", "exact"), ("end_to_end", "end_to_end")] {
            assert_same_score(&ours[key], theirs[name].as_array().expect("three numbers"), &format!("{set} {key}"));
        }
        for key in ["speaker_head", "speaker_full", "pronoun_full"] {
            assert_same_share(&ours[key], &theirs[key], &format!("{set} {key}"));
        }
        assert_eq!(ours["overlapping"]["gold"], theirs["gold"], "{set}: gold");
        assert_eq!(ours["overlapping"]["found"], theirs["predicted"], "{set}: found");
        for key in ["dont_care", "scare_false_positives", "spurious_speakers"] {
            assert_eq!(ours[key], theirs[key], "{set}: {key}");
        }
    }
}

#[test]
fn figures_agree() {
    let Some(shared) = shared() else { return };
    let mut sets: Vec<PathBuf> =
        fs::read_dir(shared.join("data/figures/dev")).expect("the sets").map(|entry| entry.expect("a set").path()).collect();
    sets.retain(|set| set.file_stem().is_some_and(|name| name != "quantulum3_spellout")); // bare values, no places
    sets.sort();
    for set in sets {
        let name = set.file_name().and_then(|name| name.to_str()).expect("a name");
        let (ours, theirs) = both(&shared, "figures.py", &format!("figures/dev/{name}"), &[]);
        let theirs: Value = serde_json::from_str(&theirs).expect("JSON");
        let ours = &ours["figures"];
        assert_eq!(ours["place"]["gold"], theirs["gold"], "{name}: gold");
        assert_eq!(ours["place"]["found"], theirs["predicted"], "{name}: found");
        for (key, other) in
            [("place", "span"), ("exact_place", "span_exact"), ("value", "value"), ("value_unit", "value_unit"), ("kind", "kind")]
        {
            assert_same_score(&ours[key], theirs[other].as_array().expect("three numbers"), &format!("{name} {key}"));
        }
        if !theirs["date_iso_recall"].is_null() {
            assert_same_share(&ours["dates"], &theirs["date_iso_recall"], &format!("{name} dates"));
        }
        if let Some(hits) = theirs["must_not_fire_hits"].as_str() {
            let ours = format!("{}/{}", ours["must_not_fire"]["hits"], ours["must_not_fire"]["of"]);
            assert_eq!(ours, hits, "{name}: must not fire");
        }
    }
}
