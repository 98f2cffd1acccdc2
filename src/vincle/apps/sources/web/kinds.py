"""The catalogue of kinds: what can happen, in which words, under which contract."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions
from vincle.apps.sources.actions.kinds import Description
from vincle.apps.sources.contracts import example_contract
from vincle.apps.sources.queries import kinds as queries
from vincle.apps.sources.queries import quarantine
from vincle.apps.sources.web.json_text import shown
from vincle.apps.sources.web.kind_form import KindForm, read_contract
from vincle.flow.models import Kind
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.web.permissions import needs
from vincle.web.toasts import toast

BEFORE = "sources.kind_before"


@needs("kinds.view")
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind, by the first part of its name."""
    words, used = request.GET.get("words", ""), request.GET.get("used", "") == "yes"
    context = {"catalogue": queries.catalogue(words, only_used=used), "words": words, "used": used}
    return render(request, "sources/kinds.html", context)


@needs("kinds.view", to_change="kinds.edit")
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """One kind, and the form that describes it."""
    this = queries.kind_named(name)
    form = KindForm(request.POST or None, initial=KindForm.said_of(Description.of(this)))
    if request.method == "POST" and form.is_valid():
        try:
            before = actions.change_kind(
                actor=Actor.behind(request), now=clock.now(), name=name, description=form.description()
            )
        except BadInput as error:
            form.add_error("contract" if "contract" in form.changed_data else None, str(error))
        else:
            _tell(request, name, before)
            return redirect("sources:kinds")
    return render(request, "sources/kind.html", _context(this, form))


@needs("kinds.edit")
@require_POST
def trial(request: HttpRequest, name: str) -> HttpResponse:
    """What the contract in the form would do to the last interactions of this kind."""
    this = queries.kind_named(name)
    context: dict[str, Any] = {}
    try:
        contract = read_contract(request.POST.get("contract", ""))
        context["empty"] = contract is None
        if contract is not None:
            context["trial"] = queries.try_contract(contract, queries.latest_payloads(this))
    except BadInput as error:
        context["error"] = error
    return render(request, "sources/kind_trial.html", context)


@needs("kinds.edit")
@require_POST
def take_back(request: HttpRequest, name: str) -> HttpResponse:
    """Describe the kind as it was before this person's last change."""
    kept = request.session.pop(BEFORE, {})
    if kept.get("name") != name:
        raise Refused(_("There is nothing to take back any more."))
    before = Description(**kept["description"])
    actions.change_kind(actor=Actor.behind(request), now=clock.now(), name=name, description=before)
    toast(request, _("It is as it was before."))
    return redirect("sources:kind", name)


def _context(this: Kind, form: KindForm) -> dict[str, Any]:
    payloads = queries.latest_payloads(this)
    return {
        "kind": this,
        "form": form,
        "is_new": queries.needs_words(this),
        "count": queries.count_of(this),
        "waiting": quarantine.held(quarantine.Selection(kind=this.name))[: quarantine.COUNTED].count(),
        "example": shown(example_contract(payloads)),
        "example_rests_on": len(payloads),
        "last": shown(payloads[0]) if payloads else "",
    }


def _tell(request: HttpRequest, name: str, before: Description) -> None:
    this = queries.kind_named(name)
    now = Description.of(this)
    if now == before:
        toast(request, _("Nothing was changed."), tone="plain")
        return
    request.session[BEFORE] = {"name": name, "description": KindForm.plain(before)}
    said = _("“%(kind)s” is kept.") % {"kind": this.label}
    if now.contract is not None and now.contract != before.contract:
        said = f"{said} {_foretold(this)}".strip()
    toast(request, said, undo=reverse("sources:kind_back", args=[name]))


def _foretold(this: Kind) -> str:
    found = queries.try_contract(this.contract, queries.latest_payloads(this))
    if not found.tried:
        return ""
    words = ngettext(
        "Of the last %(tried)d, %(held)d would have been held.",
        "Of the last %(tried)d, %(held)d would have been held.",
        found.tried,
    )
    return words % {"tried": found.tried, "held": found.held}
