//! What holds for any text whatever: no panic, spans in bounds and in order, sentences over all text, and records whose offsets slice.

use proptest::prelude::*;
use pullquote::{
    Annotator, Article, Document, Options, Span,
    span::OffsetUnit,
    write::record::{Record, RecordOptions},
};
use serde_json::Value;
use std::io::Write as _;
use std::sync::LazyLock;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new(&Options::default()));

/// Pieces that news is made of and that stages look for, so that random texts reach the deep ends of the rules.
const PIECES: &[&str] = &[
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "``",
    "''",
    "„",
    ".",
    "...",
    "…",
    ". . .",
    "!",
    "?",
    ",",
    ":",
    ";",
    "—",
    "-",
    "‑",
    "(",
    ")",
    "[",
    "]",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "\u{a0}",
    "\u{2009}",
    "\u{ad}",
    "\u{200b}",
    "\u{2028}",
    "•",
    "- ",
    "1. ",
    "a) ",
    "U.S.",
    "Mr.",
    "Dr.",
    "Inc.",
    "a.m.",
    "e.g.",
    "No.",
    "Kopp",
    "Mara Ilves",
    "Acme Corp",
    "the company",
    "she",
    "he",
    "they",
    "said",
    "told",
    "according to",
    "asked",
    "the senator",
    "a spokeswoman for",
    "The",
    "But",
    "in",
    "of",
    "and",
    "to",
    "from",
    "between",
    "or",
    "$",
    "£",
    "€",
    "1.2bn",
    "1,400",
    "3½",
    "½",
    "5-10%",
    "2012-13",
    "20th",
    "per cent",
    "percent",
    "million",
    "billion",
    "three-fold",
    "twice",
    "half a",
    "dozens of",
    "TB",
    "km",
    "°C",
    "minus",
    "about",
    "more than",
    "July 2025",
    "Monday",
    "last year",
    "May",
    "10:30",
    "’s",
    "don’t",
    "O’Brien",
    "北京",
    "Zoë",
    "e\u{301}",
    "👍🏽",
    "🇫🇮",
    "x@y.org",
    "https://ex.org/?a=“b”",
    "@kopp",
    "#news",
    "99999999999999999999",
    "١٢٣",
    "Ⅳ",
    "²",
];

fn news_like() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(PIECES), prop::bool::weighted(0.7)), 0..60)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { format!("{piece} ") } else { piece.to_owned() }).collect())
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![4 => news_like(), 1 => any::<String>(), 1 => "\\PC{0,200}"]
}

fn assert_ordered(spans: &[Span], text: &str, layer: &str) {
    for span in spans {
        assert!(span.end() <= text.len() && !span.is_empty(), "{layer}: {span:?} is out of bounds or empty");
        assert!(text.is_char_boundary(span.start()) && text.is_char_boundary(span.end()), "{layer}: {span:?} cuts a character");
    }
    for pair in spans.windows(2) {
        assert!(pair[0].end() <= pair[1].start(), "{layer}: {pair:?} overlap or are out of order");
    }
}

fn check_document(document: &Document) {
    let text = document.text();
    assert_ordered(&document.tokens.iter().map(|t| t.span).collect::<Vec<_>>(), text, "tokens");
    assert_ordered(&document.sentences.iter().map(|s| s.span).collect::<Vec<_>>(), text, "sentences");
    assert_ordered(&document.figures.iter().map(|f| f.span).collect::<Vec<_>>(), text, "figures");
    assert_ordered(&document.mentions.iter().map(|m| m.span).collect::<Vec<_>>(), text, "names");

    // Sentences hold every token, in order, without gaps.
    let mut next = 0;
    for sentence in &document.sentences {
        assert_eq!(sentence.tokens.range().start, next);
        next = sentence.tokens.range().end;
    }
    assert_eq!(next, document.tokens.len());

    assert_eq!(document.quotes.len(), document.attributions.len());
    for quote in &document.quotes {
        assert_ordered(&quote.parts, text, "quote parts");
    }
    assert!(document.quotes.windows(2).all(|pair| pair[0].span().start() <= pair[1].span().start()), "quotes are out of order");
    for (_, entity) in document.entities.iter() {
        assert!(!entity.name.is_empty() && !entity.key.is_empty() && !entity.mentions.is_empty());
        assert_ordered(&entity.mentions.iter().map(|m| m.span).collect::<Vec<_>>(), text, "mentions");
        assert!(entity.mentions.iter().all(|m| (m.sentence as usize) < document.sentences.len()));
        assert!(entity.organisation.is_none_or(|id| (id.index as usize) < document.entities.organisations.len()));
    }
    for attribution in &document.attributions {
        assert!((0.0..=1.0).contains(&attribution.confidence));
        if let Some(speaker) = &attribution.speaker {
            assert_ordered(&[speaker.mention.span], text, "speaker");
        }
        if let Some(cue) = &attribution.cue {
            assert_ordered(&[cue.span], text, "cue");
        }
    }
}

