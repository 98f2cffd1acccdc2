"""How children are kept alive, without a whole installation."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from homes import wait_until
from vincle.cli.serving import supervisor
from vincle.cli.serving.address import free_port, url
from vincle.cli.serving.supervisor import Child, Supervisor
from vincle.kernel.errors import BadInput, NotReady

STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
time.sleep(600)
"""


def test_each_death_is_followed_by_a_longer_pause_up_to_half_a_minute() -> None:
    pauses = [Child("it", (), deaths=deaths).pause() for deaths in (1, 2, 3, 4, 20)]

    assert [0.5, 1.0, 2.0, 4.0, 30.0] == pauses


def test_a_death_is_told_and_the_child_started_again_when_its_pause_is_over() -> None:
    told: list[str] = []
    child = Child("The clock", (sys.executable, "-c", "raise SystemExit(7)"))
    keeper = Supervisor([child], environment=os.environ, tell=told.append)
    keeper._keep(child)
    assert child.process is not None
    child.process.wait()

    keeper._keep(child)

    assert ["The clock ended (exit code 7); starting it again in 0.5 s."] == told
    assert child.process is None
    child.due = 0
    keeper._keep(child)
    assert child.process is not None
    child.process.wait()


def test_a_child_that_had_settled_begins_with_the_shortest_pause() -> None:
    child = Child("It", (sys.executable, "-c", ""), deaths=9)
    keeper = Supervisor([child], environment=os.environ, tell=lambda _: None)
    keeper._keep(child)
    assert child.process is not None
    child.process.wait()
    child.started -= supervisor.SETTLED

    keeper._keep(child)

    assert 1 == child.deaths


def test_a_child_that_does_not_listen_is_killed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(supervisor, "SECONDS_TO_STOP", 0.2)
    deaf = tmp_path / "deaf"
    child = Child("Stubborn", (sys.executable, "-c", STUBBORN, str(deaf)))
    keeper = Supervisor([child], environment=os.environ, tell=lambda _: None)
    keeper._keep(child)
    wait_until(deaf.exists)

    keeper._stop_all()

    assert child.process is not None
    assert -signal.SIGKILL == child.process.returncode


def test_a_child_whose_parent_has_gone_ends_at_once() -> None:
    code = "from vincle.kernel import lifeline; lifeline.hold(); print('still here')"

    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "VINCLE_PARENT_PID": "1"}, capture_output=True, check=False
    )

    assert (1, b"") == (done.returncode, done.stdout)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", "http://127.0.0.1:80/"),
        ("0.0.0.0", "http://127.0.0.1:80/"),  # noqa: S104
        ("::1", "http://[::1]:80/"),
        ("vincle.example.org", "http://vincle.example.org:80/"),
    ],
)
def test_the_address_is_one_that_a_browser_understands(host: str, expected: str) -> None:
    assert expected == url(host, 80)


def test_an_address_that_does_not_exist_is_said() -> None:
    with pytest.raises(BadInput, match="There is no address called"):
        free_port("no such host", 0)


def test_an_address_of_another_machine_cannot_be_listened_on() -> None:
    with pytest.raises(NotReady, match=r"192\.0\.2\.1"):
        free_port("192.0.2.1", 8000)
