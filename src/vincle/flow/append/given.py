"""A few rows given with the statement that uses them, so that no table has to be made for them.

SQLite takes them as VALUES, PostgreSQL as one JSON document: of all ways to hand over hundreds of rows the cheapest
that each has. One statement for many rows also lets other threads work while the database does.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connection

from vincle.kernel.clock import from_micros

INSTANT = "timestamptz"
AT_ONCE = 1_000  # rows; SQLite may be built for no more than 32,766 values in a statement


def given(rows: Iterable[Sequence[Any]], **types: str) -> Iterator[tuple[str, list[Any]]]:
    """What to select the rows from, a part of them at a time, and the values that go with it.

    `types`: the names of the columns and their types on PostgreSQL. An instant (`INSTANT`) is given as microseconds
    since 1970, JSON as text, to be cast.
    """
    remaining = iter(rows)
    while part := list(islice(remaining, AT_ONCE)):
        yield _as_values(part, types) if connection.vendor == "sqlite" else _as_json(part, types)


def listed(numbers: Iterable[int]) -> str:
    """Our own row numbers, in order, as they stand between the brackets of IN; nothing is in an empty list."""
    return ", ".join(map(str, sorted(numbers))) or "NULL"


def _as_values(rows: list[Sequence[Any]], types: dict[str, str]) -> tuple[str, list[Any]]:
    columns = ", ".join(f"column{number} AS {name}" for number, name in enumerate(types, 1))
    holes = f"({', '.join(['%s'] * len(types))})"
    values = ", ".join([holes] * len(rows))
    return f"(SELECT {columns} FROM (VALUES {values}))", [value for row in rows for value in row]


def _as_json(rows: list[Sequence[Any]], types: dict[str, str]) -> tuple[str, list[Any]]:
    columns = ", ".join(f"{name} {type_}" for name, type_ in types.items())
    named = [dict(zip(types, row, strict=True)) for row in rows]
    for name in (name for name, type_ in types.items() if type_ == INSTANT):
        for row in named:
            row[name] = from_micros(row[name])
    document = msgspec.json.encode(named).decode()
    return f"(SELECT * FROM json_to_recordset(%s::json) AS r({columns}))", [document]
