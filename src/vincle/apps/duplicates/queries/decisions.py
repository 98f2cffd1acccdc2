"""What people decided about pairs that were found: read from the facts, with the evidence that was kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from vincle.apps.duplicates.models import BulkStep, Candidate
from vincle.engine.duplicates import Decision, Reason
from vincle.flow.models import SamePerson

MOST = 20_000  # the latest decisions that are learned from
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Decided:
    """How many pairs colleagues looked at and said to be one person, or not."""

    same: int
    different: int

    @property
    def all(self) -> int:
        return self.same + self.different


def decisions() -> list[Decision]:
    """Each pair that was found and that a colleague has said something of, as long as that is in force."""
    found = []
    for facts, at_once in _facts():
        ends = {(fact.a_id, fact.b_id): fact for fact in facts}
        rows = Candidate.objects.filter(first_id__in={a for a, _b in ends}, second_id__in={b for _a, b in ends})
        for first, second, reasons in rows.values_list("first_id", "second_id", "reasons"):
            fact = ends.get((first, second))
            if fact is not None:
                same = fact.verdict == SamePerson.Verdict.SAME
                found.append(Decision(read_reasons(reasons), same, looked_at=fact.pk not in at_once))
    return found


def read_reasons(kept: list[tuple[str, str, float, float]]) -> tuple[Reason, ...]:
    """Reasons as a candidate keeps them."""
    return tuple(Reason(what, level, bits, unadjusted) for what, level, bits, unadjusted in kept)


def decided(found: list[Decision]) -> Decided:
    """Those of the decisions for which somebody looked at the pair."""
    looked_at = [each.same for each in found if each.looked_at]
    return Decided(sum(looked_at), len(looked_at) - sum(looked_at))


def _facts() -> Iterator[tuple[list[SamePerson], set[int]]]:
    """The latest facts by colleagues, some at a time, with those of them that were said of many pairs at once."""
    standing = SamePerson.objects.filter(source=None, withdrawn_at=None).order_by("-id")
    for start in range(0, MOST, _CHUNK):
        facts = list(standing[start : start + _CHUNK])
        if not facts:
            return
        at_once = BulkStep.objects.filter(fact_id__in=[fact.pk for fact in facts])
        yield facts, {number for number in at_once.values_list("fact_id", flat=True) if number is not None}
