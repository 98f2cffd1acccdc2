"""What stands in a content line: escapes, lists, encodings of vCard 2.1, dates."""

import binascii
import quopri
import re
from datetime import UTC, datetime

from vincle.engine.cards.content_lines import Line

_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?")
_WITHOUT_YEAR = re.compile(r"--(\d{2})-?(\d{2})(?:T.*)?")
_PLAIN = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?|--\d{2}-\d{2}", re.ASCII)
_STAMP = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}):?(\d{2})?(?:[.,]\d+)?)?(Z|[-+]\d{2}(?::?\d{2})?)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def text(line: Line, version: str) -> str:
    """The value as a person reads it."""
    return clean(_unescaped(_decoded(line), version))


def parts(line: Line, version: str, mark: str = ";") -> list[str]:
    """The pieces of a structured value (`;`) or of a list (`,`), each as a person reads it."""
    return [clean(_unescaped(piece, version)) for piece in _pieces(_decoded(line), mark)]


def clean(value: str) -> str:
    """Without what cannot be seen, with plain line ends, trimmed."""
    return _CONTROLS.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


def escaped(value: str) -> str:
    """Text as it stands in a content line (RFC 6350, 3.4)."""
    for letter, written in (("\\", "\\\\"), (",", "\\,"), (";", "\\;"), ("\n", "\\n")):
        value = value.replace(letter, written)
    return value


def date(line: Line, version: str) -> str:
    """1970-04-12, --04-12 without a year, 1970-04, 1970; what is none of these stays as it is."""
    written = text(line, version)
    if line.has("VALUE", "TEXT"):
        return written
    if found := _WITHOUT_YEAR.fullmatch(written):
        return f"--{found[1]}-{found[2]}"
    found = _DATE.fullmatch(written)
    if found is None:
        return written
    omitted = line.parameters.get("X-APPLE-OMIT-YEAR", ())
    return f"--{found[2]}-{found[3]}" if found[1] in omitted else f"{found[1]}-{found[2]}-{found[3]}"


def is_date(value: str) -> bool:
    """Whether a date is one that `date` gives, and not other words."""
    return _PLAIN.fullmatch(value) is not None


def moment(written: str) -> datetime | None:
    """A revision's moment in UTC; None when it is not one."""
    found = _STAMP.fullmatch(written.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    zone = found[7] or "Z"
    bare = zone if zone == "Z" or ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    try:
        when = datetime.fromisoformat(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{bare}")
        return when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _decoded(line: Line) -> str:
    if not line.has("ENCODING", "QUOTED-PRINTABLE"):
        return line.value
    raw = quopri.decodestring(line.value.encode("utf-8", "replace"))
    charset = next(iter(line.parameters.get("CHARSET", ())), "utf-8")
    try:
        return raw.decode(charset, "replace")
    except (LookupError, ValueError, binascii.Error):
        return raw.decode("utf-8", "replace")


def _unescaped(value: str, version: str) -> str:
    """In 2.1 a backslash stands before what would part pieces, and before nothing else."""
    if "\\" not in value:
        return value

    def plain(found: re.Match[str]) -> str:
        letter = found[1]
        if version == "2.1":
            return str(letter if letter in ";,:\\" else found[0])
        return "\n" if letter in "nN" else str(letter)

    return _ESCAPE.sub(plain, value)


def _pieces(value: str, mark: str) -> list[str]:
    pieces, begun, place = list[str](), 0, 0
    while place < len(value):
        if value[place] == "\\":
            place += 1
        elif value[place] == mark:
            pieces.append(value[begun:place])
            begun = place + 1
        place += 1
    return [*pieces, value[begun:]]
