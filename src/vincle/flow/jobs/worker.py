"""The worker: claims a job, does it, says how it went, and again, until told to stop."""

import logging
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction

from vincle.flow.jobs import neighbours, queue, registry, schedule
from vincle.flow.jobs.context import Context, HandedBack, LeaseLost
from vincle.flow.models import Job
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound, Refused

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5
RECONNECT_SECONDS = 2.0


class Worker:
    """Does one job at a time. `stop()` may be called from a signal handler or another thread."""

    def __init__(self, *, lease: timedelta = queue.LEASE) -> None:
        self.name = neighbours.worker_name()
        self.lease = lease
        self.stopping = threading.Event()

    def stop(self) -> None:
        """Finish the job at hand, or hand it back if it can be, and claim no other."""
        self.stopping.set()

    def run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        synced = False
        while not self.stopping.is_set():
            try:
                if not synced:
                    schedule.sync(now=clock.now())
                    synced = True
                worked = self.step()
            except (DatabaseError, InterfaceError) as error:
                logger.warning("The database does not answer; trying again. %s", error)
                connection.close()
                self.stopping.wait(RECONNECT_SECONDS)
                continue
            if not worked:
                self.stopping.wait(POLL_SECONDS)

    def drain(self) -> int:
        """Do what is due now and return how many jobs that was."""
        count = 0
        while not self.stopping.is_set() and self.step():
            count += 1
        return count

    def step(self) -> bool:
        """Start what the schedules ask for, then do one due job; False when there was none."""
        schedule.tick(now=clock.now())
        neighbours.release_dead(now=clock.now())
        job = queue.claim(self.name, now=clock.now(), lease=self.lease)
        if job is None:
            return False
        try:
            self._perform(job)
        finally:
            close_old_connections()
        return True

    def _perform(self, job: Job) -> None:
        context = Context(job, self.stopping, self.lease)
        try:
            with self._heartbeat(job):
                _carry_out(job, context)
        except HandedBack:
            queue.hand_back(job, now=clock.now())
        except LeaseLost:
            logger.warning("Job %s (%s) took longer than its lease; another worker has it.", job.pk, job.task)
        except (BadInput, NotFound, Refused) as error:  # trying again would meet the same refusal
            logger.warning("Job %s (%s): %s", job.pk, job.task, error)
            queue.fail(job, error=str(error), again=False, now=clock.now())
        except Exception as error:  # whatever a task raises, its worker goes on
            logger.exception("Job %s (%s) failed.", job.pk, job.task)
            queue.fail(job, error=_describe(error), again=True, now=clock.now())

    @contextmanager
    def _heartbeat(self, job: Job) -> Iterator[None]:
        over = threading.Event()
        thread = threading.Thread(target=self._beat, args=(job, over), name=f"heartbeat-{job.pk}", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _beat(self, job: Job, over: threading.Event) -> None:
        # A thread of its own has a database connection of its own: the task's may be in a transaction.
        try:
            while not over.wait(self.lease.total_seconds() / 4):
                try:
                    if not queue.renew(job, now=clock.now(), lease=self.lease):
                        return
                except (DatabaseError, InterfaceError) as error:
                    logger.warning("The lease of job %s could not be renewed yet. %s", job.pk, error)
                    connection.close()
        finally:
            connection.close()


def _carry_out(job: Job, context: Context) -> None:
    task = registry.find(job.task)
    if task.atomic:
        with transaction.atomic(durable=True):
            task.run(context, **job.arguments)
            _conclude(job)
    else:
        task.run(context, **job.arguments)
        _conclude(job)


def _conclude(job: Job) -> None:
    if not queue.finish(job, now=clock.now()):
        raise LeaseLost


def _describe(error: Exception) -> str:
    """First what went wrong, then where: the end of the trace is what matters when it is long."""
    head = f"{type(error).__name__}: {error}"[: queue.ERROR_LENGTH // 4]
    return f"{head}\n\n{traceback.format_exc()[-queue.ERROR_LENGTH // 2 :]}"
