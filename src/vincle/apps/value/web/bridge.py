"""A bridge between two days that the reader chooses."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vincle.apps.value import queries
from vincle.apps.value.bridges import ask_bridge, newest_bridge
from vincle.apps.value.page.bridge import bridge_of, may_tell_few
from vincle.apps.value.terms import house_terms
from vincle.apps.value.web.bridge_form import BridgeForm
from vincle.engine.published import published_version
from vincle.kernel import clock
from vincle.kernel.home import Home
from vincle.web.permissions import needs


@needs("value.view")
def bridge(request: HttpRequest) -> HttpResponse:
    """The page; POST asks."""
    if request.method == "POST":
        form = BridgeForm(request.POST)
        if not form.is_valid():
            return render(request, "value/bridge/page.html", {"form": form}, status=400)
        asked = form.asked()
        ask_bridge(asked, now=clock.now())
        said = {"opening": asked.opening, "closing": asked.closing, "window": asked.window}
        return redirect(f"{reverse('value:bridge')}?{urlencode(said)}")
    return render(request, "value/bridge/page.html", _context(request))


@needs("value.view")
@require_safe
def newer(request: HttpRequest) -> HttpResponse:
    """How far the answer is; the page is loaded anew once it is there."""
    context = _context(request)
    if not context.get("going"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "value/bridge/going.html", context)


def _context(request: HttpRequest) -> dict[str, Any]:
    if not request.GET:
        return {"form": BridgeForm.usual(queries.newest_value())}
    form = BridgeForm(request.GET)
    if not form.is_valid():
        return {"form": form}
    asked, terms = form.asked(), house_terms()
    kept = newest_bridge(asked)
    known = (published_version(Home.at().mirror), terms.digest)
    shown = None
    if kept and kept.said:
        shown = bridge_of(kept.said, asked.window, terms.currency, spares=not may_tell_few())
    return {
        "form": form,
        "address": request.GET.urlencode(),
        "kept": kept,
        "shown": shown,
        "is_old": kept is not None and (kept.version, kept.digest) != known,
        "going": queries.under_way(asked.name),
    }
