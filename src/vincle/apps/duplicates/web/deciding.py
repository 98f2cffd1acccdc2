"""Deciding about one pair, from the queue or from its page, and taking that back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.queries.queue import candidate_by_number, people_of
from vincle.apps.people import facade as people
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast

LONGEST_REASON = 400


@needs("people.edit")
@require_POST
def same(request: HttpRequest, number: int) -> HttpResponse:
    """They are one person."""
    candidate = candidate_by_number(number)
    first, second = people_of(candidate)
    step = actions.accept(candidate, actor=Actor.behind(request), now=clock.now(), reason=_reason(request))
    words = _("%(first)s and %(second)s are one person now.") % {"first": first.name, "second": second.name}
    return _done(request, words, reverse("duplicates:undo", args=[step.pk]))


@needs("people.edit")
@require_POST
def different(request: HttpRequest, number: int) -> HttpResponse:
    """They are two people, and stay so."""
    candidate = candidate_by_number(number)
    first, second = people_of(candidate)
    step = actions.reject(candidate, actor=Actor.behind(request), now=clock.now(), reason=_reason(request))
    words = _("%(first)s and %(second)s stay two people.") % {"first": first.name, "second": second.name}
    return _done(request, words, reverse("duplicates:undo", args=[step.pk]))


@needs("people.edit")
@require_POST
def skip(request: HttpRequest, number: int) -> HttpResponse:
    """Not now."""
    actions.skip(candidate_by_number(number), actor=Actor.behind(request), now=clock.now())
    words = _("Put aside for %(days)d days.") % {"days": actions.SKIP_FOR.days}
    return _done(request, words, reverse("duplicates:bring_back", args=[number]))


@needs("people.edit")
@require_POST
def bring_back(request: HttpRequest, number: int) -> HttpResponse:
    """A pair that was put aside waits again."""
    actions.bring_back(candidate_by_number(number), actor=Actor.behind(request), now=clock.now())
    return _done(request, _("It waits again."), "")


@needs("people.edit")
@require_POST
def undo(request: HttpRequest, step: int) -> HttpResponse:
    """Take a decision back; the pair waits again."""
    fact = people.step_by_number(step)
    actions.undo(fact, actor=Actor.behind(request), now=clock.now())
    names = " · ".join(person.name for person in people.people_of_step(fact))
    return _done(request, _("Undone: %(people)s.") % {"people": names}, "")


def _done(request: HttpRequest, words: str, undo_url: str) -> HttpResponse:
    """Say it, with Undo; back to the queue as it was asked for, or nothing more where htmx takes the pair away."""
    toast(request, words, undo=undo_url)
    if htmx.asks(request):
        return HttpResponse()
    there = reverse("duplicates:queue")
    asked = request.GET.urlencode()
    return redirect(f"{there}?{asked}" if asked else there)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[:LONGEST_REASON]
