"""The first rows of a file as they would read on a person's page."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa

from vincle.engine.shaped import Shaped
from vincle.flow.catalogue import describe
from vincle.flow.models import Kind
from vincle.kernel.money import from_scaled

_LONGEST = 160


@dataclass(frozen=True, slots=True)
class Told:
    """A thing, or something known of the person: what it is called, and what it says."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it would enter."""

    line: int
    at: datetime
    kind: Kind
    is_new_kind: bool
    who: str
    namespace: str
    also: list[Told]
    place: str
    channel: str
    staff: str
    amount: Decimal | None
    currency: str
    score: float | None
    text: str
    things: list[Told]
    attributes: list[Told]
    properties: list[Told]

    @property
    def named(self) -> set[tuple[str, str]]:
        """The identities it names."""
        return {(self.namespace, self.who), *((each.name, each.value) for each in self.also)}

    @property
    def cells(self) -> list[str]:
        """Everything it says."""
        told = (*self.also, *self.things, *self.attributes, *self.properties)
        return [self.who, self.staff, self.text, *(each.value for each in told)]


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that would not enter, and why."""

    line: int
    reason: str
    cells: list[str]


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """One row that may not be shown to whoever looks."""

    line: int

    @property
    def is_hidden(self) -> bool:
        return True


def read(shaped: Shaped) -> list[ReadRow | RefusedRow]:
    """The rows of a (small) chunk, in the order of the file."""
    kinds = {kind.name: kind for kind in Kind.objects.filter(name__in=shaped.interactions.column("kind").to_pylist())}
    links, seen, things = _by_row(shaped.links), _by_row(shaped.observations), _by_row(shaped.objects)
    rows: list[ReadRow | RefusedRow] = [
        _read(row, kinds, links.get(row["row"], []), seen.get(row["row"], []), things.get(row["row"], []))
        for row in shaped.interactions.to_pylist()
    ]
    rows += [RefusedRow(row["row"], row["reason"], json.loads(row["raw"])) for row in shaped.rejects.to_pylist()]
    return sorted(rows, key=lambda row: row.line)


def _read(
    row: dict[str, Any],
    kinds: dict[str, Kind],
    links: list[dict[str, Any]],
    seen: list[dict[str, Any]],
    things: list[dict[str, Any]],
) -> ReadRow:
    known = kinds.get(row["kind"])
    return ReadRow(
        line=row["row"],
        at=row["occurred_at"],
        kind=known or describe(row["kind"], row["kind_label"] or ""),
        is_new_kind=known is None,
        who=row["identity"],
        namespace=row["namespace"],
        also=[Told(link["namespace"], link["identity"]) for link in links],
        place=row["place"] or "",
        channel=row["channel"] or "",
        staff=row["staff"] or "",
        amount=None if row["amount"] is None else from_scaled(row["amount"]),
        currency=row["currency"] or "",
        score=row["score"],
        text=_short(row["text"] or ""),
        things=[Told(thing["type"], _short(thing["label"] or thing["key"], 32)) for thing in things[:6]],
        attributes=[Told(each["name"], _short(each["value"], 32)) for each in seen[:6]],
        properties=[Told(name, _short(_plain(value))) for name, value in _properties(row)[:6]],
    )


def _properties(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return list(json.loads(row["properties"]).items()) if row["properties"] else []


def _by_row(table: pa.Table) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    for each in table.to_pylist():
        found.setdefault(each["row"], []).append(each)
    return found


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
