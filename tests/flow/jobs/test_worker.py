"""What a worker does with a job, in this process; test_processes.py has real ones."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import DatabaseError, connection

from vincle.flow.jobs import queue, registry, schedule
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Source
from vincle.kernel import clock
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db(transaction=True)


def body(context: Context) -> None:
    """What the tasks of this file do; each test says it with `does`."""
    raise AssertionError(f"nobody said what job {context.job.pk} does")


@registry.task("worker.plain", attempts=2)
def plain(context: Context) -> None:
    body(context)


@registry.task("worker.atomic", attempts=2, atomic=True)
def atomic(context: Context) -> None:
    body(context)


@pytest.fixture(autouse=True)
def no_schedules() -> Iterator[None]:
    with patch.object(registry, "scheduled", list):
        schedule.sync(now=clock.now())
        yield


@pytest.fixture
def does(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Context], None]], None]:
    """Say what the tasks of this file do."""
    return lambda function: monkeypatch.setattr(f"{__name__}.body", function)


def work(task: str, worker: Worker | None = None) -> Job:
    job = queue.enqueue(task, now=clock.now())
    assert (worker or Worker()).step()
    job.refresh_from_db()
    return job


def add_source(context: Context) -> None:
    Source.objects.create(name="shop", label="Shop", created_at=context.now)


def test_a_task_is_given_its_job_and_the_job_is_done(does: Callable[..., None]) -> None:
    seen: list[int] = []
    does(lambda context: seen.append(context.job.pk))

    job = work("worker.plain")

    assert [job.pk] == seen
    assert (Job.State.DONE, None, "") == (job.state, job.lease_until, job.error)


def test_nothing_to_do_is_said() -> None:
    assert not Worker().step()


def test_an_unforeseen_error_is_kept_and_the_job_tried_again_later(does: Callable[..., None]) -> None:
    does(lambda context: context.job.arguments["nowhere"])

    job = work("worker.plain")

    assert (Job.State.WAITING, 1) == (job.state, job.attempts)
    assert "KeyError: 'nowhere'" == job.error.splitlines()[0]
    assert job.run_at > clock.now()


def test_bad_input_is_told_in_its_own_words_and_not_tried_again(does: Callable[..., None]) -> None:
    def refuse(context: Context) -> None:
        raise BadInput("The file is empty.", "Choose another.")

    does(refuse)

    job = work("worker.plain")

    assert (Job.State.FAILED, "The file is empty. Choose another.") == (job.state, job.error)


def test_an_atomic_task_that_fails_leaves_nothing_behind(does: Callable[..., None]) -> None:
    def half(context: Context) -> None:
        add_source(context)
        raise RuntimeError("half way")

    does(half)

    job = work("worker.atomic")

    assert (Job.State.WAITING, 0) == (job.state, Source.objects.count())


def test_an_atomic_task_whose_job_was_taken_over_leaves_nothing_behind(does: Callable[..., None]) -> None:
    def overtaken(context: Context) -> None:
        add_source(context)
        queue.held(context.job).update(worker="bo", attempts=2)

    does(overtaken)

    job = work("worker.atomic")

    assert (Job.State.RUNNING, context_worker(job)) == (job.state, job.worker)
    assert 0 == Source.objects.count()


def context_worker(job: Job) -> str:
    # The take-over was written inside the task's own transaction and went with it: the lease stands, and runs out.
    return Job.objects.values_list("worker", flat=True).get(pk=job.pk)


def test_a_plain_task_that_was_taken_over_does_not_mark_the_job_done(does: Callable[..., None]) -> None:
    answers: list[bool] = []

    def overtaken(context: Context) -> None:
        answers.append(context.still_mine())
        queue.held(context.job).update(worker="bo", attempts=2)
        answers.append(context.still_mine())

    does(overtaken)

    job = work("worker.plain")

    assert [True, False] == answers
    assert (Job.State.RUNNING, "bo") == (job.state, job.worker)


def test_a_long_task_hands_its_job_back_when_the_worker_is_stopping(does: Callable[..., None]) -> None:
    worker = Worker()
    steps: list[str] = []

    def long(context: Context) -> None:
        context.breathe()
        steps.append("first")
        worker.stop()
        context.breathe()
        steps.append("second")

    does(long)

    job = work("worker.plain", worker)

    assert ["first"] == steps
    assert (Job.State.WAITING, 0) == (job.state, job.attempts)


def test_the_lease_is_renewed_while_the_task_runs(does: Callable[..., None]) -> None:
    def wait_for_a_renewal(context: Context) -> None:
        before = context.job.lease_until
        for _ in range(200):
            if Job.objects.get(pk=context.job.pk).lease_until != before:
                return
            threading.Event().wait(0.02)
        raise AssertionError("the lease was not renewed")

    does(wait_for_a_renewal)

    assert Job.State.DONE == work("worker.plain", Worker(lease=timedelta(seconds=0.4))).state


def test_a_worker_waits_for_a_database_that_is_away(does: Callable[..., None]) -> None:
    worker = Worker()
    does(lambda _: worker.stop())
    queue.enqueue("worker.plain", now=clock.now())
    answers = iter([DatabaseError("the server closed the connection"), None])

    def claim_again(*arguments: object, **named: object) -> Job | None:
        answer = next(answers, None)
        if answer:
            raise answer
        return real(*arguments, **named)  # type: ignore[arg-type]

    real = queue.claim
    with patch.object(queue, "claim", claim_again), patch("vincle.flow.jobs.worker.RECONNECT_SECONDS", 0):
        worker.run()

    assert [Job.State.DONE] == list(Job.objects.values_list("state", flat=True))
    assert connection.is_usable()


def test_two_tasks_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match=r"worker\.plain"):
        registry.task("worker.plain")(lambda _: None)
