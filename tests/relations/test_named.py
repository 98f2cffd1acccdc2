"""What imports say of where people work becomes organisations, for all who say so at once, and is undone."""

import pytest
from django.db import connection

from people.telling import happened, tell
from relations.relating import met, organisation, seen, works
from vincle.apps.relations.models import NoOrganisation, Organisation, Relation
from vincle.apps.relations.queries.named import SAID, named, suggestions

pytestmark = pytest.mark.django_db
NAMED = "/organisations/named/"


def says(who: str, place: str, when: str = "2026-03-01 10:00", under: str = "company") -> None:
    tell(happened(who, when, name=f"Somebody {who}", observations={under: place}))


def groups() -> list[tuple[str, int, int]]:
    return [(each.name, len(each.people), each.linked) for each in suggestions()]


@pytest.fixture
def coop() -> None:
    for number in range(3):
        says(f"C{number}", "Coop. Ter")
    says("C3", "COOP TER", under="organisation")
    says("C4", "Forn Núria", under="employer")


def test_spellings_are_one_name_and_the_most_said_comes_first(coop):
    assert [("Coop. Ter", 4, 0), ("Forn Núria", 1, 0)] == groups()


def test_of_each_person_what_was_said_last_counts():
    says("C1", "Coop. Ter", "2026-03-01 10:00")
    says("C1", "Forn Núria", "2026-04-01 10:00")
    assert [("Forn Núria", 1, 0)] == groups()


def test_all_who_say_so_are_linked_at_once_and_it_is_undone(coop, client_of, anna):
    client = client_of(anna)
    assert "4 people say they work at <strong>Coop. Ter</strong>" in client.get(NAMED).text
    page = client.post(NAMED, {"key": "coop ter", "answer": "yes"}, follow=True)
    assert (4, ["works at Coop. Ter"], [("Forn Núria", 1, 0)]) == (Relation.objects.count(), seen("C3"), groups())

    undoing = page.text.split('action="/organisations/named/')[1].split('"')[0]
    client.post(f"{NAMED}{undoing}")
    assert ([], [("Coop. Ter", 4, 0), ("Forn Núria", 1, 0)]) == (seen("C3"), groups())
    assert Organisation.objects.get().archived_at
    assert 403 == client.post(f"{NAMED}{undoing}").status_code


def test_whoever_is_linked_already_is_not_linked_again(coop, client_of, anna):
    works("C0", "Coop. Ter")
    assert ("Coop. Ter", 3, 1) == groups()[0]
    client_of(anna).post(NAMED, {"key": "coop ter", "answer": "yes"})
    assert (4, 1, 1) == (Relation.objects.count(), len(seen("C0")), Organisation.objects.count())
    says("C9", "coop ter")
    assert ("coop ter", 1, 4) == (groups()[0][0].lower().replace(".", ""), groups()[0][1], groups()[0][2])


def test_an_organisation_that_was_there_stays_when_it_is_undone(coop, client_of, anna):
    organisation("Coop. Ter")
    client = client_of(anna)
    page = client.post(NAMED, {"key": "coop ter", "answer": "yes"}, follow=True)
    undoing = page.text.split('action="/organisations/named/')[1].split('"')[0]
    client.post(f"{NAMED}{undoing}")
    assert Organisation.objects.get().archived_at is None


def test_a_name_that_is_none_is_not_suggested_until_it_is_undone(coop, client_of, anna):
    client = client_of(anna)
    client.post(NAMED, {"key": "coop ter", "answer": "no"})
    assert [("Forn Núria", 1, 0)] == groups()
    again = f"{NAMED}{NoOrganisation.objects.get().pk}/again/"
    client.post(again)
    assert 2 == len(groups())
    assert 403 == client.post(again).status_code


@pytest.mark.parametrize("key", ["", "nobody says this", "'; --", "\0"])
def test_a_name_that_nobody_gives_links_nobody(coop, client_of, anna, key):
    assert 404 == client_of(anna).post(NAMED, {"key": key, "answer": "yes"}).status_code
    assert 0 == Relation.objects.count()


def test_who_may_only_look_links_nobody(coop, client_of, ramon):
    client = client_of(ramon)
    assert (200, 403) == (client.get(NAMED).status_code, client.post(NAMED, {"key": "coop ter"}).status_code)


def test_an_empty_page_teaches(client_of, ramon, db):
    assert "Nothing to link" in client_of(ramon).get(NAMED).text


def test_the_page_costs_the_same_however_much_is_said(client_of, ramon, django_assert_max_num_queries):
    tell(*(happened(f"D{n}", "2026-03-01 10:00", observations={"company": f"Place {n % 60}"}) for n in range(120)))
    met(C1="Mercè Roca")
    works("C1", "Place 1")
    client = client_of(ramon)
    client.get(NAMED)
    with django_assert_max_num_queries(14):
        page = client.get(NAMED)
    assert 50 == len(page.context["suggestions"])


def test_the_newest_are_found_through_the_index(on_postgres, coop):
    with connection.cursor() as cursor:
        if on_postgres:
            cursor.execute("SET LOCAL enable_seqscan = off")
        explain = "EXPLAIN" if on_postgres else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{explain} SELECT * FROM flow_observation WHERE {SAID} ORDER BY id DESC LIMIT 100")
        assert "relations_said_of_work" in str(cursor.fetchall())


def test_a_name_is_only_itself(coop):
    assert named("coop") is None
