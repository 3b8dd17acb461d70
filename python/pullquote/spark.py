"""The same on Apache Spark: a DataFrame of articles becomes one of quotes, figures, entities or whole records.

>>> from pullquote import spark
>>> quotes = spark.extract(articles, text_col="body", id_col="id", url_col="link")
>>> quotes.groupBy("speaker_name").count().orderBy("count", ascending=False).show()

Every executor needs the package. Ids derive from an article's url or text, never from its place, so that the number of partitions does not
matter. Without Python on the executors, ``rdd.pipe("pullquote extract - --jobs 1 -q")`` gives the program's lines.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Dict, Iterable, Iterator, Optional, Tuple

from . import Annotator, _columns, _table

__all__ = ["extract"]

_SQL = {"text": "string", "integer": "bigint", "float": "double", "boolean": "boolean", "date": "date", "time": "timestamp"}


def extract(
    df: Any,
    text_col: str = "text",
    id_col: Optional[str] = None,
    *,
    url_col: Optional[str] = None,
    title_col: Optional[str] = None,
    site_col: Optional[str] = None,
    date_col: Optional[str] = None,
    table: str = "quotes",
    **options: Any,
) -> Any:
    """A DataFrame with the rows of one table: articles, entities, mentions, figures, quotes or errors, typed as `pullquote tables` types
    them; or, with ``table="records"``, one row an article with its ``source_id``, ``id`` and ``json``, the line that the program writes.

    df: a DataFrame with one article a row. A null text gives an empty record. options: as for :class:`pullquote.Annotator`.
    """
    from pyspark.sql.functions import col

    given = {"text": text_col, "id": id_col, "url": url_col, "title": title_col, "site": site_col, "date": date_col}
    taken = [col(name).cast("string").alias(key) for key, name in given.items() if name is not None]
    if table == "records":
        schema = "source_id string, id string, json string"
    else:
        names = dict(_columns(table))
        if not names:
            raise ValueError(f"there is no table {table!r}; there are articles, entities, mentions, figures, quotes, errors and records")
        schema = ", ".join(f"`{name}` {_SQL[kind]}" for name, kind in names.items())
    frozen = tuple(sorted((key, tuple(value) if isinstance(value, (list, tuple)) else value) for key, value in options.items()))
    _annotator(frozen)  # wrong options are told here, not by an executor

    def work(batches: Iterable[Any]) -> Iterator[Any]:
        return _batches(batches, table, frozen)

    return df.select(*taken).mapInArrow(work, schema)


@lru_cache(maxsize=4)
def _annotator(options: Tuple[Tuple[str, Any], ...]) -> Annotator:
    """One for each executor process: loading takes longer than a small partition."""
    return Annotator(**{"jobs": 1, **dict(options)})


def _batches(batches: Iterable[Any], table: str, options: Tuple[Tuple[str, Any], ...]) -> Iterator[Any]:
    import pyarrow

    annotator = _annotator(options)
    for batch in batches:
        articles = ({**row, "text": row["text"] or ""} for row in batch.to_pylist())
        records = [annotator.annotate(article) for article in articles]
        if table == "records":
            lines = [{"source_id": record.source.id, "id": record.id, "json": record.json} for record in records]
            schema = pyarrow.schema([(name, pyarrow.string()) for name in ("source_id", "id", "json")])
            yield from pyarrow.Table.from_pylist(lines, schema=schema).to_batches()
            continue
        yield from _arrow(_table(records, table), dict(_columns(table))).to_batches()


def _arrow(rows: Any, names: Dict[str, str]) -> Any:
    import pyarrow
    from pyarrow import compute

    types = {"integer": pyarrow.int64(), "float": pyarrow.float64(), "boolean": pyarrow.bool_()}
    columns = []
    for name, kind in names.items():
        values = pyarrow.array([row[name] for row in rows], type=types.get(kind, pyarrow.string()))
        if kind == "date":
            values = values.cast(pyarrow.date32())
        elif kind == "time":
            values = compute.strptime(values, format="%Y-%m-%dT%H:%M:%SZ", unit="us").cast(pyarrow.timestamp("us", tz="UTC"))
        columns.append(values)
    return pyarrow.Table.from_arrays(columns, names=list(names))
