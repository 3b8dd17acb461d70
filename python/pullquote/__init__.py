"""Who said what in news articles: people, organisations, figures, and quotes with their speakers.

>>> import pullquote
>>> record = pullquote.extract("“The quay will hold,” said Ilse Orm, the harbour master.")
>>> record.quotes[0].speaker.name
'Ilse Orm'
"""

from __future__ import annotations

import json as _json
from itertools import islice as _islice
from os import PathLike, fspath
from typing import Any, Dict, Iterable, Iterator, List, Mapping, Optional, Union

from ._pullquote import Core as _Core
from ._pullquote import __version__
from ._pullquote import Lines as _Lines
from ._pullquote import columns as _columns
from ._pullquote import rows as _rows

__all__ = ["Annotator", "Item", "Record", "displacy", "extract", "read", "to_pandas", "to_polars", "__version__"]

Article = Union[str, Mapping[str, Any]]
_Path = Union[str, "PathLike[str]"]

_FIELDS = ("text", "id", "url", "title", "author", "site", "section", "date")
# Articles that are worked on at a time: enough for all threads, few enough for memory.
_BATCH = 512


class Item:
    """A part of a record: its keys are attributes (``quote.speaker.name``), and it compares and prints like a dict."""

    __slots__ = ("_data",)

    def __init__(self, data: Dict[str, Any]) -> None:
        self._data = data

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        try:
            return _wrapped(self._dict()[name])
        except KeyError:
            raise AttributeError(f"there is no {name!r} here; there are {', '.join(self._dict())}") from None

    def __getitem__(self, name: str) -> Any:
        return _wrapped(self._dict()[name])

    def __contains__(self, name: object) -> bool:
        return name in self._dict()

    def __iter__(self) -> Iterator[str]:
        return iter(self._dict())

    def __dir__(self) -> List[str]:
        return [*super().__dir__(), *self._dict()]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Item) and self._dict() == other._dict()

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._dict()!r})"

    def _dict(self) -> Dict[str, Any]:
        return self._data

    def to_dict(self) -> Dict[str, Any]:
        """The same as dicts and lists."""
        return self._dict()


class Record(Item):
    """One article with everything found in it. Its JSON is read when it is first looked into."""

    __slots__ = ("_line",)

    def __init__(self, line: bytes) -> None:
        super().__init__({})
        self._line = line

    def _dict(self) -> Dict[str, Any]:
        if not self._data:
            self._data = _json.loads(self._line)
        return self._data

    def __repr__(self) -> str:
        return f"<Record {self.id}: {self.words} words, {len(self.people)} people, {len(self.quotes)} quotes>"

    def __reduce__(self) -> Any:
        return (Record, (self._line,))

    @property
    def json(self) -> str:
        """The line that the program writes for it."""
        return self._line.decode()


class Annotator:
    """Finds the layers of articles. Making one loads word lists and model (about 20 ms); it may be shared between threads.

    gazetteer, aliases: files of your own names, as the program's flags of these names take them.
    model: another names model. min_confidence: speakers less sure are left out (0 to 1).
    turns: whether the turns of interviews are quotes too. offsets: codepoint, byte or utf16. jobs: threads of :meth:`pipe`; 0 for all.
    """

    def __init__(
        self,
        *,
        gazetteer: Iterable[_Path] = (),
        aliases: Iterable[_Path] = (),
        model: Optional[_Path] = None,
        min_confidence: float = 0.0,
        turns: bool = False,
        offsets: str = "codepoint",
        jobs: int = 0,
    ) -> None:
        if isinstance(gazetteer, (str, bytes)) or isinstance(aliases, (str, bytes)):
            raise TypeError("gazetteer and aliases are lists of paths")
        self._options = (list(gazetteer), list(aliases), model, min_confidence, turns, offsets)
        self._cores: Dict[int, _Core] = {}
        self._jobs = jobs
        self._core(jobs)

    def _core(self, jobs: int) -> _Core:
        if jobs < 0:
            raise ValueError("jobs must be a number from 0 to 1024; 0 means one for each core")
        if jobs not in self._cores:
            gazetteer, aliases, model, *rest = self._options
            paths = [fspath(path) for path in gazetteer], [fspath(path) for path in aliases], model and fspath(model)
            self._cores[jobs] = _Core(*paths, *rest, jobs)
        return self._cores[jobs]

    def annotate(self, article: Article) -> Record:
        """The record of one article: a text, or a dict with ``text`` and any of id, url, title, author, site, section, date.

        None and what pandas puts in its place are no value; a date is read as the program reads one.
        """
        return Record(self._core(self._jobs).annotate(_given(article)))

    def pipe(self, articles: Iterable[Article], *, jobs: Optional[int] = None) -> Iterator[Record]:
        """The records of many articles, in their order, worked on by several threads without the interpreter's lock."""
        if hasattr(articles, "columns"):
            # Read as any iterable, pandas would give the names of its columns for texts.
            raise TypeError("a DataFrame goes over as its rows: df.to_dict('records') of pandas, df.to_dicts() of Polars")
        core = self._core(self._jobs if jobs is None else jobs)
        articles = iter(articles)
        first = 0
        while batch := [_given(article) for article in _islice(articles, _BATCH)]:
            yield from map(Record, core.annotate_all(batch, first))
            first += len(batch)


