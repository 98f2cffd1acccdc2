"""Changing many people at once, in portions that a killed worker's successor goes on from, and taking it back whole.

Whom a change is about is written down when it begins, so that nobody is changed who came to meet the filter later.
How far it has come stands in the same transaction as what was done, so that whatever kills the process, nobody is
changed twice and nobody is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
import pyarrow as pa
from django.db import connection, transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import Filter
from vincle.apps.lists.filters.offers import attribute_names
from vincle.apps.lists.models import Change, FixedList, Target
from vincle.apps.people.facade import Criteria, numbers_of
from vincle.apps.tasks.facade import Wanted, check_task, give_each, take_back_given
from vincle.flow.append import pinning
from vincle.flow.append.stage import Stage
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Batch
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7
from vincle.web import patience

AT_ONCE = 500  # people that a page may wait for
PORTION = 1_000
MOST = 100_000
LONGEST_VALUE = 2_000

_THEIRS = "SELECT identity_id FROM lists_target WHERE change_id = {change} AND place >= {first} AND place < {last}"
_ADD = """
INSERT INTO lists_member (list_id, identity_id, added_id)
SELECT %s, i.id, %s FROM flow_identity i WHERE i.id IN ({theirs}) AND NOT EXISTS (
    SELECT 1 FROM lists_member m JOIN flow_identity o ON o.id = m.identity_id
    WHERE m.list_id = %s AND m.removed_id IS NULL AND o.person_id = i.person_id
)
ON CONFLICT DO NOTHING
"""
_REMOVE = """
UPDATE lists_member SET removed_id = %s WHERE list_id = %s AND removed_id IS NULL AND identity_id IN (
    SELECT o.id FROM flow_identity o WHERE o.person_id IN (SELECT person_id FROM flow_identity WHERE id IN ({theirs}))
)
"""
_PUT_BACK = """
UPDATE lists_member SET removed_id = NULL WHERE removed_id = %s AND NOT EXISTS (
    SELECT 1 FROM lists_member m
    WHERE m.list_id = lists_member.list_id AND m.identity_id = lists_member.identity_id AND m.removed_id IS NULL
)
"""


@dataclass(frozen=True)
class What:
    """What is to be changed: an attribute that gets a value, standing on a fixed list, or a task about each of them."""

    kind: Change.Kind
    attribute: str = ""
    value: str = ""
    list: FixedList | None = None
    task: Wanted | None = None


def whom(wanted: Filter | None, *, now: datetime) -> list[int]:
    """The numbers of those whom a change would be about, in the order of the list.

    Raises `BadInput` without a filter, which would mean everybody, and where nobody or very many meet it.
    """
    if wanted is None:
        raise BadInput(
            _("Choose first whom to change."), _("A list without a condition is everybody, and nothing is changed.")
        )
    with patience.within():
        numbers = numbers_of(Criteria(further=conditions(wanted, now=now)))
    if not numbers:
        raise BadInput(_("Nobody meets these conditions."), _("So there is nothing to change."))
    if len(numbers) > MOST:
        raise BadInput(_("At most %(count)d people are changed at once.") % {"count": MOST})
    return numbers


def start(
    what: What, wanted: Filter | None, *, expected: int, actor: Actor, now: datetime, uid: UUID | None = None
) -> Change:
    """Begin a change of `expected` people: few at once, many in the background. `take_back` undoes it. With the `uid`
    of one that was begun already it is that one, and nothing is done twice.

    Raises `BadInput` as `whom` does, for a change that says nothing, and when those who meet the filter are not as many
    any more as somebody has seen.
    """
    begun = Change.objects.filter(uid=uid).first() if uid else None
    if begun is not None:
        return begun
    check(what)
    numbers = whom(wanted, now=now)
    if len(numbers) != expected:
        raise BadInput(
            _("Meanwhile these are %(count)d people, and nothing was changed.") % {"count": len(numbers)},
            _("Look at the preview again."),
        )
    return start_with(what, numbers, actor=actor, now=now, uid=uid)


def start_with(what: What, numbers: Sequence[int], *, actor: Actor, now: datetime, uid: UUID | None = None) -> Change:
    """Begin a change of these people, few at once, many in the background; of whom it is does not change any more."""
    with Stage() as stage, transaction.atomic():
        change = _write(what, numbers, uid=uid or uuid7(), actor=actor, now=now, stage=stage)
        if len(numbers) > AT_ONCE:
            _in_background("lists.change", change, now=now)
    if len(numbers) <= AT_ONCE:
        carry_on(change, clock=lambda: now)
    return change


def carry_on(change: Change, *, clock: Callable[[], datetime], breathe: Callable[[], None] = lambda: None) -> None:
    """Change whoever is left, a portion in each transaction."""
    while _portion(change, clock()):
        breathe()


def take_back(change: Change, *, actor: Actor, now: datetime) -> None:
    """Undo a change whole, also one that is still going on; few at once, many in the background."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=change.pk)
        if change.state in {Change.State.UNDOING, Change.State.UNDONE}:
            raise Refused(_("This has been undone already."))
        change.state = Change.State.UNDOING
        change.save(update_fields=["state"])
        _note("people.change_undone", change, actor=actor, now=now)
        if change.people > AT_ONCE:
            _in_background("lists.undo", change, now=now)
    if change.people <= AT_ONCE:
        finish_taking_back(change, clock=lambda: now)


