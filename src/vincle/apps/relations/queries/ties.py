"""How one person relates: to whom and to what, in words as seen from them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from vincle.apps.people.facade import Somebody, somebody, who_are
from vincle.apps.relations.catalogue import Kind, kinds
from vincle.apps.relations.models import Organisation, Relation
from vincle.apps.relations.rules import numbers_of
from vincle.apps.relations.standing import ended, going_on, standing
from vincle.kernel.errors import NotFound

MOST = 500

End = tuple[str, int]  # person or organisation, and the number


@dataclass(frozen=True)
class Tie:
    """A relation as seen from one end: `words` read from there to `name`. One of `person` and `organisation`."""

    uid: UUID
    kind: Kind
    forward: bool
    role: str
    since: date | None
    ended: date | None
    said_by: str
    said_at: datetime
    may_reopen: bool
    person: Somebody | None = None
    organisation: Organisation | None = None

    @property
    def words(self) -> str:
        return self.kind.words(forward=self.forward)

    @property
    def name(self) -> str:
        found = self.person or self.organisation
        return found.name if found is not None else ""

    @property
    def far(self) -> End:
        """Who or what is at the other end."""
        if self.person is not None:
            return "person", self.person.number
        return "organisation", self.organisation.whole_id if self.organisation else 0


def ties_of(someone: Somebody, *, former: bool = True) -> list[Tie]:
    """How somebody relates, what goes on first, by the order of kinds; of the latest `MOST`. Without `former` only what
    goes on.

    What joining people has made a relation with oneself, or the same twice, is left out as long as they are joined.
    """
    mine = dict.fromkeys(someone.identities or numbers_of([someone.number]), someone.number)
    rows = (standing() if former else going_on()).filter(Q(from_identity__in=mine) | Q(to_identity__in=mine))
    return ties(rows.order_by("-id")[:MOST], people=mine).get(("person", someone.number), [])


def tie_of(relation: Relation, someone: Somebody) -> Tie:
    """One relation that somebody has to somebody else, as seen from them."""
    mine = dict.fromkeys(numbers_of([someone.number]), someone.number)
    (tie,) = ties([relation], people=mine)["person", someone.number]
    return tie


def first_of_each(found: Iterable[Tie]) -> list[Tie]:
    """Each neighbour once, by the tie that stands first."""
    first: dict[End, Tie] = {}
    for tie in found:
        first.setdefault(tie.far, tie)
    return list(first.values())


def ties(
    rows: Iterable[Relation], *, people: Mapping[int, int], places: Mapping[int, int] | None = None
) -> dict[End, list[Tie]]:
    """What `rows` are as seen from these people (identity -> person) and places (organisation -> the whole it is part
    of), in order; in a handful of questions."""
    relations, places = list(rows), places or {}
    there = who_are({end for row in relations for end in (row.from_identity, row.to_identity) if end is not None})
    organisations = wholes(row.organisation_id for row in relations if row.organisation_id is not None)
    known = kinds()
    found: dict[End, list[Tie]] = {}
    for row in relations:
        kind = known.get(row.kind) or Kind(row.kind)
        first, second = there.get(row.from_identity), there.get(row.to_identity or 0)
        place = organisations.get(row.organisation_id or 0)
        if first is None or (second is None and place is None) or (second and second.number == first.number):
            continue
        if row.from_identity in people:
            tie = _tie(row, kind, forward=True, person=second, organisation=place)
            found.setdefault(("person", people[row.from_identity]), []).append(tie)
        tie = _tie(row, kind, forward=kind.symmetric, person=first, organisation=None)
        if row.to_identity is not None and row.to_identity in people:
            found.setdefault(("person", people[row.to_identity]), []).append(tie)
        if row.organisation_id is not None and row.organisation_id in places:
            found.setdefault(("organisation", places[row.organisation_id]), []).append(tie)
    return {end: _each_once(sorted(theirs, key=_order)) for end, theirs in found.items()}


def relation_by_uid(uid: UUID) -> Relation:
    """One relation; raises `NotFound`."""
    found = Relation.objects.select_related("organisation").filter(uid=uid).first()
    if found is None:
        raise NotFound(_("This relation is not here any more."))
    return found


def relation_shown(uid: UUID) -> Relation:
    """The same for whoever may see both ends; raises `NotFound` for everybody else, and `Refused` as `somebody`."""
    found = relation_by_uid(uid)
    ends = {each for each in (found.from_identity, found.to_identity) if each is not None}
    there = who_are(ends)
    if ends - there.keys():
        raise NotFound(_("This relation is not here any more."))
    for each in there.values():
        somebody(each.uid)
    return found


def person_of(relation: Relation) -> Somebody:
    """Whose page a relation is seen on; raises `NotFound`."""
    found = who_are([relation.from_identity]).get(relation.from_identity)
    if found is None:
        raise NotFound(_("There is nobody at this address any more."))
    return found


def wholes(numbers: Iterable[int]) -> dict[int, Organisation]:
    """For each organisation the one it is part of now."""
    parts = dict(Organisation.objects.filter(pk__in=set(numbers)).values_list("pk", "whole_id"))
    found = Organisation.objects.in_bulk(list(set(parts.values())))
    return {part: found[whole] for part, whole in parts.items() if whole in found}


def _tie(
    row: Relation, kind: Kind, *, forward: bool, person: Somebody | None, organisation: Organisation | None
) -> Tie:
    return Tie(
        uid=row.uid,
        kind=kind,
        forward=forward,
        role=row.role,
        since=row.since,
        ended=ended(row),
        said_by=row.said_by,
        said_at=row.said_at,
        may_reopen=row.ended_on is not None,
        person=person,
        organisation=organisation,
    )


def _order(tie: Tie) -> tuple[bool, int, str, bool, datetime]:
    return (tie.ended is not None, tie.kind.order, tie.kind.name, not tie.forward, tie.said_at)


def _each_once(found: Collection[Tie]) -> list[Tie]:
    """The first of those that say the same; what is over may have been several times."""
    seen: dict[tuple[object, ...], Tie] = {}
    for tie in found:
        seen.setdefault((tie.kind.name, tie.forward, tie.far, tie.ended, tie.ended and tie.since), tie)
    return list(seen.values())
