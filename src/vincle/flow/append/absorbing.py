"""A handful into the log, in one transaction: everything of it, once, or nothing."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

from django.db import connection, transaction

from vincle.flow.append import numbers, turnstile
from vincle.flow.append.absorbed import Absorbed
from vincle.flow.append.contracts import keep_handful_to_contract
from vincle.flow.append.given import INSTANT, given
from vincle.flow.append.handful import Handful
from vincle.flow.append.linking import join_linked
from vincle.flow.append.naming import Names, names_of
from vincle.flow.append.observe import observe_handful
from vincle.flow.append.stage import Stage
from vincle.flow.append.summarise import summarise_handful
from vincle.flow.fields import InstantField
from vincle.flow.models import Batch, Chunk, Source

N = TypeVar("N", int, float)

_LOG = {  # its columns, and their types as PostgreSQL is given them
    "id": "bigint",
    "uid": "uuid",
    "message_id": "text",
    "occurred_at": INSTANT,
    "kind_id": "bigint",
    "touchpoint_id": "bigint",
    "identity_id": "bigint",
    "staff_id": "bigint",
    "amount": "bigint",
    "currency": "text",
    "score": "double precision",
    "text": "text",
    "properties": "text",
}


def absorb(handful: Handful, *, source: Source, now: datetime, batch: Batch | None = None) -> Absorbed:
    """Put a handful into the log, and bring the sums of its people up to date. Saying the same `message_id` again,
    ever, adds nothing. With a `batch` it leaves again when that is taken back."""
    if not handful.rows:
        return Absorbed()
    with Stage() as stage, transaction.atomic():
        turnstile.entering()
        kept, held = keep_handful_to_contract(handful, source=source, batch=batch, now=now)
        if not kept.rows:
            return Absorbed(held=held)
        names = names_of(kept, source_id=source.pk)
        who = [names.identities[row.namespace, row.identity] for row in kept.rows]
        first = numbers.take("flow_interaction", len(kept.rows))
        new = _insert(kept, names, who, first=first, source=source, now=now, batch=batch)
        if kept.things:
            _insert_things(kept, names, first=first, new=new)
        if kept.observations:
            observe_handful(
                kept,
                who,
                first=first,
                source=source,
                batch=batch,
                stage=stage,
                all_new=len(new) == len(kept.rows),
            )
        if kept.links:
            join_linked(kept, who, names, source=source, batch=batch, now=now, stage=stage)
        if new:
            summarise_handful([(kept.rows[place], who[place]) for place in new], stage=stage)
        if batch is not None and new:
            last = first + len(kept.rows) - 1
            Chunk.objects.create(batch=batch, first_id=first, last_id=last, rows=len(new), summarised=True)
        return Absorbed(new=len(new), known=len(kept.rows) - len(new), held=held)


def _insert(
    handful: Handful,
    names: Names,
    who: Sequence[int],
    *,
    first: int,
    source: Source,
    now: datetime,
    batch: Batch | None,
) -> Sequence[int]:
    """Write the rows under the numbers from `first` on; returns the places of those that were not in the log yet."""
    rows = [
        (
            first + place,
            uid,
            row.message_id,
            row.occurred_at,
            names.kinds[row.kind],
            names.touchpoint(row),
            identity,
            names.colleagues[row.staff] if row.staff is not None else None,
            row.amount,
            row.currency,
            row.score,
            row.text,
            row.properties,
        )
        for place, (row, identity, uid) in enumerate(
            zip(handful.rows, who, numbers.uids_as_stored(len(handful.rows)), strict=True)
        )
    ]
    columns = ", ".join(_LOG)
    given_columns = columns if connection.vendor == "sqlite" else columns.replace("properties", "properties::jsonb")
    same = [source.pk, InstantField().get_db_prep_value(now, connection), batch.pk if batch else None]
    written = 0
    with connection.cursor() as cursor:
        for some, values in given(rows, **_LOG):
            cursor.execute(
                f"INSERT INTO flow_interaction (source_id, recorded_at, batch_id, {columns}) "
                f"SELECT %s, %s, %s, {given_columns} FROM {some} s WHERE true "
                "ON CONFLICT (source_id, message_id) DO NOTHING",
                [*same, *values],
            )
            written += cursor.rowcount
        if written == len(rows):
            return range(len(rows))
        cursor.execute(
            "SELECT id FROM flow_interaction WHERE id BETWEEN %s AND %s ORDER BY id", [first, first + len(rows) - 1]
        )
        return [number - first for (number,) in cursor.fetchall()]


def _insert_things(handful: Handful, names: Names, *, first: int, new: Sequence[int]) -> None:
    """Write what the new rows are about; of those that were known already, the things are known too."""
    entered = set(new)
    sums: dict[tuple[int, int, str], tuple[float | None, int | None]] = {}
    for place, thing in handful.things:
        if place in entered:
            part = first + place, names.things[thing.type, thing.key], thing.qualifier
            quantity, amount = sums.get(part, (None, None))
            sums[part] = _sum(quantity, thing.quantity), _sum(amount, thing.amount)
    rows = [(*part, *sums[part]) for part in sorted(sums)]
    types = {"interaction": "bigint", "thing": "bigint", "qualifier": "text"}
    with connection.cursor() as cursor:
        for some, values in given(rows, **types, quantity="double precision", amount="bigint"):
            cursor.execute(
                "INSERT INTO flow_interactionthing (interaction_id, thing_id, qualifier, quantity, amount) "
                f"SELECT interaction, thing, qualifier, quantity, amount FROM {some} s",
                values,
            )


def _sum(one: N | None, other: N | None) -> N | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other
