"""Tasks follow people: when two become one and part again, when they ask for everything, when they leave for good."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from people.telling import NOW, address, happened, person, tell
from tasks.doing import a_task, anna, them
from vincle.apps.people.facade import erase, join, undo
from vincle.apps.people.privacy.giving import give_everything
from vincle.apps.tasks.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Merce Roca"))


def read(client, who: str) -> set[str]:
    return {line.task.title for line in client.get(address(who, "tasks")).context["pending"]}


def test_tasks_come_together_and_part_again_as_they_were(client_of, olga):
    a_task("of the first", them("C1"))
    a_task("of the second", them("C2"))
    client = client_of(olga)

    step = join(person("C1"), person("C2"), actor=anna(), now=NOW)
    a_task("of both", them("C2"))
    together = read(client, "C1")
    undo(step, actor=anna(), now=NOW)

    assert {"of the first", "of the second", "of both"} == together
    assert ({"of the first", "of both"}, {"of the second"}) == (read(client, "C1"), read(client, "C2"))


def test_tasks_are_given_with_everything_else_and_leave_with_whom_they_are_about():
    a_task("Send the invoice", them("C1"), details="in paper")
    a_task("Water the plants")
    file = io.BytesIO()
    give_everything(person("C1"), file, actor=anna(), now=NOW)
    with zipfile.ZipFile(file) as archive:
        (kept,) = (each for each in json.loads(archive.read("person.json"))["kept"] if each["name"] == "tasks")

    certificate = erase(person("C1"), actor=anna(), now=NOW)

    assert [("Send the invoice", "in paper")] == [(row["title"], row["details"]) for row in kept["rows"]]
    assert (1, ["Water the plants"]) == (certificate["removed"]["tasks"], [task.title for task in Task.objects.all()])


def test_tasks_that_name_somebody_who_leaves_are_said():
    task = a_task("Call the bank for Mercè Roca", them("C2"))
    a_task("Water the plants")

    certificate = erase(person("C1"), actor=anna(), now=NOW)

    (named,) = [each for each in certificate["remains"] if each["what"] == "named"]
    assert ([reverse("tasks:task", args=[task.uid])], False) == (list(named["where"]), certificate["verified"])
