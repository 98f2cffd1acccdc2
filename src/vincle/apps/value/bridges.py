"""Bridges between two days that somebody chose: asked for, worked out in the background, and kept."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from vincle.apps.value.asking import BRIDGES, BridgeAsked
from vincle.apps.value.refreshing import transactions_of
from vincle.apps.value.terms import house_terms
from vincle.flow import mirror
from vincle.flow.jobs.waiting import ask_for
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.value import Transactions

KEPT = 40  # answers: the latest


@dataclass(frozen=True)
class FoundBridge:
    """What `engine.value.bridging.Bridge` says, None where nobody has paid anything; and of which terms it is."""

    said: Mapping[str, Any] | None
    digest: str
    version: int
    computed_at: datetime


def ask_bridge(asked: BridgeAsked, *, now: datetime) -> None:
    """Have it worked out; once, however often it is asked for. Raises `Refused` while much waits."""
    ask_for("value.bridge", asdict(asked), key=asked.name, now=now)


def newest_bridge(asked: BridgeAsked) -> FoundBridge | None:
    """What was last found; None when nobody has asked."""
    kept = Reading.objects.filter(name=asked.name).first()
    if kept is None:
        return None
    return FoundBridge(kept.payload["found"], kept.payload["digest"], kept.mirror_version, kept.computed_at)


def refresh_bridge(asked: BridgeAsked, *, now: datetime) -> None:
    """Work it out from the log as it is now, and keep it."""
    from vincle.engine.value.bridging import bridge

    days = date.fromisoformat(asked.opening), date.fromisoformat(asked.closing)
    digest = house_terms().digest
    with opened(now=now) as (log, transactions):
        found = bridge(transactions, *days, window=asked.window).as_json() if transactions else None
        version = log.version
    kept = {"payload": {"found": found, "digest": digest}, "mirror_version": version, "computed_at": now}
    Reading.objects.update_or_create(name=asked.name, defaults=kept)
    ours = Reading.objects.filter(name__startswith=BRIDGES).order_by("-computed_at", "name")
    Reading.objects.filter(name__in=list(ours.values_list("name", flat=True)[KEPT:])).delete()


@contextmanager
def opened(*, now: datetime) -> "Iterator[tuple[Log, Transactions | None]]":
    """The log as it is now, and what of it counts: after costs, without tills. None where nobody has paid anything."""
    home, asked = Home.at(), house_terms()
    mirror.refresh(home)
    import vincle.engine as ve
    from vincle.engine.value.presence import after_costs
    from vincle.engine.value.tills import without_tills

    with ve.open(home) as log:
        try:
            transactions = after_costs(transactions_of(log, asked, now=now), asked.terms.margin)
            transactions, _flagged = without_tills(transactions)
        except BadInput:
            yield log, None
            return
        yield log, transactions
