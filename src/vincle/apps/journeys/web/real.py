"""What really happens along a designed journey: worked out when somebody looks, shown from what is kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vincle.apps.journeys.archetypes.person import who_stands
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.queries import mirror_version, under_way
from vincle.apps.journeys.real import actions
from vincle.apps.journeys.real.chart import chart_name
from vincle.apps.journeys.real.page import real_of
from vincle.apps.journeys.real.queries import newest_chart
from vincle.apps.journeys.web.whose import address_of
from vincle.apps.today.facade import anything_in_the_log
from vincle.engine.journeys.journey import Journey
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web.permissions import needs


@needs("journeys.view")
@require_safe
def real(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page. Figures that nobody has worked out yet, or that the log or the design has outgrown, are asked for."""
    return render(request, "journeys/real/page.html", real_context(map_by_uid(uid), ask=True))


@needs("journeys.view")
@require_safe
def newer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far newer figures are; once they are there, they take the place of those on the page."""
    context = real_context(map_by_uid(uid), ask=False)
    if context["going"] is not None:
        return render(request, "journeys/real/going.html", context)
    if context["real"] is None or not request.GET.get("shown"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    response = render(request, "journeys/real/figures.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#real-figures", "outerHTML show:none"
    return response


def real_context(this: JourneyMap, *, ask: bool) -> dict[str, Any]:
    """What the templates of `journeys/real` need of a map: for a page of their own, or beside the design. With `ask`
    the figures are worked out anew, unless those that are kept are of the log and the design as they are.
    """
    journey, kept = journey_of(this), newest_chart(this.uid)
    is_new = kept is not None and kept.is_of(mirror_version(), zone=house().timezone, journey=journey)
    if ask and not is_new and anything_in_the_log():
        actions.ask_chart(this.uid, now=clock.now())
    shown = real_of(journey, kept, behind_url_of(this.uid, journey, kept.revision)) if kept else None
    newer_url = reverse("journeys:map-real-newer", args=[this.uid])
    return {
        "map": this,
        "journey": journey,
        "real": shown,
        "stands": who_stands(journey),
        "going": under_way(chart_name(this.uid)),
        "newer_url": f"{newer_url}?shown=1" if shown else newer_url,
        "moments_url": moments_url_of(journey),
        "compare_url": f"{reverse('journeys:compare')}?{urlencode({'map': this.uid})}",
    }


def behind_url_of(uid: UUID, journey: Journey, revision: int) -> Callable[[str], str]:
    """Where the people behind a figure of a map are, as it was at a revision."""
    case = {} if journey.case == PEOPLE else {"case": journey.case}
    base = reverse("journeys:behind")

    def behind_url(figure: str) -> str:
        return f"{base}?{urlencode({'figure': figure, **case, 'map': uid, 'revision': revision})}"

    return behind_url


def moments_url_of(journey: Journey) -> str:
    """Where it is asked which moments go with the aim of a journey; empty where it has none."""
    aim = journey.aim
    if aim is None:
        return ""
    asked = {"outcome": aim.kind} if aim.kind else {}
    days = {"first_days": round(aim.first_days), "within_days": round(aim.within_days)}
    again = {"again": "on"} if aim.again else {}
    return f"{address_of(journey.case, **asked, **days, **again)}#moments"
