"""What if: a little more retention, a little more margin, a little less to win somebody, and what that does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vincle.engine.value.customer_equity import Assumptions, equity, what_if
from vincle.kernel.errors import BadInput
from vincle.web.templatetags.vincle import number, percent, round_money

MOST = 10  # per cent, to either side
LEVERS = ("retention", "margin", "acquisition_cost")
USUAL = {"retention": 1, "margin": 1, "acquisition_cost": -1}
PUBLISHED = {"retention": 5.0, "margin": 1.0, "acquisition_cost": 0.1}  # per cent of 1 %: Gupta, Lehmann, Stuart 2004


@dataclass(frozen=True)
class Lever:
    """One slider: where it stands, its effect alone, what others found of one per cent, and why it may not move."""

    key: str
    label: str
    at: int
    written: str
    effect: str
    one: str
    published: str
    assumed: str
    missing: str


@dataclass(frozen=True)
class Levers:
    """All three, and what the whole is and becomes."""

    levers: list[Lever]
    whole: str
    becomes: str
    effect: str
    is_more: bool
    people: str
    won: str
    years: int


def levers_of(
    said: Mapping[str, Any] | None, asked: Mapping[str, int], cost: Decimal | None, currency: str
) -> Levers | None:
    """What each lever does, at the per cents that were asked for; None where nothing can be assumed. `cost` is that of
    winning one person, where somebody said it.
    """
    if said is None:
        return None
    of = replace(Assumptions(**said), acquisition_cost=float(cost or 0))
    moved = {lever: asked.get(lever, USUAL[lever]) for lever in LEVERS}
    if cost is None:
        moved["acquisition_cost"] = 0
    try:
        now = equity(of)
        together = what_if(of, **{lever: percents / 100 for lever, percents in moved.items()})
        alone = {lever: what_if(of, **{lever: percents / 100}) for lever, percents in moved.items()}
        ones = {lever: what_if(of, **{lever: USUAL[lever] / 100}) for lever in LEVERS}
    except BadInput:
        return None
    labels = {
        "retention": _("Who stays from one year to the next"),
        "margin": _("What one person brings in a year"),
        "acquisition_cost": _("What it costs to win one person"),
    }
    assumed = {
        "retention": percent(of.retention, 1),
        "margin": round_money(of.margin, currency),
        "acquisition_cost": round_money(of.acquisition_cost, currency) if cost is not None else "",
    }
    unknown = _("Nobody has said yet what winning one person costs: it is one of the settings of value.")
    levers = [
        Lever(
            lever,
            labels[lever],
            moved[lever],
            signed_percent(moved[lever] / 100, 0),
            signed_percent(alone[lever]),
            signed_percent(ones[lever]),
            signed_percent(PUBLISHED[lever] / 100),
            assumed[lever],
            "" if lever != "acquisition_cost" or cost is not None else unknown,
        )
        for lever in LEVERS
    ]
    return Levers(
        levers,
        round_money(now.whole, currency),
        round_money(now.whole * (1 + together), currency),
        signed_percent(together),
        together >= 0,
        number(of.people),
        number(of.won),
        of.periods,
    )


def asked_of(given: Mapping[str, str]) -> dict[str, int]:
    """The per cents in the address; what cannot be read, or is out of bounds, is brought within them."""
    found = {}
    for lever in LEVERS:
        try:
            found[lever] = max(-MOST, min(MOST, int(given.get(lever, ""))))
        except ValueError:
            continue
    return found


def signed_percent(share: float, decimals: int = 1) -> str:
    """A share with its sign."""
    sign = "−" if round(share, decimals + 2) < 0 else "+" if round(share, decimals + 2) > 0 else ""
    return sign + percent(abs(share), decimals)
