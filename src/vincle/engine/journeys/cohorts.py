"""Who comes back: of the cases that began in one period, how many there were something of in each period after."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from vincle.engine.intervals import share
from vincle.engine.journeys.cases import Cases
from vincle.engine.steps import Pipeline, Step

Unit = Literal["day", "week", "month"]
UNITS: tuple[Unit, ...] = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Cohort:
    """The cases that began in the period from `period` on. `returned[k]`: of how many there was something in the
    k-th period after it (of all in the first, with which it begins), the share, and the ends of its 95 % interval.
    """

    period: date
    cases: int
    returned: list[tuple[int, float, float, float]]

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys retention --json` prints of each."""
        return asdict(self)


def retention(log: Cases, *, unit: Unit = "month", timezone: str = "UTC") -> list[Cohort]:
    """The cohorts of a log, the earliest first. Periods are those of a calendar in `timezone`, weeks from Monday on.

    The period in which the log ends is not over, so nobody is said not to have come back in it: it is left out, but for
    the size of the cohort that begins with it.
    """
    log.runner.keep("active_periods", ACTIVE.bound(unit=unit, zone=timezone))
    rows = log.runner.run(COHORTS).to_pylist()
    log.runner.forget("active_periods")
    last = max(row["period"] for row in rows)
    cohorts: dict[date, dict[int, int]] = {}
    for row in rows:
        cohorts.setdefault(row["first_period"], {})[_periods(row["first_period"], row["period"], unit)] = row["cases"]
    return [_cohort(first, cohorts[first], _periods(first, last, unit)) for first in sorted(cohorts)]


def _cohort(first: date, back: dict[int, int], over: int) -> Cohort:
    cases = back[0]
    returned = [(back.get(since, 0), *share(back.get(since, 0), cases)) for since in range(max(1, over))]
    return Cohort(first, cases, returned)


def _periods(first: date, then: date, unit: Unit) -> int:
    """How many periods lie from one to another."""
    if unit == "month":
        return (then.year - first.year) * 12 + then.month - first.month
    return (then - first).days // (7 if unit == "week" else 1)


ACTIVE = Pipeline(
    (
        Step(
            "by_the_clock",
            "SELECT case_id, local_time(instant_of(moment), $zone) AS clock FROM ordered",
            "What a clock showed at each event.",
        ),
        Step(
            "active",
            "SELECT DISTINCT case_id, CAST(date_trunc($unit, clock) AS DATE) AS period FROM by_the_clock",
            "The periods in which there was something of each case.",
        ),
    )
)
COHORTS = Pipeline(
    (
        Step(
            "firsts",
            "SELECT case_id, min(period) AS first_period FROM active_periods GROUP BY case_id",
            "The period in which each case began.",
        ),
        Step(
            "cohorts",
            "SELECT f.first_period, a.period, count(*) AS cases FROM active_periods a "
            "JOIN firsts f ON f.case_id = a.case_id GROUP BY f.first_period, a.period",
            "How many cases of each beginning there was something of in each period.",
        ),
    )
)
