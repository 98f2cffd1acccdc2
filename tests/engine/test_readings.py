"""Everything the Today page shows, in one JSON-ready dictionary."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import vincle.engine as ve
from engine.mirrored import NOON, days_after, mirror
from vincle.engine.readings import begin, periods, today


def told(path: Path, rows: dict, currency: str = "EUR", zone: str = "UTC") -> dict:
    with ve.open(mirror(path, rows)) as log:
        return json.loads(json.dumps(today(log, currency, zone=zone)))


def regulars(count: int) -> dict:
    """So many people who come every week of ten, and one who came once, at first."""
    visits = [
        {"identity_id": person, "occurred_at": days_after(7 * week), "amount": 10_000, "currency": "EUR"}
        for week in range(10)
        for person in range(1, count + 1)
    ]
    return {
        "identities": [{"id": person} for person in range(1, count + 2)],
        "interactions": [*visits, {"identity_id": count + 1}],
    }


def test_an_empty_log_has_an_empty_reading(tmp_path: Path) -> None:
    reading = told(tmp_path, {})
    assert (None, 0, 0) == (reading["as_of"], reading["interactions"], reading["people"])
    assert {"periods": [], "people": [], "kinds": {}} == reading["activity"]["month"]
    assert (None, None) == (reading["comings"]["lost"], reading["comings"]["silence"]["days"])


def test_an_empty_reading_has_the_keys_of_a_full_one(tmp_path: Path) -> None:
    empty, full = told(tmp_path / "empty", {}), told(tmp_path / "full", regulars(1))
    assert full.keys() == empty.keys()
    assert full["comings"].keys() == empty["comings"].keys()
    assert full["activity"].keys() == empty["activity"].keys()


def test_regular_visits_set_the_usual_silence_and_whoever_breaks_it_is_lost(tmp_path: Path) -> None:
    reading = told(tmp_path, regulars(40))
    comings = reading["comings"]
    assert {"days": 7, "low": 7, "high": 7, "people": 40, "intervals": 360, "needed": 30} == comings["silence"]
    assert ["2024-03-01", "2024-04-01", "2024-05-01"] == comings["months"]
    assert ([41, 0, 0], [1, 0, 0]) == (comings["gained"], comings["lost"])
    assert (41, 401) == (reading["people"], reading["interactions"])


def test_with_too_few_regulars_nobody_is_called_lost(tmp_path: Path) -> None:
    comings = told(tmp_path, regulars(29))["comings"]
    assert (None, None, 29) == (comings["lost"], comings["silence"]["days"], comings["silence"]["people"])


def test_periods_without_anything_are_shown_as_zero(tmp_path: Path) -> None:
    reading = told(tmp_path, {"identities": [{"id": 1}], "interactions": [
        {"identity_id": 1, "amount": 5_000, "currency": "EUR"},
        {"identity_id": 1, "occurred_at": days_after(3), "kind": "email.opened"},
        {"identity_id": 1, "occurred_at": days_after(70), "amount": 25_000, "currency": "EUR"},
    ]})  # fmt: skip
    day = reading["activity"]["day"]
    assert ["2024-03-01", "2024-03-02"] == day["periods"][:2]
    assert ([1, 0, 0, 1], [0, 0, 0, 1]) == (day["people"][:4], day["kinds"]["email.opened"][:4])
    assert ([0.5, 0, 2.5], [1, 0, 1]) == (reading["money"]["amount"], reading["money"]["interactions"])


def test_rare_kinds_are_shown_together(tmp_path: Path) -> None:
    kinds = [{"identity_id": 1, "kind": f"kind.{number:02}"} for number in range(12)]
    reading = told(
        tmp_path, {"identities": [{"id": 1}], "interactions": [*kinds, {"identity_id": 1, "kind": "kind.11"}]}
    )
    shown = reading["activity"]["month"]["kinds"]
    assert ["kind.11", *(f"kind.{number:02}" for number in range(7)), ""] == list(shown)
    assert ([2], [4]) == (shown["kind.11"], shown[""])


def test_days_follow_the_organisations_clock(tmp_path: Path) -> None:
    rows = {
        "identities": [{"id": 1}],
        "interactions": [{"identity_id": 1, "occurred_at": datetime(2024, 3, 31, 23, tzinfo=UTC)}],
    }
    assert ["2024-03-01"] == told(tmp_path / "utc", rows)["comings"]["months"]
    assert ["2024-04-01"] == told(tmp_path / "here", rows, zone="Europe/Madrid")["comings"]["months"]


def test_interactions_of_nobody_known_are_counted_too(tmp_path: Path) -> None:
    reading = told(tmp_path, {"interactions": [{}, {"text": "hello"}]})
    assert (2, 0, []) == (reading["interactions"], reading["people"], reading["comings"]["months"])
    assert ["hello", None] == [row["text"] for row in reading["latest"]]


def test_periods_are_consecutive_and_bounded() -> None:
    months = list(periods("month", date(1, 1, 1), date(2024, 2, 29)))
    assert (120, date(2024, 2, 1)) == (len(months), months[-1])
    assert [date(2024, 2, 26), date(2024, 3, 4)] == list(periods("week", date(2024, 3, 3), date(2024, 3, 4)))
    assert [date(1, 1, 1)] == list(periods("month", date(1, 1, 1), date(1, 1, 20)))
    assert NOON.date() == begin("day", NOON.date())
