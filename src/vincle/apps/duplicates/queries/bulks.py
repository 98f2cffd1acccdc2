"""Joining all pairs above a threshold: what it would do, and what became of it."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from vincle.apps.duplicates.models import Bulk, BulkStep, Candidate
from vincle.apps.duplicates.queries.queue import waiting
from vincle.flow.append.weaving import Weaving
from vincle.flow.models import SamePerson
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.templatetags.vincle import percent

LOWEST = 0.9  # nobody is joined unseen who is less sure than this
MOST = 20_000  # pairs in one bulk
LEFT_SHOWN = 20
NEWEST = 20


@dataclass(frozen=True, slots=True)
class Preview:
    """What joining everything above a threshold would do."""

    threshold: float
    pairs: int  # chosen
    people: int  # who would be joined with somebody
    become: int  # so many people
    largest: int  # most people who become one
    left: tuple[Candidate, ...]  # pairs that stay because somebody is said not to be the same; `LEFT_SHOWN` at most
    left_count: int
    more: bool  # there are more pairs than one bulk takes


def chosen(threshold: float, *, now: datetime) -> list[Candidate]:
    """The pairs that wait and are so probable, best first, `MOST` of them. Raises `BadInput` below `LOWEST`."""
    if not LOWEST <= threshold <= 1:
        raise BadInput(
            _("Only pairs of at least %(sure)s can be joined without looking at each.") % {"sure": percent(LOWEST)},
            _("Look at the others one by one."),
        )
    rows = waiting(now=now).filter(probability__gte=threshold).select_related("first", "second")
    return list(rows.defer("reasons").order_by("-probability", "-pk")[:MOST])


def preview(threshold: float, *, now: datetime) -> Preview:
    """What would happen, pair by pair in the order in which it will be done."""
    pairs = chosen(threshold, now=now)
    ends = [(each.first.person_id, each.second.person_id) for each in pairs]
    people = {number for pair in ends for number in pair}
    weaving = Weaving(people, apart=_apart(people))
    left = [each for each, (a, b) in zip(pairs, ends, strict=True) if not weaving.join(a, b)]
    groups = Counter(weaving.roots().values())
    joined = {root: size for root, size in groups.items() if size > 1}
    return Preview(
        threshold=threshold,
        pairs=len(pairs),
        people=sum(joined.values()),
        become=len(joined),
        largest=max(joined.values(), default=0),
        left=_whole(left[:LEFT_SHOWN]),
        left_count=len(left),
        more=len(pairs) == MOST,
    )


def bulk_by_uid(uid: UUID) -> Bulk:
    """One bulk; raises `NotFound`."""
    found = Bulk.objects.filter(uid=uid).first()
    if found is None:
        raise NotFound(_("There is nothing of the kind here."))
    return found


def outcomes(bulk: Bulk) -> dict[str, int]:
    """How many of its pairs had each outcome; empty: not done yet."""
    counted = bulk.steps.values("outcome").annotate(pairs=Count("pk")).order_by()
    return {row["outcome"]: row["pairs"] for row in counted}


def in_force(bulk: Bulk) -> int:
    """How many of the pairs that it joined are joined by it still."""
    facts = BulkStep.objects.filter(bulk=bulk).exclude(fact_id=None).values("fact_id")
    return SamePerson.objects.filter(pk__in=facts, withdrawn_at=None).count()


def newest_bulks() -> list[Bulk]:
    """The last ones, the newest first."""
    return list(Bulk.objects.order_by("-id")[:NEWEST])


def _whole(pairs: list[Candidate]) -> tuple[Candidate, ...]:
    """The same pairs with their reasons, which choosing among many leaves out."""
    rows = Candidate.objects.select_related("first", "second").filter(pk__in=[each.pk for each in pairs])
    return tuple(rows.order_by("-probability", "-pk"))


def _apart(people: set[int]) -> list[tuple[int, int]]:
    """Whoever of these people is said not to be the same. All such facts are read, for they are said one by one."""
    facts = SamePerson.objects.filter(verdict=SamePerson.Verdict.DIFFERENT, withdrawn_at=None)
    pairs = facts.values_list("a__person_id", "b__person_id").iterator(chunk_size=5_000)
    return [(a, b) for a, b in pairs if a in people and b in people]
