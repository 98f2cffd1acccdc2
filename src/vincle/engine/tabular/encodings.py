"""Which encoding a text file is in, and the file as UTF-8 whatever it is in."""

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vincle.kernel.errors import BadInput

DAMAGED = "\ufdd0"  # a noncharacter: stands where bytes could not be read, never interchanged otherwise
SHOWN = "\ufffd"  # what a person sees in its place

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNUSED_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")
_CONTROLS = bytes(sorted(frozenset(range(32)) - _TEXT_CONTROLS))
_ESCAPED = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_NAMES = {"utf-8": "UTF-8", "cp1252": "Windows-1252", "latin-1": "Latin-1"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """A codec's name and the length of the mark that announced it."""

    codec: str
    mark: int = 0

    @property
    def shown(self) -> str:
        """The name a person knows it by."""
        return _NAMES.get(self.codec, self.codec.upper())


def _mark_damage(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return DAMAGED, error.end


codecs.register_error("vincle.damaged", _mark_damage)


def detect(blocks: Iterable[bytes], wanted: str | None = None) -> Encoding:
    """The encoding of a text that begins with `blocks`; `wanted` (any Python codec of text) overrules the guess.

    A mark decides; else zeros in every other byte mean UTF-16; else UTF-8 when anything beyond ASCII is valid UTF-8;
    else Windows-1252, or Latin-1 when bytes occur that Windows-1252 does not use.
    Raises `BadInput` for an unknown `wanted`.
    """
    rest = iter(blocks)
    start = next(rest, b"")
    mark = next((Encoding(codec, len(bom)) for bom, codec in _BOMS if start.startswith(bom)), None)
    if wanted is not None:
        codec = _known(wanted)
        return mark if mark is not None and codec in mark.codec else Encoding(codec)
    if mark is not None:
        return mark
    if b"\0" in start and (wide := _wide(start)):
        return Encoding(wide)
    return Encoding(_narrow(itertools.chain([start], rest)))


def is_binary(start: bytes, encoding: Encoding) -> bool:
    """Whether the beginning of a file is no text at all: too many control characters."""
    if encoding.codec.startswith(("utf-16", "utf-32")):
        text = start.decode(encoding.codec, "replace")
        controls = sum(text.count(chr(code)) for code in _CONTROLS)
    else:
        controls = len(start) - len(start.translate(None, _CONTROLS))
    return controls >= 8 and controls * 100 > len(start)


class Utf8Blocks:
    """Iterates over a byte stream as UTF-8, the mark left out; `damaged` tells whether anything was unreadable."""

    def __init__(self, blocks: Iterator[bytes], encoding: Encoding) -> None:
        self._blocks = blocks
        self._encoding = encoding
        self.damaged = False

    def __iter__(self) -> Iterator[bytes]:
        blocks = self._without_mark()
        return self._checked(blocks) if self._encoding.codec == "utf-8" else self._decoded(blocks)

    def _without_mark(self) -> Iterator[bytes]:
        missing = self._encoding.mark
        for block in self._blocks:
            yield block[missing:] if missing else block
            missing = max(0, missing - len(block))

    def _checked(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """UTF-8 passes as it is; only a block with a fault is rewritten."""
        held = b""
        for block in blocks:
            whole = held + block if held else block
            cut = _complete(whole)
            whole, held = whole[:cut] if cut < len(whole) else whole, whole[cut:]
            yield whole if whole.isascii() else self._mended(whole)
        if held:
            yield self._mended(held)

    def _mended(self, block: bytes) -> bytes:
        try:
            block.decode("utf-8")
        except UnicodeDecodeError:
            self.damaged = True
            return block.decode("utf-8", "vincle.damaged").encode()
        return block

    def _decoded(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(self._encoding.codec)("vincle.damaged")
        try:
            for block in blocks:
                yield self._told(decoder.decode(block))
            yield self._told(decoder.decode(b"", final=True))
        except (UnicodeError, ValueError) as problem:  # codecs that ignore the error handler
            raise BadInput(
                f"The file cannot be read as {self._encoding.shown}.", "Give its encoding, for example cp1252."
            ) from problem

    def _told(self, text: str) -> bytes:
        if DAMAGED in text:
            self.damaged = True
        return text.encode("utf-8", "replace")


def _known(name: str) -> str:
    try:
        codec = codecs.lookup(name).name
        b"a".decode(codec, "ignore")  # refuses codecs that are not of text
        codecs.getincrementaldecoder(codec)
    except (LookupError, ValueError, UnicodeError) as problem:
        raise BadInput(
            f"“{name}” is not an encoding we know.", "Use for example utf-8, utf-16, latin-1 or cp1252."
        ) from problem
    return {"utf-8-sig": "utf-8", "iso8859-1": "latin-1"}.get(codec, codec)


def _wide(start: bytes) -> str | None:
    """UTF-16 without its mark: mostly Latin letters leave zeros on one side only."""
    pairs = len(start) // 2
    even, odd = start[0 : pairs * 2 : 2].count(0), start[1 : pairs * 2 : 2].count(0)
    if pairs and odd > 0.4 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs and even > 0.4 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _narrow(blocks: Iterable[bytes]) -> str:
    """UTF-8 unless more bytes contradict it than confirm it."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid, escaped = 0, ""
    for block in blocks:
        if not block.isascii():
            text = decoder.decode(block)
            escaped += "".join(_ESCAPED.findall(text))
            valid += len(_BEYOND_ASCII.findall(text))
    if valid >= len(escaped):
        return "utf-8"
    return "latin-1" if {ord(char) - 0xDC00 for char in escaped} & _UNUSED_IN_1252 else "cp1252"


def _complete(block: bytes) -> int:
    """Where the last whole UTF-8 character of the block ends."""
    for back in range(1, min(4, len(block)) + 1):
        byte = block[-back]
        if byte < 0x80:
            return len(block)
        if byte >= 0xC0:
            width = 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
            return len(block) if back >= width else len(block) - back
    return len(block)
