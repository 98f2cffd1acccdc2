"""Notes as a person's page shows them: the whole card, one more page of it, one note."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from vincle.apps.files.facade import carried_by
from vincle.apps.notes import actions, queries
from vincle.apps.notes.models import Note
from vincle.apps.notes.naming import offered
from vincle.apps.people.facade import Somebody
from vincle.web import htmx
from vincle.web.permissions import can


def all_of(request: HttpRequest, about: Somebody) -> HttpResponse:
    """The notes anew for htmx; their person's page for whoever has no scripts."""
    return card(request, about) if htmx.asks(request) else to_person(about)


def card(request: HttpRequest, about: Somebody, *, asked: UUID | None = None) -> HttpResponse:
    """All of it: room to write, with the colleagues who can be named, and the notes."""
    found = queries.notes_of(about.identities, asked=asked)
    context = {
        "notes": found,
        "offered": offered(queries.may_be_told(about)) if can(request.user, "notes.edit") else [],
        "longest": actions.LONGEST,
    }
    return render(request, "notes/notes.html", _context(request, about, found) | context)


def more(request: HttpRequest, about: Somebody, cursor: str) -> HttpResponse:
    """One more page of notes."""
    found = queries.notes_of(about.identities, cursor=cursor, asked=asked_for(request))
    return render(request, "notes/more.html", _context(request, about, found) | {"notes": found})


def one(request: HttpRequest, about: Somebody, note: Note) -> HttpResponse:
    """One note."""
    return render(request, "notes/note.html", _context(request, about, [note]) | {"note": note})


def to_person(about: Somebody) -> HttpResponse:
    """Their page."""
    return redirect("people:person", about.uid)


def leads(request: HttpRequest) -> bool:
    """Whether whoever sent the request may change what others wrote."""
    return can(request.user, "notes.manage")


def asked_for(request: HttpRequest) -> UUID | None:
    """The note that the page around this part was opened for."""
    page = urlsplit(getattr(getattr(request, "htmx", None), "current_url", None) or "")
    try:
        return UUID(parse_qs(page.query).get("note", [""])[0])
    except ValueError:
        return None


def _context(request: HttpRequest, about: Somebody, notes: Iterable[Note]) -> dict[str, Any]:
    """What each note needs: whom it is about, whether it may be changed, the files it carries."""
    files = carried_by([note.uid for note in notes]) if can(request.user, "files.view") else {}
    return {"about": about, "leads": leads(request), "files": files}
