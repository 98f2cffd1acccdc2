"""Reads: which rates are known."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa
from django.db.models import Count, Max, Min

from vincle.apps.value.models import Rate
from vincle.engine.value.rates import RATES


@dataclass(frozen=True)
class KnownRates:
    """Of a currency: how many days are known, the first, the last, and the rate of that."""

    currency: str
    days: int
    first: date
    last: date
    rate: Decimal


def known_rates() -> list[KnownRates]:
    """Of each currency, by its code."""
    spans = Rate.objects.values("currency").annotate(days=Count("pk"), first=Min("day"), last=Max("day"))
    latest = {
        (each.currency, each.day): each.rate for each in Rate.objects.filter(day__in=[span["last"] for span in spans])
    }
    return [KnownRates(**span, rate=latest[span["currency"], span["last"]]) for span in spans.order_by("currency")]


def rates_for_engine(currency: str) -> pa.Table | None:
    """All rates as the engine takes them; None where there are none. Of the main `currency` itself none is needed."""
    rows = list(Rate.objects.exclude(currency=currency).order_by("currency", "day").values("day", "currency", "rate"))
    return pa.Table.from_pylist(rows, schema=RATES) if rows else None
