"""The pages of messages: what was sent to one program, what it answered, and sending it again."""

from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.webhooks import actions, queries
from vincle.apps.webhooks.models import Delivery
from vincle.apps.webhooks.sending import body_of
from vincle.apps.webhooks.web.endpoints import HANDED
from vincle.kernel import clock
from vincle.web.permissions import Words, needs
from vincle.web.toasts import toast

# The states of a message: how each is called and how it looks.
STATES: dict[str, tuple[Words, str]] = {
    Delivery.State.WAITING: (gettext_lazy("waits"), "gold"),
    Delivery.State.DELIVERED: (gettext_lazy("taken"), "well"),
    Delivery.State.FAILED: (gettext_lazy("given up"), "warm"),
    Delivery.State.GONE: (gettext_lazy("left the log"), "plain"),
}


@needs("webhooks.view")
def webhook(request: HttpRequest, number: int) -> HttpResponse:
    """One program: what it hears, how it answers, and the messages to it."""
    endpoint = queries.endpoint_by_number(number)
    state = request.GET.get("state", "")
    page = queries.deliveries_page(endpoint, state=state, cursor=request.GET.get("page", ""))
    context: dict[str, Any] = {
        "endpoint": endpoint,
        "now": clock.now(),
        "page": page,
        "lines": [(delivery, *STATES[delivery.state], _last(delivery)) for delivery in page],
        "state": state,
        "states": [(value, words) for value, (words, _tone) in STATES.items()],
    }
    handed = request.session.get(HANDED) or {}
    if handed.get("number") == number:
        del request.session[HANDED]
        context["secret"] = handed["secret"]
    return render(request, "webhooks/webhook.html", context)


@needs("webhooks.view")
def message(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """One message: how each attempt went, and, for whoever may see people, what it says."""
    endpoint = queries.endpoint_by_number(number)
    delivery = queries.delivery_by_number(endpoint, message)
    words, tone = STATES[delivery.state]
    body = body_of(delivery)
    context = {
        "endpoint": endpoint,
        "delivery": delivery,
        "words": words,
        "tone": tone,
        "now": clock.now(),
        "tries": [(datetime.fromisoformat(each["at"]), _came(each)) for each in delivery.tries],
        "body": msgspec.json.format(body, indent=2).decode() if body else "",
    }
    return render(request, "webhooks/message.html", context)


@needs("webhooks.manage")
@require_POST
def test(request: HttpRequest, number: int) -> HttpResponse:
    """Send a test."""
    actions.test(queries.endpoint_by_number(number), now=clock.now())
    toast(request, _("A test is on its way; what comes of it appears here."))
    return redirect("webhooks:webhook", number)


@needs("webhooks.manage")
@require_POST
def again(request: HttpRequest, number: int, message: int) -> HttpResponse:
    """Send a message once more."""
    delivery = queries.delivery_by_number(queries.endpoint_by_number(number), message)
    actions.send_again(delivery, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is sent again."))
    return redirect("webhooks:webhook", number)


def _last(delivery: Delivery) -> str:
    """What came of the last attempt, in a few words."""
    return _came(delivery.tries[-1]) if delivery.tries else ""


def _came(tried: dict[str, Any]) -> str:
    """The status that was answered, or what went wrong."""
    return str(tried["status"] or tried["said"])
