"""Data contracts: an interaction that breaks its kind's JSON Schema is kept in quarantine, with the reason."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import Shaped
from vincle.flow.append.handful import Handful
from vincle.flow.append.schema import Contract
from vincle.flow.models import Batch, Kind, Quarantined, Source
from vincle.kernel.clock import from_micros
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
    _hold(broken.values(), source=source, batch=batch, now=now)
    return _without(chunk, pa.array(broken, pa.int64())), len(broken)


def keep_handful_to_contract(
    handful: Handful, *, source: Source, batch: Batch | None, now: datetime
) -> tuple[Handful, int]:
    """The handful without the interactions that break their contract, and how many those were."""
    judges = _judges({row.kind for row in handful.rows})
    broken: dict[int, Broken] = {}
    for place, each in enumerate(handful.rows):
        if each.kind in judges:
            payload = as_payload(each._asdict() | {"occurred_at": from_micros(each.occurred_at)})
            _judge(broken, place, payload, judges[each.kind])
    if not broken:
        return handful, 0
    others: list[tuple[int, str, dict[str, Any]]] = [
        *((row, "links", {"namespace": space, "identity": value}) for row, space, value in handful.links),
        *((row, "observations", {"name": name, "value": value}) for row, name, value in handful.observations),
        *((row, "objects", thing._asdict()) for row, thing in handful.things),
    ]
    for row, name, other in others:
        if row in broken:
            broken[row].payload.setdefault(name, []).append(other)
    _hold(broken.values(), source=source, batch=batch, now=now)
    return handful.without(broken), len(broken)


def breaking(chunk: Shaped) -> dict[int, Broken]:
    """What of the chunk breaks its kind's contract, by row.

    Only kinds that have a contract are looked at row by row; the rest of the chunk passes as it is.
    """
    kinds = chunk.interactions.column("kind")
    judges = _judges(pc.unique(kinds).to_pylist())
    if not judges:
        return {}
    broken: dict[int, Broken] = {}
    checked = chunk.interactions.filter(pc.is_in(kinds, value_set=pa.array(judges, pa.string())))
    for row in checked.to_pylist():
        _judge(broken, row["row"], as_payload(row), judges[row["kind"]])
    return broken


def _judges(kinds: Collection[str]) -> dict[str, Contract]:
    """The contracts that those kinds have."""
    found = Kind.objects.filter(name__in=kinds, contract__isnull=False).values_list("name", "contract")
    return {name: Contract(schema) for name, schema in found}


def _judge(broken: dict[int, Broken], row: int, payload: dict[str, Any], contract: Contract) -> None:
    breaches = contract.breaches(payload)
    if breaches:
        broken[row] = Broken(payload, "; ".join(map(str, breaches)))


def _hold(broken: Iterable[Broken], *, source: Source, batch: Batch | None, now: datetime) -> None:
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
            for each in broken
        ],
        ignore_conflicts=True,
    )


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
