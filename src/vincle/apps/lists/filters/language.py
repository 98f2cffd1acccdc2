"""What can be said of people, as values that are never text of a query.

A filter is a few conditions of which all, or any, must hold; a condition may be a group of further ones, one level
deep. Written as JSON it is a short array (`reading.py`), so that it fits into an address.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec

MOST = 30  # conditions in one filter
CHOSEN = 200  # people picked one by one

Match = Literal["all", "any"]
KnownOp = Literal[
    "is", "is_not", "one_of", "contains", "lacks", "empty", "filled", "before", "after", "less", "greater"
]
Amount = Literal["at_least", "at_most"]

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Words = Annotated[str, msgspec.Meta(max_length=200)]


class _Said(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """One thing that is said; written as an array that begins with its tag."""


class Period(_Said, frozen=True):
    """The last `days` days, or the days from `since` until `until`, both included; nothing said: ever."""

    days: Annotated[int, msgspec.Meta(ge=1, le=36_500)] | None = None
    since: date | None = None
    until: date | None = None


class Known(_Said, frozen=True, tag="known"):
    """An attribute, as the golden record shows it."""

    name: Name
    op: KnownOp
    values: Annotated[tuple[Words, ...], msgspec.Meta(max_length=50)] = ()


class Reached(_Said, frozen=True, tag="by"):
    """Whether an identity is known in a namespace: an e-mail, a phone, a customer number."""

    namespace: Name
    op: Literal["has", "lacks"]


class Seen(_Said, frozen=True, tag="seen"):
    """When somebody was first or last seen: within a period, or before it began."""

    which: Literal["first", "last"]
    op: Literal["within", "before"]
    period: Period


class Total(_Said, frozen=True, tag="total"):
    """How much there has been in all: interactions, or money in the organisation's currency."""

    of: Literal["interactions", "money"]
    op: Amount
    value: Decimal


class Did(_Said, frozen=True, tag="did"):
    """How often something happened in a period: of a kind (empty: any), through a channel or at a place of it, with a
    thing of a type, whose label holds some words."""

    kind: Annotated[str, msgspec.Meta(max_length=120)]
    op: Amount
    times: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    period: Period = Period()
    channel: Annotated[str, msgspec.Meta(max_length=40)] = ""
    place: Words = ""
    thing_type: Annotated[str, msgspec.Meta(max_length=80)] = ""
    thing: Words = ""


class Spent(_Said, frozen=True, tag="spent"):
    """How much money there was in a period, in the organisation's currency."""

    op: Amount
    amount: Decimal
    period: Period = Period()


class Worth(_Said, frozen=True, tag="worth"):
    """What somebody is worth, as last worked out: what they are expected to bring, what they brought in the last 12
    months (both in the organisation's currency), how probably they are still there (0 to 1), how often they will come.
    It holds of nobody of whom that is not known."""

    of: Literal["worth", "present", "alive", "expected"]
    op: Amount
    value: Decimal


class OnList(_Said, frozen=True, tag="list"):
    """Whether somebody stands on a fixed list."""

    list: UUID
    op: Literal["on", "off"]


class Found(_Said, frozen=True, tag="found"):
    """Whom the search finds by these words."""

    words: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Chosen(_Said, frozen=True, tag="these"):
    """People picked one by one, by their addresses."""

    people: Annotated[tuple[UUID, ...], msgspec.Meta(min_length=1, max_length=CHOSEN)]


class Behind(_Said, frozen=True, tag="behind"):
    """Whoever stood behind a figure when somebody asked for them."""

    gathering: UUID


Leaf = Known | Reached | Seen | Total | Did | Spent | Worth | OnList | Found | Chosen | Behind


class Group(_Said, frozen=True, tag="group"):
    """Several conditions, of which all or any must hold."""

    match: Match
    parts: Annotated[tuple[Leaf, ...], msgspec.Meta(min_length=1, max_length=MOST)]


class Filter(_Said, frozen=True):
    """Whom a filter wants; there is always at least one condition."""

    match: Match
    parts: Annotated[tuple[Leaf | Group, ...], msgspec.Meta(min_length=1, max_length=MOST)]

    def leaves(self) -> list[Leaf]:
        """Every condition, those inside groups too."""
        return [leaf for part in self.parts for leaf in (part.parts if isinstance(part, Group) else (part,))]


def all_of(*parts: Leaf | Group) -> Filter:
    """The filter of which all of `parts` must hold."""
    return Filter("all", parts)
