"""What speaks of confidential people in quarantine and in files, for whoever may not see them."""

import csv
from collections.abc import Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.people.facade import hidden_identities, hidden_lines
from vincle.apps.sources.importing.reading import HiddenRow, ReadRow, RefusedRow
from vincle.apps.sources.importing.tally import Example, general
from vincle.apps.sources.queries.quarantine import named_in
from vincle.flow.models import Quarantined
from vincle.kernel.errors import Refused

Row = ReadRow | RefusedRow | HiddenRow


def hidden_items(items: Collection[Quarantined]) -> set[int]:
    """The numbers of those in quarantine of which only kind, time and reason may be shown."""
    named = {item.pk: named_in(item.payload) for item in items}
    hidden = hidden_identities(set(chain.from_iterable(named.values())))
    return {number for number, theirs in named.items() if theirs & hidden}


def refuse_hidden(item: Quarantined) -> None:
    """Raise `Refused` when it is about somebody whom whoever asks may not see."""
    if hidden_items([item]):
        raise Refused(
            _("This is about somebody confidential; nothing was done."),
            _("An owner or a manager can mend it, or leave it out."),
        )


def shown_rows(rows: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    """The rows of a file without those that may not be shown."""
    hidden = hidden_lines([[cell for cell in row.values() if cell] for row in rows])
    return [row for place, row in enumerate(rows) if place not in hidden]


def shown_reading(rows: Sequence[ReadRow | RefusedRow]) -> list[Row]:
    """The rows as they would enter; of those that may not be shown, only that they are there."""
    named = [row.named if isinstance(row, ReadRow) else set() for row in rows]
    identities = hidden_identities(set(chain.from_iterable(named)))
    lines = hidden_lines([row.cells for row in rows])
    return [
        HiddenRow(row.line) if place in lines or named[place] & identities else row for place, row in enumerate(rows)
    ]


def shown_examples(examples: dict[str, list[Example]]) -> dict[str, list[tuple[int, list[str] | None]]]:
    """Examples of rejected rows, by reason; None for the cells of those that may not be shown."""
    listed = [(reason, number, cells) for reason, found in examples.items() for number, cells in found]
    hidden = hidden_lines([cells for _reason, _number, cells in listed])
    shown: dict[str, list[tuple[int, list[str] | None]]] = {}
    for place, (reason, number, cells) in enumerate(listed):
        shown.setdefault(reason, []).append((number, None if place in hidden else cells))
    return shown


def hidden_rejects(path: Path) -> set[int]:
    """The places, in a file of rejected rows, of those that may not be shown."""
    return hidden_lines(_records(path))


def without(path: Path, hidden: Collection[int]) -> Iterator[str]:
    """The lines of a file of rejected rows; of those that are hidden only the line and the reason."""
    writer = csv.writer(_Line())
    for place, record in enumerate(_records(path)):
        *cells, line, reason = record
        told = [*("" for _cell in cells), line, general(reason)] if place in hidden else record
        yield ("" if place else "\ufeff") + writer.writerow(told)


def _records(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)


class _Line:
    """What `csv` writes to: gives back the line."""

    def write(self, line: str) -> Any:
        return line
