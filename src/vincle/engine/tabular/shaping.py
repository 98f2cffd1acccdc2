"""From raw rows to the five tables in which everything enters the log."""

import os
from collections import deque
from collections.abc import Iterator
from collections.abc import Mapping as Dict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import INTERACTIONS, LINKS, MOMENT, OBJECTS, OBSERVATIONS, REJECTS, Shaped
from vincle.engine.tabular import contents, object_lists, roles, who
from vincle.engine.tabular.limits import LONGEST_KEY, MAX_FIELD, human
from vincle.engine.tabular.mapping import Mapping
from vincle.engine.tabular.message_ids import content_ids
from vincle.engine.tabular.people import naming
from vincle.engine.tabular.people.owners import Owners
from vincle.engine.tabular.problems import Problems
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.repeats import Repeats
from vincle.engine.tabular.roles import AmountReader, Cells, WhatReader, WhenReader
from vincle.engine.tabular.things import Things
from vincle.engine.tabular.who import Persons
from vincle.engine.tabular.workbench import Workbench

# Chunks that are read side by side. Each holds its rows in memory, so a few are enough.
_WORKERS = max(1, min(4, os.cpu_count() or 1))
_NONE = pa.scalar(None, pa.string())
_SEEN = "seen "  # before the name of an attribute


def shape(
    reader: Reader, mapping: Mapping, *, chunk_rows: int = 100_000, known: Dict[str, str] | None = None
) -> Iterator[Shaped]:
    """Shape a file by a mapping, about `chunk_rows` rows at a time; how it is cut changes nothing in the result.

    `known` adds words of the catalogue (as written -> kind) to the well-known ones. Every row of the file is in
    `interactions` or in `rejects` of one chunk, never in both. Raises `BadInput` when the mapping does not fit the file
    or the file cannot be read any further.
    """
    mapping.check(reader.columns)
    with Workbench() as bench, ThreadPoolExecutor(_WORKERS, "vincle-shape") as pool:
        shaper = _Shaper(bench, mapping, known or {})
        shaper.learn(reader, chunk_rows)
        underway: deque[Future[_Read]] = deque()
        for raw in reader.chunks(chunk_rows):
            underway.append(pool.submit(shaper.read, raw))
            if len(underway) > _WORKERS:
                yield shaper.shaped(underway.popleft().result())
        while underway:
            yield shaper.shaped(underway.popleft().result())


@dataclass(frozen=True, slots=True)
class _Read:
    """A chunk as far as it can be read without knowing the chunks before it.

    `wide` is all that was read, in columns beside each other; `cells` the same rows as they stand in the file.
    """

    wide: pa.Table
    cells: pa.Table
    persons: Persons
    listed: pa.Table
    rejects: pa.Table


