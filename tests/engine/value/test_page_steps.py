"""Bridges in a row, groups and loyalties: the same on every engine, worked out by hand."""

from datetime import date
from decimal import Decimal
from math import sqrt
from typing import Any, cast

import pyarrow as pa
import pytest

from engine.engines import Given, on_both_engines, rows
from engine.mirrored import days_after
from vincle.engine.intervals import student
from vincle.engine.log import Log
from vincle.engine.value.bridging import bridge, bridges, people_of_part
from vincle.engine.value.grouping import ATTRIBUTES, ORIGINS, STAFF, by_group, given_groups, people_of_group
from vincle.engine.value.logs import of_log
from vincle.engine.value.loyalties import loyalties, net_promoters
from vincle.kernel.errors import BadInput

FIRST, TODAY = date(2024, 3, 1), date(2024, 12, 31)


def happened(person: int, day: float, kind: str = "order.placed", **more: Any) -> dict[str, Any]:
    row = {"identity_id": person, "occurred_at": days_after(day), "kind": kind, "currency": "EUR", "channel": "shop"}
    return row | {"place": "Girona", "staff": None} | more


def paid(person: int, day: float, amount: int, **more: Any) -> dict[str, Any]:
    return happened(person, day, amount=amount * 10_000, **more)


def answered(person: int, day: float, properties: str, score: float | None = None) -> dict[str, Any]:
    return happened(person, day, "survey.answered", properties=properties, score=score, currency=None, amount=None)


# Anna is kept, Bernat is lost, Carla is new, Dídac comes back after long.
PEOPLE = {
    "identities": [{"id": number} for number in (1, 2, 3, 4)],
    "people": [{"id": number} for number in (1, 2, 3, 4)],
    "observations": [
        {"identity_id": 1, "name": "town", "value": "Girona"}, {"identity_id": 2, "name": "town", "value": "Girona"},
        {"identity_id": 3, "name": "town", "value": "Olot"}, {"identity_id": 4, "name": "town", "value": "Olot"},
        {"identity_id": 1, "name": "name", "value": "Anna"}, {"identity_id": 1, "name": "size", "value": "3"},
    ],
    "interactions": [
        paid(4, 0, 9, channel="web", place=None), paid(1, 31, 10, staff="Olga"), paid(2, 35, 7, staff="Joan"),
        paid(2, 36, 1, staff="Olga"), paid(1, 62, 5, staff="Joan"), paid(1, 63, 5, staff="Joan"),
        paid(3, 70, 3), paid(4, 71, 4),
        answered(1, 50, '{"nps": 3}'), answered(1, 60, '{"nps": 10}', 0.5), answered(2, 61, '{"nps": "6"}', -0.5),
        answered(3, 62, '{"nps": 40}', 1.0), answered(4, 63, "{}"),
    ],
}  # fmt: skip


class OfRunner:
    """A log is asked for its runner only."""

    def __init__(self, runner: Any) -> None:
        self.runner = runner


@on_both_engines
def test_bridges_in_a_row(engine: Given) -> None:
    log = of_log(cast("Log", OfRunner(engine(PEOPLE))), currency="EUR", today=TODAY)
    days = [date(2024, 3, 30), date(2024, 4, 29), date(2024, 5, 29)]
    first, second = bridges(log, days, window=30)
    assert bridge(log, days[1], days[2], window=30) == second
    assert (9, 18, 0, 0, 9, 18) == (first.opening, first.new, first.kept, first.recovered, first.lost, first.closing)
    assert {"new": 1, "kept": 1, "recovered": 1, "lost": 1} == second.people
    assert (Decimal(18), 3, 0, 4, 8, 17) == (
        second.opening, second.new, second.kept, second.recovered, second.lost, second.closing,
    )  # fmt: skip
    parts = {part: people_of_part(log, part, days[1], days[2], window=30) for part in second.people}
    assert {"new": [3], "kept": [1], "recovered": [4], "lost": [2]} == parts
    with pytest.raises(BadInput, match="no part"):
        people_of_part(log, "everybody", days[0], days[1])
    with pytest.raises(BadInput, match="to a later one"):
        bridges(log, [days[1], days[0]])


@on_both_engines
def test_which_group_each_is_in(engine: Given) -> None:
    runner = engine(PEOPLE)
    found = {
        name: sorted((row["person"], row["of"]) for row in rows(runner, groups))
        for name, groups in (("attributes", ATTRIBUTES), ("origins", ORIGINS), ("staff", STAFF))
    }
    assert {
        "attributes": [(1, "Girona"), (2, "Girona"), (3, "Olot"), (4, "Olot")],
        "origins": [(1, "shop\tGirona"), (2, "shop\tGirona"), (3, "shop\tGirona"), (4, "web\t")],
        "staff": [(1, "Joan"), (2, "Joan")],
    } == found


@on_both_engines
def test_stay_use_and_recommend(engine: Given) -> None:
    runner = engine(PEOPLE)
    log = of_log(cast("Log", OfRunner(runner)), currency="EUR", today=TODAY)
    found = loyalties(log, until=date(2024, 5, 29), days=30, answers=runner)
    # Two were there in April, of whom Anna stayed and came twice; three came in May.
    assert (2, 3, 2, 1) == (found.there, found.came, found.came_before, found.came_in_both)
    assert found.stayed is not None
    assert found.used is not None
    assert found.used_before is not None
    assert (0.5, 4 / 3 * 365 / 30, 1.5 * 365 / 30) == pytest.approx(
        (found.stayed[0], found.used[0], found.used_before[0])
    )
    assert (None, None, None) == (found.change, found.nps, found.csat)
    assert {"nps": 2, "csat": 3} == found.answers


def test_the_net_promoter_score_by_hand() -> None:
    half = 1.959963984540054 * 100 * sqrt((0.5 + 0.2 - 0.09) / 100)
    assert (30.0, 30 - half, 30 + half) == pytest.approx(net_promoters(50, 20, 100))
    assert (100.0, 100.0, 100.0) == net_promoters(10, 0, 10)


@on_both_engines
def test_groups_are_summed_and_few_people_are_spared(engine: Given) -> None:
    runner = engine(PEOPLE)
    people = pa.table({
        "customer": pa.array(range(1, 15), pa.int64()), "present": pa.array([20_000] * 14, pa.int64()),
        "worth": pa.array([10_000.0, 30_000.0] * 7),
    })  # fmt: skip
    groups = given_groups(runner, "stage", {"many": list(range(1, 13)), "few": [13, 14]})
    (found,) = by_group(runner, people, groups)
    many, few = found.groups
    half = student(11) * sqrt(12 / 11) / sqrt(12)
    assert ("stage", 0, ["many", "few"]) == (found.name, found.more, [many.of, few.of])
    assert (12, 24.0, 24.0) == (many.people, many.present, many.potential)
    assert (2.0, 2 - half, 2 + half) == pytest.approx(many.mean)
    assert (2, None, None, None) == (few.people, few.present, few.potential, few.mean)
    assert [13, 14] == people_of_group(runner, groups, "stage", "few")
