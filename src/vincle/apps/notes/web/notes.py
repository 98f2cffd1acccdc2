"""Notes on a person's page: written above the story, changed where they stand, taken away with a way back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.notes import actions, queries
from vincle.apps.notes.web.shown import all_of, asked_for, card, leads, more, one, to_person
from vincle.apps.people.facade import somebody
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("notes.view", to_change="notes.edit")
def notes(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The notes of somebody, with room to write another; POST writes it."""
    about = somebody(uid)
    if request.method == "POST":
        actions.write(about, request.POST.get("text", ""), actor=Actor.behind(request), now=clock.now())
        return all_of(request, about)
    if cursor := request.GET.get("page", ""):
        return more(request, about, cursor)
    return card(request, about, asked=asked_for(request))


@needs("notes.view")
def note(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """One note as it stands."""
    about = somebody(uid)
    return one(request, about, queries.note_of(about.identities, note))


@needs("notes.edit")
def edit(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Change what a note says, where it stands."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    if request.method != "POST":
        return render(request, "notes/edit.html", {"about": about, "note": found, "longest": actions.LONGEST})
    found = actions.edit(
        found,
        about,
        request.POST.get("text", ""),
        actor=Actor.behind(request),
        now=clock.now(),
        lead=leads(request),
    )
    return one(request, about, found) if htmx.asks(request) else to_person(about)


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
    actions.remove(found, about, actor=Actor.behind(request), now=clock.now(), lead=leads(request))
    toast(request, _("The note is taken away."), undo=reverse("notes:back", args=[about.uid, found.uid]))
    return all_of(request, about)


@needs("notes.edit")
@require_POST
def back(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Bring a note back."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note, removed=True)
    actions.bring_back(found, about, actor=Actor.behind(request), now=clock.now(), lead=leads(request))
    toast(request, _("The note is back."))
    return all_of(request, about)


def _pin(request: HttpRequest, uid: UUID, note: UUID, *, pinned: bool) -> HttpResponse:
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    actions.pin(found, about, pinned, actor=Actor.behind(request), now=clock.now())
    return all_of(request, about)