class _Shaper:
    """Reads chunks side by side (`read`), and finishes them one after the other (`shaped`)."""

    def __init__(self, bench: Workbench, mapping: Mapping, known: Dict[str, str]) -> None:
        self._bench = bench
        self._mapping = mapping
        self._when = WhenReader(bench, mapping.when, mapping.timezone)
        self._what = WhatReader(mapping.what, mapping.source, known)
        self._amount = AmountReader(bench, mapping.amount) if mapping.amount else None
        self._things = Things(bench, mapping)
        self._repeats = Repeats(bench, "contents")
        self._used = Repeats(bench, "ids")
        self._taken = _taken(mapping)
        self._owners = Owners(bench, mapping) if mapping.rows == "people" else None

    def learn(self, reader: Reader, rows: int) -> None:
        """Look through the file first where what a row means depends on the others."""
        if self._owners is not None:
            self._owners.learn(reader, rows)

    def read(self, raw: Raw) -> _Read:
        """What the cells of a chunk say; rows that cannot enter are apart."""
        rows, table = raw.table.column("row").combine_chunks(), raw.table.drop_columns(["row"]).combine_chunks()
        cells, problems = Cells(table), Problems(table.num_rows)
        _refuse_heavy(table, problems)
        persons = self._persons(cells, problems)
        listed = self._listed(rows, cells, problems)
        wide = pa.table(
            {
                "row": rows,
                "namespace": persons.namespace,
                "identity": persons.identity,
                "given": self._given(cells, problems),
                **self._said(cells, problems),
                **{f"link {place}": values for place, (_, values) in enumerate(persons.links)},
                **{f"unusable {column}": values for column, values in persons.unusable},
                **{f"{_SEEN}{name}": values for name, values in self._observed(cells).items()},
                **self._things.read(cells, problems),
            }
        )
        wide, table, rejects = self._without(wide, table, problems.reasons())
        kept = [name for name in table.column_names if name not in self._taken]
        extra = {column: wide.column(f"unusable {column}") for column, _ in persons.unusable}
        nameless = self._mapping.message_id is None or wide.column("given").null_count > 0
        properties, fingerprints = contents.read(self._bench, table, kept, extra, fingerprinted=nameless)
        wide = wide.append_column("properties", properties).append_column("content", fingerprints)
        return _Read(wide, table, persons, listed, pa.concat_tables([raw.rejects, rejects]))

    def shaped(self, read: _Read) -> Shaped:
        """The five tables of a chunk that follows the ones finished before."""
        wide, rejects = self._identified(read)
        objects = self._things.table(wide)
        if read.listed.num_rows:
            there = pc.is_in(read.listed.column("row"), wide.column("row").combine_chunks())
            objects = pa.concat_tables([objects, read.listed.filter(there)])
        return Shaped(_cut(wide), _links(wide, read.persons), self._observations(wide), objects, rejects.sort_by("row"))

    def _persons(self, cells: Cells, problems: Problems) -> Persons:
        if self._owners is not None:
            return self._owners.read(cells, problems)
        whos = self._mapping.who
        return who.read(self._mapping, whos, [cells[one.column] for one in whos], problems)

    def _observed(self, cells: Cells) -> dict[str, pa.Array]:
        """What the rows say of their people: name of the attribute -> cells."""
        if self._owners is not None:
            return naming.observed(cells, self._mapping.attributes)
        return {name: cells[column] for name, column in self._mapping.attributes.items()}

    def _given(self, cells: Cells, problems: Problems) -> pa.Array:
        """The ids that the file itself gives its rows."""
        column = self._mapping.message_id
        if column is not None:
            problems.longer(column, cells[column], LONGEST_KEY)
        return cells.optional(column)

    def _listed(self, rows: pa.Array, cells: Cells, problems: Problems) -> pa.Table:
        """The objects that a column of JSON names."""
        column = self._mapping.objects_column
        if column is None:
            return OBJECTS.empty_table()
        listed, wrong = object_lists.unfold(self._bench, rows, cells[column])
        problems.cells(column, cells[column], wrong)
        return listed

    def _said(self, cells: Cells, problems: Problems) -> dict[str, pa.Array]:
        """Everything about the interaction itself."""
        mapping, where = self._mapping, self._mapping.where
        kind, label = self._what.read(cells, problems)
        amount, currency = pa.nulls(cells.count, pa.int64()), cells.nothing()
        if self._amount is not None:
            amount, currency = self._amount.read(cells, problems)
            kind, label = self._what.returned(kind, label, amount)
        return {
            "occurred_at": self._when.read(cells, problems),
            "kind": kind,
            "kind_label": label,
            "channel": roles.channel(where.channel, where.channel_column, cells),
            "place": roles.named(where.place, where.place_column, cells, problems),
            "staff": roles.named(None, mapping.staff, cells, problems),
            "amount": amount,
            "currency": currency,
            "score": roles.score(self._bench, mapping, cells, problems),
            "text": cells.optional(mapping.text),
        }

    def _without(
        self, wide: pa.Table, table: pa.Table, reasons: pa.Array | None
    ) -> tuple[pa.Table, pa.Table, pa.Table]:
        """The rows without those that have a reason, and these as rejects."""
        if reasons is None:
            return wide, table, REJECTS.empty_table()
        refused, fine = reasons.is_valid(), reasons.is_null()
        out = table.filter(refused)
        columns = [wide.column("row").filter(refused), reasons.drop_null(), contents.as_read(self._bench, out)]
        return wide.filter(fine), table.filter(fine), pa.table(columns, schema=REJECTS)

    def _identified(self, read: _Read) -> tuple[pa.Table, pa.Table]:
        """The rows with their message ids, and all rejects; rows that use an id a second time are among these."""
        wide, rejects = read.wide, read.rejects
        if self._mapping.message_id is not None:
            wide, _, repeated = self._without(wide, read.cells, self._used_twice(wide.column("given").combine_chunks()))
            rejects = pa.concat_tables([rejects, repeated])
        ids = wide.column("given").combine_chunks()
        if ids.null_count:
            ids = pc.coalesce(ids, self._content_ids(wide))
        return wide.append_column("message_id", ids), rejects

    def _content_ids(self, wide: pa.Table) -> pa.Array:
        moments = wide.column("occurred_at").to_numpy()
        if self._mapping.when.column is None or self._mapping.rows == "people":
            # A date that the row does not say is no part of what it is, and in a list of people some rows may say none.
            moments = np.zeros(len(moments), np.int64)
        fingerprints = np.ascontiguousarray(wide.column("content").to_numpy())
        return content_ids(moments, fingerprints, self._repeats.number(fingerprints))

    def _used_twice(self, given: pa.Array) -> pa.Array | None:
        """A reason for each row whose id an earlier row of the file has."""
        here = given.is_valid().to_numpy(zero_copy_only=False)
        numbers = np.ones(len(given), np.int64)
        numbers[here] = self._used.number(contents.hashes(self._bench, given.drop_null()))
        if not (numbers > 1).any():
            return None
        told = pc.binary_join_element_wise(
            "“", given, f"” in “{self._mapping.message_id}” is the id of an earlier row of this file already", ""
        )
        return pc.if_else(pa.array(numbers > 1), told, _NONE)

    @staticmethod
    def _observations(wide: pa.Table) -> pa.Table:
        tables = [OBSERVATIONS.empty_table()]
        for column in wide.column_names:
            if not column.startswith(_SEEN):
                continue
            name = column.removeprefix(_SEEN)
            there = wide.select(["row", column]).drop_null()
            names = pa.repeat(pa.scalar(name), there.num_rows)
            tables.append(pa.table([there.column(0), names, there.column(1)], schema=OBSERVATIONS))
        return pa.concat_tables(tables)


