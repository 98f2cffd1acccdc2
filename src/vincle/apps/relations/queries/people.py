"""The people of an organisation: who they are, and what has happened with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Max, Min, Q, QuerySet, Sum

from vincle.apps.people.facade import Somebody, hidden_numbers, who_are
from vincle.apps.relations.catalogue import kinds
from vincle.apps.relations.models import Organisation, Relation
from vincle.apps.relations.queries.ties import Tie, ties
from vincle.apps.relations.standing import going_on, standing, today
from vincle.flow.models import Interaction, Person
from vincle.web.pagination import Page, keyset_page

COUNTED = 10_000
LATEST = 10

_NOW = "r.withdrawn_at IS NULL AND r.ended_on IS NULL AND (r.until IS NULL OR r.until >= %s)"
_WHO = f"""
SELECT DISTINCT i.person_id FROM relations_relation r JOIN flow_identity i ON i.id = r.from_identity
WHERE r.organisation_id IN ({{places}}) AND {_NOW} AND i.person_id NOT IN ({{hidden}}) LIMIT {COUNTED + 1}
"""
# The newest interactions belong to the identities that were seen last: so many of those are enough.
_SEEN_LAST = f"""
SELECT i.id FROM flow_identity i WHERE i.last_at IS NOT NULL AND i.person_id IN (SELECT person_id FROM ({_WHO}) w)
ORDER BY i.last_at DESC, i.id DESC LIMIT {LATEST}
"""


@dataclass(frozen=True)
class Together:
    """What has happened with an organisation's people. `more`: they are more than are looked at."""

    people: int
    more: bool
    interactions: int
    amount: Decimal
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True)
class Lately:
    """One of the latest interactions of an organisation's people."""

    interaction: Interaction
    who: Somebody


def together_of(parts: Collection[Organisation]) -> Together:
    """The sums of the people who relate to it now, of those whom whoever looks may see."""
    numbers = _numbers(_WHO, parts)
    counted = numbers[:COUNTED]
    sums = Person.objects.filter(pk__in=counted).aggregate(
        interactions=Sum("interactions"), amount=Sum("amount"), first_at=Min("first_at"), last_at=Max("last_at")
    )
    return Together(
        people=len(counted),
        more=len(numbers) > COUNTED,
        interactions=sums["interactions"] or 0,
        amount=sums["amount"] or Decimal(0),
        first_at=sums["first_at"],
        last_at=sums["last_at"],
    )


def lately_of(parts: Collection[Organisation]) -> list[Lately]:
    """The newest interactions of its people."""
    identities = _numbers(_SEEN_LAST, parts)
    newest: set[int] = set()
    for identity in identities:
        rows = Interaction.objects.filter(identity_id=identity).order_by("-occurred_at", "-id")
        newest |= set(rows.values_list("pk", flat=True)[:LATEST])
    found = Interaction.objects.filter(pk__in=newest).select_related("kind", "touchpoint")
    latest = list(found.order_by("-occurred_at", "-id")[:LATEST])
    people = who_are({each.identity_id for each in latest})
    return [Lately(each, people[each.identity_id]) for each in latest if each.identity_id in people]


def people_page(
    parts: Collection[Organisation], *, former: bool = False, kind: str = "", cursor: str = ""
) -> Page[Tie]:
    """A page of its people, each with the words seen from them, the latest said first; `former`: those for whom it is
    over."""
    rows = _former() if former else going_on()
    rows = rows.filter(organisation__in=[part.pk for part in parts])
    if kind in kinds():
        rows = rows.filter(kind=kind)
    page = keyset_page(rows, order="-id", cursor=cursor)
    return Page(_from_people(page.items), page.next, page.previous)


def seen_last(people: Collection[Somebody]) -> dict[int, datetime | None]:
    """When each of these was last seen, by their number."""
    return dict(Person.objects.filter(pk__in=[each.number for each in people]).values_list("pk", "last_at"))


def _former() -> QuerySet[Relation]:
    return standing().filter(~Q(ended_on=None) | Q(until__lt=today()))


def _from_people(rows: list[Relation]) -> list[Tie]:
    """The relations of one organisation, each with the person at the end of it, as they stand in `rows`."""
    here = {row.organisation_id: 0 for row in rows if row.organisation_id is not None}
    by_uid = {tie.uid: tie for tie in ties(rows, people={}, places=here).get(("organisation", 0), [])}
    return [by_uid[row.uid] for row in rows if row.uid in by_uid]


def _numbers(sql: str, parts: Collection[Organisation]) -> list[int]:
    if not parts:
        return []
    places = ", ".join(["%s"] * len(parts))
    hidden, kind = hidden_numbers()
    with connection.cursor() as cursor:
        cursor.execute(sql.format(places=places, hidden=hidden), [*(part.pk for part in parts), today(), *kind])
        return [row[0] for row in cursor.fetchall()]
