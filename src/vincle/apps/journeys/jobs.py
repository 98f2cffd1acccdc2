"""Background work of the room."""

from uuid import UUID

from vincle.apps.journeys import actions, gathering
from vincle.apps.journeys.archetypes.actions import refresh_archetype
from vincle.apps.journeys.asking import ArchetypeQuestion, Comparison, Figure, Question
from vincle.apps.journeys.comparisons.actions import refresh_comparison
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.real.actions import refresh_aim, refresh_chart
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


@task("journeys.chart")
def chart(context: Context, *, uid: str) -> None:
    """Work out what really happens along a designed journey, as it stands now."""
    this = map_by_uid(UUID(uid))
    refresh_chart(this.uid, journey_of(this), revision=this.revision, now=context.now)


@task("journeys.aim")
def aim(context: Context, *, uid: str) -> None:
    """Work out which moments go with what should come of a designed journey."""
    this = map_by_uid(UUID(uid))
    refresh_aim(this.uid, journey_of(this), revision=this.revision, now=context.now)


@task("journeys.behind")
def behind(context: Context, *, words: str, **figure: str | int) -> None:
    """Find out who stands behind a figure."""
    gathering.refresh_behind(Figure(**figure), words, now=context.now)  # type: ignore[arg-type]


@task("journeys.archetype")
def archetype(context: Context, *, map: str, group: str, groups: int) -> None:  # noqa: A002 - what the question calls it
    """Find out who stands for a group of people."""
    refresh_archetype(ArchetypeQuestion(map, group, groups), now=context.now)


@task("journeys.compare")
def compare(context: Context, **asked: str | int) -> None:
    """Put two groups, or two periods, side by side."""
    refresh_comparison(Comparison(**asked), now=context.now)  # type: ignore[arg-type]
