"""One run at a time: an advisory lock on a file of its own, let go by the system when its holder dies."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_run(mirror: Path) -> Iterator[None]:
    """Wait until no other run is at work in `mirror`, then keep others out."""
    mirror.mkdir(parents=True, exist_ok=True)
    with (mirror / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
