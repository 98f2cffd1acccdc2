"""The figures worked out for real: they are those of the engine, and each step opens the people it counts."""

import re
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.urls import reverse

import vincle.engine as ve
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actions import change_organisation
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys import actions
from vincle.apps.journeys.asking import PEOPLE, Question, name_of
from vincle.apps.journeys.queries import newest_journeys, newest_moments
from vincle.apps.people.facade import PersonMark, mark
from vincle.engine.journeys import discover, moments, of_log, retention
from vincle.flow.append import ThingOf
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Reading
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


def some_weeks(people: int = 12) -> None:
    """Everybody visits once a month for some months; each second buys a day later; each third buys something again."""
    events = []
    for number in range(people):
        for month in range(1, 3 + number % 3):
            day = date(2026, month, 1 + number % 20)
            order = [ThingOf(type="order", key=f"{number}-{month}", label="Order")]
            events.append(happened(f"C{number}", f"{day} 10:00"))
            if number % 2:
                events.append(happened(f"C{number}", f"{day + timedelta(days=1)} 10:00", "order.placed", things=order))
            if number % 3 == 0:
                events.append(
                    happened(f"C{number}", f"{day + timedelta(days=3)} 10:00", "order.returned", things=order)
                )
    tell(*events)


def test_what_is_kept_is_what_the_engine_says():
    some_weeks()
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    kept = Reading.objects.get(name=name_of(PEOPLE)).payload
    with ve.open(Home.at()) as log:
        cases = of_log(log)
        found, cohorts = discover(cases), retention(cases, timezone="Europe/Madrid")
    said = found.as_json()
    assert (12, found.events, said["variants"]) == (kept["cases"], kept["events"], kept["totals"]["ways"])
    assert said["edges"] == kept["edges"]
    assert said["start"] == {step["kind"]: step["begins"] for step in kept["steps"] if step["begins"]}
    assert said["end"] == {step["kind"]: step["ends"] for step in kept["steps"] if step["ends"]}
    assert said["top_variants"] == [
        {"path": [kind for kind, times in way["runs"] for _ in range(times)], "cases": way["cases"]}
        for way in kept["ways"]
    ]
    assert [(each.period.isoformat(), each.cases, [list(cell) for cell in each.returned]) for each in cohorts] == [
        (each["period"], each["cases"], each["returned"]) for each in kept["cohorts"]
    ]


def test_every_step_opens_exactly_the_people_it_counts(client_of, olga):
    some_weeks()
    actions.refresh_journeys(PEOPLE, now=NOW)
    client = client_of(olga)
    steps = client.get(reverse("journeys:journeys")).context["map"].steps
    assert {"visit.made": 12, "order.placed": 6, "order.returned": 4} == {step.kind.name: step.cases for step in steps}
    for step in steps:
        count = client.get(step.url).context["plan"].count
        assert (step.cases, False) == (count.number, count.more)


def test_things_have_journeys_of_their_own():
    some_weeks()
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    assert actions.refresh_journeys("order", now=NOW)
    everybody, orders = newest_journeys(PEOPLE), newest_journeys("order")
    assert everybody is not None
    assert orders is not None
    assert [["order", orders.said["cases"]]] == everybody.said["types"]
    assert {"order.placed", "order.returned"} == set(orders.kinds())


def test_nothing_is_worked_out_twice_and_the_log_is_followed():
    tell(happened("C1", "2026-03-01 10:00"))
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    assert not actions.refresh_journeys(PEOPLE, now=NOW)
    tell(happened("C2", "2026-03-02 10:00"))
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    change_organisation(actor=COMMAND_LINE, now=NOW, timezone="America/Bogota")
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    kept = newest_journeys(PEOPLE)
    assert kept is not None
    assert (2, "America/Bogota") == (kept.said["cases"], kept.said["zone"])


def test_looking_has_the_worker_do_it_and_looking_again_asks_for_nothing(client_of, anna):
    some_weeks(3)
    client = client_of(anna)
    assert "are being worked out" in client.get("/journeys/").text
    Worker().drain()
    page = client.get("/journeys/").text
    assert ("What follows what" in page, "are being worked out" in page) == (True, False)
    assert [("journeys.refresh", Job.State.DONE)] == list(
        Job.objects.filter(task__startswith="journeys.").values_list("task", "state")
    )


def test_an_empty_log_is_read_too(client_of, anna):
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    assert "No journey yet" in client_of(anna).get("/journeys/").text


def test_moments_are_the_engines_and_the_worker_finds_them(client_of, anna):
    some_weeks(90)
    actions.refresh_journeys(PEOPLE, now=NOW)
    asked = Question(PEOPLE, "order.returned", first_days=2, within_days=10)
    given = {"outcome": asked.outcome, "first_days": asked.first_days, "within_days": asked.within_days}
    client = client_of(anna)
    client.post("/journeys/moments/", given)
    Worker().drain()
    kept = newest_moments(asked)
    assert kept is not None
    with ve.open(Home.at()) as log:
        found = moments(of_log(log), outcome="order.returned", first_days=2, within_days=10).as_json()
    assert found == kept.said
    page = client.get("/journeys/", given).text
    assert str(found["cases"]) in re.findall(r"(\d+) people were followed for 2 days and 10 after", page)
    assert not actions.refresh_moments(asked, now=NOW)


def test_too_few_to_follow_is_an_answer_too(client_of, anna):
    some_weeks(4)
    actions.refresh_journeys(PEOPLE, now=NOW)
    asked = Question(PEOPLE, "order.placed")
    assert actions.refresh_moments(asked, now=NOW)
    kept = newest_moments(asked)
    assert kept is not None
    assert kept.said is None


def test_only_the_latest_answers_are_kept(monkeypatch):
    some_weeks(2)
    monkeypatch.setattr(actions, "KEPT", 2)
    asked = [Question(PEOPLE, "order.placed", within_days=days) for days in (10, 20, 30)]
    for number, each in enumerate(asked):
        actions.refresh_moments(each, now=NOW + timedelta(seconds=number))
    assert [False, True, True] == [newest_moments(each) is not None for each in asked]


def test_whose_processing_is_restricted_is_in_no_figure():
    some_weeks(3)
    actions.refresh_journeys(PEOPLE, now=NOW)
    mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    assert actions.refresh_journeys(PEOPLE, now=NOW)
    kept = newest_journeys(PEOPLE)
    assert kept is not None
    assert 2 == kept.said["cases"]


def test_every_question_has_a_name_of_its_own():
    asked = [Question(PEOPLE, "a"), Question(PEOPLE, "b"), Question("order", "a"), Question(PEOPLE, "a", again=True)]
    assert len(asked) == len({each.name for each in asked})
    assert all(len(name) <= 80 for name in (name_of("x" * 80), Question("x" * 80, "y" * 120).name))
    assert Question(PEOPLE, "a") == Question(**asdict(asked[0]))
