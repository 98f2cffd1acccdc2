"""Writes of what colleagues say of a map."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.journeys.maps.places import place_words
from vincle.apps.journeys.maps.queries import journey_of
from vincle.apps.journeys.models import Comment, JourneyMap
from vincle.kernel.errors import BadInput, NotFound
from vincle.kernel.ids import uuid7
from vincle.kernel.words import written

LONGEST = 4000
COMMENTED, RESOLVED, REOPENED = "journey.commented", "journey.comment_resolved", "journey.comment_reopened"


@transaction.atomic
def comment(this: JourneyMap, place: str, text: str, *, actor: Actor, now: datetime) -> Comment:
    """Say something of a map, or of a place on it. Raises `BadInput` for nothing and for too much, `NotFound` for a
    place that is not there.
    """
    text = written(text)
    if not text:
        raise BadInput(_("Write something first."))
    if len(text) > LONGEST:
        raise BadInput(_("There is room for %(count)d letters here.") % {"count": LONGEST})
    try:
        place_words(place, journey_of(this))
    except KeyError:
        raise NotFound(_("What you comment on is not on the map any more.")) from None
    said = Comment.objects.create(
        map=this, uid=uuid7(), place=place, text=text, author_id=actor.id, author=actor.name, written_at=now
    )
    _record(COMMENTED, said, this, actor=actor, now=now)
    return said


@transaction.atomic
def resolve(said: Comment, this: JourneyMap, *, actor: Actor, now: datetime) -> None:
    """Have a comment be settled; `reopen` undoes it."""
    if Comment.objects.filter(pk=said.pk, resolved_at=None).update(resolved_at=now, resolved_by=actor.name):
        _record(RESOLVED, said, this, actor=actor, now=now)


@transaction.atomic
def reopen(said: Comment, this: JourneyMap, *, actor: Actor, now: datetime) -> None:
    """Have a comment be open again."""
    if Comment.objects.filter(pk=said.pk, resolved_at__isnull=False).update(resolved_at=None, resolved_by=""):
        _record(REOPENED, said, this, actor=actor, now=now)


def _record(action: str, said: Comment, this: JourneyMap, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor, now=now, action=action, object_type="journey", object_uid=str(this.uid), summary=this.name,
        details={"comment": str(said.uid)},
    )  # fmt: skip
