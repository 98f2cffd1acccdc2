"""The list of people as a file."""

import csv
import io
from decimal import Decimal

import pytest

from people.telling import happened, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.export import harmless

pytestmark = pytest.mark.django_db

FILE = "/people/export/"


def rows(response) -> list[dict[str, str]]:
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def laias(client_of, cast):
    return client_of(cast.members["laia"])


@pytest.mark.parametrize("who", ["anna", "quim", "ramon", "biel"])
def test_who_may_not_take_data_out_is_refused(cast, client_of, who):
    assert 403 == client_of(cast.members[who]).get(FILE).status_code
    assert "people/export" not in client_of(cast.members[who]).get("/people/").content.decode()


def test_the_file_holds_who_is_on_the_list_in_its_order(laias):
    tell(
        happened("C1", "2026-03-31 22:30", "order.placed", name="Mercè Roca", amount=Decimal("38.40"), currency="EUR"),
        happened("C2", "2026-05-02 10:00", name="Joan Serra"),
        happened("C3", "2025-05-02 10:00", name="Pau Puig"),
    )
    found = rows(laias.get(FILE, {"first_from": "2026-01-01", "sort": "name"}))
    assert ["Joan Serra", "Mercè Roca"] == [row["name"] for row in found]
    assert {
        "uid": str(person("C1").uid),
        "name": "Mercè Roca",
        "known_as": "C1",
        "namespace": "customer_id",
        "source": "The shop",
        "first_seen": "2026-04-01",
        "last_seen": "2026-04-01",
        "interactions": "1",
        "money": "38.4",
    } == found[1]


def test_taking_a_list_out_is_in_the_audit_log(laias):
    laias.get(FILE, {"at_least": "2", "sort": "name", "page": "x"})
    entry = AuditEntry.objects.get(action="people.exported")
    assert ("Laia Soler", {"at_least": "2", "sort": "name"}) == (entry.actor_name, entry.details)


def test_an_empty_list_is_a_file_with_its_header(laias):
    assert [] == rows(laias.get(FILE))


@pytest.mark.parametrize("cell", ["=1+1", "+34 972", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_formula_becomes_text(cell):
    assert f"'{cell}" == harmless(cell)


@pytest.mark.parametrize("cell", ["Mercè", "a=b", "", Decimal(-5), 7])
def test_what_is_no_formula_stays_as_it_is(cell):
    assert cell == harmless(cell)


def test_names_that_are_formulas_are_text_in_the_file(laias):
    tell(happened("=cmd|'/c calc'!A0", "2026-03-01 10:00", name='=HYPERLINK("http://x";"click")'))
    (row,) = rows(laias.get(FILE))
    assert """'=HYPERLINK("http://x";"click")""" == row["name"]
    assert "'=cmd|'/c calc'!A0" == row["known_as"]
