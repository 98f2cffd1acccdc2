"""What happened: read it, and write it down."""

from collections import Counter
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, Query, Schema

from vincle.apps.people import telling
from vincle.apps.people.api.shapes import (
    AppendedOut,
    BecameOut,
    InteractionIn,
    InteractionOut,
    InteractionsIn,
    InteractionsPage,
    ThingIn,
)
from vincle.apps.people.api.showing import now_at
from vincle.apps.people.naming import named
from vincle.apps.people.queries import interactions as queries
from vincle.apps.people.queries.timeline import Filter
from vincle.apps.sources.facade import source_named
from vincle.apps.tokens.facade import actor_behind
from vincle.flow.append import Event, ThingOf
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.rest import etags
from vincle.web.rest.caller import caller_of
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Limit, Moment, Text

rest = RoomRouter("Interactions")


class InteractionsQuery(Schema):
    """Which interactions; the period is of when they happened, its end left out."""

    person: UUID | None = None
    kind: Annotated[Text, Field(max_length=120, description="A kind of the catalogue: order.placed")] = ""
    since: Moment | None = None
    until: Moment | None = None
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


@rest.get("/interactions", scope="interactions:read", response=InteractionsPage)
def list_interactions(request: HttpRequest, asked: Query[InteractionsQuery]) -> InteractionsPage:  # noqa: ARG001
    """What happened: with one person, latest first; with everybody, what was heard last first.

    A page may hold fewer than `limit`, or none, while there is a `next`: a filter looks at a stretch of the log for
    each page, and the next goes on from there.
    """
    if asked.person is None:
        heard = queries.of_everybody(
            kind=asked.kind, since=asked.since, until=asked.until, cursor=asked.cursor, size=asked.limit
        )
    else:
        wanted = Filter(kinds=(asked.kind,) if asked.kind else (), since=asked.since, until=asked.until)
        heard = queries.of_person(now_at(asked.person), wanted, cursor=asked.cursor, size=asked.limit)
    return InteractionsPage(items=[InteractionOut(**each) for each in heard.items], next=heard.next or None)


@rest.get("/interactions/{uid}", scope="interactions:read", response=InteractionOut)
def get_interaction(request: HttpRequest, response: HttpResponse, uid: UUID) -> InteractionOut:  # noqa: ARG001
    """One interaction."""
    found = InteractionOut(**queries.interaction_by_uid(uid))
    etags.mark(response, found)
    return found


@rest.post("/interactions", scope="interactions:write", response=AppendedOut)
def append_interactions(request: HttpRequest, given: InteractionsIn) -> AppendedOut:
    """Write down what happened, up to a hundred interactions at once.

    Each enters, or was known already by its `message_id`, or breaks its kind's contract: then it waits in quarantine,
    with the reason, and does not stop the others. What has not the form described here is refused with 422, and nothing
    of the request enters.
    """
    now, source = clock.now(), caller_of(request).source
    became = telling.write_down(
        [_event(each, place, source) for place, each in enumerate(given.interactions)],
        source=source_named(source, now=now),
        actor=actor_behind(request),
        now=now,
    )
    states = Counter(each.state for each in became)
    return AppendedOut(
        results=[BecameOut.model_validate(each, from_attributes=True) for each in became],
        entered=states["entered"],
        known=states["known"],
        quarantined=states["quarantined"],
    )


def _event(given: InteractionIn, place: int, source: str) -> Event:
    try:
        namespace, identity = named(given.identity.namespace, given.identity.value, source=source)
        links = [named(each.namespace, each.value, source=source) for each in given.identities]
    except BadInput as error:
        message = _("Interaction %(number)d: %(why)s") % {"number": place + 1, "why": error.message}
        raise BadInput(message, error.hint) from error
    if given.amount is not None and given.currency is None:
        raise BadInput(_("Interaction %(number)d: an amount needs its currency.") % {"number": place + 1})
    return Event(
        message_id=given.message_id,
        occurred_at=given.occurred_at,
        kind=given.kind,
        namespace=namespace,
        identity=identity,
        channel=given.channel,
        place=given.place,
        staff=given.staff,
        amount=given.amount,
        currency=given.currency if given.amount is not None else None,
        score=given.score,
        text=given.text,
        properties=given.properties,
        links=links,
        observations=given.attributes,
        things=[_thing(each) for each in given.things],
    )


def _thing(given: ThingIn) -> ThingOf:
    return ThingOf(
        type=given.type,
        key=given.key,
        qualifier=given.qualifier,
        label=given.label,
        quantity=given.quantity,
        amount=given.amount,
        properties=given.properties or None,
    )
