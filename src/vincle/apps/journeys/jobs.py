"""Background work of the room."""

from vincle.apps.journeys import actions
from vincle.apps.journeys.asking import Question
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("journeys.refresh")
def refresh(context: Context, *, case: str) -> None:
    """Work out what really happens with everybody, or with the things of a type."""
    actions.refresh_journeys(case, now=context.now)


@task("journeys.moments")
def moments(context: Context, **question: str | int | bool | list[str]) -> None:
    """Work out which moments go with an outcome."""
    actions.refresh_moments(Question.of(question), now=context.now)
