"""Keeps child processes alive: one that dies is started again, and all end together."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from vincle.kernel import lifeline

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED = 60.0  # a child that has lived so long begins anew with the shortest pause
SECONDS_TO_STOP = 10.0
TICK = 0.1


@dataclass
class Child:
    """A process to keep alive, and how that has gone so far."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    due: float = field(default=0.0)

    def pause(self) -> float:
        """Seconds to wait after the last death."""
        return min(FIRST_PAUSE * 2.0 ** (self.deaths - 1), LONGEST_PAUSE)


class Supervisor:
    """Runs `children` with `environment` until told to stop; `tell` is given a sentence about each accident."""

    def __init__(
        self, children: Sequence[Child], *, environment: Mapping[str, str], tell: Callable[[str], None]
    ) -> None:
        self.children = children
        self.environment = {**environment, lifeline.PARENT: str(os.getpid())}
        self.tell = tell
        self.stopping = threading.Event()
        self.hurry = threading.Event()

    def run(self, *, meanwhile: Callable[[], None] = lambda: None) -> None:
        """Start all and keep them alive until SIGTERM, SIGINT or SIGHUP; then stop all. A second signal kills.

        `meanwhile` is called about ten times a second.
        """
        with self._signals():
            try:
                while not self.stopping.is_set():
                    for child in self.children:
                        self._keep(child)
                    meanwhile()
                    self.stopping.wait(TICK)
            finally:
                self._stop_all()

    def _keep(self, child: Child) -> None:
        now = time.monotonic()
        if child.process is None:
            if now >= child.due:
                self._start(child, now)
            return
        code = child.process.poll()
        if code is None:
            return
        child.process = None
        child.deaths = 1 if now - child.started >= SETTLED else child.deaths + 1
        child.due = now + child.pause()
        self.tell(f"{child.name} ended ({_reason(code)}); starting it again in {child.pause():g} s.")

    def _start(self, child: Child, now: float) -> None:
        # A process group of its own: Ctrl-C in the terminal reaches us alone, and we stop the children in order.
        child.process = subprocess.Popen(child.command, env=self.environment, process_group=0)
        child.started = now

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for process in running:
            while process.poll() is None and time.monotonic() < deadline and not self.hurry.is_set():
                self.hurry.wait(TICK / 2)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def stop(*_: Any) -> None:
            if self.stopping.is_set():
                self.hurry.set()
            self.stopping.set()

        watched = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        former = {number: signal.signal(number, stop) for number in watched}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)


def _reason(code: int) -> str:
    if code < 0:
        return f"killed by {signal.Signals(-code).name}"
    return f"exit code {code}"
