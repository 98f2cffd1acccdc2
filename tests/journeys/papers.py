"""Reads what a PDF says: the characters of its pages through the tables its fonts carry."""

import re
import zlib

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_PAIR = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


def said_by(pdf: bytes) -> str:
    """All text of all pages, once as each of the fonts would have it: what was set in a font can be read in full."""
    streams = [_plain(found.group(1)) for found in _STREAM.finditer(pdf)]
    fonts = [_font(each.decode("latin-1")) for each in streams if b"beginbf" in each]
    pages = [each for each in streams if b" Tf" in each]
    return "\n".join("".join(_shown(page, font)) for font in fonts for page in pages)


def _plain(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def _font(table: str) -> dict[int, str]:
    found = {}
    for part in re.findall("beginbfchar(.*?)endbfchar", table, re.DOTALL):
        found |= {int(code, 16): _letters(text) for code, text in _PAIR.findall(part)}
    for part in re.findall("beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in _RANGE.findall(part):
            codes = range(int(first, 16), int(last, 16) + 1)
            found |= {code: chr(int(text, 16) + code - codes.start) for code in codes}
    return found


def _letters(text: str) -> str:
    return bytes.fromhex(text).decode("utf-16-be")


def _shown(page: bytes, font: dict[int, str]) -> list[str]:
    strings = re.findall(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f]+)>(?!>)", page, re.DOTALL)
    codes = [bytes.fromhex(hexed.decode()) if hexed else _unescaped(text) for text, hexed in strings]
    return [font.get(int.from_bytes(each[at : at + 2]), "") for each in codes for at in range(0, len(each), 2)]


def _unescaped(text: bytes) -> bytes:
    names = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def one(found: re.Match[bytes]) -> bytes:
        said = found.group(1)
        return bytes([int(said, 8)]) if said.isdigit() else names.get(said, said)

    return re.sub(rb"\\([0-7]{1,3}|.)", one, text, flags=re.DOTALL)
