"""Which reader a file needs, told by what is in it; its name only breaks ties."""

import re
from collections.abc import Sequence
from pathlib import Path

from vincle.engine.tabular import returned
from vincle.engine.tabular.limits import MiB
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.streams import head
from vincle.kernel.errors import BadInput

_START = MiB // 4
_FOREIGN = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Excel or Word document (.xls, .doc)",
    b"7z\xbc\xaf\x27\x1c": "an archive",
    b"Rar!": "an archive",
    b"BZh": "an archive",
    b"\xfd7zXZ": "an archive",
    b"\x28\xb5\x2f\xfd": "an archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"ORC": "an ORC file",
    b"Obj\x01": "an Avro file",
    b"ARROW1": "an Arrow file",
    b"{\\rtf": "a text document (RTF)",
}
FORMATS = "CSV, XLSX, JSON Lines, Parquet, vCard, XES or OCEL 2.0"


def open_file(
    path: Path | str,
    *,
    sheet: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    expected: Sequence[str] | None = None,
) -> Reader:
    """Open a file of what happened, or of people, whatever it was written by.

    `sheet` names the sheet of a workbook; `delimiter` and `encoding` overrule what is guessed for text. With `expected`
    nothing is guessed: it is JSON Lines in UTF-8, and has these columns even where no record says them.
    Raises `BadInput`, with a sentence for a person, when the file is missing, empty, damaged or of another kind.
    """
    found = Path(path)
    _refuse_missing(found)
    if expected is not None:
        from vincle.engine.tabular.json_files import JsonReader

        return JsonReader(found, encoding="utf-8", expected=expected)
    try:
        reader = _reader(found, head(found, _START), sheet, delimiter, encoding)
    except OSError as problem:
        raise BadInput(f"“{found.name}” cannot be read: {problem.strerror or problem}.") from problem
    returned.recognise(reader)
    return reader


def _refuse_missing(path: Path) -> None:
    try:
        is_file, size = path.is_file(), path.stat().st_size if path.exists() else 0
    except (OSError, ValueError) as problem:
        raise BadInput(f"“{path.name}” is not a name that a file can have.") from problem
    if not is_file:
        raise BadInput(f"There is no file “{path.name}” there.", "Check the name and the folder.")
    if size == 0:
        raise BadInput(f"“{path.name}” is empty.", "Check that it is the file you meant; nothing was imported.")


def _reader(path: Path, start: bytes, sheet: str | None, delimiter: str | None, encoding: str | None) -> Reader:
    """The reader for a file that begins so; only its own libraries are loaded."""
    if (reader := _by_magic(path, start, sheet)) is not None:
        return reader
    if (kind := _foreign(start)) is not None:
        raise BadInput(f"“{path.name}” is {kind}, whatever its name says.", f"Export it as {FORMATS}.")
    text = _plain(start)
    if text.startswith("<"):
        from vincle.engine.tabular.xes_files import XesReader

        return XesReader(path)
    if text.startswith("{") and _is_ocel(path, text):
        from vincle.engine.tabular import ocel_files

        return ocel_files.from_json(path)
    if text.startswith(("{", "[")) and (_is_json(text) or _named(path, "json", "jsonl", "ndjson")):
        from vincle.engine.tabular.json_files import JsonReader

        return JsonReader(path, encoding=encoding)
    if text[:11].upper() == "BEGIN:VCARD":
        from vincle.engine.tabular.card_files import CardReader

        return CardReader(path, encoding=encoding)
    _refuse_misnamed(path)
    from vincle.engine.tabular.csv_files import CsvReader

    return CsvReader(path, delimiter=delimiter or ("\t" if _tabbed(path, text) else None), encoding=encoding)


def _by_magic(path: Path, start: bytes, sheet: str | None) -> Reader | None:
    if start.startswith(b"PK\x03\x04"):
        from vincle.engine.tabular.xlsx_files import XlsxReader

        return XlsxReader(path, sheet=sheet)
    if start.startswith(b"PAR1"):
        from vincle.engine.tabular.parquet_files import ParquetReader

        return ParquetReader(path)
    if start.startswith(b"SQLite format 3\0"):
        from vincle.engine.tabular import ocel_files

        return ocel_files.from_sqlite(path)
    return None


def _foreign(start: bytes) -> str | None:
    return next((kind for magic, kind in _FOREIGN.items() if start.startswith(magic)), None)


def _plain(start: bytes) -> str:
    """The beginning as text good enough to tell formats apart: ASCII, marks and zeros taken out."""
    bare = start.replace(b"\0", b"") if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in start[:4] else start
    return bare.decode("ascii", "ignore").lstrip()


def _is_ocel(path: Path, text: str) -> bool:
    from vincle.engine.tabular.ocel_json import looks_like_ocel

    if '"ocel:events"' in text or '"ocel:global-log"' in text:
        raise BadInput(f"“{path.name}” is an OCEL 1.0 log.", "Export it as OCEL 2.0 (JSON or SQLite).")
    first, _, rest = text.partition("\n")
    if rest.lstrip().startswith("{") and first.rstrip().endswith("}"):
        return False  # a whole object on the first line and another below: JSON Lines
    return looks_like_ocel(text) or _named(path, "jsonocel", "ocel.json")


def _is_json(text: str) -> bool:
    return re.match(r"""\{\s*(?:"|\})|\[\s*(?:[\[{\]"\d-]|$)""", text) is not None


def _named(path: Path, *endings: str) -> bool:
    return path.name.lower().removesuffix(".gz").endswith(tuple(f".{ending}" for ending in endings))


def _tabbed(path: Path, text: str) -> bool:
    return _named(path, "tsv", "tab") and "\t" in text


def _refuse_misnamed(path: Path) -> None:
    """A file that calls itself something it is not must not be cut up as text."""
    for ending, kind in (("xlsx", "an Excel workbook"), ("parquet", "a Parquet file"), ("sqlite", "a database")):
        if _named(path, ending):
            raise BadInput(f"“{path.name}” is not {kind}, whatever its name says.", "Ask for the file again.")
