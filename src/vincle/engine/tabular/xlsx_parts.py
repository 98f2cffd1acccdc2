"""The parts inside an Excel workbook (ECMA-376): its sheets, its texts, which numbers are dates."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from vincle.engine.tabular import xml_feed
from vincle.engine.tabular.limits import BOMB_BYTES, BOMB_RATIO, SHARED_STRINGS, human
from vincle.engine.tabular.xml_feed import Attributes, local
from vincle.kernel.errors import BadInput

_BLOCK = 256 * 1024
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WORKBOOK = "xl/workbook.xml"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What must be known before a sheet can be read."""

    path: Path
    sheets: dict[str, str]  # title -> part of the archive
    texts: list[str]
    date_styles: frozenset[str]  # the cell styles (as written in the sheet) that show a date
    epoch: datetime


def open_workbook(path: Path) -> Workbook:
    """Read the workbook's lists. Raises `BadInput` for what is no workbook, is damaged, or unpacks beyond reason."""
    with _archive(path) as archive:
        _refuse_bomb(path, archive)
        parts = set(archive.namelist())
        if _WORKBOOK not in parts:
            raise BadInput(
                f"“{path.name}” is a ZIP archive, not an Excel workbook.", "Unpack it and import the files inside."
            )
        targets = _targets(archive, path)
        sheets, old_epoch = _sheets(archive, path)
        found = {title: targets[key] for title, key in sheets if targets.get(key) in parts}
        texts = _texts(archive, path) if "xl/sharedStrings.xml" in parts else []
        dates = _date_styles(archive, path) if "xl/styles.xml" in parts else frozenset()
    if not found:
        raise BadInput(f"“{path.name}” has no sheet with cells.", "Check that it is the file you meant.")
    return Workbook(path, found, texts, dates, CALENDAR_MAC_1904 if old_epoch else CALENDAR_WINDOWS_1900)


def part_blocks(path: Path, part: str, watch: Callable[[float], None]) -> Iterator[bytes]:
    """The bytes of one part, zipfile giving no more of them than the archive declares; `watch` hears how far it is."""
    with _archive(path) as archive:
        whole = archive.getinfo(part).file_size or 1
        passed = 0
        for block in _blocks(archive, part, path):
            yield block
            passed += len(block)
            watch(min(1.0, passed / whole))


def unescaped(text: str) -> str:
    """Characters that XML cannot hold are written `_x000D_` in a workbook."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as problem:
        raise _damaged(path) from problem


def _damaged(path: Path) -> BadInput:
    return BadInput(f"“{path.name}” is damaged: it is not a whole Excel workbook.", "Save it again, or save it as CSV.")


def _refuse_bomb(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    total = sum(part.file_size for part in parts)
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    swells = total > max(BOMB_BYTES // 4, path.stat().st_size * BOMB_RATIO)
    if swells or total > 4 * BOMB_BYTES or texts > SHARED_STRINGS:
        raise BadInput(
            f"“{path.name}” would unpack to {human(max(total, texts))}: too much for a workbook, it may be a trap.",
            "If it is yours, save the sheet as CSV and import that.",
        )


def _blocks(archive: zipfile.ZipFile, part: str, path: Path) -> Iterator[bytes]:
    try:
        with archive.open(part) as content:
            while block := content.read(_BLOCK):
                yield block
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        NotImplementedError,
        EOFError,
        KeyError,
        RuntimeError,
        zlib.error,
    ) as problem:
        raise _damaged(path) from problem


def _elements(archive: zipfile.ZipFile, part: str, path: Path) -> list[tuple[str, Attributes]]:
    """Every element of a small part with its attributes, and ('/name', {}) where it ends."""
    found: list[tuple[str, Attributes]] = []
    for _ in xml_feed.feed(
        _blocks(archive, part, path),
        name=path.name,
        start=lambda tag, attributes: found.append((local(tag), attributes)),
        end=lambda tag: found.append((f"/{local(tag)}", {})),
    ):
        if len(found) > 2_000_000:
            raise _damaged(path)
    return found


def _targets(archive: zipfile.ZipFile, path: Path) -> dict[str, str]:
    """Relation id -> part."""
    part = "xl/_rels/workbook.xml.rels"
    if part not in archive.namelist():
        raise _damaged(path)
    return {
        attributes.get("Id", ""): posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        for name, attributes in _elements(archive, part, path)
        if name == "Relationship"
    }


def _sheets(archive: zipfile.ZipFile, path: Path) -> tuple[list[tuple[str, str]], bool]:
    """(title, relation id) of each sheet, and whether days are counted from 1904."""
    sheets: list[tuple[str, str]] = []
    old = False
    for name, attributes in _elements(archive, _WORKBOOK, path):
        if name == "sheet":
            key = next((value for label, value in attributes.items() if local(label) == "id"), "")
            sheets.append((attributes.get("name", ""), key))
        elif name == "workbookPr":
            old = attributes.get("date1904", "") in {"1", "true"}
    return sheets, old


def _date_styles(archive: zipfile.ZipFile, path: Path) -> frozenset[str]:
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    used: list[str] = []
    inside = False
    for name, attributes in _elements(archive, "xl/styles.xml", path):
        if name == "numFmt" and "numFmtId" in attributes:
            formats[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif name in {"cellXfs", "/cellXfs"}:
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            used.append(attributes.get("numFmtId", "0"))
    return frozenset(str(place) for place, number in enumerate(used) if is_date_format(formats.get(number, "")))


def _texts(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """The workbook's distinct texts; how they are set in type and how they are pronounced is left out."""
    texts: list[str] = []
    parts: list[str] = []
    reading = spoken = False

    def start(tag: str, _: Attributes) -> None:
        nonlocal reading, spoken
        name = local(tag)
        reading = name == "t" and not spoken
        spoken = spoken or name == "rPh"

    def end(tag: str) -> None:
        nonlocal reading, spoken
        name = local(tag)
        reading = False
        if name == "rPh":
            spoken = False
        elif name == "si":
            texts.append(unescaped("".join(parts)))
            parts.clear()

    def text(piece: str) -> None:
        if reading:
            parts.append(piece)

    blocks = _blocks(archive, "xl/sharedStrings.xml", path)
    for _ in xml_feed.feed(blocks, name=path.name, start=start, end=end, text=text):
        pass
    return texts
