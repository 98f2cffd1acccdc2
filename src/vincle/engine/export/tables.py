"""CSV and Parquet: one row an interaction."""

from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from vincle.engine.export.destination import whole
from vincle.engine.export.selection import ROWS, Selection, streamed_in_runs
from vincle.engine.log import Log
from vincle.engine.steps import Step

# What makes a spreadsheet take a cell for a formula, also in the wide forms of East Asian keyboards (OWASP,
# "CSV injection"). A plain number or a telephone number after its sign is harmless and stays as it is.
_FORMULA = "=+-@\t\r\n＝＋－＠"
_HARMLESS = r"^[+-]?[0-9][0-9 .]*$"
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"

_TEXTS = (
    "message_id", "kind", "channel", "place", "namespace", "identity", "staff", "currency", "text", "properties",
    "objects", "source",
)  # fmt: skip
_ORDER = (
    "message_id", "occurred_at", "kind", "channel", "place", "person", "namespace", "identity", "staff", "amount",
    "currency", "score", "text", "properties", "objects", "source", "uid", "recorded_at",
)  # fmt: skip


def write_csv(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """UTF-8 with a header, commas and quotes as RFC 4180 has them; instants as ISO 8601 in UTC."""
    pipeline = ROWS.then(_plain(), formula=list(_FORMULA), harmless=_HARMLESS, moment=_MOMENT)
    rows = streamed_in_runs(log, selection, pipeline)
    count = 0
    with whole(path) as draft, pa.csv.CSVWriter(str(draft), rows.schema) as writer:
        for batch in rows:
            writer.write_batch(batch)
            count += batch.num_rows
    return {"events": count}


def write_parquet(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """Zstandard-compressed; instants in UTC, money as DECIMAL(19, 4)."""
    rows = streamed_in_runs(log, selection, ROWS, batch=100_000)
    count = 0
    with whole(path) as draft, pa.parquet.ParquetWriter(draft, rows.schema, compression="zstd") as writer:
        for batch in rows:
            writer.write_batch(batch)
            count += batch.num_rows
    return {"events": count}


def _plain() -> Step:
    """The rows as text that no spreadsheet runs."""
    columns = {name: name for name in _ORDER}
    for name in _TEXTS:
        runs = f"list_contains($formula, substr({name}, 1, 1))"
        harmless = f"regexp_matches({name}, $harmless)"
        columns[name] = f"CASE WHEN NOT {runs} OR {harmless} THEN {name} ELSE '''' || {name} END"
    for name in ("occurred_at", "recorded_at"):
        columns[name] = f"strftime(local_time({name}, 'UTC'), $moment)"
    listed = ", ".join(f"{expression} AS {name}" for name, expression in columns.items())
    return Step("plain", f"SELECT {listed} FROM rows_out", "Cells that a spreadsheet takes for what they are.")