def _links(wide: pa.Table, persons: Persons) -> pa.Table:
    tables = [LINKS.empty_table()]
    for place, (namespace, _) in enumerate(persons.links):
        there = wide.select(["row", f"link {place}"]).drop_null()
        names = pa.repeat(pa.scalar(namespace), there.num_rows)
        tables.append(pa.table([there.column(0), names, there.column(1)], schema=LINKS))
    return pa.concat_tables(tables)


def _cut(wide: pa.Table) -> pa.Table:
    """The columns of `INTERACTIONS` in their order and types."""
    columns = [
        wide.column(field.name).cast(MOMENT) if field.name == "occurred_at" else wide.column(field.name)
        for field in INTERACTIONS
    ]
    return pa.table(columns, schema=INTERACTIONS)


def _taken(mapping: Mapping) -> frozenset[str]:
    """Columns that need not go to the properties: ignored, or held elsewhere as they are.

    A price that was multiplied by a quantity is held nowhere else, unless an object has both.
    """
    taken = {column for _, column in mapping.columns()} | set(mapping.ignore)
    if mapping.amount is not None and mapping.amount.quantity_column is not None:
        kept = {
            column for thing in mapping.objects for column in (thing.quantity_column, thing.amount_column) if column
        }
        taken -= {mapping.amount.column, mapping.amount.quantity_column} - kept - set(mapping.ignore)
    return frozenset(taken)


def _refuse_heavy(table: pa.Table, problems: Problems) -> None:
    """A cell heavier than the log takes has its row refused, whatever the column is for."""
    for name, column in zip(table.column_names, table.columns, strict=True):
        weight = pc.binary_length(column.combine_chunks())
        if (pc.max(weight).as_py() or 0) > MAX_FIELD:
            heavy = pc.fill_null(pc.greater(weight, MAX_FIELD), False)
            problems.rows(heavy, f"“{name}” holds a text of more than {human(MAX_FIELD)}, the most that fits")
