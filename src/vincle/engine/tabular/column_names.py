"""Names for the columns of a file: none empty, none twice, none too many."""

import unicodedata
from collections.abc import Sequence

from vincle.engine.tabular.cells import bare
from vincle.engine.tabular.limits import MAX_COLUMNS
from vincle.kernel.errors import BadInput

_LONGEST = 200
_OURS = "row"  # under this name the row's own number travels


class ColumnNames:
    """Gives each key of a file a usable column name, always the same one; `notes` tells which had to change."""

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._taken = {_OURS}
        self._known: dict[str, str] = {}

    def of(self, key: str) -> str:
        """The column for a key met in a record."""
        name = self._known.get(key)
        if name is None:
            name = self._known[key] = self.add(key, len(self._known) + 1)
        return name

    def add(self, found: str | None, position: int) -> str:
        """A name of its own for one more column, whatever it is called."""
        wanted = " ".join(_clean(found or "").split())[:_LONGEST] or f"column {position}"
        name, times = wanted, 1
        while name in self._taken:
            times += 1
            name = f"{wanted} ({times})"
        if times > 1:
            self.notes.append(f"Column {position} is called “{wanted}” like another one, so here it is “{name}”.")
        self._taken.add(name)
        return name


def named(header: Sequence[str | None]) -> tuple[list[str], list[str]]:
    """Usable names for a header row, and a note for each name that had to change.

    An empty name becomes 'column 3'; a repeated one 'Name (2)'. Raises `BadInput` beyond `MAX_COLUMNS`.
    """
    refuse_too_many(len(header))
    names = ColumnNames()
    return [names.add(bare(found or ""), place) for place, found in enumerate(header, start=1)], names.notes


def numbered(count: int) -> list[str]:
    """Names for a file without a header: 'column 1', 'column 2' ..."""
    refuse_too_many(count)
    return [f"column {position}" for position in range(1, count + 1)]


def refuse_too_many(count: int) -> None:
    """Raise `BadInput` when no honest table has so many columns."""
    if count > MAX_COLUMNS:
        raise BadInput(
            f"The file has more than {MAX_COLUMNS:,} columns, the most that can be imported.",
            "Check that it is a list of what happened, with one thing a row, and keep the columns you need.",
        )


def _clean(name: str) -> str:
    """Without control characters and lone surrogates, which nothing can show or store."""
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in name)
