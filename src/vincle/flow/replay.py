"""Everything that follows from the log, worked out again from the log: people, their sums, their names.

Replay changes nothing that growing them kept right; a test holds the two against each other. What it mends is what
a mistake in a projection, or a hand in the database, has spoiled.
"""

from collections.abc import Callable

from django.db import connection, transaction

from vincle.flow.append.links import project_people
from vincle.flow.append.people import bring_up, choose_names, one_at_a_time
from vincle.flow.append.recount import recount
from vincle.flow.append.stage import Stage
from vincle.flow.models import Chunk

STEPS = ("people", "sums", "names")

_further: dict[str, Callable[[], None]] = {}


def also_rebuild(step: str, rebuild: Callable[[], None]) -> None:
    """Have a projection of a room rebuilt too, after the others; called when the room is ready."""
    _further[step] = rebuild


def replay(progress: Callable[[str], None] = lambda _: None) -> None:
    """Rebuild the projections in the database, in one transaction; pages show the former state until it ends.

    `progress` is told the name of each step (of `STEPS`, then those of rooms) as it begins. The mirror is rebuilt by
    `vincle.flow.mirror`.
    """
    everybody = "SELECT id FROM flow_identity"
    with Stage() as stage, transaction.atomic(), connection.cursor() as cursor:
        one_at_a_time()
        progress("people")
        project_people(everybody, stage=stage)
        cursor.execute(
            "UPDATE flow_person SET into_id = CASE WHEN i.person_id = flow_person.id THEN NULL ELSE i.person_id END "
            "FROM flow_identity i WHERE i.id = flow_person.id"
        )
        progress("sums")
        recount(everybody)
        bring_up("SELECT id FROM flow_identity UNION SELECT id FROM flow_person", stage=stage)
        Chunk.objects.filter(summarised=False).update(summarised=True)
        progress("names")
        choose_names("SELECT id FROM flow_person WHERE into_id IS NULL", stage=stage)
        for step, rebuild in _further.items():
            progress(step)
            rebuild()
