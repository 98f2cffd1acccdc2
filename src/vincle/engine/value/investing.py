"""Whether an experience investment pays: what it changed in what people pay, against what it cost.

Two ways, and which of them it was stands on the result (`label`):

- "randomised": a lot decided who had it. What the treated paid after the start, less what the others paid, adjusted
  for what both paid before: W. Lin (2013), see `estimates`; known as CUPED (A. Deng and others, WSDM 2013).
- "observational": it was given to some for a reason. The change of the treated, from before to after, less the change
  of the others (difference in differences), a change a person: times before and after are one sum each, so that what
  people pay this month because of last month makes no interval too narrow (M. Bertrand, E. Duflo, S. Mullainathan,
  Quarterly Journal of Economics 119 (2004) 249-275). It holds where both would have moved alike, see `trends`.

Everybody of a group counts, also who paid nothing, and with what they did, not with what somebody wanted of them. What
is given back is taken off.
"""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa

from vincle.engine.value.estimates import SKEWED, Contrast, Estimate, Floats, adjusted, contrast, side
from vincle.engine.value.investing_people import Groups, groups_of, paid_by
from vincle.engine.value.power import still_needed
from vincle.engine.value.transactions import Transactions
from vincle.engine.value.trends import Span, Trend, trend
from vincle.kernel.errors import BadInput

FEWEST = 30  # in each group; below that nothing is told
BEFORE = 182  # days

Label = Literal["randomised", "observational"]
Verdict = Literal["pays", "does_not_pay", "cannot_tell", "too_few", "trends_differ"]


@dataclass(frozen=True, slots=True)
class Payback:
    """After how many days at the pace until now the cost is earned: `days`, `soonest` and `latest` from the ends of the
    effect's interval; None is never.
    """

    days: float | None
    soonest: float | None
    latest: float | None


@dataclass(frozen=True, slots=True)
class Paid:
    """What one group paid per person: before, as if that time had been as long as the one after, and after."""

    before: Estimate
    after: Estimate


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told where there are enough people, in money from the start to `until`.

    `effect`: per person; `effect_in_all`: of all treated; `net`: that times the margin, less the cost; `roi`: the net
    for each unit of cost, None where it cost nothing. `balance`: how much more the treated paid before, per person
    (randomised only; 0 within its interval is what a lot makes 19 times of 20). `adjusted`: whether what was paid
    before is taken into account. `needed`: with how many more people of both groups, who cost as much each, 8 of 10
    such trials would tell the net from none, if it is as estimated; None where it can be told, or is so near none that
    no number is sensible. `skewed`: a few pay so much that the intervals may be too narrow.
    """

    paid: tuple[Paid, Paid]
    effect: Estimate
    effect_in_all: Estimate
    net: Estimate
    roi: Estimate | None
    payback: Payback
    needed: tuple[int, int] | None
    adjusted: bool
    balance: Estimate | None
    skewness: float
    trend: Trend

    @property
    def skewed(self) -> bool:
        """Whether the intervals promise too much."""
        return abs(self.skewness) > SKEWED


@dataclass(frozen=True, slots=True)
class Return:
    """What came of an investment; `treated` and `compared` are people, `missing` how many of each are too few."""

    verdict: Verdict
    label: Label
    treated: int
    compared: int
    missing: tuple[int, int]
    start: date
    until: date
    days_before: int
    days_after: int
    cost: Decimal
    margin: float
    figures: Figures | None

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON; days and exact sums as text."""
        found: dict[str, Any] = _plain(asdict(self))
        if self.figures:
            found["figures"] |= {"skewed": self.figures.skewed}
            found["figures"]["trend"] |= {"differs": self.figures.trend.differs}
        return found


