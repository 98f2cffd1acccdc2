"""The public number of each person, looked up once they have a row.

A person is a component of identities and needs no table; only their uid is the database's own. It never
changes, so each is fetched once: of everybody whom the mirrored identities make and whose uid is not there
yet.
"""

from collections.abc import Iterator, Mapping

import duckdb
import pyarrow as pa

from vincle.engine.layout import TABLES, relation
from vincle.flow.mirror.reads import PEOPLE
from vincle.flow.mirror.snapshot import Snapshot
from vincle.flow.mirror.tables import ERASURES, MirrorTable

_BATCH = 50_000
_BY_NUMBER = 5_000  # beyond so many, reading all people is faster than asking for them one by one

_WITHOUT_UID = """
CREATE OR REPLACE TABLE newcomer AS
WITH moved AS (SELECT identity_id, max_by(person_id, id) AS person_id FROM {identity_moves} GROUP BY identity_id)
SELECT DISTINCT coalesce(m.person_id, i.person_id) AS id
FROM {identities} i LEFT JOIN moved m ON m.identity_id = i.id
WHERE coalesce(m.person_id, i.person_id) NOT IN (SELECT id FROM {people})
"""


def add_people(tables: Mapping[str, MirrorTable], snapshot: Snapshot, duck: duckdb.DuckDBPyConnection) -> int:
    """Add the uid of everybody who lacks it in the mirror and has one in the database; returns how many."""
    relations = {name: relation(name, tables[name].files) for name in ("identities", "identity_moves", "people")}
    duck.execute(_WITHOUT_UID.format(**relations))
    [[count]] = duck.execute("SELECT count(*) FROM newcomer").fetchall()
    if not count:
        return 0
    people = tables["people"]
    return people.append(_rows(count, snapshot, duck), position=0, erasures=people.position(ERASURES))


def _rows(count: int, snapshot: Snapshot, duck: duckdb.DuckDBPyConnection) -> Iterator[pa.RecordBatch]:
    numbers = None
    if count <= _BY_NUMBER:
        numbers = [number for (number,) in duck.execute("SELECT id FROM newcomer").fetchall()]
    duck.register("incoming", snapshot.people(numbers))
    shape = PEOPLE.shape(TABLES["people"].names, snapshot.shapes)
    yield from duck.sql(f"{shape} AND t.id IN (SELECT id FROM newcomer)").to_arrow_reader(_BATCH)
    duck.unregister("incoming")
