"""The package as a user meets it, and that it gives what the program gives."""

import json
import os
import pathlib
import pickle
import subprocess
import sys

import pullquote
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
STORY = "👍 The quay will reopen in May, the board said.\n\n“We are ready,” said Ilse Orm, the harbour master. She sold 12 boats for $3 million."


def sample():
    articles = []
    for path in sorted((ROOT / "corpora" / "sample").rglob("*.txt")):
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue  # the sample has other encodings, which are the program's to tell
        articles.append({"text": text, "id": path.name, "url": f"https://x.example/{path.name}", "date": "2026-03-01"})
    assert len(articles) > 20
    return articles


def test_a_record_is_read_by_attributes_and_slices_its_text():
    record = pullquote.extract(STORY)
    quote = record.quotes[0]
    assert (quote.speaker.name, quote.speaker.role, quote.cue.lemma) == ("Ilse Orm", "harbour master", "say")
    assert record.text[quote.start : quote.end] == quote.text == "“We are ready,”"
    assert "quotes" in record and record["quotes"][0] == quote
    assert record.figures[-1].value == 3e6 and record.figures[-1].unit == "USD"
    assert json.loads(record.json) == record.to_dict()
    assert "1 quotes" in repr(record)
    with pytest.raises(AttributeError, match="there is no 'speakers' here"):
        quote.speakers
    assert pickle.loads(pickle.dumps(record)) == record


def test_many_articles_come_in_order_for_any_number_of_threads():
    articles = sample() * 20
    annotator = pullquote.Annotator()
    one = [record.json for record in annotator.pipe(articles, jobs=1)]
    assert len(one) == len(articles)
    assert [record.json for record in annotator.pipe(iter(articles), jobs=2)] == one
    assert json.loads(one[1])["source"]["record"] == 1
    assert [record.source.id for record in pullquote.extract(articles[:3])] == [article["id"] for article in articles[:3]]


def test_the_program_gives_the_same(tmp_path):
    program = os.environ.get("PULLQUOTE")
    if not program:
        pytest.skip("PULLQUOTE does not name the program")
    articles = sample()
    lines = tmp_path / "articles.jsonl"
    lines.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    out = subprocess.run([program, "extract", lines, "-q", "--turns", "--min-confidence", "0.5"], check=True, stdout=subprocess.PIPE).stdout
    theirs = [json.loads(line) for line in out.splitlines()]
    ours = [record.to_dict() for record in pullquote.extract(articles, turns=True, min_confidence=0.5)]
    for record in theirs:
        record["source"]["path"] = ""
    assert ours == theirs


