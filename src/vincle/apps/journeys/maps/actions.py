"""Writes of maps. Each change is one transaction and one revision; the audit log hears of a colleague's changes once
for as long as they are at it, not at each word they type.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.journeys.maps import editing
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.operations import Operation, as_said
from vincle.apps.journeys.maps.places import meet, touched
from vincle.apps.journeys.maps.queries import PAUSE, changes_since, journey_of
from vincle.apps.journeys.models import Change, JourneyMap, Version
from vincle.engine.journeys.journey import ERASED, Journey, as_data
from vincle.flow.models import Person
from vincle.kernel.errors import BadInput, NotFound, VincleError
from vincle.kernel.ids import uuid7
from vincle.kernel.words import written

CREATED, CHANGED, KEPT = "journey.created", "journey.changed", "journey.version_kept"
ARCHIVED, BROUGHT_BACK = "journey.archived", "journey.brought_back"
MOST_CHANGES = 200  # kept of a map
MOST_VERSIONS = 100  # kept of a map, beside those that have a name
ONE_GO = timedelta(seconds=30)  # typing on in one cell is one change


class ChangedMeanwhile(VincleError):
    """A colleague changed the same thing since it was read; `theirs` is who."""

    def __init__(self, message: str, hint: str = "", *, theirs: str = "") -> None:
        super().__init__(message, hint)
        self.theirs = theirs


@dataclass(frozen=True)
class Saved:
    """A map after a change; `others`: there is something in it that whoever saved has not seen."""

    map: JourneyMap
    journey: Journey
    others: bool


@transaction.atomic
def create(journey: Journey, *, actor: Actor, now: datetime) -> JourneyMap:
    """A new map."""
    this = JourneyMap.objects.create(
        uid=uuid7(), name=journey.name, document=as_data(journey), created_at=now, created_by=actor.name,
        changed_at=now, changed_by=actor.name, changed_by_id=actor.id,
    )  # fmt: skip
    _record(CREATED, this, actor=actor, now=now)
    return this


@transaction.atomic
def change(this: JourneyMap, operation: Operation, *, seen: int, actor: Actor, now: datetime) -> Saved:
    """Do one operation on a map of which the revision `seen` was read. What colleagues changed elsewhere stays.

    Raises `ChangedMeanwhile` when they changed the same place, and `BadInput` or `NotFound` as `editing.apply` does.
    """
    this = locked(this)
    before = journey_of(this)
    operation = editing.resolved(before, operation)
    since = changes_since(this, seen)
    after, inverse = _applied(before, operation, since, seen)
    if after == before:
        return Saved(this, before, bool(since))
    _require_here(after.archetype.person, before.archetype.person)
    begin(this, actor=actor, now=now, whole=isinstance(operation, op.Replace))
    this.changes.filter(author_id=actor.id, state=Change.State.UNDONE).update(state=Change.State.OVER)
    former = _goes_on(this, operation, actor=actor, now=now)
    if former is None:
        keep_change(this, operation, inverse, Change.State.DONE, actor=actor, now=now)
    else:
        this.revision += 1
        former.operation, former.revision, former.at = as_said(operation), this.revision, now
        former.save(update_fields=["operation", "revision", "at"])
    write(this, after, operation, actor=actor, now=now)
    return Saved(this, after, bool(since))


@transaction.atomic
def keep_version(this: JourneyMap, name: str, *, actor: Actor, now: datetime) -> Version:
    """Keep a map as it stands under a name. Raises `BadInput` without one."""
    name = written(name)
    if not name or len(name) > 120:
        raise BadInput(_("Give this version a name of at most 120 letters."))
    this = locked(this)
    version, _made = Version.objects.update_or_create(
        map=this, revision=this.revision,
        defaults={"name": name}, create_defaults=_snapshot(this) | {"name": name, "at": now, "by": actor.name},
    )  # fmt: skip
    _record(KEPT, this, actor=actor, now=now, version=name)
    return version


@transaction.atomic
def archive(this: JourneyMap, *, actor: Actor, now: datetime) -> None:
    """Put a map away; `bring_back` undoes it."""
    this = locked(this, archived=True)
    if this.archived_at is None:
        this.archived_at = now
        this.save(update_fields=["archived_at"])
        _record(ARCHIVED, this, actor=actor, now=now)


@transaction.atomic
def bring_back(this: JourneyMap, *, actor: Actor, now: datetime) -> None:
    """Have a map that was put away among the others again."""
    this = locked(this, archived=True)
    if this.archived_at is not None:
        this.archived_at = None
        this.save(update_fields=["archived_at"])
        _record(BROUGHT_BACK, this, actor=actor, now=now)


def locked(this: JourneyMap, *, archived: bool = False) -> JourneyMap:
    """The map as it stands now, nobody else's until the transaction ends. Raises `NotFound` for one put away."""
    found = JourneyMap.objects.select_for_update().get(pk=this.pk)
    if found.archived_at is not None and not archived:
        raise NotFound(_("This journey was put away."), _("Bring it back to change it."))
    return found


