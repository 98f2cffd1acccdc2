"""What happened in each stage of a journey, and at each of its touchpoints: how much, with how many, money, feeling."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vincle.engine.intervals import mean, quantile
from vincle.engine.journeys.journey import Journey
from vincle.engine.journeys.placing import BEFORE, Combination, at_touchpoint, own, undesigned
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step

UNDESIGNED = 6  # of a stage, those with the most cases

Rows = Sequence[Combination]


@dataclass(slots=True)
class Figures:
    """What is counted of one owner: a stage, a touchpoint, or a kind of interaction in a stage."""

    events: int = 0
    people: int = 0
    money: dict[str, str] = field(default_factory=dict)
    feeling: list[float | int | None] | None = None
    pause: list[float | None] | None = None


@dataclass(slots=True)
class _Part:
    """A stage by its place, and what belongs to it: everything, to each touchpoint, and what is undesigned."""

    place: int
    everything: Rows
    touchpoints: Sequence[tuple[str, Rows]]
    undesigned: Rows


def parts(runner: DuckDBRunner, journey: Journey, combinations: Rows) -> dict[int, dict[str, Any]]:
    """By the place of a stage (`BEFORE`: before any), ready for JSON, `events`, `people` (cases), `money`, `feeling`,
    `touchpoints`, `undesigned` and `undesigned_more`. Reads `placed` and `cells`.
    """
    of_place = defaultdict(list)
    for each in combinations:
        of_place[each.place].append(each)
    split = [_split(journey, place, of_place[place]) for place in range(BEFORE, len(journey.stages))]
    owners = [rows for part in split for rows in _owners(part)]
    own(runner, enumerate(owners))
    figures = _figures(runner, len(owners))
    numbered = iter(figures)
    return {part.place: _told(part, numbered) for part in split}


def _split(journey: Journey, place: int, rows: Rows) -> _Part:
    touchpoints = journey.stages[place].touchpoints if place >= 0 else ()
    designed = [(each.key, at_touchpoint(rows, place, each)) for each in touchpoints]
    return _Part(place, rows, designed, undesigned(rows, place, journey))


def _owners(part: _Part) -> Iterator[Rows]:
    yield part.everything
    yield from (rows for _key, rows in part.touchpoints)
    yield from ([each] for each in part.undesigned[:UNDESIGNED])


def _told(part: _Part, figures: Iterator[Figures]) -> dict[str, Any]:
    whole = next(figures)
    at_touchpoints = [_touchpoint(key, next(figures)) for key, _rows in part.touchpoints]
    others = [_other(each, next(figures)) for each in part.undesigned[:UNDESIGNED]]
    return {
        "events": whole.events,
        "people": whole.people,
        "money": whole.money,
        "feeling": whole.feeling,
        "touchpoints": at_touchpoints,
        "undesigned": others,
        "undesigned_more": len(part.undesigned[UNDESIGNED:]),
    }


def _touchpoint(key: str, found: Figures) -> dict[str, Any]:
    return {
        "key": key,
        "events": found.events,
        "people": found.people,
        "money": found.money,
        "feeling": found.feeling,
        "pause": found.pause,
    }


def _other(each: Combination, found: Figures) -> dict[str, Any]:
    told = {"kind": each.kind, "channel": each.channel, "events": each.events, "people": each.people}
    return told | {"feeling": found.feeling}


def _figures(runner: DuckDBRunner, owners: int) -> list[Figures]:
    found = [Figures() for _ in range(owners)]
    for row in runner.run(_COUNTS).to_pylist():
        found[row["owner"]].events, found[row["owner"]].people = row["events"], row["people"]
    for row in runner.run(_MONEY).to_pylist():
        found[row["owner"]].money[row["currency"]] = plain(row["amount"])
    for owner, feelings in by_number(runner, _FEELINGS, "owner", "feeling").items():
        found[owner].feeling = _feeling(feelings)
    for owner, pauses in by_number(runner, _PAUSES, "owner", "seconds").items():
        found[owner].pause = list(quantile(pauses, 0.5))
    return found


def by_number(runner: DuckDBRunner, pipeline: Pipeline, by: str, value: str) -> Mapping[int, NDArray[np.float64]]:
    """The values of each group of a result whose rows come in the order of `by`, a column of whole numbers."""
    table = runner.run(pipeline)
    if not table.num_rows:
        return {}
    numbers, values = table[by].to_numpy(), table[value].to_numpy().astype(np.float64)
    starts = np.flatnonzero(np.diff(numbers)) + 1
    firsts = np.concatenate([[0], starts])
    return {int(numbers[first]): part for first, part in zip(firsts, np.split(values, starts), strict=True)}


def plain(amount: Decimal) -> str:
    """Money as a decimal text with at least two decimals and none that say nothing."""
    whole, _, decimals = f"{amount:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _feeling(values: NDArray[np.float64]) -> list[float | int | None]:
    """From -2 to 2, which the ends of its interval do not leave."""
    at, low, high = mean(values)
    ends = [None if end is None else round(min(2.0, max(-2.0, end)), 6) for end in (low, high)]
    return [round(at, 6), *ends, len(values)]


_COUNTS = Pipeline(
    (
        Step(
            "counts",
            "SELECT o.owner, CAST(sum(c.events) AS BIGINT) AS events, count(DISTINCT c.case_id) AS people FROM cells c "
            "JOIN owned o ON o.place = c.place AND o.kind = c.kind AND o.channel = c.channel GROUP BY o.owner",
            "How often and with how many cases.",
        ),
    )
)
_MONEY = Pipeline(
    (
        Step(
            "money_by_currency",
            "SELECT o.owner, c.currency, sum(c.amount) AS amount FROM cells c "
            "JOIN owned o ON o.place = c.place AND o.kind = c.kind AND o.channel = c.channel "
            "WHERE c.amount IS NOT NULL AND c.currency IS NOT NULL GROUP BY o.owner, c.currency "
            "ORDER BY o.owner, c.currency",
            "How much money, exactly.",
        ),
    )
)
_FEELINGS = Pipeline(
    (
        Step(
            "feelings",
            "SELECT o.owner, 2 * sum(c.score) / sum(c.scores) AS feeling FROM cells c "
            "JOIN owned o ON o.place = c.place AND o.kind = c.kind AND o.channel = c.channel "
            "WHERE c.scores > 0 GROUP BY o.owner, c.case_id ORDER BY o.owner, c.case_id",
            "How each case felt on average, from -2 to 2.",
        ),
    )
)
_PAUSES = Pipeline(
    (
        Step(
            "pauses",
            "SELECT o.owner, p.wait / 1e6 AS seconds FROM placed p "
            "JOIN owned o ON o.place = p.place AND o.kind = p.kind AND o.channel = p.channel "
            "WHERE p.wait IS NOT NULL ORDER BY o.owner",
            "How long it took until the next interaction of the case.",
        ),
    )
)
