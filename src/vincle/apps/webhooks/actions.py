"""Writes of the room by colleagues. One action, one change, one line in the audit log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.apps.webhooks.queries import MOST
from vincle.apps.webhooks.signing import new_secret
from vincle.flow.following import present
from vincle.flow.outgoing import read_address
from vincle.flow.outgoing.allowing import Unknown, pinned
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.ids import uuid7

LONGEST_NAME = 80
MOST_KINDS = 200
FORMER_LASTS = timedelta(hours=24)
UNDO_WITHIN = timedelta(hours=1)
TEST = "webhook.tested"


@dataclass(frozen=True, slots=True)
class NewSecret:
    """An endpoint and the secret that its messages are signed with, which is shown once."""

    endpoint: Endpoint
    secret: str


@transaction.atomic
def add_endpoint(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    url: str,
    every_kind: bool = False,
    kinds: Sequence[str] = (),
    imports: bool = False,
) -> NewSecret:
    """Let a program hear what happens from now on. Raises `BadInput`, and `Refused` for an address that may not be
    spoken to."""
    if Endpoint.objects.filter(removed_at=None).count() >= MOST:
        raise Refused(_("There are no more than %(count)d webhooks.") % {"count": MOST})
    here, secret = present(), new_secret()
    endpoint = Endpoint.objects.create(
        name=_some_name(name),
        url=_some_address(url),
        every_kind=every_kind,
        kinds=_some_kinds(kinds, every=every_kind),
        imports=imports,
        secret=secret,
        created_at=now,
        created_by=actor.name[:200],
        database=here.database,
        transaction=here.transaction,
        number=here.number,
    )
    _record("webhook.added", endpoint, actor=actor, now=now, details={"address": endpoint.url})
    return NewSecret(endpoint, secret)


@transaction.atomic
def change_endpoint(
    endpoint: Endpoint,
    *,
    actor: Actor,
    now: datetime,
    name: str,
    url: str,
    every_kind: bool = False,
    kinds: Sequence[str] = (),
    imports: bool = False,
) -> None:
    """Change what a program hears, or where. Raises as `add_endpoint` does."""
    endpoint = _locked(endpoint)
    before = endpoint.url
    endpoint.name, endpoint.url = _some_name(name), url if url == before else _some_address(url)
    endpoint.every_kind, endpoint.kinds = every_kind, _some_kinds(kinds, every=every_kind)
    endpoint.imports = imports
    endpoint.save(update_fields=["name", "url", "every_kind", "kinds", "imports"])
    details = {"address": [before, endpoint.url]} if before != endpoint.url else {}
    _record("webhook.changed", endpoint, actor=actor, now=now, details=details)


@transaction.atomic
def rotate(endpoint: Endpoint, *, actor: Actor, now: datetime) -> NewSecret:
    """Sign with a new secret, and for a day with the former one as well, so that its program can change in peace."""
    endpoint, secret = _locked(endpoint), new_secret()
    endpoint.former_secret, endpoint.former_until = endpoint.secret, now + FORMER_LASTS
    endpoint.secret = secret
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    _record("webhook.rotated", endpoint, actor=actor, now=now)
    return NewSecret(endpoint, secret)


@transaction.atomic
def switch_off(endpoint: Endpoint, *, actor: Actor, now: datetime) -> None:
    """Send nothing for the time being; `switch_on` goes on where it stopped."""
    if Endpoint.objects.filter(pk=endpoint.pk, off_at=None).update(off_at=now):
        _record("webhook.switched_off", endpoint, actor=actor, now=now)


@transaction.atomic
def switch_on(endpoint: Endpoint, *, actor: Actor, now: datetime) -> None:
    """Send again, from where it stopped."""
    fresh = {"off_at": None, "gave_up": "", "failures": 0, "rests_until": None}
    if Endpoint.objects.filter(pk=endpoint.pk, off_at__isnull=False).update(**fresh):
        _record("webhook.switched_on", endpoint, actor=actor, now=now)


@transaction.atomic
def remove(endpoint: Endpoint, *, actor: Actor, now: datetime) -> None:
    """Let a program hear nothing any more; `restore` takes it back for a while."""
    if Endpoint.objects.filter(pk=endpoint.pk, removed_at=None).update(removed_at=now):
        _record("webhook.removed", endpoint, actor=actor, now=now)


@transaction.atomic
def restore(number: int, *, actor: Actor, now: datetime) -> Endpoint:
    """Take back that an endpoint was removed, soon afterwards; raises `Refused` when that was long ago."""
    if not Endpoint.objects.filter(pk=number, removed_at__gt=now - UNDO_WITHIN).update(removed_at=None):
        raise Refused(_("It was removed too long ago to be brought back."), _("Add it again."))
    endpoint = Endpoint.objects.get(pk=number)
    _record("webhook.restored", endpoint, actor=actor, now=now)
    return endpoint


@transaction.atomic
def test(endpoint: Endpoint, *, now: datetime) -> Delivery:
    """Send a message that says nothing but that it is a test; it is no interaction."""
    return Delivery.objects.create(endpoint=endpoint, uid=uuid7(), kind=TEST, created_at=now, due_at=now)


@transaction.atomic
def send_again(delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    """Send a message once more, under the id it had; raises `Refused` while it waits anyway."""
    again = {"state": Delivery.State.WAITING, "due_at": now, "finished_at": None, "attempts": 0}
    done = Delivery.objects.filter(pk=delivery.pk).exclude(state=Delivery.State.WAITING)
    if not done.update(**again):
        raise Refused(_("It waits to be sent anyway."))
    _record("webhook.sent_again", delivery.endpoint, actor=actor, now=now, details={"message": delivery.message_id})


def _locked(endpoint: Endpoint) -> Endpoint:
    return Endpoint.objects.select_for_update().get(pk=endpoint.pk)


def _some_name(name: str) -> str:
    label = " ".join(name.split())
    if not label or len(label) > LONGEST_NAME:
        raise BadInput(_("Give it a name of up to %(count)d letters.") % {"count": LONGEST_NAME})
    return label


def _some_address(url: str) -> str:
    address = read_address(url)
    try:
        pinned(address)
    except Unknown as error:
        raise BadInput(error.message, _("Look whether it is written as it should be.")) from error
    return url.strip()


def _some_kinds(kinds: Sequence[str], *, every: bool) -> list[str]:
    if every:
        return []
    wanted = sorted({kind for kind in kinds if kind})
    if not wanted:
        raise BadInput(_("Choose of what it hears, or let it hear of everything."))
    if len(wanted) > MOST_KINDS or any(len(kind) > 120 for kind in wanted):
        raise BadInput(_("These are too many kinds; let it hear of everything."))
    return wanted


def _record(
    action: str, endpoint: Endpoint, *, actor: Actor, now: datetime, details: Mapping[str, object] | None = None
) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="webhook",
        object_uid=str(endpoint.pk),
        summary=endpoint.name,
        details=details,
    )
