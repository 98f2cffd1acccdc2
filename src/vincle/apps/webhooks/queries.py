"""Reads of the room, each bounded."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.flow.models import Kind
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

MOST = 50  # endpoints
PAGE = 50
KINDS = 500


def endpoints() -> QuerySet[Endpoint]:
    """Every endpoint there is, newest first, each with how many of its messages wait and have failed."""
    waiting = Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING))
    return _there().annotate(waiting=waiting).order_by("-created_at", "-pk")[:MOST]


def endpoint_by_number(number: int) -> Endpoint:
    """One endpoint; raises `NotFound`."""
    found = _there().filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such webhook."))
    return found


def listening() -> list[int]:
    """The numbers of the endpoints that are switched on."""
    return list(_there().filter(off_at=None).order_by("pk").values_list("pk", flat=True)[:MOST])


def with_something_due(*, now: datetime) -> list[int]:
    """The numbers of the endpoints to which something is to be sent now."""
    due = Delivery.objects.filter(state=Delivery.State.WAITING, due_at__lte=now)
    rested = Q(rests_until=None) | Q(rests_until__lte=now)
    found = _there().filter(rested, off_at=None, pk__in=due.values("endpoint_id"))
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST])


def next_due(endpoint: Endpoint, *, now: datetime) -> Delivery | None:
    """What is to be sent next to an endpoint."""
    waiting = Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.WAITING, due_at__lte=now)
    return waiting.order_by("due_at", "pk").first()


def deliveries_page(endpoint: Endpoint, *, state: str = "", cursor: str = "") -> Page[Delivery]:
    """What was sent to an endpoint, or is to be, newest first."""
    rows = Delivery.objects.filter(endpoint=endpoint)
    if state in Delivery.State.values:
        rows = rows.filter(state=state)
    return keyset_page(rows, order="-pk", cursor=cursor, size=PAGE)


def delivery_by_number(endpoint: Endpoint, number: int) -> Delivery:
    """One message to that endpoint; raises `NotFound`."""
    found = Delivery.objects.filter(endpoint=endpoint, pk=number).first()
    if found is None:
        raise NotFound(_("There is no such message."), _("Messages are kept for thirty days."))
    return found


def kinds_offered() -> list[Kind]:
    """The kinds of the catalogue."""
    return list(Kind.objects.only("name", "labels")[:KINDS])


def switched_off_by_itself() -> QuerySet[Endpoint]:
    """The endpoints that were given up and wait for somebody to look."""
    return _there().exclude(gave_up="").filter(off_at__isnull=False)[:MOST]


def _there() -> QuerySet[Endpoint]:
    return Endpoint.objects.filter(removed_at=None)
