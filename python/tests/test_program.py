"""The program that the package brings along is the program; and the types it tells other readers are those they find by themselves."""

import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "corpora" / "sample"


def packaged(*arguments, **options):
    return subprocess.run([sys.executable, "-m", "pullquote", *map(str, arguments)], capture_output=True, **options)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    path = tmp_path_factory.mktemp("records") / "articles.jsonl"
    assert packaged("extract", SAMPLE, "-q", "-o", path).returncode == 0
    return path


def test_it_writes_what_the_program_writes(records):
    program = os.environ.get("PULLQUOTE")
    if not program:
        pytest.skip("PULLQUOTE does not name the program")
    theirs = subprocess.run([program, "extract", SAMPLE, "-q"], capture_output=True, check=True).stdout
    assert records.read_bytes() == theirs and theirs.count(b"\n") > 50


def test_it_is_on_the_path_and_tells_its_errors():
    script = pathlib.Path(sys.executable).with_name("pullquote")
    shown = subprocess.run([script, "--help"], capture_output=True, text=True)
    assert shown.returncode == 0 and "extract" in shown.stdout and shown.stderr == ""
    refused = packaged("extract", "--no-such-flag", text=True)
    assert refused.returncode == 2 and "--no-such-flag" in refused.stderr
    piped = packaged("extract", "-", "-q", input=b'{"text": "\xe2\x80\x9cIt holds,\xe2\x80\x9d said Ilse Orm.", "id": "a"}\n')
    assert piped.returncode == 0 and b'"Ilse Orm"' in piped.stdout


def test_duckdb_takes_its_columns(records):
    duckdb = pytest.importorskip("duckdb")
    columns = packaged("schema", "--as", "duckdb", text=True, check=True).stdout
    told = duckdb.sql(f"select * from read_json('{records}', columns = {columns})")
    found = duckdb.sql(f"select * from read_json('{records}')")
    assert told.columns == found.columns
    query = "select id, quotes[1].speaker.name, figures[1].value, people[1].mentions[1].start from"
    assert duckdb.sql(f"{query} told").fetchall() == duckdb.sql(f"{query} found").fetchall()


def test_polars_takes_its_schema(records):
    pl = pytest.importorskip("polars")
    schema = eval(packaged("schema", "--as", "polars", text=True, check=True).stdout, {"pl": pl})
    told = pl.read_ndjson(records, schema=schema)
    assert told.columns == pl.read_ndjson(records).columns and told.schema == pl.Schema(schema)
    assert told["quotes"].explode().struct.field("speaker").struct.field("name").drop_nulls().len() > 3


def test_its_records_are_read_back(records, tmp_path):
    import gzip

    import pullquote

    packed = tmp_path / "articles.jsonl.gz"
    packed.write_bytes(gzip.compress(records.read_bytes()))
    read = [record.json for record in pullquote.read(packed)]
    assert read == records.read_text(encoding="utf-8").splitlines()
    with pytest.raises(FileNotFoundError, match="no such file"):
        pullquote.read(tmp_path / "none.jsonl")
    packed.write_bytes(packed.read_bytes()[:2000])
    with pytest.raises(OSError, match="is the file whole"):
        list(pullquote.read(packed))
