"""JSON that strict readers refuse: parted into pieces without reading them, and read as generously as is safe.

Python writes NaN and JavaScript lone surrogates; neither is JSON, and neither is a reason to lose somebody's event.
"""

import json
import math
import re
from typing import Any

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[\]{},:]', re.DOTALL)
_SURROGATES = re.compile("[\ud800-\udfff]")


def members(text: bytes) -> dict[str, bytes] | None:
    """The members of an object, name -> value as it is written; None when it does not begin and end as an object."""
    pieces = _parted(text, b"{", b"}")
    if pieces is None:
        return None
    found: dict[str, bytes] = {}
    for piece in pieces:
        first = _TOKEN.match(piece)
        name = mended(first.group()) if first else None
        value = piece[first.end() :].lstrip() if first else b""
        if isinstance(name, str) and value.startswith(b":"):
            found[name] = value[1:].strip()
    return found


def elements(text: bytes) -> list[bytes] | None:
    """The elements of an array as they are written; None when it does not begin and end as an array."""
    return _parted(text, b"[", b"]")


def mended(text: bytes) -> Any:
    """The value behind JSON with the usual faults: NaN and infinite numbers become null, letters that cannot be kept
    are left out or replaced. None when it cannot be read even so."""
    try:
        return clean(json.loads(text.decode("utf-8", "replace"), strict=False, parse_constant=lambda _name: None))
    except (ValueError, RecursionError):
        return None


def _parted(text: bytes, opening: bytes, closing: bytes) -> list[bytes] | None:
    """What stands between the commas of the outermost brackets."""
    text = text.strip()
    if not text.startswith(opening):
        return None
    pieces: list[bytes] = []
    depth, start = 0, 1
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in {b"{", b"["}:
            depth += 1
        elif sign in {b"}", b"]"}:
            depth -= 1
        if depth == 0:
            pieces.append(text[start : token.start()].strip())
            whole = sign == closing and token.end() == len(text)
            return [piece for piece in pieces if piece] if whole else None
        if depth == 1 and sign == b",":
            pieces.append(text[start : token.start()].strip())
            start = token.end()
    return None


def clean(value: Any) -> Any:
    """The same value without what no database keeps: NUL, lone surrogates, numbers that are none."""
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value).replace("\0", "")
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, list):
        return [clean(each) for each in value]
    if isinstance(value, dict):
        return {clean(name): clean(each) for name, each in value.items()}
    return value
