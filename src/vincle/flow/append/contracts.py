"""Data contracts: an interaction that breaks its kind's JSON Schema is kept in quarantine, with the reason."""

import json
from datetime import datetime
from typing import Any

import jsonschema_rs
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import Shaped
from vincle.flow.models import Batch, Kind, Quarantined, Source

_SHARED = ("message_id", "kind", "kind_label", "channel", "place", "namespace", "identity", "staff")


def keep_to_contract(chunk: Shaped, *, source: Source, batch: Batch | None, now: datetime) -> tuple[Shaped, int]:
    """The chunk without the interactions that break their contract, and how many those were.

    Only kinds that have a contract are looked at row by row; the rest of the chunk passes as it is.
    """
    contracts = dict(Kind.objects.exclude(contract=None).values_list("name", "contract"))
    kinds = chunk.interactions.column("kind")
    present = [name for name in pc.unique(kinds).to_pylist() if name in contracts]
    if not present:
        return chunk, 0
    broken: dict[int, str] = {}
    events: dict[int, dict[str, Any]] = {}
    checked = chunk.interactions.filter(pc.is_in(kinds, value_set=pa.array(present, pa.string())))
    validators = {name: jsonschema_rs.validator_for(contracts[name]) for name in present}
    for row in checked.to_pylist():
        event = as_payload(row)
        reasons = [_sentence(error) for error in validators[row["kind"]].iter_errors(event)]
        if reasons:
            broken[row["row"]] = "; ".join(reasons)
            events[row["row"]] = event
    if not broken:
        return chunk, 0
    _attach_others(chunk, events)
    Quarantined.objects.bulk_create(
        [
            Quarantined(
                source=source,
                batch=batch,
                message_id=event["message_id"],
                kind=event["kind"],
                payload=event,
                reason=broken[row],
                recorded_at=now,
            )
            for row, event in events.items()
        ],
        ignore_conflicts=True,
    )
    return _without(chunk, pa.array(broken, pa.int64())), len(broken)


def as_payload(row: dict[str, Any]) -> dict[str, Any]:
    """An interaction as the contract sees it: only what is there, money in units, properties as an object."""
    event: dict[str, Any] = {name: row[name] for name in _SHARED if row[name] is not None}
    event["occurred_at"] = row["occurred_at"].isoformat()
    if row["amount"] is not None:
        event["amount"] = row["amount"] / 10_000
        event["currency"] = row["currency"]
    for name in ("score", "text"):
        if row[name] is not None:
            event[name] = row[name]
    event["properties"] = json.loads(row["properties"]) if row["properties"] else {}
    return event


def _attach_others(chunk: Shaped, events: dict[int, dict[str, Any]]) -> None:
    """Links, observations and things of a row go with it, so that a replay brings all of it back."""
    rows = pa.array(events, pa.int64())
    for name in ("links", "observations", "objects"):
        table = getattr(chunk, name)
        for other in table.filter(pc.is_in(table.column("row"), value_set=rows)).to_pylist():
            events[other.pop("row")].setdefault(name, []).append(other)


def _without(chunk: Shaped, rows: pa.Array) -> Shaped:
    def rest(table: pa.Table) -> pa.Table:
        return table.filter(pc.invert(pc.is_in(table.column("row"), value_set=rows)))

    return Shaped(
        rest(chunk.interactions),
        rest(chunk.links),
        rest(chunk.observations),
        rest(chunk.objects),
        chunk.rejects,
    )


def _sentence(error: Any) -> str:
    where = ".".join(str(part) for part in error.instance_path)
    return f"{where}: {error.message}" if where else str(error.message)
