"""`vincle work`: background work, in a process of its own."""

import signal
from typing import Annotated, Any

import typer

from vincle.cli.options import HomeOption, JsonOption, new_app, print_json, say

app = new_app()


@app.command(epilog="Example: vincle work --home /srv/vincle")
def work(
    home: HomeOption = None,
    drain: Annotated[bool, typer.Option("--drain", help="Do what is due now, then end.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Do background work until stopped: imports, the mirror, whatever is due or comes back.

    Any number of workers may run, on any number of machines that share the database. Ctrl-C or SIGTERM lets the job
    at hand end first; a second one leaves it to another worker.
    """
    from vincle.cli.django import ready, require_migrated
    from vincle.kernel import lifeline

    lifeline.hold()
    ready(home)
    require_migrated()
    from vincle.flow.jobs.worker import Worker

    worker = Worker()

    def stop(*_: Any) -> None:
        if worker.stopping.is_set():
            raise KeyboardInterrupt
        worker.stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if not drain:
        worker.run()
        return
    count = worker.drain()
    if as_json:
        print_json({"jobs": count})
    else:
        say(f"{count} jobs done.")
