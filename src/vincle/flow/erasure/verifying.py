"""Whether an erased person is gone, looked at on the bytes of the disk.

Of each identity's value that is long enough, every byte of the SQLite file and of its write-ahead log is searched;
where the value is found, it must be a part of something that others keep (“CUST-1” in “CUST-10”). PostgreSQL is asked.
The mirror's files, also those it no longer uses, are read row by row: none may speak of an erased identity's number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, models

from vincle.engine.layout import WHOSE
from vincle.flow.erasure.disk import Sides, search
from vincle.flow.erasure.searching import around, long_enough, stands_alone
from vincle.kernel.home import Home

_LEFT_OUT = {"sessions.Session"}
_MANY = 500


@dataclass(slots=True)
class Look:
    """What was found. `values`: how many could be looked for; `too_short`: how many could not."""

    values: int = 0
    too_short: int = 0
    database: list[str] = field(default_factory=list)  # files with bytes that nothing explains
    mirror: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # kept files that name them
    mentions: list[str] = field(default_factory=list)  # columns where others' words name them

    @property
    def clean(self) -> bool:
        return not (self.database or self.mirror or self.files or self.mentions)


def look(home: Home, *, identities: Collection[tuple[str, str]], numbers: Collection[int]) -> Look:
    """Search the home for what was erased: `identities` (namespace, value), `numbers` of theirs in the log."""
    wanted = long_enough([value for _namespace, value in identities])
    seen = Look(values=len(wanted), too_short=len({value for _namespace, value in identities}) - len(wanted))
    seen.mirror = [_below(path, home) for path in _mirror_speaks_of(home, numbers)]
    if not wanted:
        return seen
    main = Path(home.database_url.removeprefix("sqlite:///"))
    raw = [main, main.with_name(f"{main.name}-wal")] if home.is_sqlite else []
    found = search(wanted, raw=raw, folders=[home.files, home.staging])
    seen.files = [_below(path, home) for path in found.naming]
    suspects = {value for each in found.hits.values() for value in each} if home.is_sqlite else set(wanted)
    if suspects:
        explained, seen.mentions = _mentioned(_live_strings(suspects), suspects)
        seen.database = [path.name for path, each in found.hits.items() if _unexplained(each, explained)]
    return seen


def _unexplained(hits: Mapping[str, set[Sides]], contexts: Mapping[str, set[Sides]]) -> bool:
    return any(not _is_explained(hit, contexts[value]) for value, each in hits.items() for hit in each)


def _is_explained(hit: Sides, contexts: Iterable[Sides]) -> bool:
    """Whether what others keep has the value between such bytes; at the ends of a text anything may follow on disk."""
    return any(all(side in {None, mine} for side, mine in zip(context, hit, strict=True)) for context in contexts)


def _mentioned(strings: Iterable[tuple[str, str]], wanted: Collection[str]) -> tuple[dict[str, set[Sides]], list[str]]:
    """What others keep that has these values in it: between which bytes, and in which columns as words of their own.

    The same number in another namespace is somebody else's.
    """
    contexts: dict[str, set[Sides]] = {value: set() for value in wanted}
    columns: set[str] = set()
    for column, text in strings:
        data = text.encode()
        for value in wanted:
            sides = set(around(data, value.encode()))
            contexts[value] |= sides
            if column != "flow_identity.value" and any(stands_alone(*each) for each in sides):
                columns.add(column)
    return contexts, sorted(columns)


def _live_strings(wanted: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every text of the database that has one of these in it, with its `table.column`."""
    holds = "instr({}, %s) > 0" if connection.vendor == "sqlite" else "position(%s in {}) > 0"
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in _LEFT_OUT or not model._meta.managed:  # noqa: SLF001 - Django's way to a model's table
            continue
        table = model._meta.db_table  # noqa: SLF001
        for column in _text_columns(model):
            text = f'"{column}"' if connection.vendor == "sqlite" else f'"{column}"::text'
            condition = " OR ".join([holds.format(text)] * len(wanted))
            with connection.chunked_cursor() as cursor:
                cursor.execute(f'SELECT {text} FROM "{table}" WHERE {condition}', list(wanted))
                while rows := cursor.fetchmany(_MANY):
                    yield from ((f"{table}.{column}", str(text)) for (text,) in rows)


def _text_columns(model: type[models.Model]) -> list[str]:
    texts: tuple[Any, ...] = (models.CharField, models.TextField, models.JSONField)
    return [each.column for each in model._meta.local_concrete_fields if isinstance(each, texts)]  # noqa: SLF001


def _mirror_speaks_of(home: Home, numbers: Collection[int]) -> list[Path]:
    """The mirror's Parquet files with a row of one of these identities."""
    import duckdb
    import pyarrow as pa

    found = []
    with duckdb.connect() as duck:
        duck.register("erased", pa.table({"id": pa.array(sorted(numbers), pa.int64())}))
        for path in sorted(home.mirror.rglob("*.parquet")):
            column = WHOSE.get(path.parent.name)
            if column is None or path.parent.name == "_delta_log":
                continue
            rows = duck.execute(
                f"SELECT 1 FROM read_parquet($1) WHERE {column} IN (SELECT id FROM erased) LIMIT 1", [str(path)]
            )
            if rows.fetchall():
                found.append(path)
    return found


def _below(path: Path, home: Home) -> str:
    return path.relative_to(home.path).as_posix()
