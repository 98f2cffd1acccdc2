"""Starting a copy from wherever one is, in a process of its own, bounded in time."""

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from vincle.kernel import lifeline
from vincle.kernel.errors import NotReady, VincleError
from vincle.kernel.home import Home

_REASSURANCE = "Nothing was lost: the log is whole, and the next try goes on from where this one stood."


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What a copy did. `added` and `erased` are rows by table of the mirror."""

    version: int  # of what is published now; grows with every change of content
    rebuilt: str  # why everything was copied anew; empty when only what is new was
    added: dict[str, int]
    erased: dict[str, int]
    purged: bool  # whether a personal erasure removed the bytes from disk at once
    held_back: int  # committed interactions that wait for an older transaction still open (PostgreSQL)
    seconds: float

    @property
    def changed(self) -> bool:
        """Whether the mirror holds anything else than before."""
        return bool(self.added or self.erased or self.rebuilt)


def refresh(home: Home, *, rebuild: bool = False, timeout: float = 3600) -> Refreshed:
    """Bring the mirror of `home` up to date, or copy all of it anew; waits while another copy is at work.

    Raises `VincleError` when the copy fails or takes longer than `timeout` seconds. It may be killed at any
    moment: nothing is then copied twice or missed.
    """
    command = [
        sys.executable,
        "-m",
        "vincle.flow.mirror.run",
        str(home.path),
        *(["--rebuild"] if rebuild else []),
    ]
    environment = lifeline.environment() | {"VINCLE_DATABASE_URL": home.database_url}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
            text=True,
        )
    except subprocess.TimeoutExpired as error:
        raise VincleError(f"The mirror was not ready after {timeout:.0f} seconds.", _REASSURANCE) from error
    said = _last_line(done.stdout)
    if done.returncode == 0 and said is not None:
        return Refreshed(**said)
    if said is not None and "error" in said:
        raise NotReady(said["error"], said["hint"] or _REASSURANCE)
    raise VincleError(f"The mirror could not be brought up to date: {_why(done)}.", _REASSURANCE)


def _last_line(text: str) -> dict[str, Any] | None:
    lines = text.strip().splitlines()
    try:
        said = json.loads(lines[-1]) if lines else None
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _why(done: "subprocess.CompletedProcess[str]") -> str:
    lines = done.stderr.strip().splitlines()
    return lines[-1].strip(" .") if lines else f"the copy ended with code {done.returncode}"
