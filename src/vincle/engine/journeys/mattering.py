"""Moments that matter: what at the beginning of cases goes with how they go on.

Everything is told from a landmark (J. Anderson, K. Cain and R. Gelber, J. Clin. Oncol. 1 (1983) 710-719): what a case
did in its first time, and what came of it (`outcomes`) in the time after that. So no step can seem to bring about what
came before it, and a case that lived longer has no more chances to have a step. Left out are cases whose time after is
not over when the log ends, and those of which the outcome cannot be told.

Each exposure (`exposures`) is compared with its absence, other things being equal (`vincle.engine.effects`): with what
the case began, when it began, how much else happened in its first time, and attributes of the cases (`confounders`).
All of that is observational: what is not heeded is not adjusted for. Where a lot said who gets what, its two arms are
compared as they are, with everybody in them, and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.effects import FEWEST, Effect, Floats, difference, effect, false_discovery
from vincle.engine.journeys.asked import CHURN, COMPLETION, CONFOUNDERS, EXPOSURES, PAIRS, STEP, STEPS
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.confounders import Confounders, Heeded, confounders, said_of
from vincle.engine.journeys.exposures import Exposure, tried
from vincle.engine.journeys.following import CASES, COUNTED, ELIGIBLE, FOLLOWED, IN_TIME
from vincle.engine.journeys.outcomes import NotTold, Outcome, OutcomeEvents, keep_happened
from vincle.engine.steps import Value
from vincle.kernel.errors import BadInput

_DAY = 86_400_000_000  # microseconds
_Z = 1.959963984540054
_REFERENCES = ("control", "holdout", "false", "no", "0", "off")  # arms that others are compared with


@dataclass(frozen=True, slots=True)
class Moment:
    """An exposure, and what it changes in the outcome. `q`: the share of false discoveries among all that are as clear
    as this one.
    """

    exposure: Exposure
    effect: Effect
    q: float | None

    @property
    def step(self) -> str | None:
        return self.exposure.step

    @property
    def former(self) -> str | None:
        return self.exposure.former


@dataclass(frozen=True, slots=True)
class Moments:
    """`cases` were followed, and `outcomes` of them had any of the outcome; `average` is its mean (a share, where it is
    yes or no) with the ends of its 95 % interval. In no figure are those whose time after is `not_over`, who `had_it`
    before the landmark, who `never_had` at the beginning what they could leave, who are `unscored` in the time after,
    and, where a lot decided, those who are `without_arm`. `reached`: how many of all whose time is over came to
    completion at all. `moments`: the clearest first, those that too few cases have at the end. `happens_in`: of a
    designed journey, in which of its stages each step most often happens (empty: before any).
    """

    outcome: Outcome
    cases: int
    outcomes: int
    average: tuple[float, float, float]
    had_it: int
    not_over: int
    adjusted_for: tuple[str, ...]
    moments: list[Moment]
    never_had: int = 0
    unscored: int = 0
    without_arm: int = 0
    reached: tuple[int, int] | None = None
    happens_in: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None
    randomised_by: str | None = None
    attributes: tuple[Heeded, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys moments --json` prints."""
        counted = ("cases", "outcomes", "had_it", "not_over", "never_had", "unscored", "without_arm", "currency")
        return {
            "outcome": self.outcome.name,
            "outcome_kind": self.outcome.kind,
            "unit": self.outcome.unit,
            **{name: getattr(self, name) for name in counted},
            "average": list(self.average),
            "reached": list(self.reached) if self.reached else None,
            "kind": "randomised" if self.randomised_by else "observational",
            "randomised_by": self.randomised_by,
            "adjusted_for": list(self.adjusted_for),
            "attributes": [asdict(each) for each in self.attributes],
            "happens_in": dict(self.happens_in),
            "moments": [_moment_json(each) for each in self.moments],
        }


def _moment_json(moment: Moment) -> dict[str, Any]:
    balance = {name: list(sides) for name, sides in moment.effect.balance.items()}
    return {**asdict(moment.exposure), **asdict(moment.effect), "balance": balance, "q": moment.q}


