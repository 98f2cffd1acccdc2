"""Background work of the room."""

from vincle.apps.tasks.actions import forget_removed
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("tasks.forget_removed", every_seconds=86_400, atomic=True)
def forget(context: Context) -> None:
    """Delete for good the tasks that were taken away long enough ago."""
    forget_removed(now=context.now)
