"""From a figure to the people behind it."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vincle.apps.lists.facade import people_behind_url
from vincle.apps.value import gathering, queries
from vincle.apps.value.asking import behind_name
from vincle.apps.value.figures import figure_words
from vincle.apps.value.terms import house_terms
from vincle.engine.journeys.figures import figure
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs


@needs("people.view")
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """To the list of those whom a figure counts; until they are found, how far that is."""
    asked = _asked(request)
    words = figure_words(asked, house_terms().currency)
    found = gathering.gathered_behind(asked, now=clock.now())
    if found is not None:
        address = people_behind_url(found)
        return HttpResponse(headers={"HX-Redirect": address}) if htmx.asks(request) else redirect(address)
    going = queries.under_way(behind_name(asked))
    if going is None:
        gathering.ask_behind(asked, words, now=clock.now())
    template = "value/behind/finding.html" if htmx.asks(request) else "value/behind/page.html"
    here = f"{reverse('value:behind')}?{urlencode({'figure': asked})}"
    return render(request, template, {"going": going, "words": words, "here": here})


def _asked(request: HttpRequest) -> str:
    """The figure; `low` and `high` are that of those who are expected to bring so much."""
    given = request.GET
    return given.get("figure") or figure("worth", given.get("low", ""), given.get("high", ""))
