"""Tasks over the API: listed, read, added, changed, done; each only by whom it is for."""

from datetime import date, time

import pytest

from api.calling import Program, problem, program_of
from people.telling import NOW, happened, person, tell
from tasks.doing import a_task, anna, them
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.tasks import actions
from vincle.apps.tasks.models import Task
from vincle.web.permissions import Role

pytestmark = pytest.mark.django_db

NOWHERE = "019a9d6e-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Pau Serra"))


@pytest.fixture
def program(marta) -> Program:
    return program_of(marta)


def titles(page: dict) -> list[str]:
    return [each["title"] for each in page["items"]]


def hide(who: str) -> None:
    mark(person(who), PersonMark.Kind.CONFIDENTIAL, reason="", actor=anna(), now=NOW)


@pytest.fixture
def some(olga) -> None:
    """Of Anna one about Mercè and one about nobody, of Olga one, and one that is done."""
    a_task("Call back", them("C1"), due_on=date(2026, 12, 2))
    a_task("Sweep", due_on=date(2026, 12, 1))
    a_task("Read the contract", them("C2"), assignee=olga.pk)
    actions.finish(a_task("Sign", them("C1")), actor=anna(), now=NOW)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("", ["Sweep", "Call back", "Read the contract"]),
        ("?state=done", ["Sign"]),
        ("?assignee=OLGA%40example.org", ["Read the contract"]),
        ("?state=done&assignee=olga%40example.org", []),
    ],
)
def test_tasks_are_listed_by_state_and_by_who_does_them(program, some, question, expected):
    assert expected == titles(program.read(f"/tasks{question}"))


def test_tasks_about_somebody_are_listed(program, some):
    uid = person("C1").uid
    assert (["Call back"], ["Sign"]) == (
        titles(program.read(f"/tasks?person={uid}")),
        titles(program.read(f"/tasks?person={uid}&state=done")),
    )


def test_pages_follow_one_another(program, some):
    first = program.read("/tasks?limit=2")
    second = program.read(f"/tasks?limit=2&cursor={first['next']}")
    assert (["Sweep", "Call back"], ["Read the contract"], None) == (titles(first), titles(second), second["next"])


