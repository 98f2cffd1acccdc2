"""A person's consent: a card and chips on their page, and a page with every line of the ledger and its proof."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.consent import actions
from vincle.apps.consent.models import Decision, Entry, How
from vincle.apps.consent.queries.ledger import (
    entry_by_number,
    ledger_of,
    objections_of,
    purposes,
    stands_of,
    without_mistakes,
)
from vincle.apps.consent.web.forms import BY_HAND, SaidForm
from vincle.apps.people.facade import Somebody, channel_words, somebody, who_are
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("consent.view")
def card(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What they say of each purpose, to be changed with a click."""
    return render(request, "consent/card.html", _standing(somebody(uid)))


@needs("consent.view")
def chips(request: HttpRequest, uid: UUID) -> HttpResponse:
    """That they must not be contacted, where they asked for it."""
    who = somebody(uid)
    channels = [state.channel for state in objections_of(ledger_of(who.identities))]
    words = "" if "" in channels else ", ".join(map(channel_words, channels))
    return render(request, "consent/chips.html", {"who": who, "objects": bool(channels), "channels": words})


@needs("consent.note")
@require_POST
def say(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Note what they said, with a click; answers with the card."""
    who = somebody(uid, although_restricted=True)
    form = SaidForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadInput(str(next(iter(form.errors.values()))[0]))
    _note(request, who, form)
    if not htmx.asks(request):
        return redirect("people:person", uid)
    response = render(request, "consent/card.html", _standing(somebody(uid, although_restricted=True)))
    response.headers["HX-Trigger"] = '{"consent": true}'
    return response


@needs("consent.view", to_change="consent.note")
def ledger(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every line of the ledger with its proof, and a form that takes all of a proof."""
    who = somebody(uid, although_restricted=True)
    form = SaidForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _note(request, who, form)
        except BadInput as error:
            form.add_error("channel", str(error))
        else:
            return redirect("consent:ledger", uid)
    entries = ledger_of(who.identities)
    counted = {entry.pk for entry in without_mistakes(entries)}
    lines = [_line(entry, entry.pk in counted) for entry in entries]
    context = {**_standing(who), "form": form, "lines": lines}
    return render(request, "consent/ledger.html", context, status=400 if form.errors else 200)


@needs("consent.note")
@require_POST
def mistaken(request: HttpRequest, entry: int) -> HttpResponse:
    """Say that a line was a mistake."""
    found = entry_by_number(entry)
    who = who_are([found.identity_id]).get(found.identity_id)
    if who is None:
        raise NotFound(_("There is no such line in the ledger."))
    actions.mistaken(found, actor=Actor.behind(request), now=clock.now())
    toast(request, _("Taken back. Both lines stay in the ledger."))
    return redirect("people:person" if request.POST.get("next") != "ledger" else "consent:ledger", who.uid)


def _note(request: HttpRequest, who: Somebody, form: SaidForm) -> None:
    channel, purpose = form.cleaned_data["channel"], form.about
    no = actions.no_to(who, purpose, channel) if purpose else Decision.OBJECTED
    decision = form.yes if form.is_yes else no
    entry = actions.note(
        who,
        decision,
        purpose=purpose,
        channel=channel,
        proof=form.proof(),
        actor=Actor.behind(request),
        now=clock.now(),
        decided_at=form.decided_at(),
    )
    toast(request, _said(entry), undo=reverse("consent:mistaken", args=[entry.pk]))


def _said(entry: Entry) -> str:
    what = str(entry.purpose) if entry.purpose else _("Any contact")
    return _("Noted: %(what)s, %(decision)s.") % {"what": what, "decision": Decision(entry.decision).label}


def _standing(who: Somebody) -> dict[str, Any]:
    entries = ledger_of(who.identities)
    stands = [
        (stand, stand.alike, [(state, channel_words(state.channel)) for state in stand.states])
        for stand in stands_of(entries, list(purposes()))
    ]
    return {
        "who": who,
        "stands": stands,
        "objections": [(state, channel_words(state.channel)) for state in objections_of(entries)],
        "ways": [(str(how), how.label) for how in BY_HAND],
        "noted": len(entries),
    }


def _line(entry: Entry, counted: bool) -> dict[str, Any]:
    return {
        "entry": entry,
        "what": str(entry.purpose) if entry.purpose else _("Any contact"),
        "channel": channel_words(entry.channel) if entry.channel else _("every channel"),
        "decision": Decision(entry.decision).label,
        "how": How(entry.how).label,
        "counts": counted,
    }
