"""Looking for duplicates now, and how far that is."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import Look
from vincle.apps.duplicates.queries import looks
from vincle.apps.duplicates.words import STEPS
from vincle.kernel import clock
from vincle.web.permissions import needs


@dataclass(frozen=True, slots=True)
class Going:
    """A search under way: what it is at, and how far it is (percent)."""

    look: Look
    words: str
    percent: int


@needs("people.edit")
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Look for duplicates now; a search under way goes on."""
    actions.start_look(actor=Actor.behind(request), now=clock.now())
    return redirect("duplicates:queue")


@needs("duplicates.view")
def looking(request: HttpRequest) -> HttpResponse:
    """How far the search is; the whole page again when it is over."""
    now = going()
    if now is None:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "duplicates/looking.html", {"going": now})


def going() -> Going | None:
    """The search under way."""
    this = looks.under_way()
    if this is None:
        return None
    words = str(STEPS.get(this.step, ""))
    return Going(this, words, round(100 * looks.share_done(this)))
