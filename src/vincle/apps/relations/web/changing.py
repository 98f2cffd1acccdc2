"""Adding a relation to a person's, ending it, taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people.facade import Criteria, Somebody, best_known, people_page, somebody
from vincle.apps.relations.actions import relations as actions
from vincle.apps.relations.models import Organisation, Relation
from vincle.apps.relations.names import match_key, tidy
from vincle.apps.relations.queries.organisations import find_organisations
from vincle.apps.relations.queries.ties import person_of, relation_by_uid
from vincle.apps.relations.web.forms import BACK, EndForm, RelationForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound, Refused
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast

PEOPLE_FOUND = 8


@dataclass(frozen=True)
class Candidate:
    """Who might be meant: what the form sends for them, a name, what tells them from others of that name."""

    value: str
    name: str
    hint: str = ""
    key: str = ""  # decides a face's colour; empty for an organisation
    is_new: bool = False


@needs("relations.edit")
def new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say how somebody relates to whom."""
    someone = somebody(uid)
    form = RelationForm(request.POST or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        try:
            relation = _relate(request, someone, form)
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("It is noted."), undo=reverse("relations:withdraw", args=[relation.uid]))
            return redirect("people:person", someone.uid)
    return render(request, "relations/new.html", {"person": someone, "form": form, **_found(request, someone)})


@needs("relations.edit")
def find(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who or what might be meant, as one types."""
    someone = somebody(uid)
    return render(request, "relations/found.html", {"person": someone, **_found(request, someone)})


@needs("relations.edit")
@require_POST
def end(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It was over on a day."""
    relation, form = relation_by_uid(uid), EndForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Choose the day it ended, today or before."))
    actions.end(relation, on=form.cleaned_data["on"], actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is over now."), undo=reverse("relations:reopen", args=[uid]))
    return _back(request, relation)


@needs("relations.edit")
@require_POST
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It is not over after all."""
    relation = relation_by_uid(uid)
    actions.reopen(relation, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It goes on."))
    return _back(request, relation)


@needs("relations.edit")
@require_POST
def withdraw(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It never was so."""
    relation = relation_by_uid(uid)
    actions.withdraw(relation, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is taken back."), undo=reverse("relations:restore", args=[uid]))
    return _back(request, relation)


@needs("relations.edit")
@require_POST
def restore(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It was so after all."""
    relation = relation_by_uid(uid)
    actions.restore(relation, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was before."))
    return _back(request, relation)


def _relate(request: HttpRequest, someone: Somebody, form: RelationForm) -> Relation:
    kind, forward = form.direction()
    what, which = form.cleaned_data["other"]
    actor, now, said = Actor.behind(request), clock.now(), form.said()
    if what == "new":
        if not can(request.user, "organisations.edit") or not forward:
            raise BadInput(_("Choose who it is first."))
        return actions.relate_to_name(someone, kind=kind, name=which, said=said, actor=actor, now=now)
    return actions.relate(
        someone,
        kind=kind,
        forward=forward,
        other=which if isinstance(which, Somebody) else None,
        organisation=which if isinstance(which, Organisation) else None,
        said=said,
        actor=actor,
        now=now,
    )


def _found(request: HttpRequest, someone: Somebody) -> dict[str, Any]:
    given = request.POST if request.method == "POST" else request.GET
    words, wanted = tidy(given.get("whom", ""))[:200], given.get("kind", "")
    kind = RelationForm().known.get(wanted.removesuffix(BACK))
    with_people = kind is None or kind.with_people
    with_places = kind is None or (kind.with_organisations and not wanted.endswith(BACK))
    candidates = _people(words, someone) if with_people and words else []
    if with_places and words:
        places = find_organisations(words)
        candidates = [*_places(places), *candidates] if not with_people else [*candidates, *_places(places)]
        is_there = match_key(words) in {place.match_key for place in places}
        if match_key(words) and not is_there and can(request.user, "organisations.edit"):
            candidates.append(Candidate(f"new:{words}", words, is_new=True))
    return {"words": words, "candidates": candidates, "chosen": given.get("other", "")}


def _people(words: str, someone: Somebody) -> list[Candidate]:
    page, _way = people_page(Criteria(search=words))
    others = [each for each in page if each.pk != someone.number][:PEOPLE_FOUND]
    known = best_known([each.pk for each in others])
    return [Candidate(f"person:{each.uid}", each.name, known.get(each.pk, ""), str(each.uid)) for each in others]


def _places(found: Sequence[Organisation]) -> list[Candidate]:
    return [Candidate(f"organisation:{each.uid}", each.name, each.get_kind_display()) for each in found]


def _back(request: HttpRequest, relation: Relation) -> HttpResponse:
    """To the page one came from, which is that of either end."""
    try:
        seen_from = somebody(UUID(request.POST.get("seen_from", ""))).uid
    except (ValueError, NotFound):
        seen_from = person_of(relation).uid
    return redirect("relations:person", seen_from)
