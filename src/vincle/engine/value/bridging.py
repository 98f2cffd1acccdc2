"""Why what relationships are worth changed between two days, in parts that add up to the last ten-thousandth.

    opening + new + change in those kept + recovered - lost = closing

What somebody is worth on a day is what they paid, less what they were given back, in the time (`window`) that ends with
it. Everybody is in one part: new, who was never there until the opening; kept, who is there on both days; lost, who was
there at the opening and no longer is; recovered, who had been there before, was not at the opening, and is again. There
is who paid or was given back anything within the window.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

WINDOW = 365
_PARTS = ("new", "kept", "recovered", "lost")

WORTH = Pipeline(
    (
        Step(
            "worth",
            "SELECT customer, min(day) <= $opening AS was_known, "
            "sum(CASE WHEN day <= $opening AND day > add_days($opening, -$window) THEN amount END) AS opening, "
            "sum(CASE WHEN day <= $closing AND day > add_days($closing, -$window) THEN amount END) AS closing "
            "FROM transactions WHERE day <= $closing GROUP BY customer",
            "What each was worth on both days; null where they were not there.",
        ),
    )
)
# A potential value of each, expected of a model, can be bridged as well: any `worth` of this form will do.
BRIDGE = (
    Step(
        "parts",
        "SELECT CASE WHEN opening IS NOT NULL AND closing IS NOT NULL THEN 'kept' WHEN opening IS NOT NULL THEN 'lost' "
        "WHEN was_known THEN 'recovered' ELSE 'new' END AS part, opening, closing FROM worth "
        "WHERE opening IS NOT NULL OR closing IS NOT NULL",
        "In which part of the bridge each is.",
    ),
    Step(
        "bridge",
        "SELECT part, count(*) AS people, coalesce(sum(opening), 0) AS opening, coalesce(sum(closing), 0) AS closing "
        "FROM parts GROUP BY part",
        "People and sums of each part.",
    ),
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
        """Ready for JSON; sums as text, which keeps them exact."""
        return {name: str(at) if isinstance(at, Decimal) else at for name, at in asdict(self).items()}


def bridge(log: Transactions, opening: date, closing: date, *, window: int = WINDOW) -> Bridge:
    """The bridge between two days, of what each was worth in `window` days.

    Raises `BadInput` when the closing does not come after the opening.
    """
    if closing <= opening:
        raise BadInput("A bridge leads from one day to a later one.", "Say a closing day after the opening day.")
    steps = WORTH.then(*BRIDGE, opening=opening, closing=closing, window=window)
    rows = {row["part"]: row for row in log.runner.run(steps).to_pylist()}

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
