"""A token sees confidential people when it is for that and its maker may; a session beside it counts for nothing."""

import json

import pytest
from django.test import Client
from django.utils import translation

from api.calling import BASE, Program, problem, program_of
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts import actions as accounts
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.people.looking import VISIT
from vincle.kernel import clock
from vincle.kernel.errors import Refused

pytestmark = pytest.mark.django_db

READS = ("people:read", "interactions:read")


@pytest.fixture
def secret() -> PersonMark:
    """Mercè is confidential, Joan is not."""
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=[("email", "merce@roca.example")]),
        happened("C2", "2026-04-01 10:00", name="Joan Roca"),
    )
    return mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)


def names(program: Program) -> list[str]:
    return [each["name"] for each in program.read("/people?order=name")["items"]]


def known_by(program: Program) -> set[str]:
    return {each["identity"]["value"] for each in program.read("/interactions")["items"]}


def looks() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(action="person.looked").order_by("id")
    return list(found.values_list("actor_name", "object_uid"))


def test_a_token_without_the_scope_sees_nobody_confidential(secret, olga):
    program, uid = program_of(olga, *READS), person("C1").uid

    assert ["Joan Roca"] == names(program)
    assert 404 == problem(program.get(f"/people/{uid}"))[0]
    assert [] == program.read("/identities?namespace=email&value=merce@roca.example")["items"]
    assert {"C2"} == known_by(program)
    assert [] == looks()


def test_a_token_with_the_scope_sees_them_and_it_is_written_down_once_a_visit(secret, olga, monkeypatch):
    program, uid = program_of(olga, *READS, "people:confidential"), person("C1").uid
    for _ in range(2):
        assert ["Joan Roca", "Mercè Roca"] == names(program)
        assert "Mercè Roca" == program.read(f"/people/{uid}")["name"]
    assert {"C1", "C2"} == known_by(program)
    assert [("Olga Serra · Shop", str(uid))] == looks()

    later = clock.now() + VISIT
    monkeypatch.setattr(clock, "now", lambda: later)
    names(program)
    assert [("Olga Serra · Shop", str(uid))] * 2 == looks()


def test_two_tokens_of_one_colleague_are_two_who_look(secret, olga):
    for name in ("Shop", "Till", "Shop"):
        names(program_of(olga, *READS, "people:confidential", name=name))

    assert ["Olga Serra · Shop", "Olga Serra · Till"] == [by for by, _uid in looks()]


@pytest.mark.parametrize("path", ["/interactions", "/identities?namespace=email&value=merce@roca.example"])
def test_whatever_shows_them_is_a_look(secret, olga, path):
    program_of(olga, *READS, "people:confidential").read(path)

    assert [("Olga Serra · Shop", str(person("C1").uid))] == looks()


def test_what_is_refused_shows_nobody(secret, olga):
    program, uid = program_of(olga, "people:write", "people:confidential"), person("C1").uid

    assert 422 == problem(program.post(f"/people/{uid}/attributes", {}))[0]
    assert 412 == problem(program.post(f"/people/{uid}/attributes", {"attributes": {"town": "Vic"}}, if_match='"x"'))[0]
    assert [] == looks()


def test_only_who_may_see_them_gives_that_to_a_token(secret, cast):
    with pytest.raises(Refused):
        program_of(cast.members["laia"], "people:read", "people:confidential")


def test_a_token_sees_them_no_more_when_its_maker_may_not(secret, cast):
    marta: User = cast.members["marta"]
    program = program_of(marta, *READS, "people:confidential")
    assert "Mercè Roca" in names(program)
    accounts.change_role(actor=COMMAND_LINE, now=clock.now(), user_id=marta.pk, role="analyst")

    assert ["Joan Roca"] == names(program)


def test_a_session_beside_a_token_counts_for_nothing(secret, cast, client_of):
    marta, laia = cast.members["marta"], cast.members["laia"]
    User.objects.filter(pk=marta.pk).update(language="ca")
    given = {"Authorization": f"Bearer {program_of(laia, *READS).secret}", "Accept-Language": "en"}
    client, uid = client_of(marta), person("C1").uid

    listed = client.get(f"{BASE}/people", headers=given)
    theirs = client.get(f"{BASE}/people/{uid}", headers=given)

    assert ["Joan Roca"] == [each["name"] for each in json.loads(listed.content)["items"]]
    assert (404, "not-found", "There is nobody at this address.") == problem(theirs)
    assert [] == looks()
    assert 200 == client.get(f"/people/{uid}/").status_code


def test_a_session_of_somebody_who_may_less_takes_nothing_from_a_token(secret, olga, client_of, anna):
    program = program_of(olga, *READS, "people:confidential")
    client = client_of(anna)

    listed = client.get(f"{BASE}/people?order=name", headers={"Authorization": f"Bearer {program.secret}"})

    assert ["Joan Roca", "Mercè Roca"] == [each["name"] for each in json.loads(listed.content)["items"]]
    assert ["Olga Serra · Shop"] == [by for by, _uid in looks()]


@pytest.mark.parametrize("header", ["Bearer", "bearer nobody", "Bearer "])
def test_a_token_that_is_none_takes_the_session_away_from_pages_too(client_of, marta, header):
    with translation.override("en"):
        assert 302 == client_of(marta).get("/people/", headers={"Authorization": header}).status_code


def test_without_a_token_a_session_opens_nothing_of_the_api(client_of, marta):
    assert 401 == problem(Client().get(f"{BASE}/people"))[0]
    assert 401 == problem(client_of(marta).get(f"{BASE}/people"))[0]
