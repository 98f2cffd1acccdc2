"""Confidential people are not there for whoever may not see them, at any address; who sees them is written down."""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.actions import join, keep_apart, undo
from vincle.apps.people.facade import (
    Criteria,
    PersonMark,
    Sight,
    hidden_of,
    lift,
    look_at,
    mark,
    people_page,
    seeing,
    who_are,
)  # fmt: skip
from vincle.apps.people.looking import note_looks
from vincle.apps.people.models import PersonMark as Marks
from vincle.apps.people.queries import search
from vincle.apps.people.web import sight
from vincle.kernel import clock
from vincle.web.permissions import Role
from web.walking import SAMPLES, addresses

pytestmark = pytest.mark.django_db

NOBODY = SAMPLES["UUIDConverter"]


@pytest.fixture
def secret():
    """Mercè is confidential, Joan is not."""
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=[("email", "merce@example.org")]),
        happened("C2", "2026-04-01 10:00", name="Joan Roca"),
    )
    return mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW, reason="Threatened")


def looks() -> list[tuple[str, str]]:
    found = AuditEntry.objects.filter(action="person.looked").order_by("id")
    return list(found.values_list("actor_name", "object_uid"))


# Who may change something, and who may only look: the others see as they do.
@pytest.mark.parametrize("role", [Role.AGENT, Role.AUDITOR])
def test_at_every_address_they_are_nobody(secret, cast, client_of, role):
    client, uid = client_of(cast.with_role(role)), str(person("C1").uid)
    walked = [each for each in addresses() if f"/{NOBODY}/" in each.path or each.path.endswith(f"/{NOBODY}")]
    assert len(walked) > 15
    for each in walked:
        for ask in (client.get, client.post):
            theirs, nobodys = ask(each.path.replace(NOBODY, uid)), ask(each.path)
            if each.name == "people:looked" and role == Role.AUDITOR:
                assert (200, False) == (theirs.status_code, b"Roca" in theirs.content), each
                continue
            assert theirs.status_code in {400, 403, 404, 405}, each
            assert theirs.status_code == nobodys.status_code, each
            assert b"Roca" not in theirs.content.replace(b"Joan Roca", b""), each
    assert [] == looks()


def test_whoever_may_sees_them_everywhere(secret, client_of, marta):
    client = client_of(marta)

    assert 200 == client.get(address("C1")).status_code
    assert "Mercè Roca" in client.get("/people/?q=roca").text
    assert "Mercè Roca" in b"".join(client.get("/people/export/").streaming_content).decode()


def test_lists_counts_searches_and_files_are_without_them(secret, client_of, anna, cast):
    client, analyst = client_of(anna), client_of(cast.with_role(Role.ANALYST))

    for asked in ("", "?q=roca", "?q=merce@example.org", "?at_least=1", "?known=email", "?sort=name"):
        page = client.get(f"/people/{asked}")
        assert ("Mercè" in page.text, set()) == (
            False, {line.name for line in page.context["lines"]} - {"Joan Roca"},
        ), asked  # fmt: skip
    assert 1 == client.get("/people/?q=roca").context["plan"].count.number
    assert 1 == client.get("/people/").context["plan"].count.number
    assert "Mercè" not in b"".join(analyst.get("/people/export/").streaming_content).decode()


def test_a_search_goes_on_until_it_has_found_those_who_may_be_seen(secret, monkeypatch):
    monkeypatch.setattr(search, "FOUND", 0)  # one is looked for, and the one in the way may not be seen
    assert [person("C2").pk] == search.find_people("roca")


