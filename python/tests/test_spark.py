"""On a real Spark of two threads: the rows are those of the package itself, whatever the partitions."""

import json
import os
import subprocess
import sys

import pullquote
import pytest

pyspark = pytest.importorskip("pyspark", reason="SKIPPED: Spark is tested only where pyspark and Java are installed")

COUNT = 20_000
STORY = "The quay will reopen in May.\n\n“We are ready on day {},” said Ilse Orm, the harbour master. It cost $3 million."


@pytest.fixture(scope="module")
def session():
    from pyspark.sql import SparkSession

    # The workers must be this Python, or they lack the package.
    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.session.timeZone", "UTC")
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def articles(session):
    rows = [(f"a{n}", STORY.format(n), "2026-03-01") for n in range(COUNT)] + [("none", None, None)]
    return session.createDataFrame(rows, "name string, body string, day string").repartition(4)


def test_quotes_are_those_of_the_package(articles):
    from pullquote import spark

    quotes = spark.extract(articles, "body", "name", date_col="day")
    rows = quotes.select("article_id", "speaker_name", "cue_lemma", "date").collect()
    assert len(rows) == COUNT
    assert {(row.speaker_name, row.cue_lemma, str(row.date)) for row in rows} == {("Ilse Orm", "say", "2026-03-01")}
    ours = pullquote.Annotator().annotate({"text": STORY.format(7), "id": "a7", "date": "2026-03-01"})
    assert ours.id in {row.article_id for row in rows}
    assert dict(quotes.dtypes)["confidence"] == "double" and dict(quotes.dtypes)["date"] == "date"


def test_records_are_the_lines_of_the_package_and_a_null_is_no_failure(articles):
    from pullquote import spark

    rows = {row.source_id: row for row in spark.extract(articles, "body", "name", date_col="day", table="records").collect()}
    assert len(rows) == COUNT + 1
    ours = pullquote.Annotator().annotate({"text": STORY.format(7), "id": "a7", "date": "2026-03-01"})
    assert rows["a7"].json == ours.json and rows["a7"].id == ours.id
    assert json.loads(rows["none"].json)["status"] == "empty"


def test_other_tables_and_options(articles):
    from pullquote import spark

    figures = spark.extract(articles.limit(50), "body", table="figures")
    assert figures.where("kind = 'money'").selectExpr("max(value) as m").collect()[0].m == 3e6
    silent = spark.extract(articles.limit(50), "body", min_confidence=1.0)
    assert silent.where("speaker_name is not null").count() == 0
    with pytest.raises(ValueError, match="there is no table"):
        spark.extract(articles, "body", table="words")
    with pytest.raises(ValueError, match="from 0 to 1"):
        spark.extract(articles, "body", min_confidence=2)


def test_the_program_in_a_pipe_gives_a_line_for_each_line(session, tmp_path):
    program = os.environ.get("PULLQUOTE")
    if not program:
        pytest.skip("PULLQUOTE does not name the program")
    lines = [json.dumps({"text": STORY.format(n), "url": f"https://x.example/{n}"}) for n in range(COUNT)]
    lines[7] = '{"text": broken'
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    piped = session.sparkContext.textFile(str(file), 4).pipe(f"{program} extract - --jobs 1 -q")
    records = session.read.json(piped)
    assert records.count() == COUNT
    assert records.where("status = 'error'").count() == 1
    ddl = subprocess.run([program, "schema", "--as", "spark-ddl"], capture_output=True, text=True, check=True).stdout
    typed = session.read.schema(ddl).json(piped)
    assert typed.columns and set(typed.columns) == set(records.columns)
    assert typed.where("get(quotes, 0).speaker.name = 'Ilse Orm' and get(figures, -1 + size(figures)).value = 3000000").count() == COUNT - 1
    names = records.where("status = 'ok'").selectExpr("quotes[0].speaker.name as name").distinct().collect()
    assert [row.name for row in names] == ["Ilse Orm"]
