"""People taken out as contacts and as a workbook: the list, and one person's card."""

import io

import openpyxl
import pytest

from people.telling import address, happened, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people import export
from vincle.engine.cards import Found, read_cards
from vincle.flow.append import same

pytestmark = pytest.mark.django_db

MERCE = {
    "name": "Mercè Roca", "given_name": "Mercè", "family_name": "Roca", "second_family_name": "Puig",
    "address": "Carrer Nou 5", "address_line_2": "2n 1a", "town": "Girona", "birthday": "1970-04-12",
    "favourite": "tea",
}  # fmt: skip
CONTACTS = [("email", "merce@example.org"), ("phone", "+34600111222")]


@pytest.fixture
def laias(client_of, cast):
    return client_of(cast.members["laia"])


def cards(response) -> list:
    assert response.status_code == 200
    assert "text/vcard; charset=utf-8" == response["Content-Type"]
    found = list(read_cards([b"".join(response) if response.streaming else response.content]))
    assert all(isinstance(each, Found) for each in found)
    return [each.card for each in found]


def workbook(response) -> list[list]:
    assert response.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content)))
    return [list(row) for row in book["People"].iter_rows()]


@pytest.mark.parametrize("file", ["export.vcf", "export.xlsx"])
@pytest.mark.parametrize("who", ["anna", "quim", "ramon", "biel"])
def test_who_may_not_take_data_out_is_refused(cast, client_of, who, file):
    assert 403 == client_of(cast.members[who]).get(f"/people/{file}").status_code


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_card_says_what_is_known(client_of, anna, version):
    tell(happened("C1", "2026-03-31 22:30", observations=MERCE, links=CONTACTS))
    (card,) = cards(client_of(anna).get(address("C1") + f"card.vcf?version={version}"))
    assert (f"urn:uuid:{person('C1').uid}", ("merce@example.org",), ("+34600111222",)) == (
        card.uid,
        card.emails,
        card.phones,
    )
    assert {
        "name": "Mercè Roca", "given_name": "Mercè", "family_name": "Roca Puig", "address": "Carrer Nou 5, 2n 1a",
        "town": "Girona", "birthday": "1970-04-12",
    } == card.attributes  # fmt: skip
    assert person("C1").last_at == card.revised


def test_the_card_of_somebody_who_is_part_of_another_is_theirs(client_of, anna):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"), happened("C2", "2026-03-31 22:30", name="M. Roca"))
    before = address("C2")
    same.say_same(person("C1"), person("C2"), author="Anna", reason="", now=person("C1").last_at)
    (card,) = cards(client_of(anna).get(before + "card.vcf"))
    assert f"urn:uuid:{person('C1').uid}" == card.uid


def test_the_list_of_contacts_is_who_is_asked_for(laias):
    tell(*(happened(f"C{n}", f"2026-03-{n:02} 10:00", name=f"Person {n}") for n in range(1, 5)))
    found = cards(laias.get("/people/export.vcf", {"last_from": "2026-03-03", "sort": "name", "version": "4.0"}))
    assert ["Person 3", "Person 4"] == [card.attributes["name"] for card in found]


def test_what_is_taken_out_is_in_the_audit_log(laias):
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    laias.get("/people/export.vcf", {"at_least": "1"})
    laias.get(address("C1") + "card.vcf")
    entries = AuditEntry.objects.filter(action__in=["people.exported", "person.card_taken"]).order_by("id")
    assert [{"at_least": "1", "as": "vcf"}, {}] == [entry.details for entry in entries]


def test_many_cards_are_written_with_few_questions(laias, django_assert_max_num_queries):
    tell(*(happened(f"C{n}", "2026-03-01 10:00", observations=MERCE) for n in range(60)))
    with django_assert_max_num_queries(20):
        assert 60 == len(cards(laias.get("/people/export.vcf")))


def test_the_workbook_holds_the_list(laias):
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca"),
        happened("C2", "2026-05-02 10:00", name='=HYPERLINK("http://x";"click")', links=[("phone", "+34600111222")]),
    )
    header, *rows = workbook(laias.get("/people/export.xlsx", {"sort": "-last"}))
    columns = ["uid", "name", "known_as", "namespace", "source", "first_seen", "last_seen", "interactions", "money"]
    assert columns == [cell.value for cell in header]
    assert ["""'=HYPERLINK("http://x";"click")""", "Mercè Roca"] == [row[1].value for row in rows]
    assert "+34600111222" == rows[0][2].value
    assert not any(cell.data_type == "f" for row in rows for cell in row)


def test_a_workbook_that_would_be_too_large_is_refused_in_words(laias, monkeypatch):
    monkeypatch.setattr(export, "MOST_IN_WORKBOOK", 1)
    tell(*(happened(f"C{n}", "2026-03-01 10:00") for n in range(2)))
    response = laias.get("/people/export.xlsx")
    assert 400 == response.status_code
    assert "A workbook holds at most 1 people." in response.content.decode()


def test_nobody_is_a_file_without_cards(laias):
    assert [] == cards(laias.get("/people/export.vcf"))
