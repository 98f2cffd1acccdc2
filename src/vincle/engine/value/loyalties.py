"""Three loyalties side by side: who stays, who uses more, who would recommend.

Stay: of those who paid in one stretch of days, who paid again in the next, with Wilson's interval. Use: on how many
days one who came did so, and how that changed with those who came in both stretches, with Student's interval.
Recommend: the net promoter score, (promoters - detractors) / n x 100 with the variance 100^2 (p + d - (p - d)^2) / n,
and satisfaction, the share in the two best of five boxes. Of each person the last answer counts.
"""

from dataclasses import asdict, dataclass
from datetime import date
from math import sqrt
from typing import Any

import numpy as np

from vincle.engine.intervals import mean, share
from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline, Step
from vincle.engine.value.transactions import Transactions

Estimate = tuple[float, float, float]

FEWEST_ANSWERS = 10
_Z = 1.959963984540054  # the 97.5 % quantile of the normal distribution
_PROMOTES, _DETRACTS = 9, 6  # from 9 on, and up to 6, of 0..10
_CONTENT = 0.5  # a score of -1..1 is five boxes at -1, -0.5, 0, 0.5 and 1; an answer 1..5 is the same

VISITS = Pipeline(
    (
        Step(
            "visits",
            "SELECT customer, count(DISTINCT CASE WHEN day > add_days($until, -$days) THEN day END) AS lately, "
            "count(DISTINCT CASE WHEN day <= add_days($until, -$days) THEN day END) AS before FROM transactions "
            "WHERE day <= $until AND day > add_days($until, -2 * $days) AND amount > 0 GROUP BY customer",
            "On how many days each came, in the last stretch and in the one before it.",
        ),
        Step(
            "visits_alike",
            "SELECT lately, before, count(*) AS people FROM visits GROUP BY lately, before ORDER BY lately, before",
            "How many people came so often.",
        ),
    )
)
ANSWERS = Pipeline(
    (
        Step(
            "answers",
            "SELECT person, occurred_at, id, score, "
            "CAST(property_of(properties, 'nps') AS VARCHAR) AS nps, "
            "CAST(property_of(properties, 'csat') AS VARCHAR) AS csat FROM events "
            "WHERE kind = 'survey.answered' AND person IS NOT NULL "
            "AND CAST(local_time(occurred_at, $zone) AS DATE) <= $until "
            "AND CAST(local_time(occurred_at, $zone) AS DATE) > add_days($until, -$days)",
            "What people answered lately.",
        ),
        Step(
            "read",
            "SELECT person, occurred_at, id, try_cast(nps AS DOUBLE) AS nps, "
            "coalesce((try_cast(csat AS DOUBLE) - 3) / 2, score) AS content FROM answers",
            "The same as numbers.",
        ),
        Step(
            "likely",
            "SELECT nps FROM (SELECT nps, row_number() OVER (PARTITION BY person ORDER BY occurred_at DESC, id DESC) "
            "AS place FROM read WHERE nps >= 0 AND nps <= 10) AS ranked WHERE place = 1",
            "How likely each is to recommend, by the last answer.",
        ),
        Step(
            "content",
            "SELECT content FROM (SELECT content, row_number() OVER (PARTITION BY person ORDER BY occurred_at DESC, "
            "id DESC) AS place FROM read WHERE content >= -1 AND content <= 1) AS ranked WHERE place = 1",
            "How content each is, by the last answer.",
        ),
        Step(
            "counted_answers",
            "SELECT 'nps' AS of, count(*) AS people, coalesce(sum(CASE WHEN nps >= $promotes THEN 1 ELSE 0 END), 0) "
            "AS for_us, coalesce(sum(CASE WHEN nps <= $detracts THEN 1 ELSE 0 END), 0) AS against FROM likely "
            "UNION ALL SELECT 'csat' AS of, count(*) AS people, "
            "coalesce(sum(CASE WHEN content >= $content THEN 1 ELSE 0 END), 0) AS for_us, 0 AS against FROM content",
            "How many answered, and how.",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Loyalties:
    """Over `days` until the last and as many before. Estimates come with the ends of their 95 % interval; None where
    too few set them. `used` and `used_before`: days a year on which one who came did so; `change`: of those of both
    stretches (`came_in_both`). `nps` lies in -100..100, `csat` in 0..1; `answers` says how many people each rests on.
    """

    days: int
    there: int  # in the stretch before
    stayed: Estimate | None
    came: int
    used: Estimate | None
    came_before: int
    used_before: Estimate | None
    came_in_both: int
    change: Estimate | None
    nps: Estimate | None
    csat: Estimate | None
    answers: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def loyalties(
    log: Transactions, *, until: date, days: int, zone: str = "UTC", answers: Runner | None = None
) -> Loyalties:
    """The loyalties on a day, over `days`; answers are read from the `events` of a home, where `answers` is its runner,
    over the last 365 days.
    """
    table = log.runner.run(VISITS.bound(until=until, days=days))
    lately, before, people = (np.asarray(table.column(name).to_numpy()) for name in ("lately", "before", "people"))
    lately, before = (np.repeat(of, people).astype(float) for of in (lately, before))
    there, both = before > 0, (before > 0) & (lately > 0)
    year = 365 / days
    nps, csat, counts = _answers(answers, until, zone) if answers is not None else (None, None, {})
    return Loyalties(
        days,
        int(there.sum()),
        share(int(both.sum()), int(there.sum())) if there.any() else None,
        int((lately > 0).sum()),
        _mean(lately[lately > 0] * year),
        int(there.sum()),
        _mean(before[there] * year),
        int(both.sum()),
        _mean((lately - before)[both] * year),
        nps,
        csat,
        counts,
    )


def net_promoters(promoters: int, detractors: int, people: int) -> Estimate:
    """The net promoter score of so many `people` (at least one), and the ends of its 95 % interval."""
    p, d = promoters / people, detractors / people
    half = _Z * 100 * sqrt(max(0.0, p + d - (p - d) ** 2) / people)
    at = 100 * (p - d)
    return at, max(-100.0, at - half), min(100.0, at + half)


def _answers(runner: Runner, until: date, zone: str) -> tuple[Estimate | None, Estimate | None, dict[str, int]]:
    steps = ANSWERS.bound(until=until, days=365, zone=zone, promotes=_PROMOTES, detracts=_DETRACTS, content=_CONTENT)
    rows = {row["of"]: row for row in runner.run(steps).to_pylist()}
    nps, csat = rows["nps"], rows["csat"]
    return (
        net_promoters(int(nps["for_us"]), int(nps["against"]), nps["people"])
        if nps["people"] >= FEWEST_ANSWERS
        else None,
        share(int(csat["for_us"]), csat["people"]) if csat["people"] >= FEWEST_ANSWERS else None,
        {"nps": nps["people"], "csat": csat["people"]},
    )


def _mean(values: Any) -> Estimate | None:
    if len(values) < 2:
        return None
    at, low, high = mean(values)
    return None if low is None or high is None else (at, low, high)
