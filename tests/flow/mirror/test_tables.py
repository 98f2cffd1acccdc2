"""One Delta table of the mirror: its positions, its files, its bytes."""

from pathlib import Path

import pyarrow as pa
import pytest

from vincle.engine.layout import TABLES
from vincle.flow.mirror.tables import ERASURES, MirrorTable


def rows(*numbers: int) -> list[pa.RecordBatch]:
    """Observations with these numbers."""
    table = pa.Table.from_pylist([{"id": number, "name": "name", "value": f"person {number}"} for number in numbers],
                                 TABLES["observations"])  # fmt: skip
    return table.to_batches()


@pytest.fixture
def table(tmp_path: Path) -> MirrorTable:
    return MirrorTable("observations", tmp_path / "observations")


def test_a_position_is_kept_with_the_rows_that_reached_it(table: MirrorTable) -> None:
    table.append(rows(1, 2), position=2, erasures=5)
    again = MirrorTable(table.name, table.folder)
    assert (2, 5, 2) == (again.position(), again.position(ERASURES), again.state().rows)


def test_a_position_is_remembered_long_after_its_commit(table: MirrorTable) -> None:
    table.append(rows(1), position=7, erasures=3)
    for number in range(2, 120):
        table.delete(f"id = {number - 1}")
        table.append(rows(number), position=7, erasures=3)
    assert 7 == MirrorTable(table.name, table.folder).position()


def test_without_rows_nothing_is_committed_unless_asked(table: MirrorTable) -> None:
    table.append(rows(1), position=1, erasures=0)
    before = table.state()
    assert 0 == table.append(rows(), position=9, erasures=0)
    assert before == table.state()
    assert 0 == table.append(rows(), position=9, erasures=4, always=True)
    assert (9, 4) == (table.position(), table.position(ERASURES))


def test_many_small_files_become_few(table: MirrorTable) -> None:
    for number in range(40):
        table.append(rows(number), position=number, erasures=0)
    assert table.compact()
    assert (40, 1) == (table.state().rows, len(table.files))


def test_few_files_are_left_alone(table: MirrorTable) -> None:
    table.append(rows(1), position=1, erasures=0)
    table.append(rows(2), position=2, erasures=0)
    assert not table.compact()


def test_deleting_twice_removes_nothing_more(table: MirrorTable) -> None:
    table.append(rows(1, 2, 3), position=3, erasures=0)
    assert (2, 0) == (table.delete("id <= 2"), table.delete("id <= 2"))


def test_a_vacuum_keeps_the_files_of_todays_readers_and_a_purge_does_not(table: MirrorTable) -> None:
    table.append(rows(1, 2), position=2, erasures=0)
    table.delete("id = 1")
    (table.folder / "part-0.parquet#1").write_bytes(b"left by a killed run")
    table.vacuum()
    assert len(list(table.folder.glob("*.parquet"))) == 2
    table.purge()
    assert [Path(file).name for file in table.files] == [f.name for f in table.folder.iterdir() if f.is_file()]
