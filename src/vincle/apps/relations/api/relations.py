"""Relations: how somebody relates, in which ways one may, saying it, ending it, taking it back."""

from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Schema, Status

from vincle.apps.people.facade import somebody
from vincle.apps.relations import facade
from vincle.apps.relations.actions import relations as actions
from vincle.apps.relations.api.shapes import (
    EndIn,
    KindOut,
    KindsPage,
    RelationIn,
    RelationOut,
    RelationsPage,
    RelationStateOut,
)
from vincle.apps.relations.catalogue import Kind, kinds
from vincle.apps.relations.models import Relation
from vincle.apps.relations.queries.organisations import organisation_by_uid, whole_of
from vincle.apps.relations.queries.ties import relation_shown
from vincle.apps.relations.standing import ended, today
from vincle.apps.tokens.facade import actor_behind
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Relations")


class RelationsQuery(Schema):
    """Which relations: those that are over too, or only what goes on."""

    former: bool = True


@rest.get("/relation-kinds", scope="relations:read", response=KindsPage)
def list_relation_kinds(request: HttpRequest) -> KindsPage:  # noqa: ARG001 - ninja's
    """The ways in which two may relate, those that are put away too: all of them on one page."""
    return KindsPage(items=[_kind(each) for each in kinds().values()])


@rest.get("/people/{uid}/relations", scope="relations:read", response=RelationsPage)
def list_relations(request: HttpRequest, uid: UUID, asked: Query[RelationsQuery]) -> RelationsPage:  # noqa: ARG001
    """How somebody relates, what goes on first: the latest five hundred, on one page."""
    found = facade.related(somebody(uid))
    return RelationsPage(items=[RelationOut(**asdict(each)) for each in found if asked.former or each.ended is None])


@rest.post("/people/{uid}/relations", scope="relations:write", response={201: RelationOut})
def relate(request: HttpRequest, uid: UUID, given: RelationIn) -> Status[RelationOut]:
    """Say how somebody relates to another person, or to an organisation.

    Refused (409) when it is known already, or cannot be: nobody relates to themselves, or is the guardian of their own
    guardian.
    """
    someone = somebody(uid)
    if (given.person is None) == (given.organisation is None):
        raise BadInput(_("Say either which person or which organisation."))
    if given.kind not in kinds():
        raise BadInput(_("There is no such relation here."))
    relation = actions.relate(
        someone,
        kind=given.kind,
        forward=given.direction == "forward",
        other=somebody(given.person) if given.person is not None else None,
        organisation=whole_of(organisation_by_uid(given.organisation)) if given.organisation is not None else None,
        said=actions.Said(given.role, given.since, given.until),
        actor=actor_behind(request),
        now=clock.now(),
    )
    return Status(201, RelationOut(**asdict(facade.related_by(relation, someone))))


@rest.post("/relations/{uid}/end", scope="relations:write", response=RelationStateOut)
def end_relation(request: HttpRequest, uid: UUID, given: EndIn) -> RelationStateOut:
    """Say that a relation is over since a day, today or before.

    Refused (409) when somebody has said so already.
    """
    on = given.on or today()
    return _state(actions.end(relation_shown(uid), on=on, actor=actor_behind(request), now=clock.now()))


@rest.post("/relations/{uid}/withdraw", scope="relations:write", response=RelationStateOut)
def withdraw_relation(request: HttpRequest, uid: UUID) -> RelationStateOut:
    """Say that it never was so.

    Refused (409) when it has been taken back already.
    """
    return _state(actions.withdraw(relation_shown(uid), actor=actor_behind(request), now=clock.now()))


def _kind(kind: Kind) -> KindOut:
    return KindOut(
        name=kind.name,
        forward=kind.forward,
        back=kind.back,
        with_people=kind.with_people,
        with_organisations=kind.with_organisations,
        symmetric=kind.symmetric,
        archived=kind.archived,
    )


def _state(relation: Relation) -> RelationStateOut:
    return RelationStateOut(uid=relation.uid, ended=ended(relation), withdrawn=relation.withdrawn_at is not None)
