"""`vincle serve`: one command, several processes, and none left behind."""

import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import psutil
import pytest

from homes import LiveHome, wait_until

Serving = tuple["subprocess.Popen[str]", str]
Serve = Callable[..., Serving]


@pytest.fixture
def serve(live_home: LiveHome) -> Iterator[Serve]:
    """Starts `vincle serve` on a free port and gives the process and the address it printed."""
    started: list[psutil.Process] = []

    def run(*words: str) -> Serving:
        process = live_home.start("serve", "--port", "0", "--workers", "1", *words)
        started.append(psutil.Process(process.pid))
        assert process.stdout is not None
        line = next(line for line in process.stdout if "Vincle is open at" in line)
        return process, line.split()[-1]

    yield run
    for process in started:
        if process.is_running():
            for each in [process, *process.children(recursive=True)]:
                each.kill()


def family(process: "subprocess.Popen[str]") -> list[psutil.Process]:
    """The server, its worker and whatever they started; all of them, since none starts others later."""
    return wait_until(
        lambda: found if len(found := psutil.Process(process.pid).children(recursive=True)) >= 3 else None
    )


def gone(processes: list[psutil.Process]) -> bool:
    return not any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in processes)


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - our own server
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_address_it_prints_answers(serve: Serve) -> None:
    _, address = serve()

    assert status_of(f"{address}account/login/") == 200


def test_a_link_lets_the_owner_in(live_home: LiveHome, serve: Serve) -> None:
    live_home.ask("user", "add", "olga@example.org", "--role", "owner")
    process, address = serve("--open-link")
    assert process.stdout is not None

    line = process.stdout.readline()

    assert line.startswith(f"Sign in once with {address}")
    assert status_of(line.split()[-1]) == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_all_of_it(serve: Serve, number: signal.Signals) -> None:
    process, _ = serve()
    children = family(process)

    process.send_signal(number)

    assert process.wait(timeout=30) == 0
    assert gone(children)


def test_nothing_outlives_a_supervisor_killed_at_once(serve: Serve) -> None:
    process, _ = serve()
    children = family(process)

    process.kill()

    wait_until(lambda: gone(children))


def test_a_part_that_dies_is_started_again(serve: Serve) -> None:
    process, address = serve()
    before = {each.pid for each in family(process)}
    worker = next(each for each in family(process) if "work" in each.cmdline())
    web = next(each for each in family(process) if "vincle.cli.serving.web" in each.cmdline())

    worker.kill()
    web.kill()

    wait_until(lambda: gone([worker, web]))
    after = wait_until(lambda: new if len(new := {each.pid for each in family(process)} - before) >= 3 else None)
    assert after
    wait_until(lambda: _answers(address))


def test_a_port_that_is_taken_is_said(live_home: LiveHome) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])

        done = live_home.run("serve", "--port", port)

    assert done.returncode == 4
    assert done.stderr.startswith(f"Port {port} on 127.0.0.1 is taken by another program.")


def _answers(address: str) -> bool:
    try:
        return status_of(f"{address}account/login/") == 200
    except urllib.error.URLError:
        return False
