"""Workers of one machine see each other die; of other machines they know nothing."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vincle.flow.jobs import neighbours, queue

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="there is no /proc here")


def renamed(worker: str, **changes: str) -> str:
    parts = dict(zip(("host", "machine", "pid", "started", "salt"), worker.split("/"), strict=True))
    return "/".join((parts | changes).values())


def test_this_process_lives() -> None:
    assert not neighbours.is_dead(neighbours.worker_name())


def test_two_workers_never_have_the_same_name() -> None:
    assert 100 == len({neighbours.worker_name() for _ in range(100)})


def test_a_process_that_ended_is_dead() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()

    assert neighbours.is_dead(renamed(neighbours.worker_name(), pid=str(gone.pid)))


def test_a_process_number_used_again_is_not_taken_for_the_former_one() -> None:
    assert neighbours.is_dead(renamed(neighbours.worker_name(), started="1"))


def test_a_process_that_nobody_has_buried_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    name = renamed(neighbours.worker_name(), pid=str(child.pid), started=neighbours._started(child.pid))
    assert not neighbours.is_dead(name)

    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)

    assert neighbours.is_dead(name)
    child.communicate()


@pytest.mark.parametrize(
    "name",
    [
        renamed(neighbours.worker_name(), machine="elsewhere", pid="999999999"),
        renamed(neighbours.worker_name(), pid="none"),
        "ada",
        "",
    ],
    ids=["another machine", "no number", "another way of naming", "nobody"],
)
def test_of_whom_we_know_nothing_we_say_nothing(name: str) -> None:
    assert not neighbours.is_dead(name)


@pytest.mark.django_db(transaction=True)
def test_the_jobs_of_the_dead_are_due_at_once_and_those_of_the_living_are_not() -> None:
    alive = neighbours.worker_name()
    dead = renamed(alive, started="1")
    for worker in (dead, alive):
        queue.enqueue("jobs.prune", now=NOW)
        assert queue.claim(worker, now=NOW) is not None

    assert 1 == neighbours.release_dead(now=NOW)

    taken = queue.claim("cai", now=NOW)
    assert taken is not None
    assert 2 == taken.attempts
    assert queue.claim("cai", now=NOW) is None
