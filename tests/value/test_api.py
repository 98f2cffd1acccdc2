"""Programs read what a person is worth, and are told when that is not known."""

from datetime import date

import pytest

from api.calling import problem, program_of
from people.telling import NOW, happened, person, tell
from value.worths import valued, worth
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.people.facade import PersonMark, Sight, join, mark, seeing

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
