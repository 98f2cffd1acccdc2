"""Interactions as plain rows: what comes by the handful, where building tables would cost more than the rows do.

The columns mean what those of `vincle.engine.shaped` of the same names do.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Row(NamedTuple):
    """One interaction."""

    message_id: str
    occurred_at: int  # microseconds since 1970
    kind: str
    kind_label: str | None
    channel: str | None
    place: str | None
    namespace: str
    identity: str
    amount: int | None = None
    currency: str | None = None
    properties: str | None = None
    staff: str | None = None
    score: float | None = None
    text: str | None = None


class ThingRow(NamedTuple):
    """One thing that an interaction is about."""

    type: str
    key: str
    qualifier: str = ""
    label: str | None = None
    quantity: float | None = None
    amount: int | None = None
    properties: str | None = None


@dataclass(slots=True)
class Handful:
    """Interactions of one source; the first part of links (namespace, identity), observations (name, value) and
    things is the place of their row."""

    rows: list[Row] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    observations: list[tuple[int, str, str]] = field(default_factory=list)
    things: list[tuple[int, ThingRow]] = field(default_factory=list)

    def extend(self, other: "Handful") -> None:
        """Put another's rows after those that are there."""
        first = len(self.rows)
        self.rows += other.rows
        self.links += [(first + row, namespace, value) for row, namespace, value in other.links]
        self.observations += [(first + row, name, value) for row, name, value in other.observations]
        self.things += [(first + row, thing) for row, thing in other.things]

    def without(self, places: Collection[int]) -> "Handful":
        """The same without the rows at those places and what belongs to them."""
        if not places:
            return self
        return self._only([place for place in range(len(self.rows)) if place not in places])

    def part(self, first: int, end: int) -> "Handful":
        """The rows from `first` to before `end`, with what belongs to them."""
        return self._only(range(first, end))

    def _only(self, kept: Sequence[int]) -> "Handful":
        moved = {place: number for number, place in enumerate(kept)}
        return Handful(
            [self.rows[place] for place in kept],
            [(moved[row], namespace, value) for row, namespace, value in self.links if row in moved],
            [(moved[row], name, value) for row, name, value in self.observations if row in moved],
            [(moved[row], thing) for row, thing in self.things if row in moved],
        )
