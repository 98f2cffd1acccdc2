"""The pages of the room: who may send, what came, and what became of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.hooks import actions, queries
from vincle.apps.hooks.models import Delivery, Hook
from vincle.apps.hooks.web.addresses import door_of
from vincle.apps.hooks.web.forms import WAYS, HookForm, SigningForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.web.permissions import needs
from vincle.web.toasts import toast

HANDED = "hooks.secret_to_hand_over"
OUTCOMES = {
    Delivery.Outcome.WAITING: (gettext_lazy("waits"), "gold"),
    Delivery.Outcome.TAKEN: (gettext_lazy("taken in"), "well"),
    Delivery.Outcome.HELD: (gettext_lazy("held"), "warm"),
    Delivery.Outcome.REFUSED: (gettext_lazy("refused"), "plain"),
    Delivery.Outcome.DISCARDED: (gettext_lazy("left out"), "plain"),
}


@needs("hooks.view")
def hooks(request: HttpRequest) -> HttpResponse:
    """Every program that may send."""
    example = request.build_absolute_uri(reverse("hooks:door", args=["ADDRESS"]))
    return render(request, "hooks/list.html", {"hooks": queries.hooks(), "example": example})


@needs("hooks.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Let a program send; its secret is shown once, on the next page."""
    form = HookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_hook(**_acting(request), name=form.cleaned_data["name"], signing=form.said())
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            return _hand_over(request, made)
    return render(request, "hooks/new.html", {"form": form})


@needs("hooks.view")
def hook(request: HttpRequest, name: str) -> HttpResponse:
    """One program: its address, what came last, what waits."""
    this = queries.hook_named(name)
    handed = request.session.get(HANDED) or {}
    context = _context(request, this)
    if handed.get("source") == name:
        del request.session[HANDED]
        context |= {"secret": handed["secret"], "signing_secret": handed["signing_secret"]}
    return render(request, "hooks/hook.html", context)


@needs("hooks.manage")
@require_POST
def rotate(request: HttpRequest, name: str) -> HttpResponse:
    """A new secret; the former one works for a day."""
    return _hand_over(request, actions.rotate(queries.hook_named(name), **_acting(request)))


@needs("hooks.manage")
@require_POST
def revoke(request: HttpRequest, name: str) -> HttpResponse:
    """Let the program send no more."""
    this = queries.hook_named(name)
    actions.revoke(this, **_acting(request))
    words = _("%(name)s cannot send any more.") % {"name": this.source.label}
    toast(request, words, undo=reverse("hooks:restore", args=[name]))
    return redirect("hooks:hook", name)


@needs("hooks.manage")
@require_POST
def restore(request: HttpRequest, name: str) -> HttpResponse:
    """Take that back."""
    this = queries.hook_named(name)
    actions.restore(this, **_acting(request))
    toast(request, _("%(name)s may send again.") % {"name": this.source.label})
    return redirect("hooks:hook", name)


@needs("hooks.manage")
@require_POST
def signature(request: HttpRequest, name: str) -> HttpResponse:
    """How the program signs, from now on."""
    this, form = queries.hook_named(name), SigningForm(request.POST)
    if form.is_valid():
        try:
            return _hand_over(request, actions.choose_signing(this, **_acting(request), signing=form.said()))
        except BadInput as error:
            form.add_error(None, str(error))
    return render(request, "hooks/hook.html", _context(request, this) | {"signing_form": form}, status=422)


@needs("hooks.manage")
@require_POST
def again(request: HttpRequest, name: str) -> HttpResponse:
    """Have what is held taken in again."""
    actions.take_again(queries.hook_named(name), **_acting(request))
    toast(request, _("It is being taken in again. You can leave this page; it goes on."), tone="plain")
    return redirect("hooks:hook", name)


@needs("hooks.view")
def delivery(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """One delivery; what it said is shown to whoever answers for it."""
    this = queries.hook_named(name)
    found = queries.delivery_by_number(this, number)
    words, tone = OUTCOMES[Delivery.Outcome(found.outcome)]
    return render(request, "hooks/delivery.html", {"this": this, "delivery": found, "words": words, "tone": tone})


@needs("hooks.manage")
@require_POST
def discard(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Leave out what waits of a delivery."""
    found = queries.delivery_by_number(queries.hook_named(name), number)
    actions.discard(found, **_acting(request))
    toast(request, _("It is left out."), undo=reverse("hooks:bring_back", args=[name, number]))
    return redirect("hooks:hook", name)


@needs("hooks.manage")
@require_POST
def bring_back(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Take that back."""
    found = queries.delivery_by_number(queries.hook_named(name), number)
    actions.bring_back(found, **_acting(request))
    toast(request, _("It waits again."))
    return redirect("hooks:delivery", name, number)


def _context(request: HttpRequest, this: Hook) -> dict[str, Any]:
    page = queries.deliveries_page(this, cursor=request.GET.get("page", ""))
    return {
        "this": this,
        "now": clock.now(),
        "address": request.build_absolute_uri(door_of(this)),
        "page": page,
        "lines": [(each, *OUTCOMES[Delivery.Outcome(each.outcome)]) for each in page],
        "waiting": queries.open_count(this, Delivery.Outcome.WAITING),
        "held": queries.open_count(this, Delivery.Outcome.HELD),
        "way": WAYS[this.signing],
        "signing_form": SigningForm(initial={"signing": this.signing, "header": this.signing_header}),
    }


def _acting(request: HttpRequest) -> dict[str, Any]:
    return {"actor": Actor.behind(request), "now": clock.now()}


def _hand_over(request: HttpRequest, made: actions.NewSecret) -> HttpResponse:
    name = made.hook.source.name
    request.session[HANDED] = {"source": name, "secret": made.secret, "signing_secret": made.signing_secret}
    return redirect("hooks:hook", name)
