"""What everybody is worth: exact in the present, with intervals ahead, and nothing where too little is known."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vincle.engine.value import predict, read, residual, spend, summarise, value
from vincle.engine.value.terms import Terms
from vincle.kernel.errors import BadInput

FIRST = date(2024, 1, 1)


def shop(people: int, *, seed: int = 3, days: int = 500) -> pa.Table:
    chance = np.random.default_rng(seed)
    who, when, paid = [], [], []
    for number in range(people):
        begins, pace, leaves = chance.integers(0, 150), chance.gamma(1.5, 12) + 4, chance.exponential(500)
        usual, day = chance.gamma(4, 8) + 5, float(begins)
        while day <= days and day - begins <= leaves:
            who.append(number)
            when.append(FIRST + timedelta(days=int(day)))
            paid.append(round(float(max(0.5, chance.normal(usual, usual / 4))), 2))
            day += chance.exponential(pace) + 0.5
    return pa.table({"who": who, "day": when, "paid": paid})


def kept(table: pa.Table, folder: Path) -> Path:
    pq.write_table(table, folder / "bought.parquet")
    return folder / "bought.parquet"


def test_present_is_exact_and_what_is_expected_is_that_of_the_models(tmp_path: Path):
    bought = shop(300)
    with read(kept(bought, tmp_path), customer="who", time="day", amount="paid") as log:
        known = summarise(log, unit="week")
        found = value(log, Terms(horizon_days=364, discount=0.08))
    assert found.fitted is not None
    assert found.spending is not None
    counts, place = known.placed()
    people = predict(found.fitted, counts, 52.0).take(place)
    rate = 1.08 ** (7 / 365.25) - 1
    later = residual(found.fitted, counts, rate=rate, horizon=52.0)[place]
    paid = spend(found.spending, known.column("frequency"), known.column("mean")).column("spend").to_numpy()
    by_customer = dict(zip(known.table.column("customer").to_pylist(), range(300), strict=True))
    order = [by_customer[who] for who in found.people.column("customer").to_pylist()]
    for name in ("alive", "alive_low", "alive_high", "expected", "expected_low", "expected_high"):
        np.testing.assert_allclose(found.people[name].to_numpy(), people[name].to_numpy()[order], rtol=1e-9)
    np.testing.assert_allclose(found.people["worth"].to_numpy(), (later * paid * 1e4)[order], rtol=1e-6)
    recent = [row for row in bought.to_pylist() if row["day"] > found.as_of - timedelta(days=365)]
    assert round(sum(row["paid"] for row in recent) * 10_000) == int(found.present.at)
    assert np.isclose(found.totals["worth"].at, found.people["worth"].to_numpy().sum())
    assert found.totals["worth"].low < found.totals["worth"].at < found.totals["worth"].high  # type: ignore[operator]


def test_a_margin_and_its_share_reach_everything(tmp_path: Path):
    path = kept(shop(200), tmp_path)
    with read(path, customer="who", time="day", amount="paid") as log:
        whole = value(log)
    with read(path, customer="who", time="day", amount="paid") as log:
        half = value(log, Terms(margin=0.5))
    assert whole.used == half.used
    np.testing.assert_allclose(half.people["worth"].to_numpy(), whole.people["worth"].to_numpy() / 2, rtol=1e-4)
    assert half.present.at == pytest.approx(whole.present.at / 2, abs=10_000)


def test_the_holdout_is_what_was_not_seen(tmp_path: Path):
    with read(kept(shop(400), tmp_path), customer="who", time="day", amount="paid") as log:
        found = value(log)
    assert found.outcome is not None
    assert found.outcome.holdout is not None
    assert found.holdout_start == found.as_of - timedelta(days=182)
    assert abs(found.outcome.holdout.total_error or 1) < 0.2
    assert found.money_foretold == pytest.approx(found.money_happened, rel=0.25)


def test_the_interval_of_the_whole_covers_as_often_as_it_says(tmp_path: Path):
    """Of the expectation of all, not of what they will do: against the parameters that the people were drawn from."""
    from vincle.engine.value.counts import Counts
    from vincle.engine.value.expecting import _total
    from vincle.engine.value.fitting import maximise
    from vincle.engine.value.models import CONTINUOUS
    from vincle.engine.value.predicting import slopes

    model, truth = CONTINUOUS["bgnbd"], {"r": 0.6, "alpha": 6.0, "a": 0.9, "b": 3.0}
    covered, trials = 0, 200
    for seed in range(trials):
        counts = drawn(truth, 1_000, seed)
        fitted = maximise(model.likelihood(counts))
        people = counts.people.astype(float)
        moves = slopes(fitted, lambda of, counts=counts: model.returns(of, counts, 26.0)) @ people  # type: ignore[misc]
        total = _total(fitted, np.repeat(model.returns(fitted.params, counts, 26.0), counts.people), moves)
        true = float(model.returns(truth, counts, 26.0) @ people)
        assert total.low is not None
        assert total.high is not None
        covered += total.low <= true <= total.high
        assert isinstance(counts, Counts)
    # Of 200 intervals of 95 % between 182 and 198 hold what they should, but once in a thousand times.
    assert 182 <= covered <= 198


def drawn(truth: dict[str, float], people: int, seed: int):
    from vincle.engine.value.counts import Counts

    chance = np.random.default_rng(seed)
    rate = chance.gamma(truth["r"], 1 / truth["alpha"], people)
    leave = chance.beta(truth["a"], truth["b"], people)
    tenure = chance.uniform(20, 60, people)
    frequency, recency = np.zeros(people, int), np.zeros(people)
    now, there = np.zeros(people), np.ones(people, bool)
    while there.any():
        now = now + chance.exponential(1 / rate)
        there &= now <= tenure
        frequency += there
        recency = np.where(there, now, recency)
        there &= chance.random(people) > leave
    return Counts.of(frequency, recency, tenure)


def test_too_few_one_day_and_contracts(tmp_path: Path):
    with read(kept(shop(30), tmp_path), customer="who", time="day", amount="paid") as log:
        few = value(log)
    assert ("too_few_people", {}) == (few.why["reason"], few.totals)
    assert few.people["alive"].null_count == few.people.num_rows
    one = pa.table({"who": ["a", "b"], "day": [FIRST, FIRST], "paid": [3.0, 4.0]})
    with read(kept(one, tmp_path), customer="who", time="day", amount="paid") as log:
        day = value(log)
    assert ("one_day", 70_000.0) == (day.why["reason"], day.present.at)
    chance = np.random.default_rng(1)
    months = [(f"M{who}", month) for who in range(300) for month in range(1 + int(chance.geometric(0.15)))]
    rows = [(who, date(2024 + month // 12, 1 + month % 12, 5)) for who, month in months if month < 18]
    fees = pa.table({"who": [who for who, _ in rows], "day": [day for _, day in rows], "paid": [20.0] * len(rows)})
    with read(kept(fees, tmp_path), customer="who", time="day", amount="paid") as log:
        members = value(log, Terms(contractual=True))
    assert members.used == "sbg"
    there = members.people.filter(pa.compute.equal(members.people["alive"], 1.0))
    assert 0 < there.num_rows < 300
    assert min(there["expected"].to_pylist()) > 0
    gone = members.people.filter(pa.compute.equal(members.people["alive"], 0.0))
    assert set(gone["worth"].to_pylist()) == {0.0}


def test_only_what_is_given_back_at_first_and_two_days_are_too_short(tmp_path: Path):
    for rows in ([("a", 0, -3.0), ("a", 9, 5.0), ("b", 10, 2.0)], [("a", 0, 3.0), ("b", 1, 4.0)]):
        who, days, paid = zip(*rows, strict=True)
        bought = pa.table({"who": who, "day": [FIRST + timedelta(days=day) for day in days], "paid": paid})
        with read(kept(bought, tmp_path), customer="who", time="day", amount="paid") as log:
            found = value(log)
        assert ("short", sum(paid) * 10_000) == (found.why["reason"], found.present.at)
        assert found.people["worth"].null_count == 2


def test_a_till_is_named_and_left_out(tmp_path: Path):
    bought = shop(150)
    till = pa.table({"who": [999] * 12_000, "day": [FIRST + timedelta(days=200)] * 12_000, "paid": [1.0] * 12_000})
    with read(kept(bought, tmp_path), customer="who", time="day", amount="paid") as log:
        plain = value(log)
    with read(kept(pa.concat_tables([bought, till]), tmp_path), customer="who", time="day", amount="paid") as log:
        found = value(log)
    assert ((999, 12_000),) == found.flagged
    assert found.people.equals(plain.people)


def test_terms_that_make_no_sense_are_refused(tmp_path: Path):
    for terms in (Terms(margin=0), Terms(margin=1.5), Terms(discount=-1), Terms(horizon_days=3), Terms(window_days=0)):
        with (
            pytest.raises(BadInput),
            read(kept(shop(10), tmp_path), customer="who", time="day", amount="paid") as log,
        ):
            value(log, terms)
