"""What a person's page says of what they are worth: figures with their intervals, and what they are not known for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.lists.facade import chance_words
from vincle.apps.people.facade import Somebody, restricted_among
from vincle.apps.value.decisions.person import Best, best_for
from vincle.apps.value.models import Worth
from vincle.apps.value.person.drivers import drivers, standing_words
from vincle.apps.value.queries import WholeValue, newest_value, worth_of
from vincle.apps.value.terms import house_terms
from vincle.engine.value.deciding import GONE
from vincle.web.templatetags.vincle import number, round_money

YEAR_DAYS = (365, 366)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, with its interval; empty where how far it may be off is not known."""

    label: str
    value: str
    interval: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of one person. `why` says why nothing is expected of them, `state` why nothing is known at all:
    "unknown" (nobody was valued yet), "unpaid", "restricted"; empty where something is.
    """

    state: str = ""
    row: Worth | None = None
    as_of: date | None = None
    currency: str = ""
    is_old: bool = False
    figures: tuple[Figure, ...] = ()
    standing: str = ""
    drivers: tuple[str, ...] = ()
    why: str = ""
    best: Best | None = None
    after_costs: bool = False

    @property
    def away_days(self) -> int | None:
        """How long they had not paid on the last day of what is known."""
        return (self.as_of - self.row.last_on).days if self.row and self.as_of else None

    @property
    def known_days(self) -> int | None:
        """How long they had been known as somebody who pays by then."""
        return (self.as_of - self.row.first_on).days if self.row and self.as_of else None


@dataclass(frozen=True, slots=True)
class Chip:
    """The same in a few words."""

    words: str
    is_gone: bool


def card_of(who: Somebody) -> Card:
    """The card of somebody."""
    kept, row, state = _known(who)
    if kept is None or row is None:
        return Card(state, as_of=kept.as_of if kept else None)
    asked = house_terms()
    common: dict[str, Any] = {
        "row": row,
        "as_of": kept.as_of,
        "currency": kept.currency,
        "is_old": kept.payload.get("digest") != asked.digest,
        "after_costs": asked.terms.margin < 1,
        "drivers": tuple(drivers(row, kept.standing)),
    }
    if row.alive is None:
        return Card(**common, why=_why(kept))
    return Card(
        **common,
        figures=tuple(_figures(row, kept.currency, asked.terms.horizon_days)),
        standing=standing_words(row, kept.standing),
        best=best_for(row, kept.currency),
    )


def chip_of(who: Somebody) -> Chip | None:
    """What is said of somebody beneath their name; nothing where nothing is expected of them."""
    kept, row, _state = _known(who)
    if kept is None or row is None or row.alive is None or row.worth is None:
        return None
    amount, days = _about(row.worth, kept.currency), house_terms().terms.horizon_days
    gone = row.alive < GONE
    if days in YEAR_DAYS:
        said = _("Probably gone, worth about %(amount)s a year") if gone else _("Worth about %(amount)s a year")
        return Chip(said % {"amount": amount}, gone)
    said = (
        _("Probably gone, worth about %(amount)s in %(days)s days")
        if gone
        else _("Worth about %(amount)s in %(days)s days")
    )
    return Chip(said % {"amount": amount, "days": number(days)}, gone)


def _known(who: Somebody) -> tuple[WholeValue | None, Worth | None, str]:
    kept = newest_value()
    if kept is None:
        return None, None, "unknown"
    if restricted_among([who.number]):
        return kept, None, "restricted"
    row = worth_of(who.number)
    return kept, row, "" if row else "unpaid"


def _figures(row: Worth, currency: str, days: int) -> list[Figure]:
    ahead = (
        _("in the next 12 months")
        if days in YEAR_DAYS
        else ngettext("in the next day", "in the next %(days)s days", days) % {"days": number(days)}
    )
    found = [
        Figure(
            _("Still with us"),
            chance_words(row.alive or 0.0),
            _between(row.alive_low, row.alive_high, chance_words),
            "warm" if (row.alive or 0.0) < GONE else "well",
        )
    ]
    if row.expected is not None:
        visits = Figure(
            _("Expected visits %(ahead)s") % {"ahead": ahead},
            number(row.expected, 1),
            _between(row.expected_low, row.expected_high, lambda each: number(each, 1)),
        )
        found.append(visits)
    if row.worth is not None:
        money = Figure(
            _("Expected to bring %(ahead)s") % {"ahead": ahead},
            round_money(row.worth, currency),
            _between(row.worth_low, row.worth_high, lambda each: round_money(each, currency)),
            "gold",
        )
        found.insert(0, money)
    return found


def _between(low: Any, high: Any, said: Any) -> str:
    if low is None or high is None:
        return ""
    ends = said(low), said(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"


def _about(value: Any, currency: str) -> str:
    """To two digits: more would be claimed than is known."""
    amount = float(value)
    return round_money(float(f"{amount:.2g}") if amount >= 1 else amount, currency)


def _why(kept: WholeValue) -> str:
    why = (kept.said or {}).get("why", {})
    if why.get("reason") == "too_few_people":
        said = _("Too few people have paid yet to say who will come again: %(people)s, where %(needed)s are needed.")
        if why["people"] >= why["people_needed"]:
            said = _("Too few people have come again yet to say who will: %(people)s, where %(needed)s are needed.")
            return said % {"people": number(why.get("returned", 0)), "needed": number(why.get("returned_needed", 0))}
        return said % {"people": number(why["people"]), "needed": number(why["people_needed"])}
    if why.get("reason") in {"one_day", "short"}:
        return _("Too little time is known yet to say who will come again.")
    return _("What people paid does not tell yet who will come again.")
