"""The steps of `summaries`, run: what is known of each person until a day, and what they did after it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.counts import Counts
from vincle.engine.value.gammagamma import Spending
from vincle.engine.value.sbg import Contracts
from vincle.engine.value.summaries import (
    ABSURD,
    CONTRACTS,
    DAYS,
    FLAGGED,
    GAPS,
    LAST_PERIOD,
    LATER,
    NETTED,
    OPPORTUNITIES,
    PLAIN,
    RFM,
    UNITS,
    periods,
)
from vincle.engine.value.transactions import Transactions
from vincle.kernel.errors import BadInput

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Unit = Literal["day", "week", "month", "year"]

_BEFORE = date(1900, 1, 1)  # no file has an earlier day
_AFTER = 31  # days in which nothing may have happened


@dataclass(frozen=True, slots=True)
class Summaries:
    """What is known of each person on `calibration_end`.

    `table`: customer, frequency, recency and tenure in days, money (ten-thousandths), mean (of what was spent when they
    came again), and of the holdout, where there is one, later (how often they came) and later_money; last_period is how
    often they came again in a time before `calibration_end` as long as the holdout.
    """

    table: pa.Table
    unit: Unit
    calibration_end: date
    holdout_end: date | None
    flagged: tuple[tuple[Any, int], ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    _placed: list[tuple[Counts, Ints]] = field(default_factory=list, repr=False, compare=False)

    @property
    def horizon(self) -> float:
        """How long the holdout is, in units."""
        return self.in_units((self.holdout_end - self.calibration_end).days) if self.holdout_end else 0.0

    def in_units(self, days: Any) -> Any:
        """Days as units: a month is a twelfth of a year of 365.25 days."""
        return days / UNITS[self.unit]

    def column(self, name: str) -> NDArray[Any]:
        """A column as an array; nothing is 0."""
        return np.asarray(self.table.column(name).fill_null(0).to_numpy())

    def counts(self) -> Counts:
        """For the models of coming back."""
        return self.placed()[0]

    def placed(self) -> tuple[Counts, Ints]:
        """The same, and for each row of the table its place there."""
        if not self._placed:  # many ask, and it takes a while where there are many people
            days = (self.in_units(self.column(name)) for name in ("recency", "tenure"))
            self._placed.append(Counts.placed(self.column("frequency"), *days))
        return self._placed[0]

    def spending(self) -> Spending:
        """For the model of what is spent."""
        return Spending.of(self.column("frequency"), self.column("mean"))


def summarise(
    log: Transactions, *, unit: Unit = "week", calibration_end: date | None = None, holdout_end: date | None = None
) -> Summaries:
    """Summaries of everybody who had come by `calibration_end`, the last day of the log unless it is given; what comes
    after, until `holdout_end` or the last day of the log, is the holdout.

    Raises `BadInput` when nobody had, or all that is known is of a single day.
    """
    end = calibration_end or log.last
    until = holdout_end or log.last
    _refuse(log, end, holdout_end)
    runner = log.runner
    runner.keep("person_days", DAYS.bound(until=max(end, until)))
    flagged = _set_aside(log)
    runner.keep("bought", _purchases(log, _BEFORE, end))
    whole = [Pipeline((_BOUGHT, *RFM), {"until": end})]
    joined, columns = "rfm r", "r.*"
    if until > end:
        runner.keep("bought_later", _purchases(log, end, until))
        since = end - (until - end)
        for name, steps in (("later", (_BOUGHT_LATER, *LATER)), ("last_period", (_BOUGHT, *LAST_PERIOD))):
            runner.keep(name, Pipeline(steps, {"since": since}))
            joined += f" LEFT JOIN {name} ON {name}.customer = r.customer"
        columns += ", later.times AS later, later.money AS later_money, last_period.times AS last_period"
    chosen = Step("summaries", f"SELECT {columns} FROM {joined}", "What is known of each, and what came after.")
    table = runner.run(whole[0].then(chosen))
    for name in ("later", "last_period"):
        runner.forget(name)
    if not table.num_rows:
        raise BadInput(
            f"Nobody had come by {end.isoformat()}.", f"The first day of the file is {log.first.isoformat()}."
        )
    return Summaries(table, unit, end, until if until > end else None, flagged, log.left_out)


def opportunities(log: Transactions, summaries: Summaries, *, whole: bool = False) -> pa.Table:
    """customer, frequency, recency, tenure, in periods of a calendar taken or not, of who had come in one that was over
    by the end of the calibration; with `whole`, of the holdout. After `summarise`.
    """
    return log.runner.run(_by_period(summaries, OPPORTUNITIES, whole=whole))


def contracts(log: Transactions, summaries: Summaries, *, whole: bool = False) -> pa.Table:
    """customer, chances, lost: contracts paid period by period until one is missed, likewise."""
    return log.runner.run(_by_period(summaries, CONTRACTS, whole=whole))


def as_counts(found: pa.Table) -> Counts:
    """Opportunities, for the model."""
    return Counts.of(*(np.asarray(found.column(name).to_numpy()) for name in ("frequency", "recency", "tenure")))


def as_contracts(found: pa.Table) -> Contracts:
    """Contracts, for the model."""
    return Contracts.of(*(np.asarray(found.column(name).to_numpy()) for name in ("chances", "lost")))


def usual_gap(log: Transactions) -> float | None:
    """How many days 95 of 100 gaps between two purchases stay below (after `summarise`); None where there is none."""
    (row,) = log.runner.run(Pipeline((_BOUGHT, *GAPS))).to_pylist()
    return None if row["days"] is None else float(row["days"])


def came_since(log: Transactions, day: date) -> list[tuple[Any, int]]:
    """How often each came again after a day, who did at all (after `summarise`)."""
    found = log.runner.run(Pipeline((_BOUGHT, *LAST_PERIOD), {"since": day}))
    return list(zip(*(found.column(name).to_pylist() for name in ("customer", "times")), strict=True))


_BOUGHT = Step("purchases", "SELECT * FROM bought", "The purchases, worked out before.")
_EVER = "SELECT * FROM bought UNION ALL SELECT * FROM bought_later"
_BOUGHT_EVER = Step("purchases", _EVER, "The same, and those of the holdout.")
_BOUGHT_LATER = Step("purchases", "SELECT * FROM bought_later", "The purchases of the holdout, worked out before.")


def _by_period(summaries: Summaries, steps: tuple[Step, ...], *, whole: bool) -> Pipeline:
    until = summaries.holdout_end if whole else summaries.calibration_end
    before = _BOUGHT_EVER if whole else _BOUGHT
    return Pipeline((before, *periods(summaries.unit), *steps), {"until": until})


def _purchases(log: Transactions, after: date, until: date) -> Pipeline:
    return Pipeline(NETTED if log.returns else PLAIN, {"after": after, "until": until})


def _refuse(log: Transactions, end: date, holdout_end: date | None) -> None:
    if log.first == log.last:
        raise BadInput(
            f"All there is happened on one day, {log.first.isoformat()}.",
            "What people will do cannot be told from that.",
        )
    if end <= log.first:
        raise BadInput(
            f"The calibration ends on {end.isoformat()}, and the first day of the file is {log.first.isoformat()}.",
            "Say a later day.",
        )
    if end > log.last + timedelta(days=_AFTER):
        raise BadInput(
            f"The calibration ends on {end.isoformat()}, and the file on {log.last.isoformat()}, long before.",
            "Everybody would seem to have left in between; say an earlier day.",
        )
    if holdout_end is not None and holdout_end <= end:
        raise BadInput(
            f"The holdout ends on {holdout_end.isoformat()}, which is not after the calibration, {end.isoformat()}.",
            "Say a later day.",
        )
    if holdout_end is not None and holdout_end > log.last + timedelta(days=_AFTER):
        raise BadInput(
            f"The holdout ends on {holdout_end.isoformat()}, and the file on {log.last.isoformat()}, long before.",
            "Nobody would seem to come in between; say an earlier day.",
        )


def _set_aside(log: Transactions) -> tuple[tuple[Any, int], ...]:
    """Take the flagged out of the days; who they are, the worst first."""
    runner = log.runner
    most = Pipeline((Step("most", "SELECT max(entries) AS entries FROM person_days", "The busiest day of all."),))
    (row,) = runner.run(most).to_pylist()
    if row["entries"] is None or row["entries"] < ABSURD:
        return ()
    runner.keep("flagged_people", FLAGGED)
    everybody = Step("everybody", "SELECT * FROM flagged_people", "Whom to leave out.")
    flagged = runner.run(Pipeline((everybody,))).to_pylist()
    if flagged:
        kept = (
            "SELECT d.* FROM person_days d LEFT JOIN flagged_people f ON f.customer = d.customer "
            "WHERE f.customer IS NULL"
        )
        runner.keep("kept_days", Pipeline((Step("kept", kept, "The days of all others."),)))
        runner.keep("person_days", Pipeline((Step("days", "SELECT * FROM kept_days", "The days of all others."),)))
        runner.forget("kept_days")
    return tuple((each["customer"], int(each["entries"])) for each in flagged)
