"""What a column holds, whatever the engine, and how each engine is asked for it and given it.

An archive speaks of kinds, not of Django's fields: it can be restored by a later version whose models have changed.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from django.db import models

from vincle.flow.fields import InstantField, UidField
from vincle.kernel.clock import to_micros

INSTANT = pa.timestamp("us", tz="UTC")

ARROW: dict[str, pa.DataType] = {
    "integer": pa.int64(),
    "real": pa.float64(),
    "truth": pa.bool_(),
    "text": pa.string(),
    "json": pa.string(),
    "date": pa.string(),
    "time": pa.string(),
    "address": pa.string(),
    "instant": INSTANT,  # vincle's own field: microseconds on SQLite
    "datetime": INSTANT,  # Django's: text on SQLite
    "uid": pa.binary(16),  # vincle's own: sixteen bytes on SQLite
    "uuid": pa.binary(16),  # Django's: 32 letters on SQLite
    "bytes": pa.binary(),
}

# How PostgreSQL is asked for a kind; the rest, and everything on SQLite, is read as it stands.
POSTGRES_READS = {
    "json": "{}::text",
    "date": "{}::text",
    "time": "{}::text",
    "address": "host({})",
    "instant": "(extract(epoch FROM {}) * 1000000)::bigint",
    "datetime": "(extract(epoch FROM {}) * 1000000)::bigint",
    "uid": "uuid_send({})",
    "uuid": "uuid_send({})",
}

_KINDS: "tuple[tuple[type[models.Field[Any, Any]], str], ...]" = (
    (InstantField, "instant"),
    (UidField, "uid"),
    (models.JSONField, "json"),
    (models.BooleanField, "truth"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.TimeField, "time"),
    (models.UUIDField, "uuid"),
    (models.BinaryField, "bytes"),
    (models.FloatField, "real"),
    (models.IntegerField, "integer"),
    (models.GenericIPAddressField, "address"),
    (models.CharField, "text"),
    (models.TextField, "text"),
    (models.FileField, "text"),
)

_ZERO_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")

Convert = Callable[[Any], Any]


def kind_of(field: "models.Field[Any, Any]") -> str:
    """The kind of a model's field; a foreign key is of its target's kind."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    for cls, kind in _KINDS:
        if isinstance(target, cls):
            return kind
    raise TypeError(f"a backup does not know what {field} holds")


def read_expression(column: str, kind: str, vendor: str) -> str:
    """The SQL that gives a column in its portable form."""
    quoted = f'"{column}"'
    return POSTGRES_READS.get(kind, "{}").format(quoted) if vendor == "postgresql" else quoted


def after_reading(kind: str, vendor: str) -> Convert | None:
    """What SQLite's values need before they are of the Arrow type; None for nothing."""
    if vendor != "sqlite":
        return None
    needed: dict[str, Convert] = {"truth": bool, "datetime": _micros, "date": str, "time": str, "uuid": bytes.fromhex}
    return needed.get(kind)


def before_writing(kind: str, vendor: str) -> Convert | None:
    """What a value read from the archive needs before the engine takes it; None for nothing.

    PostgreSQL cannot hold the character U+0000 in texts; U+FFFD stands in for it there.
    """
    of_sqlite: dict[str, Convert] = {"instant": to_micros, "datetime": _text_from_instant, "uuid": bytes.hex}
    of_postgres: dict[str, Convert] = {
        "text": _without_zero,
        "json": _json_without_zero,
        "uid": bytes.hex,
        "uuid": bytes.hex,
    }
    return (of_sqlite if vendor == "sqlite" else of_postgres).get(kind)


def _micros(moment: dt.datetime) -> int:
    # Django has SQLite's driver make datetimes of its own columns, in UTC and without saying so.
    return to_micros(moment.replace(tzinfo=dt.UTC))


def _text_from_instant(moment: dt.datetime) -> str:
    return str(moment.astimezone(dt.UTC).replace(tzinfo=None))


def _without_zero(text: str) -> str:
    return text.replace("\0", "\ufffd") if "\0" in text else text


def _json_without_zero(text: str) -> str:
    return _ZERO_ESCAPE.sub(r"\1\\ufffd", text) if "\\u0000" in text else text
