"""Who began together: how many of them came in each month after, and what one of them had paid by then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from vincle.apps.value.page.words import behind_url, between
from vincle.web.locales import write_month
from vincle.web.templatetags.vincle import number, percent, round_money

FEW = 10  # people of a cohort, below which it tells of each of them
SHADES = 8
MONTHS = 13  # the first, and twelve after it


@dataclass(frozen=True)
class Cell:
    """One figure, how dark it is (0 to 8), and its interval and people in words; `url` opens the people."""

    value: str
    shade: int
    title: str
    url: str


@dataclass(frozen=True)
class CohortRow:
    """Who began in a month; no cells where they are few."""

    words: str
    people: str
    url: str
    came: list[Cell]
    paid: list[Cell]


@dataclass(frozen=True)
class Cohorts:
    """`ages`: months after the first."""

    ages: list[int]
    rows: list[CohortRow]


def cohorts_of(said: Sequence[Mapping[str, Any]], currency: str) -> Cohorts | None:
    """The cohorts of which more than their beginning is known, the earliest first; None where there are none."""
    usable = [each for each in said if len(each["came"]) > 1]
    if not usable:
        return None
    most = max((_each(one, age) for one in usable if one["people"] >= FEW for age in _ages(one)), default=0) or 1
    ages = max(len(each["came"][:MONTHS]) for each in usable)
    return Cohorts(list(range(ages)), [_row(each, most, currency) for each in usable])


def _ages(one: Mapping[str, Any]) -> range:
    return range(len(one["came"][:MONTHS]))


def _each(one: Mapping[str, Any], age: int) -> float:
    return float(Decimal(one["paid"][age])) / float(one["people"])


def _row(one: Mapping[str, Any], most: float, currency: str) -> CohortRow:
    told = one["people"] >= FEW
    return CohortRow(
        write_month(date.fromisoformat(one["period"])),
        number(one["people"]),
        behind_url("cohort", one["period"], 0),
        [_came(one, age) for age in _ages(one)] if told else [],
        [_paid(one, age, most, currency) for age in _ages(one)] if told else [],
    )


def _came(one: Mapping[str, Any], age: int) -> Cell:
    people, at, low, high = one["came"][age]
    title = f"{number(people)} · {between(percent(low), percent(high))}"
    return Cell(percent(at), round(at * SHADES), title, behind_url("cohort", one["period"], age))


def _paid(one: Mapping[str, Any], age: int, most: float, currency: str) -> Cell:
    each = _each(one, age)
    title = round_money(float(Decimal(one["paid"][age])), currency)
    return Cell(round_money(each, currency), round(max(0.0, each) / most * SHADES), title, "")
