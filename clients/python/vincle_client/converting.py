"""Between dataclasses and what JSON can hold."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

_READ: dict[Any, Callable[[Any], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    float: float,
}


def plain(value: Any) -> Any:
    """A value as JSON can hold it; instants, days and UUIDs as text."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {name: plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    return str(value) if isinstance(value, UUID | Decimal) else value


def from_plain(shape: Any, value: Any) -> Any:
    """What JSON held, as `shape`: a dataclass, a list of them, a type of Python. Unknown fields are left out, so that a
    newer server does no harm."""
    origin = get_origin(shape)
    if origin in {Union, types.UnionType}:
        return _one_of(get_args(shape), value)
    if origin is list:
        return [from_plain(get_args(shape)[0], each) for each in value]
    if origin is dict:
        return {name: from_plain(get_args(shape)[1], each) for name, each in value.items()}
    if dataclasses.is_dataclass(shape):
        return _filled(shape, value)
    return _READ[shape](value) if shape in _READ else value


def _one_of(shapes: tuple[Any, ...], value: Any) -> Any:
    if value is None:
        return None
    (shape, *_more) = [each for each in shapes if each is not type(None)]
    return from_plain(shape, value)


def _filled(shape: Any, value: dict[str, Any]) -> Any:
    hints = _hints(shape)
    return shape(**{name: from_plain(hints[name], each) for name, each in value.items() if name in hints})


@cache
def _hints(shape: type) -> dict[str, Any]:
    return get_type_hints(shape)
