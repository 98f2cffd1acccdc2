"""Making one person of two, seeing who joined what and why, and undoing any step of it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people import actions
from vincle.apps.people.queries.compared import compared
from vincle.apps.people.queries.criteria import Criteria
from vincle.apps.people.queries.directory import page as people_page
from vincle.apps.people.queries.history import history_of, people_of_step, step_by_number
from vincle.apps.people.queries.person import (
    identities_of,
    main_identities,
    person_by_uid,
    person_they_are_now,
    source_labels,
)
from vincle.apps.people.queries.visible import require_visible
from vincle.apps.people.words import namespace_words
from vincle.flow.append.same import said_apart
from vincle.flow.models import Identity, Person
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast

CANDIDATES = 12
LONGEST_REASON = 400


@needs("people.edit")
def join(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose who else somebody is; with `with`, see both side by side before deciding."""
    person = person_they_are_now(person_by_uid(uid))
    if request.method == "POST":
        return _decide(request, person)
    other = _uid(request.GET.get("with", ""))
    if other is not None:
        return _compare(request, person, person_they_are_now(person_by_uid(other)))
    words = request.GET.get("q", person.name).strip()
    return render(
        request,
        "people/join.html",
        {"person": person, "words": words, "candidates": _candidates(person, words)},
    )


@needs("people.view")
def history(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Every step by which somebody's identities came together or were kept apart."""
    person = person_they_are_now(person_by_uid(uid))
    labels = source_labels()
    steps = [
        (step, namespace_words(step.fact.a.namespace, labels), namespace_words(step.fact.b.namespace, labels))
        for step in history_of(identities_of(person))
    ]
    return render(request, "people/history.html", {"person": person, "steps": steps})


@needs("people.edit")
@require_POST
def undo(request: HttpRequest, step: int) -> HttpResponse:
    """Take a step back."""
    fact = step_by_number(step)
    for each in people_of_step(fact):
        require_visible(each)
    actions.undo(fact, actor=Actor.behind(request), now=clock.now())
    there = people_of_step(fact)
    toast(request, _("Undone: %(people)s.") % {"people": " · ".join(person.name for person in there)})
    return redirect("people:person", there[0].uid)


def _decide(request: HttpRequest, person: Person) -> HttpResponse:
    other = _uid(request.POST.get("with", ""))
    if other is None:
        raise BadInput(_("Choose the other person first."))
    second, now, actor = person_by_uid(other), clock.now(), Actor.behind(request)
    reason = request.POST.get("reason", "").strip()[:LONGEST_REASON]
    if request.POST.get("verdict") == "different":
        step = actions.keep_apart(person, second, actor=actor, now=now, reason=reason)
        said = _("%(first)s and %(second)s stay two people.")
    else:
        step = actions.join(person, second, actor=actor, now=now, reason=reason)
        said = _("%(first)s and %(second)s are one person now.")
    toast(
        request,
        said % {"first": person.name, "second": second.name},
        undo=reverse("people:undo", args=[step.pk]),
    )
    return redirect("people:person", person_they_are_now(person_by_uid(person.uid)).uid)


def _compare(request: HttpRequest, person: Person, other: Person) -> HttpResponse:
    if person == other:
        return redirect("people:person", person.uid)
    labels = source_labels()
    mine, theirs = identities_of(person), identities_of(other)
    context = {
        "person": person,
        "other": other,
        "sides": [(each, _known(known, labels)) for each, known in ((person, mine), (other, theirs))],
        "compared": compared(mine, theirs),
        "apart": said_apart(person.pk, other.pk),
        "interactions": person.interactions + other.interactions,
    }
    return render(request, "people/compare.html", context)


def _candidates(person: Person, words: str) -> list[tuple[Person, str]]:
    """Who might be meant, each with how they are best known."""
    found = [each for each in people_page(Criteria(search=words))[0] if each != person][:CANDIDATES] if words else []
    best, labels = main_identities(each.pk for each in found), source_labels()
    return [
        (each, f"{namespace_words(best[each.pk].namespace, labels)}: {best[each.pk].value}" if each.pk in best else "")
        for each in found
    ]


def _known(identities: list[Identity], labels: dict[str, str]) -> list[tuple[str, str]]:
    return [(namespace_words(identity.namespace, labels), identity.value) for identity in identities]


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
