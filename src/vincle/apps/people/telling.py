"""Writes by programs: what happened and what is known of somebody goes through the log's own door."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import DataError, transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.naming import Named
from vincle.flow.append import Event, append
from vincle.flow.models import Identity, Interaction, Person, Quarantined, Source
from vincle.kernel.errors import BadInput

APPENDED = "interactions.appended"
OBSERVED = "person.observed"
IDENTIFIED = "person.identified"  # the kind of interaction by which somebody says who they are


@dataclass(frozen=True, slots=True)
class Became:
    """What became of an event: `state` is entered, known (said before) or quarantined, with the reason."""

    message_id: str
    state: str
    uid: UUID | None = None
    reason: str = ""


@transaction.atomic
def write_down(events: Sequence[Event], *, source: Source, actor: Actor, now: datetime) -> list[Became]:
    """Append events to the log; one that breaks its kind's contract goes to quarantine and does not stop the others.

    Raises `BadInput` for what no database can keep; then none has entered.
    """
    became = _append(events, source=source, now=now)
    new = sum(each.state != "known" for each in became)
    if new:
        details = {"interactions": new, "source": source.name}
        record(actor=actor, now=now, action=APPENDED, object_type="source", object_uid=source.name, details=details)
    return became


@transaction.atomic
def observe(
    identity: Named,
    *,
    others: Sequence[Named] = (),
    attributes: Mapping[str, str],
    message_id: str,
    occurred_at: datetime,
    source: Source,
    actor: Actor,
    now: datetime,
) -> tuple[Person | None, Became]:
    """Say what is known of somebody, who is made when nobody has the identity yet; `others` are further identities of
    the same person. Returns who it is now (None while it waits in quarantine), and what became of it."""
    event = Event(
        message_id=message_id,
        occurred_at=occurred_at,
        kind=IDENTIFIED,
        namespace=identity[0],
        identity=identity[1],
        links=list(others),
        observations=attributes,
    )
    (became,) = _append([event], source=source, now=now)
    if became.state == "quarantined":
        return None, became
    belonging = Identity.objects.filter(namespace=identity[0], value=identity[1]).values("person_id")
    person = Person.objects.get(pk__in=belonging)
    record(
        actor=actor,
        now=now,
        action=OBSERVED,
        object_type="person",
        object_uid=str(person.uid),
        summary=person.name,
        details={"attributes": sorted(attributes), "source": source.name},
    )
    return person, became


def _append(events: Sequence[Event], *, source: Source, now: datetime) -> list[Became]:
    try:
        with transaction.atomic():
            append(events, source=source, now=now)
    except (DataError, UnicodeError, OverflowError) as error:
        raise BadInput(_("Something in it cannot be kept; nothing was written down.")) from error
    numbers = {event.message_id for event in events}
    entered = {
        row.message_id: row
        for row in Interaction.objects.filter(source=source, message_id__in=numbers).only(
            "uid", "message_id", "recorded_at"
        )
    }
    held = dict(Quarantined.objects.filter(source=source, message_id__in=numbers).values_list("message_id", "reason"))
    return [_became(event.message_id, entered, held, now=now) for event in events]


def _became(message_id: str, entered: Mapping[str, Interaction], held: Mapping[str, str], *, now: datetime) -> Became:
    row = entered.get(message_id)
    if row is None:
        return Became(message_id, "quarantined", reason=held.get(message_id, ""))
    return Became(message_id, "entered" if row.recorded_at == now else "known", row.uid)
