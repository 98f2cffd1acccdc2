"""Two groups, or two periods, side by side."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from vincle.apps.journeys import queries
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.comparisons.actions import ATTRIBUTE, PERIOD, STAGE, ask_comparison
from vincle.apps.journeys.comparisons.naming import group_names
from vincle.apps.journeys.comparisons.page import comparison_shown
from vincle.apps.journeys.comparisons.queries import newest_comparison
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.queries import Journeys, case_asked
from vincle.apps.journeys.web.compare_forms import AttributeForm, PeriodForm, StageForm, WithinForm
from vincle.apps.journeys.web.whose import address_of
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web.permissions import needs

LATER = ("csrfmiddlewaretoken",)


@needs("journeys.view")
def compare(request: HttpRequest) -> HttpResponse:
    """The page; POST asks."""
    if request.method != "POST":
        return render(request, "journeys/compare/page.html", _context(request.GET))
    context = _context(request.POST)
    form = context["form"]
    if form is None or not form.is_valid():
        return render(request, "journeys/compare/page.html", context, status=400)
    ask_comparison(form.comparison(context["case"]), now=clock.now())
    return redirect(f"{reverse('journeys:compare')}?{_address(request.POST)}")


@needs("journeys.view")
@require_safe
def newer(request: HttpRequest) -> HttpResponse:
    """How far the answer is; the page is loaded anew once it is there."""
    context = _context(request.GET)
    if not context.get("going"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "journeys/compare/going.html", context)


def _context(given: QueryDict) -> dict[str, Any]:
    """What the page needs: the form, and what is known of what it asks."""
    this = _map(given.get("map", ""))
    case, journeys = case_asked(journey_of(this).case if this else given.get("case", ""))
    sorts = _sorts(case, journeys, this)
    by = given.get("by", "")
    by = by if by in dict(sorts) else PERIOD
    is_asked = "asked" in given
    form = _form(by, given if is_asked else None, journeys, this) if journeys and not journeys.is_empty else None
    context: dict[str, Any] = {
        "case": case,
        "is_people": case == PEOPLE,
        "map": this,
        "by": by,
        "sorts": [(key, words, f"?{urlencode(_whose(case, this) | {'by': key})}") for key, words in sorts],
        "form": form,
        "back": reverse("journeys:map", args=[this.uid]) if this else address_of(case),
    }
    if form is None or not is_asked or not form.is_valid():
        return context
    asked = form.comparison(case)
    kept = newest_comparison(asked)
    names = group_names(asked)
    return context | {
        "address": _address(given),
        "names": names,
        "going": queries.under_way(asked.name),
        "kept": kept,
        "few": _few(names, kept.why) if kept and kept.why.get("reason") == "few" else [],
        "is_old": kept is not None and kept.version != queries.mirror_version(),
        "shown": comparison_shown(asked, kept, names) if kept else None,
    }


def _few(names: tuple[str, str], why: Mapping[str, Any]) -> list[tuple[str, int, bool, int]]:
    """Of each group how many there are, whether that is enough, and how many are not known for long enough."""
    return [
        (name, cases, cases >= why["needed"], not_over)
        for name, cases, not_over in zip(names, why["cases"], why["not_over"], strict=True)
    ]


def _sorts(case: str, journeys: Journeys | None, this: JourneyMap | None) -> list[tuple[str, str]]:
    """By what can be compared."""
    found = [(PERIOD, _("Two periods"))]
    if case == PEOPLE and journeys and any(journeys.values().values()):
        found.append((ATTRIBUTE, _("What is said of people")))
    if case == PEOPLE and this and any(stage.enters for stage in journey_of(this).stages):
        found.append((STAGE, _("A stage of the map")))
    return found


def _form(by: str, given: QueryDict | None, journeys: Journeys, this: JourneyMap | None) -> WithinForm:
    if by == ATTRIBUTE:
        return AttributeForm(given, values=journeys.values())
    if by == STAGE and this:
        return StageForm(given, this=this, journey=journey_of(this))
    return PeriodForm(given)


def _whose(case: str, this: JourneyMap | None) -> dict[str, str]:
    if this:
        return {"map": str(this.uid)}
    return {} if case == PEOPLE else {"case": case}


def _map(uid: str) -> JourneyMap | None:
    if not uid:
        return None
    try:
        return map_by_uid(UUID(uid))
    except ValueError:
        raise NotFound(_("There is no such journey.")) from None


def _address(given: QueryDict) -> str:
    kept = given.copy()
    for name in LATER:
        kept.pop(name, None)
    return kept.urlencode()
