//! What is fuzzed: each function takes any bytes and panics where a promise is broken. `tests/fuzz.rs` drives them on stable with blind
//! mutations; `fuzz/fuzz_targets` on nightly with coverage, by libFuzzer.

use pullquote::{
    Annotator, Article, Document, Options, Span,
    annotate::names::{Gazetteer, Model},
    read::{Format, Input, ReadOptions, UNPACKING_THREAD, articles},
    span::OffsetUnit,
    write::{
        jsonl,
        record::{Record, RecordOptions},
        report::Report,
        tables::{TABLES, TableFormat, Tables, cells},
        terminal,
    },
};
use serde_json::Value;
use std::{
    fs,
    path::Path,
    sync::{Arc, LazyLock},
};

#[path = "journal.rs"]
pub mod journal;

/// A name and what is done with the bytes.
pub type Target = (&'static str, fn(&[u8]));

pub const TARGETS: [Target; 10] = [
    ("annotate", annotate),
    ("html", |bytes| read(Format::Html, bytes)),
    ("json", |bytes| read(Format::Json, bytes)),
    ("jsonl", |bytes| read(Format::JsonLines, bytes)),
    ("warc", |bytes| read(Format::Warc, bytes)),
    ("packed", packed),
    ("model", model),
    ("gazetteer", gazetteer),
    ("tables", tables),
    ("journal", journal::journal),
];

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&Options::default()));
static TURNS: LazyLock<Annotator> = LazyLock::new(|| {
    let mut options = Options::default();
    options.turns = true;
    Annotator::new(&options)
});

/// An article of a file of these bytes may be so large: small enough that the limit is met.
const LIMIT: usize = 64 * 1024;

/// Any text gives sound layers, and records that slice in every unit.
pub fn annotate(bytes: &[u8]) {
    let article = Article::from_text(String::from_utf8_lossy(bytes));
    let annotator = if bytes.len().is_multiple_of(2) { &*ANNOTATOR } else { &*TURNS };
    let document = annotator.annotate(&article);
    sound(&document);
    for offsets in [OffsetUnit::CodePoint, OffsetUnit::Byte, OffsetUnit::Utf16] {
        record_slices(&document, offsets);
    }
    let mut shown = Vec::new();
    terminal::write(&document, &mut anstream::StripStream::new(&mut shown)).expect("memory takes everything");
    let shown = String::from_utf8(shown).expect("UTF-8");
    assert!(!shown.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "a control character reaches the terminal");
}

/// Layers lie in the text, in order, and every word of it lies in a sentence.
fn sound(document: &Document) {
    let text = document.text();
    ordered(document.tokens.iter().map(|token| token.span), text, "tokens");
    ordered(document.sentences.iter().map(|sentence| sentence.span), text, "sentences");
    ordered(document.figures.iter().map(|figure| figure.span), text, "figures");
    let mut covered = 0;
    for sentence in &document.sentences {
        assert!(is_blank(&text[covered..sentence.span.start()]), "text between sentences: {:?}", &text[covered..sentence.span.start()]);
        covered = sentence.span.end();
    }
    assert!(is_blank(&text[covered..]), "text after the last sentence: {:?}", &text[covered..]);
    for quote in &document.quotes {
        ordered(quote.parts.iter().copied(), text, "parts of a quote");
    }
    for (_, entity) in document.entities.iter() {
        ordered(entity.mentions.iter().map(|mention| mention.span), text, "mentions");
    }
}

/// White space, and what a reader does not see either: control characters and those without width.
fn is_blank(text: &str) -> bool {
    let without_width =
        |c| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{AD}');
    text.chars().all(|c| c.is_whitespace() || c.is_control() || without_width(c))
}

fn ordered(spans: impl Iterator<Item = Span>, text: &str, layer: &str) {
    let mut last = 0;
    for span in spans {
        assert!(span.start() >= last && span.end() > span.start(), "{layer}: {span:?} after {last}");
        assert!(text.get(span.start()..span.end()).is_some(), "{layer}: {span:?} is no slice");
        last = span.end();
    }
}

/// The record is one line of JSON whose spans slice its text.
pub fn record_slices(document: &Document, offsets: OffsetUnit) -> Value {
    let mut line = Vec::new();
    jsonl::write_line(&Record::new(document, RecordOptions { offsets, ..RecordOptions::default() }), &mut line);
    assert_eq!(line.iter().filter(|&&byte| byte == b'\n').count(), 1, "one line");
    let record: Value = serde_json::from_slice(&line).expect("a record is JSON");
    let text = record["text"].as_str().expect("text");
    // For each place in the record's unit, its byte; places inside a character have none.
    let mut places = vec![None; text.len() + 1];
    let mut at = 0;
    for (byte, c) in text.char_indices().chain([(text.len(), '\0')]) {
        places[at] = Some(byte);
        at += match offsets {
            OffsetUnit::CodePoint => 1,
            OffsetUnit::Byte => c.len_utf8(),
            OffsetUnit::Utf16 => c.len_utf16(),
        };
    }
    slices(&record, text, &places);
    record
}

