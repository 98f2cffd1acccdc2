"""Programs read what a person is worth, and are told when that is not known."""

from datetime import date

import pytest

from api.calling import problem, program_of
from people.telling import NOW, happened, person, tell
from value.worths import valued, worth
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, Sight, join, mark, seeing
from vincle.apps.value.queries import NAME
from vincle.flow.models import Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(db):
    tell(happened("C1", "2026-01-01 10:00", name="Mercè Roca"), happened("C2", "2026-01-02 10:00", name="Pau Puig"))
    worth(
        "C1", money="12.34", present=10, alive=0.5, alive_low=0.4, alive_high=0.6, expected=2, worth="99.5",
        last_on=date(2026, 3, 1), frequency=1, recency_days=59, tenure_days=181,
    )  # fmt: skip


def address(who: str) -> str:
    return f"/people/{person(who).uid}/worth"


def test_a_persons_worth_is_read_with_its_intervals(shop, olga):
    valued()
    said = program_of(olga).read(address("C1"))
    assert (str(person("C1").uid), "2026-07-01", "EUR", "2026-03-01") == (
        said["uid"], said["as_of"], said["currency"], said["last_on"],
    )  # fmt: skip
    assert {"at": 0.5, "low": 0.4, "high": 0.6} == said["alive"]
    assert {"at": 2.0, "low": None, "high": None} == said["expected"]
    assert (12.34, 99.5, None) == (float(said["money"]), said["worth"]["at"], said["spend"])


def test_where_it_is_not_known_it_is_not_there(shop, olga):
    program = program_of(olga)
    assert (404, "It is not known what they are worth.") == problem(program.get(address("C1")))[::2]
    valued()
    assert 404 == program.get(address("C2")).status_code
    mark(person("C1"), PersonMark.Kind.RESTRICTED, reason="asked", actor=COMMAND_LINE, now=NOW)
    assert 404 == program.get(address("C1")).status_code


def test_who_is_confidential_or_part_of_another_is_told_as_elsewhere(shop, olga):
    valued()
    join(person("C2"), person("C1"), actor=COMMAND_LINE, now=NOW)
    former = address("C1")
    assert 99.5 == program_of(olga, "value:read").read(former)["worth"]["at"]
    with seeing(Sight(confidential=True)):
        mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    assert 404 == program_of(olga, "value:read", name="Till").get(former).status_code
    assert 200 == program_of(olga, "value:read", "people:confidential", name="Desk").get(former).status_code


def test_another_scope_does_not_do(shop, olga):
    valued()
    assert 403 == program_of(olga, "people:read").get(address("C1")).status_code


def test_the_whole_is_read_with_its_intervals_and_its_holdout(db, olga):
    program, address = program_of(olga, "value:read"), "/value"
    assert (404, "It is not known what all relationships are worth.") == problem(program.get(address))[::2]
    total = {"at": 20_000.0, "low": 10_000.0, "high": 30_000.0, "people": 3}
    check = {"people": 3, "expected": 4.5, "actual": 5.0, "total_error": -0.1, "root_mean_squared_error": 0.7}
    said = {
        "as_of": "2026-07-01", "people": 4, "present": {**total, "low": 20_000.0, "high": 20_000.0}, "worth": total,
        "alive": {"at": 2.5, "low": None, "high": None, "people": 3}, "model": "bgnbd",
        "why": {"reason": "least_error"}, "holdout": {"from": "2026-01-01", **check},
    }  # fmt: skip
    payload = {"valued": said, "currency": "EUR"}
    Reading.objects.create(name=NAME, payload=payload, mirror_version=1, computed_at=NOW)
    found = program.read(address)
    assert {"at": 2.0, "low": 1.0, "high": 3.0, "people": 3} == found["worth"]
    assert {"at": 2.0, "low": 2.0, "high": 2.0, "people": 3} == found["present"]
    assert {"at": 2.5, "low": None, "high": None, "people": 3} == found["alive"]
    assert ("EUR", 4, None, "bgnbd", "least_error") == tuple(
        found[name] for name in ("currency", "people", "expected", "model", "reason")
    )
    assert {"since": "2026-01-01", **check} == found["holdout"]
