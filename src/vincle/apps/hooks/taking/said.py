"""What a body says: JSON, read as generously as is safe, and the happenings in it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec

from vincle.flow.incoming import broken_json

MOST = 10_000  # happenings in one body
_NUMBERS = msgspec.json.Decoder(float_hook=Decimal)  # money must not pass through binary fractions
_PLAIN = msgspec.json.Encoder(decimal_format="number")
_IN_ORDER = msgspec.json.Encoder(decimal_format="number", order="sorted")
_NOT_READ = (msgspec.MsgspecError, ValueError, ArithmeticError, RecursionError)

NOT_JSON = "It is not JSON."
NOTHING_THERE = "It has nothing at “%(path)s”."
TOO_MANY = "It holds more happenings than are taken at once."
NOT_AN_OBJECT = "It is no JSON object."


class NotUnderstood(Exception):
    """Nothing can be made of a body, with the reason."""


@dataclass(frozen=True, slots=True)
class Happening:
    """One element of a body: its place in it, from 1 on, and a digest that is the same whenever it says the same."""

    place: int
    said: Any
    digest: str

    @classmethod
    def of(cls, place: int, said: Any) -> "Happening":
        """One that says this."""
        return cls(place, said, hashlib.sha256(_IN_ORDER.encode(said)).hexdigest())

    @property
    def content_id(self) -> str:
        """The id of a happening that brings none."""
        return f"content-{self.digest}"

    @property
    def line(self) -> bytes:
        """It as a line of JSON."""
        return _PLAIN.encode(self.said)


def read(body: str | bytes) -> Any:
    """The JSON of a body, without what no database keeps. Raises `NotUnderstood`."""
    raw = body.encode("utf-8", "replace") if isinstance(body, str) else body
    try:
        if b"\\u0000" not in raw:
            said = _NUMBERS.decode(raw)
            _PLAIN.encode(said)  # what can be read and not written again is mended too
            return said
    except _NOT_READ:
        pass  # read below, generously
    said = broken_json.mended(raw)
    if said is None:
        raise NotUnderstood(NOT_JSON)
    return said


def as_kept(body: bytes) -> str:
    """The same as text that can be kept and searched: JSON without escapes, else the letters as far as they are any."""
    try:
        return _PLAIN.encode(read(body)).decode()
    except (NotUnderstood, *_NOT_READ):
        return str(broken_json.clean(body.decode("utf-8", "replace")))


def happenings(said: Any, path: str) -> list[Happening]:
    """The elements of the list at `path` (names with points between them; empty: the whole body), or the one object.

    Raises `NotUnderstood` when there is nothing.
    """
    for name in path.split(".") if path else ():
        said = said.get(name) if isinstance(said, dict) else None
    if not isinstance(said, dict | list):
        raise NotUnderstood(NOTHING_THERE % {"path": path} if path else NOT_AN_OBJECT)
    found = said if isinstance(said, list) else [said]
    if len(found) > MOST:
        raise NotUnderstood(TOO_MANY)
    return [Happening.of(place, each) for place, each in enumerate(found, start=1)]


def paths(said: Any, before: str = "", depth: int = 1) -> Iterator[str]:
    """Where in a body lists of objects are, and objects inside it, four levels deep."""
    if not isinstance(said, dict) or depth > 4:
        return
    for name, value in said.items():
        path = f"{before}{name}"
        if "." in name or not name or len(path) > 200:
            continue
        if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict)):
            yield path
        yield from paths(value, f"{path}.", depth + 1)
