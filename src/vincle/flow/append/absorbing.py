"""One chunk into the log, in one transaction: everything of it, once, or nothing."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa
from django.db import connection, transaction
from psycopg.errors import UniqueViolation

from vincle.engine.shaped import MOMENT, Shaped
from vincle.flow.append import numbers
from vincle.flow.append.contracts import keep_to_contract
from vincle.flow.append.copying import copy
from vincle.flow.append.links import join_linked
from vincle.flow.append.observe import observe
from vincle.flow.append.resolve import Resolver, for_one_chunk
from vincle.flow.append.stage import MANY, Stage
from vincle.flow.append.summarise import summarise_staged
from vincle.flow.fields import InstantField
from vincle.flow.models import Batch, Chunk, Source

_COLUMNS = (
    "id, uid, message_id, occurred_at, kind_id, touchpoint_id, identity_id, staff_id, amount, currency, score, text, "
    "properties"
)


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What became of a chunk's interactions: `new` entered, `known` were in the log already, `held` broke their
    kind's contract and wait in quarantine."""

    new: int = 0
    known: int = 0
    held: int = 0

    def __add__(self, other: "Absorbed") -> "Absorbed":
        return Absorbed(self.new + other.new, self.known + other.known, self.held + other.held)


def absorb(
    chunk: Shaped,
    *,
    source: Source,
    now: datetime,
    batch: Batch | None = None,
    resolver: Resolver | None = None,
) -> Absorbed:
    """Put a chunk into the log. Saying the same `message_id` again, ever, adds nothing.

    With a `batch` the people's summaries follow when the batch ends (`summarise_batch`); without one they are
    brought up to date at once. Give the same `resolver` to all chunks of one import.
    """
    with (
        nullcontext(resolver) if resolver else for_one_chunk() as finder,
        Stage() as stage,
        transaction.atomic(),
    ):
        kept, held = keep_to_contract(chunk, source=source, batch=batch, now=now)
        if not kept.interactions.num_rows:
            return Absorbed(held=held)
        return _absorb(kept, held, source=source, now=now, batch=batch, resolver=finder, stage=stage)


def _absorb(
    chunk: Shaped,
    held: int,
    *,
    source: Source,
    now: datetime,
    batch: Batch | None,
    resolver: Resolver,
    stage: Stage,
) -> Absorbed:
    rows = resolver.resolve(chunk, source_id=source.pk, stage=stage)
    rows = rows.append_column("id", numbers.take("flow_interaction", rows.num_rows))
    rows = rows.append_column("uid", numbers.uids(rows.num_rows))
    if batch is not None and _all_new(rows, source=source, now=now, batch=batch, resolver=resolver):
        new = rows.num_rows
    else:
        staged = stage.put(rows.drop_columns(["row"]))
        new = _insert(staged, source=source, now=now, batch=batch)
        resolver.all_new = new == rows.num_rows
    if chunk.objects.num_rows:
        _insert_things(chunk.objects, rows, resolver=resolver, stage=stage, all_new=new == rows.num_rows)
    if chunk.observations.num_rows:
        observe(chunk.observations, rows, source=source, batch=batch, resolver=resolver, stage=stage)
    if chunk.links.num_rows:
        join_linked(chunk.links, rows, source=source, batch=batch, now=now, resolver=resolver, stage=stage)
    if batch is None:
        summarise_staged(staged, stage=stage)
    elif new:
        ids = rows.column("id")
        Chunk.objects.create(batch=batch, first_id=ids[0].as_py(), last_id=ids[-1].as_py(), rows=new)
        if new == rows.num_rows:
            resolver.count(rows)
    return Absorbed(new=new, known=rows.num_rows - new, held=held)


def _all_new(rows: pa.Table, *, source: Source, now: datetime, batch: Batch, resolver: Resolver) -> bool:
    """Put the rows straight into the log on PostgreSQL, unless one of them is there already: then none enters.

    Asking the index about each row, which an import of something new need not, costs as much as entering it. Once
    something was known the next chunk does not try.
    """
    if connection.vendor != "postgresql" or not resolver.all_new or rows.num_rows < MANY:
        return False
    same = {"source_id": source.pk, "batch_id": batch.pk, "recorded_at": now}
    whole = rows.drop_columns(["row"])
    for name, value in same.items():
        whole = whole.append_column(
            name, pa.repeat(pa.scalar(value, MOMENT if name == "recorded_at" else pa.int64()), rows.num_rows)
        )
    try:
        with transaction.atomic():
            copy(whole, into="flow_interaction", json=frozenset({"properties"}))
    except UniqueViolation:
        return False
    return True


def _insert(staged: str, *, source: Source, now: datetime, batch: Batch | None) -> int:
    values = _COLUMNS
    if connection.vendor == "postgresql":
        values = values.replace("uid", "encode(uid, 'hex')::uuid").replace("properties", "properties::jsonb")
    recorded_at = InstantField().get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO flow_interaction ({_COLUMNS}, source_id, recorded_at, batch_id) "
            f"SELECT {values}, %s, %s, %s FROM {staged} WHERE true ON CONFLICT (source_id, message_id) DO NOTHING",
            [source.pk, recorded_at, batch.pk if batch else None],
        )
        return int(cursor.rowcount)


def _insert_things(objects: pa.Table, rows: pa.Table, *, resolver: Resolver, stage: Stage, all_new: bool) -> None:
    duck = resolver.duck
    duck.register("objects", objects)
    duck.register("numbered", rows.select(["row", "id"]))
    pairs = duck.sql(
        "SELECT n.id AS interaction_id, t.id AS thing_id, o.qualifier, sum(o.quantity) AS quantity, "
        "sum(o.amount)::BIGINT AS amount FROM objects o JOIN numbered n USING (row) "
        "JOIN thing t ON t.type = o.type AND t.key = o.key GROUP BY ALL ORDER BY ALL"
    ).to_arrow_table()
    staged = stage.put(pairs)
    # Of interactions that were known already, the things are known too.
    only_new = "" if all_new else "WHERE EXISTS (SELECT 1 FROM flow_interaction i WHERE i.id = s.interaction_id)"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_interactionthing (interaction_id, thing_id, qualifier, quantity, amount) "
            f"SELECT interaction_id, thing_id, qualifier, quantity, amount FROM {staged} s {only_new}"
        )
