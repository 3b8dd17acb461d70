use super::*;
use serde_json::json;
use std::{convert::Infallible, fs};

fn record() -> serde_json::Value {
    let entity = |id: &str, name: &str| {
        json!({"id": id, "key": format!("k:{name}"), "name": name, "aliases": ["A", "B"], "role": "mayor", "organisation": "o0",
               "gender": "f", "gender_basis": "pronoun",
               "mentions": [{"start": 0, "end": 3, "text": name, "kind": "name", "sentence": 0, "confidence": 0.5}]})
    };
    let mut record = json!({
        "schema": "pullquote/1", "id": "d_1", "status": "ok", "error": null, "source": {"path": "a.txt", "record": null, "id": null},
        "url": "https://x.example/1", "site": null, "title": "=1+1", "author": null, "section": null, "date": "2026-03-01",
        "published_at": "2026-03-01T10:00:00Z", "language": "en", "words": 9, "text": "…", "sentences": [{}, {}]
    });
    let layers = json!({
        "people": [entity("p0", "Ilse Orm")], "organisations": [entity("o0", "Quay Board")],
        "figures": [{"id": "f0", "start": 1, "end": 2, "text": "-5%", "kind": "percent", "value": -5.0, "unit": "percent", "unit_assumed": false,
                     "date_start": null, "date_end": "2026-12-31", "subject": "o0", "anchored": true, "quote": "q0", "sentence": 1}],
        "quotes": [{"id": "q0", "start": 0, "end": 9, "text": "“We go.”", "content": "We go.", "kind": "direct",
                    "parts": [{}, {}], "flags": ["nested"], "rule": "inverted", "confidence": 0.97, "sentence_start": 0, "sentence_end": 0,
                    "speaker": {"id": "p0", "type": "person", "name": "Ilse Orm", "role": "mayor", "mention": {"text": "she", "kind": "pronoun"}},
                    "cue": {"text": "said", "lemma": "say"}}],
        "warnings": []
    });
    record.as_object_mut().expect("an object").extend(layers.as_object().expect("an object").clone());
    record
}

/// The rows of a table as "column=value", nulls left out.
fn shown(name: &str, record: &serde_json::Value) -> Vec<String> {
    let table = TABLES.iter().find(|table| table.name == name).expect("a table");
    let mut rows = Vec::new();
    let taken = cells(table, record, |cells| {
        let there = table.columns.iter().zip(cells).filter(|(_, cell)| **cell != Cell::Null);
        let one = |(column, cell): (&Column, &Cell)| match cell {
            Cell::Text(text) => format!("{}={text}", column.name),
            other => format!("{}={other:?}", column.name),
        };
        rows.push(there.skip(4).map(one).collect::<Vec<_>>().join(" "));
        Ok::<(), Infallible>(())
    });
    assert_eq!(taken, Ok(()));
    rows
}

#[test]
fn every_table_has_its_rows() {
    let record = record();
    let articles = shown("articles", &record);
    assert!(articles[0].contains("sentences=Integer(2)") && articles[0].contains("quotes=Integer(1)"), "{articles:?}");
    let entities = shown("entities", &record);
    assert_eq!(entities.len(), 2);
    assert!(
        entities[0].starts_with(
            "id=p0 type=person key=k:Ilse Orm name=Ilse Orm aliases=A|B role=mayor organisation=o0 organisation_name=Quay Board"
        )
    );
    assert!(entities[1].contains("type=organisation"));
    assert!(shown("mentions", &record)[1].starts_with("entity_id=o0 entity_type=organisation entity_key=k:Quay Board"));
    let figures = shown("figures", &record);
    assert!(figures[0].contains("value=Float(-5.0)") && figures[0].contains("date_end=2026-12-31"), "{figures:?}");
    assert!(figures[0].contains("subject_name=Quay Board subject_type=organisation subject_key=k:Quay Board"), "{figures:?}");
    let quotes = shown("quotes", &record);
    assert!(quotes[0].contains("speaker_name=Ilse Orm speaker_key=k:Ilse Orm speaker_role=mayor speaker_gender=f"), "{quotes:?}");
    assert!(quotes[0].contains("cue_lemma=say") && quotes[0].contains("parts=Integer(2)"), "{quotes:?}");
    assert_eq!(shown("errors", &record), Vec::<String>::new());
    let failed = json!({"id": "d_2", "source": {"path": "b"}, "error": {"stage": "open", "code": "not_found", "message": "b: no"}});
    assert_eq!(shown("errors", &failed), ["error_message=b: no"]);
}

#[test]
fn columns_of_one_table_have_different_names_and_stand_in_the_record() {
    let schema = schemars::schema_for!(crate::write::record::Record).to_value().to_string();
    for table in &TABLES {
        let names: std::collections::BTreeSet<&str> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(names.len(), table.columns.len(), "{}", table.name);
        for column in table.columns {
            let (ValueSource::Article(path)
            | ValueSource::Item(path)
            | ValueSource::Owner(path)
            | ValueSource::Count(path)
            | ValueSource::List(path)
            | ValueSource::ArticleCount(path)) = column.source
            else {
                continue;
            };
            for key in path.split('/').skip(1) {
                assert!(schema.contains(&format!("\"{key}\"")), "{}.{}: {path}", table.name, column.name);
            }
        }
    }
}

#[test]
fn parquet_is_typed_and_read_back() {
    use parquet::{file::reader::FileReader, file::serialized_reader::SerializedFileReader, record::Field};
    let folder = tempfile::tempdir().expect("a folder");
    let mut tables = Tables::create(folder.path(), TableFormat::Parquet).expect("tables");
    let record = record();
    for _ in 0..3 {
        tables.add(&record).expect("added");
    }
    let written = tables.finish().expect("written");
    assert_eq!(written[0], ("articles", 3));
    assert_eq!(written[1], ("entities", 6));
    let read = |name: &str| {
        let file = fs::File::open(folder.path().join(name)).expect("a table");
        let reader = SerializedFileReader::new(file).expect("Parquet");
        let rows: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        rows
    };
    let of =
        |row: &parquet::record::Row, name: &str| row.get_column_iter().find(|(column, _)| *column == name).expect("a column").1.clone();
    let figures = read("figures.parquet");
    assert_eq!(figures.len(), 3);
    assert_eq!(of(&figures[2], "date"), Field::Date(20513));
    assert_eq!((of(&figures[0], "value"), of(&figures[0], "date_start")), (Field::Double(-5.0), Field::Null));
    assert_eq!(of(&figures[0], "anchored"), Field::Bool(true));
    let articles = read("articles.parquet");
    assert_eq!(of(&articles[0], "published_at"), Field::TimestampMicros(1_772_359_200_000_000));
    assert_eq!(read("errors.parquet").len(), 0);
}

#[test]
fn spreadsheets_are_given_no_formulas() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut tables = Tables::create(folder.path(), TableFormat::Csv).expect("tables");
    tables.add(&record()).expect("added");
    tables.finish().expect("written");
    let figures = fs::read_to_string(folder.path().join("figures.csv")).expect("a table");
    let row = figures.lines().nth(1).expect("a row");
    assert!(row.contains("'=1+1") && row.contains(",'-5%,percent,-5,"), "text is neutralised, numbers are not: {row}");
}
