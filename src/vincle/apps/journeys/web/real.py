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
from vincle.apps.journeys.web.aim import aim_context
from vincle.apps.journeys.web.commands import commands_of
from vincle.apps.journeys.web.maps.menu import menu_context
from vincle.apps.today.facade import anything_in_the_log
from vincle.engine.journeys.journey import Journey
from vincle.kernel import clock
from vincle.kernel.house import house
from vincle.web.permissions import needs

BOTH, REAL = "both", "real"  # the design beside it, or what happens alone


@needs("journeys.view")
@require_safe
def real(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page. Figures that nobody has worked out yet, or that the log or the design has outgrown, are asked for."""
    this = map_by_uid(uid)
    context = real_context(this, ask=True, mode=_mode(request)) | menu_context(request, this)
    return render(request, "journeys/real/page.html", context)


@needs("journeys.view")
@require_safe
def newer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far newer figures are; once they are there, they take the place of those on the page."""
    context = real_context(map_by_uid(uid), ask=False, mode=_mode(request))
    if context["going"] is not None:
        return render(request, "journeys/real/going.html", context)
    if context["real"] is None or not request.GET.get("shown"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if request.GET.get("moments") and context["aim"] and context["aim"].going is not None:
        return render(request, "journeys/real/moments_going.html", context)
    response = render(request, "journeys/real/figures.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#real-figures", "outerHTML show:none"
    return response


def real_context(this: JourneyMap, *, ask: bool, mode: str = BOTH) -> dict[str, Any]:
    """What the templates of `journeys/real` need of a map: for a page of their own, or beside the design. With `ask`
    the figures are worked out anew, unless those that are kept are of the log and the design as they are.
    """
    journey, kept = journey_of(this), newest_chart(this.uid)
    is_new = kept is not None and kept.is_of(mirror_version(), zone=house().timezone, journey=journey)
    if ask and not is_new and anything_in_the_log():
        actions.ask_chart(this.uid, now=clock.now())
    aim = aim_context(this.uid, journey, journey.aim, ask=ask) if journey.aim else None
    behind_url = behind_url_of(this.uid, journey, kept.revision if kept else this.revision)
    shown = real_of(journey, kept, behind_url, aim.found if aim else None) if kept else None
    said = {"show": mode} | ({"shown": 1} if shown else {})
    return {
        "map": this,
        "journey": journey,
        "real": shown,
        "stands": who_stands(journey),
        "going": under_way(chart_name(this.uid)),
        "mode": mode,
        "newer_url": f"{reverse('journeys:map-real-newer', args=[this.uid])}?{urlencode(said)}",
        "aim": aim,
        "commands": commands_of(this, journey),
    }


def _mode(request: HttpRequest) -> str:
    return REAL if request.GET.get("show") == REAL else BOTH


def behind_url_of(uid: UUID, journey: Journey, revision: int) -> Callable[[str], str]:
    """Where the people behind a figure of a map are, as it was at a revision."""
    case = {} if journey.case == PEOPLE else {"case": journey.case}
    base = reverse("journeys:behind")

    def behind_url(figure: str) -> str:
        return f"{base}?{urlencode({'figure': figure, **case, 'map': uid, 'revision': revision})}"

    return behind_url
