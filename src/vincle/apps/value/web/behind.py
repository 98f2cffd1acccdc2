"""From a figure to the people behind it."""

from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vincle.apps.lists.facade import people_behind_url, people_worth_url
from vincle.apps.value import gathering, queries
from vincle.apps.value.asking import behind_name
from vincle.apps.value.figures import figure_words
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web import htmx
from vincle.web.permissions import needs

MOST = Decimal("1e14")  # units of money, which no amount in the log reaches


@needs("people.view")
@require_safe
def behind(request: HttpRequest) -> HttpResponse:
    """To the list of those whom a figure counts; until they are found, how far that is."""
    asked = request.GET.get("figure", "")
    words = figure_words(asked)
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


@needs("people.view")
@require_safe
def worth(request: HttpRequest) -> HttpResponse:
    """To the list of those who are expected to bring from `low` to `high`."""
    try:
        low, high = (Decimal(request.GET.get(name, "")) for name in ("low", "high"))
    except InvalidOperation:
        low = high = Decimal("nan")
    if not (low.is_finite() and high.is_finite() and 0 <= low < high < MOST):
        raise NotFound(_("There is no such figure."), _("Open the page again."))
    return redirect(people_worth_url(low, high))
