"""What `vincle serve` (and `vincle demo`, when it has made its home) runs."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from vincle.cli.options import tell
from vincle.cli.serving.address import EVERYWHERE, answers, free_port
from vincle.cli.serving.supervisor import Child, Supervisor

PYTHON = (sys.executable, "-m")


def serve(
    home: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    threads: int = 8,
    workers: int = 2,
    when_ready: Callable[[int], None],
) -> None:
    """Serve the web application of `home` with `workers` background workers, until stopped by a signal.

    `when_ready` is called once, with the port, when the application answers. Port 0 means any free one.
    Raises `NotReady` when the port is taken.
    """
    port = free_port(host, port)
    web = (*PYTHON, "vincle.cli.serving.web", host, str(port), str(threads))
    work = (*PYTHON, "vincle", "work", "--home", str(home))
    children = [Child("The web server", web)]
    children += [Child(f"Worker {number + 1}", work) for number in range(workers)]
    waiting = [True]

    def look() -> None:
        if waiting and answers(host, port):
            waiting.clear()
            when_ready(port)

    Supervisor(children, environment=_environment(home, host), tell=tell).run(meanwhile=look)


def _environment(home: Path, host: str) -> dict[str, str]:
    environment = {**os.environ, "VINCLE_HOME": str(home)}
    if host not in EVERYWHERE and "VINCLE_ALLOWED_HOSTS" not in environment:
        environment["VINCLE_ALLOWED_HOSTS"] = f"127.0.0.1,localhost,[::1],{host}"
    return environment
