"""Tasks: added in one line, done, put off, given to somebody else, taken away; each with a way back."""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.telling import NOW, address, happened, person, tell
from tasks.doing import HTMX, a_task, at, them
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.tasks import actions, due, queries
from vincle.apps.tasks.models import Task
from vincle.flow.models import Interaction
from vincle.kernel import clock
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    monkeypatch.setattr(clock, "now", lambda: NOW)  # Friday, 20 November 2026, ten in the morning in Girona


def undo_of(answer) -> str:
    found = re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"])
    assert found
    return found.group(1)


def heard() -> list[str]:
    return list(
        Interaction.objects.filter(kind__name__startswith="task.").order_by("id").values_list("kind__name", flat=True)
    )


def test_a_task_is_added_in_one_line_on_somebodys_page(client_of, anna, marta):
    page = client_of(anna).post(
        address("C1", "tasks"),
        {
            "title": " Call  back ",
            "due_on": "2026-11-23",
            "assignee": marta.pk,
            "created_by": "Olga",
            "done_at": "2026-01-01",
        },
        headers=HTMX,
    )

    task = Task.objects.get()
    assert ("Call back", date(2026, 11, 23), marta.pk, person("C1").pk, "Anna Puig", None) == (
        task.title, task.due_on, task.assignee_id, task.identity_id, task.created_by, task.done_at,
    )  # fmt: skip
    assert all(words in page.text for words in ("Call back", "Marta Vidal", "Monday"))
    assert ["task.added"] == heard()
    entry = AuditEntry.objects.get(action="task.added")
    assert ("person", str(person("C1").uid), "Mercè Roca") == (entry.object_type, entry.object_uid, entry.summary)


def test_a_task_about_nobody_is_added_on_the_page_of_tasks(client_of, anna):
    answer = client_of(anna).post("/tasks/?view=all", {"title": "Water the plants"})

    assert (302, "/tasks/?view=all") == (answer.status_code, answer.url)
    entry = AuditEntry.objects.get(action="task.added")
    assert ("task", str(Task.objects.get().uid), "", []) == (
        entry.object_type,
        entry.object_uid,
        entry.summary,
        heard(),
    )


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": ""}, "What is to be done"),
        ({"title": "x" * 201}, "What is to be done"),
        ({"title": "x", "due_on": "31/12/2026"}, "Due"),
        ({"title": "x", "due_on": "9999-12-31"}, "Give a day between"),
        ({"title": "x", "assignee": "999999"}, "Who does it"),
        ({"title": "x", "assignee": "0 or 1"}, "Who does it"),
    ],
)
def test_what_is_no_task_is_said_in_a_sentence(client_of, anna, said, why):
    answer = client_of(anna).post(address("C1", "tasks"), said, headers=HTMX)

    assert (400, True, 0) == (answer.status_code, why in answer.headers["HX-Trigger"], Task.objects.count())


@pytest.mark.parametrize("who", ["ramon", "biel"])
def test_nobody_is_given_what_they_may_not_do(cast, who):
    with pytest.raises(BadInput):
        a_task(assignee=cast.members[who].pk)


def test_done_and_not_after_all(client_of, anna):
    task = a_task(about=them())
    client = client_of(anna)

    answer = client.post(at(task, "done"), headers=HTMX)
    done = Task.objects.get()
    client.post(at(task, "done"), headers=HTMX)  # once more: nothing more
    client.post(undo_of(answer))

    assert ("Anna Puig", True) == (done.done_by, "task-done" in answer.text)
    assert (None, 2) == (Task.objects.get().done_at, Task.objects.get().sequence)
    assert ["task.added", "task.done", "task.reopened"] == heard()


@pytest.mark.parametrize(("to", "day"), [("tomorrow", date(2026, 11, 21)), ("next-week", date(2026, 11, 27))])
def test_put_off_and_undone(client_of, anna, to, day):
    task = a_task(due_on=date(2026, 11, 19), due_time=time(9, 30))
    client = client_of(anna)

    answer = client.post(at(task, "due"), {"to": to}, headers=HTMX)
    put_off = Task.objects.get()
    client.post(undo_of(answer))

    assert (day, time(9, 30)) == (put_off.due_on, put_off.due_time)
    assert (date(2026, 11, 19), time(9, 30), task.due) == tuple(
        Task.objects.values_list("due_on", "due_time", "due").get()
    )


def test_putting_off_what_had_no_day_is_undone_as_well(client_of, anna):
    task = a_task()
    client = client_of(anna)

    client.post(undo_of(client.post(at(task, "due"), {"to": "tomorrow"}, headers=HTMX)))

    assert (None, None) == (Task.objects.get().due_on, Task.objects.get().due)


@pytest.mark.parametrize("said", [{}, {"to": "someday"}, {"due_on": "soon"}, {"due_on": "", "due_time": "10:00"}])
def test_a_day_that_is_none_changes_nothing(client_of, anna, said):
    task = a_task(due_on=date(2026, 11, 19))

    assert (400, 0) == (
        client_of(anna).post(at(task, "due"), said, headers=HTMX).status_code,
        Task.objects.get().sequence,
    )


