"""One's own page of passwords for the address book."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.addressbook import actions, queries
from vincle.apps.addressbook.refreshing import MOST
from vincle.kernel import clock
from vincle.web.permissions import needs
from vincle.web.toasts import toast

HANDED = "addressbook.password_to_hand_over"


class DeviceForm(forms.Form):
    """Which device a password is for."""

    device = forms.CharField(
        label=gettext_lazy("Device"),
        max_length=actions.LONGEST_NAME,
        help_text=gettext_lazy("So that you know which password to end when you lose it: “my telephone”."),
        error_messages={"required": gettext_lazy("Say which device it is for.")},
    )


@needs("people.view")
def passwords(request: HttpRequest) -> HttpResponse:
    """How to have the people here on a telephone, and the passwords of one's devices."""
    return _page(request, DeviceForm(), password=request.session.pop(HANDED, ""))


@needs("people.view")
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Make a password; it is shown once, on the next page."""
    form = DeviceForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    actor = Actor.behind(request)
    request.session[HANDED] = actions.make_password(actor=actor, now=clock.now(), device=form.cleaned_data["device"])
    return redirect("addressbook:passwords")


@needs("people.view")
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Let a password work no more."""
    actor = Actor.behind(request)
    password = queries.own_password(number, user_id=actor.id or 0)
    actions.end_password(password, actor=actor, now=clock.now())
    text = _("“%(device)s” cannot read the address book any more.") % {"device": password.device}
    toast(request, text, undo=reverse("addressbook:back", args=[number]))
    return redirect("addressbook:passwords")


@needs("people.view")
@require_POST
def back(request: HttpRequest, number: int) -> HttpResponse:
    """Let it work again."""
    actor = Actor.behind(request)
    password = queries.own_password(number, user_id=actor.id or 0)
    actions.bring_back(password, actor=actor, now=clock.now())
    toast(request, _("“%(device)s” can read the address book again.") % {"device": password.device})
    return redirect("addressbook:passwords")


def _page(request: HttpRequest, form: DeviceForm, *, password: str = "", status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "password": password,
        "passwords": queries.passwords_of(Actor.behind(request).id or 0),
        "address": request.build_absolute_uri(reverse("addressbook:root")),
        "most": MOST,
    }
    return render(request, "addressbook/passwords.html", context, status=status)
