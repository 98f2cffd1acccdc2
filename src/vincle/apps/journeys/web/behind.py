"""From a figure to the people behind it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from vincle.apps.journeys import gathering, queries
from vincle.apps.journeys.asking import Figure
from vincle.apps.journeys.figures import figure_words
from vincle.apps.journeys.web.whose import case_asked
from vincle.apps.lists.facade import people_behind_url
from vincle.engine.journeys.journey import Journey
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs


@needs("people.view")
def behind(request: HttpRequest) -> HttpResponse:
    """To the list of those whom a figure counts; until they are found, how far that is."""
    figure, journey = _asked(request.GET)
    words = figure_words(figure.figure, journey)
    found = gathering.gathered_behind(figure)
    if found is not None:
        address = people_behind_url(found)
        return HttpResponse(headers={"HX-Redirect": address}) if htmx.asks(request) else redirect(address)
    going = queries.under_way(figure.name)
    if going is None:
        gathering.ask_behind(figure, words, now=clock.now())
    template = "journeys/finding.html" if htmx.asks(request) else "journeys/behind.html"
    return render(request, template, {"going": going, "words": words, "here": request.get_full_path()})


def _asked(given: QueryDict) -> tuple[Figure, Journey | None]:
    case, _found = case_asked(given.get("case", ""))
    return Figure(given.get("figure", ""), case), None
