//! Any bytes in: each target of `fuzz/targets.rs` is given mutations of our own samples, and words that its format is made of. The seed is
//! fixed, so a fault comes again; `FUZZ_SECONDS=600 cargo test --test fuzz` goes on for longer, `FUZZ_SEED=7` elsewhere. With a nightly
//! compiler `cargo fuzz run TARGET` does the same guided by coverage; `FUZZ_SEEDS=FOLDER cargo test --test fuzz` writes what it begins with
//! to `FOLDER/TARGET`.

#[path = "../fuzz/targets.rs"]
mod targets;

use pullquote::{Annotator, Article, Options, annotate::names::Model, span::OffsetUnit};
use std::{
    fs,
    io::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    time::{Duration, Instant},
};
use targets::TARGETS;

/// SplitMix64 (Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }
}

/// What formats and rules look for, one a line; `\xHH` is a byte.
const DICTIONARY: &str = include_str!("../fuzz/dictionary.txt");

fn words() -> Vec<Vec<u8>> {
    DICTIONARY.lines().filter(|line| !line.starts_with("# ")).map(unescaped).collect()
}

fn unescaped(line: &str) -> Vec<u8> {
    let mut pieces = line.split("\\x");
    let mut out = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let (byte, rest) = piece.split_at(2);
        out.push(u8::from_str_radix(byte, 16).expect("two hexadecimal digits"));
        out.extend(rest.as_bytes());
    }
    out
}

/// One to eight changes: flips, cuts, copies, numbers and words.
fn mutated(seed: &[u8], other: &[u8], words: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len() + 1);
        let longest = 1 << random.below(8);
        let length = random.below(longest);
        let end = (at + length).min(bytes.len());
        match random.below(8) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 if at < bytes.len() => bytes[at] = random.next() as u8,
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len() + 1);
                drop(bytes.splice(to..to, piece));
            }
            4 => bytes.truncate(bytes.len().min(at.max(4))),
            5 => {
                let from = random.below(other.len() + 1);
                let piece = &other[from..(from + length).min(other.len())];
                drop(bytes.splice(at..end, piece.iter().copied()));
            }
            6 => {
                let word = &words[random.below(words.len())];
                let times = 1 << random.below(6);
                drop(bytes.splice(at..at, word.repeat(times)));
            }
            _ => drop(bytes.splice(at..at, words[random.below(words.len())].iter().copied())),
        }
    }
    bytes.truncate(1 << 16);
    bytes
}

/// The files of our sample articles, and those that once broke something.
fn samples(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            samples(&path, found);
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.len() < 1 << 15
        {
            found.push((path.to_string_lossy().into_owned(), bytes));
        }
    }
}

fn seeds(target: &str, samples: &[(String, Vec<u8>)]) -> Vec<Vec<u8>> {
    let named = |ends: &[&str]| -> Vec<Vec<u8>> {
        samples.iter().filter(|(name, _)| ends.iter().any(|end| name.ends_with(end))).map(|(_, bytes)| bytes.clone()).collect()
    };
    match target {
        "annotate" => named(&[".txt", ".md"]),
        "html" => named(&[".html", ".htm"]),
        "json" | "jsonl" => named(&[".json", ".jsonl"]),
        "warc" => {
            let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n1b\r\n<p>The quay was shut, he said\r\n0\r\n\r\n";
            let length = page.len();
            let record = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nContent-Length: {length}\r\n\r\n{page}\r\n\r\n"
            );
            vec![
                record.into_bytes(),
                b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nHi\r\n\r\n".to_vec(),
            ]
        }
        // The first byte chooses the file's name.
        "packed" => archives()
            .into_iter()
            .chain(named(&[".gz", ".zst", ".parquet", ".zip", ".tar"]))
            .map(|bytes| [b"\0", &bytes[..]].concat())
            .collect(),
        // A whole model is megabytes: one of few words and features, and a beginning.
        "model" => vec![small_model(), Model::embedded().to_bytes()[..1 << 12].to_vec()],
        "journal" => parts(),
        "gazetteer" => vec![
            b"name,type,aliases,id\nOrwell Line,organisation,Orwell|the operator,reg:1\nMara Ilves,person,Ilves,\n".to_vec(),
            b"{\"name\": \"Harbour Board\", \"type\": \"organisation\", \"aliases\": [\"Board\"], \"id\": \"b:1\"}\n".to_vec(),
        ],
        _ => {
            let annotator = Annotator::new(&Options::default());
            let record = |(_, bytes): &(String, Vec<u8>)| {
                let article = Article::from_text(String::from_utf8_lossy(bytes));
                targets::record_slices(&annotator.annotate(&article), OffsetUnit::CodePoint).to_string().into_bytes()
            };
            samples.iter().filter(|(name, bytes)| name.ends_with(".txt") && bytes.len() < 2000).take(12).map(record).collect()
        }
    }
}

