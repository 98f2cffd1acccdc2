"""What a request brings, in columns' order: rows for the log, and what cannot enter with the reason."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Row(NamedTuple):
    """One interaction: the columns of `vincle.engine.shaped.INTERACTIONS` that events fill."""

    message_id: str
    occurred_at: int  # microseconds since 1970
    kind: str
    kind_label: str | None
    channel: str | None
    place: str | None
    namespace: str
    identity: str
    amount: int | None
    currency: str | None
    properties: str | None


class Thing(NamedTuple):
    """One thing an interaction is about: the columns of `vincle.engine.shaped.OBJECTS` without their row."""

    type: str
    key: str
    qualifier: str
    label: str | None
    quantity: float | None
    amount: int | None
    properties: str | None


class Unfit(NamedTuple):
    """What cannot enter, as quarantine keeps it."""

    message_id: str
    kind: str
    payload: dict[str, Any]
    reason: str


@dataclass(slots=True)
class Taken:
    """Rows of one or several requests of one source; the first part of links, observations and things is the place
    of their row."""

    rows: list[Row] = field(default_factory=list)
    links: list[tuple[int, str, str]] = field(default_factory=list)
    observations: list[tuple[int, str, str]] = field(default_factory=list)
    things: list[tuple[int, Thing]] = field(default_factory=list)
    unfit: list[Unfit] = field(default_factory=list)

    def extend(self, other: "Taken") -> None:
        """Put what another request brought after what is there."""
        first = len(self.rows)
        self.rows += other.rows
        self.links += [(first + row, *rest) for row, *rest in other.links]  # type: ignore[misc]
        self.observations += [(first + row, *rest) for row, *rest in other.observations]  # type: ignore[misc]
        self.things += [(first + row, thing) for row, thing in other.things]
        self.unfit += other.unfit

    def part(self, first: int, end: int) -> "Taken":
        """The rows from `first` to before `end`, with what belongs to them and nothing that is unfit."""
        return Taken(
            self.rows[first:end],
            [(row - first, *rest) for row, *rest in self.links if first <= row < end],  # type: ignore[misc]
            [(row - first, *rest) for row, *rest in self.observations if first <= row < end],  # type: ignore[misc]
            [(row - first, thing) for row, thing in self.things if first <= row < end],
        )
