"""Who stands on a fixed list, or behind a figure."""

from uuid import UUID

from django.db.models import QuerySet

from vincle.apps.lists.models import Gathered, Member
from vincle.flow.models import Identity


def people_on(uid: UUID) -> QuerySet[Identity]:
    """The identities that stand on a list; whose they are now says who stands on it."""
    standing = Member.objects.filter(list__uid=uid, list__removed_at=None, removed=None)
    return Identity.objects.filter(pk__in=standing.values("identity_id"))


def people_behind(uid: UUID) -> QuerySet[Identity]:
    """The identities that were gathered behind a figure."""
    theirs = Gathered.objects.filter(gathering__uid=uid)
    return Identity.objects.filter(pk__in=theirs.values("identity_id"))
