"""From a table of people to the pairs that are probably one person."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from vincle.engine.duplicates.blocking import block
from vincle.engine.duplicates.columns import Column, guess
from vincle.engine.duplicates.comparisons import used
from vincle.engine.duplicates.evidence import Decision
from vincle.engine.duplicates.judging import LOWEST, adjust, apply, joined_levels
from vincle.engine.duplicates.learning import learn
from vincle.engine.duplicates.levels import compare, draw, patterns, promising
from vincle.engine.duplicates.people import prepare
from vincle.engine.duplicates.reasons import Found
from vincle.engine.duplicates.scoring import score
from vincle.kernel.errors import BadInput

_LOOKED_AT = 1_000
_COLUMNS_OF = {"name": ("given", "family"), "email": ("emails",), "phone": ("phones",)}

STEPS = ("read", "prepare", "pair", "compare", "learn", "weigh")  # what `on_step` is told, as each begins


def find(
    people: Any,
    *,
    id: str,  # noqa: A002 - as the command says it
    threshold: float = 0.5,
    memory: str = "2GB",
    decisions: Sequence[Decision] = (),
    on_step: Callable[[str], None] = lambda _: None,
) -> Found:
    """Pairs of rows of `people` that are one person with a probability of at least `threshold` (0 to 1).

    `people` is an Arrow table, a DuckDB relation, or an iterable of Arrow tables of the same columns, read once; one
    row a person, `id` the column that names the row. What the other columns hold is told by their names. `memory` is
    what DuckDB may use before it spills to disk. The result does not depend on the order of rows or columns.

    `decisions`: pairs that somebody judged, of this table or of what it was before pairs of it were joined; where there
    are enough of them they correct the probabilities (see `judging`). `on_step` is told what begins, one of `STEPS`.

    Raises `BadInput` for a missing column, ids that are missing or there twice, too little to tell people apart, or a
    threshold that is no probability.
    """
    if not 0 <= threshold <= 1:
        raise BadInput(f"A threshold of {threshold} is no probability.", "Give one between 0 and 1, such as 0.9.")
    tables = _tables(people)
    with _database(memory) as connection:
        on_step("read")
        columns = _load(connection, tables, id)
        on_step("prepare")
        rows = prepare(connection, columns)
        return _search(connection, columns, rows, threshold=threshold, decisions=decisions, on_step=on_step)


def _search(
    connection: duckdb.DuckDBPyConnection,
    columns: tuple[Column, ...],
    rows: int,
    *,
    threshold: float,
    decisions: Sequence[Decision],
    on_step: Callable[[str], None],
) -> Found:
    comparisons = used({value for column in columns for value in _values(column)})
    if rows < 2:
        nothing = connection.sql(
            "SELECT id AS a, id AS b, 0.0::DOUBLE AS probability FROM person WHERE false"
        ).to_arrow_table()
        return Found(nothing, columns, 0, None, pa.table({"code": pa.array([], pa.int64())}))
    on_step("pair")
    draw(connection, rows)
    block(connection, rows)
    compared = promising(connection, comparisons)
    on_step("compare")
    compare(connection, "random_pair", "at_random", comparisons)
    compare(connection, "promising_pair", "compared", comparisons)
    _, levels, pairs = patterns(connection, "compared", len(comparisons))
    _, random_levels, random_pairs = patterns(connection, "at_random", len(comparisons))
    on_step("learn")
    joined = joined_levels(decisions, comparisons)
    model = learn(comparisons, (levels, pairs), (random_levels, random_pairs), rows=rows, joined=joined)
    on_step("weigh")
    adjustment = adjust(decisions)
    least = threshold if adjustment is None else min(threshold, LOWEST)
    found = score(connection, model, threshold=least, rows=rows)
    if adjustment is not None:
        found = apply(adjustment, found, model, threshold=threshold)
    evidence = found.select(["code", "bits", "household"])
    return Found(found.select(["a", "b", "probability"]), columns, compared, model, evidence, adjustment)


def _values(column: Column) -> tuple[str, ...]:
    if column.role == "street":
        return ("street", "number")
    return _COLUMNS_OF.get(column.role, (column.role,))


def _tables(people: Any) -> Iterator[pa.Table]:
    if isinstance(people, pa.Table):
        return iter([people])
    if isinstance(people, duckdb.DuckDBPyRelation):
        return _of_relation(people)
    if isinstance(people, Iterable) and not isinstance(people, str | bytes | dict):
        return iter(people)
    raise BadInput("People are given as an Arrow table, a DuckDB relation or an iterable of Arrow tables.")


def _of_relation(people: duckdb.DuckDBPyRelation) -> Iterator[pa.Table]:
    reader = people.to_arrow_reader(100_000)
    yield reader.schema.empty_table()
    for batch in reader:
        yield pa.Table.from_batches([batch])


@contextmanager
def _database(memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    with (
        tempfile.TemporaryDirectory(prefix="vincle-duplicates-") as spill,
        duckdb.connect(
            config={
                "memory_limit": memory,
                "temp_directory": spill,
                "preserve_insertion_order": False,
                "python_enable_replacements": False,
            }
        ) as connection,
    ):
        connection.execute("SET enable_progress_bar = false")
        yield connection


def _load(connection: duckdb.DuckDBPyConnection, tables: Iterator[pa.Table], id: str) -> tuple[Column, ...]:  # noqa: A002
    """Make the table `given`: the id as it is and every column with a role as text."""
    first = next(tables, pa.table({}))
    while first.num_rows == 0 and (more := next(tables, None)) is not None:
        first = more
    samples = {
        name: [None if cell is None else str(cell) for cell in first[name].slice(0, _LOOKED_AT).to_pylist()]
        for name in first.column_names
    }
    columns = guess(first.column_names, samples, id=id)
    selected = ", ".join(f"{_quoted(column.name)}::VARCHAR AS {_quoted(column.name)}" for column in columns)
    connection.register("chunk", first)
    connection.execute(f"CREATE TEMP TABLE given AS SELECT {_quoted(id)} AS id, {selected} FROM chunk")
    for table in tables:
        connection.register("chunk", table)
        connection.execute(f"INSERT INTO given SELECT {_quoted(id)}, {selected} FROM chunk")
    connection.unregister("chunk")
    return columns


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
