"""What colleagues say of a map, in a panel beside it."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import commenting, queries
from vincle.apps.journeys.maps.places import place_words
from vincle.apps.journeys.models import Comment, JourneyMap
from vincle.engine.journeys.journey import Journey
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web import htmx
from vincle.web.permissions import can, needs


@dataclass(frozen=True)
class Said:
    """A comment, and what it is about in words."""

    comment: Comment
    about: str


@needs("journeys.view", to_change="journeys.comment")
def comments(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All of them, with room to write one about the `place` in the address; POST writes it."""
    this = queries.map_by_uid(uid)
    given = request.POST if request.method == "POST" else request.GET
    place = given.get("place", "")
    if request.method == "POST":
        commenting.comment(this, place, request.POST.get("text", ""), actor=Actor.behind(request), now=clock.now())
    return _panel(request, this, place)


@needs("journeys.comment")
@require_POST
def resolve(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Settle one."""
    this = queries.map_by_uid(uid)
    commenting.resolve(queries.comment_of(this, comment), this, actor=Actor.behind(request), now=clock.now())
    return _panel(request, this, "")


@needs("journeys.comment")
@require_POST
def reopen(request: HttpRequest, uid: UUID, comment: UUID) -> HttpResponse:
    """Open one again."""
    this = queries.map_by_uid(uid)
    commenting.reopen(queries.comment_of(this, comment), this, actor=Actor.behind(request), now=clock.now())
    return _panel(request, this, "")


def _panel(request: HttpRequest, this: JourneyMap, place: str) -> HttpResponse:
    if not htmx.asks(request):
        return redirect("journeys:map", uid=this.uid)
    journey = queries.journey_of(this)
    said = [Said(each, _about(each.place, journey)) for each in queries.comments_of(this)]
    about = _about(place, journey)
    context = {
        "map": this,
        "said": said,
        "place": place if about else "",
        "about": about or _about("", journey),
        "longest": commenting.LONGEST,
        "may_comment": this.archived_at is None and can(request.user, "journeys.comment"),
    }
    response = render(request, "journeys/maps/comments.html", context)
    if request.method == "POST":
        response["HX-Trigger"] = "map:commented"
    return response


def _about(place: str, journey: Journey) -> str:
    """In words; empty when it is not on the map any more."""
    try:
        return place_words(place, journey)
    except (KeyError, BadInput):
        return _("what is not on the map any more") if place else ""
