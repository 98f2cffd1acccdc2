"""The cells of a file of transactions as rows of DuckDB: customer, day, amount, currency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular import roles
from vincle.engine.tabular.derived import by_value, tidy
from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.moments import Moments
from vincle.engine.tabular.numbers import Amounts, Decimal
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.sql import identifier, literal
from vincle.engine.tabular.workbench import Workbench
from vincle.kernel.errors import BadInput

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
_SIGNED = r"[^\d.,\s-]"  # an amount with more than a number in it, such as a currency


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that say who, when, how much and in which currency; the last two may be none ("")."""

    customer: str
    time: str
    amount: str = ""
    currency: str = ""

    @property
    def there(self) -> list[str]:
        """Those that there are, in order."""
        return [name for name in (self.customer, self.time, self.amount, self.currency) if name]


def column_of(reader: Reader, asked: str, what: str) -> str:
    """The column of that name, or in that place from 0 on. Raises `BadInput` when there is none."""
    if asked in reader.columns:
        return asked
    if asked.isascii() and asked.isdigit() and int(asked) < len(reader.columns):
        return reader.columns[int(asked)]
    raise BadInput(
        f"“{reader.name}” has no column “{asked}”." if asked else f"Which column is the {what}?",
        f"Its columns are {', '.join(reader.columns)}; or say which by its place, from 0 to {len(reader.columns) - 1}.",
    )


def cells_of(table: pa.Table, name: str) -> pa.Array:
    """A column of a chunk; one that first appears later is empty."""
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(name).combine_chunks()


def decimal_of(reader: Reader, column: str = "") -> Decimal:
    """A comma before the last one or two digits, and a point never, is a decimal comma."""
    cells = reader.sample(200).column(column).to_pylist() if column else []
    commas, points = (sum(bool(re.search(rf"{sign}\d\d?\D*$", cell or "")) for cell in cells) for sign in (",", r"\."))
    return "," if commas and not points else "."


def take_typed(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Columns, zone: str) -> bool:
    """Take a Parquet file as it is into `rows`, where it holds days or instants, and numbers; says whether it does.

    Rows have a currency only where the columns name one.
    """
    rows = f"read_parquet({literal(str(reader.path))})"
    names = [identifier(name) for name in columns.there]
    kinds = list(map(str, connection.sql(f"SELECT {', '.join(names)} FROM {rows} LIMIT 0").types))
    customer_kind, time_kind, amount_kind = kinds[0], kinds[1], kinds[2] if columns.amount else _NUMBERS[0]
    texts = [kind for kind in kinds[3:] if kind != "VARCHAR"]
    if not time_kind.startswith(("TIMESTAMP", "DATE")) or not amount_kind.startswith(_NUMBERS) or texts:
        return False
    customer, time, amount = identifier(columns.customer), identifier(columns.time), identifier(columns.amount)
    named = f"nullif({customer}, '')" if customer_kind == "VARCHAR" else customer
    day = f"timezone({literal(zone)}, {time})" if time_kind == "TIMESTAMP WITH TIME ZONE" else time
    paid = (
        f"CASE WHEN isfinite({amount}::DOUBLE) THEN round({amount} * 10000)::BIGINT END" if columns.amount else "NULL"
    )
    currency = ", code AS currency" if columns.currency else ""
    source = rows
    if columns.currency:
        _say_codes(connection, rows, identifier(columns.currency))
        source = f"{rows} LEFT JOIN codes ON said = {identifier(columns.currency)}"
    connection.execute(
        f"CREATE TABLE rows AS SELECT {named} AS customer, {day}::DATE AS day, {paid}::BIGINT AS amount{currency} "
        f"FROM {source}"
    )
    return True


def take_texts(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Columns, zone: str) -> str:
    """Take any file into `rows`, each cell as its text says; gives what is wrong with the first time that cannot be
    read. A currency is that of its column, else the one that the amount itself names.
    """
    connection.execute("CREATE TABLE rows (customer VARCHAR, day DATE, amount BIGINT, currency VARCHAR)")
    wrong = ""
    with Workbench() as bench:
        moments = Moments(bench, _rule(reader, columns.time), zone)
        amounts = Amounts(bench, decimal_of(reader, columns.amount))
        for chunk in reader.chunks():
            moment, problems = moments(cells_of(chunk.table, columns.time))
            wrong = wrong or next((str(each) for each in pc.drop_null(problems).slice(0, 1).to_pylist()), "")
            paid, currency = _money(amounts, chunk.table, columns)
            customer = cells_of(chunk.table, columns.customer)
            connection.register("chunk", pa.table([customer, moment, paid, currency], ["a", "b", "c", "d"]))
            day = f"timezone({literal(zone)}, make_timestamptz(b))::DATE"
            connection.execute(f"INSERT INTO rows SELECT nullif(a, ''), {day}, c, d FROM chunk")
            connection.unregister("chunk")
    ((named,),) = connection.execute("SELECT count(currency) FROM rows").fetchall()
    if not named and not columns.currency:
        connection.execute("ALTER TABLE rows DROP COLUMN currency")
    return wrong


def _money(amounts: Amounts, table: pa.Table, columns: Columns) -> tuple[pa.Array, pa.Array]:
    """Ten-thousandths and currencies, null where they are not said."""
    nothing = pa.nulls(table.num_rows, pa.string())
    if not columns.amount:
        return pa.nulls(table.num_rows, pa.int64()), nothing
    cells = cells_of(table, columns.amount)
    paid, _unread = amounts.money(cells)
    if columns.currency:
        return paid, by_value(tidy(table.column(columns.currency)), roles.currencies).values
    if not pc.any(pc.match_substring_regex(cells, _SIGNED)).as_py():
        return paid, nothing
    return paid, by_value(cells, amounts.currencies).values


def _say_codes(connection: duckdb.DuckDBPyConnection, rows: str, column: str) -> None:
    """What the words of a column of currencies stand for."""
    words = connection.sql(f"SELECT DISTINCT {column} AS said FROM {rows} WHERE {column} IS NOT NULL").to_arrow_table()
    said = words.column("said").combine_chunks()
    connection.register("found", pa.table({"said": said, "code": roles.currencies(pc.utf8_trim_whitespace(said))[0]}))
    connection.execute("CREATE TEMP TABLE codes AS SELECT * FROM found")
    connection.unregister("found")


def _rule(reader: Reader, column: str) -> When:
    """Eight digits are year, month and day."""
    some: Sequence[str] = [str(cell) for cell in reader.sample(200).column(column).to_pylist() if cell]
    compact = bool(some) and all(re.fullmatch(r"(19|20)\d{6}", cell, re.ASCII) for cell in some)
    return When(column=column, format="%Y%m%d" if compact else None)
