"""The settings of valuing: the terms, each with its effect explained, and rates of currencies."""

import tempfile
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.value.rates.actions import bring_in_rates
from vincle.apps.value.rates.queries import known_rates
from vincle.apps.value.settings import change_terms
from vincle.apps.value.terms import house_terms
from vincle.apps.value.web.forms import RatesForm, TermsForm, initial
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home
from vincle.web.permissions import needs
from vincle.web.templatetags.vincle import number
from vincle.web.toasts import toast

_BEFORE = "value_terms_before"  # in the session of who changed them: the terms as they were, for Undo


@needs("value.view", to_change="value.manage")
def terms(request: HttpRequest) -> HttpResponse:
    """How relationships are valued here."""
    before = initial(house_terms())
    form = TermsForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        _change(request, form)
        request.session[_BEFORE] = {**before, "margin": str(before["margin"]), "discount": str(before["discount"])} | {
            "acquisition_cost": str(before["acquisition_cost"]) if before["acquisition_cost"] is not None else ""
        }
        toast(request, _("Values are worked out anew in this way."), undo=reverse("value:settings-undo"))
        return redirect("value:settings")
    return _page(request, form=form)


@needs("value.manage")
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Value relationships again as before one's last change."""
    before = request.session.pop(_BEFORE, None)
    form = TermsForm(before)
    if before is not None and form.is_valid():
        _change(request, form)
        toast(request, _("Relationships are valued as before."))
    return redirect("value:settings")


@needs("value.manage")
@require_POST
def rates(request: HttpRequest) -> HttpResponse:
    """Bring in a file of rates."""
    form = RatesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, rates_form=form, status=422)
    file = form.cleaned_data["file"]
    staging = Home.at().staging
    staging.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=staging) as folder:
        path = Path(folder) / (Path(file.name).name or "rates.csv")
        with path.open("wb") as kept:
            kept.writelines(file.chunks())
        try:
            brought = bring_in_rates(path, name=file.name, actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error("file", str(error))
            return _page(request, rates_form=form, status=422)
    said = ngettext("%(count)s rate is known now.", "%(count)s rates are known now.", brought)
    toast(request, said % {"count": number(brought)})
    return redirect("value:settings")


def _change(request: HttpRequest, form: TermsForm) -> None:
    said = form.cleaned_data
    change_terms(
        form.terms(),
        kinds=said["kinds"],
        acquisition_cost=said["acquisition_cost"],
        actor=Actor.behind(request),
        now=clock.now(),
    )


def _page(
    request: HttpRequest, *, form: TermsForm | None = None, rates_form: RatesForm | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form or TermsForm(initial=initial(house_terms())),
        "rates_form": rates_form or RatesForm(),
        "known_rates": known_rates(),
        "currency": house_terms().currency,
    }
    return render(request, "value/settings.html", context, status=status)