def finish_taking_back(
    change: Change, *, clock: Callable[[], datetime], breathe: Callable[[], None] = lambda: None
) -> None:
    """Undo whatever is left of it; what is undone already stays so."""
    while _portion_back(change, clock()):
        breathe()
    now = clock()
    batch = Batch.objects.filter(pk=change.batch_id, undone_at=None).first() if change.batch_id else None
    with transaction.atomic():
        if batch is not None:
            pinning.close(batch, now=now)
        Change.objects.filter(pk=change.pk, state=Change.State.UNDOING).update(
            state=Change.State.UNDONE, finished_at=now
        )
    _follow(now)


def check(what: What) -> None:
    """Raise `BadInput` for a change that says nothing."""
    if what.kind == Change.Kind.TASK:
        check_task(what.task or Wanted(title=""))
        return
    if what.kind != Change.Kind.SET:
        if what.list is None:
            raise BadInput(_("Choose a list."))
        return
    if what.attribute == "name" or what.attribute not in attribute_names():
        raise BadInput(_("Choose what is to be changed."))
    if not what.value.strip() or len(what.value) > LONGEST_VALUE or "\0" in what.value:
        raise BadInput(_("Say what it is to be, in up to %(count)d letters.") % {"count": LONGEST_VALUE})


def _write(what: What, numbers: Sequence[int], *, uid: UUID, actor: Actor, now: datetime, stage: Stage) -> Change:
    """Write down the change and whom it is about."""
    batch = pinning.open_batch(now=now) if what.kind == Change.Kind.SET else None
    change = Change.objects.create(
        uid=uid,
        kind=what.kind,
        attribute=what.attribute,
        value=what.value.strip(),
        list=what.list,
        task=msgspec.to_builtins(what.task) if what.task else {},
        batch_id=batch.pk if batch else None,
        people=len(numbers),
        actor_id=actor.id,
        actor_name=actor.name,
        made_at=now,
    )
    places = pa.array(range(len(numbers)), pa.int64())
    staged = stage.put(pa.table({"place": places, "number": pa.array(numbers, pa.int64())}))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lists_target (change_id, place, identity_id) "
            f"SELECT %s, place, number FROM {staged} ORDER BY place",
            [change.pk],
        )
    _note("people.changed", change, actor=actor, now=now)
    return change


def _portion(this: Change, now: datetime) -> bool:
    """Change the next people; whether any are left."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=this.pk)
        if change.state != Change.State.RUNNING:
            return False
        last = min(change.done + PORTION, change.people)
        theirs = _THEIRS.format(change=change.pk, first=change.done, last=last)
        if change.kind == Change.Kind.SET:
            pinning.pin(theirs, change.attribute, change.value, batch=_batch(change))
        elif change.kind == Change.Kind.TASK:
            _give(change, last, now)
        else:
            _stand(change, theirs)
        change.done = last
        if last == change.people:
            change.state, change.finished_at = Change.State.DONE, now
        change.save(update_fields=["done", "state", "finished_at"])
    if change.state == Change.State.DONE:
        _follow(now)
    return bool(change.state == Change.State.RUNNING)


def _stand(change: Change, theirs: str) -> None:
    with connection.cursor() as cursor:
        if change.kind == Change.Kind.ADD:
            cursor.execute(_ADD.format(theirs=theirs), [change.list_id, change.pk, change.list_id])
        else:
            cursor.execute(_REMOVE.format(theirs=theirs), [change.pk, change.list_id])


def _give(change: Change, last: int, now: datetime) -> None:
    theirs = Target.objects.filter(change=change, place__gte=change.done, place__lt=last)
    actor = Actor(id=change.actor_id, name=change.actor_name)
    wanted = msgspec.convert(change.task, Wanted)
    people = list(theirs.order_by("place").values_list("identity_id", flat=True))
    give_each(wanted, people, together=change.uid, actor=actor, now=now)


def _portion_back(this: Change, now: datetime) -> bool:
    """Undo the last people that were changed; whether any are left."""
    with transaction.atomic():
        change = Change.objects.select_for_update().get(pk=this.pk)
        if change.state != Change.State.UNDOING or not change.done:
            return False
        first = max(change.done - PORTION, 0)
        if change.kind == Change.Kind.SET:
            theirs = _THEIRS.format(change=change.pk, first=first, last=change.done)
            pinning.unpin(theirs, change.attribute, batch=_batch(change))
        elif change.kind == Change.Kind.TASK:
            first = 0
            take_back_given(change.uid, now=now)
        else:
            first = 0
            with connection.cursor() as cursor:
                if change.kind == Change.Kind.ADD:
                    cursor.execute("DELETE FROM lists_member WHERE added_id = %s", [change.pk])
                else:
                    cursor.execute(_PUT_BACK, [change.pk])
        change.done = first
        change.save(update_fields=["done"])
    return first > 0


def _batch(change: Change) -> Batch:
    return Batch.objects.get(pk=change.batch_id or 0)


def _in_background(task: str, change: Change, *, now: datetime) -> None:
    enqueue(task, arguments={"uid": str(change.uid)}, key=f"{task}:{change.uid}", now=now)


def _follow(now: datetime) -> None:
    """Have the mirror follow."""
    enqueue("today.refresh", key="today.refresh", now=now)


def _note(action: str, change: Change, *, actor: Actor, now: datetime) -> None:
    details = {"people": change.people, "change": change.kind}
    if change.attribute:
        details["attribute"] = change.attribute
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="change",
        object_uid=str(change.uid),
        summary=change.list.name if change.list else change.attribute,
        details=details,
    )
