"""Content lines: what a card is made of, unfolded, taken apart, and never larger than memory should hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

MAX_VALUE = 256 * 1024  # bytes of one line; a longer one is cut and says so
_ENCODINGS = frozenset({"QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"})
_NAME = re.compile(r"[A-Za-z0-9-]+")
_SOFT = re.compile(rb"^[^:]*QUOTED-PRINTABLE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """`NAME;PARAM=a,b:value`. Names are in capitals, a group (`item1.`) is taken away, the value is as it was written.

    `number` is where it begins in the file; `cut` says that it was longer than `MAX_VALUE`.
    """

    number: int
    name: str
    value: str
    parameters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cut: bool = False

    def has(self, parameter: str, value: str) -> bool:
        """Whether a parameter has this value among its own, in any capitals."""
        return any(one.upper() == value for one in self.parameters.get(parameter, ()))


def content_lines(blocks: Iterable[bytes]) -> Iterator[Line | int]:
    """The lines of a UTF-8 text (any pieces of it); the number of a line instead of one that is none."""
    for number, whole, cut in _unfolded(blocks):
        text = whole.decode("utf-8", "replace")
        if text.strip():
            yield parsed(text, number, cut=cut) or number


def parsed(text: str, number: int = 0, *, cut: bool = False) -> Line | None:
    """One unfolded line taken apart, None when it is no content line (RFC 6350, 3.3)."""
    colon = _colon(text)
    if colon < 0:
        return None
    head, *given = _split(text[:colon], ";")
    name = head.strip().rpartition(".")[2]
    if not _NAME.fullmatch(name):
        return None
    parameters: dict[str, tuple[str, ...]] = {}
    for each in given:
        key, values = _parameter(each)
        parameters[key] = parameters.get(key, ()) + values
    return Line(number, name.upper(), text[colon + 1 :], parameters, cut)


def _physical(blocks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Lines as they stand, without their ends; what is beyond `MAX_VALUE` is dropped as it comes in."""
    held, cut = b"", False
    for block in blocks:
        *lines, rest = block.split(b"\n")
        for line in lines:
            whole = held + line
            yield whole[:MAX_VALUE].rstrip(b"\r"), cut or len(whole) > MAX_VALUE
            held, cut = b"", False
        held += rest
        cut = cut or len(held) > MAX_VALUE
        held = held[:MAX_VALUE]
    if held:
        yield held.rstrip(b"\r"), cut


def _unfolded(blocks: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """A line with those that go on with it: they begin with white space, or follow a soft break of vCard 2.1."""
    begun, parts, size, cut = 0, list[bytes](), 0, False
    for number, (line, is_cut) in enumerate(_physical(blocks), start=1):
        goes_on = bool(parts) and line[:1] in {b" ", b"\t"}
        soft = bool(parts) and parts[-1].endswith(b"=") and _SOFT.match(parts[0]) is not None
        if goes_on or soft:
            if soft:
                parts[-1] = parts[-1][:-1]
            more = line[1:] if goes_on else line
            size += len(more)
            if size <= MAX_VALUE:
                parts.append(more)
            cut = cut or is_cut or size > MAX_VALUE
            continue
        if parts:
            yield begun, b"".join(parts), cut
        begun, parts, size, cut = number, [line], len(line), is_cut
    if parts:
        yield begun, b"".join(parts), cut


def _colon(text: str) -> int:
    """Where the value begins: at the first colon that is not inside quotes, else at the first."""
    quoted = False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return place
    return text.find(":")


def _split(text: str, mark: str) -> list[str]:
    """Pieces between marks that are not inside quotes."""
    pieces, begun, quoted = list[str](), 0, False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter == mark and not quoted:
            pieces.append(text[begun:place])
            begun = place + 1
    return [*pieces, text[begun:]]


def _parameter(text: str) -> tuple[str, tuple[str, ...]]:
    name, equals, value = text.partition("=")
    if not equals:  # vCard 2.1: TEL;CELL;HOME
        bare = name.strip().upper()
        return ("ENCODING" if bare in _ENCODINGS else "TYPE"), (bare,)
    return name.strip().upper(), tuple(each.strip().strip('"') for each in _split(value, ","))
