"""What other rooms, and the command line, may call."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from vincle.apps.people.facade import Somebody
from vincle.apps.relations.actions.joining import join_organisations, part_organisations
from vincle.apps.relations.actions.organisations import (
    add_organisation,
    archive_organisation,
    bring_back_organisation,
    change_organisation,
)
from vincle.apps.relations.actions.relations import Said, end, relate, relate_to_name, reopen, restore, withdraw
from vincle.apps.relations.catalogue import Kind, kind_named, kinds
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import Relation
from vincle.apps.relations.queries.organisations import (
    find_organisations,
    organisation_at,
    organisation_by_uid,
    page_of,
    whole_of,
)
from vincle.apps.relations.queries.people import people_page
from vincle.apps.relations.queries.ties import Tie, relation_by_uid, tie_of, ties_of

__all__ = [
    "Described",
    "Kind",
    "Related",
    "Said",
    "add_organisation",
    "archive_organisation",
    "bring_back_organisation",
    "change_organisation",
    "end",
    "find_organisations",
    "join_organisations",
    "kind_named",
    "kinds",
    "organisation_at",
    "organisation_by_uid",
    "page_of",
    "part_organisations",
    "people_page",
    "relate",
    "relate_to_name",
    "related",
    "related_by",
    "relation_by_uid",
    "reopen",
    "restore",
    "told",
    "whole_of",
    "withdraw",
]


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as seen from one person: `words` read from them to `name`. `to` is person or organisation, whose
    address `other` is; `direction` is forward or back, as the kind names them."""

    uid: UUID
    kind: str
    direction: str
    words: str
    to: str
    other: UUID
    name: str
    role: str
    since: date | None
    ended: date | None
    said_by: str
    said_at: datetime


def related(someone: Somebody) -> list[Related]:
    """How somebody relates, what goes on first; see `ties_of`."""
    return [_related(tie) for tie in ties_of(someone)]


def related_by(relation: Relation, someone: Somebody) -> Related:
    """A relation that `someone` has to somebody else, as seen from them."""
    return _related(tie_of(relation, someone))


def told(someone: Somebody) -> list[dict[str, Any]]:
    """The same as plain values, in an order that does not change: for the command line and for programs."""
    found = sorted(related(someone), key=lambda each: (each.said_at, each.uid))
    return [{name: getattr(each, name) for name in Related.__slots__} for each in found]


def _related(tie: Tie) -> Related:
    far = tie.person or tie.organisation
    assert far is not None  # noqa: S101 - a tie leads somewhere
    return Related(
        uid=tie.uid,
        kind=tie.kind.name,
        direction="forward" if tie.forward else "back",
        words=tie.words,
        to=tie.far[0],
        other=far.uid,
        name=tie.name,
        role=tie.role,
        since=tie.since,
        ended=tie.ended,
        said_by=tie.said_by,
        said_at=tie.said_at,
    )
