"""The value page: worked out in the background, shown from what is kept."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from vincle.apps.today.facade import anything_in_the_log
from vincle.apps.value import queries
from vincle.apps.value.page.levers import asked_of, levers_of
from vincle.apps.value.page.page import page_of
from vincle.apps.value.refreshing import ask_refresh
from vincle.apps.value.terms import HouseTerms, house_terms
from vincle.engine.published import published_version
from vincle.kernel import clock
from vincle.kernel.home import Home
from vincle.web.permissions import needs


@needs("value.view")
@require_safe
def value(request: HttpRequest) -> HttpResponse:
    """The page. Figures that nobody has worked out yet, or that the log or the terms have outgrown, are asked for."""
    asked = house_terms()
    context = _context(asked, ask=True)
    kept = context["kept"]
    if kept is not None:
        context["page"] = page_of(kept, asked, by=request.GET.get("by", ""), moved=asked_of(request.GET))
    return render(request, "value/page.html", context)


@needs("value.view")
@require_safe
def newer(request: HttpRequest) -> HttpResponse:
    """How far newer figures are; the page shows them once they are there."""
    context = _context(house_terms(), ask=False)
    if context["going"] is not None:
        return render(request, "value/going.html", context)
    return HttpResponse(headers={"HX-Refresh": "true"})


@needs("value.view")
@require_safe
def levers(request: HttpRequest) -> HttpResponse:
    """What the whole would be with the sliders where they stand."""
    kept = queries.newest_value()
    assumed = kept.page.get("assumptions") if kept else None
    terms = house_terms()
    moved = levers_of(assumed, asked_of(request.GET), terms.acquisition_cost, terms.currency)
    return render(request, "value/levers_shown.html", {"levers": moved})


def _context(asked: HouseTerms, *, ask: bool) -> dict[str, Any]:
    kept = queries.newest_value()
    is_new = kept is not None and kept.is_of(published_version(Home.at().mirror), asked)
    anything = anything_in_the_log()
    if ask and not is_new and anything:
        ask_refresh(now=clock.now())
    return {"kept": kept, "said": kept.said if kept else None, "going": queries.under_way(), "anything": anything}
