"""What is known of somebody under each field, on their page: seen, said, taken back."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.fields import actions
from vincle.apps.fields.builtin import CHANNEL, LANGUAGES, RESPONSIBLE, ROLES
from vincle.apps.fields.values import Value, value_of, values_of
from vincle.apps.people.facade import Somebody, somebody
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound, Refused
from vincle.web import htmx
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast


@needs("people.view")
def panel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every field with what is known; those of which nothing is known wait folded."""
    about = somebody(uid)
    values = values_of(about, sensitive=_sees_sensitive(request))
    context = {
        "about": about,
        "filled": [value for value in values if value.known or value.hidden],
        "empty": [value for value in values if not value.known and not value.hidden],
    }
    return render(request, "fields/panel.html", context)


@needs("people.view")
def chips(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who they are for us, who looks after them, how they like to be reached: in a few words under their name."""
    values = {value.field.name: value for value in values_of(somebody(uid), sensitive=False)}
    context = {
        "roles": values[ROLES].chips,
        "responsible": values[RESPONSIBLE].words,
        "languages": values[LANGUAGES].words,
        "channel": values[CHANNEL].words,
    }
    return render(request, "fields/chips.html", context)


@needs("people.view")
def line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One field as it stands."""
    about = somebody(uid)
    return _line(request, about, _value(request, about))


@needs("people.edit")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say what is known under one field; nothing: take back what colleagues said."""
    about = somebody(uid)
    value = _value(request, about)
    if value.hidden:
        raise Refused(_("This is sensitive, and not open to your role."))
    if request.method != "POST":
        return render(request, "fields/edit.html", {"about": about, "value": value})
    now = clock.now()
    if actions.say(value, about, request.POST.getlist("value"), actor=Actor.behind(request), now=now):
        where = urlencode({"name": value.field.name, "at": now.isoformat()})
        words = _("%(field)s is kept.") % {"field": value.field.label.capitalize()}
        toast(request, words, undo=f"{reverse('fields:undo', args=[about.uid])}?{where}")
    if not htmx.asks(request):
        return redirect("people:person", about.uid)
    return _line(request, about, _value(request, about))


@needs("people.edit")
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back what was said at a moment."""
    about = somebody(uid)
    value = _value(request, about)
    if value.hidden:
        raise Refused(_("This is sensitive, and not open to your role."))
    try:
        moment = datetime.fromisoformat(request.GET.get("at", ""))
    except ValueError as error:
        raise BadInput(_("This address does not say what is to be undone.")) from error
    if moment.tzinfo is None:
        raise BadInput(_("This address does not say what is to be undone."))
    actions.take_back(about, value.field.name, moment, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was."))
    return redirect("people:person", about.uid)


def _value(request: HttpRequest, about: Somebody) -> Value:
    name = request.GET.get("name", "")
    found = (
        value_of(about, name, sensitive=_sees_sensitive(request)) if 0 < len(name) <= 80 and "\0" not in name else None
    )
    if found is None:
        raise NotFound(_("There is no such field."))
    return found


def _line(request: HttpRequest, about: Somebody, value: Value) -> HttpResponse:
    return render(request, "fields/line.html", {"about": about, "value": value})


def _sees_sensitive(request: HttpRequest) -> bool:
    return can(request.user, "people.sensitive")
