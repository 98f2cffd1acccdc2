"""Who began together: how many of them came in each period after, and what they have paid until then."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from vincle.engine.intervals import share
from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.transactions import Transactions

Unit = Literal["week", "month", "year"]

COHORTS = Pipeline(
    (
        Step(
            "by_period",
            "SELECT customer, CAST(date_trunc($unit, day) AS DATE) AS period, sum(amount) AS amount FROM transactions "
            "GROUP BY customer, CAST(date_trunc($unit, day) AS DATE)",
            "What each paid in each period, less what they were given back.",
        ),
        Step(
            "begun",
            "SELECT customer, min(period) AS first FROM by_period GROUP BY customer",
            "The period in which each began.",
        ),
        Step(
            "cohorts",
            "SELECT b.first, p.period, count(*) AS people, coalesce(sum(p.amount), 0) AS amount FROM by_period p "
            "JOIN begun b ON b.customer = p.customer GROUP BY b.first, p.period ORDER BY b.first, p.period",
            "Of each beginning, how many came in each period and what they paid.",
        ),
    )
)


_OF_COHORT = Step(
    "of_cohort",
    "SELECT p.customer FROM by_period p JOIN begun b ON b.customer = p.customer "
    "WHERE b.first = $first AND p.period = $period ORDER BY p.customer",
    "Who began in one period and came in another.",
)


@dataclass(frozen=True, slots=True)
class Cohort:
    """The people who began in the period from `period` on. Of the k-th period after it: `came[k]`, how many came, the
    share, and the ends of its 95 % interval; `paid[k]`, what all had paid by its end.
    """

    period: date
    people: int
    came: list[tuple[int, float, float, float]]
    paid: list[Decimal]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON; sums as text."""
        paid = [str(sum_) for sum_ in self.paid]
        return {"period": self.period.isoformat(), "people": self.people, "came": self.came, "paid": paid}


def cohorts(log: Transactions, *, unit: Unit = "month") -> list[Cohort]:
    """The cohorts of a log, the earliest first, by periods of a calendar; weeks begin on Monday.

    The period in which the log ends is not over: of it only the size of the cohort that begins with it is told.
    """
    found: dict[date, dict[int, tuple[int, Decimal]]] = {}
    last = 0
    for row in log.runner.run(COHORTS.bound(unit=unit)).to_pylist():
        number = _number(row["period"], unit)
        last = max(last, number)
        paid = Decimal(row["amount"]).scaleb(-4)
        found.setdefault(row["first"], {})[number - _number(row["first"], unit)] = (row["people"], paid)
    return [_cohort(first, of, max(1, last - _number(first, unit))) for first, of in found.items()]


def people_of_cohort(log: Transactions, month: date, age: int) -> list[Any]:
    """The customers who began in a month (by any day of it) and came in the `age`-th after it, ascending."""
    first = month.replace(day=1)
    number = first.year * 12 + first.month - 1 + age
    period = date(number // 12, number % 12 + 1, 1)
    steps = Pipeline(COHORTS.steps[:2]).then(_OF_COHORT, unit="month", first=first, period=period)
    return list(log.runner.run(steps).column("customer").to_pylist())


def _cohort(first: date, of: dict[int, tuple[int, Decimal]], over: int) -> Cohort:
    people, total, paid = of[0][0], Decimal(0), []
    for age in range(over):
        total += of.get(age, (0, Decimal(0)))[1]
        paid.append(total)
    came = [(of[age][0] if age in of else 0) for age in range(over)]
    return Cohort(first, people, [(number, *share(number, people)) for number in came], paid)


def _number(period: date, unit: Unit) -> int:
    if unit == "month":
        return period.year * 12 + period.month
    return period.year if unit == "year" else period.toordinal() // 7
