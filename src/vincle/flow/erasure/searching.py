"""Looking for values in files, whatever kind of file it is.

A value counts where it stands alone: “CUST-1” is not in “CUST-10”, nor “anna@example.org” in “joanna@example.org”.
"""

import gzip
import mmap
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from html import escape
from pathlib import Path
from typing import Protocol

SHORTEST = 6  # bytes; shorter values are in everything
_DIALLED = re.compile(r"\+?\d[\d\s().\-/]{5,}")
_BLOCK = 1 << 20
_OVERLAP = 1 << 12
_BEFORE = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_.+-%" + bytes(range(128, 256)))
_AFTER = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_" + bytes(range(128, 256)))


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


def long_enough(values: Collection[str]) -> list[str]:
    """Those that can be looked for."""
    return sorted({value for value in values if len(value.encode()) >= SHORTEST})


def stands_alone(before: int | None, after: int | None) -> bool:
    """Whether something between these two bytes (None: nothing) is a word of its own."""
    return before not in _BEFORE and after not in _AFTER


def around(data: bytes | mmap.mmap, value: bytes) -> Iterator[tuple[int | None, int | None]]:
    """The bytes before and after each place where `value` stands."""
    start = data.find(value)
    while start >= 0:
        end = start + len(value)
        yield (data[start - 1] if start else None, data[end] if end < len(data) else None)
        start = data.find(value, start + 1)


def text_names(text: str, identities: Collection[tuple[str, str]]) -> bool:
    """Whether a text names one of these identities (namespace, value), however their letters are and telephones are
    parted; of values those that are long enough."""
    said = text.casefold().encode("utf-8", "replace")
    for value in long_enough([value for _namespace, value in identities]):
        if any(stands_alone(*sides) for sides in around(said, value.casefold().encode())):
            return True
    phones = [value.removeprefix("+") for namespace, value in identities if namespace == "phone"]
    if not phones:
        return False
    dialled = {re.sub(r"\D", "", found).lstrip("0") for found in _DIALLED.findall(text)}
    return any(phone.endswith(number) for number in dialled if len(number) >= SHORTEST for phone in phones)


def names_one_of(path: Path, values: Collection[str]) -> bool:
    """Whether a file names one of these values, of those that are long enough: text, spreadsheets, Parquet.

    One that is gone by the time it is opened names nobody.
    """
    wanted = long_enough(values)
    try:
        return bool(wanted) and path.is_file() and _names(path, wanted)
    except FileNotFoundError:
        return False


def _names(path: Path, wanted: Collection[str]) -> bool:
    with path.open("rb") as file:
        beginning = file.read(4)
    if beginning == b"PAR1":
        return _in_parquet(path, wanted)
    forms = [form for value in wanted for form in _forms(value)]
    if beginning[:2] == b"\x1f\x8b":
        with gzip.open(path) as unpacked:
            return _in_stream(unpacked, forms)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as member:
                    if _in_stream(member, forms):
                        return True
        return False
    with path.open("rb") as file:
        return _in_stream(file, forms)


def _forms(value: str) -> list[bytes]:
    """A value in the ways that text files write it."""
    written = {value.encode(), escape(value).encode(), value.encode("utf-16-le")}
    with suppress(UnicodeEncodeError):
        written.add(value.encode("cp1252"))
    return sorted(written)


def _in_stream(file: _Readable, forms: Collection[bytes]) -> bool:
    rest = b""
    while block := file.read(_BLOCK):
        data = rest + block
        if any(stands_alone(*sides) for form in forms for sides in around(data, form)):
            return True
        rest = data[-_OVERLAP:]
    return False


def _in_parquet(path: Path, wanted: Collection[str]) -> bool:
    import duckdb

    with duckdb.connect() as duck:
        described = duck.execute("DESCRIBE SELECT * FROM read_parquet($1)", [str(path)]).fetchall()
        for column, *_ in described:
            quoted = '"' + column.replace('"', '""') + '"'
            for value in wanted:
                rows = duck.execute(
                    f"SELECT DISTINCT {quoted}::VARCHAR FROM read_parquet($1) WHERE contains({quoted}::VARCHAR, $2)",
                    [str(path), value],
                ).fetchall()
                needle = value.encode()
                if any(stands_alone(*sides) for (text,) in rows for sides in around(text.encode(), needle)):
                    return True
    return False
