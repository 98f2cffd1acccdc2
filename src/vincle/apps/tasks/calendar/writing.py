"""iCalendar text (RFC 5545): values escaped, lines folded, each ended as the standard wants."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

_OCTETS = 75  # of a line, without its end (RFC 5545, 3.1)
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})

Line = tuple[str, str]  # a property with its parameters, and its value as it stands in the file


def text(name: str, value: str) -> Line:
    """A property whose value is text; control characters, which the standard forbids, are left out."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in lines if c in "\n\t" or (c >= " " and c != "\x7f"))
    return name, plain.translate(_ESCAPED)


def day(name: str, value: date) -> Line:
    """A property whose value is a day."""
    return f"{name};VALUE=DATE", f"{value:%Y%m%d}"


def instant(name: str, value: datetime) -> Line:
    """A property whose value is an instant, in universal time."""
    return name, f"{value.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def component(name: str, lines: Iterable[Line | list[Line]]) -> list[Line]:
    """BEGIN, the properties and components within, END."""
    inner = [line for each in lines for line in (each if isinstance(each, list) else [each])]
    return [("BEGIN", name), *inner, ("END", name)]


def written(lines: Iterable[Line]) -> bytes:
    """The file."""
    return b"".join(folded for name, value in lines for folded in _folded(f"{name}:{value}".encode()))


def _folded(line: bytes) -> Iterator[bytes]:
    """A line in pieces of at most 75 octets, never through the middle of a letter; all but the first begin with a
    space, which whoever unfolds takes away."""
    start, room = 0, _OCTETS
    while len(line) - start > room:
        end = start + room
        while line[end] & 0b1100_0000 == 0b1000_0000:  # within a letter of several octets
            end -= 1
        yield (b" " if start else b"") + line[start:end] + b"\r\n"
        start, room = end, _OCTETS - 1
    yield (b" " if start else b"") + line[start:] + b"\r\n"
