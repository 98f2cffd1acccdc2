"""Everything that follows from the log, worked out again from the log: people, their sums, their names.

Replay changes nothing that growing them kept right; a test holds the two against each other. What it mends is what
a mistake in a projection, or a hand in the database, has spoiled.
"""

from collections.abc import Callable

from django.db import connection, transaction

from vincle.flow.append.links import project_people
from vincle.flow.append.observe import choose_names
from vincle.flow.append.recount import recount
from vincle.flow.append.stage import Stage
from vincle.flow.append.summarise import summarise_people
from vincle.flow.models import Chunk

STEPS = ("people", "sums", "names")


def replay(progress: Callable[[str], None] = lambda _: None) -> None:
    """Rebuild the projections in the database, in one transaction; pages show the former state until it ends.

    `progress` is told the name of each step (of `STEPS`) as it begins. The mirror is rebuilt by
    `vincle.flow.mirror`.
    """
    everybody = "SELECT id FROM flow_identity"
    with Stage() as stage, transaction.atomic(), connection.cursor() as cursor:
        progress("people")
        project_people(everybody, stage=stage)
        cursor.execute(
            "UPDATE flow_person SET into_id = CASE WHEN i.person_id = flow_person.id THEN NULL ELSE i.person_id END "
            "FROM flow_identity i WHERE i.id = flow_person.id"
        )
        progress("sums")
        recount(everybody)
        summarise_people("SELECT id FROM flow_person")
        Chunk.objects.filter(summarised=False).update(summarised=True)
        progress("names")
        choose_names("SELECT id FROM flow_person WHERE into_id IS NULL", stage=stage)
