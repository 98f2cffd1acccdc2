"""A child must not outlive the process that started it, however that one ends: kill -9 included."""

import ctypes
import os
import signal
import sys
import threading

PARENT = "VINCLE_PARENT_PID"  # in a child's environment: who started it
PR_SET_PDEATHSIG = 1


def environment() -> dict[str, str]:
    """What a child started by this process needs in its environment for `hold` to tie it to us."""
    return {**os.environ, PARENT: str(os.getpid())}


def hold() -> None:
    """End this process at once when its parent ends, if it was started as somebody's child; else do nothing.

    Nothing is lost by so sudden an end: what a worker was doing is leased, and comes back.
    """
    parent = int(os.environ.get(PARENT, "0"))
    if not parent:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    else:
        threading.Thread(target=_watch, args=(parent,), name="lifeline", daemon=True).start()
    if os.getppid() != parent:  # it ended before we could ask to be told
        os._exit(1)


def _watch(parent: int) -> None:
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(0.5)
    os._exit(1)
