"""What has been going on, on every engine, with unknowns and ties."""

from datetime import UTC, date, datetime
from decimal import Decimal

from engine.engines import Given, on_both_engines, rows, values
from engine.mirrored import NOON, days_after
from vincle.engine import activity
from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline

MARCH, APRIL, MAY = date(2024, 3, 1), date(2024, 4, 1), date(2024, 5, 1)
LATE = datetime(2024, 3, 5, 23, 30, tzinfo=UTC)  # already the 6th in Madrid
BOUNDS = {"as_of": days_after(70), "zone": "UTC"}

# Anna comes on three days (twice on the first), Bernat on one, Carla's two identities became one person;
# nobody knows who the last one was.
PEOPLE = {
    "identities": [{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4}],
    "identity_moves": [{"id": 1, "identity_id": 4, "person_id": 3}],
    "people": [{"id": 1}, {"id": 2}, {"id": 3}],
    "interactions": [
        {"identity_id": 1, "occurred_at": NOON},
        {"identity_id": 1, "occurred_at": NOON, "kind": "email.opened"},
        {"identity_id": 1, "occurred_at": days_after(10)},
        {"identity_id": 1, "occurred_at": days_after(40)},
        {"identity_id": 2, "occurred_at": LATE},
        {"identity_id": 3, "occurred_at": days_after(2)},
        {"identity_id": 4, "occurred_at": days_after(70)},
        {"identity_id": 99, "occurred_at": days_after(1)},
        {"identity_id": 2, "occurred_at": datetime(2999, 1, 1, tzinfo=UTC), "kind": "typing.error"},
    ],
}


def active(engine: Given, **bounds: object) -> Runner:
    runner = engine(PEOPLE)
    runner.keep("active_days", activity.ACTIVE_DAYS.bound(**{**BOUNDS, **bounds}))  # type: ignore[arg-type]
    return runner


@on_both_engines
def test_the_log_ends_with_the_last_thing_that_had_happened_when_it_was_told(engine: Given) -> None:
    [extent] = rows(engine(PEOPLE), activity.EXTENT)
    assert {"as_of": days_after(70), "first": NOON, "interactions": 9} == extent


@on_both_engines
def test_an_empty_log_has_no_extent(engine: Given) -> None:
    assert [(None, None, 0)] == values(engine({}), activity.EXTENT)


@on_both_engines
def test_interactions_are_counted_by_day_and_kind_also_of_nobody_known(engine: Given) -> None:
    found = values(engine(PEOPLE), activity.BY_DAY_AND_KIND.bound(**BOUNDS))
    assert (date(2024, 3, 1), "email.opened", 1) == found[0]
    assert (date(2024, 3, 1), "order.placed", 1) == found[1]
    assert (date(2024, 3, 2), "order.placed", 1) == found[2]
    assert 8 == sum(count for _, _, count in found)


@on_both_engines
def test_a_day_is_that_of_a_clock_where_the_organisation_is(engine: Given) -> None:
    there = values(engine(PEOPLE), activity.BY_DAY_AND_KIND.bound(**{**BOUNDS, "zone": "Europe/Madrid"}))
    assert date(2024, 3, 6) in {day for day, _, _ in there}
    assert date(2024, 3, 5) not in {day for day, _, _ in there}


@on_both_engines
def test_people_are_counted_once_a_period(engine: Given) -> None:
    runner = active(engine)
    by_day = values(runner, activity.PEOPLE_BY_DAY.bound(since=MARCH))
    by_month = values(runner, activity.PEOPLE_BY_PERIOD.bound(unit="month", since=MARCH))
    by_week = values(runner, activity.PEOPLE_BY_PERIOD.bound(unit="week", since=date(2024, 5, 1)))
    assert [(MARCH, 1), (date(2024, 3, 3), 1), (date(2024, 3, 5), 1)] == by_day[:3]
    assert [(MARCH, 3), (APRIL, 1), (MAY, 1)] == by_month
    assert [(date(2024, 5, 6), 1)] == by_week


