"""Many pairs of people made one at a time together, and taken back together: a fact for each pair, as by hand.

People are locked once for all pairs, and what follows from the facts is worked out once.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pyarrow as pa
from django.db import transaction

from vincle.flow.append.links import project_people
from vincle.flow.append.people import one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.append.weaving import Weaving
from vincle.flow.models import Identity, SamePerson

MOST = 1_000  # pairs in one transaction: nobody else changes people meanwhile
SAME, DIFFERENT = SamePerson.Verdict.SAME, SamePerson.Verdict.DIFFERENT


class Outcome(StrEnum):
    """What became of a pair."""

    JOINED = "joined"
    TOGETHER = "together"  # they were one person already
    APART = "apart"  # somebody has said that they, or others they would be joined with, are not the same
    GONE = "gone"  # one of them is not here any more


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a pair, and the number of the fact that says so (0: none was needed or allowed)."""

    outcome: Outcome
    fact: int = 0


def say_all_same(pairs: Sequence[tuple[int, int]], *, author: str, reason: str = "", now: datetime) -> list[Done]:
    """Make one person of each pair of identities (numbers), in this order; what became of each, in the same order.

    What somebody has said is not the same stays apart, also where only several pairs together would join it.
    """
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        belonging = _belonging({number for pair in pairs for number in pair})
        people = set(belonging.values())
        weaving = Weaving(people, apart=apart_among(people))
        outcomes = [_weave(weaving, belonging.get(a, 0), belonging.get(b, 0)) for a, b in pairs]
        new = [
            SamePerson(
                a_id=min(belonging[a], belonging[b]),
                b_id=max(belonging[a], belonging[b]),
                verdict=SAME,
                author=author,
                reason=reason,
                recorded_at=now,
            )
            for (a, b), outcome in zip(pairs, outcomes, strict=True)
            if outcome == Outcome.JOINED
        ]
        made = iter(SamePerson.objects.bulk_create(new))
        _project([number for fact in new for number in (fact.a_id, fact.b_id)], stage)
        return [Done(each, next(made).pk) if each == Outcome.JOINED else Done(each) for each in outcomes]


def take_all_back(facts: Collection[int], *, author: str, now: datetime) -> int:
    """Undo those of these facts (by number, said by colleagues) that are in force still; how many that were."""
    with Stage() as stage, transaction.atomic():
        one_at_a_time()
        standing = SamePerson.objects.filter(pk__in=facts, source=None, withdrawn_at=None)
        ends = list(standing.values_list("a_id", "b_id"))
        standing.update(withdrawn_at=now, withdrawn_by=author)
        _project([number for pair in ends for number in pair], stage)
        return len(ends)


def apart_among(people: Collection[int]) -> list[tuple[int, int]]:
    """The pairs of these people (numbers, `MOST` pairs of them at most) whom somebody says not to be the same."""
    facts = SamePerson.objects.filter(verdict=DIFFERENT, withdrawn_at=None)
    known = facts.filter(a__person_id__in=people, b__person_id__in=people)
    return list(known.values_list("a__person_id", "b__person_id"))


def _belonging(identities: Collection[int]) -> dict[int, int]:
    return dict(Identity.objects.filter(pk__in=identities).values_list("pk", "person_id"))


def _weave(weaving: Weaving, one: int, other: int) -> Outcome:
    if one not in weaving or other not in weaving:
        return Outcome.GONE
    if weaving.root(one) == weaving.root(other):
        return Outcome.TOGETHER
    return Outcome.JOINED if weaving.join(one, other) else Outcome.APART


def _project(identities: Collection[int], stage: Stage) -> None:
    if identities:
        staged = stage.put(pa.table({"id": pa.array(sorted(set(identities)), pa.int64())}))
        project_people(f"SELECT id FROM {staged}", stage=stage)
