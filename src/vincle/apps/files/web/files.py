"""The files about somebody, on their page: brought, taken away with a way back; a picture of them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.files import actions, queries
from vincle.apps.files.pictures import SHOWN
from vincle.apps.files.web.receiving import one_file, receives
from vincle.apps.people.facade import Somebody, somebody
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("files.view", to_change="files.edit")
@receives
def files(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What is kept about them; POST keeps another file."""
    about = somebody(uid)
    if request.method == "POST":
        actions.add(one_file(request), about, actor=Actor.behind(request), now=clock.now())
        return _all(request, about)
    return _page(request, about)


@needs("files.view")
@require_safe
def face(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How they look; nothing where nobody has said."""
    about = somebody(uid)
    found = queries.face_of(about.identities)
    if found is None:
        return HttpResponse(status=204)
    return render(request, "files/face.html", {"about": about, "file": found})


@needs("files.edit")
@require_POST
def choose_face(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """This is how they look."""
    about = somebody(uid)
    found = queries.file_of(about.identities, file)
    actions.choose_face(found, about, actor=Actor.behind(request), now=clock.now())
    toast(
        request,
        _("The picture stands beside their name."),
        undo=reverse("files:leave_face", args=[about.uid, found.uid]),
    )
    return redirect("people:person", about.uid)


@needs("files.edit")
@require_POST
def leave_face(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Their initials will do."""
    about = somebody(uid)
    actions.leave_face(queries.file_of(about.identities, file), about, actor=Actor.behind(request), now=clock.now())
    return redirect("people:person", about.uid)


@needs("files.edit")
@require_POST
def remove(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Take it away."""
    about = somebody(uid)
    found = queries.file_of(about.identities, file)
    actions.remove(found, about, actor=Actor.behind(request), now=clock.now())
    toast(request, _("The file is taken away."), undo=reverse("files:back", args=[about.uid, found.uid]))
    # What a note carries stands under it, and only its own line goes.
    return HttpResponse() if found.note and htmx.asks(request) else _all(request, about)


@needs("files.edit")
@require_POST
def back(request: HttpRequest, uid: UUID, file: UUID) -> HttpResponse:
    """Bring it back."""
    about = somebody(uid)
    found = queries.file_of(about.identities, file, removed=True)
    actions.bring_back(found, about, actor=Actor.behind(request), now=clock.now())
    toast(request, _("The file is back."))
    return _all(request, about)


def _all(request: HttpRequest, about: Somebody) -> HttpResponse:
    """The files anew for htmx; their person's page for whoever has no scripts."""
    return _page(request, about) if htmx.asks(request) else redirect("people:person", about.uid)


def _page(request: HttpRequest, about: Somebody) -> HttpResponse:
    found = queries.files_of(about.identities)
    lines = [(file, bool(file.picture) and file.size <= SHOWN) for file in found]
    return render(request, "files/files.html", {"about": about, "files": lines, "most": actions.LARGEST})
