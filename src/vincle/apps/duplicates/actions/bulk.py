"""Joining many pairs at once. Which they are is written down first: it can stop anywhere, and be undone exactly."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.duplicates.models import Bulk, BulkStep
from vincle.apps.duplicates.queries.bulks import chosen
from vincle.apps.duplicates.words import reason_for
from vincle.apps.people import facade as people
from vincle.flow.append.people import one_at_a_time
from vincle.flow.jobs.queue import enqueue
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7

JOINED = "duplicates.bulk_joined"
UNDONE = "duplicates.bulk_undone"
AT_A_TIME = 500  # pairs in one transaction
PARTED = "parted"  # the outcome of a step that was undone
AT_ONCE = 200  # so few are done while one waits


@transaction.atomic
def start(threshold: float, *, expected: int, actor: Actor, now: datetime) -> Bulk:
    """Write down every pair that waits above `threshold`, to be joined by `go_on`.

    `expected`: how many pairs the person saw. Raises `BadInput` when there are none, or not as many any more, or the
    threshold is too low.
    """
    one_at_a_time()
    pairs = chosen(threshold, now=now)
    if not pairs:
        raise BadInput(_("No pair is that probable."), _("Choose a lower threshold, or look at the pairs one by one."))
    if len(pairs) != expected:
        raise BadInput(
            _("There are %(count)d pairs now, not %(expected)d.") % {"count": len(pairs), "expected": expected},
            _("Nothing was joined. Look at what it would do again."),
        )
    bulk = Bulk.objects.create(
        uid=uuid7(), threshold=threshold, pairs=len(pairs), created_at=now, author=actor.name[:200]
    )
    BulkStep.objects.bulk_create(
        [BulkStep(bulk=bulk, first_id=each.first_id, second_id=each.second_id) for each in pairs], batch_size=5_000
    )
    _record(JOINED, bulk, actor=actor, now=now)
    return bulk


def go_on(bulk: Bulk, *, clock: Callable[[], datetime], breathe: Callable[[], None] = lambda: None) -> None:
    """Do what is left of joining, or of undoing; whoever else does it too does other pairs."""
    while _some(bulk.pk, now=clock()):
        breathe()


def undo_bulk(bulk: Bulk, *, actor: Actor, now: datetime) -> None:
    """Take back all that it joined and that is in force still; `go_on` does it. Raises `Refused` when that is done."""
    with transaction.atomic():
        bulk = Bulk.objects.select_for_update().get(pk=bulk.pk)
        if bulk.state in {Bulk.State.UNDOING, Bulk.State.UNDONE}:
            raise Refused(_("This has been undone already."))
        bulk.state, bulk.undone_at, bulk.undone_by = Bulk.State.UNDOING, now, actor.name[:200]
        bulk.save(update_fields=["state", "undone_at", "undone_by"])
        _record(UNDONE, bulk, actor=actor, now=now)


def carry_out(bulk: Bulk, *, clock: Callable[[], datetime]) -> None:
    """`go_on` at once when it is little, in the background when it is much."""
    if bulk.pairs <= AT_ONCE:
        go_on(bulk, clock=clock)
    else:
        enqueue("duplicates.bulk", arguments={"uid": str(bulk.uid)}, key=f"duplicates.bulk:{bulk.pk}", now=clock())


def _some(number: int, *, now: datetime) -> bool:
    """One transaction's worth; False when nothing is left to be done."""
    with transaction.atomic():
        bulk = Bulk.objects.select_for_update().get(pk=number)
        if bulk.state == Bulk.State.RUNNING:
            return _join_some(bulk, now=now)
        if bulk.state == Bulk.State.UNDOING:
            return _part_some(bulk, now=now)
        return False


def _join_some(bulk: Bulk, *, now: datetime) -> bool:
    steps = list(bulk.steps.filter(outcome="").order_by("id")[:AT_A_TIME])
    if not steps:
        bulk.state, bulk.finished_at = Bulk.State.DONE, now
        bulk.save(update_fields=["state", "finished_at"])
        return False
    pairs = [(step.first_id, step.second_id) for step in steps]
    by = Actor(None, bulk.author)
    for step, done in zip(
        steps, people.join_all(pairs, actor=by, now=now, reason=reason_for(bulk.threshold, many=True)), strict=True
    ):
        step.outcome, step.fact_id = done.outcome, done.fact or None
    BulkStep.objects.bulk_update(steps, ["outcome", "fact_id"], batch_size=100)
    return True


def _part_some(bulk: Bulk, *, now: datetime) -> bool:
    """The last joined are parted first."""
    steps = list(bulk.steps.exclude(fact_id=None).exclude(outcome=PARTED).order_by("-id")[:AT_A_TIME])
    if not steps:
        bulk.state = Bulk.State.UNDONE
        bulk.save(update_fields=["state"])
        return False
    facts = [step.fact_id for step in steps if step.fact_id is not None]
    people.undo_all(facts, actor=Actor(None, bulk.undone_by), now=now)
    bulk.steps.filter(pk__in=[step.pk for step in steps]).update(outcome=PARTED)
    return True


def _record(action: str, bulk: Bulk, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="duplicates",
        object_uid=str(bulk.uid),
        summary=f"{bulk.pairs}",
        details={"threshold": bulk.threshold, "pairs": bulk.pairs},
    )
