"""The list of people as a file: CSV line by line, or a workbook."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.people.queries import directory
from vincle.apps.people.queries.criteria import Criteria
from vincle.engine.tabular.cells import guarded
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    from vincle.apps.lists.facade import Column

# What the columns say of some people, by the numbers of those.
Values = Callable[[Sequence[Person]], Mapping[int, Sequence[Any]]]

# What a column of the list is called in the file; others go by their code.
NAMES = {
    "known": ("known_as", "namespace", "source"),
    "first": ("first_seen",),
    "last": ("last_seen",),
}
MOST_IN_WORKBOOK = 100_000
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file without it for their own country's old alphabet


@dataclass(frozen=True)
class Shown:
    """What stands in the file: the list's columns, what they say of some people, and what sources call themselves."""

    columns: "Sequence[Column]"
    values: Values
    sources: Mapping[str, str]

    @property
    def header(self) -> list[str]:
        names = (name for column in self.columns for name in NAMES.get(column.of, (column.code,)))
        return ["uid", "name", *names]

    def rows(self, people: Sequence[Person]) -> list[list[Any]]:
        values = self.values(people)
        return [
            [
                str(person.uid),
                person.name,
                *(
                    cell
                    for column, value in zip(self.columns, values[person.pk], strict=True)
                    for cell in _cells(column, value, self.sources)
                ),
            ]
            for person in people
        ]


class _Line:
    """What `csv` writes to: gives back the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(criteria: Criteria, *, shown: Shown, zone: tzinfo) -> Iterator[str]:
    """The lines of the file, the header first: who the list shows, with the columns it shows. Days are those of
    `zone`, money is in the organisation's currency.

    Runs while the answer is being sent, long after the request's own time zone is gone.
    """
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow([harmless(name) for name in shown.header])
    for rows in _in_runs(criteria, shown, zone):
        yield "".join(writer.writerow([harmless(cell) for cell in row]) for row in rows)


def write_workbook(path: Path, criteria: Criteria, *, shown: Shown) -> int:
    """The same list as an Excel workbook of one sheet; returns how many people.

    Raises `BadInput` when it has more people than a workbook that is written while somebody waits should hold.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.freeze_panes = "A2"
    sheet.append([guarded(name) for name in shown.header])
    written = 0
    for rows in _in_runs(criteria, shown, timezone.get_current_timezone()):
        written += len(rows)
        if written > MOST_IN_WORKBOOK:
            sheet.close()
            raise BadInput(
                _("A workbook holds at most %(count)s people.") % {"count": f"{MOST_IN_WORKBOOK:,}"},
                _("Take the list as CSV, or fewer people."),
            )
        for row in rows:
            cells = [WriteOnlyCell(sheet, guarded(cell) if isinstance(cell, str) else cell) for cell in row]
            sheet.append(cells)
    book.save(path)
    return written


def _in_runs(criteria: Criteria, shown: Shown, zone: tzinfo) -> Iterator[list[list[Any]]]:
    chunks = directory.in_chunks(criteria)
    while True:
        # Only while something is worked out: what is done between two lines has a time zone of its own.
        with timezone.override(zone):
            chunk = next(chunks, None)
            rows = shown.rows(chunk) if chunk is not None else []
        if chunk is None:
            return
        yield rows


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe instead; figures stay as they are."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        return f"'{cell}"
    return cell


def _cells(column: "Column", value: Any, sources: Mapping[str, str]) -> tuple[Any, ...]:
    if column.of == "known":
        base, _at, source = value.namespace.partition("@") if value else ("", "", "")
        return (value.value if value else "", base, sources.get(source, source))
    if isinstance(value, date):
        return (value.isoformat(),)
    return ("" if value is None else value,)
