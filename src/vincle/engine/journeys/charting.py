"""A designed journey and what really happens along it, on one page: the reading that a map shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vincle.engine.intervals import quantile, share
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.designing import stage_conformance, stage_funnel
from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.engine.journeys.parts import by_number, parts
from vincle.engine.journeys.placing import BEFORE, place_all
from vincle.engine.journeys.staging import as_cases, keep_entries
from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step

_KEPT = ("owned", "cells", "placed", "entries", "happened")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def chart(log: Log | Cases, journey: Journey, *, zone: str = "UTC") -> dict[str, Any]:
    """What happens in each stage of a journey and between them, with the ends of 95 % intervals, ready for JSON.

    `docs/journeys.md` tells every key. Of a file of cases (`read`) there are no channels, money and feelings. Where
    nothing has happened with any case, `as_of` is None and there are no figures. Raises `BadInput` when a file is asked
    for what it does not hold.
    """
    told = {"version": 0 if isinstance(log, Cases) else log.version, "zone": zone}
    happenings = Happenings.of(log, journey.case)
    runner = happenings.runner
    if not happenings.cases:
        happenings.forget()
        return {**told, "as_of": None, "cases": 0, "events": 0}
    keep_entries(happenings, journey)
    staged = as_cases(happenings)
    found = parts(runner, journey, place_all(happenings))
    reached = {row["place"]: row for row in runner.run(_REACHED).to_pylist()}
    waiting = by_number(runner, _WAITING, "place", "seconds")
    lasting = by_number(runner, _LASTING, "place", "seconds")
    currencies = runner.run(_CURRENCIES)["currency"].to_pylist()
    for name in _KEPT:
        runner.forget(name)
    return {
        **told,
        "as_of": (_EPOCH + timedelta(microseconds=happenings.end)).isoformat(),
        "cases": happenings.cases,
        "events": happenings.events,
        "before": {**found[BEFORE], "lasting": None},
        "stages": [
            {
                **_entered(stage, reached.get(place, {}), happenings.cases, waiting.get(place)),
                **found[place],
                "lasting": _quantile(lasting.get(place), 0.5),
            }
            for place, stage in enumerate(journey.stages)
        ],
        "flows": [list(row.values()) for row in staged.runner.run(FLOWS).to_pylist()],
        "funnel": stage_funnel(staged, journey, cases=happenings.cases).as_json(),
        "conformance": stage_conformance(staged, journey).as_json(),
        "currency": currencies[0] if currencies else None,
    }


def _entered(
    stage: JourneyStage, reached: dict[str, int], cases: int, waits: NDArray[np.float64] | None
) -> dict[str, Any]:
    entered = reached.get("entered", 0)
    timed = waits is not None and {"median": _quantile(waits, 0.5), "p90": _quantile(waits, 0.9)}
    return {
        "key": stage.key,
        "entered": entered,
        "share": list(share(entered, cases)),
        "waiting": timed or None,
        "here": reached.get("here", 0),
    }


def _quantile(seconds: NDArray[np.float64] | None, at: float) -> list[float | None] | None:
    return None if seconds is None else list(quantile(seconds, at))


_REACHED = Pipeline(
    (
        Step(
            "turns",
            "SELECT case_id, place, lead(place) OVER (PARTITION BY case_id ORDER BY n) IS NULL AS last FROM entries",
            "Every entry, and whether it is the last of its case.",
        ),
        Step(
            "reached",
            "SELECT place, count(DISTINCT case_id) AS entered, count(CASE WHEN last THEN 1 END) AS here FROM turns "
            "GROUP BY place",
            "How many cases entered each stage, and of how many it is the last.",
        ),
    )
)
_WAITING = Pipeline(
    (
        Step(
            "since_the_former",
            "SELECT place, (moment - lag(moment) OVER (PARTITION BY case_id ORDER BY n)) / 1e6 AS seconds FROM entries",
            "How long after the entry before it each one is.",
        ),
        Step(
            "waiting",
            "SELECT place, seconds FROM since_the_former WHERE seconds IS NOT NULL ORDER BY place",
            "Of those that come after one.",
        ),
    )
)
_LASTING = Pipeline(
    (
        Step(
            "turns",
            "SELECT *, lag(place) OVER (PARTITION BY case_id ORDER BY n) AS former FROM entries",
            "Every entry with the stage before it.",
        ),
        Step(
            "stays",
            "SELECT place, (lead(moment) OVER (PARTITION BY case_id ORDER BY n) - moment) / 1e6 AS seconds FROM turns "
            "WHERE former IS NULL OR former <> place",
            "Each stay in a stage, entered once or several times in a row, and how long until another stage.",
        ),
        Step(
            "lasting",
            "SELECT place, seconds FROM stays WHERE seconds IS NOT NULL ORDER BY place",
            "Of the stays that are over.",
        ),
    )
)
_CURRENCIES = Pipeline(
    (
        Step(
            "currencies",
            "SELECT currency, sum(events) AS n FROM cells WHERE currency IS NOT NULL AND amount IS NOT NULL "
            "GROUP BY currency ORDER BY n DESC, currency",
            "Currencies, the most frequent first.",
        ),
    )
)
FLOWS = Pipeline(
    (
        Step(
            "both_ends",
            "SELECT case_id, activity AS source, next AS target, wait FROM ordered "
            "UNION ALL SELECT case_id, NULL, activity, NULL FROM ordered WHERE n = 1",
            "Every stage and the one after it; none before the first and after the last.",
        ),
        Step(
            "flows",
            "SELECT source, target, count(DISTINCT case_id) AS n, quantile_at(wait, 0.5) / 1e6 AS median_seconds "
            "FROM both_ends GROUP BY source, target ORDER BY n DESC, source NULLS FIRST, target NULLS LAST",
            "How many cases went from one to the other, and how long after.",
        ),
    )
)
