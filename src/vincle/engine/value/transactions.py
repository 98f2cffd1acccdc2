"""Transactions of people, ready to be asked: from a file, columns by name or place."""

import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.runners import Runner
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.moments import Moments
from vincle.engine.tabular.numbers import Amounts, Decimal
from vincle.engine.tabular.opening import open_file
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.sql import identifier, literal
from vincle.engine.tabular.workbench import Workbench
from vincle.kernel.errors import BadInput

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


@dataclass(frozen=True, slots=True)
class Transactions:
    """Who paid on which day; `runner` reads them as `transactions` (customer, day, amount in ten-thousandths or null).

    `left_out` says of how many rows the customer, a time or an amount that can be read was missing, or the day was
    still to come, and of how many people there was no row with a day. `money` says whether there are amounts.
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
    timezone: str = "UTC",
    today: date | None = None,
    memory: str = "1500MB",
) -> Iterator[Transactions]:
    """Open a file of transactions: CSV, Parquet, columns aligned with spaces, or any other file of rows.

    `customer`, `time` and `amount` name the columns, or say which they are, counted from 0. A time without a zone is
    taken in `timezone`, whose days are meant. What is dated after `today` is left out.

    Raises `BadInput` for a file or a column that is not there, amounts of several currencies, or no row that can be
    used.
    """
    with (
        tempfile.TemporaryDirectory(prefix="vincle-value-") as spill,
        duckdb.connect(config={"memory_limit": memory, "temp_directory": spill}) as connection,
    ):
        connection.execute(
            "SET TimeZone = 'UTC'; SET enable_progress_bar = false; SET preserve_insertion_order = false"
        )
        zone_named(timezone)
        reader = open_file(path)
        columns = [_column(reader, *asked) for asked in ((customer, "customer"), (time, "time"))]
        columns += [_column(reader, amount, "amount")] if amount else []
        problem = ""
        if reader.format != "parquet" or not _typed(connection, reader, columns, timezone):
            problem = _texts(connection, reader, columns, timezone)
        yield _ready(connection, reader.name, today, problem, money=bool(amount))


def zone_named(timezone: str) -> ZoneInfo:
    """The time zone with this name. Raises `BadInput` when there is none."""
    try:
        return ZoneInfo(timezone)
    except (ValueError, OSError, KeyError) as error:
        raise BadInput(f"“{timezone}” is no time zone.", "Say it as Europe/Madrid or UTC.") from error


def _column(reader: Reader, asked: str, what: str) -> str:
    if asked in reader.columns:
        return asked
    if asked.isascii() and asked.isdigit() and int(asked) < len(reader.columns):
        return reader.columns[int(asked)]
    raise BadInput(
        f"“{reader.name}” has no column “{asked}”." if asked else f"Which column is the {what}?",
        f"Its columns are {', '.join(reader.columns)}; or say which by its place, from 0 to {len(reader.columns) - 1}.",
    )


def _typed(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Sequence[str], zone: str) -> bool:
    """Take a Parquet file as it is, where it holds days or instants, and numbers."""
    rows = f"read_parquet({literal(str(reader.path))})"
    names = [identifier(name) for name in columns]
    customer_kind, time_kind, *amount_kinds = map(
        str, connection.sql(f"SELECT {', '.join(names)} FROM {rows} LIMIT 0").types
    )
    if not time_kind.startswith(("TIMESTAMP", "DATE")) or not all(kind.startswith(_NUMBERS) for kind in amount_kinds):
        return False
    customer, time, *amounts = names
    named = f"nullif({customer}, '')" if customer_kind == "VARCHAR" else customer
    day = f"timezone({literal(zone)}, {time})" if time_kind == "TIMESTAMP WITH TIME ZONE" else time
    paid = (
        f"CASE WHEN isfinite({amounts[0]}::DOUBLE) THEN round({amounts[0]} * 10000)::BIGINT END" if amounts else "NULL"
    )
    connection.execute(
        f"CREATE TABLE rows AS SELECT {named} AS customer, {day}::DATE AS day, {paid}::BIGINT AS amount FROM {rows}"
    )
    return True


def _texts(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Sequence[str], zone: str) -> str:
    """Take any file, each cell as its text says; gives what is wrong with the first time that cannot be read."""
    connection.execute("CREATE TABLE rows (customer VARCHAR, day DATE, amount BIGINT)")
    wrong, currencies = "", set[str]()
    with Workbench() as bench:
        moments = Moments(bench, _rule(reader, columns[1]), zone)
        amounts = Amounts(bench, _decimal(reader, *columns[2:]))
        for chunk in reader.chunks():
            cells = [_cells(chunk.table, name) for name in columns]
            moment, problems = moments(cells[1])
            wrong = wrong or next((str(each) for each in pc.drop_null(problems).slice(0, 1).to_pylist()), "")
            paid = pa.nulls(len(moment), pa.int64())
            if len(cells) > 2:
                paid, _unread = amounts.money(cells[2])
                if pc.any(pc.match_substring_regex(cells[2], r"[^\d.,\s-]")).as_py():
                    named = amounts.currencies(cells[2])[0]
                    currencies.update(pc.unique(pc.drop_null(named)).to_pylist())
            connection.register("chunk", pa.table([cells[0], moment, paid], ["a", "b", "c"]))
            day = f"timezone({literal(zone)}, make_timestamptz(b))::DATE"
            connection.execute(f"INSERT INTO rows SELECT nullif(a, ''), {day}, c FROM chunk")
            connection.unregister("chunk")
    if len(currencies) > 1:
        raise BadInput(
            f"The amounts of “{reader.name}” are in several currencies: {', '.join(sorted(currencies))}.",
            "Bring them into one with the rates of their days, or give a file for each.",
        )
    return wrong


def _rule(reader: Reader, column: str) -> When:
    """Eight digits are year, month and day."""
    some = [str(cell) for cell in reader.sample(200).column(column).to_pylist() if cell]
    compact = bool(some) and all(re.fullmatch(r"(19|20)\d{6}", cell, re.ASCII) for cell in some)
    return When(column=column, format="%Y%m%d" if compact else None)


def _decimal(reader: Reader, column: str = "") -> Decimal:
    """A comma before the last one or two digits, and a point never, is a decimal comma."""
    cells = reader.sample(200).column(column).to_pylist() if column else []
    commas, points = (sum(bool(re.search(rf"{sign}\d\d?\D*$", cell or "")) for cell in cells) for sign in (",", r"\."))
    return "," if commas and not points else "."


def _cells(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(name).combine_chunks()


def _ready(
    connection: duckdb.DuckDBPyConnection, name: str, today: date | None, problem: str, *, money: bool
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
    left_out = {what: number for what, number in missed.items() if number}
    if not rows:
        needed = "a customer, a time and an amount" if money else "a customer and a time"
        raise BadInput(
            f"No row of “{name}” has {needed} that can be used.",
            f"The first time that cannot be read: {problem}." if problem else "",
        )
    connection.execute(f"CREATE VIEW transactions AS SELECT customer, day, amount FROM rows WHERE {whole} AND {past}")
    return Transactions(DuckDBRunner(connection), first, last, money, bool(returns), left_out)
