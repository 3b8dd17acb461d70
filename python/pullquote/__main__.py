"""The `pullquote` program, as the package brings it along: ``pullquote extract articles/ -o articles.jsonl``, or ``python -m pullquote``."""

from __future__ import annotations

import sys

from ._pullquote import run as _run


def main() -> int:
    """Runs the program with the arguments of this process; gives its exit code."""
    return _run(["pullquote", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
