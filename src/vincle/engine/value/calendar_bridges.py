"""Bridges one after the other: from a day over the ends of the months, quarters or years between to another."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from vincle.engine.value.bridging import WINDOW, Bridge, bridge
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

By = Literal["month", "quarter", "year"]
MONTHS: dict[By, int] = {"month": 1, "quarter": 3, "year": 12}
MOST = 240


def bridges(log: Transactions, opening: date, closing: date, *, by: By, window: int = WINDOW) -> list[Bridge]:
    """A bridge for each month, quarter or year of the calendar, the first and the last of them perhaps cut short; each
    opens with what the one before closed with.

    Raises `BadInput` when the closing does not come after the opening, or there would be more than 240.
    """
    days = [opening, *_ends(opening, closing, MONTHS[by]), closing]
    if len(days) > MOST + 1:
        raise BadInput(f"From {opening} to {closing} there are more than {MOST} bridges.", "Take longer steps.")
    return [bridge(log, *ends, window=window) for ends in pairwise(days)]


def _ends(opening: date, closing: date, months: int) -> list[date]:
    """The last days of periods that lie between."""
    found: list[date] = []
    month = (opening.year * 12 + opening.month - 1) // months * months + months
    while month // 12 <= date.max.year and len(found) <= MOST:
        end = date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if end >= closing:
            break
        if end > opening:
            found.append(end)
        month += months
    return found
