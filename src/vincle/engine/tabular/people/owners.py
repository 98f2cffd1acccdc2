"""Who each row of a list of people is, so that a family's e-mail or telephone makes nobody of two.

A row that no number of its source names becomes an entry of the source: `contact@source`, called by its first e-mail or
telephone. Two entries that share a contact point are then two customers of one source, whom the log does not join by
it. Where rows with different names begin with the same contact point, the name is part of what the entry is called.
"""

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular import who
from vincle.engine.tabular.limits import LONGEST_KEY
from vincle.engine.tabular.mapping import Mapping
from vincle.engine.tabular.people.naming import whole_names
from vincle.engine.tabular.people.several import spread
from vincle.engine.tabular.problems import Problems
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.roles import Cells
from vincle.engine.tabular.who import Persons
from vincle.engine.tabular.workbench import Workbench

ENTRY = "contact"
_NONE = pa.scalar(None, pa.string())
# Words in any order, without accents: “ROCA, Mercè” is “Mercè Roca”.
_WORDS = r"list_filter(regexp_split_to_array(lower(strip_accents(x)), '[\s,.;]+'), lambda word: word <> '')"
_FOLD = f"SELECT n, nullif(array_to_string(list_sort({_WORDS}), ' '), '') AS folded FROM given"


class Owners:
    """Knows, once it has learned a file, which contact points and names several of its rows share."""

    def __init__(self, bench: Workbench, mapping: Mapping) -> None:
        self._bench = bench
        self._mapping = mapping
        self._shared = self._common = pa.array([], pa.string())

    def learn(self, reader: Reader, rows: int) -> None:
        """Read the file once through, about `rows` rows at a time."""
        ask = self._bench.connection
        ask.execute("CREATE TABLE entries (contact VARCHAR, folded VARCHAR)")
        for raw in reader.chunks(rows):
            cells = Cells(raw.table)
            persons = self._persons(cells, Problems(cells.count))
            entries = pa.table({"contact": persons.identity, "folded": self._folded(cells)})
            ask.register("here", entries.filter(_by_no_number(persons)))
            ask.execute("INSERT INTO entries SELECT contact, folded FROM here")
            ask.unregister("here")
        self._shared = self._texts(
            "SELECT contact FROM entries WHERE contact IS NOT NULL GROUP BY ALL HAVING count(DISTINCT folded) > 1"
        )
        self._common = self._texts(
            "SELECT folded FROM entries WHERE contact IS NULL AND folded IS NOT NULL GROUP BY ALL HAVING count(*) > 1"
        )
        ask.execute("DROP TABLE entries")

    def read(self, cells: Cells, problems: Problems) -> Persons:
        """Who the rows are. Nothing but a name is enough where nobody else in the file has it."""
        persons, folded = self._persons(cells, problems), self._folded(cells)
        contact = persons.identity
        shared = pc.fill_null(pc.is_in(contact, self._shared), False)
        common = pc.and_(contact.is_null(), pc.fill_null(pc.is_in(folded, self._common), False))
        problems.rows(pc.and_(contact.is_null(), folded.is_null()), "The row names nobody")
        problems.rows(common, "The row has nothing but a name, which others in the file have too")
        with_name = pc.binary_join_element_wise(contact, pc.fill_null(folded, ""), " · ")
        entry = pc.coalesce(pc.if_else(shared, with_name, contact), folded)
        by_entry = _by_no_number(persons)
        return Persons(
            pc.if_else(by_entry, who.scoped(ENTRY, self._mapping.source), persons.namespace),
            pc.if_else(by_entry, pc.utf8_slice_codeunits(entry, 0, LONGEST_KEY), persons.identity),
            (*persons.links, *self._contacts(persons, by_entry)),
            persons.unusable,
        )

    def _persons(self, cells: Cells, problems: Problems) -> Persons:
        whos, columns = spread(self._mapping.who, [cells[one.column] for one in self._mapping.who])
        if not whos:
            return Persons(cells.nothing(), cells.nothing(), (), ())
        return who.read(self._mapping, whos, columns, problems, may_be_nobody=True)

    def _folded(self, cells: Cells) -> pa.Array:
        names = whole_names(cells, self._mapping.attributes)
        return self._bench.ask(_FOLD, pa.table({"x": names})).column("folded").combine_chunks()

    @staticmethod
    def _contacts(persons: Persons, by_entry: pa.Array) -> list[tuple[str, pa.Array]]:
        """The contact point that an entry is called by is one of its links."""
        found = []
        for namespace in ("email", "phone"):
            here = pc.and_(by_entry, pc.fill_null(pc.equal(persons.namespace, namespace), False))
            if pc.any(here).as_py():
                found.append((namespace, pc.if_else(here, persons.identity, _NONE)))
        return found

    def _texts(self, query: str) -> pa.Array:
        return self._bench.connection.sql(query).to_arrow_table().column(0).combine_chunks().cast(pa.string())


def _by_no_number(persons: Persons) -> pa.Array:
    """The rows that no number of the source names."""
    contact = pc.is_in(persons.namespace, pa.array(["email", "phone"]))
    return pc.or_(persons.namespace.is_null(), pc.fill_null(contact, False))
