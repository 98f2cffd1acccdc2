"""Stage by stage: how many cases come that far, how long it takes them, and where the others go.

A case reaches a stage with its first event of that stage after the one with which it reached the stage before. What
happens between does not matter.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vincle.engine.intervals import quantile, share
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.design import DesignStep, checked
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

LEAVING = 5  # of the steps that those who do not go on take next, the most frequent

Interval = tuple[float, float | None, float | None]  # what it is, and the ends of its 95 % interval


@dataclass(frozen=True, slots=True)
class Stage:
    """`cases` reached it: `share` of those in the log, `onward` of those of the stage before (None for the first).
    `median_seconds` and `p90_seconds` since the stage before. `left` did not reach the next one; `leaving` is what they
    did next, most frequent first, None: nothing more. Of the last stage nobody is said to have left.
    """

    name: str
    cases: int
    share: Interval
    onward: Interval | None
    median_seconds: Interval | None
    p90_seconds: Interval | None
    left: int = 0
    leaving: list[tuple[str | None, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Funnel:
    """The stages of `cases`, in order."""

    cases: int
    stages: list[Stage]

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys funnel --json` prints."""
        return {
            "cases": self.cases,
            "stages": [asdict(stage) for stage in self.stages],
        }


def funnel(log: Cases, stages: Sequence[DesignStep]) -> Funnel:
    """Follow cases through stages; of each, the name and the activities count. Raises `BadInput` for stages that
    contradict each other.
    """
    found: list[Stage] = []
    log.runner.keep("reached_before", _BEGINNING)
    before = log.cases
    for stage in checked(stages):
        log.runner.keep("reached_now", _REACHED.bound(activities=list(stage.activities)))
        if found:
            left = log.runner.run(_LEFT).to_pylist()
            found[-1] = replace(
                found[-1],
                left=sum(row["cases"] for row in left),
                leaving=[(row["next"], row["cases"]) for row in left[:LEAVING]],
            )
        seconds = log.runner.run(_LASTING).column("seconds").to_numpy()
        found.append(_stage(stage.name, seconds, log.cases, before if found else None))
        before = len(seconds)
        log.runner.keep("reached_before", _ONWARD)
    for name in ("reached_before", "reached_now"):
        log.runner.forget(name)
    return Funnel(log.cases, found)


def reaching(log: Cases, stages: Sequence[DesignStep], name: str, *, leaving: bool = False) -> list[Any]:
    """The cases that reach the stage of that name; `leaving`: those of them that do not reach the next one, nobody
    where there is none. Raises `BadInput` for a name that no stage has.
    """
    names = [stage.name for stage in checked(stages)]
    if name not in names:
        raise BadInput(f"“{name}” is no stage of the funnel.", f"It has {', '.join(names)}.")
    last = names.index(name)
    log.runner.keep("reached_before", _BEGINNING)
    for stage in stages[: last + 1]:
        log.runner.keep("reached_now", _REACHED.bound(activities=list(stage.activities)))
        log.runner.keep("reached_before", _ONWARD)
    beyond = stages[last + 1 : last + 2] if leaving else []
    for stage in beyond:
        log.runner.keep("reached_now", _REACHED.bound(activities=list(stage.activities)))
    found = log.runner.run(_STAYED if beyond else _THERE)["case_id"].to_pylist()
    for kept in ("reached_before", "reached_now"):
        log.runner.forget(kept)
    return [] if leaving and not beyond else found


def _stage(name: str, seconds: NDArray[np.float64], whole: int, before: int | None) -> Stage:
    cases = len(seconds)
    timed = before is not None and cases > 0
    return Stage(
        name,
        cases,
        share(cases, whole),
        share(cases, before) if before else None,
        quantile(seconds, 0.5) if timed else None,
        quantile(seconds, 0.9) if timed else None,
    )


_BEGINNING = Pipeline(
    (
        Step(
            "beginning",
            "SELECT case_id, CAST(0 AS BIGINT) AS n, moment FROM ordered WHERE n = 1",
            "Every case, before its first event.",
        ),
    )
)
_REACHED = Pipeline(
    (
        Step(
            "reached",
            "SELECT o.case_id, min(o.n) AS n FROM ordered o JOIN reached_before b ON b.case_id = o.case_id "
            "WHERE o.n > b.n AND array_contains($activities, CAST(o.activity AS VARCHAR)) GROUP BY o.case_id",
            "Of each case its first event of the stage after that of the stage before.",
        ),
    )
)
_LASTING = Pipeline(
    (
        Step(
            "lasting",
            "SELECT (o.moment - b.moment) / 1e6 AS seconds FROM reached_now r "
            "JOIN ordered o ON o.case_id = r.case_id AND o.n = r.n JOIN reached_before b ON b.case_id = r.case_id",
            "How long after the stage before each case reached the stage.",
        ),
    )
)
_ONWARD = Pipeline(
    (
        Step(
            "onward",
            "SELECT r.case_id, r.n, o.moment FROM reached_now r JOIN ordered o ON o.case_id = r.case_id AND o.n = r.n",
            "The cases that reached the stage, and when.",
        ),
    )
)
_THERE = Pipeline((Step("there", "SELECT case_id FROM reached_before", "The cases that reached the stage."),))
_STAYED = Pipeline(
    (
        Step(
            "stayed",
            "SELECT b.case_id FROM reached_before b LEFT JOIN reached_now r ON r.case_id = b.case_id "
            "WHERE r.case_id IS NULL",
            "The cases that did not go on.",
        ),
    )
)
_LEFT = Pipeline(
    (
        Step(
            "left_there",
            "SELECT o.next, count(*) AS cases FROM reached_before b "
            "JOIN ordered o ON o.case_id = b.case_id AND o.n = b.n "
            "LEFT JOIN reached_now r ON r.case_id = b.case_id WHERE r.case_id IS NULL "
            "GROUP BY o.next ORDER BY cases DESC, o.next NULLS FIRST",
            "What those who did not go on did next.",
        ),
    )
)
