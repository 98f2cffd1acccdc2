"""OCEL 2.0 as one JSON document, written piece by piece."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from vincle.engine.export.destination import whole
from vincle.engine.export.ocel import EVENTS, OBJECTS, RELATIONS, Shape, prepared, rows, rows_in_runs
from vincle.engine.export.selection import Selection
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step

_ALWAYS = "1970-01-01T00:00:00Z"  # the standard's instant for what objects have been like from the beginning

_TOGETHER = Pipeline((
    *RELATIONS.steps,
    Step(
        "of_event",
        "SELECT event, list_sort(list({'objectId': object, 'qualifier': qualifier})) AS relationships "
        "FROM relations GROUP BY event",
        "All relations of an event together.",
    ),
    *EVENTS.steps,
    Step(
        "with_relations",
        "SELECT e.*, o.relationships FROM events_out e LEFT JOIN of_event o ON o.event = e.id ORDER BY e.id",
        "Each event with its relations.",
    ),
), EVENTS.parameters)  # fmt: skip


def write_ocel_json(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """Returns how many `events` and `objects` were written."""
    with prepared(log, selection) as (kinds, types), whole(path) as draft, draft.open("wb") as file:
        file.write(b'{"objectTypes":' + msgspec.json.encode([_type(shape) for shape in types]))
        file.write(b',\n"eventTypes":' + msgspec.json.encode([_type(shape) for shape in kinds]))
        objects = _write_list(file, b"objects", _objects(log, selection, types))
        events = _write_list(file, b"events", _events(log, selection, kinds))
        file.write(b"}\n")
    return {"events": events, "objects": objects}


def _type(shape: Shape) -> dict[str, Any]:
    return {
        "name": shape.name,
        "attributes": [{"name": name, "type": kind} for name, kind in shape.attributes.items()],
    }


def _objects(log: Log, selection: Selection, types: list[Shape]) -> Iterator[dict[str, Any]]:
    shapes = {shape.name: shape for shape in types}
    for row in rows(log, selection.before(OBJECTS)):
        attributes = shapes[row["type"]].values(row)
        yield {
            "id": row["id"],
            "type": row["type"],
            "attributes": [{"name": name, "time": _ALWAYS, "value": value} for name, value in attributes.items()],
            "relationships": [],
        }


def _events(log: Log, selection: Selection, kinds: list[Shape]) -> Iterator[dict[str, Any]]:
    shapes = {shape.name: shape for shape in kinds}
    for row in rows_in_runs(log, selection, _TOGETHER):
        attributes = shapes[row["kind"]].values(row)
        yield {
            "id": row["uid"],
            "type": row["kind"],
            "time": row["moment"],
            "attributes": [{"name": name, "value": value} for name, value in attributes.items()],
            "relationships": row["relationships"] or [],
        }


def _write_list(file: BinaryIO, name: bytes, members: Iterable[dict[str, Any]]) -> int:
    file.write(b',\n"' + name + b'":[')
    count = 0
    for count, member in enumerate(members, start=1):
        file.write((b",\n" if count > 1 else b"\n") + msgspec.json.encode(member))
    file.write(b"]")
    return count
