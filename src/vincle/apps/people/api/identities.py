"""How people are known: the identities of one person, and the person behind an identity."""

from typing import Annotated
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Query, Schema

from vincle.apps.people.api.shapes import IdentitiesPage, Namespace, Value
from vincle.apps.people.api.showing import identities_out, now_at
from vincle.apps.people.naming import named
from vincle.apps.people.queries.person import identities_of
from vincle.apps.people.queries.visible import looked_at
from vincle.flow.models import Identity, Person
from vincle.web.rest.caller import caller_of
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Identities")


class IdentityQuery(Schema):
    """Which identity; written in any form that means it: capitals, a phone without its prefix."""

    namespace: Annotated[Namespace, Field(description="email, phone, customer_id, customer_id@shop")]
    value: Value


@rest.get("/people/{uid}/identities", scope="people:read", response=IdentitiesPage)
def list_identities(request: HttpRequest, uid: UUID) -> IdentitiesPage:  # noqa: ARG001 - ninja's
    """How a person is known, the most telling first: all of it on one page."""
    person = now_at(uid)
    return IdentitiesPage(items=identities_out(identities_of(person), person.uid))


@rest.get("/identities", scope="people:read", response=IdentitiesPage)
def find_identity(request: HttpRequest, asked: Query[IdentityQuery]) -> IdentitiesPage:
    """Find the person behind an e-mail, a phone or a number: one item, or none.

    A namespace of a source's own without its source means this token's. `person` is null while nothing is shown of
    whoever it is.
    """
    namespace, value = named(asked.namespace, asked.value, source=caller_of(request).source)
    found = Identity.objects.filter(namespace=namespace, value=value).first()
    if found is None or not looked_at([found.person_id]):
        return IdentitiesPage(items=[])
    uid = Person.objects.filter(pk=found.person_id).values_list("uid", flat=True).first()
    return IdentitiesPage(items=identities_out([found], uid))
