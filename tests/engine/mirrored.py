"""A small mirror made of plain rows, as the copy would have written it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from vincle.engine.layout import TABLES
from vincle.engine.published import Current, publish
from vincle.flow.mirror.tables import MirrorTable
from vincle.kernel.home import Home

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)

_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "interactions": {
        "source": "shop", "occurred_at": NOON, "recorded_at": datetime(2025, 1, 1, tzinfo=UTC), "kind": "order.placed",
    },
    "interaction_things": {"qualifier": ""},
    "things": {"source": "shop", "type": "product", "label": ""},
    "identities": {"namespace": "email"},
    "identity_moves": {},
    "people": {},
    "observations": {"source": "shop", "observed_at": NOON, "pinned": False, "name": "name"},
}  # fmt: skip


def days_after(days: float) -> datetime:
    """So many days after noon of 1 March 2024."""
    return NOON + timedelta(days=days)


def arrow(table: str, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of a mirror's table: numbered from one, with plain values for what is not given."""
    full = []
    for number, row in enumerate(rows, start=1):
        made = {"id": number, **_PLAIN[table], **row}
        if table == "interactions":
            made = {"uid": f"uid-{made['id']}", "message_id": f"m{made['id']}", **made}
        if table == "identities":
            made = {"value": f"{made['id']}@example.org", "person_id": made["id"], **made}
        if table == "people":
            made = {"uid": f"person-{made['id']}", **made}
        full.append({name: made.get(name) for name in TABLES[table].names})
    return pa.Table.from_pylist(full, TABLES[table])


def mirror(
    path: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, version: int = 1, restricted: Sequence[int] = ()
) -> Home:
    """A home whose mirror holds these rows (and nothing else), published as `version`."""
    home = Home(path)
    generation = f"g{version}"
    states = {}
    for name in TABLES:
        table = MirrorTable(name, home.mirror / generation / name)
        table.append(arrow(name, tables.get(name, ())).to_batches(), position=1, erasures=0)
        states[name] = table.state()
    moment = NOON.isoformat()
    publish(home.mirror, Current(version, generation, "sqlite", moment, 0, 0, moment, states, restricted))
    return home
