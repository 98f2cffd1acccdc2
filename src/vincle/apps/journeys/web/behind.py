"""From a figure to the people behind it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from vincle.apps.journeys import gathering, queries
from vincle.apps.journeys.asking import Figure
from vincle.apps.journeys.figures import figure_words
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.queries import case_asked
from vincle.apps.lists.facade import people_behind_url
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web import htmx
from vincle.web.permissions import needs


@needs("people.view")
def behind(request: HttpRequest) -> HttpResponse:
    """To the list of those whom a figure counts; until they are found, how far that is."""
    figure = _asked(request.GET)
    words = figure_words(figure.figure, gathering.journey_of_figure(figure))
    found = gathering.gathered_behind(figure, now=clock.now())
    if found is not None:
        address = people_behind_url(found)
        return HttpResponse(headers={"HX-Redirect": address}) if htmx.asks(request) else redirect(address)
    going = queries.under_way(figure.name)
    if going is None:
        gathering.ask_behind(figure, words, now=clock.now())
    template = "journeys/finding.html" if htmx.asks(request) else "journeys/behind.html"
    return render(request, template, {"going": going, "words": words, "here": request.get_full_path()})


def _asked(given: QueryDict) -> Figure:
    if not given.get("map"):
        return Figure(given.get("figure", ""), case_asked(given.get("case", ""))[0])
    try:
        this = map_by_uid(UUID(given.get("map")))
    except ValueError:
        raise NotFound(_("There is no such journey.")) from None
    return Figure(given.get("figure", ""), journey_of(this).case, str(this.uid), this.revision)
