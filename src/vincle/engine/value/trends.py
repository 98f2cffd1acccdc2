"""What two groups paid period by period before and after a day, and whether they moved alike before it.

A comparison of changes takes for granted that without the investment both groups would have gone on alike. That cannot
be seen; whether they moved alike before can: each person's slope over the whole periods before (least squares, the
group's mean of them with Student's interval), and the difference of both groups (Welch). That no difference is seen
does not prove that there is none (J. Roth, American Economic Review: Insights 4 (2022) 305-322), so what the difference
would make if it went on is told with its interval: where that is as large as the effect, the effect is not known.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt

from vincle.engine.intervals import student
from vincle.engine.steps import Value
from vincle.engine.value.estimates import Estimate, Floats, contrast, side
from vincle.engine.value.investing_steps import BY_PERIOD
from vincle.engine.value.transactions import Transactions

PERIODS = (7, 28, 91, 364)  # days; whole weeks, so that each has as many Saturdays
_MOST = 60  # periods in the picture
_FEWEST = 3  # before, to see a trend


@dataclass(frozen=True, slots=True)
class Span:
    """The days before `start` and from it to `until`, and how they are cut into whole periods of `period` days."""

    start: date
    until: date
    days_before: int

    @property
    def days_after(self) -> int:
        """Days from the start to the end, both counted."""
        return (self.until - self.start).days + 1

    @property
    def period(self) -> int:
        """Days of a period: the shortest that leaves a picture one can look at."""
        days = self.days_before + self.days_after
        return next((each for each in PERIODS if days <= _MOST * each), PERIODS[-1])

    @property
    def periods(self) -> int:
        """Whole periods before."""
        return self.days_before // self.period

    def values(self) -> dict[str, Value]:
        """For the steps."""
        since = self.start - timedelta(days=self.days_before)
        return {
            "start": self.start, "until": self.until, "since": since, "period": self.period, "periods": self.periods,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Moment:
    """What both groups paid per person in the period that begins on `day`."""

    day: date
    before: bool
    treated: Estimate
    compared: Estimate


@dataclass(frozen=True, slots=True)
class Trend:
    """`slopes`: by how much more per person each period was above the one before it in the treated than in the
    compared, before the start; `carried`: what that alone would make per person in the time after, if it went on. Both
    are None where there are fewer than three whole periods before.
    """

    period_days: int
    moments: list[Moment]
    slopes: Estimate | None
    carried: Estimate | None

    @property
    def differs(self) -> bool:
        """Whether both groups moved apart or together before, beyond chance."""
        return self.slopes is not None and (self.slopes.above_none or self.slopes.below_none)


def trend(log: Transactions, span: Span, people: tuple[int, int], leaning: tuple[Floats, Floats]) -> Trend:
    """The picture and the test; `people` and `leaning` (of `EACH`, in money) of the treated and the compared."""
    return Trend(span.period, _moments(log, span, people), *_slopes(span, leaning))


def _slopes(span: Span, leaning: tuple[Floats, Floats]) -> tuple[Estimate | None, Estimate | None]:
    if span.periods < _FEWEST:
        return None, None
    spread = span.periods * (span.periods**2 - 1) / 12  # of the numbers of the periods
    ours, theirs = (side(each / spread) for each in leaning)
    slopes = contrast(ours, theirs).estimate
    apart = (span.days_before + span.days_after) / 2 / span.period  # periods from the middle before to the one after
    return slopes, slopes.times(apart * span.days_after / span.period)


def _moments(log: Transactions, span: Span, people: tuple[int, int]) -> list[Moment]:
    later = span.days_after // span.period
    rows = log.runner.run(BY_PERIOD.bound(**span.values(), later=later)).to_pylist()
    paid = {(row["period"], row["treated"]): row for row in rows}
    found = []
    for number in range(-span.periods, later):
        both = (_mean(paid.get((number, treated)), of) for treated, of in zip((True, False), people, strict=True))
        found.append(Moment(span.start + timedelta(days=number * span.period), number < 0, *both))
    return found


def _mean(row: dict[str, float] | None, people: int) -> Estimate:
    """Of all, who paid nothing counting as nothing."""
    if row is None:
        return Estimate(0.0, None, None)
    paid, mean, spread = row["people"], row["mean"] / 10_000, row["spread"] / 10_000**2
    at = mean * paid / people
    squares = paid * spread + mean * at * (people - paid)
    if squares <= 0:
        return Estimate(at, None, None)
    half = student(people - 1) * sqrt(squares / (people - 1) / people)
    return Estimate(at, at - half, at + half)
