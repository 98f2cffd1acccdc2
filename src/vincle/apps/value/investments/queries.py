"""Reads: investments, and what last came of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.value.investments.asking import name_of
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.terms import house_terms
from vincle.engine.published import published_version
from vincle.flow.models import Job, Reading
from vincle.kernel.errors import NotFound
from vincle.kernel.home import Home
from vincle.web.pagination import Page, keyset_page

SIZE = 30


@dataclass(frozen=True)
class FoundReturn:
    """What `vincle.engine.value.invest` gives as JSON; `said` is None where it cannot be told, and `why` says why.
    `groups` is what is to be known of the groups (see `refreshing`).
    """

    said: Mapping[str, Any] | None
    why: Mapping[str, Any]
    groups: Mapping[str, Any]
    version: int
    computed_at: datetime


def investments_page(*, archived: bool, cursor: str, size: int = SIZE) -> Page[Investment]:
    """Those in use or those that were put away, changed last first."""
    found = Investment.objects.filter(archived_at__isnull=not archived)
    return keyset_page(found, order="-changed_at", cursor=cursor, size=size)


def investment_by_uid(uid: UUID) -> Investment:
    """One of them, also one that was put away; raises `NotFound`."""
    found = Investment.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no such investment."))
    return found


def newest_returns(these: Iterable[Investment]) -> dict[UUID, FoundReturn]:
    """What last came of each, as they are described now; nothing of those nobody has asked about."""
    terms = house_terms().digest
    names = {name_of(each, terms): each.uid for each in these}
    kept = Reading.objects.filter(name__in=list(names))
    return {names[each.name]: _as_found(each) for each in kept}


def newest_return(this: Investment) -> FoundReturn | None:
    """What last came of one; None when nobody has asked."""
    return newest_returns([this]).get(this.uid)


def under_way(this: Investment) -> Job | None:
    """The job that works it out, while it waits or runs; with its `error` when it did not succeed at first."""
    return Job.objects.filter(key=name_of(this, house_terms().digest)).first()


def is_current(found: FoundReturn | None) -> bool:
    """Whether it was read from the state of the log that is published now."""
    return found is not None and found.version == published_version(Home.at().mirror)


def _as_found(kept: Reading) -> FoundReturn:
    said = kept.payload
    return FoundReturn(said["found"], said["why"], said["groups"], kept.mirror_version, kept.computed_at)
