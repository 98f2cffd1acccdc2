"""Background work of the room."""

from vincle.apps.notes.actions import forget_removed
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("notes.forget_removed", every_seconds=86_400, atomic=True)
def forget(context: Context) -> None:
    """Delete for good the notes that were taken away long enough ago."""
    forget_removed(now=context.now)
