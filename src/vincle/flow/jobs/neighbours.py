"""Workers on the same machine can see each other die, and need not wait for a lease to run out.

A worker's name says where it lives: host, kernel and process namespace, process number and start. On systems without
/proc nobody is ever called dead, and leases alone decide.
"""

import hashlib
import os
import secrets
import socket
from datetime import datetime
from functools import cache
from pathlib import Path

from vincle.flow.jobs import queue
from vincle.flow.models import Job

PROC = Path("/proc")


def worker_name() -> str:
    """A fresh name for a worker of this process."""
    host = socket.gethostname()[:40].replace("/", "-")
    return f"{host}/{_machine()}/{os.getpid()}/{_started(os.getpid())}/{secrets.token_hex(3)}"


def release_dead(*, now: datetime) -> int:
    """End the leases of workers that lived on this machine and have died; how many jobs are due again."""
    holders = Job.objects.filter(state=Job.State.RUNNING, lease_until__gt=now).values_list("worker", flat=True)
    return sum(queue.release(worker, now=now) for worker in sorted(set(holders)) if is_dead(worker))


def is_dead(worker: str) -> bool:
    """Whether `worker` was a process of this machine that runs no more; False when that cannot be known."""
    parts = worker.split("/")
    if len(parts) != 5 or not _machine() or parts[1] != _machine() or not parts[2].isdigit():
        return False
    return _started(int(parts[2])) != parts[3]


@cache
def _machine() -> str:
    """What two processes that see the same process numbers have in common; empty where there is no /proc."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text("ascii").strip()
        namespace = str((PROC / "self/ns/pid").readlink())
    except OSError:
        return ""
    return hashlib.sha256(f"{boot}{namespace}".encode()).hexdigest()[:12]


def _started(pid: int) -> str:
    """When the process began, in the kernel's ticks, so that a reused number is not taken for the former process."""
    try:
        stat = (PROC / str(pid) / "stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in {"Z", "X"} else fields[18]
