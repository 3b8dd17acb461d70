#!/usr/bin/env bash
# All checks: formatting, lints with warnings as errors, tests of the library, the program, the documentation, the Python package and the report.
# Needs Rust (https://rustup.rs); adds its formatter and linter if they are missing.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v cargo >/dev/null; then
  echo "scripts/test.sh: cargo is not installed; get Rust from https://rustup.rs and run this again" >&2
  exit 2
fi
cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
cargo clippy --version >/dev/null 2>&1 || rustup component add clippy

set -x
cargo fmt --check
cargo clippy --locked --all-targets --all-features -- --deny warnings
RUSTDOCFLAGS="--deny warnings" cargo doc --locked --no-deps --all-features
cargo test --locked --all-features
cargo fmt --check --manifest-path python/Cargo.toml
if command -v python3 >/dev/null; then python3 scripts/gold.py --check; fi
scripts/test_python.sh
scripts/test_report.sh
