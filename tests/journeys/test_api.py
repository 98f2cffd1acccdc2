"""Programs design journeys, read what really happens along them, and who stands behind a figure."""

import pytest

from api.calling import problem, program_of
from people.telling import happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE, Actor
from vincle.apps.fields.models import CustomField
from vincle.apps.journeys.maps import undoing
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.people.facade import PersonMark, Sight, mark, seeing
from vincle.flow.jobs.worker import Worker
from vincle.kernel import clock

BUYS = {"kinds": ["order.placed"]}
SHOPPING = {
    "format": "vincle-journey/1",
    "name": "Shopping",
    "stages": [
        {"key": "first", "name": "First purchase", "enters": [BUYS]},
        {"key": "habit", "name": "Habit", "enters": [BUYS | {"times": 2}]},
    ],
}
OTHER = SHOPPING | {"name": "Buying"}
CIRCLE = SHOPPING | {
    "stages": [
        {"key": "a", "name": "A", "enters": [BUYS | {"after": ["b"]}]},
        {"key": "b", "name": "B", "enters": [BUYS | {"after": ["a"]}]},
    ]
}


@pytest.fixture
def program(olga):
    return program_of(olga)


@pytest.mark.django_db
def test_a_journey_is_brought_in_replaced_as_one_change_and_put_away(program, olga):
    made = program.do("/journeys", {"document": SHOPPING}, Idempotency_Key="once")
    assert made == program.do("/journeys", {"document": SHOPPING}, Idempotency_Key="once")
    address = f"/journeys/{made['uid']}"
    read = program.get(address)
    assert made == read.json()
    assert SHOPPING == made["document"]

    changed = program.do(address, {"document": OTHER}, If_Match=read["ETag"])
    assert ("Buying", 1) == (changed["name"], changed["revision"])
    assert (412, "changed") == problem(program.post(address, {"document": SHOPPING}, If_Match=read["ETag"]))[:2]
    this = map_by_uid(made["uid"])
    assert [0] == [each.revision for each in this.versions.all()]
    undoing.undo(this, actor=Actor(olga.pk, olga.name), now=clock.now())
    assert "Shopping" == journey_of(map_by_uid(made["uid"])).name

    assert program.do(f"{address}/archive")["archived_at"]
    assert 404 == program.post(address, {"document": OTHER}).status_code
    assert ([], [made["uid"]]) == (_listed(program), _listed(program, "?archived=true"))
    assert program.do(f"{address}/bring-back")["archived_at"] is None
    assert [made["uid"]] == _listed(program)


@pytest.mark.django_db
def test_what_is_wrong_with_a_document_is_said(program):
    status, kind, sentence = problem(program.post("/journeys", {"document": CIRCLE}))
    assert (422, "input", "These stages wait for one another: A → B → A.") == (status, kind, sentence)
    made = program.do("/journeys", {"document": SHOPPING})
    assert 422 == program.post(f"/journeys/{made['uid']}", {"document": CIRCLE}).status_code
    assert 422 == program.post("/journeys", {"document": {"name": "Nothing"}}).status_code
    assert made == program.read(f"/journeys/{made['uid']}")


@pytest.mark.django_db
def test_the_list_goes_on_where_it_stopped(program):
    uids = [program.do("/journeys", {"document": SHOPPING})["uid"] for _ in range(3)]
    first = program.read("/journeys?limit=2")
    rest = program.read(f"/journeys?limit=2&cursor={first['next']}")
    assert uids[::-1] == [each["uid"] for each in first["items"] + rest["items"]]
    assert rest["next"] is None


@pytest.fixture
def shop(transactional_db):
    """Mercè buys twice, Pau, who is confidential, once."""
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca"),
        happened("C1", "2026-03-02 10:00", "order.placed"),
        happened("C2", "2026-03-01 10:00", "order.placed", name="Pau Puig"),
    )


def test_figures_are_worked_out_when_they_are_asked_for_and_lead_to_the_people(shop, program, olga):
    with seeing(Sight(confidential=True)):
        mark(person("C2"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=clock.now())
    uid = program.do("/journeys", {"document": SHOPPING})["uid"]
    chart, reading = f"/journeys/{uid}/chart", "/journeys/reading"
    behind = f"/journeys/people?figure=entered:first&journey={uid}"
    for asked in (chart, reading, behind, f"{chart}?wait=no"):
        response = program.get(asked)
        assert (409, "being-worked-out") == problem(response)[:2]
        assert "5" == response["Retry-After"]
    Worker().drain()
    told = program.read(chart)
    assert [("first", 2), ("habit", 1)] == [(each["key"], each["entered"]) for each in told["figures"]["stages"]]
    assert told["is_current"]
    assert 2 == program.read(reading)["figures"]["cases"]
    assert ["Mercè Roca"] == [each["name"] for each in program.read(behind)["items"]]
    seeing_all = program_of(olga, "people:read", "people:confidential", name="Till")
    first = seeing_all.read(f"{behind}&limit=1")
    rest = seeing_all.read(f"{behind}&limit=1&cursor={first['next']}")
    assert {str(person("C1").uid), str(person("C2").uid)} == {each["uid"] for each in first["items"] + rest["items"]}

    program.do(f"/journeys/{uid}", {"document": SHOPPING | {"stages": SHOPPING["stages"][:1]}})
    assert 409 == program.get(chart).status_code
    assert (0, False) == tuple(program.read(f"{chart}?wait=no")[name] for name in ("revision", "is_current"))


def test_a_question_is_asked_and_answered(shop, program):
    asked = program.post("/journeys/moments", {"outcome": "order.placed"})
    assert 202 == asked.status_code
    answer = f"/journeys/moments?key={asked.json()['key']}"
    assert (409, "being-worked-out") == problem(program.get(answer))[:2]
    Worker().drain()
    told = program.read(answer)
    assert (None, "few") == (told["found"], told["why"]["reason"])
    assert "order.placed" == told["question"]["outcome"]
    assert 404 == program.get(f"/journeys/moments?key={'0' * 32}").status_code


@pytest.mark.django_db
def test_what_only_some_may_see_is_neither_heeded_nor_told(program):
    now = clock.now()
    CustomField.objects.create(slug="illness", labels={"en": "Illness"}, type="text", sensitive=True, created_at=now)
    for given in ({"attributes": ["field:illness"]}, {"randomised_by": "field:illness"}):
        status, _kind, sentence = problem(program.post("/journeys/moments", {"outcome": "order.placed", **given}))
        assert (422, "“field:illness” is sensitive, and is not heeded here.") == (status, sentence)
    assert 422 == program.post("/journeys/moments", {}).status_code


def _listed(program, more: str = "") -> list[str]:
    return [each["uid"] for each in program.read(f"/journeys{more}")["items"]]
