"""The pages of organisations: the list, one with its people, making and changing them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.relations.actions import organisations as actions
from vincle.apps.relations.catalogue import kinds
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import Organisation, OrganisationKind
from vincle.apps.relations.names import tidy
from vincle.apps.relations.queries import organisations as queries
from vincle.apps.relations.queries.people import COUNTED, lately_of, people_page, seen_last, together_of
from vincle.apps.relations.web.forms import OrganisationForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("organisations.view")
def organisations(request: HttpRequest) -> HttpResponse:
    """Every organisation by name, or those that are asked for, fifty at a time."""
    words, kind = tidy(request.GET.get("words", ""))[:200], request.GET.get("kind", "")
    archived = request.GET.get("archived", "") == "yes"
    page = queries.page_of(words=words, kind=kind, archived=archived, cursor=request.GET.get("page", ""))
    people = queries.people_counted(page.items)
    context = {
        "lines": [queries.Listed(each, people.get(each.pk, 0)) for each in page],
        "page": page,
        "words": words,
        "kind": kind,
        "archived": archived,
        "kinds": OrganisationKind.choices,
        "asked": bool(words or kind or archived),
    }
    return render(request, "relations/organisations.html", context)


@needs("organisations.view")
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One organisation: what it is, its people, what has happened with them. A part leads to its whole."""
    found = queries.organisation_by_uid(uid)
    whole = queries.whole_of(found)
    if whole != found:
        return redirect("relations:organisation", whole.uid)
    parts = queries.parts_of(whole)
    former, kind = request.GET.get("former", "") == "yes", request.GET.get("kind", "")
    page = people_page(parts, former=former, kind=kind, cursor=request.GET.get("page", ""))
    seen = seen_last([tie.person for tie in page if tie.person])
    context = {
        "organisation": whole,
        "told": queries.described(parts),
        "parts": parts[1:],
        "together": together_of(parts),
        "counted": COUNTED,
        "people": [(tie, seen.get(tie.person.number)) for tie in page if tie.person],
        "page": page,
        "former": former,
        "kind": kind,
        "kinds": [each for each in kinds().values() if each.with_organisations],
        "lately": lately_of(parts),
        "last_changed": queries.changes_of(parts)[:1],
    }
    return render(request, "relations/organisation.html", context)


@needs("organisations.edit")
def new(request: HttpRequest) -> HttpResponse:
    """Make an organisation."""
    form = OrganisationForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_organisation(form.described(), actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error("tax_number", str(error))
        else:
            toast(request, _("It is kept."), undo=reverse("relations:archive", args=[made.uid]))
            return redirect("relations:organisation", made.uid)
    return render(request, "relations/organisation_new.html", {"form": form})


@needs("organisations.edit")
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change what is known of an organisation."""
    this = queries.whole_of(queries.organisation_by_uid(uid))
    form = OrganisationForm(request.POST or None, initial=_initial(this))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_organisation(this, form.described(), actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error("tax_number", str(error))
        else:
            toast(request, _("It is kept."))
            return redirect("relations:organisation", this.uid)
    return render(request, "relations/organisation_edit.html", {"organisation": this, "form": form})


@needs("organisations.view")
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who changed what in an organisation, and what was made one with it."""
    this = queries.whole_of(queries.organisation_by_uid(uid))
    parts = queries.parts_of(this)
    context = {
        "organisation": this,
        "changes": [(each, _changed(each.details)) for each in queries.changes_of(parts)],
        "steps": queries.steps_of(parts),
    }
    return render(request, "relations/organisation_history.html", context)


@needs("organisations.edit")
@require_POST
def archive(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put it away."""
    this = queries.whole_of(queries.organisation_by_uid(uid))
    actions.archive_organisation(this, actor=Actor.behind(request), now=clock.now())
    said = _("“%(name)s” is put away. Its people and what is known of it stay.") % {"name": this.name}
    toast(request, said, undo=reverse("relations:bring_back", args=[uid]))
    return redirect("relations:organisations")


@needs("organisations.edit")
@require_POST
def bring_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take it out again."""
    this = queries.whole_of(queries.organisation_by_uid(uid))
    actions.bring_back_organisation(this, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was before."))
    return redirect("relations:organisation", this.uid)


def _initial(this: Organisation) -> dict[str, str]:
    return vars(Described.of(this))


def _changed(details: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What changed, in words: the field, what stood before, what stands since."""
    fields = OrganisationForm.base_fields
    choices = dict(OrganisationKind.choices)
    return [
        (str(fields[name].label), str(choices.get(before, before)), str(choices.get(after, after)))
        for name, (before, after) in details.items()
        if name in fields
    ]
