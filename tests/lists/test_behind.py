"""The people behind a figure: looked at as a list, kept on one, given a task; forgotten after a while."""

from datetime import timedelta
from uuid import uuid4

import pyarrow as pa
import pytest

from lists.asking import CHANGE, CHOOSE, LIST, f, names
from people.telling import NOW, person
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.lists.actions import gathering
from vincle.apps.lists.actions.gathering import KEPT, gather, let_go
from vincle.apps.lists.facade import people_behind_url
from vincle.apps.lists.filters.language import Behind, Did
from vincle.apps.lists.models import Change, FixedList, Gathered, Gathering
from vincle.apps.people import facade as people
from vincle.apps.tasks.models import Task
from vincle.flow.append.same import say_same
from vincle.flow.models import Interaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def habit(three) -> Gathering:
    """Mercè and Joan stand behind a figure; nobody is meant by a number that there is not."""
    numbers = pa.array([person("C1").pk, person("C3").pk, person("C1").pk, 987_654_321])
    return gather(numbers, "Habit: came here", now=NOW)


def given(**more: str) -> dict[str, str]:
    return {"way": "task", "title": "Call them", "people": "2"} | more


def test_they_are_a_list_of_their_own(habit, annas):
    assert 2 == habit.people
    answer = annas.get(people_behind_url(habit.uid) + "&sort=name")
    assert ["Joan Vila", "Mercè Roca"] == names(answer)
    assert "People behind “Habit: came here”" == answer.context["sentence"]


def test_other_conditions_narrow_them(habit, annas):
    both = f(Behind(habit.uid), Did("order.placed", "at_least", 1))
    assert ["Mercè Roca"] == names(annas.get(LIST, {"f": both}))
    assert "behind a figure" in annas.get(CHOOSE, {"f": both}).content.decode()


def test_they_follow_who_is_who(habit, annas):
    say_same(person("C3"), person("C2"), author="Anna", now=NOW)
    assert 2 == len(names(annas.get(people_behind_url(habit.uid))))


def test_they_are_kept_on_a_list(habit, annas):
    wanted = f(Behind(habit.uid))
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Habit", "f": wanted, "people": "2"})
    assert 2 == FixedList.objects.get().members.count()


def test_after_a_while_nobody_is_behind_it_and_never_everybody(habit, annas):
    assert 0 == let_go(now=NOW + KEPT)
    assert 1 == let_go(now=NOW + KEPT + timedelta(seconds=1))
    assert 0 == Gathered.objects.count()
    for uid in (habit.uid, uuid4()):
        answer = annas.get(people_behind_url(uid))
        assert 400 == answer.status_code
        assert "not kept any more" in answer.content.decode()


def test_no_more_are_kept_than_there_is_room_for(habit, monkeypatch):
    monkeypatch.setattr(gathering, "MOST", 2)
    made = [gather(pa.array([person("C1").pk]), f"Figure {number}", now=NOW) for number in range(3)]
    assert {each.pk for each in made[1:]} == set(Gathering.objects.values_list("pk", flat=True))


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_stands_behind_nothing(habit):
    assert 1 == people.erase(person("C1"), actor=COMMAND_LINE, now=NOW)["removed"]["behind_figures"]
    assert 1 == Gathered.objects.count()


def test_each_of_them_gets_a_task_and_one_undo_takes_back_those_not_done(habit, annas, anna):
    wanted = f(Behind(habit.uid))
    look = annas.get(CHANGE, given(f=wanted, do="look", assignee=str(anna.pk))).content.decode()
    assert "Call them" in look
    annas.post(CHANGE, given(f=wanted, assignee=str(anna.pk), due_on="2026-12-24"))
    tasks = Task.objects.order_by("identity_id")
    assert [(person("C1").pk, "Call them", anna.pk), (person("C3").pk, "Call them", anna.pk)] == [
        (each.identity_id, each.title, each.assignee_id) for each in tasks
    ]
    assert {"2026-12-24"} == {str(each.due_on) for each in tasks}
    heard = Interaction.objects.filter(kind__name="task.added")
    assert {(each.identity_id, str(each.uid)) for each in tasks} == {
        (each.identity_id, each.properties["task"]) for each in heard
    }
    annas.post(f"/tasks/{tasks[0].uid}/done/")
    change = Change.objects.get()
    assert "Call them" in annas.get(f"/lists/changes/{change.uid}/").content.decode()
    annas.post(f"/lists/changes/{change.uid}/undo/")
    assert [False, True] == [each.removed_at is not None for each in tasks.all()]


def test_a_form_that_is_sent_twice_gives_one_task_to_each(habit, annas):
    wanted = f(Behind(habit.uid))
    once = str(annas.get(CHANGE, given(f=wanted, do="look")).context["once"])
    first, second = (annas.post(CHANGE, given(f=wanted, once=once)) for _time in range(2))
    assert (1, 2, first["Location"]) == (Change.objects.count(), Task.objects.count(), second["Location"])


def test_a_task_that_says_nothing_is_given_to_nobody(habit, annas):
    for wrong in ({"title": " "}, {"due_on": "soon"}, {"assignee": "999"}):
        assert 400 == annas.post(CHANGE, given(f=f(Behind(habit.uid)), **wrong)).status_code
    assert (0, 0) == (Task.objects.count(), Change.objects.count())
