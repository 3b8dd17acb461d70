"""The lines for notebooks in the README, exactly as written, on output of the real program with each reader's default options."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README[README.index("## Read the output") : README.index("## From Python")]
BLOCKS = re.findall(r"```(python|sql)\n(.*?)```", SECTION, flags=re.S)


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    program = os.environ.get("PULLQUOTE")
    if not program:
        pytest.skip("PULLQUOTE does not name the program")
    folder = tmp_path_factory.mktemp("output")
    subprocess.run([program, "extract", ROOT / "corpora" / "sample", "-q", "-o", "articles.jsonl"], cwd=folder, check=True)
    subprocess.run([program, "tables", "articles.jsonl", "-q", "-d", "tables"], cwd=folder, check=True)
    return folder


def test_the_readme_has_lines_for_each_reader():
    assert sum(language == "python" for language, _ in BLOCKS) >= 3 and sum(language == "sql" for language, _ in BLOCKS) >= 2
    assert "pd.read_parquet" in SECTION and "pl.scan_ndjson" in SECTION


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_lines_run_and_find_something(output, monkeypatch, number):
    language, code = BLOCKS[number]
    monkeypatch.chdir(output)
    if language == "sql":
        duckdb = pytest.importorskip("duckdb")
        statements = [statement for statement in re.sub(r"--.*", "", code).split(";") if statement.strip()]
        results = [duckdb.sql(statement).fetchall() for statement in statements]
    else:
        pytest.importorskip("pandas" if "pandas" in code else "polars")
        # The value of the last expression, as a notebook shows it.
        *lines, last = _statements(code)
        names = {}
        exec("\n".join(lines), names)
        results = [eval(last, names)]
    assert results and all(len(result) > 0 for result in results), code


def _statements(code):
    import ast

    return [ast.get_source_segment(code, node) for node in ast.parse(code).body]


@pytest.mark.parametrize(
    "query",
    [
        "select a.name, b.name, count(distinct article_id) w from 'tables/entities.parquet' a "
        "join 'tables/entities.parquet' b using (article_id) where a.key < b.key group by 1, 2 order by w desc",
        "select count(*) from 'articles.jsonl'",
        "select id, quotes, people from read_json('articles.jsonl')",
    ],
)
def test_duckdb_reads_tables_and_records(output, monkeypatch, query):
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(output)
    assert duckdb.sql(query).fetchall()


def test_columns_have_their_types(output):
    pl = pytest.importorskip("polars")
    quotes = pl.read_parquet(output / "tables" / "quotes.parquet")
    assert quotes.schema["date"] == pl.Date and quotes.schema["start"] == pl.Int64 and quotes.schema["confidence"] == pl.Float64
    assert quotes.filter(pl.col("speaker_name").is_not_null()).height > 100
