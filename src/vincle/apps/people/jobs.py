"""Background work of the room."""

from vincle.apps.people.privacy.erasing import finish_erasure, unfinished
from vincle.flow.jobs.context import Context
from vincle.flow.jobs.registry import task


@task("people.finish_erasures", every_seconds=3_600)
def finish_erasures(context: Context) -> None:
    """Do what erasures that were cut short have left undone: files, mirror, room left in the database."""
    for tombstone in unfinished():
        finish_erasure(tombstone, now=context.now)
