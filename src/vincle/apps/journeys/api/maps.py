"""Designed journeys: the list, one of them whole, bringing one in, changing it, putting it away."""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from vincle.apps.journeys.api.shapes import (
    ChartOut,
    JourneyIn,
    JourneyOut,
    JourneysPage,
    JourneysQuery,
    WaitQuery,
    journey_line,
    journey_out,
)
from vincle.apps.journeys.api.waiting import being_worked_out
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps.operations import Replace
from vincle.apps.journeys.queries import mirror_version, under_way
from vincle.apps.journeys.real.actions import ask_chart
from vincle.apps.journeys.real.chart import chart_name
from vincle.apps.journeys.real.queries import newest_chart
from vincle.apps.tokens.facade import actor_behind
from vincle.engine.journeys.journey import from_data
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web.rest import etags
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Journeys")


@rest.get("/journeys", scope="journeys:read", response=JourneysPage)
def list_journeys(request: HttpRequest, asked: Query[JourneysQuery]) -> JourneysPage:  # noqa: ARG001 - ninja's
    """Designed journeys, those changed last first."""
    page = queries.maps_page(archived=asked.archived, cursor=asked.cursor, size=asked.limit)
    return JourneysPage(items=[journey_line(each) for each in page], next=page.next or None)


@rest.get("/journeys/{uid}", scope="journeys:read", response=JourneyOut)
def get_journey(request: HttpRequest, response: HttpResponse, uid: UUID) -> JourneyOut:  # noqa: ARG001 - ninja's
    """One designed journey with its document, also one that was put away."""
    journey = journey_out(queries.map_by_uid(uid))
    etags.mark(response, journey)
    return journey


@rest.post("/journeys", scope="journeys:write", response={201: JourneyOut})
def add_journey(request: HttpRequest, given: JourneyIn) -> Status[JourneyOut]:
    """Begin a designed journey with a document.

    What is wrong with a document is said in a sentence (422): stages that wait for one another, two with one key.
    """
    made = actions.create(from_data(given.document), actor=actor_behind(request), now=clock.now())
    return Status(201, journey_out(made))


@rest.post("/journeys/{uid}", scope="journeys:write", response=JourneyOut, versioned=True)
def replace_journey(request: HttpRequest, uid: UUID, given: JourneyIn) -> JourneyOut:
    """Have a designed journey be another document.

    How it stood before is kept as a version, and on the map it is one change, which whoever made the token can undo.
    With an If-Match it is done only while the journey is as you read it. One that was put away is not changed (404).
    """
    with transaction.atomic():
        this = actions.locked(queries.map_by_uid(uid))
        etags.require_match(request, journey_out(this))
        operation = Replace(from_data(given.document))
        saved = actions.change(this, operation, seen=this.revision, actor=actor_behind(request), now=clock.now())
        return journey_out(saved.map)


@rest.post("/journeys/{uid}/archive", scope="journeys:write", response=JourneyOut)
def archive_journey(request: HttpRequest, uid: UUID) -> JourneyOut:
    """Put a designed journey away; one that is away already stays so."""
    actions.archive(queries.map_by_uid(uid), actor=actor_behind(request), now=clock.now())
    return journey_out(queries.map_by_uid(uid))


@rest.post("/journeys/{uid}/bring-back", scope="journeys:write", response=JourneyOut)
def bring_back_journey(request: HttpRequest, uid: UUID) -> JourneyOut:
    """Have a designed journey among the others again; one that is there stays so."""
    actions.bring_back(queries.map_by_uid(uid), actor=actor_behind(request), now=clock.now())
    return journey_out(queries.map_by_uid(uid))


@rest.get("/journeys/{uid}/chart", scope="journeys:read", response=ChartOut)
def get_journey_chart(request: HttpRequest, uid: UUID, asked: Query[WaitQuery]) -> ChartOut:  # noqa: ARG001 - ninja's
    """What really happens along a designed journey.

    Figures that nobody has worked out yet, or that the log or the design has outgrown, are worked out now. Until then
    the answer is 409, with when to ask again in Retry-After; with `wait=no` it is the former figures where there are
    any.
    """
    this = queries.map_by_uid(uid)
    kept = newest_chart(this.uid)
    zone, journey = house().timezone, queries.journey_of(this)
    is_current = kept is not None and kept.is_of(mirror_version(), zone=zone, journey=journey)
    if not is_current:
        ask_chart(this.uid, now=clock.now())
    if kept is None or (asked.wait == "yes" and not is_current):
        raise being_worked_out(under_way(chart_name(this.uid)))
    return ChartOut(
        uid=this.uid,
        revision=kept.revision,
        version=kept.version,
        as_of=None if kept.is_empty else kept.as_of,
        computed_at=kept.computed_at,
        is_current=is_current,
        figures=dict(kept.said),
    )
