"""All that the page's templates need."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from vincle.apps.journeys import queries
from vincle.apps.journeys.asking import PEOPLE, name_of
from vincle.apps.journeys.queries import Journeys, types_of
from vincle.apps.journeys.web import answers, shown
from vincle.apps.journeys.web.again import again_of
from vincle.apps.journeys.web.map import USUAL, map_of
from vincle.apps.journeys.web.whose import address_of
from vincle.apps.today.facade import anything_in_the_log

TIME = "time"  # what an address says, to have the lines say how long


def page_context(given: QueryDict, case: str, found: Journeys | None) -> dict[str, Any]:
    """The figures of `case` as far as there are any, in the detail and with the question that stand in an address."""
    everybody = found if case == PEOPLE else queries.newest_journeys(PEOPLE)
    context: dict[str, Any] = {
        "case": case,
        "is_people": case == PEOPLE,
        "cases": [(PEOPLE, _("People"), address_of(PEOPLE))]
        + [(each, each, address_of(each)) for each in (types_of(everybody) if everybody else [])],
        "journeys": found,
        "going": queries.under_way(name_of(case)),
        "anything": found is not None or anything_in_the_log(),
    }
    if found is None or found.is_empty:
        return context
    kinds = found.kinds()
    by_time = given.get("show") == TIME
    drawn = map_of(found, kinds, given.get("detail", ""), by_time=by_time)
    kept = {name: given.getlist(name) for name in given if name in answers.ASKED}
    show = {"show": TIME} if by_time else {}
    detail = {"detail": given["detail"]} if given.get("detail") else {}
    months = shown.months(found)
    return {
        **context,
        "map": drawn,
        "details": [(each, address_of(case, **kept, **show, detail=each.connections)) for each in drawn.details],
        "shows": [
            (_("how often"), address_of(case, **kept, **detail), not by_time),
            (_("how long"), address_of(case, **kept, **detail, show=TIME), by_time),
        ],
        "detail": given.get("detail", ""),
        "show": show.get("show", ""),
        "again": again_of(found, kinds),
        "usual": USUAL,
        "ways": shown.ways(found, kinds),
        "beginnings": shown.beginnings(found, drawn.steps),
        "endings": shown.endings(found, drawn.steps),
        "months": months,
        "later": range(1, max((len(month.cells) for month in months), default=0) + 1),
        "some_are_few": any(month.are_few for month in months),
        "cohorts_hidden": found.said["totals"]["cohorts"] - len(months),
        **answers.context(found, kinds, given),
    }
