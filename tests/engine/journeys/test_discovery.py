"""What a log of cases holds, worked out by hand."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from vincle.engine.journeys import Discovery, discover, read
from vincle.kernel.errors import BadInput

COLUMNS = {"case": "who", "activity": "step", "time": "when"}


def found_in(path: Path, **more: Any) -> Discovery:
    with read(path, **(COLUMNS | more)) as log:
        return discover(log)


def found(folder: Path, *rows: str) -> Discovery:
    path = folder / "log.csv"
    path.write_text("\n".join(["who,step,when", *rows]) + "\n", "utf-8")
    return found_in(path)


def edges(discovery: Discovery) -> list[list[Any]]:
    return list(discovery.as_json()["edges"])


def test_steps_connections_and_ways(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        "b,visit,2024-03-01 10:00:00",
        "a,visit,2024-03-01 09:00:00",
        "b,buy,2024-03-01 10:00:30",
        "a,buy,2024-03-01 09:00:10",
        "a,return,2024-03-01 10:00:10",
        "c,visit,2024-03-01 08:00:00",
        "c,buy,2024-03-01 08:00:20",
    ).as_json()
    assert (3, 7, 3, 2) == (said["cases"], said["events"], said["activities"], said["variants"])
    assert [["visit", "buy", 3, 20.0], ["buy", "return", 1, 3600.0]] == said["edges"]
    assert ({"visit": 3}, {"buy": 2, "return": 1}) == (said["start"], said["end"])
    assert [
        {"path": ["visit", "buy"], "cases": 2},
        {"path": ["visit", "buy", "return"], "cases": 1},
    ] == said["top_variants"]
    assert {} == said["left_out"]


def test_at_the_same_moment_the_order_of_the_file_counts(tmp_path: Path) -> None:
    said = found(tmp_path, "a,z,2024-03-01", "b,y,2024-03-01", "a,y,2024-03-01", "b,z,2024-03-01", "a,x,2024-02-01")
    assert [["x", "z", 1, 29 * 86_400.0], ["y", "z", 1, 0.0], ["z", "y", 1, 0.0]] == sorted(edges(said))


def test_a_step_that_follows_itself_is_a_connection_to_itself(tmp_path: Path) -> None:
    said = found(tmp_path, "a,call,2024-03-01", "a,call,2024-03-02", "a,call,2024-03-04")
    assert [["call", "call", 2, 1.5 * 86_400]] == edges(said)
    assert [(["call", "call", "call"], 1)] == said.top_variants


def test_a_case_of_one_event_begins_and_ends_and_leads_nowhere(tmp_path: Path) -> None:
    said = found(tmp_path, "a,visit,2024-03-01").as_json()
    assert (1, [], {"visit": 1}, {"visit": 1}) == (said["cases"], said["edges"], said["start"], said["end"])


def test_ways_of_the_same_steps_in_another_order_are_others(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        *(f"{who},{step},2024-03-0{day}" for who, way in (("a", "xyz"), ("b", "yxz"), ("c", "xyz"), ("d", "xy"))
          for day, step in enumerate(way, 1)),
    )  # fmt: skip
    assert [(["x", "y", "z"], 2), (["y", "x", "z"], 1), (["x", "y"], 1)] == said.top_variants


def test_rows_without_case_step_or_time_are_left_out_and_counted(tmp_path: Path) -> None:
    said = found(
        tmp_path,
        "a,visit,2024-03-01",
        ",visit,2024-03-01",
        "a,,2024-03-02",
        "a,buy,some day",
        "a,buy,",
        "a,buy,2024-03-03",
    )
    assert (1, 2, {"case": 1, "activity": 1, "time": 2}) == (said.cases, said.events, said.left_out)
    assert [["visit", "buy", 1, 2 * 86_400.0]] == edges(said)


def test_instants_of_a_parquet_file_are_taken_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    moments = [datetime(2024, 7, 1, hour, tzinfo=UTC) for hour in (9, 8, 10)]
    pq.write_table(pa.table({"who": [7, 7, 8], "step": ["buy", "visit", "visit"], "when": moments}), path)
    assert [["visit", "buy", 1, 3600.0]] == edges(found_in(path))
    table = pc.read_csv(BytesIO(b"who,step,when\n7,a,2024-03-31 01:30:00\n7,b,2024-03-31 03:30:00\n"))
    pq.write_table(table, path)
    assert [["a", "b", 1, 7200.0]] == edges(found_in(path))
    assert [["a", "b", 1, 3600.0]] == edges(found_in(path, timezone="Europe/Madrid"))  # the night the clocks moved


def test_times_that_a_parquet_file_keeps_as_text_are_read(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"who": ["a", "a"], "step": ["x", "y"], "when": ["2024-03-02", "1 March 2024"]}), path)
    assert [["y", "x", 1, 86_400.0]] == edges(found_in(path))


def test_the_same_log_in_another_order_of_cases_reads_the_same(tmp_path: Path) -> None:
    rows = [f"{who},{step},2024-03-{day + 1:02}" for who in "abcdef" for day, step in enumerate("vwxy")]
    assert found(tmp_path, *rows).as_json() == found(tmp_path, *sorted(rows, key=lambda row: row[::-1])).as_json()


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"case": "nobody"}, "has no column “nobody”"),
        ({"activity": ""}, "Which column is the activity?"),
        ({"time": "step"}, "1 without time"),
    ],
)
def test_what_cannot_be_read_is_said(tmp_path: Path, columns: dict[str, str], said: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text("who,step,when\na,visit,2024-03-01\n", "utf-8")
    with pytest.raises(BadInput, match=said):
        found_in(path, **columns)


def test_a_case_of_a_hundred_thousand_events(tmp_path: Path) -> None:
    path = tmp_path / "long.parquet"
    many = 100_000
    table = {
        "who": ["a"] * many,
        "step": ["x", "y"] * (many // 2),
        "when": pa.array(range(many), pa.timestamp("s")),
    }
    pq.write_table(pa.table(table), path)
    said = found_in(path)
    assert [["x", "y", 50_000, 1.0], ["y", "x", 49_999, 1.0]] == edges(said)
    assert [many] == [len(way) for way, _cases in said.top_variants]


def test_five_thousand_different_steps(tmp_path: Path) -> None:
    said = found(tmp_path, *(f"{n // 2},step {n},2024-03-0{n % 2 + 1}" for n in range(5_000)))
    assert (2_500, 5_000, 2_500, 20) == (
        said.cases, said.activities.num_rows, said.variants.num_rows, len(said.top_variants),
    )  # fmt: skip
