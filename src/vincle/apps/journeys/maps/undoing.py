"""Taking back what one did, and doing it again: each colleague their own, in their order, also on another day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, editing
from vincle.apps.journeys.maps.operations import Operation, read_operation
from vincle.apps.journeys.maps.places import meet, touched
from vincle.apps.journeys.maps.queries import changes_since, journey_of, redoable, undoable
from vincle.apps.journeys.models import Change, JourneyMap
from vincle.kernel.errors import BadInput, NotFound


@dataclass(frozen=True)
class Undone:
    """The map after an undo or a redo; `problem`: why it was left as it was."""

    map: JourneyMap
    problem: str = ""


def undo(this: JourneyMap, *, actor: Actor, now: datetime) -> Undone:
    """Take back the last thing a colleague did."""
    return _again(this, undoable, _("There is nothing of yours to undo."), actor=actor, now=now)


def redo(this: JourneyMap, *, actor: Actor, now: datetime) -> Undone:
    """Do again the last thing they took back."""
    return _again(this, redoable, _("There is nothing of yours to do again."), actor=actor, now=now)


@transaction.atomic
def _again(
    this: JourneyMap, which: Callable[[JourneyMap, int | None], Change | None], nothing: str, *, actor: Actor,
    now: datetime,
) -> Undone:  # fmt: skip
    this = actions.locked(this)
    meant = which(this, actor.id)
    if meant is None:
        return Undone(this, nothing)
    was_done = meant.state == Change.State.DONE
    forth, back = read_operation(meant.operation), read_operation(meant.inverse)
    problem = _left(this, meant, back if was_done else forth, forth if was_done else back, actor=actor, now=now)
    if problem:
        meant.state = Change.State.OVER
    else:
        meant.state = Change.State.UNDONE if was_done else Change.State.DONE
    meant.save(update_fields=["state"])
    return Undone(this, problem)


def _left(
    this: JourneyMap, meant: Change, operation: Operation, inverse: Operation, *, actor: Actor, now: datetime
) -> str:
    """Do it, or say why it was left."""
    others = [each for each in changes_since(this, meant.revision) if each.author_id != actor.id]
    met = next((each for each in others if meet(touched(operation), touched(read_operation(each.operation)))), None)
    if met is not None:
        return _("%(who)s has changed the same place since, so it was left as it is.") % {"who": met.author}
    try:
        journey, _inverse = editing.apply(journey_of(this), operation)
    except (BadInput, NotFound) as error:
        return str(error)
    actions.begin(this, actor=actor, now=now)
    actions.keep_change(this, operation, inverse, Change.State.TRAIL, actor=actor, now=now)
    actions.write(this, journey, operation, actor=actor, now=now)
    return ""
