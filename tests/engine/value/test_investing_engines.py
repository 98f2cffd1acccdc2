"""The return of an investment is the same on every engine, from the log of a home."""

from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pytest

from engine.engines import Given, on_both_engines
from engine.mirrored import days_after
from engine.value.test_engines import TODAY, OfRunner, paid
from vincle.engine.intervals import student
from vincle.engine.log import Log
from vincle.engine.value.investing import invest
from vincle.engine.value.logs import of_log

# 31 had it and 33 did not; each paid 10 to 14 a week, and those who had it 3 more once it had begun. One of them, and
# one whom they are compared with, never paid; somebody else pays in dollars.
OURS, THEIRS = list(range(1, 32)), list(range(32, 65))


def orders() -> list[dict[str, Any]]:
    found = [paid(65, 3, 7, "USD"), paid(1, 5, None), paid(66, 0, 1), paid(66, 69, 1)]
    for person in (*OURS[:-1], *THEIRS[:-1]):
        extra = [0 if week < 5 or person in THEIRS else 3 for week in range(10)]
        found += [paid(person, 7 * week + person % 7, 10 + (person + week) % 5 + extra[week]) for week in range(10)]
    return found


PEOPLE = {
    "identities": [{"id": number} for number in range(1, 67)],
    "people": [{"id": number} for number in range(1, 67)],
    "interactions": orders(),
}


@on_both_engines
@pytest.mark.parametrize("randomised", [True, False])
def test_the_return_from_a_log(engine: Given, randomised: bool) -> None:
    log = of_log(cast("Log", OfRunner(engine(PEOPLE))), currency="EUR", today=TODAY)
    start = days_after(35).date()
    groups = (pa.array(each, pa.int64()) for each in (OURS, THEIRS))
    found = invest(
        log, *groups, start=start, until=log.last, before_days=35, cost_fixed=Decimal(50), cost_each=Decimal(1),
        margin=0.5, randomised=randomised,
    )  # fmt: skip
    assert (31, 33, Decimal(81), "pays") == (found.treated, found.compared, found.cost, found.verdict)
    told = found.figures
    assert told is not None
    trend = told.trend
    assert (7, 10, days_after(0).date()) == (trend.period_days, len(trend.moments), trend.moments[0].day)
    assert pytest.approx(EXPECTED[randomised], rel=1e-9) == (told.effect.at, told.effect.low)


# Of changes: 15 more of 30 of 31, nothing of the others, so a variance of 225 / 31 with 30 degrees of freedom. Of the
# regression: as DuckDB gave it once.
EXPECTED = {
    True: (14.39882697947214, 8.337522764879731),
    False: (450 / 31, 450 / 31 - student(30) * (225 / 31 / 31) ** 0.5),
}
