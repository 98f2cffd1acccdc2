"""Versions of a map: the list, one to look at, keeping and restoring."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.web.maps.board import board_of
from vincle.kernel import clock
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("journeys.view", to_change="journeys.edit")
def versions(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that are kept; POST keeps the map as it stands under a name."""
    this = queries.map_by_uid(uid)
    if request.method == "POST":
        name = request.POST.get("name", "")
        version = actions.keep_version(this, name, actor=Actor.behind(request), now=clock.now())
        toast(request, _("“%(name)s” is kept.") % {"name": version.name})
        return redirect("journeys:map-versions", uid=this.uid)
    return render(request, "journeys/maps/versions.html", {"map": this, "versions": queries.versions_of(this)})


@needs("journeys.view")
@require_safe
def version(request: HttpRequest, uid: UUID, version: UUID) -> HttpResponse:
    """The map as it stood then."""
    this = queries.map_by_uid(uid)
    found = queries.version_of(this, version)
    context = {"map": this, "version": found, "board": board_of(queries.journey_of(found))}
    return render(request, "journeys/maps/version.html", context)


@needs("journeys.edit")
@require_POST
def restore(request: HttpRequest, uid: UUID, version: UUID) -> HttpResponse:
    """Have the map stand as it stood then. It is a change like any other, and can be undone."""
    this = queries.map_by_uid(uid)
    journey = queries.journey_of(queries.version_of(this, version))
    actions.change(this, op.Replace(journey), seen=this.revision, actor=Actor.behind(request), now=clock.now())
    toast(request, _("The map is as it stood then. Undo takes that back."))
    return redirect("journeys:map", uid=this.uid)
