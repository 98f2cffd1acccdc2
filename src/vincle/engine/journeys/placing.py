"""In which stage what happened happened, and what belongs to which touchpoint there.

An interaction belongs to the stage last entered at its moment (the one that makes a case enter belongs to the new
stage), or to what was before any stage.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from vincle.engine.journeys.happenings import Happenings
from vincle.engine.journeys.journey import Journey, Touchpoint
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step

BEFORE = -1  # the place of what happened before any stage
_OWNED = pa.schema({"place": pa.int64(), "kind": pa.string(), "channel": pa.string(), "owner": pa.int64()})

PLACED = Pipeline(
    (
        Step(
            "side_by_side",
            "SELECT case_id, moment, 0 AS happened, n * 100 + place AS mark, CAST(NULL AS BIGINT) AS n FROM entries "
            "UNION ALL SELECT case_id, moment, 1, NULL, n FROM happened",
            "Entries and interactions; a mark holds the number of an entry and the place of its stage.",
        ),
        Step(
            "marked",
            "SELECT *, max(mark) OVER (PARTITION BY case_id ORDER BY moment, happened "
            "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS last_mark FROM side_by_side",
            "Each with the last entry until then.",
        ),
        Step(
            "placed",
            f"SELECT h.*, coalesce(m.last_mark % 100, {BEFORE}) AS place FROM happened h "
            "JOIN marked m ON m.case_id = h.case_id AND m.n = h.n WHERE m.happened = 1",
            "Each interaction with the place of the stage in which it happened.",
        ),
    )
)
CELLS = Pipeline(
    (
        Step(
            "cells",
            "SELECT case_id, place, kind, channel, currency, count(*) AS events, sum(amount) AS amount, "
            "count(score) AS scores, sum(score) AS score FROM placed GROUP BY case_id, place, kind, channel, currency",
            "What each case did in each stage, summed up.",
        ),
    )
)
COMBINATIONS = Pipeline(
    (
        Step(
            "combinations",
            "SELECT place, kind, channel, CAST(sum(events) AS BIGINT) AS events, count(DISTINCT case_id) AS people "
            "FROM cells GROUP BY place, kind, channel ORDER BY people DESC, events DESC, kind, channel",
            "What happened in each stage by which channel, with the most cases first.",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Combination:
    """A kind of interaction by a channel (empty: none is known) in the stage of a place, how often and with how many
    cases.
    """

    place: int
    kind: str
    channel: str
    events: int
    people: int

    def belongs(self, touchpoint: Touchpoint) -> bool:
        """Whether it is what happens at a touchpoint of the stage."""
        return self.kind in touchpoint.kinds and touchpoint.channel in {"", self.channel}


def place_all(happenings: Happenings) -> list[Combination]:
    """Let steps read `placed` and `cells`, from the entries that are kept. Returns what happens where."""
    happenings.runner.keep("placed", PLACED)
    happenings.runner.keep("cells", CELLS)
    return [Combination(**row) for row in happenings.runner.run(COMBINATIONS).to_pylist()]


def at_touchpoint(combinations: Iterable[Combination], place: int, touchpoint: Touchpoint) -> list[Combination]:
    """What happens at a touchpoint of the stage of that place."""
    return [each for each in combinations if each.place == place and each.belongs(touchpoint)]


def undesigned(combinations: Iterable[Combination], place: int, journey: Journey) -> list[Combination]:
    """What happens in a stage, or before any, and belongs to none of its touchpoints."""
    touchpoints = journey.stages[place].touchpoints if place >= 0 else ()
    return [each for each in combinations if each.place == place and not any(map(each.belongs, touchpoints))]


def own(runner: DuckDBRunner, owners: Iterable[tuple[int, Iterable[Combination]]]) -> None:
    """Let steps read `owned`: which combination belongs to which figure (`owner`, a number)."""
    rows = [
        {"place": each.place, "kind": each.kind, "channel": each.channel, "owner": owner}
        for owner, combinations in owners
        for each in combinations
    ]
    runner.given("owned", pa.Table.from_pylist(rows, _OWNED))
