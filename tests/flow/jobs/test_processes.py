"""Real workers in processes of their own: they share the work, and die without losing any."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen

import pytest

from homes import LiveHome, wait_until

HERE = str(Path(__file__).parent)

Start = Callable[[], "Popen[str]"]


@pytest.fixture(autouse=True)
def trial_tasks(live_home: LiveHome, tmp_path: Path) -> None:
    """Let every process of the live_home know the tasks of this folder."""
    live_home.environment |= {
        "PYTHONPATH": HERE,
        "VINCLE_TASK_MODULES": "trial_tasks",
        "TRIAL_TICKS": str(tmp_path / "ticks"),
    }


@pytest.fixture
def start_worker(live_home: LiveHome) -> Iterator[Start]:
    """Starts workers, and leaves none behind."""
    started: list[Popen[str]] = []

    def start() -> "Popen[str]":
        started.append(live_home.start("work"))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


def enqueue(live_home: LiveHome, task: str, *arguments: dict[str, str]) -> None:
    live_home.python(
        "from vincle.flow.jobs.queue import enqueue\n"
        "from vincle.kernel import clock\n"
        f"for each in {arguments!r}: enqueue({task!r}, arguments=each, now=clock.now())"
    )


def jobs(live_home: LiveHome, task: str) -> list[tuple[str, int]]:
    """State and attempts of each job of a task."""
    return live_home.sql(f"SELECT state, attempts FROM flow_job WHERE task = '{task}' ORDER BY id")


def sources(live_home: LiveHome) -> list[str]:
    return [name for (name,) in live_home.sql("SELECT name FROM flow_source WHERE name LIKE 'by-%'")]


def test_several_workers_share_the_jobs_and_do_each_once(
    live_home: LiveHome, start_worker: Start, tmp_path: Path
) -> None:
    written = tmp_path / "written"
    enqueue(live_home, "trial.write", *({"path": str(written), "line": f"job-{n}"} for n in range(60)))

    for _ in range(3):
        start_worker()

    wait_until(lambda: [("done", 1)] * 60 == jobs(live_home, "trial.write"))
    assert {f"job-{n}": 1 for n in range(60)} == Counter(line.split()[0] for line in written.read_text().splitlines())


def test_a_worker_killed_in_mid_job_loses_nothing_and_another_finishes_it_once(
    live_home: LiveHome, start_worker: Start, tmp_path: Path
) -> None:
    begun, gate = tmp_path / "begun", tmp_path / "gate"
    enqueue(live_home, "trial.wait", {"begun": str(begun), "gate": str(gate)})
    first = start_worker()
    wait_until(lambda: begun.exists() and begun.read_text())

    first.send_signal(signal.SIGKILL)
    first.wait()
    gate.touch()
    start_worker()

    wait_until(lambda: [("done", 2)] == jobs(live_home, "trial.wait"))
    assert ["by-2"] == sources(live_home)


def test_a_worker_told_to_stop_finishes_its_job_first(live_home: LiveHome, start_worker: Start, tmp_path: Path) -> None:
    begun, gate = tmp_path / "begun", tmp_path / "gate"
    enqueue(live_home, "trial.wait", {"begun": str(begun), "gate": str(gate)})
    worker = start_worker()
    wait_until(lambda: begun.exists() and begun.read_text())

    worker.send_signal(signal.SIGTERM)
    gate.touch()

    assert 0 == worker.wait()
    assert [("done", 1)] == jobs(live_home, "trial.wait")


def test_a_worker_told_twice_leaves_its_job_to_another(
    live_home: LiveHome, start_worker: Start, tmp_path: Path
) -> None:
    begun, gate = tmp_path / "begun", tmp_path / "gate"
    enqueue(live_home, "trial.wait", {"begun": str(begun), "gate": str(gate)})
    worker = start_worker()
    wait_until(lambda: begun.exists() and begun.read_text())

    worker.send_signal(signal.SIGINT)
    wait_until(lambda: _pending_signals_taken(worker.pid))
    worker.send_signal(signal.SIGINT)
    assert 130 == worker.wait()

    gate.touch()
    start_worker()
    wait_until(lambda: [("done", 2)] == jobs(live_home, "trial.wait"))
    assert ["by-2"] == sources(live_home)


TWO_SCHEDULERS = """
import threading
from datetime import timedelta
from django.db import connection
from vincle.flow.jobs import schedule
from vincle.flow.models import Schedule
from vincle.kernel import clock

begin = clock.now()
Schedule.objects.all().delete()
Schedule.objects.create(task="trial.tick", every_seconds=60, next_at=begin)
together = threading.Barrier(2)
started = []

def look():
    for turn in range(30):
        together.wait()
        started.append(schedule.tick(now=begin + timedelta(minutes=turn)))
    connection.close()

threads = [threading.Thread(target=look) for _ in range(2)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(sum(started))
"""


def test_two_schedulers_that_look_at_the_same_moment_start_each_turn_once(live_home: LiveHome) -> None:
    assert "30" == live_home.python(TWO_SCHEDULERS)


def test_a_worker_keeps_a_schedule(live_home: LiveHome, start_worker: Start, tmp_path: Path) -> None:
    ticks = tmp_path / "ticks"
    start_worker()

    wait_until(lambda: ticks.exists() and len(ticks.read_text().splitlines()) >= 2)


def _pending_signals_taken(pid: int) -> bool:
    """Whether the process has no signal waiting that it has not been given yet."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    return all(int(line.split()[1], 16) == 0 for line in lines if line.startswith(("SigPnd:", "ShdPnd:")))
