"""The list of people as a file: CSV line by line, or a workbook."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.people.queries import directory
from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.days import local_day
from vincle.apps.people.queries.person import main_identities, source_labels
from vincle.engine.tabular.cells import guarded
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput

COLUMNS = ("uid", "name", "known_as", "namespace", "source", "first_seen", "last_seen", "interactions", "money")
MOST_IN_WORKBOOK = 100_000
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file without it for their own country's old alphabet


class _Line:
    """What `csv` writes to: gives back the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(criteria: Criteria, *, sources: Mapping[str, str], zone: tzinfo) -> Iterator[str]:
    """The lines of the file, the header first. Days are those of `zone`, money is in the organisation's currency.

    Runs while the answer is being sent, long after the request's own time zone is gone.
    """
    writer = csv.writer(_Line(), lineterminator="\r\n")
    yield BYTE_ORDER_MARK + writer.writerow(COLUMNS)
    for rows in _in_runs(criteria, sources, zone):
        yield "".join(writer.writerow([harmless(cell) for cell in row]) for row in rows)


def write_workbook(path: Path, criteria: Criteria) -> int:
    """The same list as an Excel workbook of one sheet; returns how many people.

    Raises `BadInput` when it has more people than a workbook that is written while somebody waits should hold.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.freeze_panes = "A2"
    sheet.append(COLUMNS)
    written = 0
    for rows in _in_runs(criteria, source_labels(), timezone.get_current_timezone()):
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


def _in_runs(criteria: Criteria, sources: Mapping[str, str], zone: tzinfo) -> Iterator[list[list[Any]]]:
    chunks = directory.in_chunks(criteria)
    while True:
        # Only while something is worked out: what is done between two lines has a time zone of its own.
        with timezone.override(zone):
            chunk = next(chunks, None)
            rows = _rows(chunk, sources) if chunk else []
        if not chunk:
            return
        yield rows


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe instead; figures stay as they are."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        return f"'{cell}"
    return cell


def _rows(people: Sequence[Person], sources: Mapping[str, str]) -> list[list[Any]]:
    best = main_identities(person.pk for person in people)
    rows = []
    for person in people:
        identity = best.get(person.pk)
        base, _mark, source = identity.namespace.partition("@") if identity else ("", "", "")
        rows.append(
            [
                str(person.uid),
                person.name,
                identity.value if identity else "",
                base,
                sources.get(source, source),
                _day(person.first_at),
                _day(person.last_at),
                person.interactions,
                person.amount,
            ]
        )
    return rows


def _day(moment: datetime | None) -> str:
    return local_day(moment).isoformat() if moment else ""
