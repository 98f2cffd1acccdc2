"""Who is whom, over the API."""

import pytest

from api.calling import Program, problem, program_of
from people.telling import happened, person, tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(olga) -> Program:
    return program_of(olga)


@pytest.fixture
def two(db: None) -> tuple[str, str]:
    """The addresses of two customers."""
    tell(happened("c1", "2026-01-01 10:00", name="Mar Roca"), happened("c2", "2026-02-01 10:00", name="M. Roca"))
    return str(person("c1").uid), str(person("c2").uid)


def test_two_become_one_and_two_again(program, two):
    first, second = two
    before = [program.read(f"/people/{each}") for each in two]
    made = program.do(f"/people/{first}/join", {"other": second, "reason": "Same phone"})
    assert [first] == made["people"]
    assert {first} == {program.read(f"/people/{each}")["uid"] for each in two}
    assert 2 == program.read(f"/people/{second}")["interactions"]

    undone = program.do(f"/steps/{made['step']}/undo")
    assert {first, second} == set(undone["people"])
    assert before == [program.read(f"/people/{each}") for each in two]


def test_the_history_says_who_and_why(program, two):
    first, second = two
    made = program.do(f"/people/{first}/join", {"other": second, "reason": "Same phone"})
    (step,) = program.read(f"/people/{first}/steps")["items"]
    assert (made["step"], "same", "Olga Serra · Shop", "Same phone", True) == tuple(
        step[each] for each in ("step", "verdict", "by", "reason", "in_force")
    )


def test_who_is_kept_apart_is_not_joined(program, two):
    first, second = two
    made = program.do(f"/people/{first}/keep-apart", {"other": second})
    assert {first, second} == set(made["people"])
    refused = program.post(f"/people/{first}/join", {"other": second})
    assert (409, "refused", "Somebody has said that these are two different people.") == problem(refused)


def test_one_person_is_not_joined_with_themselves(program, two):
    first, _second = two
    assert (409, "refused") == problem(program.post(f"/people/{first}/join", {"other": first}))[:2]


def test_a_step_is_undone_once(program, two):
    first, second = two
    made = program.do(f"/people/{first}/join", {"other": second})
    program.do(f"/steps/{made['step']}/undo")
    assert (409, "refused") == problem(program.post(f"/steps/{made['step']}/undo"))[:2]


@pytest.mark.parametrize(("step", "status"), [("999", 404), ("0", 422), ("-1", 422), ("x", 422), ("9" * 30, 422)])
def test_a_step_that_is_none_is_not_undone(program, step, status):
    assert status == problem(program.post(f"/steps/{step}/undo"))[0]


def test_people_are_joined_only_as_they_were_read(program, two):
    first, second = two
    read = program.get(f"/people/{first}")["ETag"]
    tell(happened("c1", "2026-03-01 10:00"))
    changed = program.post(f"/people/{first}/join", {"other": second}, if_match=read)
    assert (412, "changed") == problem(changed)[:2]
    assert 201 == program.post(f"/people/{first}/join", {"other": second}).status_code


def test_joining_asked_twice_with_one_key_is_done_once(program, two):
    first, second = two
    asked = [program.do(f"/people/{first}/join", {"other": second}, idempotency_key="j") for _ in range(2)]
    assert asked[0] == asked[1]