_Records = Union[Record, Iterable[Record]]
_default: List[Annotator] = []


def extract(articles: Union[Article, Iterable[Article]], **options: Any) -> Union[Record, List[Record]]:
    """The record of one article, or a list of the records of many. Options as for :class:`Annotator`."""
    if options or not _default:
        annotator = Annotator(**options)
        if not options:
            _default.append(annotator)
    else:
        annotator = _default[0]
    # What cannot be many articles is one, or is told for what it is.
    if isinstance(articles, (str, bytes, Mapping)) or not isinstance(articles, Iterable):
        return annotator.annotate(articles)
    return list(annotator.pipe(articles))


def read(path: _Path) -> Iterator[Record]:
    """The records of a file that the program wrote, also compressed, one at a time: ``to_pandas(read("articles.jsonl.gz"), "figures")``."""
    return map(Record, _Lines(fspath(path)))


def to_pandas(records: _Records, table: str = "quotes") -> Any:
    """A table of records, or of one, as a pandas DataFrame: articles, entities, mentions, figures, quotes or errors. Dates are datetime64."""
    import pandas

    names = dict(_columns(table))
    frame = pandas.DataFrame(_table(records, table), columns=list(names))
    integers = {name: "Int64" for name, kind in names.items() if kind == "integer"}
    frame = frame.astype({**integers, **{name: "float64" for name, kind in names.items() if kind == "float"}})
    for name, kind in names.items():
        if kind in ("date", "time"):
            frame[name] = pandas.to_datetime(frame[name], errors="coerce", utc=kind == "time")
    return frame


def to_polars(records: _Records, table: str = "quotes") -> Any:
    """The same as a Polars DataFrame. Dates are Date, times Datetime."""
    import polars

    types = {"text": polars.String, "integer": polars.Int64, "float": polars.Float64, "boolean": polars.Boolean}
    names = dict(_columns(table))
    frame = polars.DataFrame(_table(records, table), schema={name: types.get(kind, polars.String) for name, kind in names.items()})
    dates = [polars.col(name).str.to_date(strict=False) for name, kind in names.items() if kind == "date"]
    times = [polars.col(name).str.to_datetime(time_zone="UTC", strict=False) for name, kind in names.items() if kind == "time"]
    return frame.with_columns(*dates, *times)


def displacy(record: Record) -> Dict[str, Any]:
    """What ``spacy.displacy.render(..., style="ent", manual=True)`` draws: people, organisations, figures and quotes."""
    spans = [("PERSON", m) for entity in record.to_dict()["people"] for m in entity["mentions"]]
    spans += [("ORG", m) for entity in record.to_dict()["organisations"] for m in entity["mentions"]]
    spans += [(figure["kind"].upper(), figure) for figure in record.to_dict()["figures"]]
    ents: List[Dict[str, Any]] = []
    for label, span in sorted(spans, key=lambda span: (span[1]["start"], -span[1]["end"])):
        # displaCy draws no span inside another.
        if not ents or span["start"] >= ents[-1]["end"]:
            ents.append({"start": span["start"], "end": span["end"], "label": label})
    return {"text": record.text, "ents": ents, "title": record.title}


def _table(records: _Records, table: str) -> List[Dict[str, Any]]:
    if isinstance(records, Record):
        records = [records]
    return _json.loads(_rows([record._line for record in records], table))


class _Given:
    __slots__ = _FIELDS

    def __init__(self, fields: Mapping[str, Any]) -> None:
        for name in _FIELDS:
            setattr(self, name, _as_text(fields.get(name)))
        self.text = self.text or ""


def _as_text(value: Any) -> Optional[str]:
    """A value as text; None for no text, and for what pandas puts where there is no value."""
    if isinstance(value, str):
        return value or None
    if hasattr(value, "tolist"):
        value = value.tolist()  # of numpy
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(_as_text, value))) or None
    # NaN and NaT differ from themselves; NA does not say.
    missing = value is None or type(value).__name__ == "NAType" or value != value
    return None if missing else str(value)


def _given(article: Article) -> _Given:
    if isinstance(article, str):
        return _Given({"text": article})
    if not isinstance(article, Mapping):
        raise TypeError(f"an article is a str or a dict with a text, not {type(article).__name__}")
    if "text" not in article:
        raise ValueError(f"an article needs a text; this one has {', '.join(map(str, article)) or 'nothing'}")
    given = _Given(article)
    if given.text and not isinstance(article["text"], str):
        raise ValueError(f"the text of an article is a str, not {type(article['text']).__name__}")
    return given


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return Item(value)
    if isinstance(value, list):
        return [_wrapped(item) for item in value]
    return value
