"""What somebody is worth, compared: asked of the rows that the room which values people keeps (`worths`)."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vincle.apps.lists.filters.language import Worth
from vincle.apps.lists.worths import FIELDS, SUMS, worths
from vincle.flow.models import Identity


@dataclass(frozen=True)
class Valued:
    """That a figure is at least, or at most, so much."""

    said: Worth

    def few(self, most: int) -> list[int] | None:
        numbers = list(self._rows().order_by(self._field).values_list("identity_id", flat=True)[: most + 1])
        if len(numbers) > most:
            return None
        return list(Identity.objects.filter(pk__in=numbers).values_list("person_id", flat=True).distinct())

    def holds(self) -> Q:
        there = Q(_theirs(self._rows()))
        return there if self.said.op == "at_least" else there & ~Q(_theirs(self._higher()))

    def within(self) -> Q:
        among = Identity.objects.filter(pk__in=self._rows().values("identity_id"))
        there = Q(pk__in=among.values("person_id"))
        return there if self.said.op == "at_least" else there & ~Q(_theirs(self._higher()))

    @property
    def _field(self) -> str:
        return FIELDS[self.said.of]

    @property
    def _bound(self) -> Any:
        return self.said.value if self.said.of in SUMS else float(self.said.value)

    def _rows(self) -> QuerySet[Any]:
        """The rows of which it holds."""
        return worths().filter(**{f"{self._field}__{'gte' if self.said.op == 'at_least' else 'lte'}": self._bound})

    def _higher(self) -> QuerySet[Any]:
        """Those for which it cannot hold of the same person: of several the highest counts."""
        return worths().filter(**{f"{self._field}__gt": self._bound})


def _theirs(rows: QuerySet[Any]) -> Exists:
    """That one of `rows` is of the person of the outer query: from their identities, each looked up by its number."""
    named = Exists(rows.filter(identity_id=OuterRef("pk")))
    return Exists(Identity.objects.filter(named, person_id=OuterRef("pk")))
