"""Who relates to whom over the API: listed, said, ended, taken back; each only by whom it is for."""

from datetime import date, timedelta

import pytest

from api.calling import Program, problem, program_of
from people.telling import person
from relations.relating import WAY, met, organisation, relate, seen, works
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.relations import facade
from vincle.apps.relations.models import Relation
from vincle.apps.relations.standing import today
from vincle.web.permissions import Role

pytestmark = pytest.mark.django_db

NOWHERE = "019a9d6e-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _family(db: None) -> None:
    met(C1="Mercè Roca", C2="Pau Rovira")


@pytest.fixture
def program(marta) -> Program:
    return program_of(marta)


def of(number: str) -> str:
    return f"/people/{person(number).uid}/relations"


def words(page: dict) -> list[str]:
    return [f"{each['words']} {each['name']}" for each in page["items"]]


def test_the_relations_of_somebody_are_listed_as_seen_from_them(program):
    relate("C1", "parent", "C2")
    works("C2", "Coop. Ter", role="buyer")
    assert ["child of Mercè Roca", "works at Coop. Ter"] == words(program.read(of("C2")))
    (line,) = program.read(of("C1"))["items"]
    assert ("parent", "forward", "person", str(person("C2").uid), None) == tuple(
        line[each] for each in ("kind", "direction", "to", "other", "ended")
    )


def test_what_is_over_is_listed_unless_it_is_not_asked_for(program):
    facade.end(relate("C1", "friend", "C2"), on=date(2026, 1, 1), **WAY)
    assert (["2026-01-01"], []) == (
        [each["ended"] for each in program.read(of("C1"))["items"]],
        program.read(f"{of('C1')}?former=false")["items"],
    )


def test_the_list_costs_the_same_however_long_it_is(program, django_assert_max_num_queries):
    for place in ("Coop. Ter", "Coop. Fluvià", "Coop. Onyar"):
        works("C1", place)
    relate("C1", "parent", "C2")
    with django_assert_max_num_queries(14):
        program.read(of("C1"))


def test_the_kinds_are_told(program):
    kinds = {each["name"]: each for each in program.read("/relation-kinds")["items"]}
    assert ("parent of", "child of", True, False) == tuple(
        kinds["parent"][each] for each in ("forward", "back", "with_people", "with_organisations")
    )


def test_a_relation_to_a_person_is_said_from_either_end(program):
    made = program.do(of("C2"), {"kind": "parent", "direction": "back", "person": str(person("C1").uid)})
    assert ("back", "child of", str(person("C1").uid)) == (made["direction"], made["words"], made["other"])
    assert (["parent of Pau Rovira"], [made]) == (seen("C1"), program.read(of("C2"))["items"])
    assert "relation.made" == AuditEntry.objects.latest("pk").action


def test_a_relation_to_an_organisation_is_said(program):
    coop = organisation("Coop. Ter")
    body = {"kind": "works_at", "organisation": str(coop.uid), "role": "buyer", "since": "2020-01-01"}
    made = program.do(of("C1"), body)
    assert ("organisation", str(coop.uid), "buyer", "2020-01-01", "Marta Vidal · Shop") == tuple(
        made[each] for each in ("to", "other", "role", "since", "said_by")
    )


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "parent"},
        {"kind": "parent", "person": "C2", "organisation": NOWHERE},
        {"kind": "nonsense", "person": "C2"},
        {"kind": "works_at", "person": "C2"},
        {"kind": "parent", "person": "C2", "direction": "up"},
        {"kind": "parent", "person": "C2", "role": "x" * 121},
        {"kind": "parent", "person": "C2", "role": "a\0b"},
        {"kind": "parent", "person": "C2", "since": "2026-02-01", "until": "2026-01-01"},
        {"person": "C2"},
    ],
)
def test_what_has_not_the_form_is_refused(program, body):
    given = body | ({"person": str(person("C2").uid)} if "person" in body else {})
    assert (422, "input") == problem(program.post(of("C1"), given))[:2]
    assert 0 == Relation.objects.count()


