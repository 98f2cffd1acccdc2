"""Background work of the room."""

from uuid import UUID

from vincle.apps.value import gathering
from vincle.apps.value.asking import BridgeAsked
from vincle.apps.value.bridges import refresh_bridge
from vincle.apps.value.decisions.working import refresh_decisions
from vincle.apps.value.investments.queries import investment_by_uid
from vincle.apps.value.investments.refreshing import refresh_return
from vincle.apps.value.refreshing import refresh_value
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task

NIGHTLY = 86_400


@task("value.refresh", every_seconds=NIGHTLY)
def refresh(context: Context) -> None:
    """Work out what everybody is worth, where the log or the terms have changed."""
    refresh_value(now=context.now)


@task("value.bridge")
def bridge(context: Context, *, opening: str, closing: str, window: int) -> None:
    """Work out why the whole changed between two days."""
    refresh_bridge(BridgeAsked(opening, closing, window), now=context.now)


@task("value.behind")
def behind(context: Context, *, figure: str, words: str) -> None:
    """Find out who stands behind a figure."""
    gathering.refresh_behind(figure, words, now=context.now)


@task("value.invest")
def invest(context: Context, *, uid: str) -> None:
    """Work out what came of an investment, as it is described now."""
    refresh_return(investment_by_uid(UUID(uid)), now=context.now)


@task("value.decide")
def decide(context: Context, *, group: str, words: str) -> None:
    """Find out what to do with a group of people, or with everybody."""
    refresh_decisions(group, words, now=context.now)
