//! The program in a fresh directory, for the tests that run it.
#![allow(dead_code, reason = "each file of tests takes what it needs")]

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;

pub const STORY: &str = "The quay will reopen in May, the board said.\n\n“We are ready,” said Ilse Orm, the harbour master.\n";

pub fn pullquote(dir: &Path) -> Command {
    let mut command = Command::cargo_bin("pullquote").expect("the binary is built");
    command.current_dir(dir).timeout(Duration::from_secs(120));
    command
}

pub fn dir(files: &[(&str, &[u8])]) -> TempDir {
    let dir = tempfile::tempdir().expect("a temporary directory");
    for (name, bytes) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, bytes).expect("a file");
    }
    dir
}

/// Runs `extract` and returns its records; the exit code must be 0.
pub fn extract(dir: &Path, args: &[&str]) -> Vec<Value> {
    let output = pullquote(dir).arg("extract").arg("--quiet").args(args).assert().code(0).get_output().stdout.clone();
    records(&output)
}

pub fn records(output: &[u8]) -> Vec<Value> {
    assert!(output.is_empty() || output.ends_with(b"\n"), "the last line is whole");
    output
        .split(|&b| b == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).expect("each line is JSON"))
        .collect()
}
