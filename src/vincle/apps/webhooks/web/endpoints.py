"""The pages of endpoints: who hears what, added, changed, switched off and on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.webhooks import actions, queries
from vincle.apps.webhooks.web.forms import EndpointForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.web.permissions import needs
from vincle.web.toasts import toast

HANDED = "webhooks.secret_to_hand_over"


@needs("webhooks.view")
def webhooks(request: HttpRequest) -> HttpResponse:
    """Every program that hears what happens."""
    return render(request, "webhooks/list.html", {"endpoints": queries.endpoints()})


@needs("webhooks.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Let a program hear; its secret is shown once, on the next page."""
    form = EndpointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_endpoint(**_acting(request), **form.cleaned_data)
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            return _hand_over(request, made)
    return render(request, "webhooks/form.html", {"form": form, "title": _("Let a program hear")})


@needs("webhooks.manage")
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a program hears, or where."""
    endpoint = queries.endpoint_by_number(number)
    form = EndpointForm(request.POST or None, endpoint=endpoint)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_endpoint(endpoint, **_acting(request), **form.cleaned_data)
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("It is kept."))
            return redirect("webhooks:webhook", number)
    return render(request, "webhooks/form.html", {"form": form, "endpoint": endpoint, "title": endpoint.name})


@needs("webhooks.manage")
@require_POST
def rotate(request: HttpRequest, number: int) -> HttpResponse:
    """A new secret; the former one signs along for a day."""
    return _hand_over(request, actions.rotate(queries.endpoint_by_number(number), **_acting(request)))


@needs("webhooks.manage")
@require_POST
def switch_off(request: HttpRequest, number: int) -> HttpResponse:
    """Send nothing for the time being."""
    endpoint = queries.endpoint_by_number(number)
    actions.switch_off(endpoint, **_acting(request))
    words = _("%(name)s hears nothing for the time being.") % {"name": endpoint.name}
    toast(request, words, undo=reverse("webhooks:on", args=[number]))
    return redirect("webhooks:webhook", number)


@needs("webhooks.manage")
@require_POST
def switch_on(request: HttpRequest, number: int) -> HttpResponse:
    """Go on where it stopped."""
    endpoint = queries.endpoint_by_number(number)
    actions.switch_on(endpoint, **_acting(request))
    words = _("%(name)s hears again, from where it stopped.") % {"name": endpoint.name}
    toast(request, words, undo=reverse("webhooks:off", args=[number]))
    return redirect("webhooks:webhook", number)


@needs("webhooks.manage")
@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    """Let a program hear nothing any more."""
    endpoint = queries.endpoint_by_number(number)
    actions.remove(endpoint, **_acting(request))
    words = _("%(name)s is removed.") % {"name": endpoint.name}
    toast(request, words, undo=reverse("webhooks:restore", args=[number]))
    return redirect("webhooks:list")


@needs("webhooks.manage")
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Take that back."""
    endpoint = actions.restore(number, **_acting(request))
    toast(request, _("%(name)s is back.") % {"name": endpoint.name})
    return redirect("webhooks:webhook", number)


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"actor": Actor.behind(request), "now": clock.now()}


def _hand_over(request: HttpRequest, made: actions.NewSecret) -> HttpResponse:
    request.session[HANDED] = {"number": made.endpoint.pk, "secret": made.secret}
    return redirect("webhooks:webhook", made.endpoint.pk)
