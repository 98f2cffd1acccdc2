"""What really happens, and the people behind a figure."""

from django.http import HttpRequest
from ninja import Query

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.journeys import gathering, queries
from vincle.apps.journeys.actions import ask_journeys
from vincle.apps.journeys.api.shapes import BehindOut, BehindPage, BehindQuery, CaseQuery, ReadingOut
from vincle.apps.journeys.api.waiting import being_worked_out
from vincle.apps.journeys.asking import Figure, name_of
from vincle.apps.journeys.figures import figure_words
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.lists.facade import people_behind
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web.rest.router import RoomRouter

rest = RoomRouter("Journeys")


@rest.get("/journeys/reading", scope="journeys:read", response=ReadingOut)
def get_journeys_reading(request: HttpRequest, asked: Query[CaseQuery]) -> ReadingOut:  # noqa: ARG001 - ninja's
    """What really happens: the steps, what follows what, the ways, who comes back.

    Figures that the log has outgrown are worked out now: until then the answer is 409, with when to ask again in
    Retry-After; with `wait=no` it is the former figures, where there are any.
    """
    case, kept = queries.case_asked(asked.case)
    is_current = kept is not None and kept.is_of(queries.mirror_version(), zone=house().timezone)
    if not is_current:
        ask_journeys(case, now=clock.now())
    if kept is None or (asked.wait == "yes" and not is_current):
        raise being_worked_out(queries.under_way(name_of(case)))
    hidden = sensitive_names()
    attributes = [each for each in kept.said.get("attributes", []) if each[0] not in hidden]
    return ReadingOut(
        case=case,
        version=kept.version,
        as_of=None if kept.is_empty else kept.as_of,
        computed_at=kept.computed_at,
        is_current=is_current,
        figures={**kept.said, "attributes": attributes, "values": kept.values()},
    )


@rest.get("/journeys/people", scope="people:read", response=BehindPage)
def list_people_behind(request: HttpRequest, asked: Query[BehindQuery]) -> BehindPage:  # noqa: ARG001 - ninja's
    """The people whom a figure counts, those known longest first.

    They are found in the background: until then the answer is 409, with when to ask again in Retry-After. Those whose
    processing is restricted are not among them, nor confidential people for a token that may not see them.
    """
    figure = _asked(asked)
    words = figure_words(figure.figure, gathering.journey_of_figure(figure))
    found = gathering.gathered_behind(figure, now=clock.now())
    if found is None:
        gathering.ask_behind(figure, words, now=clock.now())
        raise being_worked_out(queries.under_way(figure.name))
    page = people_behind(found, cursor=asked.cursor, size=asked.limit, now=clock.now())
    return BehindPage(items=[BehindOut(uid=each.uid, name=each.name) for each in page], next=page.next or None)


def _asked(asked: BehindQuery) -> Figure:
    if asked.journey is None:
        return Figure(asked.figure, queries.case_asked(asked.case)[0])
    this = map_by_uid(asked.journey)
    return Figure(asked.figure, journey_of(this).case, str(this.uid), this.revision)
