"""Outcomes that are money, scores, absence or another log's events, and what is asked about besides steps."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vincle.engine.journeys import Beside, Moments, Outcome, OutcomeEvents, moments, read
from vincle.engine.journeys.mattering import Moment
from vincle.kernel.errors import BadInput

BEGIN = datetime(2024, 1, 1, tzinfo=UTC)
SAID = Beside(staff="colleague", amount="paid", score="liked", channel="way", attributes=("town", "age", "arm"))
Event = dict[str, Any]


def found(folder: Path, rows: list[Event], *, beside: Beside | None = SAID, **asked: Any) -> Moments:
    path = folder / "log.parquet"
    rows = [{"colleague": None, "paid": None, "liked": None, "way": None, "town": None, "age": None, "arm": None} | each
            for each in [*rows, event("last", "visit", 500)]]  # fmt: skip
    when = pa.array([BEGIN + timedelta(days=each.pop("day")) for each in rows], pa.timestamp("us", "UTC"))
    texts = {name: [None if row[name] is None else str(row[name]) for row in rows] for name in rows[0]}
    pq.write_table(pa.table(texts).append_column("when", when), path)
    with read(path, case="who", activity="step", time="when", beside=beside) as log:
        return moments(log, **{"first_days": 10, "within_days": 20, **asked})


def event(who: str, step: str, day: float, **said: Any) -> Event:
    return {"who": who, "step": step, "day": day, **said}


def one(said: Moments, **exposure: Any) -> Moment:
    (moment,) = (
        each for each in said.moments if all(getattr(each.exposure, name) == value for name, value in exposure.items())
    )
    return moment


def town(seed: int, size: int = 800) -> Iterator[Event]:
    """In the city they are advised more often, and spend and like more whoever advises. Advice is worth 10 and half a
    point; Mar and Pau advise, it does not matter who; whoever waits for it long spends 20 less."""
    chance = np.random.default_rng(seed)
    for number in range(size):
        who, city = f"c{number}", chance.random() < 0.5
        yield event(who, "visit", 0, town="city" if city else "village", age=int(chance.integers(18, 90)))
        advised = chance.random() < (0.8 if city else 0.3)
        wait = chance.uniform(1, 9)
        if advised:
            name, way = chance.choice(["Mar", "Pau"]), chance.choice(["phone", "shop"])
            yield event(who, "advice", wait, colleague=name, way=way)
        worth = 40 * city + 10 * advised - 20 * (advised and wait > 5)
        yield event(who, "buy", 15, paid=round(worth + chance.lognormal(3, 0.6), 2))
        yield event(who, "answer", 20, liked=round(0.5 * advised + 0.5 * city + chance.normal(0, 0.3), 3))


def holds(moment: Moment, value: float) -> bool:
    assert moment.effect.low is not None
    assert moment.effect.high is not None
    return moment.effect.low < value < moment.effect.high


def test_money_is_compared_between_those_who_are_alike(tmp_path: Path) -> None:
    events = list(town(1))
    asked = {"outcome": Outcome("amount"), "adjust": (), "exposures": ("steps",)}
    plain = one(found(tmp_path, events, **asked), what="step", step="advice")
    said = found(tmp_path, events, attributes=("town", "age"), **asked)
    advice = one(said, what="step", step="advice")
    assert plain.effect.low is not None
    assert plain.effect.low > 10  # the city's money
    assert holds(advice, 0)  # 10 for the advice, less half of 20 for those who waited
    assert advice.effect.balance["town"][0] > 0.8
    assert advice.effect.balance["town"][1] < 0.05
    told = said.as_json()
    assert ("money", None, "amount", ["town", "age"]) == (
        told["unit"], told["currency"], told["outcome_kind"], told["adjusted_for"],
    )  # fmt: skip
    assert [("town", False), ("age", True)] == [(each["name"], each["numbers"]) for each in told["attributes"]]


def test_satisfaction_is_told_of_those_who_said_it(tmp_path: Path) -> None:
    events = [*town(2), *(event(f"silent{number}", "visit", 0) for number in range(25))]
    said = found(tmp_path, events, outcome=Outcome("satisfaction"), attributes=("town",), exposures=("steps",))
    assert (800, 25, 1) == (said.cases, said.unscored, said.not_over)
    assert holds(one(said, what="step", step="advice"), 0.5)
    assert "score" == said.outcome.unit


def test_waits_touchpoints_and_colleagues_are_compared_among_those_who_had_any(tmp_path: Path) -> None:
    said = found(
        tmp_path, list(town(3, 1_200)), outcome=Outcome("amount"), attributes=("town",),
        exposures=("waits", "touchpoints", "staff"),
    )  # fmt: skip
    wait = one(said, what="wait", step="advice", former="visit")
    advised = wait.effect.having + wait.effect.without + wait.effect.apart
    assert wait.exposure.seconds == pytest.approx(5 * 86_400, rel=0.1)
    assert holds(wait, -20)
    assert wait.q is not None
    assert wait.q < 0.001
    for each in (one(said, what="staff", of="Mar"), one(said, what="channel", step="advice", of="shop")):
        assert advised == each.effect.having + each.effect.without + each.effect.apart
        assert holds(each, 0)


def people(count: int, *events: tuple[str, float], name: str, **said: Any) -> list[Event]:
    return [event(f"{name}{number}", step, day, **said) for number in range(count) for step, day in events]


def test_churn_is_of_those_who_had_something_to_leave(tmp_path: Path) -> None:
    events = [
        *people(40, ("visit", 0), ("buy", 2), ("buy", 12), name="stays"),
        *people(50, ("visit", 0), ("buy", 2), ("visit", 20), name="goes"),
        *people(7, ("visit", 0), name="never"),
    ]
    said = found(tmp_path, events, outcome=Outcome("churn", "buy"))
    assert (90, 50, 7) == (said.cases, said.outcomes, said.never_had)
    said = found(tmp_path, events, outcome=Outcome("churn"))  # of anything at all
    assert (97, 7, 0) == (said.cases, said.outcomes, said.never_had)


def test_completion_tells_also_who_was_done_at_once(tmp_path: Path) -> None:
    events = [
        *people(70, ("visit", 0), ("done", 12), name="a"),
        *people(9, ("visit", 0), ("done", 5), name="early"),
        *people(40, ("visit", 0), name="b"),
    ]
    said = found(tmp_path, events, outcome=Outcome("completion", "done"))
    assert (110, 70, 9, (79, 119)) == (said.cases, said.outcomes, said.had_it, said.reached)


def test_events_of_another_log_are_an_outcome_too(tmp_path: Path) -> None:
    events = people(100, ("visit", 0), name="p")
    entered = [int((BEGIN + timedelta(days=day)).timestamp() * 1e6) for day in [5] * 10 + [12] * 30]
    table = pa.table({"case_id": [f"p{number}" for number in range(40)], "moment": entered})
    said = found(tmp_path, events, outcome=Outcome("stage", "regular"), events=OutcomeEvents(table))
    assert (90, 30, 10) == (said.cases, said.outcomes, said.had_it)


def test_a_lot_is_taken_as_it_fell(tmp_path: Path) -> None:
    events = [
        *people(60, ("visit", 0), ("buy", 3), ("buy", 12), name="a", arm="offer"),
        *people(40, ("visit", 0), name="b", arm="offer"),
        *people(30, ("visit", 0), ("buy", 12), name="c", arm="control"),
        *people(70, ("visit", 0), name="d", arm="control"),
        *people(8, ("visit", 0), name="e"),
    ]
    said = found(tmp_path, events, outcome="buy", randomised_by="arm")
    (arm,) = said.moments
    assert ("arm", "offer", "control") == (arm.exposure.what, arm.exposure.of, arm.exposure.against)
    assert (100, 100, 8, 0) == (arm.effect.having, arm.effect.without, said.without_arm, said.had_it)
    assert 0.3 == pytest.approx(arm.effect.estimate)
    error = 1.96 * np.sqrt(0.6 * 0.4 / 99 + 0.3 * 0.7 / 99)
    assert 0.3 - error == pytest.approx(arm.effect.low, abs=1e-4)
    assert ("randomised", []) == (said.as_json()["kind"], said.as_json()["adjusted_for"])


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"outcome": Outcome("amount"), "beside": None}, "The log says no amount"),
        ({"outcome": Outcome("satisfaction"), "beside": None}, "The log says no score"),
        ({"outcome": "buy", "attributes": ["eyes"]}, "Nobody has an attribute “eyes”"),
        ({"outcome": "buy", "attributes": ["eyes"], "beside": None}, "Nothing is said of these cases"),
        ({"outcome": "buy", "exposures": ["staff"], "beside": None}, "neither who took part"),
        ({"outcome": "buy", "exposures": ["weather"]}, "What can be asked about is steps"),
        ({"outcome": "buy", "randomised_by": "town"}, "has not two values but 3"),
        ({"outcome": Outcome("stage", "regular")}, "of a designed journey only"),
        ({"outcome": Outcome("churn", "fly")}, "No case has the step “fly”"),
        ({"outcome": "buy", "beside": Beside(amount="way")}, "in the column “way” is no number"),
        ({"outcome": "buy", "beside": Beside(amount="gold")}, "has no column “gold”"),
    ],
)
def test_what_cannot_be_told_is_said(tmp_path: Path, asked: dict[str, Any], why: str) -> None:
    events = [*town(4, 100), event("far", "visit", 0, town="hamlet")]
    with pytest.raises(BadInput, match=why):
        found(tmp_path, events, **asked)


@pytest.mark.parametrize(("kind", "name"), [("luck", ""), ("step", ""), ("stage", "")])
def test_outcomes_are_few_and_whole(kind: str, name: str) -> None:
    with pytest.raises(BadInput):
        Outcome(kind, name)
