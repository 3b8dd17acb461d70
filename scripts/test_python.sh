#!/usr/bin/env bash
# The Python package: built as a user builds it, tested against the program. Everything it installs lies under target/.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
  echo "SKIPPED: the Python package is not tested; that needs Python 3.9 or later with venv (on Debian: apt install python3-venv)" >&2
  exit 0
fi

set -x
venv=target/python-venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check pytest pandas polars pyarrow duckdb jupytext nbclient ipykernel matplotlib
# Spark needs Java; without it its tests are skipped and say so.
if command -v java >/dev/null; then "$venv/bin/pip" install --quiet --disable-pip-version-check pyspark; fi
CARGO_TARGET_DIR="$PWD/target/python" "$venv/bin/pip" install --quiet --disable-pip-version-check --force-reinstall --no-deps ./python
cargo build --locked --release
PULLQUOTE="$(realpath "${CARGO_TARGET_DIR:-target}")/release/pullquote" "$venv/bin/python" -m pytest -q -rs -p no:cacheprovider python/tests
