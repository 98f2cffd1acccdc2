"""What broke its contract: why, mending it, letting it in, leaving it out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions
from vincle.apps.sources.actions.quarantine import StillBroken
from vincle.apps.sources.queries import quarantine as queries
from vincle.apps.sources.queries.quarantine import Selection, State
from vincle.apps.sources.templatetags.sources import instant
from vincle.apps.sources.web.addresses import restoring
from vincle.apps.sources.web.concealing import hidden_items, refuse_hidden
from vincle.apps.sources.web.payload_form import PayloadForm
from vincle.apps.sources.words import is_of_an_event
from vincle.flow.models import Quarantined
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.pagination import Page
from vincle.web.permissions import needs
from vincle.web.toasts import toast

STATES = {"": State.WAITING, "discarded": State.DISCARDED, "entered": State.REPLAYED}


@needs("quarantine.view")
def quarantine(request: HttpRequest) -> HttpResponse:
    """What waits, grouped and one by one; or what was discarded, or has entered since."""
    selection, shown = selected(request), request.GET.get("state", "")
    state = STATES.get(shown, State.WAITING)
    page = queries.held_page(selection, state=state, cursor=request.GET.get("page", ""))
    groups = queries.groups() if state == State.WAITING else []
    context = {
        "shown": shown if shown in STATES else "",
        "selection": selection,
        "groups": groups,
        "busy": any(group.at_work for group in groups),
        "page": page,
        "hidden": hidden_items(page.items),
        "kinds": kinds_on(page),
        "waiting": queries.waiting_count(),
        "counted": queries.COUNTED,
    }
    return render(request, "sources/quarantine.html", context)


@needs("quarantine.view", to_change="quarantine.replay")
def held(request: HttpRequest, number: int) -> HttpResponse:
    """One of them: why it waits, and the form that mends it and lets it in."""
    item = queries.held_item(number)
    context: dict[str, Any] = {"item": item, "kind": queries.kinds_named({item.kind}).get(item.kind)}
    if request.method == "POST":
        refuse_hidden(item)
    elif hidden_items([item]):
        return render(request, "sources/held_hidden.html", context)
    form = PayloadForm(request.POST or None, payload=item.payload, kinds=queries.known_kinds())
    if request.method == "POST" and form.is_valid():
        try:
            actions.mend(item, payload=form.mended(), actor=Actor.behind(request), now=clock.now())
        except StillBroken as error:
            form.point_at(error.breaches)
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("It is in now, and on the person's page."))
            return redirect("sources:quarantine")
    context |= {
        "form": form,
        "breaches": [item.reason] if is_of_an_event(item.reason) else queries.breaches(item.payload),
        "restore_url": restoring(item.settled_at) if item.settled_at else "",
    }
    return render(request, "sources/held.html", context)


@needs("quarantine.replay")
@require_POST
def discard(request: HttpRequest, number: int) -> HttpResponse:
    """Leave one out."""
    item, now = queries.held_item(number), clock.now()
    refuse_hidden(item)
    actions.discard_one(item, actor=Actor.behind(request), now=now)
    toast(request, _("Discarded: it stays out of the log."), undo=restoring(now))
    return redirect("sources:quarantine")


@needs("quarantine.replay")
@require_POST
def discard_all(request: HttpRequest) -> HttpResponse:
    """Leave out all that wait for one reason."""
    now = clock.now()
    count = actions.discard_all(_one_group(request), actor=Actor.behind(request), now=now)
    words = ngettext(
        "%(count)d discarded: it stays out of the log.", "%(count)d discarded: they stay out of the log.", count
    )
    toast(request, words % {"count": count}, undo=restoring(now))
    return redirect("sources:quarantine")


@needs("quarantine.replay")
@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """Have what was just discarded wait again."""
    at = instant(request.GET.get("at", ""))
    if at is None or at.tzinfo is None:
        raise BadInput(_("There is nothing to take back at this address."))
    count = actions.restore(discarded_at=at, actor=Actor.behind(request), now=clock.now())
    toast(request, ngettext("%(count)d waits again.", "%(count)d wait again.", count) % {"count": count})
    return redirect("sources:quarantine")


@needs("quarantine.replay")
@require_POST
def replay(request: HttpRequest) -> HttpResponse:
    """Let in again all that wait for one reason; goes on in the background."""
    actions.start_replay(_one_group(request), actor=Actor.behind(request), now=clock.now())
    toast(request, _("They are being let in. You can leave this page; it goes on."), tone="plain")
    return redirect("sources:quarantine")


def selected(request: HttpRequest) -> Selection:
    """The selection in a page's address."""
    return Selection(**{name: request.GET.get(name, "")[:2000] for name in ("kind", "source", "reason")})


def kinds_on(page: Page[Quarantined]) -> dict[str, Any]:
    """The kinds of the page's lines that the catalogue knows, by name."""
    return queries.kinds_named({item.kind for item in page})


def _one_group(request: HttpRequest) -> Selection:
    selection = Selection(**{name: request.POST.get(name, "")[:2000] for name in ("kind", "source", "reason")})
    if selection.is_everything:
        raise BadInput(_("Say which ones: of which kind, or for which reason."))
    return selection
