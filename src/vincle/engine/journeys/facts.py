"""What a file says beside the steps: who took part, money, a score, by which way, and attributes of the cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from vincle.engine.steps import Pipeline, Step
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.sql import identifier, literal
from vincle.kernel.errors import BadInput

_NUMBERS = ("amount", "score")

FACTS = Pipeline(
    (Step("facts", "SELECT * FROM said_facts", "What the file says of each event, as `logs` gives it of a home's."),)
)
ATTRIBUTES = Pipeline((Step("attributes", "SELECT * FROM said_attributes", "What the file says of each case."),))


@dataclass(frozen=True, slots=True)
class Beside:
    """The columns, by name; an empty one is not there. Of the `attributes` of a case its first value counts."""

    staff: str = ""
    amount: str = ""
    score: str = ""
    channel: str = ""
    attributes: tuple[str, ...] = ()

    def columns(self) -> dict[str, str]:
        """Each role that has a column, attributes by number."""
        roles = {name: str(getattr(self, name)) for name in ("staff", "amount", "score", "channel")}
        roles |= {f"attribute_{place}": column for place, column in enumerate(self.attributes)}
        return {role: column for role, column in roles.items() if column}


def keep(connection: duckdb.DuckDBPyConnection, reader: Reader, beside: Beside, *, typed: bool) -> None:
    """Read the columns of the file and make `said_facts` and `said_attributes`, for the events that are in `rows`.

    `typed`: the rows are numbered as those of a Parquet file. Raises `BadInput` for a column that is not there, and for
    money or a score that is no number.
    """
    columns = beside.columns()
    for column in columns.values():
        if column not in reader.columns:
            raise BadInput(
                f"“{reader.name}” has no column “{column}”.", f"Its columns are {', '.join(reader.columns)}."
            )
    names = ", ".join(f"nullif({identifier(column)}::VARCHAR, '') AS {role}" for role, column in columns.items())
    if typed:
        rows = f"read_parquet({literal(str(reader.path))}, file_row_number = true)"
        connection.execute(f"CREATE TABLE said AS SELECT file_row_number AS place, {names} FROM {rows}")
    else:
        _texts(connection, reader, columns, names)
    for role in _NUMBERS:
        if role in columns:
            _check_numbers(connection, role, columns[role])
    connection.execute(_facts_of(columns))
    connection.execute(_attributes_of(beside.attributes))
    connection.execute("DROP TABLE said")


def _texts(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Mapping[str, str], names: str) -> None:
    typed = ", ".join(f"{role} VARCHAR" for role in columns)
    connection.execute(f"CREATE TABLE said (place BIGINT, {typed})")
    wanted = list(dict.fromkeys(columns.values()))
    for chunk in reader.chunks():
        table = chunk.table
        for column in wanted:
            if column not in table.column_names:
                table = table.append_column(column, pa.nulls(table.num_rows, pa.string()))
        connection.register("chunk", table.select(["row", *wanted]).rename_columns(["~row", *wanted]))
        connection.execute(f'INSERT INTO said SELECT "~row", {names} FROM chunk')
        connection.unregister("chunk")


def _check_numbers(connection: duckdb.DuckDBPyConnection, role: str, column: str) -> None:
    wrong = connection.execute(
        f"SELECT {role} FROM said WHERE {role} IS NOT NULL "
        f"AND NOT coalesce(isfinite(TRY_CAST({role} AS DOUBLE)), false) ORDER BY place LIMIT 1"
    ).fetchone()
    if wrong:
        raise BadInput(f"“{wrong[0]}” in the column “{column}” is no number.", "Numbers are written like 1234.50.")


def _facts_of(columns: Mapping[str, str]) -> str:
    def text(role: str) -> str:
        return f"s.{role}" if role in columns else "CAST(NULL AS VARCHAR)"

    def number(role: str) -> str:
        return f"CAST({text(role)} AS DOUBLE)"

    return (
        "CREATE TABLE said_facts AS SELECT r.case_id, r.activity, r.moment, "
        f"{number('amount')} AS amount, CAST(NULL AS VARCHAR) AS currency, {number('score')} AS score, "
        f"{text('staff')} AS staff, {text('channel')} AS channel, CAST(NULL AS VARCHAR) AS venue "
        "FROM rows r JOIN said s ON s.place = r.place "
        "WHERE r.case_id IS NOT NULL AND r.activity IS NOT NULL AND r.moment IS NOT NULL"
    )


def _attributes_of(attributes: Sequence[str]) -> str:
    each = (
        f"SELECT r.case_id, {literal(name)} AS name, arg_min(s.attribute_{place}, (r.moment, r.place)) AS value "
        f"FROM rows r JOIN said s ON s.place = r.place WHERE s.attribute_{place} IS NOT NULL "
        "AND r.case_id IS NOT NULL AND r.moment IS NOT NULL GROUP BY r.case_id"
        for place, name in enumerate(attributes)
    )
    nobody = "SELECT CAST(NULL AS VARCHAR) AS case_id, '' AS name, '' AS value WHERE false"
    return f"CREATE TABLE said_attributes AS {' UNION ALL '.join(each) or nobody}"
