"""Making one organisation of two, and undoing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.relations.actions.joining import join_organisations, part_organisations
from vincle.apps.relations.models import Organisation
from vincle.apps.relations.names import tidy
from vincle.apps.relations.queries import organisations as queries
from vincle.apps.relations.queries.people import together_of
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("organisations.edit")
def join(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose which other organisation this is; with `with`, see both side by side before deciding."""
    this = queries.whole_of(queries.organisation_by_uid(uid))
    if request.method == "POST":
        return _join(request, this)
    other = _other(request.GET.get("with", ""))
    if other is not None and other != this:
        sides = [(each, queries.described(parts), together_of(parts)) for each, parts in _sides(this, other)]
        return render(request, "relations/organisation_compare.html", {"organisation": this, "sides": sides})
    words = tidy(request.GET.get("words", this.name))[:200]
    found = [each for each in queries.find_organisations(words) if each != this]
    context = {"organisation": this, "words": words, "found": found}
    return render(request, "relations/organisation_join.html", context)


@needs("organisations.edit")
@require_POST
def part(request: HttpRequest, step: int) -> HttpResponse:
    """They are two after all."""
    fact = part_organisations(step, actor=Actor.behind(request), now=clock.now())
    toast(request, _("Undone: %(names)s.") % {"names": f"{fact.a.name} · {fact.b.name}"})
    return redirect("relations:organisation", fact.a.uid)


def _join(request: HttpRequest, this: Organisation) -> HttpResponse:
    other = _other(request.POST.get("with", ""))
    if other is None:
        raise BadInput(_("Choose the other organisation first."))
    reason = tidy(request.POST.get("reason", ""))
    fact = join_organisations(this, other, actor=Actor.behind(request), now=clock.now(), reason=reason)
    said = _("%(first)s and %(second)s are one organisation now.") % {"first": this.name, "second": other.name}
    toast(request, said, undo=reverse("relations:part", args=[fact.pk]))
    return redirect("relations:organisation", this.uid)


def _sides(*both: Organisation) -> list[tuple[Organisation, list[Organisation]]]:
    return [(each, queries.parts_of(each)) for each in both]


def _other(text: str) -> Organisation | None:
    try:
        return queries.whole_of(queries.organisation_by_uid(UUID(text)))
    except ValueError:
        return None