def test_joins_and_histories_do_not_tell_of_them(secret, client_of, anna):
    step = keep_apart(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
    client, joan = client_of(anna), address("C2", "join")

    assert "Mercè" not in client.get(f"{joan}?q=roca").text
    assert 404 == client.get(f"{joan}?with={person('C1').uid}").status_code
    assert 404 == client.post(joan, {"with": person("C1").uid}).status_code
    assert "C1" not in client.get(address("C2", "history")).text
    assert 404 == client.post(reverse("people:undo", args=[step.pk])).status_code


def test_whoever_is_one_person_with_them_is_confidential_until_they_are_parted(secret, client_of, anna):
    step = join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
    assert [404, 404] == [client_of(anna).get(reverse("people:person", args=[uid])).status_code for uid in _both()]
    undo(step, actor=COMMAND_LINE, now=NOW)
    assert [404, 200] == [client_of(anna).get(reverse("people:person", args=[uid])).status_code for uid in _both()]


def _both():
    from vincle.flow.models import Person

    return list(Person.objects.order_by("pk").filter(name__contains="Roca").values_list("uid", flat=True))


def test_who_has_not_said_who_looks_sees_nobody_confidential(secret):
    numbers = [person("C1").pk, person("C2").pk]

    assert ["Joan Roca"] == [each.name for each in people_page(Criteria())[0]]
    assert [numbers[1]] == list(who_are(numbers))
    assert {str(person("C1").uid)} == hidden_of([str(person("C1").uid), str(person("C2").uid), None])
    with seeing(Sight(confidential=True)):
        assert numbers == sorted(who_are(numbers))
        assert set() == hidden_of([str(person("C1").uid)])


def test_a_look_is_written_down_once_a_visit(secret, client_of, marta, monkeypatch):
    client, uid = client_of(marta), str(person("C1").uid)
    for path in (address("C1"), address("C1", "story"), address("C1", "history"), "/people/", address("C2")):
        client.get(path)
    assert [("Marta Vidal", uid)] == looks()

    later = clock.now() + sight.VISIT + timedelta(minutes=1)
    monkeypatch.setattr(sight.clock, "now", lambda: later)
    client.get(address("C1"))
    assert [("Marta Vidal", uid)] * 2 == looks()


def test_a_page_that_failed_showed_nobody(secret, client_of, marta):
    client_of(marta).get(address("C1", "timeline", NOBODY))

    assert [] == looks()


def test_the_list_is_a_look_too(secret, client_of, marta):
    client_of(marta).get("/people/")

    assert [("Marta Vidal", str(person("C1").uid))] == looks()


def test_who_looked_stands_on_a_page_of_their_own_and_in_what_they_are_given(secret, client_of, marta, ramon):
    client_of(marta).get(address("C1"))
    with seeing(Sight(confidential=True)) as looking:
        look_at(person("C1").pk, "health")
    note_looks(looking.looked, actor=COMMAND_LINE, now=NOW)

    page = client_of(ramon).get(address("C1", "looked"))
    everything = client_of(marta).get(address("C1", "everything.zip").rstrip("/"))

    assert [("command line", ("health",)), ("Marta Vidal", ())] == sorted(
        ((look.by, look.what) for look in page.context["looks"]), key=lambda each: each[0] != "command line"
    )
    with zipfile.ZipFile(BytesIO(b"".join(everything.streaming_content))) as archive:
        given = json.loads(archive.read("person.json"))
    assert [("Marta Vidal", "looked at"), ("command line", "looked at")] == [
        (each["by"], each["words"])
        for each in sorted(given["audit"], key=lambda each: each["by"])
        if "look" in each["action"]
    ]
    assert ["Threatened"] == [
        row["reason"] for kept in given["kept"] if kept["name"] == "marks" for row in kept["rows"]
    ]


def test_it_is_made_lifted_and_made_again_with_the_same_reason(client_of, marta):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    client = client_of(marta)

    client.post(address("C1", "confidential"), {"reason": "Threatened"})
    (made,) = Marks.objects.all()
    assert 403 == client.post(address("C1", "confidential")).status_code
    undo_of = reverse("people:not_confidential", args=[made.pk])
    assert undo_of in client.get(address("C1")).text
    client.post(undo_of)
    assert 403 == client.post(undo_of).status_code
    client.post(f"{address('C1', 'confidential')}?again={made.pk}")

    assert ["Threatened", "Threatened"] == list(Marks.objects.values_list("reason", flat=True))
    assert ["person.made_confidential", "person.not_confidential", "person.made_confidential"] == list(
        AuditEntry.objects.filter(action__contains="confidential").order_by("id").values_list("action", flat=True)
    )
    assert 404 == client.post(reverse("people:unrestrict", args=[made.pk])).status_code


@pytest.mark.parametrize(("who", "expected"), [("marta", 200), ("anna", 404), ("ramon", 404), ("biel", 403)])
def test_the_list_of_confidential_people(secret, cast, client_of, who, expected):
    page = client_of(cast.members[who]).get("/people/marked/confidential/")

    assert (expected, expected == 200) == (page.status_code, "Mercè Roca" in page.text)


def test_who_is_not_signed_in_is_sent_to_sign_in(secret, client: Client):
    assert 302 == client.get(address("C1")).status_code


def test_it_leaves_with_the_person(secret):
    from vincle.apps.people.privacy.erasing import erase

    certificate = erase(person("C1"), actor=COMMAND_LINE, now=NOW)

    assert (1, 0) == (certificate["removed"]["marks"], Marks.objects.count())


def test_lifting_needs_somebody_to_be_there(secret):
    lifted = lift(secret, actor=COMMAND_LINE, now=NOW)

    assert ("command line", NOW) == (lifted.lifted_by, lifted.lifted_at)
