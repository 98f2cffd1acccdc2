"""Background work of the room."""

from vincle.apps.tokens.answers import forget_old
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("tokens.prune", every_seconds=3_600, atomic=True)
def prune(context: Context) -> None:
    """Forget answers that nobody asks for again."""
    forget_old(now=context.now)
