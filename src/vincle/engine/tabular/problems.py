"""Why rows cannot enter, in sentences that name the value and the column."""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

_LONGEST = 60


class Problems:
    """Gathers what is wrong with the rows of a chunk."""

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._told: list[pa.Array] = []

    def cells(self, column: str, cells: pa.Array, problem: pa.Array) -> None:
        """`problem` (null: none) ends a sentence that begins with the cell and its column."""
        if problem.null_count < len(problem):
            self._told.append(sentence(column, cells, problem))

    def rows(self, wrong: pa.Array, text: str | pa.Array) -> None:
        """`text` says what is wrong with the rows where `wrong` holds."""
        if pc.any(wrong).as_py():
            self._told.append(pc.if_else(wrong, text, pa.scalar(None, pa.string())))

    def longer(self, column: str, cells: pa.Array, most: int) -> None:
        """Cells of more than `most` characters."""
        longer = pc.fill_null(pc.greater(pc.utf8_length(cells), most), False)
        if pc.any(longer).as_py():
            told = pc.if_else(longer, f"is longer than the {most} characters that fit", pa.scalar(None, pa.string()))
            self.cells(column, cells, told)

    def reasons(self) -> pa.Array | None:
        """All that is wrong with each row, null where nothing is; None when nothing is wrong with any."""
        if not self._told:
            return None
        told = joined(self._told)
        return pc.if_else(pc.equal(told, ""), pa.scalar(None, pa.string()), told)


def sentence(column: str, cells: pa.Array, problem: pa.Array) -> pa.Array:
    """'“31/02/2024” in “Date” is not a date'; null where the problem is null. Long cells are cut."""
    short = pc.utf8_slice_codeunits(cells, 0, _LONGEST)
    cut = pc.if_else(pc.greater(pc.utf8_length(cells), _LONGEST), "…", "")
    return pc.binary_join_element_wise("“", short, cut, f"” in “{column}” ", problem, "")


def joined(sentences: Sequence[pa.Array]) -> pa.Array:
    """The sentences of each row with '; ' between them, empty where there are none."""
    # Not by `null_handling="skip"`, which drops the rows where all are null.
    whole = pc.fill_null(pc.binary_join_element_wise("", sentences[0], "; "), "")
    for one in sentences[1:]:
        whole = pc.binary_join_element_wise(whole, pc.fill_null(pc.binary_join_element_wise("", one, "; "), ""), "")
    return pc.utf8_slice_codeunits(whole, 2)
