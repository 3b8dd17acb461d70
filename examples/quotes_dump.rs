use pullquote::{document::*, *};
use std::io::{BufRead, Write};
fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    let annotator = Annotator::new(&Options::default());
    let file = std::fs::File::open(std::env::args().nth(1).unwrap()).unwrap();
    let all = std::env::args().any(|a| a == "--all");
    for line in std::io::BufReader::new(file).lines() {
        let row: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let article = Article::from_text(row["text"].as_str().unwrap());
        let doc = annotator.annotate(&article);
        let text = doc.text();
        let offsets = span::CharOffsets::new(text, span::OffsetUnit::CodePoint);
        let mut quotes = vec![];
        for (q, a) in doc.quotes.iter().zip(&doc.attributions) {
            if a.kind == QuoteKind::Scare && !all {
                continue;
            }
            for p in &q.parts {
                let s = a.speaker.as_ref();
                quotes.push(serde_json::json!({"start": offsets.at(p.start()), "end": offsets.at(p.end()), "speaker": s.map(|s| s.mention.span.of(text)),
                    "speaker_full": s.and_then(|s| s.entity).map(|e| doc.entities.get(e).name.clone()), "kind": format!("{:?}", a.kind), "rule": a.rule,
                    "cue": a.cue.as_ref().map(|c| c.lemma.clone()), "confidence": a.confidence, "flags": format!("{:?}", q.flags)}));
            }
        }
        writeln!(out, "{}", serde_json::json!({"id": row["id"], "quotes": quotes})).unwrap();
    }
}
