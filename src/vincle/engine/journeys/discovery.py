"""A log of cases read whole: its steps, what follows what, the ways through it."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from vincle.engine.journeys import counting
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.follows import ACTIVITIES, EDGES
from vincle.engine.journeys.sequences import Sequences
from vincle.engine.journeys.variants import VARIANTS


@dataclass(frozen=True, slots=True)
class Discovery:
    """What there is in a log of cases.

    `activities`: activity, n (events), cases, begins, ends (cases that begin and end with it). `edges`: source, target,
    n, median_seconds, p90_seconds, mean_seconds. `variants`: way, cases, length, first_case. All with the most frequent
    first; `top_variants` are the steps of the first of them with the number of cases.
    """

    cases: int
    events: int
    left_out: dict[str, int]
    activities: pa.Table
    edges: pa.Table
    variants: pa.Table
    top_variants: list[tuple[list[str], int]]

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys discover --json` prints."""
        steps = self.activities.to_pylist()
        return {
            "cases": self.cases,
            "events": self.events,
            "activities": len(steps),
            "variants": self.variants.num_rows,
            "edges": [
                [row["source"], row["target"], row["n"], row["median_seconds"]] for row in self.edges.to_pylist()
            ],
            "start": _counted(steps, "begins"),
            "end": _counted(steps, "ends"),
            "top_variants": [{"path": path, "cases": cases} for path, cases in self.top_variants],
            "left_out": self.left_out,
        }


def discover(log: Cases, *, top: int = 20) -> Discovery:
    """Read a log whole; `top` is how many of the most frequent ways are written out."""
    if log.sequences is not None:
        return _counted_in_order(log, log.sequences, top)
    runner = log.runner
    variants = runner.run(VARIANTS)
    return Discovery(
        log.cases,
        log.events,
        log.left_out,
        runner.run(ACTIVITIES),
        runner.run(EDGES),
        variants,
        _written_out(log, variants.slice(0, top)),
    )


def _counted_in_order(log: Cases, sequences: Sequences, top: int) -> Discovery:
    variants = counting.variants(sequences)
    shown = variants.slice(0, top)
    paths = [sequences.path(number) for number in shown["first_number"].to_pylist()]
    return Discovery(
        log.cases,
        log.events,
        log.left_out,
        counting.activities(sequences),
        counting.edges(sequences),
        variants.drop_columns(["first_number"]),
        list(zip(paths, shown["cases"].to_pylist(), strict=True)),
    )


def _counted(steps: list[dict[str, Any]], where: str) -> dict[str, int]:
    return {row["activity"]: row[where] for row in sorted(steps, key=lambda row: -row[where]) if row[where]}


def _written_out(log: Cases, variants: pa.Table) -> list[tuple[list[str], int]]:
    shown = variants.to_pylist()
    paths = log.paths([row["first_case"] for row in shown])
    return [(paths[row["first_case"]], row["cases"]) for row in shown]
