"""Why what relationships are worth changed between two days, in parts that add up to the last ten-thousandth.

    opening + new + change in those kept + recovered - lost = closing

What somebody is worth on a day is what they paid, less what they were given back, in the time (`window`) that ends with
it. Everybody is in one part: new, who was never there until the opening; kept, who is there on both days; lost, who was
there at the opening and no longer is; recovered, who had been there before, was not at the opening, and is again. There
is who paid or was given back anything within the window.

Many bridges, each beginning on the day the former ends, take one reading of the transactions.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from vincle.engine.steps import Pipeline, Step, Value
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

WINDOW = 365
MOST_DAYS = 400
_PARTS = ("new", "kept", "recovered", "lost")
_NOW = (
    "CASE WHEN opening IS NOT NULL AND closing IS NOT NULL THEN 'kept' WHEN opening IS NOT NULL THEN 'lost' "
    "WHEN was_known THEN 'recovered' ELSE 'new' END"
)
_PARTED = Step(
    "parts",
    f"SELECT bridge, customer, {_NOW} AS part, opening, closing FROM worth "
    "WHERE opening IS NOT NULL OR closing IS NOT NULL",
    "In which part of each bridge everybody is.",
)
_SUMMED = Step(
    "bridge_sums",
    "SELECT bridge, part, count(*) AS people, CAST(coalesce(sum(opening), 0) AS BIGINT) AS opening, "
    "CAST(coalesce(sum(closing), 0) AS BIGINT) AS closing FROM parts GROUP BY bridge, part ORDER BY bridge, part",
    "People and sums of each part.",
)
_OF_PART = Step(
    "of_part",
    "SELECT customer FROM parts WHERE part = $part ORDER BY customer",
    "Who is in a part of the bridge.",
)


@dataclass(frozen=True, slots=True)
class Bridge:
    """Exact sums; `people` says how many are in each part. `lost` is what was lost, so it is taken off."""

    opening_day: date
    closing_day: date
    opening: Decimal
    new: Decimal
    kept: Decimal
    recovered: Decimal
    lost: Decimal
    closing: Decimal
    people: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON; days and sums as text, which keeps them exact."""
        said = {name: str(at) if isinstance(at, Decimal) else at for name, at in asdict(self).items()}
        return said | {"opening_day": self.opening_day.isoformat(), "closing_day": self.closing_day.isoformat()}


def bridge(log: Transactions, opening: date, closing: date, *, window: int = WINDOW) -> Bridge:
    """The bridge between two days, of what each was worth in `window` days.

    Raises `BadInput` when the closing does not come after the opening.
    """
    return bridges(log, [opening, closing], window=window)[0]


def bridges(log: Transactions, days: Sequence[date], *, window: int = WINDOW) -> list[Bridge]:
    """The bridges from each of the days (at least two, at most 400) to the next. Raises `BadInput` when one does not
    come after the one before it.
    """
    _refuse(days)
    rows: dict[int, dict[str, dict[str, Any]]] = {}
    for row in log.runner.run(_worth(days, window).then(_PARTED, _SUMMED)).to_pylist():
        rows.setdefault(row["bridge"], {})[row["part"]] = row
    return [_bridge(*ends, rows.get(number, {})) for number, ends in enumerate(pairwise(days))]


def people_of_part(log: Transactions, part: str, opening: date, closing: date, *, window: int = WINDOW) -> list[Any]:
    """The customers in one part (`new`, `kept`, `recovered`, `lost`) of a bridge, ascending. Raises `BadInput` for days
    in the wrong order or what is no part.
    """
    _refuse([opening, closing])
    if part not in _PARTS:
        raise BadInput(f"“{part}” is no part of a bridge.", f"There are {', '.join(_PARTS)}.")
    found = log.runner.run(_worth([opening, closing], window).then(_PARTED, _OF_PART, part=part))
    return list(found.column("customer").to_pylist())


def _refuse(days: Sequence[date]) -> None:
    if len(days) < 2 or any(later <= earlier for earlier, later in pairwise(days)):
        raise BadInput("A bridge leads from one day to a later one.", "Say a closing day after the opening day.")
    if len(days) > MOST_DAYS:
        raise BadInput(f"That is more than {MOST_DAYS} days.", "Ask for fewer.")


def _worth(days: Sequence[date], window: int) -> Pipeline:
    """customer, was_known, opening and closing of each bridge by its number; null where they were not there."""
    numbers = range(len(days))
    sums = ", ".join(
        f"sum(CASE WHEN day <= $day_{n} AND day > add_days($day_{n}, -$window) THEN amount END) AS worth_{n}"
        for n in numbers
    )
    each = " UNION ALL ".join(
        f"SELECT {n} AS bridge, customer, first <= $day_{n} AS was_known, worth_{n} AS opening, "
        f"worth_{n + 1} AS closing FROM worths"
        for n in numbers[:-1]
    )
    steps = (
        Step(
            "worths",
            f"SELECT customer, min(day) AS first, {sums} FROM transactions WHERE day <= $last GROUP BY customer",
            "What each was worth on each of the days.",
        ),
        Step("worth", each, "The same for each bridge, on the day it begins and the day it ends."),
    )
    values: dict[str, Value] = {f"day_{n}": day for n, day in enumerate(days)}
    return Pipeline(steps, values | {"window": window, "last": days[-1]})


def _bridge(opening: date, closing: date, rows: dict[str, dict[str, Any]]) -> Bridge:
    def sums(what: str) -> dict[str, Decimal]:
        return {part: Decimal(rows[part][what] if part in rows else 0).scaleb(-4) for part in _PARTS}

    before, after = sums("opening"), sums("closing")
    return Bridge(
        opening,
        closing,
        sum(before.values(), Decimal(0)),
        after["new"],
        after["kept"] - before["kept"],
        after["recovered"],
        before["lost"],
        sum(after.values(), Decimal(0)),
        {part: int(rows[part]["people"]) if part in rows else 0 for part in _PARTS},
    )
