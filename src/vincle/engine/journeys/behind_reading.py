"""The cases behind a figure of what happens: of a step, of what follows what, of a way, of a cohort."""

from collections.abc import Callable
from datetime import date
from typing import Any

from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.cohorts import ACTIVE
from vincle.engine.journeys.figures import asked
from vincle.engine.journeys.variants import VARIANTS, WAYS
from vincle.engine.steps import Pipeline, Step
from vincle.kernel.errors import BadInput

FIGURES = {
    "step": ("KIND",),
    "edge": ("KIND", "KIND"),
    "begins": ("KIND",),
    "ends": ("KIND",),
    "again": ("KIND",),
    "way": ("N",),
    "cohort": ("YYYY-MM-DD", "K"),
}


def in_reading(log: Cases, name: str, *, zone: str) -> list[Any]:
    """The cases that a figure of a log counts, each once. Raises `BadInput` for what is no figure of it."""
    what, words = asked(name, FIGURES)
    return _FINDERS[what](log, zone, *words)


def _step(log: Cases, _zone: str, kind: str) -> list[Any]:
    return _run(log, _STEP.bound(kind=kind))


def _edge(log: Cases, _zone: str, former: str, latter: str) -> list[Any]:
    return _run(log, _EDGE.bound(former=former, latter=latter))


def _begins(log: Cases, _zone: str, kind: str) -> list[Any]:
    return _run(log, _BEGINS.bound(kind=kind))


def _ends(log: Cases, _zone: str, kind: str) -> list[Any]:
    return _run(log, _ENDS.bound(kind=kind))


def _again(log: Cases, _zone: str, kind: str) -> list[Any]:
    return _run(log, _AGAIN.bound(kind=kind))


def _way(log: Cases, _zone: str, number: str) -> list[Any]:
    ways = log.runner.run(VARIANTS).slice(_whole(number) - 1, 1) if _whole(number) else None
    if ways is None or not ways.num_rows:
        raise BadInput(f"There is no way number {number}.", "The most usual one is number 1.")
    (way,) = ways.to_pylist()
    return _run(log, WAYS.then(*_TAKEN.steps, way=way["way"], length=way["length"]))


def _cohort(log: Cases, zone: str, first: str, since: str) -> list[Any]:
    try:
        period = date.fromisoformat(first)
        months = period.year * 12 + period.month - 1 + _whole(since)
        then = date(months // 12, months % 12 + 1, 1)
    except ValueError as error:
        raise BadInput(f"“{first}” is no day on which a month begins.", "Write it as 2026-01-01.") from error
    log.runner.keep("active_periods", ACTIVE.bound(unit="month", zone=zone))
    found = _run(log, _BACK.bound(first=period, then=then))
    log.runner.forget("active_periods")
    return found


def _run(log: Cases, pipeline: Pipeline) -> list[Any]:
    return list(log.runner.run(pipeline)["case_id"].to_pylist())


def _whole(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadInput(f"“{text}” is no whole number.")
    return int(text)


_FINDERS: dict[str, Callable[..., list[Any]]] = {
    "step": _step,
    "edge": _edge,
    "begins": _begins,
    "ends": _ends,
    "again": _again,
    "way": _way,
    "cohort": _cohort,
}
_STEP = Pipeline(
    (
        Step(
            "with_it",
            "SELECT DISTINCT case_id FROM ordered WHERE CAST(activity AS VARCHAR) = $kind",
            "The cases in which the step happened.",
        ),
    )
)
_EDGE = Pipeline(
    (
        Step(
            "following",
            "SELECT DISTINCT case_id FROM ordered WHERE CAST(activity AS VARCHAR) = $former "
            "AND CAST(next AS VARCHAR) = $latter",
            "The cases in which the one came directly after the other.",
        ),
    )
)
_BEGINS = Pipeline(
    (
        Step(
            "beginning",
            "SELECT case_id FROM ordered WHERE n = 1 AND CAST(activity AS VARCHAR) = $kind",
            "The cases that begin with the step.",
        ),
    )
)
_ENDS = Pipeline(
    (
        Step(
            "ending",
            "SELECT case_id FROM ordered WHERE next IS NULL AND CAST(activity AS VARCHAR) = $kind",
            "The cases whose last step it is.",
        ),
    )
)
_AGAIN = Pipeline(
    (
        Step(
            "with_it_again",
            "SELECT case_id FROM ordered WHERE CAST(activity AS VARCHAR) = $kind GROUP BY case_id HAVING count(*) > 1",
            "The cases in which the step happened more than once.",
        ),
    )
)
_TAKEN = Pipeline(
    (Step("taking", "SELECT case_id FROM ways WHERE way = $way AND length = $length", "The cases that took the way."),)
)
_BACK = Pipeline(
    (
        Step(
            "firsts",
            "SELECT case_id, min(period) AS first_period FROM active_periods GROUP BY case_id",
            "The period in which each case began.",
        ),
        Step(
            "back",
            "SELECT f.case_id FROM firsts f JOIN active_periods a ON a.case_id = f.case_id "
            "WHERE f.first_period = $first AND a.period = $then",
            "The cases that began in the one period and were there in the other.",
        ),
    )
)
