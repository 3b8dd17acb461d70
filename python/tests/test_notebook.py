"""The notebook in corpora/notebooks runs from top to bottom in a kernel of its own, and its numbers are those of the records.

The expected numbers are counted here from the records' JSON, without pandas and without the package's tables."""

import base64
import collections
import json
import pathlib
import re

import pullquote
import pytest

jupytext = pytest.importorskip("jupytext")
nbclient = pytest.importorskip("nbclient")
for module in ("ipykernel", "matplotlib", "pandas"):
    pytest.importorskip(module)

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOTEBOOK = ROOT / "corpora" / "notebooks" / "who_said_what.py"
# Runs as the last cell: what the notebook's variables hold, as JSON on standard output.
PROBE = """
import json
print(json.dumps({
    "top_speakers": [[key, int(row["quotes"]), int(row["words"])] for key, row in top_speakers.iterrows()],
    "voices": voices.to_dict(),
    "not_told": gender_range["not told"].to_dict(),
    "most_women": gender_range["at most women"].to_dict(),
    "figures": [[name, int(row["all"])] for name, row in figures_by_organisation.iterrows()],
    "ties": [[a, b, int(row["sentences"])] for (a, b), row in ties.iterrows()],
    "largest": [[row.unit, row.value] for row in largest.itertuples()],
    "speaker": speaker, "speaker_lines": speaker_lines, "word": word, "word_lines": word_lines,
}))
"""


@pytest.fixture(scope="module")
def notebook():
    read = jupytext.read(NOTEBOOK)
    read.cells.append(jupytext.reads(PROBE, fmt="py:percent").cells[0])
    nbclient.NotebookClient(read, kernel_name="python3", timeout=300, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    return read


@pytest.fixture(scope="module")
def found(notebook):
    return json.loads(notebook.cells[-1].outputs[0].text)


@pytest.fixture(scope="module")
def records():
    sample = ROOT / "corpora" / "sample"
    texts = []
    for path in sorted(sample.rglob("*.txt")):
        try:
            texts.append(path.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            continue  # as the notebook leaves them out
    return [json.loads(record.json) for record in pullquote.extract(texts)]


def said(records):
    return [(record, quote) for record in records for quote in record["quotes"] if quote["kind"] != "scare"]


def outputs(notebook):
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_runs_and_draws(notebook):
    assert not [output for output in outputs(notebook) if output.output_type == "error"]
    drawn = [base64.b64decode(output.data["image/png"]) for output in outputs(notebook) if "image/png" in output.get("data", {})]
    assert len(drawn) >= 4
    assert all(png.startswith(b"\x89PNG") and len(png) > 10_000 for png in drawn)
    assert "stderr" not in [output.get("name") for output in outputs(notebook)], "a warning is shown to the reader"


def test_it_teaches(notebook):
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert len(prose) >= 10 and sum(bool(re.match("#+ ", text)) for text in prose) >= 6


def test_the_most_quoted_are_those_of_the_records(found, records):
    quotes, words = collections.Counter(), collections.Counter()
    names = {}
    for record, quote in said(records):
        speaker = quote["speaker"]
        if not speaker or speaker["id"] is None:
            continue
        entity = next(entity for entity in record["people"] + record["organisations"] if entity["id"] == speaker["id"])
        names.setdefault(entity["key"], entity["name"])
        quotes[entity["key"]] += 1
        words[entity["key"]] += len(quote["content"].split())
    ranked = sorted(quotes, key=lambda key: (-quotes[key], -words[key], names[key]))
    assert found["top_speakers"] == [[key, quotes[key], words[key]] for key in ranked[:15]]
    assert quotes[ranked[0]] > quotes[ranked[14]] >= 1


def test_gender_is_counted_by_evidence_and_the_rest_shown(found, records):
    expected = collections.Counter()
    for record, quote in said(records):
        speaker = quote["speaker"]
        if speaker is None:
            expected["no speaker found"] += 1
        elif speaker["type"] != "person":
            expected[{"organisation": "organisation", "unnamed": "unnamed source"}[speaker["type"]]] += 1
        else:
            person = next(person for person in record["people"] if person["id"] == speaker["id"])
            assert (person["gender"] is None) == (person["gender_basis"] is None)
            expected[{"f": "women", "m": "men", "n": "they", None: "person, gender not told"}[person["gender"]]] += 1
    assert found["voices"]["quotes"] == dict(expected)
    assert {"women", "men", "person, gender not told"} <= set(expected)
    people = sum(expected[voice] for voice in ("women", "men", "they", "person, gender not told"))
    assert found["not_told"]["quotes"] == pytest.approx(expected["person, gender not told"] / people)
    assert found["most_women"]["quotes"] == pytest.approx((expected["women"] + expected["person, gender not told"]) / people)


def test_figures_are_those_of_the_organisations(found, records):
    expected, largest = collections.Counter(), {}
    for record in records:
        organisations = {entity["id"]: entity for entity in record["organisations"]}
        for figure in record["figures"]:
            if figure["subject"] not in organisations:
                continue
            entity = organisations[figure["subject"]]
            expected[entity["key"], entity["name"]] += 1
            if figure["kind"] == "money" and figure["per"] is None and figure["value"] is not None:
                place = figure["unit"], entity["key"]
                largest[place] = max(figure["value"], largest.get(place, 0))
    assert sorted(found["figures"]) == sorted([name, count] for (_, name), count in expected.items())
    assert [count for _, count in found["figures"]] == sorted(expected.values(), reverse=True)
    assert sorted(found["largest"]) == sorted([unit, value] for (unit, _), value in largest.items())
    assert len({unit for unit, _ in largest}) > 3


def test_ties_are_sentences_that_mention_both(found, records):
    expected = collections.Counter()
    for record in records:
        present = collections.defaultdict(set)
        for entity in record["people"] + record["organisations"]:
            for mention in entity["mentions"]:
                present[mention["sentence"]].add(entity["key"])
        for keys in present.values():
            expected.update((a, b) for a in keys for b in keys if a < b)
    assert {(a, b): sentences for a, b, sentences in found["ties"]} == dict(expected)
    assert max(expected.values()) > 1


def test_concordances_show_what_stands_in_quotes(found, records):
    parts = [
        (quote["speaker"]["name"], record["text"][part["start"] : part["end"]])
        for record, quote in said(records)
        if quote["speaker"] and quote["speaker"]["name"]
        for part in quote["parts"]
    ]
    flat = lambda text: re.sub(r"\s+", " ", text)
    assert [words for _, words, _ in found["speaker_lines"]] == [flat(text) for name, text in parts if name == found["speaker"]]
    assert len(found["speaker_lines"]) > 1
    word = found["word"]
    times = sum(len(re.findall(rf"\b{word}\b", text, flags=re.IGNORECASE)) for _, text in parts)
    assert len(found["word_lines"]) == times > 1
    everything = flat(" ".join(record["text"] for record in records))
    for before, middle, after, speaker in found["word_lines"]:
        assert middle.lower() == word
        assert (before + middle + after).strip() in everything
        assert any(name == speaker and middle in text for name, text in parts)
