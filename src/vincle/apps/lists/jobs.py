"""Background work of the room."""

from uuid import UUID

from vincle.apps.lists.actions import changing
from vincle.apps.lists.actions.gathering import let_go
from vincle.apps.lists.queries.views import change_by_uid
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.kernel import clock


@task("lists.change")
def carry_on(context: Context, *, uid: str) -> None:
    """Go on with a change of many people from wherever it stands."""
    changing.carry_on(change_by_uid(UUID(uid)), clock=clock.now, breathe=context.breathe)


@task("lists.undo")
def take_back(context: Context, *, uid: str) -> None:
    """Go on with undoing one."""
    changing.finish_taking_back(change_by_uid(UUID(uid)), clock=clock.now, breathe=context.breathe)


@task("lists.let_go", every_seconds=86_400, atomic=True)
def forget_gathered(context: Context) -> None:
    """Forget whom somebody looked at behind a figure long enough ago."""
    let_go(now=context.now)
