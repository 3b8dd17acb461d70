//! Text cases: `tests/cases/LAYER.txt` holds texts and, for each, what the layer must find in it, one finding a line.
//!
//! ```text
//! # Notes on the notation, to the first case.
//! ## name of the case [2026-03-02]
//! The text, which may run over several lines and paragraphs. The day in brackets is the article's date and may be left out.
//! ---
//! one finding
//! another finding
//! ```
//! `(none)` stands for no finding. A name that starts with `!` marks a case that is known to come out wrong; when it comes out
//! right the report asks for the mark to go, and `UPDATE=1` takes it away. `UPDATE=1 cargo test --test cases` writes what the program finds into the files;
//! read the difference before it is kept: a case says what is right, not what the program prints.

use std::{fmt::Write as _, fs, path::PathBuf};

use pullquote::{
    Annotator, Article, Document, Options, Span,
    document::{Entity, EntityId, EntityKind, Figure, MentionKind, NameType, Quotation, QuoteKind},
};

#[test]
fn sentences() {
    run("sentences", |document| {
        let line = |sentence: &pullquote::document::Sentence| format!("{} | {}", sentence.paragraph, surface(document, sentence.span));
        document.sentences.iter().map(line).collect()
    });
}

#[test]
fn quotes() {
    run("quotes", |document| document.quotes.iter().map(|quote| quotation(document, quote)).collect());
}

#[test]
fn figures() {
    run("figures", |document| document.figures.iter().map(|figure| figure_line(document, figure)).collect());
}

#[test]
fn names() {
    run("names", |document| {
        let name = |mention: &pullquote::document::Mention| {
            let kind = match mention.name_type {
                NameType::Person => "person",
                NameType::Organisation => "organisation",
                NameType::Location | NameType::Other => return None,
            };
            Some(format!("{kind} {}", surface(document, mention.span)))
        };
        document.mentions.iter().filter_map(name).collect()
    });
}

#[test]
fn entities() {
    run("entities", |document| document.entities.iter().map(|(id, entity)| entity_line(document, id, entity)).collect());
}

#[test]
fn speakers() {
    run("speakers", |document| (0..document.quotes.len()).map(|index| speaker_line(document, index)).collect());
}

// ---- notation ----------------------------------------------------------------------------------------------------------

/// The text of a span on one line.
fn surface(document: &Document<'_>, span: Span) -> String {
    span.of(document.text()).replace('\n', "⏎")
}

/// `“A,” + “B” [unclosed]`
fn quotation(document: &Document<'_>, quote: &Quotation) -> String {
    let parts: Vec<String> = quote.parts.iter().map(|&part| surface(document, part)).collect();
    let flags = [(quote.flags.unclosed, "unclosed"), (quote.flags.multi_paragraph, "multi_paragraph"), (quote.flags.nested, "nested")];
    let flags: Vec<&str> = flags.into_iter().filter(|(set, _)| *set).map(|(_, name)| name).collect();
    let flags = if flags.is_empty() { String::new() } else { format!(" [{}]", flags.join(" ")) };
    parts.join(" + ") + &flags
}

/// `$1.2bn = money 1200000000 USD, about, per year, item of cars, up, 2026-01-01..2026-12-31`
fn figure_line(document: &Document<'_>, figure: &Figure) -> String {
    let mut line = format!("{} = {}", surface(document, figure.span), figure.kind.as_str());
    let value = match (figure.value, figure.value_min, figure.value_max) {
        (Some(value), _, _) => value.to_string(),
        (None, Some(low), Some(high)) => format!("{low}..{high}"),
        (None, Some(low), None) => format!("{low}.."),
        (None, None, Some(high)) => format!("..{high}"),
        (None, None, None) => String::new(),
    };
    for word in [Some(value), figure.unit.as_deref().map(str::to_owned)].into_iter().flatten().filter(|word| !word.is_empty()) {
        let _ = write!(line, " {word}");
    }
    let days = match (&figure.date_start, &figure.date_end) {
        (Some(start), Some(end)) if start != end => Some(format!("{start}..{end}")),
        (Some(day), _) | (None, Some(day)) => Some(day.to_string()),
        (None, None) => figure.timex.as_ref().map(|timex| format!("timex {timex}")),
    };
    let facts = [
        figure.unit_assumed.then(|| "assumed".to_string()),
        figure.approx.map(|approx| approx.as_str().to_string()),
        figure.per.as_ref().map(|per| format!("per {per}")),
        figure.item.as_ref().map(|item| format!("item {item}")),
        figure.trend.map(|trend| trend.as_str().to_string()),
        figure.role.map(|role| role.as_str().to_string()),
        days,
        figure.subject.map(|id| format!("subject {}", document.entities.get(id).name)),
    ];
    for fact in facts.into_iter().flatten() {
        let _ = write!(line, ", {fact}");
    }
    line
}

