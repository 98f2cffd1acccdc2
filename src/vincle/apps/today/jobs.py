"""Background work of the room."""

from vincle.apps.today.actions import refresh_reading
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("today.refresh", every_seconds=300)
def refresh(context: Context) -> None:
    """Have the first page follow the log; whoever brings something in asks for it at once."""
    refresh_reading(now=context.now)
