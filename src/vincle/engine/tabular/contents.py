"""What a row holds besides what the mapping takes: its properties, and the fingerprint of all its cells."""

import json
from collections.abc import Mapping as Dict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from vincle.engine.tabular.repeats import Keys
from vincle.engine.tabular.sql import literal
from vincle.engine.tabular.workbench import Workbench

_BETWEEN = "chr(31)"


def read(
    bench: Workbench, table: pa.Table, kept: Sequence[str], extra: Dict[str, pa.ChunkedArray], *, fingerprinted: bool
) -> tuple[pa.Array, pa.Array]:
    """The properties (a JSON object of the non-empty `kept` and `extra` columns) and the fingerprint of each row, null
    unless `fingerprinted`.

    `table` has string columns only. The fingerprint is the first half of the MD5 of all non-empty cells, each as
    'name=value', sorted by name: neither the order of the columns nor an empty new column changes it.
    """
    if not (fingerprinted or kept or extra):
        return pa.nulls(table.num_rows, pa.string()), pa.nulls(table.num_rows, pa.uint64())
    places = {name: f"c{place}" for place, name in enumerate(table.column_names)}
    cells = ", ".join(f"{literal(f'{name}=')} || nullif({places[name]}, '')" for name in sorted(places))
    told = [_member(name, places[name]) for name in kept] + [_member(name, f"e{i}") for i, name in enumerate(extra)]
    properties = f"nullif('{{' || concat_ws(',', {', '.join(told)}) || '}}', '{{}}')" if told else "NULL::VARCHAR"
    given = table.rename_columns(list(places.values()))
    for place, values in enumerate(extra.values()):
        given = given.append_column(f"e{place}", values)
    content = f"md5_number_upper(concat_ws({_BETWEEN}, {cells}))" if fingerprinted else "NULL::UBIGINT"
    found = bench.ask(f"SELECT n, {properties} AS properties, {content} AS content FROM given", given)
    return found.column("properties").combine_chunks(), found.column("content").combine_chunks()


def _member(name: str, place: str) -> str:
    key = literal(json.dumps(name, ensure_ascii=False) + ":")
    return f"{key} || to_json(nullif(trim({place}), ''))"


def hashes(bench: Workbench, values: pa.Array) -> Keys:
    """A 64-bit hash of each text, good for as long as the workbench lives."""
    found = bench.ask("SELECT n, hash(x) AS content FROM given", pa.table({"x": values}))
    return np.ascontiguousarray(found.column("content").to_numpy(), np.uint64)


def as_read(bench: Workbench, table: pa.Table) -> pa.Array:
    """All cells of each row as a JSON array of strings."""
    places = [f"c{place}" for place in range(table.num_columns)]
    cells = ", ".join(f"coalesce({place}, '')" for place in places)
    return (
        bench.ask(f"SELECT n, to_json([{cells}])::VARCHAR AS raw FROM given", table.rename_columns(places))
        .column("raw")
        .combine_chunks()
    )
