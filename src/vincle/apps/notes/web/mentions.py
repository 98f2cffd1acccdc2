"""Where colleagues mention whoever looks: to be read, with the way to the note, and left unread again."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.notes import actions, queries
from vincle.apps.notes.models import Mention
from vincle.apps.people.facade import Somebody, look_at_those, who_are
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@dataclass(frozen=True, slots=True)
class Shown:
    """A mention, whom its note is about, and the address of the note on their page."""

    mention: Mention
    about: Somebody
    url: str


@needs("notes.view")
@require_safe
def mentions(request: HttpRequest) -> HttpResponse:
    """What waits to be read; with `view=read` what has been."""
    read = request.GET.get("view") == "read"
    page = queries.mentions_page(request.user.pk or 0, read=read, cursor=request.GET.get("page", ""))
    return render(request, "notes/mentions.html", {"read": read, "page": page, "lines": _shown(page)})


@needs("notes.view")
@require_POST
def read(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It has been read."""
    found = queries.mention_of(request.user.pk or 0, uid)
    actions.read(found, now=clock.now())
    toast(request, _("Read."), undo=reverse("notes:leave_unread", args=[uid]))
    return HttpResponse() if htmx.asks(request) else redirect("notes:mentions")


@needs("notes.view")
@require_POST
def leave_unread(request: HttpRequest, uid: UUID) -> HttpResponse:
    """It waits to be read again."""
    actions.leave_unread(queries.mention_of(request.user.pk or 0, uid))
    toast(request, _("It waits to be read again."))
    return HttpResponse() if htmx.asks(request) else redirect("notes:mentions")


def _shown(mentions: Iterable[Mention]) -> list[Shown]:
    """Each with its person; those about somebody who has just gone are left out."""
    listed = list(mentions)
    people = who_are([each.note.identity_id for each in listed]) if listed else {}
    look_at_those({about.number for about in people.values()})
    return [
        Shown(each, about, f"{reverse('people:person', args=[about.uid])}?note={each.note.uid}")
        for each in listed
        if (about := people.get(each.note.identity_id)) is not None
    ]
