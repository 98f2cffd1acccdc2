"""The calendar that other programs read: well written, following what happens to tasks, behind a secret address."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Read

from people.telling import NOW, happened, tell
from tasks.doing import a_task, them
from tasks.doing import anna as by_anna
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.tasks import actions
from vincle.apps.tasks.calendar.writing import component, text, written
from vincle.apps.tasks.models import Calendar, Task
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def feed(client_of, anna):
    """The address of Anna's calendar."""
    client = client_of(anna)
    client.post(reverse("tasks:make_calendar"))
    return client.get(reverse("tasks:calendar")).context["url"].removeprefix("http://testserver")


def entries(client, feed: str, as_: str = "events") -> list:
    answer = client.get(f"{feed}?as={as_}")
    assert (200, "text/calendar; charset=utf-8") == (answer.status_code, answer.headers["Content-Type"])
    return [*Read.from_ical(answer.content).walk("VEVENT"), *Read.from_ical(answer.content).walk("VTODO")]


def test_a_day_is_a_whole_day_and_an_hour_half_an_hour(client, feed):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    a_task("Call; back, \\ soon", them(), details="First line\nsecond", due_on=date(2026, 11, 20))
    a_task("Meet", due_on=date(2026, 11, 20), due_time=time(10, 30))
    a_task("Someday")

    call, meet = sorted(entries(client, feed), key=lambda each: str(each["SUMMARY"]))

    assert ("Call; back, \\ soon", date(2026, 11, 20), date(2026, 11, 21)) == (
        call["SUMMARY"],
        call.decoded("DTSTART"),
        call.decoded("DTEND"),
    )
    assert "Mercè Roca\n\nFirst line\nsecond" == call["DESCRIPTION"]
    assert (datetime(2026, 11, 20, 9, 30, tzinfo=UTC), timedelta(minutes=30)) == (
        meet.decoded("DTSTART"),
        meet.decoded("DURATION"),
    )
    assert {"TRANSPARENT"} == {str(each["TRANSP"]) for each in (meet, call)}


def test_as_tasks_everything_is_there_with_its_state(client, feed):
    task = a_task("Call", due_on=date(2026, 11, 20))
    a_task("Someday")
    actions.finish(task, actor=by_anna(), now=NOW + timedelta(hours=1))

    found = {str(each["SUMMARY"]): each for each in entries(client, feed, "tasks")}

    assert ("COMPLETED", date(2026, 11, 20), NOW + timedelta(hours=1)) == (
        str(found["Call"]["STATUS"]), found["Call"].decoded("DUE"), found["Call"].decoded("COMPLETED"),
    )  # fmt: skip
    assert ("NEEDS-ACTION", False) == (str(found["Someday"]["STATUS"]), "DUE" in found["Someday"])


def test_whatever_happens_to_a_task_its_uid_stays_and_the_sequence_follows(client, feed):
    task = a_task("Call", due_on=date(2026, 11, 20))
    told = []
    for then, change in enumerate(
        (
            lambda now: now,
            lambda now: actions.set_due(task, date(2026, 11, 21), None, actor=by_anna(), now=now),
            lambda now: actions.finish(task, actor=by_anna(), now=now),
            lambda now: actions.remove(task, actor=by_anna(), now=now),
        )
    ):
        change(NOW + timedelta(minutes=then))
        (entry,) = entries(client, feed)
        told.append(
            (
                str(entry["UID"]),
                entry["SEQUENCE"],
                entry.decoded("LAST-MODIFIED"),
                str(entry["SUMMARY"]),
                str(entry["STATUS"]),
            )
        )

    uid = f"{task.uid}@vincle"
    assert [
        (uid, 0, NOW, "Call", "CONFIRMED"),
        (uid, 1, NOW + timedelta(minutes=1), "Call", "CONFIRMED"),
        (uid, 2, NOW + timedelta(minutes=2), "✓ Call", "CONFIRMED"),
        (uid, 3, NOW + timedelta(minutes=3), "✓ Call", "CANCELLED"),
    ] == told


def test_only_ones_own_tasks_are_in_it(client, feed, marta):
    a_task("Hers", assignee=marta.pk, due_on=date(2026, 11, 20))
    a_task("Nobody's", assignee=None, due_on=date(2026, 11, 20))

    assert [] == entries(client, feed)


