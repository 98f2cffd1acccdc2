"""Excel workbooks (.xlsx): one sheet, values only, never a formula that nobody computed."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from vincle.engine.tabular import column_names, raw_rows
from vincle.engine.tabular.cells import looks_like_data
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.xlsx_cells import SheetRow, sheet_rows
from vincle.engine.tabular.xlsx_parts import open_workbook
from vincle.kernel.errors import BadInput

_TITLES = 20  # rows above the header that may be titles


class XlsxReader(Reader):
    """One sheet of an Excel workbook.

    `row` is the sheet's row number. Without `sheet` the first sheet that holds a table is read. Formulas give the
    value that was last computed; where a program wrote none, the row is a reject.
    """

    format = "xlsx"

    def __init__(self, path: Path, *, sheet: str | None = None) -> None:
        super().__init__(path, ())
        self._book = open_workbook(path)
        self._sheet, first = self._chosen(sheet)
        self._header_row, names, notes = _header(first)
        self._names = self.columns = tuple(names)
        self.notes = (*self._other_sheets(), *notes)
        self._progress = 0.0

    @property
    def progress(self) -> float:
        return self._progress

    def _chosen(self, wanted: str | None) -> tuple[str, list[SheetRow]]:
        """The sheet to read and its first rows."""
        if wanted is not None and wanted not in self._book.sheets:
            there = ", ".join(f"“{title}”" for title in self._book.sheets)
            raise BadInput(f"“{self.name}” has no sheet “{wanted}”.", f"Its sheets are {there}.")
        for title in [wanted] if wanted is not None else self._book.sheets:
            first = list(itertools.islice(sheet_rows(self._book, title), 50))
            if len(first) > 1:
                return title, first
        raise BadInput(
            f"“{self.name}” has no rows below its column names.",
            "Check that it is the file you meant; nothing was imported.",
        )

    def _other_sheets(self) -> list[str]:
        others = [f"“{title}”" for title in self._book.sheets if title != self._sheet]
        return [f"Sheet “{self._sheet}” was read; not {', '.join(others)}."] if others else []

    def _runs(self, rows: int) -> Iterator[Raw]:
        builder = raw_rows.RowBuilder(list(self._names))
        for row in sheet_rows(self._book, self._sheet, self._watch):
            if row.number > self._header_row:
                self._sort_in(row, builder)
            if builder.full(rows):
                yield self._run(builder)
        yield self._run(builder)

    def _sort_in(self, row: SheetRow, builder: raw_rows.RowBuilder) -> None:
        if row.uncomputed:
            named = " and ".join(f"“{self._name_of(place)}”" for place in row.uncomputed)
            builder.reject(row.number, f"The formula in {named} has no computed value.", row.cells)
        elif len(row.cells) > len(self._names):
            reason = f"The row has {len(row.cells)} cells where {len(self._names)} are expected."
            builder.reject(row.number, reason, row.cells)
        else:
            builder.add(row.number, dict(zip(self._names, row.cells, strict=False)))

    def _run(self, builder: raw_rows.RowBuilder) -> Raw:
        table, rejects = builder.take()
        return Raw(raw_rows.unguarded(table), rejects, self._progress)

    def _name_of(self, place: int) -> str:
        return self._names[place] if place < len(self._names) else f"column {place + 1}"

    def _watch(self, fraction: float) -> None:
        self._progress = fraction


def _header(first: list[SheetRow]) -> tuple[int, list[str], list[str]]:
    """The sheet row of the names (the one above the data when there are none), the names, notes."""
    width = max(len(row.cells) for row in first)
    column_names.refuse_too_many(width)
    titles = 0
    while titles < min(_TITLES, len(first) - 2) and width > 2 and sum(map(bool, first[titles].cells)) == 1:
        titles += 1
    head = first[titles]
    below = [[*row.cells, *[""] * (len(head.cells) - len(row.cells))] for row in first[titles + 1 :]]
    if looks_like_data(head.cells, below):
        return (
            head.number - 1,
            column_names.numbered(width),
            ["The first row is data already, so columns are numbered."],
        )
    names, notes = column_names.named([*head.cells, *[""] * (width - len(head.cells))])
    return head.number, names, notes
