"""The options there are, and what is assumed of each; or what was measured, where somebody did."""

from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from vincle.apps.value.decisions.effects import Measured, effect_of
from vincle.apps.value.decisions.models import Option
from vincle.engine.value import deciding
from vincle.kernel.money import to_scaled


@dataclass(frozen=True, slots=True)
class Assumed:
    """`cost` for each person, `low`, `likely` and `high` the share that it changes. `revision` counts changes: 0, the
    usual. `measured`: who found out that share; None: it is assumed.
    """

    kind: deciding.Kind
    cost: Decimal
    low: float
    likely: float
    high: float
    revision: int = 0
    measured: Measured | None = None

    @property
    def option(self) -> deciding.Option:
        """As the engine takes it."""
        of = self.measured or self
        return deciding.Option(self.kind, to_scaled(self.cost), deciding.Effect(of.low, of.likely, of.high))

    def said(self) -> dict[str, Any]:
        """What is assumed, ready for JSON."""
        return {"cost": str(self.cost), "low": self.low, "likely": self.likely, "high": self.high}


# Cautious beginnings, for want of anything measured: whoever knows better says so on the page.
USUAL: dict[deciding.Kind, Assumed] = {
    "win_back": Assumed("win_back", Decimal(10), 0.01, 0.05, 0.10),
    "warn": Assumed("warn", Decimal(5), 0.05, 0.10, 0.20),
    "thank": Assumed("thank", Decimal(2), 0.005, 0.01, 0.03),
    "upsell": Assumed("upsell", Decimal(2), 0.0, 0.01, 0.03),
}


def options() -> list[Assumed]:
    """All of them, in the order of the engine."""
    changed = {each.kind: each for each in Option.objects.all()[: len(deciding.KINDS)]}
    return [_assumed(kind, changed.get(kind)) for kind in deciding.KINDS]


def digest(given: list[Assumed]) -> str:
    """Changes with whatever is assumed or measured."""
    return blake2b(repr([each.option for each in given]).encode(), digest_size=12).hexdigest()


def _assumed(kind: deciding.Kind, row: Option | None) -> Assumed:
    of = row or USUAL[kind]
    return Assumed(kind, of.cost, of.low, of.likely, of.high, row.revision if row else 0, effect_of(kind))