/// `person Ilse Orm; role harbour master; at Orm & Co; f (pronoun): Ilse Orm, alias Orm, pronoun she`
fn entity_line(document: &Document<'_>, id: EntityId, entity: &Entity) -> String {
    let kind = match id.kind {
        EntityKind::Person => "person",
        EntityKind::Organisation => "organisation",
    };
    let mut line = format!("{kind} {}", entity.name);
    if let Some(role) = &entity.role {
        let _ = write!(line, "; role {role}");
    }
    if let Some(organisation) = entity.organisation {
        let _ = write!(line, "; at {}", document.entities.get(organisation).name);
    }
    if let (Some(gender), Some(basis)) = (entity.gender, entity.gender_basis) {
        let _ = write!(line, "; {} ({})", gender.as_str(), basis.as_str());
    }
    let mention = |mention: &pullquote::document::EntityMention| match mention.kind {
        MentionKind::Name => surface(document, mention.span),
        kind => format!("{} {}", kind.as_str(), surface(document, mention.span)),
    };
    let mentions: Vec<String> = entity.mentions.iter().map(mention).collect();
    line + ": " + &mentions.join(", ")
}

/// `direct “A,” + “B” <- she = Ilse Orm, said`; `?` for no speaker; nothing after `scare`.
fn speaker_line(document: &Document<'_>, index: usize) -> String {
    let attribution = &document.attributions[index];
    let quote = quotation(document, &document.quotes[index]);
    let kind = match attribution.kind {
        QuoteKind::Direct => "direct",
        QuoteKind::Mixed => "mixed",
        QuoteKind::Scare => return format!("scare {quote}"),
    };
    let speaker = attribution.speaker.as_ref().map_or_else(
        || "?".to_string(),
        |speaker| {
            let mention = surface(document, speaker.mention.span);
            match speaker.entity.map(|id| &document.entities.get(id).name) {
                Some(name) if *name != mention => format!("{mention} = {name}"),
                Some(_) => mention,
                None => format!("{mention} (unnamed)"),
            }
        },
    );
    let cue = attribution.cue.as_ref().map_or_else(String::new, |cue| format!(", {}", surface(document, cue.span)));
    format!("{kind} {quote} <- {speaker}{cue}")
}

// ---- the runner --------------------------------------------------------------------------------------------------------

#[derive(Debug, PartialEq)]
struct Case {
    /// As in the file: with the `!` and the day.
    heading: String,
    text: String,
    expected: Vec<String>,
}

impl Case {
    fn is_known_wrong(&self) -> bool {
        self.heading.starts_with('!')
    }

    fn date(&self) -> Option<&str> {
        self.heading.strip_suffix(']').and_then(|heading| heading.rsplit_once('[')).map(|(_, date)| date)
    }
}

/// A case file: its notes, kept as they are, and its cases.
fn parse(file: &str) -> Result<(String, Vec<Case>), String> {
    let mut sections = format!("\n{file}");
    let first = sections.find("\n## ").ok_or("there is no case in it")?;
    let rest = sections.split_off(first);
    let notes = sections.trim().to_string();
    if let Some(stray) = notes.lines().find(|line| !line.is_empty() && !line.starts_with('#')) {
        return Err(format!("before the first case only notes (#) may stand, not {stray:?}"));
    }
    let mut cases: Vec<Case> = Vec::new();
    for section in rest.split("\n## ").skip(1) {
        let (heading, body) = section.split_once('\n').ok_or_else(|| format!("{section:?}: no text"))?;
        let heading = heading.trim().to_string();
        let (text, expected) = format!("\n{body}\n")
            .split_once("\n---\n")
            .map(|(text, expected)| (text.trim_matches('\n').to_string(), expected.to_string()))
            .ok_or_else(|| format!("{heading:?}: no line --- between text and findings"))?;
        let expected: Vec<String> = expected.lines().filter(|line| !line.trim().is_empty()).map(str::to_string).collect();
        if heading.is_empty() || text.is_empty() || expected.is_empty() {
            return Err(format!("{heading:?}: a case has a name, a text and findings, or (none)"));
        }
        if expected.iter().any(|line| line == "---") {
            return Err(format!("{heading:?}: two lines ---"));
        }
        if cases.iter().any(|case| case.heading == heading) {
            return Err(format!("{heading:?} stands there twice"));
        }
        cases.push(Case { heading, text, expected });
    }
    Ok((notes, cases))
}

