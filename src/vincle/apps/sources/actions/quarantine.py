"""What can be done with what is in quarantine."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.sources.actions.running import follow
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries import quarantine as queries
from vincle.apps.sources.queries.quarantine import Selection, State
from vincle.flow.append import Event, append
from vincle.flow.append.payload import from_payload
from vincle.flow.append.schema import Breach
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Batch, Quarantined, Source
from vincle.kernel.errors import BadInput, Refused

AT_ONCE = 500


class StillBroken(BadInput):
    """What was to be let in breaks its kind's contract still; `breaches` say how."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        super().__init__(_("It still breaks the contract of its kind."), "; ".join(map(str, breaches)))
        self.breaches = breaches


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many entered and how many wait still."""

    entered: int = 0
    still_held: int = 0


def mend(item: Quarantined, *, payload: dict[str, Any], actor: Actor, now: datetime) -> None:
    """Let one in as `payload` describes it; it belongs to the import it came with.

    Raises `BadInput` when the payload describes nothing that happened, `StillBroken` when it breaks the contract, and
    `Refused` when somebody has settled it meanwhile.
    """
    with transaction.atomic():
        item = _waiting(item)
        payload = {**payload, "message_id": item.message_id}
        event = from_payload(payload)
        broken = queries.breaches(payload)
        if broken:
            raise StillBroken(broken)
        _let_in([event], source=item.source, batch=item.batch, now=now)
        item.payload, item.kind = payload, event.kind
        _settle(item, State.REPLAYED, actor=actor, now=now)
        _record(actor, now, "quarantine.mended", item)
        follow(now=now)


def start_replay(selection: Selection, *, actor: Actor, now: datetime) -> None:
    """Have those of the selection let in again in the background, as they are."""
    with transaction.atomic():
        arguments = {"kind": selection.kind, "source": selection.source, "reason": selection.reason}
        named = {"actor": {"id": actor.id, "name": actor.name}}
        enqueue("quarantine.replay", arguments=arguments | named, key=selection.job_key, now=now)


def replay_all(
    selection: Selection, *, actor: Actor, clock: Callable[[], datetime], breathe: Callable[[], None] = lambda: None
) -> Replayed:
    """Let in again all of the selection that keep to their contract now; the others wait on, with the reason of today.

    May stop anywhere and be started again. `breathe` is called between transactions.
    """
    entered = still_held = last = 0
    while True:
        with transaction.atomic():
            rows = queries.held(selection).filter(pk__gt=last).order_by("pk").select_for_update(of=("self",))
            items = list(rows.select_related("source", "batch")[:AT_ONCE])
            if not items:
                break
            broken = _replay(items, actor=actor, now=clock())
            entered, still_held, last = entered + len(items) - broken, still_held + broken, items[-1].pk
        breathe()
    now = clock()
    summary = selection.kind or selection.reason or _("everything")
    details = {"entered": entered, "waiting still": still_held}
    record(
        actor=actor, now=now, action="quarantine.replayed", object_type="quarantine", summary=summary, details=details
    )
    if entered:
        follow(now=now)
    return Replayed(entered, still_held)


def discard_one(item: Quarantined, *, actor: Actor, now: datetime) -> None:
    """Leave one out of the log; it can be restored."""
    with transaction.atomic():
        item = _waiting(item)
        _settle(item, State.DISCARDED, actor=actor, now=now)
        recount({item.batch_id})
        _record(actor, now, "quarantine.discarded", item)


def discard_all(selection: Selection, *, actor: Actor, now: datetime) -> int:
    """Leave all of the selection out of the log; returns how many. `restore` with the same `now` brings them back."""
    with transaction.atomic():
        rows = queries.held(selection)
        batches = set(rows.order_by().values_list("batch_id", flat=True).distinct())
        count = rows.update(state=State.DISCARDED, settled_at=now, settled_by=actor.name[:200])
        recount(batches)
        summary = f"{selection.kind}: {count}"
        record(actor=actor, now=now, action="quarantine.discarded", object_type="quarantine", summary=summary)
    return count


def restore(*, discarded_at: datetime, actor: Actor, now: datetime) -> int:
    """Have those that were discarded at that instant wait again; returns how many."""
    with transaction.atomic():
        rows = Quarantined.objects.filter(state=State.DISCARDED, settled_at=discarded_at)
        batches = set(rows.order_by().values_list("batch_id", flat=True).distinct())
        count = rows.update(state=State.WAITING, settled_at=None, settled_by="")
        if not count:
            raise Refused(_("There is nothing to take back: it has been settled otherwise since."))
        recount(batches)
        record(actor=actor, now=now, action="quarantine.restored", object_type="quarantine", summary=str(count))
    return count


def _replay(items: list[Quarantined], *, actor: Actor, now: datetime) -> int:
    """Let in those of `items` that may enter; returns how many may not."""
    contracts = queries.contracts_of({item.kind for item in items})
    entering: dict[tuple[Source, Batch | None], list[Event]] = defaultdict(list)
    broken = []
    for item in items:
        try:
            event = from_payload(item.payload)
            contract = contracts.get(event.kind)
            breaches = contract.breaches(queries.without_lists(item.payload)) if contract else []
        except BadInput as error:
            item.reason, breaches = str(error), []
            broken.append(item)
            continue
        if breaches:
            item.reason = "; ".join(map(str, breaches))
            broken.append(item)
            continue
        entering[item.source, item.batch].append(event)
        item.state, item.settled_at, item.settled_by = State.REPLAYED, now, actor.name[:200]
    for (source, batch), events in entering.items():
        _let_in(events, source=source, batch=batch, now=now)
    Quarantined.objects.bulk_update(items, ["state", "settled_at", "settled_by", "reason"])
    recount({item.batch_id for item in items})
    return len(broken)


def _let_in(events: list[Event], *, source: Source, batch: Batch | None, now: datetime) -> None:
    became = append(events, source=source, now=now, batch=batch)
    if became.held:  # its contract has just been tightened
        raise Refused(_("The contract of this kind was changed this very moment."), _("Look at it again."))


def _waiting(item: Quarantined) -> Quarantined:
    rows = Quarantined.objects.select_for_update(of=("self",)).select_related("source", "batch")
    found = rows.filter(pk=item.pk, state=State.WAITING).first()
    if found is None:
        raise Refused(_("Somebody has settled this one meanwhile."), _("The list shows what still waits."))
    return found


def _settle(item: Quarantined, state: str, *, actor: Actor, now: datetime) -> None:
    item.state, item.settled_at, item.settled_by = state, now, actor.name[:200]
    item.save()
    recount({item.batch_id})


def recount(batches: Collection[int | None]) -> None:
    """Have the imports that those batches belong to say how many entered and how many wait."""
    for this in Import.objects.filter(batch__in=[number for number in batches if number is not None]):
        assert this.batch is not None  # noqa: S101 - it was found by its batch
        this.new = this.batch.chunks.aggregate(rows=Sum("rows"))["rows"] or 0
        this.held = queries.held().filter(batch=this.batch).count()
        this.save(update_fields=["new", "held"])


def _record(actor: Actor, now: datetime, action: str, item: Quarantined) -> None:
    uid = str(item.pk)
    record(actor=actor, now=now, action=action, object_type="quarantine", object_uid=uid, summary=item.kind)
