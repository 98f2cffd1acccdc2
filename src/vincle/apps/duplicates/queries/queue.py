"""The pairs that wait for somebody to decide: those whose ends are two people now of whom nobody has said otherwise."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.duplicates.likeness import agreement
from vincle.apps.duplicates.models import Candidate
from vincle.apps.people.facade import PersonMark, looks, marked
from vincle.flow.models import Identity, Person, SamePerson
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

PAGE_SIZE = 20
LEAST = 0.3  # pairs less probable than this are not kept
COUNTED = 1_000  # beyond this many it is said that there are more
OF_A_PERSON = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see: at least so probable, the same in all of these, put aside or waiting."""

    least: float = 0.0
    same_in: tuple[str, ...] = ()
    skipped: bool = False


def open_candidates() -> QuerySet[Candidate]:
    """Pairs of two people whom whoever looks may see, and of whom it is not said that they are one, or are not."""
    different = SamePerson.objects.filter(verdict=SamePerson.Verdict.DIFFERENT, withdrawn_at=None)
    one, other = OuterRef("first__person_id"), OuterRef("second__person_id")
    return both_seen(Candidate.objects.exclude(first__person_id=F("second__person_id"))).filter(
        ~Exists(different.filter(a__person_id=one, b__person_id=other)),
        ~Exists(different.filter(a__person_id=other, b__person_id=one)),
    )


def both_seen(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those of `rows` of whose two people whoever looks may see both."""
    if looks().confidential:
        return rows
    hidden = marked(PersonMark.Kind.CONFIDENTIAL)
    return rows.exclude(first__person_id__in=hidden).exclude(second__person_id__in=hidden)


def waiting(*, now: datetime) -> QuerySet[Candidate]:
    """Those of them that nobody has put aside."""
    return open_candidates().filter(Q(skipped_until=None) | Q(skipped_until__lte=now))


def skipped(*, now: datetime) -> QuerySet[Candidate]:
    """Those of them that somebody has put aside for now."""
    return open_candidates().filter(skipped_until__gt=now)


def page(asked: Asked, *, cursor: str = "", now: datetime) -> Page[Candidate]:
    """One page of the queue, the most probable first."""
    rows = skipped(now=now) if asked.skipped else waiting(now=now)
    if asked.least > LEAST:
        rows = rows.filter(probability__gte=asked.least)
    if mask := agreement(asked.same_in):
        rows = rows.annotate(agreeing=F("agrees").bitand(mask)).filter(agreeing=mask)
    ends = rows.select_related("first", "second")
    return keyset_page(ends, order="-probability", cursor=cursor, size=PAGE_SIZE)


def count(rows: QuerySet[Candidate]) -> int:
    """How many there are, `COUNTED` at most."""
    return rows[:COUNTED].count()


def candidate_by_number(number: int) -> Candidate:
    """One pair, whatever became of it; raises `NotFound` when it is not known (any more)."""
    found = both_seen(Candidate.objects.select_related("first", "second").filter(pk=number)).first()
    if found is None:
        raise NotFound(_("This pair is not there any more."), _("One of them has left, or they are no longer alike."))
    return found


def is_open(candidate: Candidate) -> bool:
    """Whether it is still to be decided."""
    return open_candidates().filter(pk=candidate.pk).exists()


def people_of(candidate: Candidate) -> tuple[Person, Person]:
    """The two people that its ends belong to now, the one who keeps the address first; raises `NotFound`."""
    numbers = sorted((candidate.first.person_id, candidate.second.person_id))
    there = {person.pk: person for person in Person.objects.filter(pk__in=numbers)}
    if any(number not in there for number in numbers):
        raise NotFound(_("There is nobody at this address any more."))
    return there[numbers[0]], there[numbers[1]]


def of_person(person: Person, *, now: datetime) -> list[Candidate]:
    """The pairs in which somebody may be the same as somebody else, the most probable first."""
    ends = Identity.objects.filter(person_id=person.pk).values("pk")
    rows = waiting(now=now).filter(Q(first__in=ends) | Q(second__in=ends))
    return list(rows.select_related("first", "second").order_by("-probability", "pk")[:OF_A_PERSON])


def once_each(candidates: Collection[Candidate]) -> list[Candidate]:
    """Of several pairs that are the same two people by now, the most probable."""
    kept: dict[frozenset[int], Candidate] = {}
    for each in candidates:
        kept.setdefault(frozenset((each.first.person_id, each.second.person_id)), each)
    return list(kept.values())
