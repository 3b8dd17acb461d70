#!/usr/bin/env bash
# The HTML report, opened in a real browser: a report of corpora/sample and one of hostile articles. Everything it makes lies under target/.
# PULLQUOTE is the program to test; without it, cargo builds and runs it. Needs node, npm and Debian's chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

skip() {
  echo "SKIPPED: the HTML report is not tested in a browser; $1" >&2
  exit 0
}

command -v node >/dev/null || skip "that needs node (on Debian: apt install nodejs npm)"
command -v npm >/dev/null || skip "that needs npm (on Debian: apt install npm)"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || skip "that needs node 20 or later"
if [ -z "${CHROMIUM:-}" ]; then
  if [ ! -x /usr/bin/chromium ]; then
    command -v apt-get >/dev/null || skip "that needs chromium, and there is no apt-get to install it (set CHROMIUM to a Chromium that you have)"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
      sudo -n true 2>/dev/null || skip "that needs chromium (on Debian: apt install chromium)"
      as_root=(sudo -n)
    fi
    "${as_root[@]}" apt-get update -qq || skip "that needs chromium, and apt-get cannot read its lists"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >&2 || skip "that needs chromium, and apt-get cannot install it"
  fi
  export CHROMIUM=/usr/bin/chromium
fi

set -x
work=target/report-test
mkdir -p "$work"
cp tests/report/package.json tests/report/package-lock.json tests/report/report.mjs "$work/"
npm ci --prefix "$work" --no-audit --no-fund --loglevel=error

pullquote() {
  if [ -n "${PULLQUOTE:-}" ]; then "$PULLQUOTE" "$@"; else cargo run --release --locked -q -- "$@"; fi
}
pullquote extract corpora/sample -q --force -o "$work/sample.jsonl"
pullquote extract tests/report/hostile.jsonl -q --force -o "$work/hostile.jsonl"
pullquote report "$work/sample.jsonl" --force -o "$work/sample.html"
pullquote report "$work/hostile.jsonl" --force -o "$work/hostile.html"
node "$work/report.mjs" "$work/sample.html" "$work/hostile.html" "$work/pictures"