@on_both_engines
def test_gaps_are_days_between_days_of_the_same_person(engine: Given) -> None:
    assert [(10, 1), (30, 1), (68, 1)] == values(active(engine), activity.GAPS)
    assert [(3, 2)] == values(active(engine), activity.RETURNED)


@on_both_engines
def test_people_are_gained_once_and_lost_when_their_silence_grew_too_long(engine: Given) -> None:
    runner = active(engine)
    assert [(MARCH, 3)] == values(runner, activity.GAINED)
    lost = activity.LOST.bound(limit=29, last_day=date(2024, 5, 10))
    assert [(APRIL, 1), (MAY, 1)] == values(runner, lost)


@on_both_engines
def test_whose_silence_grows_too_long_on_the_last_day_is_not_lost_yet(engine: Given) -> None:
    lost = activity.LOST.bound(limit=30, last_day=date(2024, 5, 10))
    assert [(APRIL, 1)] == values(active(engine), lost)


@on_both_engines
def test_the_latest_carry_the_persons_name_and_break_ties_by_number(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2, "person_id": 1}, {"id": 3}],
            "people": [{"id": 1}],
            "observations": [
                {"identity_id": 1, "value": "Anna", "pinned": True},
                {"identity_id": 2, "value": "A. Roca", "observed_at": days_after(5)},
                {"identity_id": 3, "name": "town", "value": "Vic"},
            ],
            "interactions": [
                {"identity_id": 2, "amount": 129_900, "currency": "EUR", "text": "x" * 400},
                {"identity_id": 3},
                {"identity_id": None},
                {"identity_id": 1, "occurred_at": days_after(-1)},
                {"identity_id": 1, "occurred_at": days_after(9)},
            ],
        }
    )
    found = rows(runner, activity.LATEST.bound(as_of=NOON))
    assert [3, 2, 1, 4] == [row["id"] for row in found]
    assert [None, "3@example.org", "Anna", "Anna"] == [row["name"] for row in found]
    assert [None, None, "person-1", "person-1"] == [row["person_uid"] for row in found]
    assert (Decimal("12.9900"), 280) == (found[2]["amount"], len(found[2]["text"]))


@on_both_engines
def test_the_busiest_touchpoints_and_kinds_are_of_the_last_days(engine: Given) -> None:
    here = [{"channel": "counter", "place": place, "identity_id": who} for place, who in
            [("Gràcia", 1), ("Gràcia", 1), ("Sants", 1), ("Sants", 2), ("", 1), (None, 2)]]  # fmt: skip
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2}],
            "interactions": [
                *here,
                {"identity_id": 1},
                {"identity_id": 1, "channel": "web", "occurred_at": days_after(-9)},
            ],
        }
    )
    bounds = {"as_of": NOON, "since": days_after(-1)}
    touchpoints: Pipeline = activity.TOUCHPOINTS.bound(**bounds)
    assert [
        ("counter", "Gràcia", 2, 1), ("counter", "Sants", 2, 2), ("counter", None, 1, 1), ("counter", "", 1, 1),
    ] == values(runner, touchpoints)  # fmt: skip
    assert [("order.placed", 7, 2)] == values(runner, activity.KINDS.bound(**bounds))


@on_both_engines
def test_money_is_of_one_currency_and_refunds_count_against_it(engine: Given) -> None:
    paid = [
        {"amount": 100_000, "currency": "EUR"},
        {"amount": -25_000, "currency": "EUR"},
        {"amount": None, "currency": "EUR"},
        {"amount": 90_000, "currency": "USD"},
        {"amount": 90_000, "currency": None},
        {"amount": 1, "currency": "EUR", "occurred_at": days_after(31)},
    ]
    found = values(engine({"interactions": paid}), activity.MONEY_BY_MONTH.bound(**BOUNDS, currency="EUR"))
    assert [(MARCH, Decimal("7.5000"), 2), (APRIL, Decimal("0.0001"), 1)] == found