def begin(this: JourneyMap, *, actor: Actor, now: datetime, whole: bool = False) -> None:
    """Keep how a map stands as a version when somebody else begins to change it, or somebody after a pause, or when
    the `whole` of it is about to be another.
    """
    if not whole and this.changed_by_id == actor.id and now - this.changed_at < PAUSE:
        return
    Version.objects.get_or_create(
        map=this, revision=this.revision, defaults=_snapshot(this) | {"at": this.changed_at, "by": this.changed_by}
    )
    unnamed = this.versions.filter(name="").order_by("-revision")
    this.versions.filter(pk__in=list(unnamed.values_list("pk", flat=True)[MOST_VERSIONS:])).delete()
    _record(CHANGED, this, actor=actor, now=now)


def keep_change(
    this: JourneyMap, operation: Operation, inverse: Operation, state: Change.State, *, actor: Actor, now: datetime
) -> None:
    """Write down a change as the map's next revision, and forget the oldest."""
    this.revision += 1
    Change.objects.create(
        map=this, revision=this.revision, author_id=actor.id, author=actor.name, at=now, state=state,
        operation=as_said(operation), inverse=as_said(inverse),
    )  # fmt: skip
    kept = this.changes.order_by("-revision").values_list("pk", flat=True)
    this.changes.filter(pk__in=list(kept[MOST_CHANGES:])).delete()


def write(this: JourneyMap, journey: Journey, operation: Operation, *, actor: Actor, now: datetime) -> None:
    """Have a map say what it says after an operation; comments go where their touchpoint went."""
    this.name, this.document = journey.name, as_data(journey)
    this.changed_at, this.changed_by, this.changed_by_id = now, actor.name, actor.id
    this.save(
        update_fields=["name", "document", "revision", "changed_at", "changed_by", "changed_by_id"],
    )
    for part in operation.parts if isinstance(operation, op.Several) else (operation,):
        if isinstance(part, op.MoveTouchpoint):
            moved = this.comments.filter(place=f"touchpoint:{part.stage}:{part.key}")
            moved.update(place=f"touchpoint:{part.to}:{part.key}")


def _applied(before: Journey, operation: Operation, since: list[Change], seen: int) -> tuple[Journey, Operation]:
    """What an operation makes of a map. One that makes what is there already does so whatever was seen."""
    places = touched(operation)
    met = next((each for each in since if meet(places, touched(op.read_operation(each.operation)))), None)
    if met is None and not (len(since) >= MOST_CHANGES and seen + 1 < since[-1].revision):
        return editing.apply(before, operation)
    theirs = met or since[0]
    try:
        after, inverse = editing.apply(before, operation)
    except NotFound:
        after = None
    if after is None or after != before:
        raise ChangedMeanwhile(
            _("%(who)s changed the same place meanwhile; yours was not saved.") % {"who": theirs.author},
            theirs=theirs.author,
        )
    return after, inverse


def _require_here(person: str, former: str) -> None:
    """Raise `NotFound` for somebody who is to stand for a journey and is not here; who is stays until it is written."""
    if person in {"", ERASED, former}:
        return
    if not Person.objects.select_for_update().filter(uid=UUID(person)).exists():
        raise NotFound(_("There is nobody at this address any more."))


def _goes_on(this: JourneyMap, operation: Operation, *, actor: Actor, now: datetime) -> Change | None:
    """The change before, when it is the same colleague who types on in the same cell."""
    if not isinstance(operation, op.SetMap | op.SetArchetype | op.SetStage):
        return None
    last = this.changes.filter(revision=this.revision, author_id=actor.id, state=Change.State.DONE).first()
    if last is None or now - last.at > ONE_GO:
        return None
    former = op.read_operation(last.operation)
    return last if type(former) is type(operation) and touched(former) == touched(operation) else None


def _snapshot(this: JourneyMap) -> dict[str, object]:
    return {"uid": uuid7(), "document": this.document}


def _record(action: str, this: JourneyMap, *, actor: Actor, now: datetime, **details: str) -> None:
    record(
        actor=actor, now=now, action=action, object_type="journey", object_uid=str(this.uid), summary=this.name,
        details=details,
    )  # fmt: skip
