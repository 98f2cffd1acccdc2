"""The rows of one sheet, as the texts a person sees."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from openpyxl.utils.datetime import from_excel

from vincle.engine.tabular import xml_feed
from vincle.engine.tabular.xlsx_parts import Workbook, part_blocks, unescaped
from vincle.engine.tabular.xml_feed import Attributes, local
from vincle.kernel.errors import BadInput

_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384


@dataclass(slots=True)
class SheetRow:
    """One row: `cells` from column A on; `uncomputed` are the places of formulas that nobody computed."""

    number: int
    cells: list[str] = field(default_factory=list)
    uncomputed: list[int] = field(default_factory=list)


def sheet_rows(book: Workbook, title: str, watch: Callable[[float], None] = lambda _: None) -> Iterator[SheetRow]:
    """The rows of a sheet that hold anything, in order; `watch` hears how far the reading is, 0 to 1.

    Raises `BadInput` where the sheet is damaged.
    """
    sheet = _Sheet(book)
    blocks = part_blocks(book.path, book.sheets[title], watch)
    for _ in xml_feed.feed(blocks, name=book.path.name, start=sheet.start, end=sheet.end, text=sheet.text):
        yield from sheet.done
        sheet.done.clear()


class _Sheet:
    """Follows a sheet's XML; finished rows wait in `done`."""

    def __init__(self, book: Workbook) -> None:
        self.done: list[SheetRow] = []
        self._book = book
        self._row = SheetRow(0)
        self._column = -1
        self._type = self._style = ""
        self._formula = self._reading = False
        self._parts: list[str] = []
        self._starts = {
            "c": self._cell,
            "row": self._open_row,
            "v": self._read,
            "t": self._read,
            "f": self._note_formula,
        }
        self._ends = {"c": self._close_cell, "row": self._close_row, "v": self._stop, "t": self._stop}

    def start(self, tag: str, attributes: Attributes) -> None:
        handler = self._starts.get(tag) or self._starts.get(local(tag))
        if handler is not None:
            handler(attributes)

    def end(self, tag: str) -> None:
        handler = self._ends.get(tag) or self._ends.get(local(tag))
        if handler is not None:
            handler()

    def text(self, piece: str) -> None:
        if self._reading:
            self._parts.append(piece)

    def _open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r", "")
        self._row = SheetRow(int(number) if number.isascii() and number.isdigit() else self._row.number + 1)
        self._column = -1
        if self._row.number > _LAST_ROW:
            raise BadInput(f"“{self._book.path.name}” claims more rows than Excel allows.", "Save the sheet as CSV.")

    def _close_row(self) -> None:
        cells = self._row.cells
        while cells and not cells[-1].strip():
            cells.pop()
        if cells or self._row.uncomputed:
            self.done.append(self._row)

    def _cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = _column(reference) if reference else self._column + 1
        if not 0 <= self._column < _LAST_COLUMN:
            raise BadInput(f"“{self._book.path.name}” has a cell outside of any sheet.", "Save the sheet as CSV.")
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        self._formula = False

    def _read(self, _: Attributes) -> None:
        self._reading = True

    def _stop(self) -> None:
        self._reading = False

    def _note_formula(self, _: Attributes) -> None:
        self._formula = True

    def _close_cell(self) -> None:
        value = "".join(self._parts)
        self._parts.clear()
        cells = self._row.cells
        if value:
            shown = self._shown(value)
            if self._column < len(cells):
                cells[self._column] = shown
            else:
                cells.extend([""] * (self._column - len(cells)))
                cells.append(shown)
        elif self._formula and self._type != "str":
            self._row.uncomputed.append(self._column)

    def _shown(self, value: str) -> str:
        if self._type == "n":
            return self._number(value)
        if self._type == "s":
            place = int(value) if value.isascii() and value.isdigit() else -1
            return self._book.texts[place] if 0 <= place < len(self._book.texts) else ""
        if self._type == "b":
            return "true" if value == "1" else "false"
        return unescaped(value)

    def _number(self, value: str) -> str:
        if self._style in self._book.date_styles:
            return _moment(value, self._book.epoch)
        if value.isascii() and value.isdigit():
            return value
        return plain_number(value)


def plain_number(value: str) -> str:
    """A number with the 15 digits that Excel itself keeps, never in powers of ten: 0.30000000000000004 becomes 0.3."""
    try:
        return format(Decimal(format(float(value), ".15g")), "f")
    except (ValueError, InvalidOperation):
        return value


def _moment(value: str, epoch: datetime) -> str:
    try:
        found = from_excel(float(value), epoch)
    except (ValueError, OverflowError):
        return value
    if isinstance(found, datetime):
        return found.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(found, timedelta):
        return plain_number(str(found.total_seconds()))
    return found.isoformat() if isinstance(found, date | time) else str(found)


def _column(reference: str) -> int:
    column = 0
    for letter in reference:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
        if column > _LAST_COLUMN:
            break
    return column - 1
