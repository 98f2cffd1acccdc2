"""The chunks of an import into the log, each in one transaction: everything of it, once, or nothing."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

import duckdb
import numpy as np
import pyarrow as pa
from django.db import connection, transaction

from vincle.engine.shaped import MOMENT, Shaped
from vincle.flow.append import numbers, turnstile
from vincle.flow.append.absorbed import Absorbed
from vincle.flow.append.contracts import keep_to_contract
from vincle.flow.append.copying import copy
from vincle.flow.append.linking import join_linked_rows
from vincle.flow.append.observe import observe
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import MANY, Stage, as_file
from vincle.flow.fields import InstantField
from vincle.flow.models import Batch, Chunk, Source

T = TypeVar("T")

_COLUMNS = (
    "uid, message_id, occurred_at, kind_id, touchpoint_id, identity_id, staff_id, amount, currency, score, text, "
    "properties"
)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A chunk whose names are numbers. `file` holds its rows where SQLite will read them from."""

    chunk: Shaped
    rows: pa.Table
    file: Path | None = None


@dataclass(frozen=True, slots=True)
class _Underway(Generic[T]):
    """A chunk that is named, with what came with it; `ready` is None when all of it is held. `departures` is what
    `turnstile.entering` said then."""

    chunk: Shaped
    with_it: T
    held: int
    departures: int
    ready: Future[_Ready] | None


def absorb_each(
    chunks: Iterable[tuple[Shaped, T]],
    *,
    source: Source,
    batch: Batch,
    clock: Callable[[], datetime],
    resolver: Resolver,
) -> Iterator[tuple[Shaped, T, Absorbed]]:
    """Put the chunks of a batch into the log one after the other; each comes back, with what came with it, when it is
    in. While one enters, the next is made ready on another core.

    The names of a chunk are kept in a transaction before its own: should it never enter, they are names that nothing
    speaks of, which no page shows and taking the batch back removes.
    """
    importing = _Importing(source, batch, clock, resolver)
    underway: deque[_Underway[T]] = deque()
    with ThreadPoolExecutor(1, "vincle-ready") as pool:
        try:
            for chunk, with_it in chunks:
                underway.append(importing.named(chunk, with_it, pool))
                if len(underway) > 1:
                    yield importing.entered(underway[0])
                    underway.popleft()
            for each in underway:
                yield importing.entered(each)
        finally:
            for each in underway:
                _discard(each.ready)


@dataclass(frozen=True, slots=True)
class _Importing:
    source: Source
    batch: Batch
    clock: Callable[[], datetime]
    resolver: Resolver

    def named(self, chunk: Shaped, with_it: T, pool: ThreadPoolExecutor) -> _Underway[T]:
        """Find or make what the chunk names, hold what breaks its contract, and begin to make the rest ready."""
        with Stage() as stage, transaction.atomic():
            departures = turnstile.entering()
            self.resolver.trust(departures)
            kept, held = keep_to_contract(chunk, source=self.source, batch=self.batch, now=self.clock())
            rows = kept.interactions.num_rows
            if rows:
                self.resolver.find(kept, source_id=self.source.pk, stage=stage)
        on_file = connection.vendor == "sqlite" and not connection.in_atomic_block and rows >= MANY
        ready = pool.submit(_make_ready, kept, self.resolver, self.resolver.duck.cursor(), on_file) if rows else None
        return _Underway(chunk, with_it, held, departures, ready)

    def entered(self, this: _Underway[T]) -> tuple[Shaped, T, Absorbed]:
        """Let a named chunk in."""
        if this.ready is None:
            return this.chunk, this.with_it, Absorbed(held=this.held)
        ready = this.ready.result()
        with Stage() as stage, transaction.atomic():
            departures = turnstile.entering()
            if departures != this.departures:  # somebody it names may have left since
                self.resolver.trust(departures)
                self.resolver.find(ready.chunk, source_id=self.source.pk, stage=stage)
                ready = _Ready(ready.chunk, self.resolver.rows(ready.chunk))
            absorbed = _enter(
                ready,
                this.held,
                source=self.source,
                now=self.clock(),
                batch=self.batch,
                resolver=self.resolver,
                stage=stage,
            )
        return this.chunk, this.with_it, absorbed


