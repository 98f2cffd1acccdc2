"""What happened in the shop, for the tests of the room of sources."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

from vincle.flow import catalogue
from vincle.flow.append import Event, append
from vincle.flow.jobs import worker
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Kind, Quarantined, Source

START = datetime(2026, 5, 3, 8, 20, tzinfo=UTC)
LATER = datetime(2026, 11, 1, tzinfo=UTC)

SPENT_SOMETHING = {
    "type": "object",
    "required": ["amount"],
    "properties": {"amount": {"type": "number", "minimum": 1}},
}


def the_shop() -> Source:
    """The source of everything here."""
    return Source.objects.get_or_create(name="shop", defaults={"label": "Shop", "created_at": START})[0]


def purchase(number: int, amount: str | None = "12.50", **changes: Any) -> Event:
    """A purchase at the shop in Girona."""
    values: dict[str, Any] = {
        "message_id": f"m-{number}",
        "occurred_at": START + timedelta(hours=number, microseconds=123456),
        "kind": "order.placed",
        "namespace": "email",
        "identity": f"person{number}@example.org",
        "channel": "shop",
        "place": "Girona",
        "amount": None if amount is None else Decimal(amount),
        "currency": None if amount is None else "EUR",
    }
    return Event(**{**values, **changes})


def say(*events: Event) -> None:
    """Put it all into the log, or in quarantine."""
    append(events, source=the_shop(), now=LATER)


def demand(kind: str = "order.placed", contract: dict[str, Any] | None = None) -> Kind:
    """Give a kind a contract: by default that something was spent."""
    catalogue.seed()
    Kind.objects.filter(name=kind).update(contract=contract or SPENT_SOMETHING)
    return Kind.objects.get(name=kind)


def hold(amounts: Sequence[str | None] = ("0.50",)) -> list[Quarantined]:
    """Purchases that break the contract, held in quarantine."""
    demand()
    say(*(purchase(number, amount) for number, amount in enumerate(amounts)))
    return list(Quarantined.objects.order_by("pk"))


def work() -> list[str]:
    """Do what this room has waiting in the background, here and now; the tasks that were done."""
    done, at_work = [], Worker()
    # A worker lets its connection go between jobs; here that is the connection of the test's own transaction.
    with patch.object(worker, "close_old_connections"):
        while True:
            Job.objects.exclude(task__regex=r"^(imports|kinds|quarantine)\.").delete()
            waiting = Job.objects.filter(state=Job.State.WAITING).order_by("run_at", "id").first()
            if waiting is None or not at_work.step():
                return done
            done.append(waiting.task)


def csv(folder: Path, *lines: str, name: str = "sales.csv", encoding: str = "utf-8") -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return path
