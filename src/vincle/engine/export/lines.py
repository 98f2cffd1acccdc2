"""JSON Lines: one object an interaction, what is unknown left out."""

from pathlib import Path

from vincle.engine.export.destination import whole
from vincle.engine.export.selection import ROWS, Selection, streamed_in_runs
from vincle.engine.log import Log
from vincle.engine.steps import Step

_PLAIN = (
    "message_id", "kind", "channel", "place", "person", "namespace", "identity", "staff", "amount", "currency",
    "score", "text", "source", "uid",
)  # fmt: skip


def write_jsonl(log: Log, path: Path, selection: Selection) -> dict[str, int]:
    """UTF-8; instants as ISO 8601 in UTC, `properties` as an object and `objects` as an array."""
    pipeline = ROWS.then(_line(), moment="%Y-%m-%dT%H:%M:%S.%fZ")
    count = 0
    with whole(path) as draft, draft.open("w", encoding="utf-8", newline="\n") as file:
        for batch in streamed_in_runs(log, selection, pipeline):
            file.writelines(f"{line}\n" for line in batch.column("line").to_pylist())
            count += batch.num_rows
    return {"events": count}


def _line() -> Step:
    parts = [_member(name, name) for name in _PLAIN]
    parts += [_member(name, f"strftime(local_time({name}, 'UTC'), $moment)") for name in ("occurred_at", "recorded_at")]
    parts += [_member(name, f"CAST({name} AS JSON)") for name in ("properties", "objects")]
    return Step(
        "lines", f"SELECT '{{' || concat_ws(',', {', '.join(parts)}) || '}}' AS line FROM rows_out", "Rows as JSON."
    )


def _member(name: str, expression: str) -> str:
    """`"name":value`, or NULL, which joining passes over, where the value is unknown."""
    return f"'\"{name}\":' || CAST(to_json({expression}) AS VARCHAR)"