def test_given_to_somebody_else_and_back(client_of, anna, marta):
    task = a_task()
    client = client_of(anna)

    answer = client.post(at(task, "assign"), {"to": marta.pk}, headers=HTMX)
    given_to = Task.objects.get().assignee_id
    client.post(undo_of(answer))

    assert (marta.pk, anna.pk) == (given_to, Task.objects.get().assignee_id)
    assert [400, 400] == [
        client.post(at(task, "assign"), {"to": to}, headers=HTMX).status_code for to in ("x", "999999")
    ]


def test_taken_away_and_brought_back(client_of, anna):
    task = a_task(about=them())
    client = client_of(anna)

    answer = client.post(at(task, "remove"), headers=HTMX)
    gone = client.get(at(task)).status_code
    back = client.post(undo_of(answer), headers={"Referer": f"http://testserver{address('C1')}"})

    assert ("", 404, 302, address("C1")) == (answer.text, gone, back.status_code, back.url)
    assert 200 == client.get(at(task)).status_code


@pytest.mark.parametrize(
    "came_from", ["https://evil.example.org/people/", "//evil.example.org", "javascript:alert(1)", ""]
)
def test_nobody_is_led_elsewhere(client_of, anna, came_from):
    task = a_task()

    assert "/tasks/" == client_of(anna).post(at(task, "done"), headers={"Referer": came_from}).url


def test_all_of_a_task_is_changed_on_its_page(client_of, anna, marta):
    task = a_task(details="See https://example.org")
    form = {"title": "Write", "details": "by post", "due_on": "2026-12-24", "due_time": "18:30", "assignee": marta.pk}

    client_of(anna).post(at(task), form)

    changed = Task.objects.get()
    assert ("Write", "by post", marta.pk, 1) == (changed.title, changed.details, changed.assignee_id, changed.sequence)
    assert datetime(2026, 12, 24, 18, 30, tzinfo=ZoneInfo("Europe/Madrid")) == changed.due
    page = client_of(anna).post(at(task), {**form, "due_on": ""})
    assert (200, True) == (page.status_code, "An hour needs its day." in page.text)


def test_who_left_keeps_what_they_had_until_somebody_takes_it(client_of, anna, marta):
    task = a_task(assignee=marta.pk)
    type(marta).objects.filter(pk=marta.pk).update(is_active=False)

    answer = client_of(anna).post(at(task), {"title": "Renamed", "assignee": marta.pk})

    assert (302, "Renamed", marta.pk) == (answer.status_code, *Task.objects.values_list("title", "assignee_id").get())


def test_who_may_only_look_sees_and_changes_nothing(client_of, ramon, outsider):
    task = a_task(about=them(), details="see <b>")
    verbs = ("done", "open", "due", "assign", "remove", "back")

    auditor, stranger = client_of(ramon), client_of(outsider)
    assert {403} == {
        client.post(at(task, *verb)).status_code
        for client in (auditor, stranger)
        for verb in [(), *[(v,) for v in verbs]]
    }
    assert [403] * 3 == [stranger.get(path).status_code for path in ("/tasks/", at(task), address("C1", "tasks"))]
    pages = [auditor.get(path).text for path in ("/tasks/?view=all", at(task), address("C1", "tasks"))]
    assert [(True, False)] * 3 == [("Call back" in page, "/done/" in page) for page in pages]


def test_what_is_not_there_is_not_found(client_of, anna):
    for path in ("/tasks/019a9d6e-0000-7000-8000-000000000000/", "/people/019a9d6e-0000-7000-8000-000000000000/tasks/"):
        assert 404 == client_of(anna).get(path).status_code


def test_a_task_goes_on_when_its_person_left_with_an_import(client_of, anna):
    task = a_task(about=them())
    Task.objects.update(identity_id=999_999)

    assert 200 == client_of(anna).post(at(task, "done"), headers=HTMX).status_code
    assert "done by Anna Puig" in client_of(anna).get("/tasks/?view=done").text


def test_what_was_taken_away_goes_for_good_after_a_while():
    for title in ("Stays", "Goes", "Not yet"):
        a_task(title)
    Task.objects.filter(title="Goes").update(removed_at=NOW - timedelta(days=31))
    Task.objects.filter(title="Not yet").update(removed_at=NOW - timedelta(days=29))

    assert 1 == actions.forget_removed(now=NOW)
    assert {"Stays", "Not yet"} == set(Task.objects.values_list("title", flat=True))


@given(
    st.dates(due.FIRST, due.LAST),
    st.none() | st.times(),
    st.sampled_from(["Europe/Madrid", "America/Bogota", "UTC", "Pacific/Apia"]),
)
def test_a_task_is_never_late_on_its_own_day_before_its_hour(day, hour, zone):
    last = due.deadline(day, hour, ZoneInfo(zone))

    begins = datetime.combine(day, time(), ZoneInfo(zone))
    assert last is not None
    assert begins <= last <= begins + timedelta(hours=26)


def test_the_sidebar_counts_mine_that_are_due_today_or_overdue(client_of, anna, marta):
    for day in (19, 20, 21):
        a_task(due_on=date(2026, 11, day))
    a_task()
    a_task(due_on=date(2026, 11, 1), assignee=marta.pk)
    actions.finish(a_task(due_on=date(2026, 11, 2)), actor=actions.Actor(None, "x"), now=NOW)

    assert [2, 1] == [queries.due_today(user.pk).count() for user in (anna, marta)]
    assert '<span class="room-count" title="Waiting for somebody">2<' in client_of(anna).get("/tasks/").text