/// An archive of each kind, made here: those of the samples may be larger than a mutation changes.
fn archives() -> Vec<Vec<u8>> {
    let mut tar = tar::Builder::new(Vec::new());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.txt", "b/c.html"] {
        let mut header = tar::Header::new_gnu();
        header.set_size(9);
        tar.append_data(&mut header, name, &b"It rained"[..]).expect("memory takes everything");
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes everything");
        zip.write_all(b"It rained").expect("memory takes everything");
    }
    let tar = tar.into_inner().expect("memory takes everything");
    let packed = zstd::encode_all(&tar[..], 1).expect("memory takes everything");
    vec![tar, zip.finish().expect("memory takes everything").into_inner(), packed]
}

/// The model with no more than the first words and features of its tables: what a mutation changes is met at once.
fn small_model() -> Vec<u8> {
    const KEPT: usize = 40;
    let whole = Model::embedded().to_bytes();
    // Magic and version, the labels, two fingerprints, a number for each pair of labels.
    let (length, labels) = number(&whole, 10);
    let count = whole[labels..labels + length].split(|&byte| byte == b' ').count();
    let words = labels + length + 16 + count * count * 4;
    // Paths of clusters, then words with two numbers each.
    let (paths, start) = number(&whole, words);
    let start = (0..paths).fold(start, |at, _| number(&whole, at + 1).1);
    let (entries, first) = number(&whole, start);
    let after = |entries: usize| (0..entries * 3).fold(first, |at, _| number(&whole, at).1);
    let numbers = after(entries);
    // The last table is where a count of rows leads to the end of the file.
    let row = |at: usize| number(&whole, at).1 + 28;
    let rows = (numbers..whole.len()).find(|&at| {
        let (count, first) = number(&whole, at);
        let fits = (count * 29..=count * 33).contains(&(whole.len() - first));
        fits && (0..count).try_fold(first, |at, _| (at < whole.len()).then(|| row(at))) == Some(whole.len())
    });
    let rows = rows.expect("a table of rows");
    let (_, first_row) = number(&whole, rows);
    let last_row = (0..KEPT).fold(first_row, |at, _| row(at));
    let kept = [KEPT as u8];
    let model = [&whole[..start], &kept, &whole[first..after(KEPT)], &whole[numbers..rows], &kept, &whole[first_row..last_row]].concat();
    assert!(Model::from_bytes(&model).is_ok() && model.len() < 1 << 16, "{} bytes", model.len());
    model
}

/// A number in groups of seven bits at a place of a model, and where it ends.
fn number(bytes: &[u8], at: usize) -> (usize, usize) {
    let groups = bytes[at..].iter().take(5).position(|&byte| byte < 0x80).unwrap_or(4) + 1;
    let groups = &bytes[at..(at + groups).min(bytes.len())];
    (groups.iter().rev().fold(0, |number, &byte| number << 7 | usize::from(byte & 0x7F)), at + groups.len())
}

