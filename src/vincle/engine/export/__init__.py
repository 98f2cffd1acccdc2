"""The log, or a part of it, as a file that others can read.

    csv          one row an interaction; cells that a spreadsheet would run as formulas are made plain text
    parquet      the same, with types
    jsonl        the same, one JSON object a line
    xes          IEEE 1849-2016, a trace for each person (or for each object of a type); gzipped when named .gz
    ocel-json    OCEL 2.0, one JSON document
    ocel-sqlite  OCEL 2.0, an SQLite database

Files are written in streams and appear under their name only when they are whole.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from os import PathLike
from pathlib import Path

from vincle.engine.export.selection import Selection
from vincle.engine.log import Log
from vincle.kernel.errors import BadInput

Counts = dict[str, int]

PERSON = "person"  # the case notion of XES unless another is named


def export(
    log: Log,
    path: str | PathLike[str],
    *,
    format: str,  # noqa: A002 - the word for it
    since: datetime | None = None,
    until: datetime | None = None,
    kinds: Sequence[str] | None = None,
    case: str = PERSON,
) -> Counts:
    """Write what happened from `since` on and before `until`, of these `kinds`, to `path` in one of
    `FORMATS`.

    `case` says what a trace of XES is about: `person`, or a type of objects. Returns how much was written:
    `events`, and where the format has them `traces` or `objects`. Raises `BadInput` for a format or a place
    that cannot be written; what was there before then stays.
    """
    if format not in FORMATS:
        raise BadInput(f"“{format}” is no format that we write.", f"There are {', '.join(sorted(FORMATS))}.")
    selection = Selection(since, until, tuple(kinds) if kinds is not None else None, case)
    return FORMATS[format](log, Path(path), selection)


def _csv(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.tables import write_csv

    return write_csv(log, path, selection)


def _parquet(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.tables import write_parquet

    return write_parquet(log, path, selection)


def _jsonl(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.lines import write_jsonl

    return write_jsonl(log, path, selection)


def _xes(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.xes import write_xes

    return write_xes(log, path, selection)


def _ocel_json(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.ocel_json import write_ocel_json

    return write_ocel_json(log, path, selection)


def _ocel_sqlite(log: Log, path: Path, selection: Selection) -> Counts:
    from vincle.engine.export.ocel_sqlite import write_ocel_sqlite

    return write_ocel_sqlite(log, path, selection)


FORMATS: Mapping[str, Callable[[Log, Path, Selection], Counts]] = {
    "csv": _csv,
    "parquet": _parquet,
    "jsonl": _jsonl,
    "xes": _xes,
    "ocel-json": _ocel_json,
    "ocel-sqlite": _ocel_sqlite,
}
