"""Attributes: what the golden record shows of somebody, compared.

The value is the one `people.queries.person.attributes_of` shows: pinned by a colleague, else said last, of whichever of
their identities. Words are equal when they are so letter by letter, in any usual capitals; “contains” minds neither
capitals nor accents. Numbers and days are compared where the value is written as one; else the condition does not hold.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Case, F, FloatField, Func, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan, In, LessThan, Regex

from vincle.apps.lists.filters.language import Known
from vincle.apps.lists.filters.terms import EXAMINED, ByIndex, Start
from vincle.apps.people.facade import GOLDEN_ORDER, at_most, in_force
from vincle.flow.models import Observation
from vincle.kernel.words import fold

NUMBER = r"^-?[0-9]{1,15}([.][0-9]{1,6})?\Z"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TURNED = {"is_not": "is", "lacks": "contains", "empty": "filled"}  # what they are the contrary of
_EQUAL = {"is", "one_of"}


@dataclass(frozen=True)
class Attribute:
    """A condition on an attribute."""

    said: Known

    def few(self, most: int) -> list[int] | None:
        if self.said.op in _TURNED:
            return None
        rows = self._mentioned()
        if rows[: EXAMINED + 1].count() > EXAMINED:
            return None
        return at_most(most, rows.values_list("identity__person_id", flat=True).distinct())

    def holds(self) -> Q:
        wanted = Q(_compared(_TURNED.get(self.said.op, self.said.op), self.said.values, golden(self.said.name)))
        return ~wanted if self.said.op in _TURNED else wanted

    def within(self) -> Q:
        if self.said.op in _TURNED:
            return self.holds()
        return Q(pk__in=self._mentioned().values("identity__person_id")) & self.holds()

    def _mentioned(self) -> QuerySet[Observation]:
        """What anybody ever said of the attribute that may be meant."""
        rows = Observation.objects.filter(ByIndex(F("pk")), name=self.said.name)
        if self.said.op not in _EQUAL:
            return rows
        starts = sorted({value[:100] for each in self.said.values for value in capitals(each)})
        return rows.annotate(start=Start(F("value"))).filter(start__in=starts)


def golden(name: str) -> Any:
    """The value that the golden record shows of the person of the outer query; empty when there is none."""
    said = Observation.objects.filter(identity__person_id=OuterRef("pk"), name=name)
    shown = in_force(said).order_by(*GOLDEN_ORDER).values("value")[:1]
    return Coalesce(Subquery(shown), Value(""), output_field=TextField())


def capitals(text: str) -> list[str]:
    """A value in the capitals it is usually written in."""
    return list(dict.fromkeys((text, text.lower(), text.upper(), text.capitalize(), text.title())))


def anywhere(text: str) -> str:
    """A pattern, for either database and for Python, of whatever holds these words without minding capitals, accents
    or how wide the space between them is."""
    return r"\s+".join("".join(_letter(letter) for letter in word) for word in fold(text).split())


def _compared(op: str, values: tuple[str, ...], shown: Any) -> Any:
    if op == "filled":
        return GreaterThan(shown, Value(""))
    if op in _EQUAL:
        return In(shown, [value for each in values for value in capitals(each)])
    if op == "contains":
        return Regex(shown, Value(anywhere(values[0])))
    if op in {"before", "after"}:
        day = Case(When(Regex(shown, Value(DAY)), then=_Day(shown)), output_field=TextField())
        return (LessThan if op == "before" else GreaterThan)(day, Value(values[0]))
    number = Case(When(Regex(shown, Value(NUMBER)), then=Cast(shown, FloatField())), output_field=FloatField())
    bound = Value(float(values[0]), output_field=FloatField())
    return (LessThan if op == "less" else GreaterThan)(number, bound)


class _Day(Func):
    template = "substr(%(expressions)s, 1, 10)"
    output_field = TextField()


@cache
def _letter(letter: str) -> str:
    if not letter.isalnum():
        return re.escape(letter)
    accented = (chr(code) for code in range(0xC0, 0x180) if fold(chr(code)) == letter)
    return (
        "[" + "".join(dict.fromkeys((letter, letter.upper() if len(letter.upper()) == 1 else letter, *accented))) + "]"
    )
