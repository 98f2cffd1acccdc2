"""A log of cases, ready to be asked: from a file, columns by name."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from vincle.engine.journeys.sequences import Sequences, put_in_order
from vincle.engine.journeys.variants import PATHS
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step
from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.moments import Moments
from vincle.engine.tabular.opening import open_file
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.sql import identifier, literal
from vincle.engine.tabular.workbench import Workbench
from vincle.engine.tabular.xes_files import XesReader
from vincle.kernel.errors import BadInput

_XES = ("case:concept:name", "concept:name", "time:timestamp")
_INSTANTS = ("TIMESTAMP", "DATE")


_ANY = Pipeline((Step("any_case", "SELECT case_id FROM ordered LIMIT 1", "Some case."),))


@dataclass(frozen=True, slots=True)
class Cases:
    """The events of cases; `runner` reads them as `ordered` (see `follows`).

    `left_out` says of how many rows the case, the activity or a time that can be read was missing. They are in no
    figure. `sequences` are the same events as numbers, where they come from a file.
    """

    runner: DuckDBRunner
    cases: int
    events: int
    left_out: dict[str, int] = field(default_factory=dict)
    sequences: Sequences | None = None

    @property
    def named(self) -> bool:
        """Whether the names of cases are texts; else they are numbers."""
        return bool(pa.types.is_string(self.runner.run(_ANY).schema.field("case_id").type))

    def paths(self, cases: Sequence[Any]) -> dict[Any, list[str]]:
        """The steps of some cases, in order."""
        self.runner.given("shown", pa.table({"first_case": cases}))
        found: dict[Any, list[str]] = {}
        for row in self.runner.run(PATHS).to_pylist():
            found.setdefault(row["case_id"], []).append(row["activity"])
        return found


@contextmanager
def read(
    path: Path | str, *, case: str = "", activity: str = "", time: str = "", timezone: str = "UTC", memory: str = "2GB"
) -> Iterator[Cases]:
    """Open a log of cases: an event log (XES), CSV, Parquet or any other file of rows.

    `case`, `activity` and `time` name the columns; those of an event log are known. A time without a zone is taken in
    `timezone`. `memory` is what DuckDB may use before it spills to disk.

    Raises `BadInput` for a file or a column that is not there, or when no row has all three.
    """
    with (
        tempfile.TemporaryDirectory(prefix="vincle-journeys-") as spill,
        duckdb.connect(config={"memory_limit": memory, "temp_directory": spill}) as connection,
    ):
        connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
        reader = open_file(path)
        columns = _columns(reader, case, activity, time)
        if isinstance(reader, XesReader):
            reader.only(columns)
        if reader.format != "parquet" or not _typed(connection, reader, columns, timezone):
            _texts(connection, reader, columns, timezone)
        yield _put_in_order(connection, reader.name)


def _columns(reader: Reader, *asked: str) -> tuple[str, ...]:
    chosen = tuple(name or usual for name, usual in zip(asked, _XES, strict=True)) if reader.format == "xes" else asked
    for name, option in zip(chosen, ("case", "activity", "time"), strict=True):
        if name not in reader.columns:
            raise BadInput(
                f"“{reader.name}” has no column “{name}”." if name else f"Which column is the {option}?",
                f"Its columns are {', '.join(reader.columns)}.",
            )
    return chosen


def _typed(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Sequence[str], zone: str) -> bool:
    """Take a Parquet file as it is, where its column of time holds instants."""
    case, activity, time = map(identifier, columns)
    rows = f"read_parquet({literal(str(reader.path))})"
    kind, case_kind = connection.sql(f"SELECT {time}, {case} FROM {rows} LIMIT 0").types
    if not str(kind).startswith(_INSTANTS):
        return False
    instant = time if str(kind) == "TIMESTAMP WITH TIME ZONE" else f"timezone({literal(zone)}, {time}::TIMESTAMP)"
    named = f"nullif({case}, '')" if str(case_kind) == "VARCHAR" else case
    connection.execute(
        f"CREATE VIEW rows AS SELECT {named} AS case_id, nullif({activity}::VARCHAR, '') AS activity, "
        f"epoch_us({instant}) AS moment FROM {rows}"
    )
    return True


def _texts(connection: duckdb.DuckDBPyConnection, reader: Reader, columns: Sequence[str], zone: str) -> None:
    """Take any file, each time as its text says."""
    connection.execute("CREATE TABLE rows (case_id VARCHAR, activity VARCHAR, moment BIGINT)")
    with Workbench() as bench:
        moments = Moments(bench, When(column=columns[2]), zone)
        for chunk in reader.chunks():
            case, activity, time = (_column(chunk.table, name) for name in columns)
            moment, _problems = moments(time)
            connection.register("chunk", pa.table([case, activity, moment], ["a", "b", "c"]))
            connection.execute("INSERT INTO rows SELECT nullif(a, ''), nullif(b, ''), c FROM chunk")
            connection.unregister("chunk")


def _column(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        return pa.nulls(table.num_rows, pa.string())
    return table.column(name).combine_chunks()


def _put_in_order(connection: duckdb.DuckDBPyConnection, name: str) -> Cases:
    hashed = ", hash(case_id)" if connection.sql("SELECT case_id FROM rows").types[0] == "VARCHAR" else ""
    rows = connection.sql(f"SELECT case_id, activity, moment{hashed} FROM rows").to_arrow_table()
    named = zip(("case", "activity", "time"), rows.columns, strict=False)
    left_out = {what: column.null_count for what, column in named if column.null_count}
    if left_out:
        rows = rows.drop_null()
    if not rows.num_rows:
        missing = ", ".join(f"{rows:,} without {what}" for what, rows in left_out.items()) or "it has no rows"
        raise BadInput(f"No row of “{name}” has a case, an activity and a time ({missing}).")
    sequences = put_in_order(*rows.columns)
    return Cases(_OrderedLater(connection, sequences), len(sequences.names), rows.num_rows, left_out, sequences)


class _OrderedLater(DuckDBRunner):
    """Brings the events into `ordered` when steps are first run: discovery does without them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sequences: Sequences) -> None:
        super().__init__(connection)
        self._waiting: Sequences | None = sequences

    def run(self, pipeline: Pipeline) -> pa.Table:
        """What the last step gives."""
        self._bring()
        return super().run(pipeline)

    def keep(self, name: str, pipeline: Pipeline) -> None:
        """Compute once; read by `name`."""
        self._bring()
        super().keep(name, pipeline)

    def _bring(self) -> None:
        if self._waiting is not None:
            self.given("ordered", self._waiting.as_table())
            self._waiting = None
