"""Rows in columns' order become the tables that enter the log."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from vincle.apps.tracking.wire.taken import Row, Taken, Thing
from vincle.engine.shaped import INTERACTIONS, LINKS, OBJECTS, OBSERVATIONS, Shaped


def shaped(taken: Taken) -> Shaped:
    """The rows of `taken`, with what belongs to them."""
    return Shaped.of(
        _interactions(taken.rows),
        links=_table(taken.links, LINKS),
        observations=_table(taken.observations, OBSERVATIONS),
        objects=_table([(row, *thing) for row, thing in taken.things], OBJECTS, names=("row", *Thing._fields)),
    )


def _interactions(rows: list[Row]) -> pa.Table:
    given: dict[str, Any] = dict(zip(Row._fields, zip(*rows, strict=True), strict=True)) if rows else {}
    given["row"] = range(len(rows))
    return _columns(given, INTERACTIONS, len(rows))


def _table(rows: Sequence[tuple[object, ...]], schema: pa.Schema, names: tuple[str, ...] = ()) -> pa.Table:
    if not rows:
        return schema.empty_table()
    given = dict(zip(names or schema.names, zip(*rows, strict=True), strict=True))
    return _columns(given, schema, len(rows))


def _columns(given: Mapping[str, Any], schema: pa.Schema, count: int) -> pa.Table:
    columns = []
    for field in schema:
        if field.name not in given:
            columns.append(pa.nulls(count, field.type))
        elif pa.types.is_timestamp(field.type):
            columns.append(pa.array(given[field.name], pa.int64()).cast(field.type))
        else:
            columns.append(pa.array(given[field.name], field.type))
    return pa.Table.from_arrays(columns, schema=schema)
