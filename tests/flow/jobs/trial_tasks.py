"""Tasks for real worker processes, registered through VINCLE_TASK_MODULES."""

import os
import threading
from pathlib import Path

from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.flow.models import Source


@task("trial.write")
def write(context: Context, *, path: str, line: str) -> None:
    """Append a line: what two workers did twice would stand there twice."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{line} {context.job.worker}\n")


@task("trial.wait", atomic=True)
def wait(context: Context, *, begun: str, gate: str) -> None:
    """Write to the database, say who does it, and go on when the gate is open."""
    Source.objects.create(name=f"by-{context.job.attempts}", label="", created_at=context.now)
    Path(begun).write_text(str(os.getpid()), "ascii")
    while not Path(gate).exists():
        threading.Event().wait(0.02)


@task("trial.tick", every_seconds=1)
def tick(context: Context) -> None:
    """Append the instant this turn was for."""
    with Path(os.environ["TRIAL_TICKS"]).open("a", encoding="utf-8") as file:
        file.write(f"{context.job.created_at.isoformat()}\n")
