//! Large inputs: slow, so they run only when asked for (`cargo test --release --test scale -- --ignored --nocapture`). They print what they measured.

#![cfg(target_os = "linux")]

mod common;

use common::{STORY, dir};
use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// Megabytes of memory that a run may take, whatever its input.
const MOST_MEMORY: u64 = 200;

struct Run {
    records: u64,
    failed: u64,
    seconds: f64,
    /// Megabytes.
    memory: u64,
}

/// Runs `extract` in `dir`, counting the records as they come.
fn run(dir: &Path, arguments: &[&str]) -> Run {
    let started = Instant::now();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("pullquote"))
        .current_dir(dir)
        .args(["extract", "--quiet"])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts");
    let status = format!("/proc/{}/status", child.id());
    let watch = std::thread::spawn(move || {
        let mut most = 0;
        while let Ok(status) = fs::read_to_string(&status) {
            // A process that has ended and was not waited for has no memory.
            let Some(line) = status.lines().find(|line| line.starts_with("VmHWM:")) else { break };
            most = line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or(most);
            std::thread::sleep(Duration::from_millis(20));
        }
        most / 1000
    });
    let (mut records, mut failed) = (0, 0);
    for line in BufReader::with_capacity(1 << 20, child.stdout.take().expect("it is piped")).split(b'\n') {
        let line = line.expect("it can be read");
        assert!(line.starts_with(b"{\"schema\":\"pullquote/1\"") && line.ends_with(b"}"), "a line is no record");
        records += 1;
        failed += u64::from(line.windows(16).take(200).any(|window| window == b"\"status\":\"error\""));
    }
    assert!(child.wait().expect("ends").success());
    let run = Run { records, failed, seconds: started.elapsed().as_secs_f64(), memory: watch.join().expect("the watch ends") };
    println!("{arguments:?}: {} records, {} failed, {:.1} s, {} MB of memory", run.records, run.failed, run.seconds, run.memory);
    run
}

/// A file of articles of a few kilobytes until it has `megabytes`; gives their number.
fn write_articles(path: &Path, megabytes: usize) -> u64 {
    let mut file = std::io::BufWriter::new(fs::File::create(path).expect("created"));
    let (mut articles, mut bytes) = (0, 0);
    while bytes < megabytes * 1_000_000 {
        let text = format!("Day {articles}. {}", STORY.repeat(1 + articles as usize % 60));
        let line = format!("{}\n", serde_json::json!({"text": text, "id": articles}));
        file.write_all(line.as_bytes()).expect("written");
        (articles, bytes) = (articles + 1, bytes + line.len());
    }
    articles
}

#[test]
#[ignore = "takes minutes"]
fn two_hundred_thousand_small_files() {
    let dir = dir(&[]);
    for folder in 0..200 {
        let folder = dir.path().join(format!("in/{folder:03}"));
        fs::create_dir_all(&folder).expect("a directory");
        for file in 0..1000 {
            fs::write(folder.join(format!("{file:03}.txt")), STORY).expect("a file");
        }
    }
    let run = run(dir.path(), &["in"]);
    assert_eq!((run.records, run.failed), (200_000, 0));
    // The list of files is held: some 200 bytes each.
    assert!(run.memory < MOST_MEMORY, "{} MB", run.memory);
}

#[test]
#[ignore = "takes minutes"]
fn one_file_of_500_megabytes_and_memory_that_does_not_grow() {
    let dir = dir(&[]);
    let small = write_articles(&dir.path().join("small.jsonl"), 50);
    let large = write_articles(&dir.path().join("large.jsonl"), 500);
    let (small_run, large_run) = (run(dir.path(), &["small.jsonl"]), run(dir.path(), &["large.jsonl"]));
    assert_eq!((small_run.records, large_run.records, large_run.failed), (small, large, 0));
    assert!(large_run.memory < MOST_MEMORY, "{} MB", large_run.memory);
    assert!(large_run.memory < small_run.memory * 2, "{} MB for 50 MB, {} MB for 500", small_run.memory, large_run.memory);
}
