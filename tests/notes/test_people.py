"""Notes follow people: when two become one and part again, when they ask for everything, when they leave for good."""

import io
import json
import zipfile

import pytest

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.facade import Actor
from vincle.apps.notes import actions
from vincle.apps.notes.models import Former, Note
from vincle.apps.people.facade import erase, join, somebody, undo
from vincle.apps.people.privacy.giving import give_everything

pytestmark = pytest.mark.django_db

ANNA = Actor(None, "Anna Puig")


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Merce Roca"))


def write(who: str, text: str) -> Note:
    return actions.write(somebody(person(who).uid), text, actor=ANNA, now=NOW)


def read(client, who: str) -> set[str]:
    page = client.get(address(who, "notes")).text
    return {text for text in ("of the first", "of the second", "of both") if text in page}


def test_notes_come_together_and_part_again_as_they_were(client_of, anna):
    write("C1", "of the first")
    write("C2", "of the second")
    client = client_of(anna)

    step = join(person("C1"), person("C2"), actor=ANNA, now=NOW)
    write("C2", "of both")
    together = read(client, "C1")
    undo(step, actor=ANNA, now=NOW)

    # What was written while they were one stays with the person it was written of: the number they had then.
    assert {"of the first", "of the second", "of both"} == together
    assert ({"of the first", "of both"}, {"of the second"}) == (read(client, "C1"), read(client, "C2"))


def test_notes_are_given_with_everything_else():
    note = write("C1", "Is allergic to nuts")
    actions.edit(note, somebody(person("C1").uid), "Is allergic to eggs", actor=ANNA, now=NOW, lead=True)
    file = io.BytesIO()
    give_everything(person("C1"), file, actor=ANNA, now=NOW)

    with zipfile.ZipFile(file) as archive:
        kept = {each["name"]: each["rows"] for each in json.loads(archive.read("person.json"))["kept"]}
        page = archive.read("person.html").decode()
    assert ["Is allergic to eggs"] == [row["text"] for row in kept["notes"]]
    assert ["Is allergic to nuts"] == [row["text"] for row in kept["former_notes"]]
    assert "Is allergic to eggs" in page


def test_notes_leave_with_whom_they_are_about():
    note = write("C1", "of the first")
    actions.edit(note, somebody(person("C1").uid), "changed", actor=ANNA, now=NOW, lead=True)
    actions.remove(note, somebody(person("C1").uid), actor=ANNA, now=NOW, lead=True)
    write("C2", "of the second")

    certificate = erase(person("C1"), actor=ANNA, now=NOW)

    assert (1, 1) == (certificate["removed"]["notes"], certificate["removed"]["former_notes"])
    assert (["of the second"], 0) == (list(Note.objects.values_list("text", flat=True)), Former.objects.count())


def test_notes_about_others_that_name_them_are_said_and_what_notes_said_before_names_them_no_more():
    note = write("C2", "Sister of Mercè Roca")
    actions.edit(note, somebody(person("C2").uid), "Lives with MERCÈ ROCA", actor=ANNA, now=NOW, lead=True)
    uid = str(person("C1").uid)

    certificate = erase(person("C1"), actor=ANNA, now=NOW)

    (named,) = [each for each in certificate["remains"] if each["what"] == "named"]
    assert [address("C2")] == list(named["where"])
    assert (f"Sister of {uid}", "Lives with MERCÈ ROCA") == (Former.objects.get().text, Note.objects.get().text)
