"""Discovery on columns of integers gives what the named steps give."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from vincle.engine.journeys import discover, read
from vincle.engine.journeys.follows import ACTIVITIES, EDGES
from vincle.engine.journeys.sequences import put_in_order
from vincle.engine.journeys.variants import VARIANTS
from vincle.engine.steps import Pipeline, Step

COLUMNS = {"case": "who", "activity": "step", "time": "when"}
_IN_ORDER = "(PARTITION BY case_id ORDER BY moment, place)"


def log(folder: Path, who: Sequence[Any], step: Sequence[str], when: Sequence[int]) -> Path:
    path = folder / "log.parquet"
    pq.write_table(pa.table({"who": who, "step": step, "when": pa.array(when, pa.timestamp("us"))}), path)
    return path


@pytest.mark.parametrize("spread", [1, 50, 10**12], ids=["one moment", "ties", "decades"])
@pytest.mark.parametrize("steps", [3, 300, 5_000])
def test_both_ways_of_counting_agree(tmp_path: Path, spread: int, steps: int) -> None:
    chance = Random(f"{spread} {steps}")
    many, named = 4_000, str if steps > 3 else int
    path = log(
        tmp_path,
        [named(chance.randrange(700)) for _ in range(many)],
        [f"step {int(steps * chance.random() ** 3)}" for _ in range(many)],
        [chance.randrange(spread) * 1_000 for _ in range(many)],
    )
    with read(path, **COLUMNS) as events:
        found, runner = discover(events), events.runner
        assert runner.run(ACTIVITIES).to_pylist() == found.activities.to_pylist()
        by_steps = runner.run(EDGES)
        exact = ["source", "target", "n", "median_seconds"]
        assert by_steps.select(exact).to_pylist() == found.edges.select(exact).to_pylist()
        for rounded in ("p90_seconds", "mean_seconds"):  # to the last bit of a fraction
            assert pytest.approx(by_steps[rounded].to_pylist(), rel=1e-12) == found.edges[rounded].to_pylist()
        counted = ["cases", "length", "first_case"]
        variants = runner.run(VARIANTS)
        assert variants.select(counted).to_pylist() == found.variants.select(counted).to_pylist()
        shown = variants["first_case"].to_pylist()[:20]
        paths = events.paths(shown)
        assert [paths[case] for case in shown] == [found_path for found_path, _cases in found.top_variants]


def test_the_order_is_that_of_the_named_step(tmp_path: Path) -> None:
    chance = Random(7)
    rows = [(chance.choice("abcde"), chance.choice("xyz"), chance.randrange(9)) for _ in range(300)]
    with read(log(tmp_path, *zip(*rows, strict=True)), **COLUMNS) as events:  # type: ignore[arg-type]
        events.runner.given(
            "placed",
            pa.table(
                {
                    "case_id": [row[0] for row in rows],
                    "activity": [row[1] for row in rows],
                    "moment": [row[2] for row in rows],
                    "place": range(len(rows)),
                }
            ),
        )
        named = Step(
            "in_order",
            f"SELECT case_id, activity, moment, row_number() OVER {_IN_ORDER} AS n, lead(activity) OVER {_IN_ORDER} "
            f"AS next, lead(moment) OVER {_IN_ORDER} - moment AS wait FROM placed ORDER BY case_id, n",
            "As follows.ORDERED.",
        )
        brought = Step(
            "brought",
            "SELECT case_id, CAST(activity AS VARCHAR) AS activity, moment, n, CAST(next AS VARCHAR) AS next, wait "
            "FROM ordered ORDER BY case_id, n",
            "What is brought.",
        )
        assert events.runner.run(Pipeline((named,))).to_pylist() == events.runner.run(Pipeline((brought,))).to_pylist()


def test_cases_whose_hashes_are_the_same_stay_apart() -> None:
    case, step = pa.chunked_array([["a", "b", "a"], ["b"]]), pa.chunked_array([["x", "x", "y"], ["z"]])
    moment, same = pa.chunked_array([[1, 2, 3], [4]]), pa.chunked_array([[9, 9, 9], [9]])
    found = put_in_order(case, step, moment, same)
    assert {"a": ["x", "y"], "b": ["x", "z"]} == {
        name: found.path(number) for number, name in enumerate(found.names.to_pylist())
    }
