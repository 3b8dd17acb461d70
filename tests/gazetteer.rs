//! A user's list of names and a user's model, through the binary: what they change in the records, and what is said of bad ones.

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;

fn corpora(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora").join(path).display().to_string()
}

fn pullquote(args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("pullquote").expect("the binary is built");
    command.args(args).timeout(Duration::from_secs(120));
    command
}

fn file(name: &str, content: impl AsRef<[u8]>) -> (TempDir, String) {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let path = dir.path().join(name);
    fs::write(&path, content).expect("a file");
    let path = path.display().to_string();
    (dir, path)
}

/// The record of a text, with a list.
fn record(text: &str, list: &str) -> Value {
    let (_dir, article) = file("article.txt", text);
    let output = pullquote(&["extract", "-q", &article, "--gazetteer", list]).assert().code(0).get_output().stdout.clone();
    serde_json::from_slice(&output).expect("one record")
}

/// Key and mentions by name of each entity of a layer.
fn entities(record: &Value, layer: &str) -> Vec<(String, Vec<String>)> {
    let text = |value: &Value| value.as_str().expect("a string").to_owned();
    let entities = record[layer].as_array().expect("a layer").iter();
    entities
        .map(|entity| {
            let named = |mention: &&Value| matches!(mention["kind"].as_str(), Some("name" | "alias"));
            let mentions = entity["mentions"].as_array().expect("mentions").iter().filter(named);
            (text(&entity["key"]), mentions.map(|mention| text(&mention["text"])).collect())
        })
        .collect()
}

/// What standard error says of a list or model that cannot be used; nothing may have been read or written.
fn refusal(flag: &str, path: &str) -> String {
    let assert = pullquote(&["extract", &corpora("sample"), flag, path]).assert().code(2);
    let output = assert.get_output();
    assert!(output.stdout.is_empty());
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

#[test]
fn listed_names_win_and_their_ids_are_keys() {
    let list = corpora("names/harwich.csv");
    let output = pullquote(&["extract", "-q", &corpora("sample/wire/harwich-ferry.txt"), "--gazetteer", &list])
        .assert()
        .code(0)
        .get_output()
        .stdout
        .clone();
    let record: Value = serde_json::from_slice(&output).expect("one record");
    let organisations = entities(&record, "organisations");
    let orwell = organisations.iter().find(|(key, _)| key == "reg:04417").expect("the line is there");
    assert_eq!(orwell.1, ["Orwell Line", "Orwell", "operator"]);
    let ilves = entities(&record, "people").into_iter().find(|(key, _)| key == "staff:12").expect("she is there");
    assert_eq!(ilves.1, ["Mara Ilves", "Ilves"]);
    let named = |layer: &str| entities(&record, layer).into_iter().flat_map(|(_, mentions)| mentions).any(|text| text == "Stour Castle");
    assert!(!named("people") && !named("organisations"), "a ship is neither");
    let quote = &record["quotes"][0]["speaker"];
    assert_eq!(quote["name"], "Mara Ilves");
}

#[test]
fn csv_json_lines_and_compressed_lists_are_the_same() {
    let article = corpora("sample/wire/harwich-ferry.txt");
    let run = |list: &str, jobs: &str| {
        pullquote(&["extract", "-q", &article, &corpora("sample/wire"), "-j", jobs, "--gazetteer", list])
            .assert()
            .code(0)
            .get_output()
            .stdout
            .clone()
    };
    let csv = run(&corpora("names/harwich.csv"), "1");
    assert_eq!(csv, run(&corpora("names/harwich.jsonl"), "4"));
    let packed = zstd::encode_all(fs::File::open(corpora("names/harwich.jsonl")).expect("the list"), 3).expect("memory");
    let (_dir, packed) = file("list.jsonl.zst", packed);
    assert_eq!(csv, run(&packed, "2"));
    // Other order of columns, a byte order mark, blank lines, aliases left out.
    let (_dir, other) = file(
        "list.csv",
        "\u{FEFF}id,aliases,Type,Name\nreg:04417,Orwell| the operator,Company,Orwell Line\n\nreg:00871,SDF,ORG,Seafarers and Dockers Federation\n\
         ,,none,Stour Castle\nstaff:12,Ilves,PER,Mara Ilves\n",
    );
    assert_eq!(csv, run(&other, "2"));
}

#[test]
fn one_entry_is_one_entity_and_two_entries_are_two() {
    let (_dir, list) = file(
        "list.jsonl",
        r#"{"name": "Hollis Grain", "type": "org", "id": "a"}
{"name": "Hollis", "type": "org", "id": "b", "aliases": ["the Big Sack"]}
{"name": "Ada Quill", "type": "person", "id": "q1"}
{"name": "A. Quill", "type": "person", "id": "q2"}
"#,
    );
    let text =
        "Hollis Grain bought land from Hollis. The Big Sack was silent, but HOLLIS GRAIN’s Ada Quill spoke. A. Quill did not, nor Hollis.";
    let found = record(text, &list);
    let (a, b) = ("a".to_owned(), "b".to_owned());
    let strings = |texts: &[&str]| texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>();
    assert_eq!(
        entities(&found, "organisations"),
        [(a, strings(&["Hollis Grain", "HOLLIS GRAIN"])), (b, strings(&["Hollis", "Big Sack", "Hollis"]))]
    );
    let keys: Vec<String> = entities(&found, "people").into_iter().map(|(key, _)| key).collect();
    assert_eq!(keys, ["q1", "q2"]);
}

#[test]
fn what_is_wrong_with_a_list_is_said_with_its_line_and_the_remedy() {
    let cases = [
        ("name,kind\nAcme,org\n", "line 1: no column type in the header (name, kind)"),
        ("name,type\nAcme,firm\n", "line 2: \"Acme\" has the unknown type \"firm\"; give one of person, organisation, place, other"),
        ("name,type\nAcme,org\n,person\n", "line 3: no `name`"),
        ("name,type\n&,org\n", "line 2: the name \"&\" has no letter and no digit; mend or remove the entry"),
        ("name,type,id\nAcme,org,1\nBeta,org,2\nAcme,org,3\n", "line 4: \"Acme\" stands already in line 2 of"),
        ("{\"name\": \"Acme\", \"type\": \"org\"}\n{\"name\": \"Beta\"}\n", "line 2: \"Beta\" has no `type`"),
        ("{\"name\": \"Acme\", \"type\": \"org\"\n", "line 1: broken JSON"),
        ("{\"name\": 7, \"type\": \"org\"}\n", "line 1: `name` must be a string"),
        ("{\"name\": \"Acme\", \"type\": \"org\", \"aliases\": \"A\"}\n", "line 1: `aliases` must be a list of strings"),
    ];
    for (content, expected) in cases {
        let (_dir, path) = file("list.txt", content);
        let said = refusal("--gazetteer", &path);
        assert!(said.contains(&path) && said.contains(expected), "{content:?} gave {said}");
    }
    let (_dir, latin) = file("list.csv", b"name,type\nCaf\xE9,org\n");
    assert!(refusal("--gazetteer", &latin).contains("line 2 is not UTF-8; save the list as UTF-8"));
    assert!(refusal("--gazetteer", "no-such-list.csv").contains("no-such-list.csv: no such file"));
}

#[test]
fn a_model_that_cannot_be_used_is_named_with_the_remedy() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/annotate/names/model.bin");
    let model = fs::read(model).expect("the model");
    let (_dir, cut) = file("cut.bin", &model[..model.len() / 2]);
    let (_dir2, foreign) = file("foreign.bin", "a text");
    for (path, expected) in [(cut.as_str(), "ends too early or is damaged"), (&foreign, "not a names model"), ("none.bin", "No such file")]
    {
        let said = refusal("--model", path);
        assert!(said.contains(path) && said.contains(expected) && said.contains("pullquote train names"), "{said}");
    }
    let (_dir3, whole) = file("whole.bin", &model);
    let article = corpora("sample/wire/harwich-ferry.txt");
    let with = |args: &[&str]| pullquote(&[&["extract", "-q", &article], args].concat()).assert().code(0).get_output().stdout.clone();
    assert_eq!(with(&["--model", &whole]), with(&[]));
}