def _make_ready(chunk: Shaped, resolver: Resolver, duck: duckdb.DuckDBPyConnection, on_file: bool) -> _Ready:
    with duck:
        rows = resolver.rows(chunk, duck)
    return _Ready(chunk, rows, as_file(rows.drop_columns(["row"])) if on_file else None)


def _discard(ready: Future[_Ready] | None) -> None:
    """Remove the file of a chunk that did not enter; what kept it from entering is told by whoever stopped."""
    if ready is not None and ready.exception() is None:
        file = ready.result().file
        if file is not None:
            file.unlink(missing_ok=True)


def _enter(
    ready: _Ready,
    held: int,
    *,
    source: Source,
    now: datetime,
    batch: Batch,
    resolver: Resolver,
    stage: Stage,
) -> Absorbed:
    chunk, count = ready.chunk, ready.rows.num_rows
    first = numbers.take("flow_interaction", count)
    rows = ready.rows.append_column("id", pa.array(np.arange(first, first + count, dtype=np.int64)))
    if _all_new(rows, source=source, now=now, batch=batch, resolver=resolver):
        new = count
    else:
        staged = stage.attach(ready.file) if ready.file else stage.put(ready.rows.drop_columns(["row"]))
        new = _insert(staged, first=first, source=source, now=now, batch=batch)
        resolver.all_new = new == count
    if chunk.objects.num_rows:
        _insert_things(chunk.objects, rows, resolver=resolver, stage=stage, all_new=new == count)
    if chunk.observations.num_rows:
        observe(
            chunk.observations,
            rows,
            source=source,
            batch=batch,
            resolver=resolver,
            stage=stage,
            all_new=new == count,
        )
    if chunk.links.num_rows:
        join_linked_rows(chunk.links, rows, source=source, batch=batch, now=now, resolver=resolver, stage=stage)
    if new:
        Chunk.objects.create(batch=batch, first_id=first, last_id=first + count - 1, rows=new)
        if new == count:
            resolver.count(rows)
    return Absorbed(new=new, known=count - new, held=held)


def _all_new(rows: pa.Table, *, source: Source, now: datetime, batch: Batch, resolver: Resolver) -> bool:
    """Put the rows straight into the log on PostgreSQL, unless one of them is there already: then none enters.

    Asking the index about each row, which an import of something new need not, costs as much as entering it. Once
    something was known the next chunk does not try.
    """
    from psycopg.errors import UniqueViolation

    if connection.vendor != "postgresql" or not resolver.all_new or rows.num_rows < MANY:
        return False
    same = {
        "source_id": pa.scalar(source.pk, pa.int64()),
        "batch_id": pa.scalar(batch.pk, pa.int64()),
        "recorded_at": pa.scalar(now, MOMENT),
    }
    whole = rows.drop_columns(["place", "row"])
    for name, value in same.items():
        whole = whole.append_column(name, pa.repeat(value, rows.num_rows))
    try:
        with transaction.atomic():
            copy(whole, into="flow_interaction", json=frozenset({"properties"}))
    except UniqueViolation:
        return False
    return True


def _insert(staged: str, *, first: int, source: Source, now: datetime, batch: Batch) -> int:
    values = _COLUMNS
    if connection.vendor == "postgresql":
        values = values.replace("uid", "encode(uid, 'hex')::uuid").replace("properties", "properties::jsonb")
    recorded_at = InstantField().get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO flow_interaction (id, {_COLUMNS}, source_id, recorded_at, batch_id) "
            f"SELECT %s + place, {values}, %s, %s, %s FROM {staged} WHERE true "
            "ON CONFLICT (source_id, message_id) DO NOTHING",
            [first, source.pk, recorded_at, batch.pk],
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
