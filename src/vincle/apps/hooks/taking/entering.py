"""One commit: what a delivery brings into the log, what cannot enter into quarantine, and the line about it."""

from datetime import datetime

from django.db import transaction

from vincle.apps.hooks.models import Delivery, Hook, KeptBody
from vincle.apps.hooks.taking.said import TOO_MANY, as_kept
from vincle.apps.hooks.taking.understanding import Understood, understand
from vincle.flow.append import Absorbed
from vincle.flow.incoming import entering
from vincle.flow.incoming.refusals import Refusal, TooLarge
from vincle.flow.incoming.taken import Taken
from vincle.flow.models import Interaction, Quarantined, Source

MOST_OPEN = 1_000  # deliveries of one hook that wait or are held
OPEN = (Delivery.Outcome.WAITING, Delivery.Outcome.HELD)
_LONGEST_REASON = 300


class TooManyWait(Refusal):
    """503: nothing more is kept until somebody has said what the columns mean, or mended what is held."""

    def __init__(self) -> None:
        super().__init__(503, "too_many_waiting", "Too much waits to be understood already; try again later.")


def receive(body: bytes, *, hook: Hook, size: int, webhook_id: str, now: datetime) -> Delivery:
    """Keep a delivery and, when its hook has a mapping, let it in, in one transaction; returns when it is committed.

    Raises `TooLarge` for more happenings than are taken at once, and `TooManyWait`.
    """
    text = as_kept(body)
    understood = None
    if hook.mapping:
        understood = understand(text, hook=hook, webhook_id=webhook_id, received_at=now)
        if [each.reason for each in understood.taken.unfit] == [TOO_MANY]:
            raise TooLarge
    with transaction.atomic():
        if (understood is None or understood.taken.unfit) and _open(hook) >= MOST_OPEN:
            raise TooManyWait
        delivery = Delivery(hook=hook, received_at=now, size=size, webhook_id=webhook_id)
        if understood is None:
            delivery.outcome = Delivery.Outcome.WAITING
            delivery.save()
            KeptBody.objects.create(delivery=delivery, text=text)
        else:
            _let_in(delivery, understood, text=text, now=now)
    return delivery


def take_waiting(number: int, *, now: datetime) -> bool:
    """Let in a delivery that waits, by the mapping its hook has now; whether there was anything to do."""
    delivery = Delivery.objects.select_related("hook__source", "kept").filter(pk=number, kept__isnull=False).first()
    if delivery is None or not delivery.hook.mapping:
        return False
    hook, text = delivery.hook, delivery.kept.text
    understood = understand(text, hook=hook, webhook_id=delivery.webhook_id, received_at=delivery.received_at)
    with transaction.atomic():
        same = Hook.objects.select_for_update().filter(pk=hook.pk, mapping=hook.mapping, path=hook.path)
        waits = Delivery.objects.select_for_update().filter(pk=number, outcome=Delivery.Outcome.WAITING)
        if not same.exists() or not waits.exists():
            return False
        _let_in(delivery, understood, text=text, now=now)
    return True


def refuse(hook: Hook, *, size: int, reason: str, now: datetime) -> None:
    """Write down that something was kept out, and nothing of what it said."""
    Delivery.objects.create(
        hook=hook, received_at=now, size=size, outcome=Delivery.Outcome.REFUSED, reason=reason[:_LONGEST_REASON]
    )


def _open(hook: Hook) -> int:
    return Delivery.objects.filter(hook=hook, outcome__in=OPEN)[:MOST_OPEN].count()


def _let_in(delivery: Delivery, this: Understood, *, text: str, now: datetime) -> None:
    absorbed, taken = _enter(this, source=delivery.hook.source, now=now)
    delivery.new, delivery.known, delivery.held = absorbed.new, absorbed.known, absorbed.held
    delivery.outcome = Delivery.Outcome.HELD if absorbed.held else Delivery.Outcome.TAKEN
    delivery.reason = taken.unfit[0].reason[:_LONGEST_REASON] if taken.unfit else ""
    delivery.save()
    fit = taken.fit
    named = {(row.namespace, row.identity) for row in fit.rows} | {(space, value) for _row, space, value in fit.links}
    kept = {"text": text, "identities": sorted(named)}
    KeptBody.objects.update_or_create(delivery=delivery, defaults=kept)


def _enter(this: Understood, *, source: Source, now: datetime) -> tuple[Absorbed, Taken]:
    """Let in what quarantine has not settled already, and settle what of it waited there."""
    fit, unfit = this.taken.fit, this.taken.unfit
    numbers = {*this.contents, *(row.message_id for row in fit.rows), *(each.message_id for each in unfit)}
    held = Quarantined.objects.filter(source=source, message_id__in=numbers)
    settled = set(held.exclude(state=Quarantined.State.WAITING).values_list("message_id", flat=True))
    pairs = [(row.message_id, content) for row, content in zip(fit.rows, this.contents, strict=True)]
    known = {place for place, pair in enumerate(pairs) if settled.intersection(pair)}
    waiting = [each for each in unfit if each.message_id not in settled]
    taken, absorbed = entering.enter(Taken(fit.without(known), waiting), source=source, now=now)
    _settle([pair for pair in pairs if not settled.intersection(pair)], source=source, now=now)
    return absorbed + Absorbed(known=len(known) + len(unfit) - len(waiting)), taken


def _settle(pairs: list[tuple[str, str]], *, source: Source, now: datetime) -> None:
    """Say of what waited in quarantine, and is in the log now, that it entered."""
    ids = [message_id for message_id, _content in pairs]
    entered = set(Interaction.objects.filter(source=source, message_id__in=ids).values_list("message_id", flat=True))
    numbers = {number for pair in pairs if pair[0] in entered for number in pair}
    Quarantined.objects.filter(source=source, message_id__in=numbers, state=Quarantined.State.WAITING).update(
        state=Quarantined.State.REPLAYED, settled_at=now, settled_by=source.label[:200]
    )