#[test]
fn aliases_join_articles_under_one_id_and_find_nothing_more() {
    let (_dir, list) =
        file("aliases.csv", "name,type,aliases,id\nDr Greta Marie Quill,person,Greta Quill|G. M. Quill,p:1\nNobody Here,person,,p:2\n");
    let articles = r#"{"text": "“Yes,” said Greta Quill, the mayor."}
{"text": "“No,” said G. M. Quill, the mayor. Quill slept."}
{"text": "Jon Quill and Nobody met."}"#;
    let (_articles, path) = file("articles.jsonl", articles);
    let keys = |more: &[&str]| -> Vec<Vec<(String, usize)>> {
        let output = pullquote(&["extract", "-q", &path]).args(more).assert().code(0).get_output().stdout.clone();
        let lines = String::from_utf8(output).expect("UTF-8");
        let people = |line: &str| {
            let record: Value = serde_json::from_str(line).expect("a record");
            entities(&record, "people").into_iter().map(|(key, mentions)| (key, mentions.len())).collect()
        };
        lines.lines().map(people).collect()
    };
    let (plain, joined) = (keys(&[]), keys(&["--aliases", &list]));
    assert_eq!(joined[0][0].0, "p:1");
    assert_eq!(joined[1][0].0, "p:1");
    assert!(joined[2].iter().all(|(key, _)| key.starts_with("person:")));
    let counts = |all: &[Vec<(String, usize)>]| -> Vec<usize> { all.iter().flatten().map(|(_, count)| *count).collect() };
    assert_eq!(counts(&plain), counts(&joined));
    assert!(refusal("--aliases", "no/such/list.csv").contains("no/such/list.csv"));
}
