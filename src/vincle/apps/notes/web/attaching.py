"""Files that a note carries: kept as those of a person are, and shown under it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.files.facade import one_file, receives
from vincle.apps.notes import actions, queries
from vincle.apps.notes.web.shown import one, to_person
from vincle.apps.people.facade import somebody
from vincle.kernel import clock
from vincle.web import htmx
from vincle.web.permissions import needs


@needs("files.edit")
@receives
@require_POST
def attach(request: HttpRequest, uid: UUID, note: UUID) -> HttpResponse:
    """Let a note carry a file."""
    about = somebody(uid)
    found = queries.note_of(about.identities, note)
    actions.attach(one_file(request), found, about, actor=Actor.behind(request), now=clock.now())
    return one(request, about, found) if htmx.asks(request) else to_person(about)
