"""The organisation and the audit log."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.accounts import actions, audit, queries
from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.web.forms import AuditFilterForm, OrganisationForm
from vincle.kernel import clock
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("settings.view", to_change="settings.edit")
def organisation(request: HttpRequest) -> HttpResponse:
    """The organisation's name and conventions."""
    form = OrganisationForm(request.POST or None, initial=asdict(queries.organisation()))
    if request.method == "POST" and form.is_valid():
        actions.change_organisation(actor=Actor.behind(request), now=clock.now(), **form.cleaned_data)
        toast(request, _("The organisation is changed."))
        return redirect("accounts:settings")
    return render(request, "accounts/organisation.html", {"tab": "organisation", "form": form})


@needs("audit.view")
def audit_log(request: HttpRequest) -> HttpResponse:
    """Who did what, newest first; filtered by person, action and period."""
    form = AuditFilterForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    page = queries.audit_page(
        actor=wanted.get("actor", ""),
        action=wanted.get("action", ""),
        since=wanted.get("since"),
        until=wanted.get("until"),
        zone=timezone.get_current_timezone_name(),
        cursor=request.GET.get("page", ""),
    )
    lines = [(entry, audit.words_of(entry.action), audit.in_words(entry.details)) for entry in page]
    filtered = any(wanted.values())
    return render(
        request,
        "accounts/audit.html",
        {"tab": "audit", "form": form, "page": page, "lines": lines, "filtered": filtered},
    )
