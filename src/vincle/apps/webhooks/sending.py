"""From messages to programs: signed, sent, tried again with longer and longer pauses, given up in the end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.people.facade import Sight, seeing, told_interactions
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.apps.webhooks.signing import signature
from vincle.flow.outgoing import send
from vincle.kernel.errors import VincleError

# What the specification Standard Webhooks proposes: ten attempts within three days and a bit.
PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
FIRST_REST, LONGEST_REST = timedelta(seconds=5), timedelta(minutes=10)
TRIES_KEPT = 12
GONE = 410  # by which a program says that it wants to hear nothing any more
HOUSE = Actor(None, "Vincle")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: the status answered, or None and what went wrong."""

    status: int | None = None
    said: str = ""

    @property
    def taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def attempt(delivery: Delivery, *, now: datetime) -> bool:
    """Send a message and write down what came of it; returns whether its program took it, or need not.

    Should the process die in between, it is sent again under the same id.
    """
    body = body_of(delivery)
    if body is None:
        Delivery.objects.filter(pk=delivery.pk).update(state=Delivery.State.GONE, finished_at=now)
        return True
    outcome = _sent(delivery, body, now=now)
    _write_down(delivery, outcome, now=now)
    return outcome.taken


def body_of(delivery: Delivery) -> bytes | None:
    """What is said: `type`, `timestamp` and `data`, the interaction as the REST API shows it. None when it has left the
    log, or is about somebody confidential."""
    if delivery.interaction_id is None:
        said: dict[str, Any] = {"type": delivery.kind, "timestamp": delivery.created_at, "data": {}}
    else:
        with seeing(Sight()):  # whoever hears it is told of nobody confidential
            found = told_interactions([delivery.interaction_id])
        if not found:
            return None
        said = {"type": found[0]["kind"], "timestamp": found[0]["recorded_at"], "data": found[0]}
    return msgspec.json.encode(said)


def headers_of(delivery: Delivery, body: bytes, *, now: datetime) -> dict[str, str]:
    """What goes with it: its id, the second it is sent at, and a signature by each secret in force."""
    endpoint, second = delivery.endpoint, int(now.timestamp())
    secrets = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until is not None and endpoint.former_until > now:
        secrets.append(endpoint.former_secret)
    signatures = [signature(each, message_id=delivery.message_id, timestamp=second, body=body) for each in secrets]
    return {
        "Content-Type": "application/json",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(second),
        "webhook-signature": " ".join(signatures),
    }


def _sent(delivery: Delivery, body: bytes, *, now: datetime) -> Outcome:
    try:
        answer = send(delivery.endpoint.url, headers=headers_of(delivery, body, now=now), body=body)
    except VincleError as error:
        return Outcome(said=str(error)[:300])
    return Outcome(answer.status)


@transaction.atomic
def _write_down(delivery: Delivery, outcome: Outcome, *, now: datetime) -> None:
    endpoint = Endpoint.objects.select_for_update().get(pk=delivery.endpoint_id)
    delivery.refresh_from_db()
    delivery.attempts += 1
    tried = {"at": now.isoformat(), "status": outcome.status, "said": outcome.said}
    delivery.tries = [*delivery.tries, tried][-TRIES_KEPT:]
    if outcome.taken:
        delivery.state, delivery.finished_at = Delivery.State.DELIVERED, now
        endpoint.failures, endpoint.rests_until, endpoint.answered_at = 0, None, now
    else:
        endpoint.failures += 1
        endpoint.rests_until = now + min(FIRST_REST * 2 ** min(endpoint.failures - 1, 10), LONGEST_REST)
        if delivery.attempts <= len(PAUSES):
            delivery.due_at = now + PAUSES[delivery.attempts - 1]
        else:
            delivery.state, delivery.finished_at = Delivery.State.FAILED, now
        if outcome.status == GONE or _is_hopeless(endpoint, delivery):
            _give_up(endpoint, outcome, now=now)
    delivery.save(update_fields=["state", "finished_at", "due_at", "attempts", "tries"])
    endpoint.save(update_fields=["failures", "rests_until", "answered_at", "off_at", "gave_up"])


def _is_hopeless(endpoint: Endpoint, delivery: Delivery) -> bool:
    """Whether a message was tried to the end, and nothing else was taken since it was made."""
    silent = endpoint.answered_at is None or endpoint.answered_at < delivery.created_at
    return delivery.state == Delivery.State.FAILED and silent


def _give_up(endpoint: Endpoint, outcome: Outcome, *, now: datetime) -> None:
    endpoint.off_at, endpoint.gave_up = now, outcome.said or str(outcome.status)
    record(
        actor=HOUSE,
        now=now,
        action="webhook.gave_up",
        object_type="webhook",
        object_uid=str(endpoint.pk),
        summary=endpoint.name,
        details={"status": outcome.status or ""},
    )