fn slices(value: &Value, text: &str, places: &[Option<usize>]) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let place = |offset: &Value| places[offset.as_u64().expect("a number") as usize].expect("between characters");
                let slice = &text[place(start)..place(end)];
                assert!(fields.get("text").is_none_or(|surface| surface == slice), "{value}");
            }
            fields.values().for_each(|field| slices(field, text, places));
        }
        Value::Array(items) => items.iter().for_each(|item| slices(item, text, places)),
        _ => {}
    }
}

/// A file of any bytes is read to its end; its records are numbered without a gap, and each is a text or an error.
pub fn read(format: Format, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("a.{format}"));
    fs::write(&path, bytes).expect("a file");
    read_file(&path, Some(format));
}

/// What panics in a library that unpacks is an error of the reader: libFuzzer must not end at it.
static PASS_OVER_UNPACKING: LazyLock<()> = LazyLock::new(|| {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(UNPACKING_THREAD) {
            default(panic);
        }
    }));
});

/// Whatever the bytes are, packed or not: the format is told by them.
pub fn packed(bytes: &[u8]) {
    LazyLock::force(&PASS_OVER_UNPACKING);
    let folder = tempfile::tempdir().expect("a folder");
    let (&first, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let name = ["a", "a.parquet", "a.zip", "a.tar", "a.tgz", "a.jsonl.gz", "a.warc.gz", "a.html.zst", "a.txt", "a.md"];
    let path = folder.path().join(name[usize::from(first) % name.len()]);
    fs::write(&path, rest).expect("a file");
    read_file(&path, None);
}

fn read_file(path: &Path, format: Option<Format>) {
    let options = ReadOptions { format, max_article_bytes: LIMIT, ..ReadOptions::default() };
    let mut next = std::collections::HashMap::<String, u64>::new();
    for (count, raw) in articles(vec![Input::Path(path.to_owned())], &options).enumerate() {
        assert!(count < 1_000_000, "it does not end");
        assert!(raw.size() <= 4 * LIMIT);
        if let Some(record) = raw.source.record {
            let expected = next.entry(raw.source.path.clone()).or_default();
            assert_eq!(record, *expected, "{}", raw.source.path);
            *expected += 1;
        }
        let article = raw.into_article(&options);
        assert!(article.error.is_none() || article.text.is_empty(), "an error and a text");
        assert!(article.id.len() == 18 && article.meta.date.as_ref().is_none_or(|date| date.len() == 10));
    }
}

/// Bytes that are taken for a model give layers, sound ones, as any model does.
pub fn model(bytes: &[u8]) {
    let Ok(model) = Model::from_bytes(bytes) else { return };
    let mut options = Options::default();
    options.model = Some(Arc::new(model));
    let article = Article::from_text("“The quay will hold,” said Ilse Orm of the Harbour Board. Orm sold 12 boats to Acme Corp. in May.");
    sound(&Annotator::new(&options).annotate(&article));
}

/// A list that is taken names what stands in a text; one that is not says why.
pub fn gazetteer(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("names");
    fs::write(&path, bytes).expect("a file");
    match Gazetteer::from_files(&[&path]) {
        Ok(list) => {
            let mut options = Options::default();
            options.gazetteer = Some(Arc::new(list));
            let text = format!("{} said Ilse Orm of the Harbour Board.", String::from_utf8_lossy(bytes));
            sound(&Annotator::new(&options).annotate(&Article::from_text(text)));
        }
        Err(error) => assert!(error.to_string().contains("names"), "it does not name the file: {error}"),
    }
}

/// Any JSON gives as many cells as there are columns, and a page whose data cannot end their element.
pub fn tables(bytes: &[u8]) {
    let Ok(record) = serde_json::from_slice::<Value>(bytes) else { return };
    for table in &TABLES {
        let taken = cells(table, &record, |row| {
            assert_eq!(row.len(), table.columns.len());
            Ok::<(), std::convert::Infallible>(())
        });
        assert_eq!(taken, Ok(()));
    }
    let folder = tempfile::tempdir().expect("a folder");
    for format in [TableFormat::Parquet, TableFormat::JsonLines, TableFormat::Csv] {
        let mut tables = Tables::create(folder.path(), format).expect("tables");
        tables.add(&record).expect("added");
        assert_eq!(tables.finish().expect("written").len(), TABLES.len());
    }
    let mut report = Report::new("t", 3);
    report.add(&record);
    let mut page = Vec::new();
    report.write(&mut page).expect("memory takes everything");
    let page = String::from_utf8(page).expect("UTF-8");
    assert_eq!(page.matches("</script").count(), 2, "text ended an element");
}
