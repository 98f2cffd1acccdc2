"""Tasks that come back, whoever many look at the clock."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from vincle.flow.jobs import queue, registry, schedule
from vincle.flow.jobs.jobs import prune
from vincle.flow.models import Job, Schedule

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
PERIOD = timedelta(seconds=60)
TICK = "schedule.trial"

pytestmark = pytest.mark.django_db(transaction=True)


@registry.task(TICK, every_seconds=60)
def tick(context: object) -> None:
    """Never run here: only its rhythm matters."""


@pytest.fixture(autouse=True)
def only_ours() -> object:
    """The schedule of this file alone."""
    with patch.object(registry, "scheduled", lambda: [registry.find(TICK)]):
        schedule.sync(now=NOW)
        yield


def finish_all(now: datetime) -> None:
    while job := queue.claim("ada", now=now):
        queue.finish(job, now=now)


def test_a_new_task_has_its_first_turn_at_once_and_then_once_a_period() -> None:
    started = []
    for seconds in (0, 1, 59, 60, 61, 119, 120):
        started.append(schedule.tick(now=NOW + timedelta(seconds=seconds)))
        finish_all(NOW + timedelta(seconds=seconds))

    assert [1, 0, 0, 1, 0, 0, 1] == started


def test_of_two_schedulers_that_saw_the_same_turn_one_starts_it() -> None:
    seen_by_both = Schedule.objects.get(task=TICK)

    started = [schedule._start(seen_by_both, NOW), schedule._start(seen_by_both, NOW)]

    assert [1, 0] == started
    assert 1 == Job.objects.filter(task=TICK).count()


def test_turns_missed_while_nothing_ran_are_made_up_by_one_in_the_old_rhythm() -> None:
    schedule.tick(now=NOW)
    finish_all(NOW)
    late = NOW + 10 * PERIOD + timedelta(seconds=7)

    assert 1 == schedule.tick(now=late)
    assert NOW + 11 * PERIOD == Schedule.objects.get(task=TICK).next_at


def test_a_turn_that_is_still_being_worked_on_is_not_queued_again() -> None:
    schedule.tick(now=NOW)
    assert queue.claim("ada", now=NOW, lease=timedelta(hours=1)) is not None

    schedule.tick(now=NOW + PERIOD)

    assert 1 == Job.objects.filter(task=TICK).count()


def test_a_clock_put_back_does_not_silence_a_task() -> None:
    schedule.tick(now=NOW + timedelta(days=365))
    finish_all(NOW + timedelta(days=365))

    assert 1 == schedule.tick(now=NOW)
    assert NOW + PERIOD == Schedule.objects.get(task=TICK).next_at


def test_the_table_follows_the_tasks() -> None:
    Schedule.objects.create(task="schedule.gone", every_seconds=5, next_at=NOW)
    Schedule.objects.filter(task=TICK).update(every_seconds=3600, next_at=NOW + timedelta(hours=1))

    schedule.sync(now=NOW)

    assert [(TICK, 60, NOW)] == list(Schedule.objects.values_list("task", "every_seconds", "next_at"))


def test_a_task_of_another_version_is_left_to_its_workers() -> None:
    Schedule.objects.create(task="schedule.of-tomorrow", every_seconds=5, next_at=NOW)

    assert 1 == schedule.tick(now=NOW)
    assert NOW == Schedule.objects.get(task="schedule.of-tomorrow").next_at


def test_what_comes_back_every_few_seconds_is_soon_forgotten() -> None:
    often, seldom = registry.find(TICK), registry.find("jobs.prune")
    later = NOW + timedelta(hours=2)
    with patch.object(registry, "scheduled", lambda: [replace(often, every_seconds=5), seldom]):
        for name in (TICK, "jobs.prune"):
            queue.enqueue(name, now=NOW)
        finish_all(NOW)
        prune(SimpleNamespace(now=later))
    assert ["jobs.prune"] == list(Job.objects.values_list("task", flat=True))
