//! What is found in our own gold articles must not get worse: scores on `corpora/gold/gold.jsonl` stay above the floors here.
//! The floors lie just below what was measured when they were written; raise them with the scores.

use std::{fs, path::Path};

use pullquote::{
    Annotator, Options,
    score::{Findings, Layer, Scores, gold},
};

fn scores() -> Scores {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/gold/gold.jsonl");
    let lines = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = gold::parse(&lines).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let annotator = Annotator::new(&Options::default());
    let mut sum = Scores::default();
    for line in &lines {
        let article = line.article();
        sum += Scores::of_line(line, &Findings::of(&annotator.annotate(&article)), &Layer::ALL);
    }
    sum
}

#[test]
fn scores_do_not_fall() {
    let scores = scores();
    let sentences = scores.sentences.expect("gold has sentences");
    let names = scores.names.expect("gold has names");
    let entities = scores.entities.expect("gold has entities");
    let quotes = scores.quotes.expect("gold has quotes");
    let figures = scores.figures.expect("gold has figures");
    let rows = [
        ("sentences, F1", sentences.boundaries.f1(), 0.99),
        ("people, F1", names.people.f1(), 0.985),
        ("organisations, F1", names.organisations.f1(), 0.965),
        ("people by B-cubed, F1", entities.people.f1(), 0.905),
        ("organisations by B-cubed, F1", entities.organisations.f1(), 0.905),
        ("roles of people, F1", entities.roles.f1(), 0.83),
        ("organisations of people, F1", entities.organisations_of_people.f1(), 0.765),
        ("genders of people, F1", entities.genders.f1(), 0.915),
        ("quotes exact, F1", quotes.exact.f1(), 0.99),
        ("quotes with right speaker, F1", quotes.end_to_end.f1(), 0.95),
        ("speaker's full name", quotes.speaker_full.value(), 0.96),
        ("pronoun to full name", quotes.pronoun_full.value(), 0.92),
        ("figures overlapping, F1", figures.place.f1(), 0.985),
        ("figures value, F1", figures.value.f1(), 0.985),
        ("figures value and unit, F1", figures.value_unit.f1(), 0.975),
        ("dates with right day", figures.dates.value(), 0.98),
    ];
    for (what, score, floor) in rows {
        println!("{what:32} {:6.2}  floor {:6.2}", 100.0 * score, 100.0 * floor);
    }
    let fallen: Vec<&str> = rows.iter().filter(|(_, score, floor)| score < floor).map(|(what, ..)| *what).collect();
    assert!(fallen.is_empty(), "below the floor: {fallen:?}");
}

/// Enough gold that a floor means something.
#[test]
fn gold_holds_every_layer() {
    let scores = scores();
    assert!(scores.sentences.expect("sentences").boundaries.gold >= 100);
    let names = scores.names.expect("names");
    assert!(names.people.gold >= 50 && names.organisations.gold >= 50);
    assert!(scores.quotes.expect("quotes").exact.gold >= 80);
    assert!(scores.figures.expect("figures").place.gold >= 150);
}
