"""What one cell of text looks like: a number, a date, an address."""

import csv
import re
from collections.abc import Sequence

from vincle.engine.tabular.limits import MAX_RECORD

# The csv module's limit is small and one for the whole process; it is only ever raised.
csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_RECORD))

NUMBER = re.compile(r"[-+(]?\s?(?:[€$£]\s?)?\d[\d.,'’ ]*\)?(?:[eE][-+]?\d+)?\s?[€$£%]?")
DATE = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?\s?(?:[AaPp]\.?[Mm]\.?)?"
    r"\s?(?:Z|UTC|[-+]\d{2}:?\d{2})?"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_SIGNED_NUMBER = re.compile(r"[-+][\d.,][\d.,\s]*(?:[eE][-+]?\d+)?%?")
EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]{2,}")


def guarded(cell: str) -> str:
    """The cell as a spreadsheet shows it and does not run it: a formula gets an apostrophe in front.

    Numbers like -12.5 or +34600111222 are no formulas.
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _SIGNED_NUMBER.fullmatch(cell) else cell


def bare(cell: str) -> str:
    """A cell without the apostrophe that `guarded` put in front."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def looks_like_data(first: Sequence[str], others: Sequence[Sequence[str]]) -> bool:
    """Whether a file's first record is a row of data and not the names of its columns.

    Names are words. It is data when it holds an address or a date, or when most of its cells are numbers, or when
    numbers stand in it where the rows below have numbers too.
    """
    cells = [cell.strip() for cell in first]
    filled = [cell for cell in cells if cell]
    if not filled:
        return False
    if any(EMAIL.fullmatch(cell) or DATE.fullmatch(cell) for cell in filled):
        return True
    numbers = [index for index, cell in enumerate(cells) if cell and NUMBER.fullmatch(cell)]
    if 2 * len(numbers) < len(filled):
        return False
    # A year may name a column, so 1,900 to 2,100 alone prove nothing.
    telling = [index for index in numbers if not re.fullmatch(r"(?:19|20)\d\d", cells[index])]
    below = [row for row in others if len(row) == len(first)]
    return bool(telling) and all(
        NUMBER.fullmatch(row[index].strip()) or not row[index].strip() for row in below for index in telling[:5]
    )
