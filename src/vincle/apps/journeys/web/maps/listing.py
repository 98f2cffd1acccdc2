"""The list of designed journeys, and how one begins: from a pattern, blank, or from a file."""

from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.patterns import patterns
from vincle.apps.journeys.web.maps import carrying
from vincle.engine.journeys.journey import Journey, from_data
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs
from vincle.web.toasts import toast

STAGES_SHOWN = 6  # of a card


class FileForm(forms.Form):
    """A document to begin with."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": gettext_lazy("This file is empty. Check that it is the one you meant."),
        },
    )


@needs("journeys.view")
@require_safe
def maps(request: HttpRequest) -> HttpResponse:
    """All of them, those changed last first; with `view=archived` those put away."""
    archived = request.GET.get("view") == "archived"
    page = queries.maps_page(archived=archived, cursor=request.GET.get("page", ""))
    cards = [(each, queries.journey_of(each)) for each in page]
    return render(request, "journeys/maps/list.html", {"archived": archived, "page": page, "cards": cards})


@needs("journeys.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Choose what to begin with; POST begins."""
    if request.method != "POST":
        return _choose(request, FileForm())
    journey = _begun(request.POST.get("pattern", ""))
    return _to(actions.create(journey, actor=Actor.behind(request), now=clock.now()))


@needs("journeys.edit")
@require_POST
def bring_in(request: HttpRequest) -> HttpResponse:
    """Begin with a file."""
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            journey = carrying.read_upload(form.cleaned_data["file"])
        except BadInput as error:
            form.add_error("file", str(error))
        else:
            return _to(actions.create(journey, actor=Actor.behind(request), now=clock.now()))
    return _choose(request, form, status=400)


@needs("journeys.edit")
@require_POST
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put one away."""
    this = queries.map_by_uid(uid)
    actions.archive(this, actor=Actor.behind(request), now=clock.now())
    undo = reverse("journeys:map-back", args=[this.uid])
    toast(request, _("“%(name)s” is put away.") % {"name": this.name}, undo=undo)
    return redirect("journeys:maps")


@needs("journeys.edit")
@require_POST
def bring_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have it among the others again."""
    this = queries.map_by_uid(uid)
    actions.bring_back(this, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(name)s” is back.") % {"name": this.name})
    return _to(this)


def _begun(key: str) -> Journey:
    if not key:
        return from_data({"name": _("A new journey"), "stages": [{"key": "first", "name": _("First stage")}]})
    chosen = next((each for each in patterns() if each.key == key), None)
    if chosen is None:
        raise NotFound(_("There is no such journey to begin with."))
    return from_data(chosen.document((get_language() or "en").split("-")[0]))


def _choose(request: HttpRequest, form: FileForm, *, status: int = 200) -> HttpResponse:
    formats = [each.name for each in carrying.FORMATS.values()]
    context = {"patterns": patterns(), "form": form, "formats": formats}
    return render(request, "journeys/maps/new.html", context, status=status)


def _to(this: JourneyMap) -> HttpResponse:
    return redirect("journeys:map", uid=this.uid)
