"""Background work of the room."""

from typing import Any

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions, queries
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries.quarantine import Selection
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.kernel import clock


@task("imports.check")
def check_import(context: Context, *, uid: str) -> None:  # noqa: ARG001 - every task is given its context
    """Read the file of one import without letting anything in."""
    actions.check_in_background(queries.import_by_uid(uid))


@task("imports.run")
def run_import(context: Context, *, uid: str) -> None:  # noqa: ARG001
    """Bring in the file of one import. Run twice, it enters once."""
    actions.run(queries.import_by_uid(uid))


@task("imports.take_back")
def take_back(context: Context, *, uid: str, actor: dict[str, Any]) -> None:
    """Take one import back; it leaves in one transaction, whole or not at all."""
    this = queries.import_by_uid(uid)
    if this.state != Import.State.UNDONE:
        actions.take_back(this, actor=Actor(actor["id"], actor["name"]), now=context.now)


@task("quarantine.replay")
def replay(context: Context, *, kind: str, source: str, reason: str, actor: dict[str, Any]) -> None:
    """Let in again what keeps to its contract now. What entered is no longer waiting, so it may stop anywhere."""
    selection = Selection(kind, source, reason)
    actions.replay_all(selection, actor=Actor(actor["id"], actor["name"]), clock=clock.now, breathe=context.breathe)


@task("kinds.count", every_seconds=15 * 60)
def count_kinds(context: Context) -> None:
    """Count the interactions of each kind, for the catalogue's page."""
    actions.count_kinds(now=context.now)
