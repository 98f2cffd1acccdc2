"""Background work of the room."""

from vincle.apps.files.actions import forget_removed
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("files.forget_removed", every_seconds=86_400)
def forget(context: Context) -> None:
    """Remove for good the files that were taken away long enough ago."""
    forget_removed(now=context.now)
