"""Transactions of people, ready to be asked: from a file, columns by name or place."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from vincle.engine.runners import Runner
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step
from vincle.engine.tabular.opening import open_file
from vincle.engine.tabular.sql import literal
from vincle.engine.value.rate_checks import checked, refuse_currency
from vincle.engine.value.rates import IN_ONE_CURRENCY, WITHOUT_RATES
from vincle.engine.value.transaction_rows import Columns, column_of, take_texts, take_typed
from vincle.kernel.errors import BadInput

_USED = (
    Step("paid", "SELECT * FROM written WHERE currency IS NOT NULL", "Rows of which the currency is known."),
    Step(
        "rows",
        "SELECT customer, day, main_amount AS amount FROM converted WHERE amount IS NULL OR main_amount IS NOT NULL",
        "The rows in the main currency.",
    ),
)
_MISSED = Step(
    "missed",
    "SELECT count(*) AS number FROM converted WHERE amount IS NOT NULL AND main_amount IS NULL",
    "How many rows cannot be brought into the main currency.",
)


@dataclass(frozen=True, slots=True)
class Transactions:
    """Who paid on which day; `runner` reads them as `transactions` (customer, day, amount in ten-thousandths or null).

    `left_out` says how many rows are not used: for want of a `customer`, a `time`, an `amount` that can be read, a
    `currency` or a rate of it (`no_rate`); of an `other_currency` where no rates are given; dated in the `future`; and
    of how many people there was no row with a day (`people_without_time`). `money` says whether there are amounts.
    """

    runner: Runner
    first: date
    last: date
    money: bool
    returns: bool
    left_out: dict[str, int] = field(default_factory=dict)


@contextmanager
def read(
    path: Path | str,
    *,
    customer: str,
    time: str,
    amount: str = "",
    currency_column: str = "",
    currency: str = "",
    rates: pa.Table | None = None,
    timezone: str = "UTC",
    today: date | None = None,
    memory: str = "1500MB",
) -> Iterator[Transactions]:
    """Open a file of transactions: CSV, Parquet, columns aligned with spaces, or any other file of rows.

    `customer`, `time`, `amount` and `currency_column` name the columns, or say which they are, counted from 0. A time
    without a zone is taken in `timezone`, whose days are meant. What is dated after `today` is left out.

    Amounts in several currencies are brought into `currency` by `rates` (`rate_files.read_rates`, or any table that
    `rate_checks.checked` takes); where there are none, other currencies are left out. Without `currency` all amounts
    must be in one. An amount that names none is in the main one, unless there is a column of currencies.

    Raises `BadInput` for a file or a column that is not there, amounts of several currencies, rates that are wrong, or
    no row that can be used.
    """
    with (
        tempfile.TemporaryDirectory(prefix="vincle-value-") as spill,
        duckdb.connect(config={"memory_limit": memory, "temp_directory": spill}) as connection,
    ):
        connection.execute(
            "SET TimeZone = 'UTC'; SET enable_progress_bar = false; SET preserve_insertion_order = false"
        )
        zone_named(timezone)
        into = _main(currency, rates)
        with open_file(path) as reader:
            columns = Columns(
                column_of(reader, customer, "customer"),
                column_of(reader, time, "time"),
                column_of(reader, amount, "amount") if amount else "",
                column_of(reader, currency_column, "currency") if currency_column else "",
            )
            problem = ""
            if reader.format != "parquet" or not take_typed(connection, reader, columns, timezone):
                problem = take_texts(connection, reader, columns, timezone)
            left_out = _in_one_currency(connection, reader.name, columns, currency, into)
            yield _ready(connection, reader.name, today, problem, left_out, money=bool(amount))


def zone_named(timezone: str) -> ZoneInfo:
    """The time zone with this name. Raises `BadInput` when there is none."""
    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, KeyError) as error:
        raise BadInput(f"“{timezone}” is no time zone.", "Say it as Europe/Madrid or UTC.") from error


def _main(currency: str, rates: pa.Table | None) -> pa.Table | None:
    """The rates, if any, once they have been found right."""
    if currency:
        refuse_currency(currency)
    if rates is None:
        return None
    if not currency:
        raise BadInput("Into which currency are the amounts to be brought?", "Say its code, such as EUR.")
    return checked(rates, currency)


def _in_one_currency(
    connection: duckdb.DuckDBPyConnection, name: str, columns: Columns, currency: str, rates: pa.Table | None
) -> dict[str, int]:
    """Make `rows` of one currency, which has no name from then on; how many rows are left out for that."""
    if "currency" not in connection.sql("SELECT * FROM rows LIMIT 0").columns:
        return {}
    found = connection.execute("SELECT currency, count(*) FROM rows GROUP BY currency ORDER BY currency").fetchall()
    there = [code for code, _ in found if code is not None]
    if len(there) > 1 and not currency:
        raise BadInput(
            f"The amounts of “{name}” are in several currencies: {', '.join(there)}.",
            "Bring them into one with the rates of their days (--rates, --currency), or give a file for each.",
        )
    main = currency or (there[0] if there else "")
    unsaid = 0 if not columns.currency else sum(number for code, number in found if code is None)
    said = "currency" if columns.currency else f"coalesce(currency, {literal(main)})"
    connection.execute(f"CREATE VIEW written AS SELECT customer, day, amount, {said} AS currency FROM rows")
    runner = DuckDBRunner(connection)
    if rates is not None:
        runner.given("rates", rates)
    paid, used = _USED
    steps = Pipeline((paid, *(WITHOUT_RATES if rates is None else IN_ONE_CURRENCY)), {"currency": main})
    (missed,) = runner.run(steps.then(_MISSED)).column("number").to_pylist()
    runner.keep("used", steps.then(used))
    connection.execute("DROP VIEW written; DROP TABLE rows; ALTER TABLE used RENAME TO rows")
    return {"currency": unsaid, "other_currency" if rates is None else "no_rate": int(missed)}


def _ready(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    today: date | None,
    problem: str,
    left_out: dict[str, int],
    *,
    money: bool,
) -> Transactions:
    whole = "customer IS NOT NULL AND day IS NOT NULL" + (" AND amount IS NOT NULL" if money else "")
    past = f"day <= {literal(today.isoformat())}::DATE" if today else "true"
    found: tuple[Any, ...] = connection.execute(
        f"SELECT count(*) FILTER ({whole} AND {past}), min(day) FILTER ({whole} AND {past}), "
        f"max(day) FILTER ({whole} AND {past}), coalesce(min(amount) < 0, false), "
        f"count(*) - count(customer), count(*) - count(day), count(*) - count(amount), "
        f"count(*) FILTER ({whole} AND NOT {past}) FROM rows"
    ).fetchall()[0]
    rows, first, last, returns, customers, times, amounts, future = found
    missed = {"customer": customers, "time": times, "amount": amounts if money else 0, "future": future}
    if times:
        ((missed["people_without_time"],),) = connection.execute(
            "SELECT count(*) FROM (SELECT customer FROM rows WHERE customer IS NOT NULL GROUP BY customer "
            "HAVING count(day) = 0)"
        ).fetchall()
    left_out = {what: number for what, number in (left_out | missed).items() if number}
    if not rows:
        needed = "a customer, a time and an amount" if money else "a customer and a time"
        raise BadInput(
            f"No row of “{name}” has {needed} that can be used.",
            f"The first time that cannot be read: {problem}." if problem else "",
        )
    connection.execute(f"CREATE VIEW transactions AS SELECT customer, day, amount FROM rows WHERE {whole} AND {past}")
    return Transactions(DuckDBRunner(connection), first, last, money, bool(returns), left_out)
