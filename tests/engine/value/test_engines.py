"""The steps of value give the same on every engine, from the log of a home."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

import pyarrow as pa
import pytest

from engine.engines import Given, on_both_engines, values
from engine.mirrored import days_after
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.bridging import bridge
from vincle.engine.value.cohort_value import cohorts
from vincle.engine.value.logs import of_log
from vincle.engine.value.presence import PRESENT, after_costs
from vincle.engine.value.summarising import contracts, opportunities, summarise, usual_gap
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

RATES = pa.table({"day": [date(2024, 3, 1), date(2024, 3, 5)], "currency": ["USD", "USD"], "rate": [0.9, 0.5]})
TODAY = date(2024, 12, 31)


def paid(
    person: int, day: float, amount: int | None, currency: str = "EUR", kind: str = "order.placed"
) -> dict[str, Any]:
    money = None if amount is None else amount * 10_000
    return {
        "identity_id": person, "occurred_at": days_after(day), "kind": kind, "amount": money, "currency": currency
    }  # fmt: skip


# Anna comes thrice and gives something back; Bernat once; Carla pays in dollars; of Dídac nothing was paid.
PEOPLE = {
    "identities": [{"id": number} for number in (1, 2, 3, 4)],
    "people": [{"id": number} for number in (1, 2, 3, 4)],
    "interactions": [
        paid(1, 0, 10), paid(1, 0.1, 5), paid(1, 20, 40), paid(1, 25, -8, kind="order.returned"), paid(1, 70, 9),
        paid(2, 3, 7), paid(3, 3, 7, "USD"), paid(4, 3, None), paid(2, 4_000, 1),
    ],
}  # fmt: skip


class OfRunner:
    """A log is asked for its runner only."""

    def __init__(self, runner: Any) -> None:
        self.runner = runner


def transactions(engine: Given, **options: Any) -> Transactions:
    return of_log(cast("Log", OfRunner(engine(PEOPLE))), **{"currency": "EUR", "today": TODAY} | options)


@on_both_engines
def test_a_log_as_transactions(engine: Given) -> None:
    log = transactions(engine)
    assert (date(2024, 3, 1), date(2024, 5, 10), {"other_currency": 1, "future": 1}, True) == (
        log.first, log.last, log.left_out, log.returns,
    )  # fmt: skip
    known = summarise(log, unit="month", calibration_end=date(2024, 5, 31))
    rows = {row["customer"]: row for row in known.table.to_pylist()}
    names = ("frequency", "recency", "tenure", "mean")
    assert {1: (2, 70, 91, 20.5), 2: (0, 0, 88, None)} == {
        who: tuple(row[name] for name in names) for who, row in rows.items()
    }
    taken = {
        row["customer"]: (row["frequency"], row["recency"], row["tenure"])
        for row in opportunities(log, known).to_pylist()
    }
    kept = {row["customer"]: (row["chances"], row["lost"]) for row in contracts(log, known).to_pylist()}
    assert ({1: (1, 2, 2), 2: (0, 0, 2)}, {1: (1, True), 2: (1, True)}) == (taken, kept)
    assert 50.0 - 0.05 * 30 == pytest.approx(usual_gap(log))


@on_both_engines
def test_the_holdout_of_a_log(engine: Given) -> None:
    known = summarise(transactions(engine), calibration_end=date(2024, 4, 1))
    rows = {row["customer"]: row for row in known.table.to_pylist()}
    assert [(1, 9.0, 1), (None, None, None)] == [
        tuple(rows[who][name] for name in ("later", "later_money", "last_period")) for who in (1, 2)
    ]


@on_both_engines
def test_bridge_and_cohorts_of_a_log(engine: Given) -> None:
    log = transactions(engine)
    found = bridge(log, date(2024, 3, 2), date(2024, 5, 31), window=60)
    assert (Decimal(15), Decimal(0), Decimal(-6), Decimal(9)) == (found.opening, found.new, found.kept, found.closing)
    (march,) = cohorts(log, unit="month")
    assert (date(2024, 3, 1), 2, [2, 0]) == (march.period, march.people, [came for came, *_ in march.came])
    assert [Decimal(54), Decimal(54)] == march.paid


@on_both_engines
def test_kinds_that_count(engine: Given) -> None:
    log = transactions(engine, kinds=["order.returned"])
    assert (date(2024, 3, 26), date(2024, 3, 26)) == (log.first, log.last)
    with pytest.raises(BadInput, match="Nobody has paid anything in GBP"):
        transactions(engine, currency="GBP")


@on_both_engines
def test_other_currencies_by_the_rate_of_the_day(engine: Given) -> None:
    log = transactions(engine, rates=RATES)
    asked = Pipeline((Step("carla", "SELECT day, amount FROM transactions WHERE customer = 3", "What Carla paid."),))
    # On the fourth of March the rate of the first is the last one known.
    assert [(date(2024, 3, 4), 63_000)] == values(log.runner, asked)
    assert {"future": 1} == log.left_out


@on_both_engines
def test_what_has_no_rate_is_counted(engine: Given) -> None:
    log = transactions(engine, rates=RATES, currency="GBP")
    assert ({"no_rate": 6}, date(2024, 3, 4), date(2024, 3, 4)) == (log.left_out, log.first, log.last)


@on_both_engines
def test_what_each_has_paid_after_costs(engine: Given) -> None:
    log = after_costs(transactions(engine), 0.5)
    found = log.runner.run(PRESENT.bound(until=date(2024, 5, 10), window=60)).to_pylist()
    assert (date(2024, 3, 1), date(2024, 5, 10)) == (log.first, log.last)
    # 10 and 5, 40, 8 given back and 9: half of it, and of the last sixty days half of 40 - 8 + 9.
    expected = {"customer": 1, "first": date(2024, 3, 1), "last": date(2024, 5, 10), "days": 4, "money": 280_000}
    assert [expected | {"present": 205_000}] == [row for row in found if row["customer"] == 1]