def test_what_was_done_long_ago_is_left_out(client, feed):
    task = a_task("Old", due_on=date(2026, 1, 20))
    actions.finish(task, actor=by_anna(), now=NOW - timedelta(days=91))

    assert [] == entries(client, feed)


def test_who_has_it_already_is_told_that_nothing_changed(client, feed):
    task = a_task("Call", due_on=date(2026, 11, 20))
    tag = client.get(feed).headers["ETag"]

    same = client.get(feed, headers={"If-None-Match": tag})
    actions.set_due(task, date(2026, 11, 21), None, actor=by_anna(), now=NOW)
    other = client.get(feed, headers={"If-None-Match": tag})

    assert (304, b"", 200) == (same.status_code, same.content, other.status_code)


def test_only_the_hash_of_the_address_is_kept_and_it_is_shown_once(client_of, anna, feed):
    token = feed.removeprefix("/calendar/").removesuffix(".ics")

    assert len(token) >= 40
    assert token not in str(list(Calendar.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token not in client_of(anna).get(reverse("tasks:calendar")).text


def test_a_new_address_ends_the_former_and_it_can_be_taken_back(client, client_of, anna, feed):
    own = client_of(anna)
    own.post(reverse("tasks:make_calendar"))
    second = own.get(reverse("tasks:calendar")).context["url"].removeprefix("http://testserver")

    answers = [client.get(feed).status_code, client.get(second).status_code]
    own.post(reverse("tasks:revoke_calendar"))

    assert [404, 200, 404] == [*answers, client.get(second).status_code]
    assert 403 == own.post(reverse("tasks:revoke_calendar")).status_code


def test_who_works_here_no_more_has_none(client, anna, feed):
    type(anna).objects.filter(pk=anna.pk).update(is_active=False)
    left = client.get(feed).status_code
    type(anna).objects.filter(pk=anna.pk).update(is_active=True, role="")

    assert [404, 404] == [left, client.get(feed).status_code]


@pytest.mark.parametrize("guess", ["x", "", "%00", "a" * 3000])
def test_a_guess_opens_nothing(client, feed, guess):
    assert 404 == client.get(f"/calendar/{guess}.ics").status_code


def test_it_is_only_read(client, feed):
    assert [405, 400] == [client.post(feed).status_code, client.get(f"{feed}?as=html").status_code]


def test_reading_it_costs_the_same_however_many_tasks(client, feed, anna, django_assert_max_num_queries):
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    about = them()
    Task.objects.bulk_create(
        Task(uid=f"019a9d6e-0000-7000-8000-0000000000{number:02x}", title="t", created_at=NOW, created_by="x",
             changed_at=NOW, identity_id=about.number, assignee_id=anna.pk, due_on=date(2026, 11, 20))
        for number in range(60)
    )  # fmt: skip
    with django_assert_max_num_queries(9):
        assert 60 == len(entries(client, feed))


def test_the_account_shows_it_to_who_has_tasks(client_of, anna, outsider):
    part = f'hx-get="{reverse("tasks:calendar")}"'
    assert [True, False] == [part in client_of(who).get("/me/").text for who in (anna, outsider)]


@given(st.text(), st.text())
def test_whatever_is_written_is_read_back(summary, description):
    lines = component(
        "VCALENDAR",
        [
            ("VERSION", "2.0"),
            ("PRODID", "x"),
            component("VEVENT", [text("SUMMARY", summary), text("DESCRIPTION", description)]),
        ],
    )
    file = written([(name, value.encode("utf-8", "replace").decode()) for name, value in lines])
    (event,) = Read.from_ical(file).walk("VEVENT")

    def plain(value: str) -> str:
        value = value.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
        return "".join(c for c in value if c in "\n\t" or (c >= " " and c != "\x7f"))

    assert [plain(summary), plain(description)] == [str(event["SUMMARY"]), str(event["DESCRIPTION"])]
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\n" not in file.replace(b"\r\n", b"")
    for line in file.split(b"\r\n"):
        line.decode("utf-8")  # no letter was cut in two
