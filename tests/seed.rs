//! The article the project began with must come out right. It lies outside the repository: the test is skipped where it is absent.

use pullquote::{Annotator, Article, Document, Options, document::*};
use serde_json::Value;
use std::io::Write as _;
use std::{collections::BTreeSet, fs, path::Path};

/// The text and how it should be read.
fn seed() -> Option<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/seed");
    let (Ok(text), Ok(gold)) =
        (fs::read_to_string(folder.join("microsoft-ice-azure.txt")), fs::read_to_string(folder.join("microsoft-ice-azure.gold.jsonl")))
    else {
        // Straight to standard error: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there", folder.display());
        return None;
    };
    Some((text, serde_json::from_str(&gold).expect("the gold is JSON")))
}

/// Byte offsets of the spans that gold gives in code points.
fn byte_span(text: &str, span: &Value) -> (usize, usize) {
    let at = |index: usize| {
        let offset = span[index].as_u64().expect("an offset") as usize;
        text.char_indices().nth(offset).map_or(text.len(), |(byte, _)| byte)
    };
    (at(0), at(1))
}

fn names(entities: &[Entity]) -> BTreeSet<(usize, usize)> {
    let named = |mention: &&EntityMention| matches!(mention.kind, MentionKind::Name | MentionKind::Alias);
    entities.iter().flat_map(|e| e.mentions.iter().filter(named)).map(|m| (m.span.start(), m.span.end())).collect()
}

fn entity<'a>(entities: &'a [Entity], name: &str) -> &'a Entity {
    entities
        .iter()
        .find(|e| e.name == name)
        .unwrap_or_else(|| panic!("{name} is not among {:?}", entities.iter().map(|e| &e.name).collect::<Vec<_>>()))
}

fn check(text: &str, gold: &Value, document: &Document) {
    // People: one Torben Kopp with all his mentions, and nobody else but the photographer.
    let people: BTreeSet<_> = gold["people"].as_array().expect("people").iter().map(|span| byte_span(text, span)).collect();
    assert_eq!(names(&document.entities.people), people);
    let kopp = entity(&document.entities.people, "Torben Kopp");
    assert_eq!(kopp.aliases, ["Kopp"]);

    // Organisations with the noun phrases that stand for them, and none of what is not one.
    for (name, nominals) in [("Microsoft", vec!["the company", "The firm"]), ("ICE", vec!["the agency"])] {
        let found = entity(&document.entities.organisations, name);
        for nominal in nominals {
            let there = found.mentions.iter().any(|m| m.kind == MentionKind::Nominal && m.span.of(text) == nominal);
            assert!(there, "{nominal:?} is not {name}");
        }
    }
    for name in ["Register", "SectorHQ"] {
        assert!(document.entities.organisations.iter().any(|e| e.name.trim_start_matches("The ") == name), "{name} is missing");
    }
    for name in gold["not_entities"].as_array().expect("a list") {
        let name = name.as_str().expect("a name");
        assert!(document.entities.iter().all(|(_, e)| e.name != name), "{name} is no person or organisation");
    }

    // Quotations and speakers.
    let rows = gold["quotes"].as_array().expect("quotes");
    assert_eq!(document.quotes.len(), rows.len());
    for ((quote, attribution), row) in document.quotes.iter().zip(&document.attributions).zip(rows) {
        assert_eq!(quote.span().of(text), row["text"].as_str().expect("text"));
        let speaker = attribution.speaker.as_ref().and_then(|s| s.entity).map(|id| document.entities.get(id).name.as_str());
        assert_eq!(speaker, row["speaker_full"].as_str(), "{}", row["text"]);
        assert_eq!(attribution.kind == QuoteKind::Scare, row["type"] == "scare", "{}", row["text"]);
    }

    // Figures with value, unit and approximation.
    let rows = gold["figures"].as_array().expect("figures");
    let surfaces: Vec<&str> = document.figures.iter().map(|f| f.span.of(text)).collect();
    assert_eq!(surfaces, rows.iter().map(|row| row["text"].as_str().expect("text")).collect::<Vec<_>>());
    for (figure, row) in document.figures.iter().zip(rows) {
        assert_eq!(figure.kind.as_str(), row["kind"], "{row}");
        assert_eq!(figure.unit.as_deref(), row["unit"].as_str(), "{row}");
        assert_eq!(figure.approx.map(Approx::as_str), row["approx"].as_str(), "{row}");
        assert_eq!(figure.value, row["value"].as_f64(), "{row}");
        if let Some(iso) = row["iso"].as_str() {
            assert_eq!(figure.timex.as_deref(), Some(iso));
        }
    }
}

#[test]
fn the_seed_article_comes_out_right() {
    if let Some((text, gold)) = seed() {
        let article = Article::from_text(text.clone());
        check(&text, &gold, &Annotator::new(&Options::default()).annotate(&article));
    }
}

/// Nothing is keyed to its words: with other names and another unit it comes out the same.
#[test]
fn it_does_so_under_other_names() {
    let Some((text, gold)) = seed() else { return };
    // Of the same length, so that gold's offsets still hold.
    let swaps =
        [("Torben Kopp", "Jasper Lund"), ("Kopp", "Lund"), ("Steve Johnson", "Marta Ribeiro"), (" TB", " GB"), ("July 2025", "June 2024")];
    let swap = |s: &str| swaps.iter().fold(s.to_owned(), |s, (from, to)| s.replace(from, to));
    let mut gold: Value = serde_json::from_str(&swap(&gold.to_string())).expect("JSON");
    for figure in gold["figures"].as_array_mut().expect("figures") {
        if figure["unit"] == "terabyte" {
            figure["unit"] = "gigabyte".into();
        }
        if figure["iso"] == "2025-07" {
            figure["iso"] = "2024-06".into();
        }
    }
    let text = swap(&text);
    let article = Article::from_text(text.clone());
    let document = Annotator::new(&Options::default()).annotate(&article);
    let lund = entity(&document.entities.people, "Jasper Lund");
    assert_eq!(lund.aliases, ["Lund"]);
    let said = document
        .attributions
        .iter()
        .filter(|a| a.speaker.as_ref().and_then(|s| s.entity).is_some_and(|id| document.entities.get(id) == lund));
    assert_eq!(said.count(), 4);
    let units: Vec<_> = document.figures.iter().filter(|f| f.kind == FigureKind::Quantity).map(|f| f.unit.as_deref()).collect();
    assert_eq!(units, [Some("gigabyte"); 6]);
}
