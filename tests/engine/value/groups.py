"""Two groups of people, and what they paid around a day."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.value.investing import Return, invest
from vincle.engine.value.transactions import Transactions

Floats = NDArray[np.float64]
START = date(2024, 7, 1)
FREE: dict[str, Any] = {"cost_fixed": Decimal(0), "cost_each": Decimal(0), "margin": 1.0}


def paid(rows: Iterable[tuple[int, int, float]], *, first: int = -70, last: int = 69) -> Transactions:
    """Transactions of (who, days from the start, money); 0, who is in no group, paid on the first and the last day."""
    who, days, money = zip((0, first, 1.0), (0, last, 1.0), *rows, strict=True)
    amounts = np.round(np.array(money) * 10_000).astype(np.int64)
    table = pa.table({"customer": who, "day": [START + timedelta(days=each) for each in days], "amount": amounts})
    runner = DuckDBRunner(duckdb.connect())
    runner.given("transactions", table)
    ends = (START + timedelta(days=each) for each in (first, last))
    return Transactions(runner, *ends, money=True, returns=bool(amounts.min() < 0))


def by_period(money: Floats, *, before: int) -> Transactions:
    """What each of 1, 2, ... (rows) paid in each week (columns), of which `before` are before the start."""
    weeks = money.shape[1]
    who, week = (each.ravel().tolist() for each in np.indices(money.shape))
    rows = ((a + 1, 7 * (b - before) + 3, each) for a, b, each in zip(who, week, money.ravel().tolist(), strict=True))
    return paid(rows, first=-7 * before, last=7 * (weeks - before) - 1)


def asked(log: Transactions, treated: Iterable[int], compared: Iterable[int], **options: Any) -> Return:
    """The return, by default of something that cost nothing and with all that is paid left."""
    given = {"start": START, "until": log.last, "before_days": 70, "randomised": False} | FREE | options
    return invest(log, pa.array(list(treated), pa.int64()), pa.array(list(compared), pa.int64()), **given)