fn run(layer: &str, findings: impl Fn(&Document<'_>) -> Vec<String>) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(layer).with_extension("txt");
    let file = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let (notes, mut cases) = parse(&file).unwrap_or_else(|error| panic!("{layer}.txt: {error}"));
    let annotator = Annotator::new(&Options::default());
    let (mut passed, mut failed, mut known) = (0, 0, 0);
    let mut report = String::new();
    for case in &mut cases {
        let mut article = Article::from_text(case.text.as_str());
        article.meta.date = case.date().map(str::to_string);
        let mut found = findings(&annotator.annotate(&article));
        if found.is_empty() {
            found.push("(none)".to_string());
        }
        match (found == case.expected, case.is_known_wrong()) {
            (true, false) => passed += 1,
            (false, true) => known += 1,
            (true, true) => {
                passed += 1;
                let _ = writeln!(report, "## {}\n  comes out right now: take the ! away\n", case.heading);
                case.heading = case.heading.trim_start_matches('!').to_string();
            }
            (false, false) => {
                failed += 1;
                let _ = writeln!(report, "## {}\n{}", case.heading, difference(&case.expected, &found));
                case.expected = found;
            }
        }
    }
    println!("{report}{layer}: {passed} passed, {failed} failed, {known} known to be wrong");
    if std::env::var_os("UPDATE").is_some_and(|update| update == "1") {
        let mut file = notes + "\n";
        for case in &cases {
            let _ = write!(file, "\n## {}\n{}\n---\n{}\n", case.heading, case.text, case.expected.join("\n"));
        }
        fs::write(&path, file).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    } else {
        assert_eq!(failed, 0, "{layer}: {passed} passed, {failed} failed");
    }
}

/// Lines of one side only, then all that was found.
fn difference(expected: &[String], found: &[String]) -> String {
    let mut out = String::new();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        let _ = writeln!(out, "  wanted  {line}");
    }
    for line in found.iter().filter(|line| !expected.contains(line)) {
        let _ = writeln!(out, "  found   {line}");
    }
    if out.is_empty() {
        let _ = writeln!(out, "  in another order, or another number of times: {}", found.join(" / "));
    }
    out
}

#[test]
fn case_files_that_are_empty_or_malformed_are_refused() {
    for (file, complaint) in [
        ("", "there is no case in it"),
        ("# notes only\n", "there is no case in it"),
        ("stray\n## a\nText.\n---\nx", "only notes"),
        ("## a\nText.\nx", "no line ---"),
        ("## a\n---\nx", "a case has"),
        ("## a\nText.\n---\n\n", "a case has"),
        ("## a\nText.\n---\nx\n## a\nText.\n---\nx", "twice"),
        ("## a\nText.\n---\nx\n---\ny", "two lines"),
    ] {
        let refused = parse(file).expect_err(file);
        assert!(refused.contains(complaint), "{file:?}: {refused}");
    }
    let (notes, cases) = parse("# n\n\n## !a [2026-03-02]\nOne.\n\nTwo.\n---\nx\ny\n\n## b\nText.\n---\n(none)").expect("well formed");
    assert_eq!((notes.as_str(), cases.len()), ("# n", 2));
    assert_eq!((cases[0].text.as_str(), cases[0].date(), cases[0].is_known_wrong()), ("One.\n\nTwo.", Some("2026-03-02"), true));
    assert_eq!(cases[0].expected, ["x", "y"]);
}
