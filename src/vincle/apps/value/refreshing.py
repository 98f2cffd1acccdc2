"""Writes: what everybody is worth, worked out from the log in the background: a row a person, and the whole."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.db import connection, transaction

from vincle.apps.value.models import Worth
from vincle.apps.value.queries import NAME, newest_value
from vincle.apps.value.rates.queries import rates_for_engine
from vincle.apps.value.terms import HouseTerms, house_terms
from vincle.apps.value.whole import SHAPE, whole_of
from vincle.flow import mirror
from vincle.flow.append.stage import Stage
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Reading
from vincle.kernel.errors import BadInput
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log
    from vincle.engine.value import Transactions, Valued

# The table's columns and those of `Valued.people`.
_COLUMNS = {
    "first_on": "first", "last_on": "last", "days": "days", "money": "money", "present": "present",
    "frequency": "frequency", "recency_days": "recency", "tenure_days": "tenure",
    "alive": "alive", "alive_low": "alive_low", "alive_high": "alive_high",
    "expected": "expected", "expected_low": "expected_low", "expected_high": "expected_high",
    "spend": "spend", "worth": "worth", "worth_low": "worth_low", "worth_high": "worth_high",
}  # fmt: skip
_DAYS = {"first_on", "last_on"}
_ROUNDED = {"spend", "worth", "worth_low", "worth_high"}  # ten-thousandths, whole


def ask_refresh(*, now: datetime) -> None:
    """Have it worked out anew; once, however often it is asked for."""
    enqueue("value.refresh", key=NAME, now=now)


def refresh_value(*, now: datetime) -> bool:
    """Bring the mirror up to date and keep what everybody is worth; whether there was anything new.

    Raises `VincleError` when the mirror cannot be brought up to date; the former figures stay.
    """
    home, asked = Home.at(), house_terms()
    version = mirror.refresh(home).version
    kept = newest_value()
    if kept is not None and kept.is_of(version, asked):
        return False
    import vincle.engine as ve

    with ve.open(home) as log:
        valued, payload = _worked_out(log, asked, now)
        version = log.version
    rows = _rows(valued) if valued is not None else None
    with Stage() as stage, transaction.atomic():
        _keep(stage, rows)
        Reading.objects.update_or_create(
            name=NAME,
            defaults={"payload": payload | {"digest": asked.digest}, "mirror_version": version, "computed_at": now},
        )
    return True


def _worked_out(log: "Log", asked: HouseTerms, now: datetime) -> "tuple[Valued | None, dict[str, Any]]":
    from vincle.engine import value as engine

    try:
        transactions = transactions_of(log, asked, now=now)
        valued = engine.value(transactions, asked.terms)
    except BadInput:  # nobody has paid anything, or tills only
        return None, {"valued": None, "shape": SHAPE}
    from vincle.engine.value.standing import standing

    page = whole_of(log, transactions, valued, asked)
    said = {"valued": valued.as_json(), "currency": asked.currency, "standing": standing(valued.people)}
    return valued, {**said, "page": page, "shape": SHAPE}


def transactions_of(log: "Log", asked: HouseTerms, *, now: datetime) -> "Transactions":
    """What counts as a transaction here. Raises `BadInput` where nobody has paid anything."""
    from vincle.engine import value as engine

    today = now.astimezone(ZoneInfo(asked.zone)).date()
    return engine.of_log(
        log,
        currency=asked.currency,
        today=today,
        zone=asked.zone,
        kinds=asked.kinds or None,
        rates=rates_for_engine(asked.currency),
    )


def _rows(valued: "Valued") -> pa.Table:
    import pyarrow.compute as pc

    columns: dict[str, Any] = {"identity_id": valued.people.column("customer").cast(pa.int64())}
    for name, of in _COLUMNS.items():
        column = valued.people.column(of)
        if name in _DAYS:
            column = pc.strftime(column, "%Y-%m-%d")
        elif name in _ROUNDED:
            column = pc.round(column).cast(pa.int64())
        columns[name] = column
    return pa.table(columns)


def _keep(stage: Stage, rows: pa.Table | None) -> None:
    """Write what is new or has changed, and take away who is there no more. Who was erased meanwhile stays away."""
    if rows is None:
        Worth.objects.all().delete()
        return
    staged, names = stage.put(rows), list(_COLUMNS)
    chosen = ", ".join(f"CAST(s.{name} AS date)" if name in _DAYS and _is_postgres() else f"s.{name}" for name in names)
    changed = " OR ".join(f"value_worth.{name} IS DISTINCT FROM excluded.{name}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM value_worth WHERE identity_id NOT IN (SELECT identity_id FROM {staged})")
        cursor.execute(
            f"INSERT INTO value_worth (identity_id, {', '.join(names)}) SELECT s.identity_id, {chosen} FROM {staged} s "
            "JOIN flow_identity i ON i.id = s.identity_id WHERE true ON CONFLICT (identity_id) DO UPDATE SET "
            f"{', '.join(f'{name} = excluded.{name}' for name in names)} WHERE {changed}"
        )


def _is_postgres() -> bool:
    return connection.vendor == "postgresql"
