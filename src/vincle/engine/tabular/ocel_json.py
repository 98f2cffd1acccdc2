"""OCEL 2.0 in JSON (https://www.ocel-standard.org): one document, read whole."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from vincle.engine.tabular.limits import MAX_DOCUMENT, human
from vincle.engine.tabular.ocel_store import OcelStore, Record
from vincle.engine.tabular.streams import ByteStream
from vincle.kernel.errors import BadInput


class Relation(msgspec.Struct):
    """An object that an event or another object refers to."""

    objectId: str  # noqa: N815 - the standard's spelling
    qualifier: str | None = None


class Value(msgspec.Struct):
    """An attribute; those of objects may change and then carry the time."""

    name: str
    value: Any = None
    time: str | None = None


class Event(msgspec.Struct):
    """Something that happened to objects."""

    id: str
    type: str
    time: str
    attributes: list[Value] | None = None
    relationships: list[Relation] | None = None


class Thing(msgspec.Struct):
    """An object and what it is related to."""

    id: str
    type: str
    attributes: list[Value] | None = None
    relationships: list[Relation] | None = None


class _Document(msgspec.Struct):
    events: list[msgspec.Raw]
    objects: list[msgspec.Raw]


_event_decoder = msgspec.json.Decoder(Event, strict=False, float_hook=Decimal)
_thing_decoder = msgspec.json.Decoder(Thing, strict=False, float_hook=Decimal)
_encoder = msgspec.json.Encoder(decimal_format="number")

FAULTS = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError, ArithmeticError)


def looks_like_ocel(start: str) -> bool:
    """Whether a JSON document that begins so is an OCEL 2.0 log."""
    return any(f'"{key}"' in start for key in ("eventTypes", "objectTypes")) or (
        '"objects"' in start and '"relationships"' in start
    )


def load(path: Path, store: OcelStore) -> None:
    """Put the document's events and objects into the store. Raises `BadInput` when it breaks the standard."""
    text = _whole(path)
    try:
        document = msgspec.json.decode(text, type=_Document)
        # Each table on its own pass: the records stay undecoded in between, so memory is about the file's size.
        store.add("event", (_event_row(event) for event in _events(document)))
        store.add("e2o", (row for event in _events(document) for row in _relations(event)))
        store.add("object", ((thing.id, thing.type) for thing in _things(document)))
        store.add("o2o", (row for thing in _things(document) for row in _relations(thing)))
        store.add("object_value", (row for thing in _things(document) for row in _values(thing)))
    except FAULTS as problem:
        raise BadInput(
            f"“{path.name}” is not a whole OCEL 2.0 log: {_told(problem)}.", "Export it again as OCEL 2.0 JSON."
        ) from problem


def as_text(value: Any) -> str | None:
    """An attribute's value as text; what has parts, as JSON."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | Decimal) else _encoder.encode(value).decode()


def _whole(path: Path) -> bytes:
    parts: list[bytes] = []
    size = 0
    with ByteStream(path) as stream:
        for block in stream.blocks():
            parts.append(block)
            size += len(block)
            if size > MAX_DOCUMENT:
                raise BadInput(
                    f"“{path.name}” is larger than {human(MAX_DOCUMENT)}, too large to read as one JSON document.",
                    "Export the log as OCEL 2.0 SQLite.",
                )
    return b"".join(parts).removeprefix(b"\xef\xbb\xbf")


def _events(document: _Document) -> Iterator[Event]:
    return (_event_decoder.decode(event) for event in document.events)


def _things(document: _Document) -> Iterator[Thing]:
    return (_thing_decoder.decode(thing) for thing in document.objects)


def _event_row(event: Event) -> Record:
    attributes = {value.name: as_text(value.value) for value in event.attributes or ()}
    return event.id, event.type, event.time, msgspec.json.encode(attributes).decode()


def _relations(owner: Event | Thing) -> Iterator[Record]:
    return ((owner.id, relation.objectId, relation.qualifier) for relation in owner.relationships or ())


def _values(thing: Thing) -> Iterator[Record]:
    return ((thing.id, value.name, value.time, as_text(value.value)) for value in thing.attributes or ())


def _told(problem: Exception) -> str:
    return str(problem).splitlines()[0][:200] if str(problem) else type(problem).__name__
