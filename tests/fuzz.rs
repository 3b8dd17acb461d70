//! Any bytes in: each target of `fuzz/targets.rs` is given mutations of our own samples, and words that its format is made of. The seed is
//! fixed, so a fault comes again; `FUZZ_SECONDS=600 cargo test --test fuzz` goes on for longer, `FUZZ_SEED=7` elsewhere. `cargo fuzz`
//! does the same guided by coverage (CONTRIBUTING.md); `FUZZ_SEEDS=FOLDER cargo test --test fuzz` writes what it begins with to
//! `FOLDER/TARGET`.

#[path = "../fuzz/made.rs"]
mod made;
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
    DICTIONARY.lines().filter(|line| !line.starts_with('#')).map(unescaped).collect()
}

/// A line of a dictionary: `"\xE2\"a"` is the byte E2, a mark and a letter.
fn unescaped(line: &str) -> Vec<u8> {
    let word = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')).expect("a word in quotation marks");
    let mut rest = word.bytes();
    let mut out = Vec::new();
    while let Some(byte) = rest.next() {
        out.push(match (byte, if byte == b'\\' { rest.next() } else { None }) {
            (b'\\', Some(b'x')) => {
                let digits = [rest.next(), rest.next()].map(|digit| digit.and_then(|digit| (digit as char).to_digit(16)));
                let [Some(high), Some(low)] = digits else { panic!("two hexadecimal digits after \\x: {line}") };
                (high * 16 + low) as u8
            }
            (b'\\', Some(escaped)) => escaped,
            (plain, _) => plain,
        });
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
        "packed" => {
            made::archives().into_iter().chain(named(&[".gz", ".zst"]).into_iter().map(|bytes| [b"\0", &bytes[..]].concat())).collect()
        }
        // A whole model is megabytes: one of few words and features, and a beginning.
        "model" => vec![made::small_model(), Model::embedded().to_bytes()[..1 << 12].to_vec()],
        "journal" => made::parts(),
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
                panic!("{name}: input {inputs} is kept in {}", keep_fault(name, &bytes));
            }
            inputs += 1;
            let peak = peak_memory();
            assert!(peak < MOST_MEMORY, "{name}: input {inputs} takes {peak} kB, and is kept in {}", keep_fault(name, &bytes));
        }
        if *name == "model" {
            inputs += changed_models(&mut random, Instant::now() + Duration::from_secs(seconds));
        }
        let _ = writeln!(std::io::stderr(), "fuzz: {name}: {inputs} inputs in {seconds} s");
    }
}

/// Kilobytes that all inputs may take: each is of 64 at most, and 500 times as much beside the model and the lexicons is enough.
const MOST_MEMORY: u64 = 400_000;

/// The most memory that was held so far, in kilobytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.unwrap_or_default()
}

fn keep_fault(target: &str, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("{target}.fault"));
    let _ = fs::write(&path, bytes);
    path.display().to_string()
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
