"""Background work of the room."""

from vincle.apps.value.refreshing import refresh_value
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task

NIGHTLY = 86_400


@task("value.refresh", every_seconds=NIGHTLY)
def refresh(context: Context) -> None:
    """Work out what everybody is worth, where the log or the terms have changed."""
    refresh_value(now=context.now)
