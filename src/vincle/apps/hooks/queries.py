"""Reads of the room, each bounded."""

import hmac
from datetime import datetime

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from vincle.apps.hooks.actions import MOST, digest
from vincle.apps.hooks.models import Delivery, Hook, KeptBody
from vincle.apps.hooks.taking.entering import OPEN
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

PAGE = 50
SAMPLES = 50
AT_ONCE = 200


def hooks() -> QuerySet[Hook]:
    """Every program that may send, newest first, each with how many of its deliveries wait or are held (`open`) and
    when the last one came (`last_at`)."""
    still = Q(deliveries__outcome__in=OPEN, deliveries__kept__isnull=False)
    latest = Delivery.objects.filter(hook=OuterRef("pk")).order_by("-pk").values("received_at")[:1]
    counted = Hook.objects.select_related("source").annotate(
        open=Count("deliveries", filter=still), last_at=Subquery(latest)
    )
    return counted.order_by("-created_at", "-pk")[:MOST]


def hook_named(name: str) -> Hook:
    """The hook of that source; `NotFound` when it is none of this room's."""
    found = Hook.objects.select_related("source").filter(source__name=name).first()
    if found is None:
        raise NotFound(_("There is no incoming webhook “%(name)s”.") % {"name": name[:80]})
    return found


def hook_in_force(public_id: str, secret: str, *, now: datetime) -> Hook | None:
    """The hook at that address, when the secret is its own and works now."""
    hook = Hook.objects.select_related("source").filter(public_id=public_id, revoked_at=None).first()
    given = digest(secret)
    if hook is None or not secret:
        return None
    former = hook.former_digest if hook.former_until is not None and hook.former_until > now else ""
    return hook if hmac.compare_digest(given, hook.digest) or hmac.compare_digest(given, former) else None


def deliveries_page(hook: Hook, *, cursor: str = "") -> Page[Delivery]:
    """What came, newest first."""
    return keyset_page(Delivery.objects.filter(hook=hook), order="-pk", cursor=cursor, size=PAGE)


def delivery_by_number(hook: Hook, number: int) -> Delivery:
    """One delivery; raises `NotFound`."""
    found = Delivery.objects.select_related("hook__source", "kept").filter(hook=hook, pk=number).first()
    if found is None:
        raise NotFound(_("There is no such delivery."), _("Deliveries are kept for thirty days."))
    return found


def open_count(hook: Hook, outcome: str) -> int:
    """How many deliveries of a hook wait, or are held, and can still be taken in."""
    return Delivery.objects.filter(hook=hook, outcome=outcome, kept__isnull=False).count()


def samples(hook: Hook) -> list[str]:
    """The last bodies that are kept, the newest first."""
    rows = KeptBody.objects.filter(delivery__hook=hook).order_by("-delivery_id")
    return list(rows.values_list("text", flat=True)[:SAMPLES])


def to_be_taken_in() -> list[int]:
    """The numbers of deliveries that wait and can be taken in, in the order they came."""
    waiting = Delivery.objects.filter(outcome=Delivery.Outcome.WAITING, kept__isnull=False).exclude(hook__mapping="")
    return list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def unmapped() -> QuerySet[Hook]:
    """The hooks for which something waits until somebody says what it means."""
    waiting = Q(deliveries__outcome=Delivery.Outcome.WAITING, deliveries__kept__isnull=False)
    return Hook.objects.filter(waiting, mapping="").annotate(last=Max("deliveries__pk")).order_by("pk")[:MOST]
