#!/usr/bin/env python3
"""Says the same in other characters and looks whether the program finds the same.

    scripts/metamorphic.py target/release/pullquote wikinews.jsonl [FILE ...] [--limit 1000] [--show 5] [--floor 98]

Takes the articles of the files (anything that the program reads), writes each with other quotation marks, line ends, spaces and line
breaks, and compares quotes with their speakers, figures and names by what they say, not by where they stand. Prints how many articles
are the same, what kind of difference the others have, and the first few of each. Exit code 1 where fewer than the floor are the same.
Needs Python alone.
"""

import argparse
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import textwrap

# Marks that are the same in another dress.
MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": '"', "’": '"', "'": '"', "`": '"'})


def curled(text):
    """Straight marks as a word processor would bend them: opening after white space, brackets and dashes, else closing."""
    text = re.sub(r'(^|[\s(\[—–-])"', r"\1“", text)
    text = text.replace('"', "”")
    # Before a cut-off century or "'tis" stands an apostrophe.
    text = re.sub(r"(^|[\s(\[—–“-])'(?=\D)", r"\1‘", text)
    return text.replace("'", "’")


def straightened(text):
    return text.translate(str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"}))


def british(text):
    """Single marks outside, double ones inside."""
    return curled(text).translate(str.maketrans({"“": "‘", "”": "’", "‘": "“"}))


def paragraphs(text):
    """One paragraph a line, a blank line between; no wide spaces, which wrapping would lose where a line ends."""
    return "\n\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def wrapped(text):
    fill = lambda line: textwrap.fill(line, 72, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(fill(line) for line in paragraphs(text).split("\n\n"))


def is_regular(text):
    """Whether the marks are set by the rules: of others (odd ones, inches, marks without a space, a quote that never ends or holds one in the
    same marks) nobody can say how they bend."""
    odd = re.compile(r"""(^|\s)"(\s|$)|\d"|[\w.,!?]"\w|''|’’|[″‴]|(^|\s)”|[\w.,!?]“|“(\s|$)|\w‘""")
    lines = text.splitlines()
    return not any(odd.search(line) or not alternates(line) for line in lines)


def alternates(line):
    """Whether each double mark that opens is closed before the next one opens."""
    marks = [mark for mark in curled(line) if mark in "“”"]
    return marks == ["“", "”"] * (len(marks) // 2)


# Name, which articles it is tried on, what it is compared with, what is changed.
SAME = lambda text: text
CHANGES = [
    ("straight to curly marks", lambda t: '"' in t and "“" not in t and is_regular(t), SAME, curled),
    ("curly to straight marks", lambda t: "“" in t and '"' not in t and is_regular(t), SAME, straightened),
    ("LF to CRLF", lambda t: "\n" in t and "\r" not in t, SAME, lambda t: t.replace("\n", "\r\n")),
    ("space to NBSP", lambda t: " " in t, SAME, lambda t: t.replace(" ", "\u00a0")),
    ("double to single outer marks", lambda t: ('"' in t) != ("“" in t) and is_regular(t) and not re.search(r"(^|\W)['‘]", t), curled, british),
    ("no wrap to wrap at 72", lambda t: " " in t, paragraphs, wrapped),
]


def said(text):
    return " ".join(text.translate(MARKS).split()) if text else text


def bare(text):
    return said(text).strip('" ,.') if text else text


def findings(record):
    """What is found, as a multiset for each layer."""
    names = {e["id"]: (said(e["name"]), kind) for kind in ("people", "organisations") for e in record[kind]}
    quotes, speakers = [], []
    for quote in record["quotes"]:
        if quote["kind"] != "scare":
            quotes.append((bare(quote["content"]), quote["kind"]))
            speaker = quote["speaker"]
            speakers.append((bare(quote["content"]), speaker and said(speaker["name"]), speaker and said(speaker["mention"]["text"])))
    figures = [(said(f["text"]), f["kind"], f["value"], f["value_min"], f["value_max"], f["unit"]) for f in record["figures"]]
    mentions = [(said(m["text"]), names[e["id"]]) for kind in ("people", "organisations") for e in record[kind] for m in e["mentions"] if m["kind"] in ("name", "alias")]
    return {layer: collections.Counter(found) for layer, found in (("quotes", quotes), ("speakers", speakers), ("figures", figures), ("names", mentions))}


def classes(before, after):
    """The kinds of difference between two findings, each with an example."""
    for layer in ("quotes", "speakers", "figures", "names"):
        lost, added = list((before[layer] - after[layer]).elements()), list((after[layer] - before[layer]).elements())
        if not lost and not added:
            continue
        same_words = {item[0] for item in lost} & {item[0] for item in added}
        if layer == "speakers":
            quoted = {text for text, _ in before["quotes"]} & {text for text, _ in after["quotes"]}
            lost, added = [item for item in lost if item[0] in quoted], [item for item in added if item[0] in quoted]
            if lost or added:
                yield "speaker is another", (lost[:1], added[:1])
        elif same_words:
            yield f"{layer}: same words, other reading", ([i for i in lost if i[0] in same_words][:1], [i for i in added if i[0] in same_words][:1])
        elif not added:
            yield f"{layer}: not found any more", (lost[:2], [])
        elif not lost:
            yield f"{layer}: found only now", ([], added[:2])
        else:
            yield f"{layer}: other bounds", (lost[:1], added[:1])


def run(program, arguments, *paths):
    command = [program, "extract", "--quiet", *arguments, *map(str, paths)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return [json.loads(line) for line in output.split(b"\n") if line]


def read(program, texts, dates, folder):
    path = pathlib.Path(folder) / "articles.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for text, date in zip(texts, dates):
            out.write(json.dumps({"text": text, "date": date}) + "\n")
    records = run(program, [], path)
    assert [record["text"] for record in records] == list(texts), "the program changed a text or lost an article"
    return [findings(record) for record in records]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("program")
    arguments.add_argument("files", nargs="+")
    arguments.add_argument("--limit", type=int, default=1000, help="articles of each file")
    arguments.add_argument("--show", type=int, default=2, help="differences shown of each kind")
    arguments.add_argument("--floor", type=float, default=98.0, help="per cent of articles that must be the same")
    arguments = arguments.parse_args()
    there = [path for path in arguments.files if pathlib.Path(path).exists()]
    for path in set(arguments.files) - set(there):
        print(f"SKIPPED: {path} is not there", file=sys.stderr)
    if not there:
        return 0
    articles = [record for path in there for record in run(arguments.program, ["--only", "sentences", "--limit", str(arguments.limit)], path)]
    articles = [(record["text"], record["date"]) for record in articles if record["status"] == "ok"]

    print(f"{'change':32}{'articles':>9}{'same':>8}{'%':>7}")
    details, below = [], 0
    with tempfile.TemporaryDirectory() as folder:
        for name, suits, before, after in CHANGES:
            chosen = [(text, date) for text, date in articles if suits(text)]
            texts, dates = [text for text, _ in chosen], [date for _, date in chosen]
            pairs = list(zip(read(arguments.program, map_list(before, texts), dates, folder), read(arguments.program, map_list(after, texts), dates, folder)))
            same = sum(first == second for first, second in pairs)
            share = 100 * same / max(len(pairs), 1)
            below += bool(pairs) and share < arguments.floor
            print(f"{name:32}{len(pairs):9}{same:8}{share:7.1f}", flush=True)
            kinds = collections.defaultdict(list)
            for first, second in pairs:
                for kind, example in classes(first, second):
                    kinds[kind].append(example)
            details.append((name, kinds))
    for name, kinds in details:
        for kind, examples in sorted(kinds.items(), key=lambda item: -len(item[1])):
            print(f"\n{name} · {kind}: {len(examples)} articles")
            for lost, added in examples[: arguments.show]:
                print(f"  before {lost}\n  after  {added}")
    return 1 if below else 0


def map_list(change, texts):
    return [change(text) for text in texts]


if __name__ == "__main__":
    sys.exit(main())
