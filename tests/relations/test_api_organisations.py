"""Organisations over the API: found, read whole, added, changed."""

from typing import get_args

import pytest

from api.calling import Program, problem, program_of
from relations.relating import WAY, met, organisation, works
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.relations import facade
from vincle.apps.relations.api.shapes import OrganisationType
from vincle.apps.relations.models import Organisation, OrganisationKind
from vincle.web.permissions import Role

pytestmark = pytest.mark.django_db

WHOLE = {
    "name": "Coop. Ter",
    "kind": "cooperative",
    "tax_number": "F17000001",
    "website": "https://ter.example",
    "domain": "ter.example",
    "address": "Carrer Nou 1",
    "notes": "Pays late",
}


@pytest.fixture
def program(marta) -> Program:
    return program_of(marta)


@pytest.fixture
def three(db: None) -> None:
    """Three organisations, one of them with somebody who works there."""
    met(C1="Mercè Roca")
    organisation("Escola Onyar", kind="school")
    organisation("Forn Fluvià", tax_number="B17000002")
    works("C1", "Coop. Ter")


def names(page: dict) -> list[str]:
    return [each["name"] for each in page["items"]]


def test_the_kinds_that_are_told_are_those_there_are():
    assert tuple(OrganisationKind.values) == get_args(OrganisationType)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["Coop. Ter", "Escola Onyar", "Forn Fluvià"]),
        ("?search=fluvia", ["Forn Fluvià"]),
        ("?search=B-1700", ["Forn Fluvià"]),
        ("?kind=school", ["Escola Onyar"]),
        ("?archived=true", []),
        ("?search=nothing", []),
    ],
)
def test_the_list_is_by_name_and_filtered(program, three, question, expected):
    assert expected == names(program.read(f"/organisations{question}"))


def test_a_line_says_how_many_people_relate_to_it(program, three):
    assert [1, 0, 0] == [each["people"] for each in program.read("/organisations")["items"]]


def test_what_is_put_away_is_listed_apart(program, three):
    facade.archive_organisation(Organisation.objects.get(name="Escola Onyar"), **WAY)
    assert (["Coop. Ter", "Forn Fluvià"], ["Escola Onyar"]) == (
        names(program.read("/organisations")),
        names(program.read("/organisations?archived=true")),
    )


def test_pages_follow_one_another(program, three):
    first = program.read("/organisations?limit=2")
    second = program.read(f"/organisations?limit=2&cursor={first['next']}")
    assert (["Coop. Ter", "Escola Onyar"], ["Forn Fluvià"], None) == (names(first), names(second), second["next"])


def test_the_list_costs_the_same_however_long_it_is(program, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        program.read("/organisations")


@pytest.mark.parametrize("question", ["kind=church", "archived=perhaps", "cursor=x", "limit=0", "search=%00"])
def test_a_question_that_cannot_be_asked_is_refused(program, question):
    assert (422, "input") == problem(program.get(f"/organisations?{question}"))[:2]


def test_an_organisation_is_added_whole(program):
    made = program.do("/organisations", WHOLE)
    assert WHOLE == {name: made[name] for name in WHOLE}
    assert ("Marta Vidal · Shop", None) == (made["created_by"], made["archived_at"])
    assert made == program.read(f"/organisations/{made['uid']}")
    assert "organisations.added" == AuditEntry.objects.latest("pk").action


@pytest.mark.parametrize(
    "more",
    [
        {"name": ""},
        {"name": " - "},
        {"name": "a\0b"},
        {"name": "x" * 201},
        {"kind": "church"},
        {"website": "javascript:alert(1)"},
        {"domain": "no domain"},
        {"notes": "x" * 10_001},
        {"tax_number": "B17000002"},
    ],
)
def test_what_has_not_the_form_is_refused(program, more):
    organisation("Forn Fluvià", tax_number="B17000002")
    assert (422, "input") == problem(program.post("/organisations", WHOLE | more))[:2]
    assert ["Forn Fluvià"] == list(Organisation.objects.values_list("name", flat=True))


def test_an_organisation_becomes_what_is_given_and_nothing_else_of_it_changes(program):
    this = organisation("Coop. Ter", notes="Pays late")
    changed = program.do(f"/organisations/{this.uid}", {"name": "Coop. del Ter", "whole_id": 7, "created_by": "x"})
    assert ("Coop. del Ter", "", this.created_by, str(this.uid)) == tuple(
        changed[each] for each in ("name", "notes", "created_by", "uid")
    )
    this.refresh_from_db()
    assert this.pk == this.whole_id


def test_an_organisation_is_changed_only_as_it_was_read(program):
    this = organisation("Coop. Ter")
    read = program.get(f"/organisations/{this.uid}")["ETag"]
    assert 200 == program.post(f"/organisations/{this.uid}", {"name": "Ter"}, if_match=read).status_code
    late = program.post(f"/organisations/{this.uid}", {"name": "Onyar"}, if_match=read)
    assert ((412, "changed"), "Ter") == (problem(late)[:2], Organisation.objects.get().name)


def test_a_part_answers_with_what_it_is_now(program):
    first, second = organisation("Coop. Ter"), organisation("Ter SCCL", domain="ter.example")
    facade.join_organisations(first, second, **WAY)
    told = program.read(f"/organisations/{second.uid}")
    assert (str(first.uid), "Coop. Ter", "ter.example") == (told["uid"], told["name"], told["domain"])
    assert "Coop. del Ter" == program.do(f"/organisations/{second.uid}", {"name": "Coop. del Ter"})["name"]


def test_adding_asked_twice_with_one_key_is_done_once(program):
    first, second = (program.do("/organisations", WHOLE, idempotency_key="a") for _ in range(2))
    assert (first, 1) == (second, Organisation.objects.count())


def test_a_token_can_no_more_than_its_scopes_and_the_role_of_its_maker(program, marta, three):
    reader = program_of(marta, "organisations:read")
    refused = [reader.post("/organisations", WHOLE)]
    User.objects.filter(pk=marta.pk).update(role=Role.ANALYST)
    refused.append(program.post("/organisations", WHOLE))
    assert [(403, "scope")] * 2 == [problem(each)[:2] for each in refused]
    assert 3 == len(program.read("/organisations")["items"])
