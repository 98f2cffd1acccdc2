"""Writes: rates of currencies are brought in; of a day that is known already the new one counts."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.value.models import Rate
from vincle.apps.value.refreshing import ask_refresh
from vincle.engine.value import read_rates
from vincle.kernel.house import house

BROUGHT_IN = "value.rates_brought_in"
_AT_ONCE = 2_000


@transaction.atomic
def bring_in_rates(path: Path, *, name: str, actor: Actor, now: datetime) -> int:
    """Keep the rates of a file to the organisation's currency; how many.

    Raises `BadInput`, with a sentence that says what is wrong and where, for a file that cannot be read (see
    `engine.value.rate_files`); then nothing is kept.
    """
    found = read_rates(path, currency=house().currency)
    rates = [Rate(day=row["day"], currency=row["currency"], rate=row["rate"]) for row in found.to_pylist()]
    Rate.objects.bulk_create(
        rates, _AT_ONCE, update_conflicts=True, unique_fields=["currency", "day"], update_fields=["rate"]
    )
    record(
        action=BROUGHT_IN,
        actor=actor,
        now=now,
        summary=name[:200],
        details={"rates": len(rates), "to": house().currency},
    )
    ask_refresh(now=now)
    return len(rates)
