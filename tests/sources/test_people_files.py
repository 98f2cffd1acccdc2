"""Lists of people, brought in: who they are, what is known of them, the same file again, a changed one, taken back."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from sources.bringing import arrive, at, columns, whole
from sources.stories import LATER
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.apps.people.facade import told
from vincle.apps.sources import facade as sources
from vincle.apps.sources.models import Import
from vincle.flow import catalogue
from vincle.flow.models import Identity, Interaction, Observation, Person

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

PEOPLE = (
    "First name,Surname,Email,Phone,Town",
    "Mercè,Roca,merce@example.org,+34972201011,Girona",
    "Joan,Ferrer,joan@example.org,+34972201011,Girona",
    "Pau,Vila,home@example.org,,Salt",
    "Anna,Vila,home@example.org,,Salt",
)
CARDS = (
    "BEGIN:VCARD\nVERSION:4.0\nUID:c-1\nFN:Mercè Roca\nEMAIL:merce@example.org\nBDAY:--0412\nEND:VCARD",
    "BEGIN:VCARD\nVERSION:4.0\nNOTE:nobody\nEND:VCARD",
)
FIRST, SECOND = (datetime(2026, 5, day, 10, tzinfo=UTC) for day in (3, 9))


@pytest.fixture(autouse=True)
def _kinds(db: None) -> None:
    catalogue.seed()


@pytest.fixture
def martas(client_of: ClientOf, marta: User) -> Client:
    return client_of(marta)


def brought(path: Path, *lines: str, when: datetime = FIRST, name: str = "contacts.csv") -> Import:
    """A file brought in as the command line does, written at `when`."""
    file = path / name
    file.write_text("\n".join(lines) + "\n", "utf-8")
    os.utime(file, (when.timestamp(), when.timestamp()))
    this = sources.receive(file, actor=COMMAND_LINE, now=LATER, source="Phone")
    sources.choose_mapping(this, toml=sources.understand(this).toml, actor=COMMAND_LINE, now=LATER)
    return sources.run(this)


def known(name: str) -> dict[str, Any]:
    """What is known of the person of this name."""
    return {key: said["value"] for key, said in told(one(name))["attributes"].items()}


def one(name: str) -> Person:
    return Person.objects.get(name=name, into_id=None)


def counted() -> tuple[int, int, int, int]:
    return tuple(model.objects.count() for model in (Interaction, Observation, Identity, Person))  # type: ignore[return-value]


def test_each_row_is_a_person_and_a_family_stays_a_family(tmp_path: Path) -> None:
    brought(tmp_path, *PEOPLE)
    names = sorted(person.name for person in Person.objects.filter(interactions__gt=0))
    assert ["Anna Vila", "Joan Ferrer", "Mercè Roca", "Pau Vila"] == names
    assert {"name": "Mercè Roca", "given_name": "Mercè", "family_name": "Roca", "town": "Girona"} == known("Mercè Roca")
    assert {"person.identified"} == set(Interaction.objects.values_list("kind__name", flat=True))
    assert {FIRST} == set(Interaction.objects.values_list("occurred_at", flat=True))


def test_an_email_of_ones_own_is_who_other_sources_know(tmp_path: Path) -> None:
    brought(tmp_path, *PEOPLE)
    person = Identity.objects.get(namespace="email", value="joan@example.org").person_id
    assert one("Joan Ferrer").pk == person


def test_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    brought(tmp_path, *PEOPLE)
    before = counted()
    again = brought(tmp_path, *PEOPLE, when=SECOND)
    assert ((0, 4), before) == ((again.new, again.known), counted())


def test_a_changed_file_adds_the_rows_that_changed(tmp_path: Path) -> None:
    """Each of them says all it says: what the former file said may be taken back."""
    brought(tmp_path, *PEOPLE)
    before = counted()
    changed = brought(tmp_path, *(line.replace("joan@example.org,+34972201011,Girona", "joan@example.org,,Vic")
        for line in PEOPLE), when=SECOND)  # fmt: skip
    assert (1, 3) == (changed.new, changed.known)
    assert tuple(a - b for a, b in zip(counted(), before, strict=True)) == (1, 4, 0, 0)
    assert "Vic" == known("Joan Ferrer")["town"]


def test_what_is_said_as_it_was_before_is_news_again(tmp_path: Path) -> None:
    vic = [line.replace("Girona", "Vic") for line in PEOPLE]
    for day, lines in ((3, PEOPLE), (9, vic), (12, PEOPLE)):
        brought(tmp_path, *lines, when=datetime(2026, 5, day, 10, tzinfo=UTC))
    assert "Girona" == known("Mercè Roca")["town"]
    assert ["Girona", "Vic", "Girona"] == [
        each.value for each in Observation.objects.filter(name="town", identity__value="merce@example.org")
        .order_by("observed_at")
    ]  # fmt: skip


def test_an_import_of_people_is_taken_back_whole(tmp_path: Path) -> None:
    brought(tmp_path, *PEOPLE[:2])
    before = counted()
    this = brought(tmp_path, *(line.replace("Girona", "Vic") for line in PEOPLE), when=SECOND)
    assert "Vic" == known("Mercè Roca")["town"]
    sources.take_back(this, actor=COMMAND_LINE, now=LATER)
    assert before == counted()
    assert "Girona" == known("Mercè Roca")["town"]


def test_cards_are_brought_in_and_the_bad_ones_kept_beside(tmp_path: Path) -> None:
    this = brought(tmp_path, *CARDS, name="contacts.vcf")
    assert (2, 1, 1) == (this.read, this.new, this.rejected)
    assert [["The card says neither a name nor an e-mail nor a telephone.", 1]] == this.reasons
    assert {"name": "Mercè Roca", "birthday": "--04-12"} == known("Mercè Roca")


def test_the_page_says_that_nothing_happened_in_a_list(martas: Client) -> None:
    this = arrive(martas, *PEOPLE, name="contacts.csv")
    response = martas.get(at("columns", this))
    assert "This is a list of people: nothing that happened is in it" in response.content.decode()
    assert response.context["sheet"].is_ready
    assert not response.context["sheet"].without_what
    assert "people" == columns(martas, this)["rows"]


def test_a_list_goes_through_every_page(martas: Client) -> None:
    this = whole(martas, *PEOPLE, name="contacts.csv", source="Phone")
    assert ("done", 4, 0) == (this.state, this.new, this.rejected)
    assert "Mercè Roca" in martas.get("/people/").content.decode()


def test_two_files_of_one_day_are_told_in_their_order(martas: Client) -> None:
    whole(martas, *PEOPLE, name="contacts.csv", source="Phone")
    whole(martas, *(line.replace("Girona", "Vic") for line in PEOPLE), name="contacts.csv", source="Phone")
    assert "Vic" == known("Mercè Roca")["town"]


def test_what_the_rows_are_can_be_said_on_the_page(martas: Client) -> None:
    this = arrive(martas, *PEOPLE, name="contacts.csv")
    told_otherwise = columns(martas, this, rows="happenings")
    sheet = martas.post(at("import_preview", this), told_otherwise).context["sheet"]
    assert (False, True, "happenings") == (sheet.of_people, sheet.without_what, sheet.guess.mapping.rows)
    back = martas.post(at("import_preview", this), {**told_otherwise, "base": sheet.toml, "rows": "people"})
    assert back.context["sheet"].of_people


def test_rows_of_no_known_sort_are_refused(martas: Client) -> None:
    this = arrive(martas, *PEOPLE, name="contacts.csv")
    assert 400 == martas.post(at("columns", this), columns(martas, this, rows="things")).status_code