def test_options_and_what_is_wrong_with_them(tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("name,type,id\nQuay Nine,organisation,q9\n")
    record = pullquote.extract("Nobody at Quay Nine spoke.", gazetteer=[names])
    assert [(entity.name, entity.key) for entity in record.organisations] == [("Quay Nine", "q9")]
    assert pullquote.extract(STORY, min_confidence=1.0).quotes[0].speaker is None
    quote = pullquote.extract(STORY, offsets="byte").quotes[0]
    assert STORY.encode()[quote.start : quote.end].decode() == quote.text
    with pytest.raises(ValueError, match="from 0 to 1"):
        pullquote.Annotator(min_confidence=2)
    with pytest.raises(ValueError, match="codepoint, byte or utf16"):
        pullquote.Annotator(offsets="words")
    with pytest.raises(ValueError, match="0 means one for each core"):
        pullquote.Annotator(jobs=-1)
    with pytest.raises(FileNotFoundError, match="missing.csv"):
        pullquote.Annotator(gazetteer=[tmp_path / "missing.csv"])
    with pytest.raises(FileNotFoundError, match="missing.bin"):
        pullquote.Annotator(model=tmp_path / "missing.bin")
    with pytest.raises(TypeError, match="lists of paths"):
        pullquote.Annotator(gazetteer="names.csv")
    with pytest.raises(ValueError, match="an article needs a text"):
        pullquote.extract({"body": "x"})
    with pytest.raises(TypeError, match="not int"):
        pullquote.extract([1])
    with pytest.raises(TypeError, match="not int"):
        pullquote.extract(1)
    with pytest.raises(TypeError, match="not bytes"):
        pullquote.extract(b"x")


def test_rows_of_a_data_frame_are_articles():
    pandas = pytest.importorskip("pandas")
    rows = {"text": [STORY, None], "url": ["https://x.example/1", None], "title": [float("nan"), "T"], "author": [["A", "B"], pandas.NA], "site": ["S", ""]}
    frame = pandas.DataFrame({**rows, "date": pandas.to_datetime(["2026-03-01 10:00", None])})
    first, second = pullquote.extract(frame.to_dict("records"))
    assert (first.title, first.author, first.date, first.published_at) == (None, "A, B", "2026-03-01", "2026-03-01T10:00:00Z")
    assert (second.status, second.url, second.author, second.site, second.date) == ("empty", None, None, None, None)
    assert pullquote.extract({"text": "", "date": "1 May 2026"}).date == "2026-05-01"
    assert pullquote.extract({"text": "", "date": "soon"}).date is None
    assert [record.status for record in pullquote.extract(frame["text"].fillna(""))] == ["ok", "empty"]
    with pytest.raises(TypeError, match="to_dict"):
        pullquote.extract(frame)
    with pytest.raises(ValueError, match="a str, not int"):
        pullquote.extract({"text": 5})


@pytest.mark.parametrize("text", ["", "“", "\x00", "A" * 100_000, "“‘" * 10_000, "é\u0301\U0001f600" * 100])
def test_any_text_has_a_record(text):
    record = pullquote.extract(text)
    assert record.text == text and record.status in ("ok", "empty")


def test_tables_in_pandas():
    pandas = pytest.importorskip("pandas")
    records = pullquote.extract(sample())
    quotes = pullquote.to_pandas(records, "quotes")
    assert len(quotes) == sum(len(record.quotes) for record in records)
    assert quotes.groupby("speaker_name").size().max() > 1
    assert str(quotes["date"].dtype).startswith("datetime64") and str(quotes["start"].dtype) == "Int64"
    assert pandas.isna(pullquote.to_pandas(records, "articles")["author"]).all()
    assert pullquote.to_pandas(records[0], "quotes").equals(pullquote.to_pandas(records[:1], "quotes"))
    assert list(pullquote.to_pandas([], "errors").columns[-1:]) == ["error_message"]
    with pytest.raises(ValueError, match="there are articles, entities"):
        pullquote.to_pandas(records, "words")


def test_tables_in_polars():
    polars = pytest.importorskip("polars")
    frame = pullquote.to_polars(pullquote.extract(sample()), "figures")
    assert frame.schema["date"] == polars.Date and frame.schema["value"] == polars.Float64
    assert frame.filter(polars.col("kind") == "money")["unit"].n_unique() > 1


def test_displacy_draws_spans_that_do_not_overlap():
    drawn = pullquote.displacy(pullquote.extract(STORY))
    assert {"PERSON", "MONEY"} <= {ent["label"] for ent in drawn["ents"]}
    assert all(a["end"] <= b["start"] for a, b in zip(drawn["ents"], drawn["ents"][1:]))


def test_the_lock_is_free_while_articles_are_worked_on():
    import threading
    import time

    ticks = []
    stop = threading.Event()

    def tick():
        while not stop.wait(0.001):
            ticks.append(time.perf_counter())

    thread = threading.Thread(target=tick, daemon=True)
    thread.start()
    try:
        for _ in pullquote.Annotator(jobs=1).pipe(sample() * 30):
            pass
    finally:
        stop.set()
    thread.join()
    assert len(ticks) > 5


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q"]))
