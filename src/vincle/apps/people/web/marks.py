"""Making people confidential, restricting their processing, undoing both; and who looked at them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people import marking
from vincle.apps.people.looking import looks_at
from vincle.apps.people.models import PersonMark
from vincle.apps.people.queries.marked import people_marked
from vincle.apps.people.queries.person import addresses_of, person_by_uid, person_they_are_now
from vincle.apps.people.queries.visible import Sight, require_visible, seeing
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast

Kind = PersonMark.Kind


@needs("people.confidential")
@require_POST
def make_confidential(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let only those who may see confidential people see somebody."""
    return _mark(request, uid, Kind.CONFIDENTIAL, _("%(name)s is confidential now."), undo="people:not_confidential")


@needs("people.confidential")
@require_POST
def not_confidential(request: HttpRequest, mark: int) -> HttpResponse:
    """Let everybody see them again."""
    said = _("%(name)s is not confidential any more.")
    return _lift(request, mark, Kind.CONFIDENTIAL, said, undo="people:make_confidential")


@needs("people.restrict")
@require_POST
def restrict(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Have what is known of somebody be kept and not used."""
    said = _("The processing of %(name)s is restricted now.")
    return _mark(request, uid, Kind.RESTRICTED, said, undo="people:unrestrict")


@needs("people.restrict")
@require_POST
def unrestrict(request: HttpRequest, mark: int) -> HttpResponse:
    """Have it used again."""
    said = _("What we know of %(name)s may be used again.")
    return _lift(request, mark, Kind.RESTRICTED, said, undo="people:restrict")


@needs("people.view")
def marked(request: HttpRequest, kind: str) -> HttpResponse:
    """Everybody who is confidential, or whose processing is restricted."""
    if kind not in Kind.values or (kind == Kind.CONFIDENTIAL and not can(request.user, "people.confidential")):
        raise NotFound(_("There is nothing at this address."))
    return render(request, "people/marked.html", {"kind": kind, "marked": people_marked(Kind(kind))})


@needs("audit.view")
def who_looked(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who looked at somebody while they were confidential, or at something sensitive of theirs."""
    # Whoever watches over the log sees that it was read, also where they may not read it themselves.
    with seeing(Sight(confidential=True)):
        person = person_they_are_now(person_by_uid(uid))
    looks = looks_at(str(each) for each in addresses_of(person))
    may_see = can(request.user, "people.confidential") or not marking.in_force(person, Kind.CONFIDENTIAL)
    return render(request, "people/who_looked.html", {"person": person, "looks": looks, "may_see": may_see})


def _mark(request: HttpRequest, uid: UUID, kind: PersonMark.Kind, said: str, *, undo: str) -> HttpResponse:
    person = person_they_are_now(person_by_uid(uid))
    reason = request.POST.get("reason", "") or _reason_of(request.GET.get("again", ""), kind)
    made = marking.mark(person, kind, actor=Actor.behind(request), now=clock.now(), reason=reason)
    toast(request, said % {"name": person.name}, undo=reverse(undo, args=[made.pk]))
    return redirect("people:person", person.uid)


def _lift(request: HttpRequest, number: int, kind: PersonMark.Kind, said: str, *, undo: str) -> HttpResponse:
    found = PersonMark.objects.filter(pk=number, kind=kind).first()
    if found is None:
        raise NotFound(_("That mark is not there any more."))
    person = require_visible(marking.person_of(found))
    marking.lift(found, actor=Actor.behind(request), now=clock.now())
    toast(request, said % {"name": person.name}, undo=f"{reverse(undo, args=[person.uid])}?again={number}")
    return redirect("people:person", person.uid)


def _reason_of(number: str, kind: PersonMark.Kind) -> str:
    """Why the mark was set whose lifting is undone."""
    found = PersonMark.objects.filter(pk=number, kind=kind).first() if number.isdecimal() else None
    return found.reason if found else ""
