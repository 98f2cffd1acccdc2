"""Notes on a person's page: written above the story, changed where they stand, taken away with a way back."""

from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.notes import actions, queries
from vincle.apps.notes.models import Note
from vincle.apps.notes.naming import offered
from vincle.apps.people.facade import Somebody, somebody
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast


@needs("notes.view", to_change="notes.edit")
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The notes of somebody, with room to write another; POST writes it."""
    about = somebody(uid)
    if request.method == "POST":
        actions.write(about, request.POST.get("text", ""), actor=Actor.behind(request), now=clock.now())
        return _all(request, about)
    asked, cursor = _asked(request), request.GET.get("page", "")
    if cursor:
        found = queries.notes_of(about.identities, cursor=cursor, asked=asked)
        return render(request, "notes/more.html", _context(request, about) | {"notes": found})
    return _card(request, about, asked=asked)


@needs("notes.view")
def note(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """One note as it stands."""
    about = somebody(uid)
    return _one(request, about, queries.note_of(about.identities, note))


@needs("notes.edit")
def edit(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Change what a note says, where it stands."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    if request.method != "POST":
        return render(request, "notes/edit.html", _context(request, about) | {"note": found})
    found = actions.edit(
        found,
        about,
        request.POST.get("text", ""),
        actor=Actor.behind(request),
        now=clock.now(),
        lead=_leads(request),
    )
    return _one(request, about, found) if htmx.asks(request) else _to_person(about)


@needs("notes.view")
def former(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """What a note said before."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    return render(request, "notes/former.html", {"former": queries.former_of(found)})


@needs("notes.edit")
@require_POST
def pin(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Keep a note on top."""
    return _pin(request, uid, note, pinned=True)


@needs("notes.edit")
@require_POST
def unpin(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Let a note stand in its place again."""
    return _pin(request, uid, note, pinned=False)


@needs("notes.edit")
@require_POST
def remove(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Take a note away."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    actions.remove(found, about, actor=Actor.behind(request), now=clock.now(), lead=_leads(request))
    toast(request, _("The note is taken away."), undo=reverse("notes:back", args=[about.uid, found.uid]))
    return _all(request, about)


@needs("notes.edit")
@require_POST
def back(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Bring a note back."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note, removed=True)
    actions.bring_back(found, about, actor=Actor.behind(request), now=clock.now(), lead=_leads(request))
    toast(request, _("The note is back."))
    return _all(request, about)


def _pin(request: HttpRequest, uid: UUID, note: UUID, *, pinned: bool) -> HttpResponse:
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    actions.pin(found, about, pinned, actor=Actor.behind(request), now=clock.now())
    return _all(request, about)


def _all(request: HttpRequest, about: Somebody) -> HttpResponse:
    """The notes anew for htmx; their person's page for whoever has no scripts."""
    return _card(request, about) if htmx.asks(request) else _to_person(about)


def _card(request: HttpRequest, about: Somebody, *, asked: UUID | None = None) -> HttpResponse:
    """All of it: room to write, with the colleagues who can be named, and the notes."""
    offers = offered(queries.may_be_told(about)) if can(request.user, "notes.edit") else []
    context = {"notes": queries.notes_of(about.identities, asked=asked), "offered": offers}
    return render(request, "notes/notes.html", _context(request, about) | context)


def _one(request: HttpRequest, about: Somebody, note: Note) -> HttpResponse:
    return render(request, "notes/note.html", _context(request, about) | {"note": note})


def _context(request: HttpRequest, about: Somebody) -> dict[str, object]:
    return {"about": about, "leads": _leads(request), "longest": actions.LONGEST}


def _asked(request: HttpRequest) -> UUID | None:
    """The note that the page around this part was opened for."""
    page = urlsplit(getattr(getattr(request, "htmx", None), "current_url", None) or "")
    try:
        return UUID(parse_qs(page.query).get("note", [""])[0])
    except ValueError:
        return None


def _to_person(about: Somebody) -> HttpResponse:
    return redirect("people:person", about.uid)


def _leads(request: HttpRequest) -> bool:
    return can(request.user, "notes.manage")
