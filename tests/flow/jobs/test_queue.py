"""The queue's promises, told with explicit instants."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from vincle.flow.jobs import queue
from vincle.flow.jobs.registry import task
from vincle.flow.models import Job
from vincle.kernel.errors import NotFound

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.django_db(transaction=True)


@task("queue.greet", attempts=3)
def greet(context: object, *, name: str = "") -> None:
    """Never run here: only its name and its attempts matter."""


def enqueue(**given: object) -> Job:
    return queue.enqueue("queue.greet", **({"now": NOW} | given))  # type: ignore[arg-type]


def test_a_job_is_claimed_with_its_arguments_and_only_once() -> None:
    made = enqueue(arguments={"name": "Mercè"})

    first, second = queue.claim("ada", now=NOW), queue.claim("bo", now=NOW)

    assert first is not None
    assert (made.pk, {"name": "Mercè"}, "ada", 1) == (first.pk, first.arguments, first.worker, first.attempts)
    assert second is None


def test_a_job_does_not_exist_when_its_cause_was_undone() -> None:
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)

    assert 0 == Job.objects.count()


def test_a_task_nobody_has_is_refused_when_asked_for() -> None:
    with pytest.raises(NotFound, match=r"queue\.unheard"):
        queue.enqueue("queue.unheard", now=NOW)


def test_a_job_of_another_version_is_left_to_its_workers() -> None:
    Job.objects.create(task="queue.of-tomorrow", run_at=NOW, created_at=NOW)
    ours = enqueue()

    claimed = [queue.claim("ada", now=NOW), queue.claim("ada", now=NOW)]

    assert [ours.pk, None] == [job and job.pk for job in claimed]
    assert Job.State.WAITING == Job.objects.get(task="queue.of-tomorrow").state


def test_a_job_waits_for_its_hour() -> None:
    enqueue(run_at=NOW + MINUTE)

    assert queue.claim("ada", now=NOW) is None
    assert queue.claim("ada", now=NOW + MINUTE) is not None


def test_jobs_are_done_in_the_order_they_are_due() -> None:
    later, sooner = enqueue(run_at=NOW - MINUTE), enqueue(run_at=NOW - 2 * MINUTE)

    claimed = [queue.claim("ada", now=NOW), queue.claim("ada", now=NOW)]

    assert [sooner.pk, later.pk] == [job.pk for job in claimed if job]


def test_the_same_key_gives_the_same_job_while_it_waits_or_runs_and_a_new_one_afterwards() -> None:
    waiting = enqueue(key="once")
    assert waiting.pk == enqueue(key="once").pk

    running = queue.claim("ada", now=NOW)
    assert running is not None
    assert waiting.pk == enqueue(key="once").pk

    queue.finish(running, now=NOW)
    assert waiting.pk != enqueue(key="once").pk


def test_a_lease_that_ran_out_gives_the_job_to_another_worker() -> None:
    enqueue()
    lost = queue.claim("ada", now=NOW, lease=MINUTE)
    assert lost is not None
    assert queue.claim("bo", now=NOW + MINUTE - timedelta(microseconds=1)) is None

    taken = queue.claim("bo", now=NOW + MINUTE)

    assert taken is not None
    assert (lost.pk, "bo", 2) == (taken.pk, taken.worker, taken.attempts)


def test_a_renewed_lease_keeps_the_job() -> None:
    enqueue()
    job = queue.claim("ada", now=NOW, lease=MINUTE)
    assert job is not None

    assert queue.renew(job, now=NOW + MINUTE, lease=MINUTE)

    assert queue.claim("bo", now=NOW + MINUTE + timedelta(seconds=59)) is None


@pytest.mark.parametrize("other", ["bo", "ada"], ids=["another worker", "the same worker again"])
def test_who_lost_the_job_changes_nothing_any_more(other: str) -> None:
    enqueue()
    slow = queue.claim("ada", now=NOW, lease=MINUTE)
    taken = queue.claim(other, now=NOW + MINUTE)
    assert slow is not None
    assert taken is not None

    outcomes = [
        queue.finish(slow, now=NOW + MINUTE),
        queue.fail(slow, error="too late", again=True, now=NOW + MINUTE),
        queue.hand_back(slow, now=NOW + MINUTE),
        queue.renew(slow, now=NOW + MINUTE),
    ]

    assert [False] * 4 == outcomes
    assert (Job.State.RUNNING, other, "") == Job.objects.values_list("state", "worker", "error").get()
    assert queue.finish(taken, now=NOW + MINUTE)


def test_a_failed_attempt_waits_twice_as_long_each_time_and_the_last_one_ends_it() -> None:
    enqueue(key="once")
    pauses = []
    now = NOW
    for _ in range(3):
        job = queue.claim("ada", now=now)
        assert job is not None
        queue.fail(job, error=f"attempt {job.attempts}", again=True, now=now)
        job.refresh_from_db()
        pauses.append(job.run_at - now)
        now = max(now, job.run_at)

    assert [timedelta(seconds=5), timedelta(seconds=10)] == pauses[:2]
    assert (Job.State.FAILED, "attempt 3", None) == (job.state, job.error, job.key)
    assert queue.claim("ada", now=now + timedelta(days=1)) is None


def test_what_cannot_get_better_is_not_tried_again() -> None:
    enqueue()
    job = queue.claim("ada", now=NOW)
    assert job is not None

    queue.fail(job, error="The file is empty.", again=False, now=NOW)

    assert (Job.State.FAILED, "The file is empty.") == Job.objects.values_list("state", "error").get()


def test_a_job_that_takes_every_worker_down_is_given_up() -> None:
    enqueue()
    for attempt in range(3):
        assert queue.claim("ada", now=NOW + attempt * MINUTE, lease=MINUTE) is not None

    assert queue.claim("bo", now=NOW + 3 * MINUTE) is None

    state, error = Job.objects.values_list("state", "error").get()
    assert Job.State.FAILED == state
    assert "3 times" in error


def test_a_job_handed_back_is_due_at_once_and_the_attempt_does_not_count() -> None:
    enqueue()
    job = queue.claim("ada", now=NOW)
    assert job is not None

    assert queue.hand_back(job, now=NOW)

    again = queue.claim("bo", now=NOW)
    assert again is not None
    assert 1 == again.attempts


def test_the_jobs_of_a_worker_known_to_be_dead_are_due_at_once() -> None:
    enqueue()
    enqueue()
    dead, alive = queue.claim("ada", now=NOW), queue.claim("bo", now=NOW)
    assert dead is not None
    assert alive is not None

    assert 1 == queue.release("ada", now=NOW)

    taken = queue.claim("cai", now=NOW)
    assert taken is not None
    assert dead.pk == taken.pk


def test_the_pause_never_exceeds_an_hour() -> None:
    assert timedelta(hours=1) == queue.pause(1000)
