"""Whose processing is restricted is kept and not used: no lists, no files, no changes but by leads."""

import pytest
from django.urls import reverse

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.actions import keep_apart
from vincle.apps.people.facade import PersonMark, mark, marks_of
from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.directory import in_chunks

pytestmark = pytest.mark.django_db


@pytest.fixture
def restricted():
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"), happened("C2", "2026-04-01 10:00", name="Joan Roca"))
    return mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW, reason="Disputed")


def named(**wanted) -> list[str]:
    return [each.name for chunk in in_chunks(Criteria(**wanted)) for each in chunk]


def test_the_page_says_so(restricted, client_of, anna):
    page = client_of(anna).get(address("C1")).text

    assert "processing restricted since 20 Nov 2026, command line" in page


def test_lists_and_files_leave_them_out_unless_asked(restricted, client_of, anna):
    client = client_of(anna)

    assert (False, True) == tuple(
        "Mercè Roca" in client.get(f"/people/{asked}").text for asked in ("", "?restricted=on")
    )
    assert [1, 2] == [client.get(f"/people/{asked}").context["plan"].count.number for asked in ("", "?restricted=on")]
    assert (["Joan Roca"], ["Mercè Roca", "Joan Roca"]) == (named(), named(restricted=True))


def test_they_are_found_by_name_and_not_in_a_file_of_what_was_found(restricted, client_of, anna):
    page = client_of(anna).get("/people/?q=merce").text

    assert ("Mercè Roca" in page, "processing restricted" in page) == (True, True)
    assert ([], ["Mercè Roca"]) == (named(search="merce"), named(search="merce", restricted=True))


def test_only_leads_change_something(restricted, client_of, anna, marta):
    for path, said in (
        (address("C1", "join"), {"with": person("C2").uid}),
        (address("C2", "join"), {"with": person("C1").uid}),
    ):
        refused = client_of(anna).post(path, said)
        assert (403, True) == (refused.status_code, "its processing is restricted" in refused.text)
    assert 2 == len({person("C1").pk, person("C2").pk})
    assert 200 == client_of(anna).get(f"{address('C1', 'join')}?with={person('C2').uid}").status_code
    assert 302 == client_of(marta).post(address("C1", "join"), {"with": person("C2").uid}).status_code
    assert person("C1") == person("C2")


def test_a_step_of_theirs_is_not_undone_by_others(restricted, client_of, anna):
    step = keep_apart(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)

    assert 403 == client_of(anna).post(reverse("people:undo", args=[step.pk])).status_code


@pytest.mark.parametrize(("who", "may"), [("olga", True), ("marta", True), ("anna", False), ("ramon", False)])
def test_leads_restrict_and_lift(cast, client_of, who, may):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    client = client_of(cast.members[who])

    answer = client.post(address("C1", "restrict"), {"reason": "x" * 900})

    assert ((302, 400) if may else (403, 0)) == (
        answer.status_code, sum(len(each.reason) for each in marks_of(person("C1"))),
    )  # fmt: skip
    if may:
        client.post(reverse("people:unrestrict", args=[marks_of(person("C1"))[0].pk]))
        assert [] == marks_of(person("C1"))
        actions = AuditEntry.objects.filter(action__contains="restricted").order_by("id")
        assert ["person.restricted", "person.unrestricted"] == list(actions.values_list("action", flat=True))


def test_the_list_of_them(restricted, client_of, ramon):
    page = client_of(ramon).get("/people/marked/restricted/")

    assert (200, True) == (page.status_code, "Disputed" in page.text)
    assert 404 == client_of(ramon).get("/people/marked/nonsense/").status_code
