"""The page of tasks: mine and everybody's, the latest overdue first, a page at a time, at the same cost."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from people.telling import NOW, happened, tell
from tasks.doing import a_task, them
from vincle.apps.accounts.facade import Actor
from vincle.apps.tasks import actions
from vincle.apps.tasks.models import Task
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def titles(page) -> list[str]:
    return [line.task.title for line in page.context["tasks"]]


def test_overdue_first_and_without_a_day_last_under_their_headings(client_of, anna):
    days = {"none": None, "today": 20, "late": 18, "soon": 24, "later": 30, "very late": 2}
    for title, day in days.items():
        a_task(title, due_on=date(2026, 11, day) if day else None)

    page = client_of(anna).get("/tasks/")

    assert ["very late", "late", "today", "soon", "later", "none"] == titles(page)
    assert ["Overdue", "Today", "In the next seven days", "Later", "Without a day"] == [
        line.group for line in page.context["tasks"] if line.group
    ]


def test_mine_everybodys_and_done(client_of, anna, marta):
    a_task("mine")
    a_task("hers", assignee=marta.pk)
    a_task("nobody's", assignee=None)
    actions.finish(a_task("done"), actor=Actor(None, "x"), now=NOW)
    client = client_of(anna)

    views = [
        "?view=mine",
        "?view=all",
        f"?view=all&assignee={marta.pk}",
        "?view=done",
        f"?view=done&assignee={marta.pk}",
        "?view=x",
    ]
    assert [["mine"], ["mine", "hers", "nobody's"], ["hers"], ["done"], [], ["mine"]] == [
        sorted(titles(client.get(f"/tasks/{view}")), key=["mine", "hers", "nobody's", "done"].index) for view in views
    ]


@pytest.mark.parametrize(
    "nonsense", ["?view=all&assignee=x", "?view=all&assignee=99999999999999999999", "?view=all&assignee="]
)
def test_nonsense_in_the_filter_is_no_filter(client_of, anna, nonsense):
    a_task()
    assert 1 == len(titles(client_of(anna).get(f"/tasks/{nonsense}")))


def test_a_page_that_is_none_is_said_in_a_sentence(client_of, anna):
    assert 400 == client_of(anna).get("/tasks/?page=x").status_code


def test_every_task_is_on_one_page_and_each_costs_the_same(client_of, anna, django_assert_max_num_queries):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    about = them()
    Task.objects.bulk_create(
        Task(uid=f"019a9d6e-0000-7000-8000-0000000000{number:02x}", title=f"task {number:02}", created_at=NOW,
             created_by="x", changed_at=NOW, identity_id=about.number, assignee_id=anna.pk,
             due=datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=number // 2) if number < 40 else None)
        for number in range(70)
    )  # fmt: skip
    client, seen, path = client_of(anna), [], "/tasks/?view=all"
    while path:
        with django_assert_max_num_queries(11):
            page = client.get(path)
        seen += titles(page)
        following = re.search(r'rel="next" href="([^"]+)"', page.text)
        path = f"/tasks/{following.group(1).replace('&amp;', '&')}" if following else ""

    assert [f"task {number:02}" for number in range(70)] == seen


def test_an_empty_page_teaches(client_of, anna):
    assert ["Nothing to be done", "Nothing has been done yet"] == [
        words
        for view, words in (("mine", "Nothing to be done"), ("done", "Nothing has been done yet"))
        if words in client_of(anna).get(f"/tasks/?view={view}").text
    ]