def moments(
    log: Cases,
    *,
    outcome: str | Outcome,
    first_days: float = 30,
    within_days: float = 90,
    again: bool = False,
    adjust: Sequence[str] = CONFOUNDERS,
    attributes: Sequence[str] = (),
    exposures: Sequence[str] = (STEPS, PAIRS),
    randomised_by: str = "",
    events: OutcomeEvents | None = None,
) -> Moments:
    """How what cases do in their `first_days` goes with `outcome` in the `within_days` after.

    `outcome`: a step that happens, or any `Outcome`; `again`: the step counts although they had it before. `adjust`:
    which of `CONFOUNDERS` are heeded, and `attributes` of the cases besides. `exposures`: of which sorts (`EXPOSURES`)
    something is asked. `randomised_by`: the attribute that says in which of two arms a lot has put each case; then only
    these are compared. `events`: of an outcome that is not in the log.

    Raises `BadInput` for an outcome or an attribute that is not in the log, or when too few cases can be followed.
    """
    if first_days <= 0 or within_days <= 0 or not set(adjust) <= set(CONFOUNDERS):
        raise BadInput(f"Days are above 0, and what can be adjusted for is {', '.join(CONFOUNDERS)}.")
    if not exposures or not set(exposures) <= set(EXPOSURES):
        raise BadInput(f"What can be asked about is {', '.join(EXPOSURES)}.")
    wanted = Outcome(STEP, outcome, again) if isinstance(outcome, str) else outcome
    first = int(first_days * _DAY)
    told: dict[str, Value] = {
        "first": first,
        "after": int(within_days * _DAY),
        **wanted.bounds(everybody=bool(randomised_by)),
    }
    runner = log.runner
    currency = keep_happened(log, wanted, events)
    runner.keep("followed", FOLLOWED.bound(**told))
    (counted,) = runner.run(COUNTED.bound(**told)).to_pylist()
    _check(wanted, counted, first_days, within_days)
    runner.keep("eligible", ELIGIBLE.bound(**told))
    runner.keep("in_time", IN_TIME.bound(**told))
    cases = runner.run(CASES)
    y = wanted.of(cases["events_after"].to_numpy(), cases["total"].to_numpy())
    without_arm, heeded = 0, None
    if randomised_by:
        found, y = _by_lot(log, y, randomised_by)
        without_arm = len(cases) - len(y)
    else:
        heeded = confounders(log, cases, adjust, attributes)
        found = _observed(
            log, y, cases["events"].to_numpy().astype(np.float64), heeded=heeded, asked=exposures, first=first
        )
    for name in ("happened", "followed", "eligible", "in_time", "facts"):
        runner.forget(name)
    return Moments(
        wanted,
        len(y),
        int((y != 0).sum()) if wanted.kind != "satisfaction" else len(y),
        _average(y),
        counted["had_it"],
        counted["not_over"],
        () if randomised_by else (*adjust, *dict.fromkeys(attributes)),
        _ranked(found),
        never_had=counted["never_had"],
        unscored=counted["unscored"],
        without_arm=without_arm,
        reached=(counted["reached"], counted["is_over"]) if wanted.kind == COMPLETION else None,
        currency=currency,
        randomised_by=randomised_by or None,
        attributes=heeded.attributes if heeded else (),
    )


def _check(outcome: Outcome, counted: dict[str, int], first_days: float, within_days: float) -> None:
    if not counted["with_it"] and outcome.kind in {STEP, COMPLETION, CHURN}:
        raise NotTold(
            f"No case has the step “{outcome.name}”.", "“vincle journeys discover” lists the steps.", reason="none"
        )
    if not counted["with_it"]:
        raise NotTold(f"No case has any {outcome.kind} {outcome.name}".rstrip() + ".", reason="none")
    if counted["eligible"] < 2 * FEWEST:
        raise NotTold(
            f"Only {counted['eligible']:,} cases can be followed for {first_days:g} days and {within_days:g} after.",
            f"At least {2 * FEWEST} are needed; fewer days leave more cases.",
            reason="few",
            followed=counted["eligible"],
            needed=2 * FEWEST,
        )


def _observed(
    log: Cases, y: Floats, happened: Floats, *, heeded: Confounders, asked: Sequence[str], first: int
) -> list[tuple[Exposure, Effect]]:
    found = []
    for each in tried(log, len(y), asked, first):
        columns, names = heeded.among(each.among).beside(happened[each.among] - each.theirs, *each.more)
        found.append((each.exposure, effect(y[each.among], each.having, columns, names)))
    return found


def _by_lot(log: Cases, y: Floats, attribute: str) -> tuple[list[tuple[Exposure, Effect]], Floats]:
    """The two arms compared, and the outcomes of those that are in one."""
    ((_name, arms),) = said_of(log, len(y), [attribute])
    known = sorted(arms.drop_null().unique().to_pylist())
    if len(known) != 2:
        shown = ", ".join(f"“{each}”" for each in known[:10])
        raise NotTold(
            f"“{attribute}” has not two values but {len(known):,}: {shown}.",
            "A lot has two arms here.",
            reason="arms",
            values=len(known),
        )
    against, arm = sorted(known, key=lambda each: (each.lower() not in _REFERENCES, each))
    drawn = arms.is_valid().to_numpy(zero_copy_only=False)
    having = pc.equal(arms.drop_null(), pa.scalar(arm)).to_numpy(zero_copy_only=False)
    return [(Exposure("arm", of=arm, against=against), difference(y[drawn], having))], y[drawn]


def _average(y: Floats) -> tuple[float, float, float]:
    if not len(y):
        raise BadInput("None of the cases that can be followed is in either arm.")
    at, error = float(y.mean()), float(y.std()) / sqrt(len(y))
    return at, at - _Z * error, at + _Z * error


def _ranked(found: Sequence[tuple[Exposure, Effect]]) -> list[Moment]:
    clear = [each for each in found if each[1].p is not None]
    q = false_discovery(np.array([each[1].p for each in clear], dtype=np.float64))
    told = [Moment(*each, float(one)) for each, one in zip(clear, q, strict=True)]
    told.sort(key=lambda each: (each.effect.p or 0, -abs(each.effect.estimate or 0), _name(each.exposure)))
    return told + [Moment(*each, None) for each in found if each[1].p is None]


def _name(exposure: Exposure) -> tuple[str, ...]:
    return exposure.step or "", exposure.former or "", exposure.what, exposure.of or ""
