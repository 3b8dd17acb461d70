//! Writes the names of a JSON Lines file in the form the scorer reads: names FILE [MODEL]
use pullquote::annotate::{lexicon::Lexicon, names, sentences, tokens};
use pullquote::document::NameType;
use pullquote::span::{CharOffsets, OffsetUnit};
use std::time::{Duration, Instant};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let lexicon = Lexicon::english();
    let started = Instant::now();
    let model = match args.get(1) {
        Some(path) => names::Model::from_bytes(&std::fs::read(path).unwrap()).unwrap(),
        None => names::Model::embedded(),
    };
    eprintln!("loaded in {:?}", started.elapsed());
    let file = std::fs::read_to_string(&args[0]).unwrap();
    let (mut time, mut count) = (Duration::ZERO, 0);
    for line in file.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = row["text"].as_str().unwrap();
        let all = tokens::tokenize(text);
        let sentences = sentences::split(text, &all, &lexicon);
        let started = Instant::now();
        let mentions = names::find(text, &all, &sentences, &model, &lexicon);
        time += started.elapsed();
        count += all.len();
        let offsets = CharOffsets::new(text, OffsetUnit::CodePoint);
        let of = |wanted: NameType| -> Vec<_> {
            let those = mentions.iter().filter(|m| m.name_type == wanted);
            those
                .map(|m| serde_json::json!([offsets.at(m.span.start()), offsets.at(m.span.end()), m.span.of(text), m.confidence]))
                .collect()
        };
        println!(
            "{}",
            serde_json::json!({"id": row.get("id").unwrap_or(&row["doc"]), "people": of(NameType::Person), "orgs": of(NameType::Organisation), "locations": of(NameType::Location), "others": of(NameType::Other)})
        );
    }
    eprintln!("{count} tokens, {:.2} M/s", count as f64 / time.as_secs_f64() / 1e6);
}
