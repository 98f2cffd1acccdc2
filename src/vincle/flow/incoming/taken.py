"""What a request brings: rows for the log, and what cannot enter with the reason."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vincle.flow.append import Handful

UNKNOWN = "unknown"  # the kind of what could not be read


class Unfit(NamedTuple):
    """What cannot enter, as quarantine keeps it."""

    message_id: str
    kind: str
    payload: dict[str, Any]
    reason: str


@dataclass(slots=True)
class Taken:
    """What one or several requests of one source bring."""

    fit: Handful = field(default_factory=Handful)
    unfit: list[Unfit] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.fit.rows) + len(self.unfit)

    def extend(self, other: "Taken") -> None:
        """Put what another request brought after what is there."""
        self.fit.extend(other.fit)
        self.unfit += other.unfit
