"""The queue: jobs wait, are leased to one worker at a time, and come back when a lease runs out.

Whoever holds a job is known by worker and attempt. Every change to a running job names both, so a worker that was
too slow, and whose job another one has taken over, changes nothing any more.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from vincle.flow.jobs import registry
from vincle.flow.models import Job

# Longer than the longest transaction a task may hold: SQLite lets nobody else write meanwhile, heartbeats included.
LEASE = timedelta(seconds=90)
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
ERROR_LENGTH = 8_000


def enqueue(
    task: str,
    *,
    arguments: Mapping[str, Any] | None = None,
    key: str | None = None,
    run_at: datetime | None = None,
    now: datetime,
) -> Job:
    """A job that does `task` with `arguments` (what JSON can hold) from `run_at` on, or at once.

    It exists when the caller's transaction commits. While a job of the same `key` waits or runs, that one is given
    back instead. A running job may already have read past what the caller has just written: a task that catches up
    with something belongs on a schedule as well.
    """
    registry.find(task)
    job = Job(task=task, arguments=dict(arguments or {}), key=key, run_at=run_at or now, created_at=now)
    if key is None:
        job.save(force_insert=True)
        return job
    while True:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        standing = Job.objects.filter(key=key).first()
        if standing is not None:  # None: the one in the way has finished just now
            return standing


def claim(worker: str, *, now: datetime, lease: timedelta = LEASE) -> Job | None:
    """One due job, leased to `worker` until `now + lease`; or None when nothing is due.

    Jobs whose lease ran out are due too; one that has taken its worker down with it at every attempt is failed. Jobs
    of tasks that this version does not know are left to workers of the version that does.
    """
    if not (_expired(now).exists() or _waiting(now).exists()):  # so that an idle worker takes no write lock
        return None
    with transaction.atomic(durable=True):
        while job := _first(_expired(now)) or _first(_waiting(now)):
            if job.state == Job.State.RUNNING and job.attempts >= registry.find(job.task).attempts:
                fail(
                    job,
                    error=f"The worker stopped in the middle of it, {job.attempts} times.",
                    again=False,
                    now=now,
                )
                continue
            job.state, job.worker = Job.State.RUNNING, worker
            job.attempts, job.lease_until = job.attempts + 1, now + lease
            job.save(update_fields=["state", "worker", "attempts", "lease_until"])
            return job
    return None


def held(job: Job) -> QuerySet[Job]:
    """`job` as a query that finds nothing once it is no longer this claim's."""
    return Job.objects.filter(pk=job.pk, worker=job.worker, attempts=job.attempts, state=Job.State.RUNNING)


def renew(job: Job, *, now: datetime, lease: timedelta = LEASE) -> bool:
    """Lengthen the lease; False when the job has been taken over."""
    return held(job).update(lease_until=now + lease) == 1


def finish(job: Job, *, now: datetime) -> bool:
    """Mark the job done; False, and nothing changes, when it has been taken over."""
    done = {"state": Job.State.DONE, "finished_at": now, "key": None, "lease_until": None, "error": ""}
    return held(job).update(**done) == 1


def fail(job: Job, *, error: str, again: bool, now: datetime) -> bool:
    """Note `error`; if `again` and attempts are left, the job waits twice as long as last time, else it has failed.

    False, and nothing changes, when it has been taken over.
    """
    change: dict[str, Any] = {"error": error[:ERROR_LENGTH], "lease_until": None}
    if again and job.attempts < registry.find(job.task).attempts:
        change |= {"state": Job.State.WAITING, "run_at": now + pause(job.attempts)}
    else:
        change |= {"state": Job.State.FAILED, "finished_at": now, "key": None}
    return held(job).update(**change) == 1


def hand_back(job: Job, *, now: datetime) -> bool:
    """Let another worker go on with it at once; the attempt does not count."""
    back = {"state": Job.State.WAITING, "run_at": now, "lease_until": None, "attempts": job.attempts - 1}
    return held(job).update(**back) == 1


def release(worker: str, *, now: datetime) -> int:
    """End the leases of a worker known to be dead; how many jobs are due again."""
    return Job.objects.filter(worker=worker, state=Job.State.RUNNING, lease_until__gt=now).update(lease_until=now)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many failed attempts: 5 s, 10 s, 20 s ... an hour at most."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - 1, 20)
    return min(doubled, LONGEST_PAUSE)


def _waiting(now: datetime) -> QuerySet[Job]:
    return _known().filter(state=Job.State.WAITING, run_at__lte=now).order_by("run_at", "id")


def _expired(now: datetime) -> QuerySet[Job]:
    return _known().filter(state=Job.State.RUNNING, lease_until__lte=now).order_by("lease_until", "id")


def _known() -> QuerySet[Job]:
    return Job.objects.filter(task__in=registry.names())


def _first(jobs: QuerySet[Job]) -> Job | None:
    # SQLite knows no row locks and ignores this one: there the transaction holds the only write lock from its start.
    return jobs.select_for_update(skip_locked=True).first()
