//! Processor instructions for each article of `corpora/sample`, counted by Valgrind: a measure that does not waver, for changes too small
//! to be seen by the clock. Fails when they are more than a tenth above those in `instructions.txt`; `BLESS=1` writes that file anew.
//! `cargo bench --bench instructions`

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// By how much the count may grow.
const ROOM: f64 = 1.10;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let baseline = root.join("benches/instructions.txt");
    let Some(count) = per_article(root) else {
        eprintln!("SKIPPED: instructions are counted by valgrind, which is not installed (Debian: apt-get install valgrind)");
        return ExitCode::SUCCESS;
    };
    if env::var_os("BLESS").is_some() {
        fs::write(&baseline, format!("{count}\n")).expect("the baseline can be written");
    }
    let before: u64 = fs::read_to_string(&baseline).expect("there is a baseline").trim().parse().expect("it is a number");
    let ratio = count as f64 / before as f64;
    println!("{count} instructions an article, {before} before: {ratio:.3}");
    if ratio > ROOM {
        eprintln!("more than a tenth above the baseline: find out why, or run with BLESS=1 and say why in the commit");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Those of a run over the sample, less those of a run over nothing, divided by the number of articles.
fn per_article(root: &Path) -> Option<u64> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let empty = folder.join("empty.txt");
    fs::write(&empty, "").expect("a temporary file");
    let output = folder.join("sample.jsonl");
    let whole = count(&root.join("corpora/sample"), &output)?;
    let articles = fs::read_to_string(&output).expect("the records").lines().count() as u64;
    assert!(articles > 50, "the sample articles are missing: {articles} found");
    Some(whole.checked_sub(count(&empty, &output)?).expect("articles take longer than none") / articles)
}

fn count(input: &Path, output: &Path) -> Option<u64> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_pullquote"))
        .args(["extract", "--quiet", "--jobs", "1", "--force", "--output"])
        .args([output, input])
        .output()
        .ok()?;
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "valgrind: {told}");
    let collected = told.lines().find_map(|line| line.split_once("Collected : ")).expect("valgrind tells the count").1;
    Some(collected.trim().parse().expect("the count is a number"))
}
