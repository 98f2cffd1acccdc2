"""Background work of the room."""

from uuid import UUID

from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import Look
from vincle.apps.duplicates.queries.bulks import bulk_by_uid
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task
from vincle.kernel import clock


@task("duplicates.look", attempts=3)
def look(context: Context, *, number: int) -> None:
    """Look for people who are here twice."""
    this = Look.objects.filter(pk=number).first()
    if this is not None:
        actions.look(this, clock=clock.now, breathe=context.breathe)


@task("duplicates.nightly", every_seconds=1_800, atomic=True)
def nightly(context: Context) -> None:
    """Have people who are here twice looked for once a night."""
    actions.look_by_itself(now=context.now)


@task("duplicates.bulk")
def bulk(context: Context, *, uid: str) -> None:
    """Join, or part again, what a bulk has left to do. What is done is done, so it may stop anywhere."""
    actions.go_on(bulk_by_uid(UUID(uid)), clock=clock.now, breathe=context.breathe)
