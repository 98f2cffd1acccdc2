"""Organisations: found by their name, seen whole, with who has been joined to them."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.people.facade import hidden_numbers
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import Organisation, OrganisationChange, OrganisationKind, SameOrganisation
from vincle.apps.relations.names import tax_number
from vincle.apps.relations.standing import today
from vincle.kernel.errors import NotFound
from vincle.kernel.words import fold
from vincle.web.pagination import PAGE_SIZE, Page, keyset_page

FOUND = 8
PARTS = 200
STEPS = 200

_PEOPLE = """
SELECT o.whole_id, count(DISTINCT i.person_id) FROM relations_organisation o
JOIN relations_relation r ON r.organisation_id = o.id
JOIN flow_identity i ON i.id = r.from_identity
WHERE o.whole_id IN ({places}) AND r.withdrawn_at IS NULL AND r.ended_on IS NULL AND (r.until IS NULL OR r.until >= %s)
AND i.person_id NOT IN ({hidden})
GROUP BY o.whole_id
"""


@dataclass(frozen=True)
class Listed:
    """An organisation in a list, and how many people relate to it now."""

    organisation: Organisation
    people: int


def in_use() -> QuerySet[Organisation]:
    """Organisations as they are now: neither put away nor part of another."""
    return Organisation.objects.filter(archived_at=None, whole_id=F("pk"))


def page_of(
    *, words: str = "", kind: str = "", archived: bool = False, cursor: str = "", size: int = PAGE_SIZE
) -> Page[Organisation]:
    """A page of the list, by name; raises `BadInput` for a cursor that is not ours."""
    rows = in_use()
    if archived:
        rows = Organisation.objects.filter(whole_id=F("pk")).exclude(archived_at=None)
    if words:
        rows = rows.filter(_like(words))
    if kind in OrganisationKind.values:
        rows = rows.filter(kind=kind)
    return keyset_page(rows, order="name_key", cursor=cursor, size=size)


def find_organisations(words: str) -> list[Organisation]:
    """The first few whose name (or that of one joined to them) has these words, whatever the accents, or whose number
    or domain begins so."""
    if not fold(words):
        return []
    named = Organisation.objects.filter(_like(words), archived_at=None)
    return list(in_use().filter(pk__in=named.values("whole_id")).order_by("name_key", "id")[:FOUND])


def organisation_by_uid(uid: UUID) -> Organisation:
    """The organisation of that address; raises `NotFound`. It may be part of another: see `whole_of`."""
    found = Organisation.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is no organisation at this address."))
    return found


def organisation_at(uid: UUID) -> Organisation | None:
    """The organisation of that address as it is now, or None."""
    found = Organisation.objects.filter(uid=uid).first()
    return whole_of(found) if found is not None else None


def whole_of(organisation: Organisation) -> Organisation:
    """What an organisation is part of now; itself when of none."""
    if organisation.whole_id == organisation.pk:
        return organisation
    return Organisation.objects.get(pk=organisation.whole_id)


def parts_of(organisation: Organisation) -> list[Organisation]:
    """Everything joined in one, itself first."""
    return list(Organisation.objects.filter(whole_id=organisation.whole_id).order_by("pk")[:PARTS])


def steps_of(parts: Collection[Organisation]) -> list[SameOrganisation]:
    """What was said of these being one, the latest first; what was taken back too."""
    numbers = [part.pk for part in parts]
    found = SameOrganisation.objects.filter(Q(a__in=numbers) | Q(b__in=numbers)).select_related("a", "b")
    return list(found.order_by("-id")[:STEPS])


def people_counted(organisations: Collection[Organisation]) -> dict[int, int]:
    """How many people whom whoever looks may see relate now to each of these wholes, by its number."""
    if not organisations:
        return {}
    places = ", ".join(["%s"] * len(organisations))
    hidden, kind = hidden_numbers()
    with connection.cursor() as cursor:
        numbers = [each.pk for each in organisations]
        cursor.execute(_PEOPLE.format(places=places, hidden=hidden), [*numbers, today(), *kind])
        return dict(cursor.fetchall())


def _like(words: str) -> Q:
    wanted = Q()
    for word in fold(words).split():
        wanted &= Q(name_key__contains=word)
    number = tax_number(words)
    return wanted | (Q(tax_number__startswith=number) if number else Q()) | Q(domain__startswith=words.strip().lower())


def described(parts: Collection[Organisation]) -> Described:
    """What is known of an organisation: of each thing what stands at the first of its parts that says it."""
    known = [Described.of(part) for part in parts]
    said = {each.name: [getattr(one, each.name) for one in known] for each in fields(Described)}
    return Described(**{name: next(filter(None, values), "") for name, values in said.items()})


def changes_of(parts: Collection[Organisation]) -> list[OrganisationChange]:
    """What was changed in these, the latest first."""
    found = OrganisationChange.objects.filter(organisation__in=parts).select_related("organisation")
    return list(found.order_by("-id")[:STEPS])
