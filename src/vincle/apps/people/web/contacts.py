"""What is said of an e-mail or a telephone, with a click on the person's page, each with its undo."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.people import contacting
from vincle.apps.people.models import ContactMark
from vincle.apps.people.queries.person import person_by_uid, person_they_are_now
from vincle.flow.models import Person
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web.permissions import needs
from vincle.web.toasts import toast

Kind = ContactMark.Kind


@needs("people.edit")
@require_POST
def mark(request: HttpRequest, uid: UUID, identity: int, kind: str) -> HttpResponse:
    """Say that a contact point is verified, bounces, is not to be used or is preferred."""
    person, wanted = _person(uid), _kind(kind)
    made = contacting.mark_contact(person, identity, wanted, actor=Actor.behind(request), now=clock.now())
    said = {
        Kind.VERIFIED: _("It is verified."),
        Kind.BOUNCED: _("Nothing is sent there while it does not arrive."),
        Kind.DO_NOT_USE: _("It is not used any more."),
        Kind.PREFERRED: _("It is the preferred one now."),
    }
    toast(request, said[wanted], undo=reverse("people:lift_contact", args=[person.uid, made.pk]))
    return redirect("people:person", person.uid)


@needs("people.edit")
@require_POST
def unmark(request: HttpRequest, uid: UUID, identity: int, kind: str) -> HttpResponse:
    """Say that it holds no more."""
    person, wanted = _person(uid), _kind(kind)
    contacting.unmark_contact(person, identity, wanted, actor=Actor.behind(request), now=clock.now())
    _say_taken_back(request, person, identity, wanted)
    return redirect("people:person", person.uid)


@needs("people.edit")
@require_POST
def lift(request: HttpRequest, uid: UUID, mark: int) -> HttpResponse:
    """Take back one thing that was said; what was preferred before is again."""
    person = _person(uid)
    found = ContactMark.objects.filter(pk=mark).first()
    if found is None:
        raise NotFound(_("That mark is not there any more."))
    contacting.lift_contact(person, found, actor=Actor.behind(request), now=clock.now())
    _say_taken_back(request, person, found.identity_id, Kind(found.kind))
    return redirect("people:person", person.uid)


def _say_taken_back(request: HttpRequest, person: Person, identity: int, kind: ContactMark.Kind) -> None:
    said = {
        Kind.VERIFIED: _("It is not verified."),
        Kind.BOUNCED: _("It works again."),
        Kind.DO_NOT_USE: _("It may be used again."),
        Kind.PREFERRED: _("It is not preferred any more."),
    }
    toast(request, said[kind], undo=reverse("people:mark_contact", args=[person.uid, identity, kind]))


def _person(uid: UUID) -> Person:
    return person_they_are_now(person_by_uid(uid))


def _kind(kind: str) -> ContactMark.Kind:
    if kind not in Kind.values:
        raise NotFound(_("There is nothing at this address."))
    return Kind(kind)
