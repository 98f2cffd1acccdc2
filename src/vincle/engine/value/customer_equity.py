"""What all relationships are worth together, present and to come, and what a little more of each lever is worth.

Of the people there are now, and of those won in each period to come, a share (`retention`) stays from one period to the
next; each brings a margin at the end of a period and costs something to win. All is discounted.

S. Gupta, D. Lehmann, J. A. Stuart, Valuing Customers, Journal of Marketing Research 41 (2004) 7-18, who found that one
per cent more retention, margin and less acquisition cost raise the value of firms by about 5, 1 and 0.1 per cent.
"""

from dataclasses import dataclass, replace
from typing import Any

from vincle.kernel.errors import BadInput

CHANGE = 0.01


@dataclass(frozen=True, slots=True)
class Assumptions:
    """`people` now, `won` in each of the next `periods`; `margin` of one person in a period, `retention` and `discount`
    for a period (a year, a month), `acquisition_cost` of one person.
    """

    people: float
    margin: float
    retention: float
    discount: float
    won: float = 0.0
    acquisition_cost: float = 0.0
    periods: int = 0


@dataclass(frozen=True, slots=True)
class Equity:
    """The value of those there are and of those to come (less the cost of winning them), and `effects`: by what share
    the whole grows with one per cent more `retention`, one per cent more `margin`, one per cent less
    `acquisition_cost`; None where the whole is worth nothing or less.
    """

    present: float
    to_come: float
    effects: dict[str, float | None]

    @property
    def whole(self) -> float:
        """All together."""
        return self.present + self.to_come

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {"present": self.present, "to_come": self.to_come, "whole": self.whole, "effects": self.effects}


def equity(of: Assumptions) -> Equity:
    """The value under these assumptions. Raises `BadInput` where it has no end or an assumption makes no sense."""
    _refuse(of)
    present, to_come = _value(of)
    whole = present + to_come
    levers = {
        "retention": replace(of, retention=of.retention * (1 + CHANGE)),
        "margin": replace(of, margin=of.margin * (1 + CHANGE)),
        "acquisition_cost": replace(of, acquisition_cost=of.acquisition_cost * (1 - CHANGE)),
    }
    effects: dict[str, float | None] = {}
    for name, changed in levers.items():
        effects[name] = sum(_value(changed)) / whole - 1 if whole > 0 and changed.retention <= 1 else None
    return Equity(present, to_come, effects)


def what_if(of: Assumptions, *, retention: float = 0.0, margin: float = 0.0, acquisition_cost: float = 0.0) -> float:
    """By what share the whole grows when each lever changes by such a share of itself (0.01: one per cent more); who
    stays can be no more than everybody. Raises `BadInput` like `equity`, and where the whole is worth nothing.
    """
    _refuse(of)
    whole = sum(_value(of))
    if whole <= 0:
        raise BadInput("The whole is worth nothing, so it cannot grow by a share.")
    changed = replace(
        of,
        retention=min(1.0, of.retention * (1 + retention)),
        margin=of.margin * (1 + margin),
        acquisition_cost=of.acquisition_cost * (1 + acquisition_cost),
    )
    return sum(_value(changed)) / whole - 1


def _value(of: Assumptions) -> tuple[float, float]:
    # Of one person there now: margin (1 + retention / (1 + discount) + ...), the first a period from now.
    one = of.margin / (1 + of.discount - of.retention)
    discounts = sum((1 + of.discount) ** -period for period in range(1, of.periods + 1))
    return of.people * one, of.won * (one - of.acquisition_cost) * discounts


def _refuse(of: Assumptions) -> None:
    if not 0 <= of.retention <= 1:
        raise BadInput(f"A retention of {of.retention:g} is no share.", "Say it as a number from 0 to 1.")
    if of.discount <= 0:
        raise BadInput(
            "Without a discount rate above 0 the future has no end.", "Say how much less next year counts: 0.1."
        )
    if min(of.people, of.won, of.acquisition_cost, of.periods) < 0:
        raise BadInput("People, costs and periods cannot be fewer than none.", "Say numbers from 0 on.")
