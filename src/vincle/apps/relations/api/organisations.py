"""Organisations: the list, one of them whole, adding and changing them."""

from dataclasses import asdict
from typing import Annotated, cast
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Schema, Status

from vincle.apps.relations.actions import organisations as actions
from vincle.apps.relations.api.shapes import (
    OrganisationIn,
    OrganisationLine,
    OrganisationOut,
    OrganisationsPage,
    OrganisationType,
)
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import Organisation
from vincle.apps.relations.names import tidy
from vincle.apps.relations.queries import organisations as queries
from vincle.apps.relations.standing import one_at_a_time
from vincle.apps.tokens.facade import actor_behind
from vincle.kernel import clock
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter
from vincle.web.rest.shapes import USUAL_PAGE, Cursor, Limit, Text

rest = RoomRouter("Organisations")


class OrganisationsQuery(Schema):
    """Which organisations; `archived`: those that were put away."""

    search: Annotated[Text, Field(max_length=200, description="Words of the name, a fiscal number, a domain")] = ""
    kind: OrganisationType | None = None
    archived: bool = False
    cursor: Cursor = ""
    limit: Limit = USUAL_PAGE


@rest.get("/organisations", scope="organisations:read", response=OrganisationsPage)
def list_organisations(request: HttpRequest, asked: Query[OrganisationsQuery]) -> OrganisationsPage:  # noqa: ARG001
    """Every organisation by name, or those that are asked for, a page at a time."""
    page = queries.page_of(
        words=tidy(asked.search),
        kind=asked.kind or "",
        archived=asked.archived,
        cursor=asked.cursor,
        size=asked.limit,
    )
    people = queries.people_counted(page.items)
    return OrganisationsPage(items=[_line(each, people.get(each.pk, 0)) for each in page], next=page.next or None)


@rest.get("/organisations/{uid}", scope="organisations:read", response=OrganisationOut)
def get_organisation(request: HttpRequest, response: HttpResponse, uid: UUID) -> OrganisationOut:  # noqa: ARG001
    """One organisation, whole.

    The address of one that became part of another answers with what it is now: look at `uid`.
    """
    organisation = _whole(_now_at(uid))
    etags.mark(response, organisation)
    return organisation


@rest.post("/organisations", scope="organisations:write", response={201: OrganisationOut})
def add_organisation(request: HttpRequest, given: OrganisationIn) -> Status[OrganisationOut]:
    """Make an organisation; no two have one fiscal number."""
    made = actions.add_organisation(_described(given), actor=actor_behind(request), now=clock.now())
    return Status(201, _whole(made))


@rest.post("/organisations/{uid}", scope="organisations:write", response=OrganisationOut, versioned=True)
def change_organisation(request: HttpRequest, uid: UUID, given: OrganisationIn) -> OrganisationOut:
    """Have an organisation be known as it is given here.

    What is left out is empty afterwards, unless something that was joined with it says it. With an If-Match it is done
    only while the organisation is as you read it.
    """
    with transaction.atomic():
        one_at_a_time()
        organisation = _now_at(uid)
        etags.require_match(request, _whole(organisation))
        actions.change_organisation(organisation, _described(given), actor=actor_behind(request), now=clock.now())
        return _whole(_now_at(uid))


def _now_at(uid: UUID) -> Organisation:
    return queries.whole_of(queries.organisation_by_uid(uid))


def _described(given: OrganisationIn) -> Described:
    return Described(**given.model_dump())


def _line(organisation: Organisation, people: int) -> OrganisationLine:
    return OrganisationLine(
        uid=organisation.uid,
        name=organisation.name,
        kind=cast("OrganisationType", organisation.kind),
        tax_number=organisation.tax_number,
        website=organisation.website,
        domain=organisation.domain,
        people=people,
    )


def _whole(organisation: Organisation) -> OrganisationOut:
    return OrganisationOut(
        uid=organisation.uid,
        **asdict(queries.described(queries.parts_of(organisation))),
        created_at=organisation.created_at,
        created_by=organisation.created_by,
        archived_at=organisation.archived_at,
    )
