"""One's own calendar: its address on one's account, and the file that other programs read there."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor, colleague_by_id
from vincle.apps.people.facade import who_are
from vincle.apps.tasks import queries
from vincle.apps.tasks.calendar import address
from vincle.apps.tasks.calendar.feed import As, calendar
from vincle.apps.tasks.models import Task
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.house import house
from vincle.web.permissions import PERMISSIONS, needs, open_to_everybody
from vincle.web.toasts import toast

HANDED = "tasks.calendar_to_hand_over"


@needs("tasks.view")
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """The part of one's account that speaks of the calendar; a new address is shown once."""
    token = request.session.pop(HANDED, "")
    url = request.build_absolute_uri(reverse("tasks:feed", args=[token])) if token else ""
    context = {"calendar": address.calendar_of(request.user.pk or 0), "url": url}
    return render(request, "tasks/calendar.html", context)


@needs("tasks.view")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """A new address; the former one works no more."""
    request.session[HANDED] = address.make(actor=Actor.behind(request), now=clock.now())
    return redirect("accounts:me")


@needs("tasks.view")
@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """No address any more."""
    address.revoke(actor=Actor.behind(request), now=clock.now())
    toast(request, _("Nobody can read your calendar any more."))
    return redirect("accounts:me")


@open_to_everybody
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The calendar behind a secret address: events, or `?as=tasks`. Who works here no more has none."""
    found = address.calendar_at(token)
    colleague = colleague_by_id(found.user_id) if found else None
    allowed = colleague and colleague.is_active and colleague.role in PERMISSIONS["tasks.view"].roles
    if found is None or colleague is None or not allowed:
        raise NotFound(_("There is no calendar at this address."), _("Make a new address on your account."))
    now = clock.now()
    tasks = queries.in_calendar(found.user_id, now=now)
    people = who_are([task.identity_id for task in tasks if task.identity_id is not None])

    def url_of(task: Task) -> str:
        return request.build_absolute_uri(reverse("tasks:task", args=[task.uid]))

    name = f"{house().name} · {colleague.name}"
    body = calendar(tasks, people, name=name, as_=_as(request), url_of=url_of)
    address.note_reading(found, now=now)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()}"'
    response["Content-Disposition"] = 'inline; filename="vincle.ics"'
    patch_cache_control(response, private=True, no_cache=True)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _as(request: HttpRequest) -> As:
    wanted = request.GET.get("as", "events")
    if wanted == "events":
        return "events"
    if wanted == "tasks":
        return "tasks"
    raise BadInput(_("A calendar is read as events or as tasks."))