/// Every object with `start`, `end` and `text` slices the record's text, in the record's unit.
fn check_slices(value: &Value, units: &[Vec<u8>]) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end), Some(surface)) = (fields.get("start"), fields.get("end"), fields.get("text")) {
                let (start, end) = (start.as_u64().expect("a number") as usize, end.as_u64().expect("a number") as usize);
                assert_eq!(units[start..end].concat(), surface.as_str().expect("text").as_bytes(), "{value}");
            }
            fields.values().for_each(|field| check_slices(field, units));
        }
        Value::Array(items) => items.iter().for_each(|item| check_slices(item, units)),
        _ => {}
    }
}

fn record(document: &Document, offsets: OffsetUnit) -> Value {
    serde_json::to_value(Record::new(document, RecordOptions { offsets, ..RecordOptions::default() })).expect("serialises")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn layers_of_any_text_are_sound(text in any_text()) {
        let article = Article::from_text(text);
        check_document(&ANNOTATOR.annotate(&article));
    }

    #[test]
    fn records_slice_in_code_points_and_bytes(text in any_text()) {
        let article = Article::from_text(text);
        let document = ANNOTATOR.annotate(&article);
        let code_points: Vec<Vec<u8>> = article.text.chars().map(|c| c.to_string().into_bytes()).collect();
        check_slices(&record(&document, OffsetUnit::CodePoint), &code_points);
        let bytes: Vec<Vec<u8>> = article.text.bytes().map(|b| vec![b]).collect();
        check_slices(&record(&document, OffsetUnit::Byte), &bytes);
    }

    #[test]
    fn the_same_text_gives_the_same_record(text in news_like()) {
        let (a, b) = (Article::from_text(text.clone()), Article::from_text(text));
        prop_assert_eq!(record(&ANNOTATOR.annotate(&a), OffsetUnit::Utf16), record(&ANNOTATOR.annotate(&b), OffsetUnit::Utf16));
    }
}

/// What was read before leaves no trace: sums that a thread keeps between articles are told apart by all that they depend on. (They once
/// were not by the sort of quotation mark, so that a confidence depended on the article before.)
#[test]
fn the_order_of_articles_changes_no_record() {
    let texts = [
        "The workers’ Union met. REalloys’ HF plant opened in Harwich, the Orms’ Bank said.",
        "In the firms’ Varga Fund nobody sold. ‘Harwich’ Steel rose, and “Brandt” Holdings fell.",
    ];
    let marks = ["’", "'", "`", "”", "\"", "‘", "´", "′"];
    let articles: Vec<Article> =
        texts.iter().flat_map(|text| marks.iter().map(|mark| Article::from_text(text.replace('’', mark)))).collect();
    let records = |articles: &mut dyn Iterator<Item = &Article>| -> Vec<Value> {
        let annotator = Annotator::new(&Options::default());
        articles.map(|article| record(&annotator.annotate(article), OffsetUnit::CodePoint)).collect()
    };
    let forward = records(&mut articles.iter());
    let mut backward = records(&mut articles.iter().rev());
    backward.reverse();
    assert_eq!(forward, backward);
}

/// Long runs of one piece: a rule that looks back or ahead without a bound would take minutes here.
#[test]
fn long_runs_of_one_piece_take_linear_time() {
    for piece in PIECES.iter().chain(&["a", "A", "1", "Mr. ", "said ", "$1-", "“A” ", "\"A,\" he said, ", "Kopp, ", "one ", "Bo of "]) {
        let run = |size: usize| {
            let article = Article::from_text(piece.repeat(size / piece.len()));
            let started = std::time::Instant::now();
            check_document(&ANNOTATOR.annotate(&article));
            started.elapsed().as_secs_f64()
        };
        // Eight times the text; thirty times the time leaves room for noise and none for a square (sixty-four). The machine may be
        // busy: the best of a few tries counts.
        let linear = (0..5).any(|_| run(400_000) < run(50_000).max(0.002) * 30.0);
        assert!(linear, "{piece:?}: {:.4} s for 50 kB, {:.4} s for 400 kB", run(50_000), run(400_000));
    }
}

#[test]
fn every_record_of_real_news_slices() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/text/wikinews.jsonl");
    let Ok(lines) = std::fs::read_to_string(&path) else {
        // Straight to standard error: what a passing test prints is not shown.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {} is not there", path.display());
        return;
    };
    for line in lines.lines().take(100) {
        let text = serde_json::from_str::<Value>(line).expect("JSON")["text"].as_str().expect("text").to_owned();
        let article = Article::from_text(text);
        let document = ANNOTATOR.annotate(&article);
        check_document(&document);
        let code_points: Vec<Vec<u8>> = article.text.chars().map(|c| c.to_string().into_bytes()).collect();
        check_slices(&record(&document, OffsetUnit::CodePoint), &code_points);
    }
}
