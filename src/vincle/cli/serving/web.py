"""The web server's process: `python -m vincle.cli.serving.web HOST PORT THREADS`, for the home in VINCLE_HOME."""

import os
import sys
import warnings
from importlib import import_module
from typing import Any

from vincle.kernel import lifeline

APPLICATION = "vincle.site.wsgi:application"
SECONDS_TO_FINISH = 8


def main(host: str, port: int, threads: int) -> None:
    """Serve until SIGTERM; requests at hand are finished first."""
    lifeline.hold()
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import MPServer

    os.environ[lifeline.PARENT] = str(os.getpid())  # for the process that granian starts
    MPServer(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SECONDS_TO_FINISH,
        log_level=LogLevels.error,
    ).serve(target_loader=load)


def load(target: str) -> Any:
    """The WSGI application, in the process that will call it."""
    lifeline.hold()
    # Static files are served from the package itself unless somebody collects them.
    warnings.filterwarnings("ignore", "No directory at", UserWarning)
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
