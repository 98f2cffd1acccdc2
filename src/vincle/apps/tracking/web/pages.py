"""The pages of the room: sources that send by themselves, their keys, and what comes in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.tracking import actions, queries
from vincle.apps.tracking.models import TrackingSource
from vincle.apps.tracking.web.forms import OriginsForm, RotateForm, SourceForm
from vincle.apps.tracking.web.snippets import snippets
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast

HANDED = "tracking.key_to_hand_over"


@needs("tracking.view")
def sources(request: HttpRequest) -> HttpResponse:
    """Every source that sends by itself."""
    return render(request, "tracking/sources.html", {"sources": queries.tracking_sources(), "now": clock.now()})


@needs("tracking.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make a source; its key is shown once, on the next page."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_source(actor=Actor.behind(request), now=clock.now(), **form.cleaned_data)
        except BadInput as error:
            form.add_error("name", str(error))
        else:
            return _hand_over(request, made)
    return render(request, "tracking/new.html", {"form": form})


@needs("tracking.view")
def live(request: HttpRequest, name: str) -> HttpResponse:
    """One source: its keys, and the last events as they come in."""
    tracking = queries.tracking_named(name)
    handed = request.session.get(HANDED) or {}
    context: dict[str, Any] = _context(tracking)
    if handed.get("source") == name:
        del request.session[HANDED]
        key = handed["key"]
        context |= {"key": key, "snippets": snippets(key, request.build_absolute_uri("/").rstrip("/"))}
    return render(request, "tracking/live.html", context)


@needs("tracking.view")
def latest(request: HttpRequest, name: str) -> HttpResponse:
    """The last events alone: what the page asks for every two seconds."""
    tracking = queries.tracking_named(name)
    return render(request, "tracking/latest.html", {"this": tracking, "events": queries.latest(tracking)})


@needs("tracking.manage")
@require_POST
def rotate(request: HttpRequest, name: str) -> HttpResponse:
    """A new key in place of the former ones."""
    tracking, form = queries.tracking_named(name), RotateForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Choose when the former key stops."))
    return _hand_over(
        request, actions.rotate(tracking, actor=Actor.behind(request), now=clock.now(), grace=form.lasts())
    )


@needs("tracking.manage")
@require_POST
def revoke(request: HttpRequest, name: str) -> HttpResponse:
    """No key of the source works any more."""
    actions.revoke(queries.tracking_named(name), actor=Actor.behind(request), now=clock.now())
    toast(request, _("It cannot send any more. A new key lets it send again."))
    return redirect("tracking:live", name)


@needs("tracking.manage")
@require_POST
def origins(request: HttpRequest, name: str) -> HttpResponse:
    """From which web pages events are taken."""
    tracking, form = queries.tracking_named(name), OriginsForm(request.POST)
    if not form.is_valid():
        return render(request, "tracking/live.html", _context(tracking) | {"origins_form": form}, status=422)
    actions.choose_origins(tracking, actor=Actor.behind(request), now=clock.now(), **form.cleaned_data)
    toast(request, _("It is kept."))
    return redirect("tracking:live", name)


def _context(tracking: TrackingSource) -> dict[str, Any]:
    return {
        "this": tracking,
        "keys": queries.keys_of(tracking),
        "now": clock.now(),
        "events": queries.latest(tracking),
        "origins_form": OriginsForm(initial={"origins": "\n".join(tracking.origins)}),
        "rotate_form": RotateForm(),
    }


def _hand_over(request: HttpRequest, made: actions.NewKey) -> HttpResponse:
    name = made.tracking.source.name
    request.session[HANDED] = {"source": name, "key": made.write_key}
    return redirect("tracking:live", name)