def invest(
    log: Transactions,
    treated: pa.Array,
    compared: pa.Array,
    *,
    start: date,
    until: date,
    before_days: int = BEFORE,
    cost_fixed: Decimal,
    cost_each: Decimal,
    margin: float,
    randomised: bool,
) -> Return:
    """What an investment in the people `treated`, from `start` on, brought until `until` (both counted), beside the
    people `compared`, who did not have it.

    Groups hold people as `customer` of the transactions does; who has no transaction counts with nothing. The time
    before is `before_days`, or as many as the log has. It cost `cost_fixed` in all and `cost_each` for each of the
    treated, in the currency of the transactions; of what is paid `margin` (above 0, at most 1) is left.

    The verdict is "pays" or "does_not_pay" where the whole 95 % interval of the net until then is above or below 0,
    "trends_differ" where the two groups, not drawn by lot, moved apart before already, "too_few" below 30 people in a
    group (then there are no figures), else "cannot_tell".

    Raises `BadInput` for an empty group, people in both groups, a time without data, costs below nothing, a margin that
    is none, and transactions without amounts.
    """
    _check(log, cost_fixed, cost_each, margin)
    span = _span(log, start, until, before_days, randomised=randomised)
    with groups_of(log, treated, compared) as groups:
        cost = cost_fixed + cost_each * groups.treated
        missing = (max(0, FEWEST - groups.treated), max(0, FEWEST - groups.compared))
        found = None if any(missing) else _figures(log, span, groups, float(cost), margin, randomised=randomised)
    return Return(
        _verdict(found, randomised=randomised),
        "randomised" if randomised else "observational",
        groups.treated,
        groups.compared,
        missing,
        span.start,
        span.until,
        span.days_before,
        span.days_after,
        cost,
        margin,
        found,
    )


def _check(log: Transactions, cost_fixed: Decimal, cost_each: Decimal, margin: float) -> None:
    if not log.money:
        raise BadInput("The transactions have no amounts.", "Say which column holds what was paid.")
    if not all(cost.is_finite() and cost >= 0 for cost in (cost_fixed, cost_each)):
        raise BadInput("A cost is an amount of 0 or more.")
    if not 0 < margin <= 1:
        raise BadInput("The margin is a share above 0 and at most 1.", "0.3 leaves 30 of each 100 that are paid.")


def _span(log: Transactions, start: date, until: date, before_days: int, *, randomised: bool) -> Span:
    if start > log.last:
        raise BadInput(
            "The investment begins after the last day that is known.", f"That is {log.last.isoformat()}; wait for more."
        )
    if until < start:
        raise BadInput("An investment ends on the day it begins, or later.")
    if before_days < 1:
        raise BadInput("The time before has one day or more.")
    known = max(0, (start - log.first).days)
    if not known and not randomised:
        raise BadInput(
            "Nothing is known of the time before the investment.",
            f"The first day is {log.first.isoformat()}. Only where a lot decided who has it, that can be done without.",
        )
    return Span(start, min(until, log.last), min(before_days, known))


def _figures(log: Transactions, span: Span, groups: Groups, cost: float, margin: float, *, randomised: bool) -> Figures:
    people = (groups.treated, groups.compared)
    ours, theirs, leaning = paid_by(log, span, people)
    found, was_adjusted = _contrast(ours, theirs, randomised=randomised)
    effect, treated = found.estimate, groups.treated
    in_all = effect.times(treated)
    net = in_all.times(margin).less(cost)
    decided = net.above_none or net.below_none
    earned = in_all.times(margin / span.days_after)
    return Figures(
        paid=(_paid(*ours), _paid(*theirs)),
        effect=effect,
        effect_in_all=in_all,
        net=net,
        roi=net.times(1 / cost) if cost else None,
        payback=Payback(*(_days(cost, pace) for pace in (earned.at, earned.high, earned.low))),
        needed=None if decided else still_needed(net.at / treated, found.error * margin, people),
        adjusted=was_adjusted,
        balance=contrast(side(ours[0]), side(theirs[0])).estimate if randomised else None,
        skewness=found.skewness,
        trend=trend(log, span, people, leaning),
    )


def _contrast(ours: tuple[Floats, Floats], theirs: tuple[Floats, Floats], *, randomised: bool) -> tuple[Contrast, bool]:
    """The effect per person, and whether what was paid before is in it."""
    if not randomised:
        return contrast(side(ours[1] - ours[0]), side(theirs[1] - theirs[0])), True
    after, before = (ours[1], theirs[1]), (ours[0], theirs[0])
    found = adjusted(after, before)
    return (found, True) if found else (contrast(side(after[0]), side(after[1])), False)


def _paid(before: Floats, after: Floats) -> Paid:
    return Paid(side(before).estimate(), side(after).estimate())


def _days(cost: float, pace: float | None) -> float | None:
    if pace is None or pace <= 0:
        return None
    return cost / pace


def _verdict(found: Figures | None, *, randomised: bool) -> Verdict:
    if found is None:
        return "too_few"
    if not randomised and found.trend.differs:
        return "trends_differ"
    if found.net.above_none:
        return "pays"
    return "does_not_pay" if found.net.below_none else "cannot_tell"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
