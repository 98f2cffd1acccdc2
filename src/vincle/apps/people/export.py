"""The list of people as CSV, line by line."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from vincle.apps.people.queries import directory
from vincle.apps.people.queries.criteria import Criteria
from vincle.flow.models import Person

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
BYTE_ORDER_MARK = "\ufeff"  # spreadsheets take a file without it for their own country's old alphabet


class _Line:
    """What `csv` writes to: gives back the line."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    criteria: Criteria, *, columns: "Sequence[Column]", values: Values, sources: Mapping[str, str], zone: tzinfo
) -> Iterator[str]:
    """The lines of the file, the header first: who the list shows, with the columns it shows and the `values`
    they have. Days are those of `zone`, money is in the organisation's currency.

    Runs while the answer is being sent, long after the request's own time zone is gone.
    """
    writer = csv.writer(_Line(), lineterminator="\r\n")
    names = [name for column in columns for name in NAMES.get(column.of, (column.code,))]
    yield BYTE_ORDER_MARK + writer.writerow([harmless(name) for name in ("uid", "name", *names)])
    chunks = directory.in_chunks(criteria)
    while True:
        # Only while something is worked out: what is done between two lines has a time zone of its own.
        with timezone.override(zone):
            chunk = next(chunks, None)
            rows = _rows(chunk, columns, values(chunk), sources) if chunk is not None else []
        if chunk is None:
            return
        yield "".join(writer.writerow([harmless(cell) for cell in row]) for row in rows)


def harmless(cell: Any) -> Any:
    """Text that a spreadsheet would take for a formula begins with an apostrophe instead; figures stay as they are."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r", "\n"}:
        return f"'{cell}"
    return cell


def _rows(
    people: Sequence[Person],
    columns: "Sequence[Column]",
    values: Mapping[int, Sequence[Any]],
    sources: Mapping[str, str],
) -> list[list[Any]]:
    return [
        [
            str(person.uid),
            person.name,
            *(
                cell
                for column, value in zip(columns, values[person.pk], strict=True)
                for cell in _cells(column, value, sources)
            ),
        ]
        for person in people
    ]


def _cells(column: "Column", value: Any, sources: Mapping[str, str]) -> tuple[Any, ...]:
    if column.of == "known":
        base, _at, source = value.namespace.partition("@") if value else ("", "", "")
        return (value.value if value else "", base, sources.get(source, source))
    if isinstance(value, date):
        return (value.isoformat(),)
    return ("" if value is None else value,)