def test_the_list_costs_the_same_however_long_it_is(program, some, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        program.read("/tasks")


@pytest.mark.parametrize(
    "question", ["state=all", "assignee=", "assignee=nobody%40example.org", "person=x", "cursor=x", "limit=0"]
)
def test_a_question_that_cannot_be_asked_is_refused(program, some, question):
    assert (422, "input") == problem(program.get(f"/tasks?{question}"))[:2]


def test_a_task_is_added_whole(program):
    uid = str(person("C1").uid)
    made = program.do(
        "/tasks",
        {
            "title": " Call  back ",
            "details": "About the eggs",
            "assignee": "Marta@example.org",
            "person": uid,
            "due_on": "2026-12-01",
            "due_time": "09:30",
        },
    )
    told = {name: value for name, value in made.items() if name not in {"uid", "created_at"}}
    assert {
        "title": "Call back",
        "details": "About the eggs",
        "assignee": "marta@example.org",
        "person": uid,
        "due_on": "2026-12-01",
        "due_time": "09:30",
        "created_by": "Marta Vidal · Shop",
        "done_at": None,
        "done_by": "",
    } == told
    assert made == program.read(f"/tasks/{made['uid']}")
    assert "task.added" == AuditEntry.objects.latest("pk").action


def test_a_task_may_be_about_nobody_and_for_nobody(program):
    made = program.do("/tasks", {"title": "Sweep"})
    assert (None, None, None) == (made["person"], made["assignee"], made["due_on"])


@pytest.mark.parametrize(
    "more",
    [
        {"title": ""},
        {"title": "  "},
        {"title": "a\0b"},
        {"title": "x" * 201},
        {"details": "x" * 10_001},
        {"assignee": "nobody@example.org"},
        {"assignee": "ramon@example.org"},
        {"due_time": "09:30"},
        {"due_on": "1950-01-01"},
        {"due_on": "2026-12-01", "due_time": "25:00"},
        {"due_on": "2026-12-01", "due_time": "09:30Z"},
        {"person": "C1"},
    ],
)
def test_what_has_not_the_form_is_refused(program, ramon, more):
    assert (422, "input") == problem(program.post("/tasks", {"title": "Sweep"} | more))[:2]
    assert 0 == Task.objects.count()


def test_nobody_knows_of_a_person_who_is_not_shown(program):
    task = a_task("Call back", them("C1"))
    uid = person("C1").uid
    hide("C1")
    assert (404, "not-found") == problem(program.post("/tasks", {"title": "Sweep", "person": str(uid)}))[:2]
    assert (404, "not-found") == problem(program.get(f"/tasks?person={uid}"))[:2]
    assert (404, "not-found") == problem(program.get(f"/tasks/{task.uid}"))[:2]
    assert [] == program.read("/tasks")["items"]


def test_a_task_becomes_what_is_given(program, olga):
    task = a_task("Call back", them("C1"), due_on=date(2026, 12, 1), due_time=time(9, 30))
    changed = program.do(f"/tasks/{task.uid}", {"title": "Write", "assignee": olga.email, "uid": NOWHERE})
    assert ("Write", "olga@example.org", None, str(person("C1").uid), str(task.uid)) == tuple(
        changed[each] for each in ("title", "assignee", "due_on", "person", "uid")
    )
    assert changed == program.read(f"/tasks/{task.uid}")


def test_a_task_is_changed_only_as_it_was_read(program):
    task = a_task("Call back")
    read = program.get(f"/tasks/{task.uid}")["ETag"]
    assert 200 == program.post(f"/tasks/{task.uid}", {"title": "Write"}, if_match=read).status_code
    late = program.post(f"/tasks/{task.uid}", {"title": "Visit"}, if_match=read)
    assert ((412, "changed"), "Write") == (problem(late)[:2], Task.objects.get().title)


def test_a_task_is_done_and_is_not_done_after_all(program):
    task = a_task("Call back", them("C1"))
    done = program.do(f"/tasks/{task.uid}/done")
    again = program.do(f"/tasks/{task.uid}/done")
    opened = program.do(f"/tasks/{task.uid}/reopen")
    assert ("Marta Vidal · Shop", done, (None, "")) == (done["done_by"], again, (opened["done_at"], opened["done_by"]))


def test_what_is_taken_away_is_not_there(program):
    task = a_task("Call back")
    actions.remove(task, actor=anna(), now=NOW)
    asked = [program.get(f"/tasks/{task.uid}"), program.post(f"/tasks/{task.uid}/done")]
    assert [404, 404] == [problem(each)[0] for each in asked]
    assert [] == program.read("/tasks")["items"]


def test_adding_asked_twice_with_one_key_is_done_once(program):
    first, second = (program.do("/tasks", {"title": "Sweep"}, idempotency_key="a") for _ in range(2))
    assert (first, 1) == (second, Task.objects.count())


def test_whoever_only_reads_changes_nothing(marta):
    task = a_task("Call back")
    reader = program_of(marta, "tasks:read")
    assert ["Call back"] == titles(reader.read("/tasks"))
    asked = [reader.post("/tasks", {"title": "x"}), reader.post(f"/tasks/{task.uid}/done")]
    assert [(403, "scope")] * 2 == [problem(each)[:2] for each in asked]


def test_a_token_can_no_more_than_its_maker_can_now(marta):
    program = program_of(marta, "tasks:read", "tasks:write")
    User.objects.filter(pk=marta.pk).update(role=Role.AUDITOR)
    assert [] == program.read("/tasks")["items"]
    assert (403, "scope") == problem(program.post("/tasks", {"title": "Sweep"}))[:2]