/// Parts of an output, whole or told by a script, with and without the journal of their run.
fn parts() -> Vec<Vec<u8>> {
    let mut parts = Vec::new();
    for run in [0, 1, 2, 4, 8, 12] {
        let lines = targets::journal::Run(run).whole();
        parts.push([&[run, 0][..], &lines[..2].concat(), &lines[2][..20]].concat());
        let script: Vec<u8> = (0..lines.len() as u8).collect();
        parts.push([&[run | 16 | 32, 0][..], &script[..3], &[150, 0]].concat());
        parts.push([&[run | 16, 0][..], &script, &[0]].concat());
    }
    parts.push(b"\x10{\"program\": \"pullquote 0.1.0\", \"options\": \"0\", \"arguments\": [\"extract\"]}\0\0\x01\0".to_vec());
    parts
}

fn number_of(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A model that ends in the middle is refused early; its tables are met whole here.
fn changed_models(random: &mut Random, until: Instant) -> u64 {
    let whole = Model::embedded().to_bytes();
    let mut inputs = 0;
    while Instant::now() < until {
        let mut bytes = whole.clone();
        for _ in 0..=random.below(20) {
            let at = random.below(bytes.len());
            bytes[at] = random.next() as u8;
        }
        targets::model(&bytes);
        inputs += 1;
    }
    inputs
}

#[test]
fn any_bytes_keep_the_promises() {
    let seconds = number_of("FUZZ_SECONDS").unwrap_or(2);
    let only = std::env::var("FUZZ_TARGET").ok();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    samples(&root.join("corpora"), &mut found);
    let words = words();
    assert!(found.len() > 50 && words.len() > 50, "{} samples, {} words", found.len(), words.len());
    for (name, target) in TARGETS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        let mut random = Random(number_of("FUZZ_SEED").unwrap_or(0x5EED));
        let mut seeds = seeds(name, &found);
        samples_of_faults(name, &mut seeds);
        assert!(!seeds.is_empty(), "{name} has nothing to begin with");
        if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
            keep(&seeds, &Path::new(&folder).join(name));
            continue;
        }
        let until = Instant::now() + Duration::from_secs(seconds);
        let mut inputs = 0;
        // What once broke something, and the seeds as they are, come first.
        let mut fresh = seeds.clone().into_iter();
        while Instant::now() < until || fresh.len() > 0 {
            let bytes = fresh.next().unwrap_or_else(|| {
                let (seed, other) = (random.below(seeds.len()), random.below(seeds.len()));
                mutated(&seeds[seed], &seeds[other], &words, &mut random)
            });
            if catch_unwind(AssertUnwindSafe(|| target(&bytes))).is_err() {
                let path = std::env::temp_dir().join(format!("{name}.fault"));
                let _ = fs::write(&path, &bytes);
                panic!("{name}: input {inputs} is kept in {}", path.display());
            }
            inputs += 1;
        }
        if *name == "model" {
            inputs += changed_models(&mut random, Instant::now() + Duration::from_secs(seconds));
        }
        let _ = writeln!(std::io::stderr(), "fuzz: {name}: {inputs} inputs in {seconds} s");
    }
}

/// Writes the seeds as libFuzzer takes them: a file each.
fn keep(seeds: &[Vec<u8>], folder: &Path) {
    fs::create_dir_all(folder).expect("a folder");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), seed).expect("a file");
    }
}

/// `tests/cases/fuzz/TARGET-*`: inputs that broke something once.
fn samples_of_faults(target: &str, seeds: &mut Vec<Vec<u8>>) {
    let mut found = Vec::new();
    samples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/fuzz"), &mut found);
    let prefix = format!("{target}-");
    let is_of_target = |name: &str| Path::new(name).file_name().is_some_and(|name| name.to_string_lossy().starts_with(&prefix));
    seeds.extend(found.into_iter().filter(|(name, _)| is_of_target(name)).map(|(_, bytes)| bytes));
}
