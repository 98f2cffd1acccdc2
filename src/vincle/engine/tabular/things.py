"""What each row is about: the objects that its columns name."""

from dataclasses import dataclass

import pyarrow as pa

from vincle.engine.shaped import OBJECTS
from vincle.engine.tabular import roles
from vincle.engine.tabular.limits import LONGEST_KEY
from vincle.engine.tabular.mapping import Mapping, ObjectColumn
from vincle.engine.tabular.problems import Problems
from vincle.engine.tabular.roles import Cells
from vincle.engine.tabular.workbench import Workbench

_PARTS = ("key", "label", "quantity", "amount")


@dataclass(frozen=True, slots=True)
class Things:
    """Reads the object columns of a mapping into columns that run along with the rows, and those into `OBJECTS`."""

    bench: Workbench
    mapping: Mapping

    def read(self, cells: Cells, problems: Problems) -> dict[str, pa.Array]:
        """One array for each part of each object column, under names that `table` knows."""
        found: dict[str, pa.Array] = {}
        for place, thing in enumerate(self.mapping.objects):
            parts = self._parts(thing, cells, problems)
            found |= {_name(place, part): values for part, values in zip(_PARTS, parts, strict=True)}
        return found

    def table(self, rows: pa.Table) -> pa.Table:
        """The objects of these rows: `row` and the arrays of `read`, filtered alike."""
        tables = [self._table(place, thing, rows) for place, thing in enumerate(self.mapping.objects)]
        return pa.concat_tables([OBJECTS.empty_table(), *tables])

    def _parts(self, thing: ObjectColumn, cells: Cells, problems: Problems) -> list[pa.Array]:
        decimal = self.mapping.amount.decimal if self.mapping.amount else "."
        problems.longer(thing.column, cells[thing.column], LONGEST_KEY)
        return [
            cells[thing.column],
            roles.cut(cells.optional(thing.label_column)),
            pa.nulls(cells.count, pa.float64())
            if thing.quantity_column is None
            else roles.quantity(self.bench, decimal, thing.quantity_column, cells, problems),
            pa.nulls(cells.count, pa.int64())
            if thing.amount_column is None
            else roles.money(self.bench, decimal, thing.amount_column, cells, problems),
        ]

    def _table(self, place: int, thing: ObjectColumn, rows: pa.Table) -> pa.Table:
        there = rows.filter(rows.column(_name(place, "key")).is_valid())
        same = {"type": thing.type, "qualifier": thing.qualifier, "properties": None}
        columns = {
            field.name: pa.repeat(pa.scalar(same[field.name], field.type), there.num_rows)
            if field.name in same
            else there.column("row" if field.name == "row" else _name(place, field.name))
            for field in OBJECTS
        }
        return pa.table(columns, schema=OBJECTS)


def _name(place: int, part: str) -> str:
    return f"thing {place} {part}"
