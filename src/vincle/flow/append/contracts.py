"""Data contracts: an interaction that breaks its kind's JSON Schema is kept in quarantine, with the reason."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import Shaped
from vincle.flow.append.schema import Contract
from vincle.flow.models import Batch, Kind, Quarantined, Source
from vincle.kernel.money import SCALE

_SHARED = ("message_id", "kind", "kind_label", "channel", "place", "namespace", "identity", "staff")


@dataclass(frozen=True, slots=True)
class Broken:
    """An interaction that breaks its kind's contract, as quarantine keeps it, and why."""

    payload: dict[str, Any]
    reason: str


def keep_to_contract(chunk: Shaped, *, source: Source, batch: Batch | None, now: datetime) -> tuple[Shaped, int]:
    """The chunk without the interactions that break their contract, and how many those were."""
    broken = breaking(chunk)
    if not broken:
        return chunk, 0
    attach_others(chunk, {row: each.payload for row, each in broken.items()})
    Quarantined.objects.bulk_create(
        [
            Quarantined(
                source=source,
                batch=batch,
                message_id=each.payload["message_id"],
                kind=each.payload["kind"],
                payload=each.payload,
                reason=each.reason,
                recorded_at=now,
            )
            for each in broken.values()
        ],
        ignore_conflicts=True,
    )
    return _without(chunk, pa.array(broken, pa.int64())), len(broken)


def breaking(chunk: Shaped) -> dict[int, Broken]:
    """What of the chunk breaks its kind's contract, by row.

    Only kinds that have a contract are looked at row by row; the rest of the chunk passes as it is.
    """
    contracts = dict(Kind.objects.exclude(contract__isnull=True).values_list("name", "contract"))
    kinds = chunk.interactions.column("kind")
    present = [name for name in pc.unique(kinds).to_pylist() if name in contracts]
    if not present:
        return {}
    broken: dict[int, Broken] = {}
    checked = chunk.interactions.filter(pc.is_in(kinds, value_set=pa.array(present, pa.string())))
    judges = {name: Contract(contracts[name]) for name in present}
    for row in checked.to_pylist():
        payload = as_payload(row)
        breaches = judges[row["kind"]].breaches(payload)
        if breaches:
            broken[row["row"]] = Broken(payload, "; ".join(map(str, breaches)))
    return broken


def as_payload(row: dict[str, Any]) -> dict[str, Any]:
    """An interaction as the contract sees it: only what is there, money in units, properties as an object."""
    event: dict[str, Any] = {name: row[name] for name in _SHARED if row[name] is not None}
    event["occurred_at"] = row["occurred_at"].isoformat()
    if row["amount"] is not None:
        event["amount"] = _units(row["amount"])
        event["currency"] = row["currency"]
    for name in ("score", "text"):
        if row[name] is not None:
            event[name] = row[name]
    event["properties"] = json.loads(row["properties"]) if row["properties"] else {}
    return event


def _units(scaled: int) -> int | float:
    # Whole units stay whole, so that no enormous amount loses its last digits.
    return scaled / SCALE if scaled % SCALE else scaled // SCALE


def attach_others(chunk: Shaped, events: dict[int, dict[str, Any]]) -> None:
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
