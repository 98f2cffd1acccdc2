"""What a log says of the levers of customer equity: who is there, who stays, what they bring, who is won."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from vincle.engine.intervals import share
from vincle.engine.value.bridging import WINDOW, Bridge, bridge
from vincle.engine.value.customer_equity import Assumptions, Equity, equity
from vincle.engine.value.transactions import Transactions

FEWEST = 30  # people of whom it must be known whether they stayed


@dataclass(frozen=True, slots=True)
class Levers:
    """What happened in the window that ends on `day`, from the bridge over it.

    `retention` is the share of the `were` people there when it began who are there at its end, with the ends of its 95
    % interval; None where there were fewer than 30. `bridge` says how many are there and were won (new or recovered).
    """

    day: date
    were: int
    retention: tuple[float, float, float] | None
    bridge: Bridge

    @property
    def people(self) -> int:
        """How many are there."""
        return self._in("new", "kept", "recovered")

    @property
    def won(self) -> int:
        """How many of these were not there when the window began."""
        return self._in("new", "recovered")

    def _in(self, *parts: str) -> int:
        return sum(self.bridge.people[part] for part in parts)

    def assumptions(self, *, margin: float, discount: float, **more: Any) -> Assumptions:
        """What follows if it goes on so: `margin` is the share of what people pay that is left, `discount` is for one
        window; `more` are other fields of `Assumptions`. Of too few people the retention must be given.
        """
        brings = float(self.bridge.closing) * margin / self.people if self.people else 0.0
        seen = {"retention": self.retention[0]} if self.retention else {}
        return Assumptions(
            **({"people": self.people, "margin": brings, "discount": discount, "won": self.won} | seen | more)
        )

    def between(self, of: Assumptions) -> tuple[Equity, Equity] | None:
        """The value at the ends of the interval of the retention."""
        if self.retention is None:
            return None
        low, high = (equity(replace(of, retention=end)) for end in self.retention[1:])
        return low, high

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        retention = list(self.retention) if self.retention else None
        told = {"day": self.day.isoformat(), "people": self.people, "won": self.won, "were_there": self.were}
        return told | {"retention": retention, "paid": str(self.bridge.closing)}


def levers(log: Transactions, day: date, *, window: int = WINDOW) -> Levers:
    """The levers as they are on a day, from what each paid in the `window` days until it, and until as long before."""
    found = bridge(log, day - timedelta(days=window), day, window=window)
    were = found.people["kept"] + found.people["lost"]
    return Levers(day, were, share(found.people["kept"], were) if were >= FEWEST else None, found)