def test_what_cannot_be_is_refused(program):
    relate("C1", "parent", "C2")
    again = {"kind": "parent", "person": str(person("C2").uid)}
    oneself = {"kind": "friend", "person": str(person("C1").uid)}
    assert [(409, "refused")] * 2 == [problem(program.post(of("C1"), each))[:2] for each in (again, oneself)]


@pytest.mark.parametrize("end", ["person", "organisation"])
def test_nobody_relates_to_what_is_not_there(program, end):
    body = {"kind": "works_at" if end == "organisation" else "friend", end: NOWHERE}
    assert (404, "not-found") == problem(program.post(of("C1"), body))[:2]


def test_a_relation_is_ended_once(program):
    relation = relate("C1", "friend", "C2")
    ended = program.do(f"/relations/{relation.uid}/end", {"on": "2026-01-01"})
    assert {"uid": str(relation.uid), "ended": "2026-01-01", "withdrawn": False} == ended
    assert (409, "refused") == problem(program.post(f"/relations/{relation.uid}/end", {}))[:2]


def test_a_relation_ends_today_unless_a_day_is_given_and_never_later(program):
    relation = relate("C1", "friend", "C2")
    tomorrow = (today() + timedelta(days=1)).isoformat()
    assert (422, "input") == problem(program.post(f"/relations/{relation.uid}/end", {"on": tomorrow}))[:2]
    assert today().isoformat() == program.do(f"/relations/{relation.uid}/end", {})["ended"]


def test_a_relation_is_taken_back_once(program):
    relation = relate("C1", "friend", "C2")
    assert program.do(f"/relations/{relation.uid}/withdraw")["withdrawn"]
    assert ([], (409, "refused")) == (seen("C1"), problem(program.post(f"/relations/{relation.uid}/withdraw"))[:2])


@pytest.mark.parametrize("hidden", ["C1", "C2"])
def test_nobody_reaches_a_relation_of_somebody_who_is_not_shown(program, hidden):
    relation = relate("C1", "friend", "C2")
    other = "C2" if hidden == "C1" else "C1"
    uid = person(hidden).uid
    mark(person(hidden), PersonMark.Kind.CONFIDENTIAL, **WAY)
    asked = [
        program.get(f"/people/{uid}/relations"),
        program.post(of(other), {"kind": "sibling", "person": str(uid)}),
        program.post(f"/relations/{relation.uid}/end", {}),
        program.post(f"/relations/{relation.uid}/withdraw"),
    ]
    assert [(404, "not-found")] * 4 == [problem(each)[:2] for each in asked]
    assert [] == program.read(of(other))["items"]
    assert (None, None) == Relation.objects.values_list("ended_on", "withdrawn_at").get()


def test_what_is_restricted_is_not_changed(program):
    relation = relate("C1", "friend", "C2")
    mark(person("C2"), PersonMark.Kind.RESTRICTED, **WAY)
    assert (409, "refused") == problem(program.post(f"/relations/{relation.uid}/withdraw"))[:2]
    assert (None,) == Relation.objects.values_list("withdrawn_at").get()


def test_saying_it_twice_with_one_key_is_done_once(program):
    body = {"kind": "friend", "person": str(person("C2").uid)}
    first, second = (program.do(of("C1"), body, idempotency_key="a") for _ in range(2))
    assert (first, 1) == (second, Relation.objects.count())


def test_a_token_can_no_more_than_its_scopes_and_the_role_of_its_maker(program, marta):
    relation = relate("C1", "friend", "C2")
    body = {"kind": "sibling", "person": str(person("C2").uid)}
    reader = program_of(marta, "relations:read")
    refused = [reader.post(of("C1"), body), reader.post(f"/relations/{relation.uid}/end", {})]
    User.objects.filter(pk=marta.pk).update(role=Role.ANALYST)
    refused.append(program.post(of("C1"), body))
    assert [(403, "scope")] * 3 == [problem(each)[:2] for each in refused]
    assert ["friend of Pau Rovira"] == words(program.read(of("C1")))
