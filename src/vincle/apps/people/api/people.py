"""People: the list, one of them whole, and what is said of them."""

from typing import Annotated
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema, Status

from vincle.apps.people import telling
from vincle.apps.people.api.shapes import AttributesIn, BecameOut, Order, PeoplePage, PersonIn, PersonOut
from vincle.apps.people.api.showing import lines, now_at, whole
from vincle.apps.people.naming import named
from vincle.apps.people.queries import directory
from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.person import identities_of
from vincle.apps.sources.facade import source_named
from vincle.apps.tokens.facade import actor_behind
from vincle.flow.append import turnstile
from vincle.flow.append.people import one_at_a_time
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.kernel.ids import uuid7
from vincle.web.rest import etags
from vincle.web.rest.caller import caller_of
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Day, Limit, Text

rest = RoomRouter("People")


class PeopleQuery(Schema):
    """Which people; days are the organisation's, both included."""

    search: Annotated[Text, Field(max_length=200, description="Words of the name, an e-mail, a phone, a number")] = ""
    known_in: Annotated[Text, Field(max_length=120, description="A namespace they are known in: customer_id@shop")] = ""
    first_from: Day | None = None
    first_to: Day | None = None
    last_from: Day | None = None
    last_to: Day | None = None
    at_least: Annotated[int, Field(ge=1, le=2**31, description="So many interactions")] | None = None
    order: Order | None = None
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE

    def criteria(self) -> Criteria:
        """The question as the room's reads want it."""
        return Criteria(
            search=self.search,
            namespace=self.known_in,
            first_from=self.first_from,
            first_to=self.first_to,
            last_from=self.last_from,
            last_to=self.last_to,
            at_least=self.at_least,
            order=self.order or "",
        )


@rest.get("/people", scope="people:read", response=PeoplePage)
def list_people(request: HttpRequest, asked: Query[PeopleQuery]) -> PeoplePage:  # noqa: ARG001 - ninja's
    """Everybody, or those who are asked for, a page at a time.

    A search looks at the first thousand people it finds. Give `next` back as `cursor`, with the same question.
    """
    page, _plan = directory.page(asked.criteria(), cursor=asked.cursor, size=asked.limit)
    return PeoplePage(items=lines(page.items), next=page.next or None)


@rest.get("/people/{uid}", scope="people:read", response=PersonOut)
def get_person(request: HttpRequest, response: HttpResponse, uid: UUID) -> PersonOut:  # noqa: ARG001 - ninja's
    """One person, whole.

    The address of somebody who became part of another answers with who they are now: look at `uid`.
    """
    person = whole(now_at(uid))
    etags.mark(response, person)
    return person


@rest.post("/people", scope="people:write", response={201: PersonOut, 202: BecameOut})
def observe_person(request: HttpRequest, given: PersonIn) -> Status[PersonOut | BecameOut]:
    """Say who somebody is, and what is known of them.

    Whoever has the identity is found, or made when nobody has it. Further `identities` of the same person join whoever
    has those. What was known before is kept: the latest value of an attribute shows. It enters the log as an
    interaction of the kind `person.identified`; one that breaks that kind's contract is answered with 202 and waits in
    quarantine.
    """
    caller = caller_of(request)
    identity = named(given.identity.namespace, given.identity.value, source=caller.source)
    others = [named(each.namespace, each.value, source=caller.source) for each in given.identities]
    return _observe(request, identity, others, given)


@rest.post("/people/{uid}/attributes", scope="people:write", response={201: PersonOut, 202: BecameOut}, versioned=True)
def observe_attributes(request: HttpRequest, uid: UUID, given: AttributesIn) -> Status[PersonOut | BecameOut]:
    """Say what is known of a person.

    The same as `POST /people`, of the identity they are best known by. With an If-Match it is done only while the
    person is as you read them.
    """
    with transaction.atomic():
        turnstile.entering()  # before the other lock, as whoever erases somebody takes them
        one_at_a_time()
        person = now_at(uid)
        etags.require_match(request, whole(person))
        known = next(iter(identities_of(person)), None)
        if known is None:
            raise NotFound("Nobody is known at this address any more.")
        return _observe(request, (known.namespace, known.value), [], given)


def _observe(
    request: HttpRequest, identity: tuple[str, str], others: list[tuple[str, str]], given: PersonIn | AttributesIn
) -> Status[PersonOut | BecameOut]:
    now = clock.now()
    person, became = telling.observe(
        identity,
        others=others,
        attributes=given.attributes,
        message_id=given.message_id or str(uuid7()),
        occurred_at=given.occurred_at or now,
        source=source_named(caller_of(request).source, now=now),
        actor=actor_behind(request),
        now=now,
    )
    if person is None:
        return Status(202, BecameOut.model_validate(became, from_attributes=True))
    return Status(201, whole(person))
