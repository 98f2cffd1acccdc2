"""How far cases follow a design, and what they do instead.

Cases of one way deviate alike, so each way is read against the design once (`aligning`), the most frequent first and
within a budget; what was not read is said, never guessed. How long a step took is each case's own.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import Any

import pyarrow as pa

from vincle.engine.journeys.aligning import TOO_SLOW, Alignment, Deviation, align
from vincle.engine.journeys.cases import Cases
from vincle.engine.journeys.design import DesignStep, checked
from vincle.engine.journeys.variants import VARIANTS, WAYS
from vincle.engine.steps import Pipeline, Step

BUDGET = 20_000_000  # pairs of event and step that are compared
_BETWEEN = pa.schema(
    {
        "way": pa.decimal128(38, 0),
        "length": pa.int64(),
        "step": pa.string(),
        "former": pa.int64(),
        "latter": pa.int64(),
        "within_seconds": pa.float64(),
    }
)

Way = tuple[Decimal, int]  # fingerprint and length

_SLOW = Pipeline(
    (
        *WAYS.steps,
        Step(
            "slow",
            "SELECT w.case_id, b.step FROM ways w JOIN between_steps b ON b.way = w.way AND b.length = w.length "
            "JOIN ordered f ON f.case_id = w.case_id AND f.n = b.former "
            "JOIN ordered t ON t.case_id = w.case_id AND t.n = b.latter "
            "WHERE (t.moment - f.moment) / 1e6 > b.within_seconds",
            "Cases in which a step came later than the design allows.",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    """One deviation: how many cases have it, and how many seconds longer they lasted than those that follow the design
    (difference of the medians; None where none follows it)."""

    what: str
    step: str
    cases: int
    share: float
    longer_seconds: float | None


@dataclass(frozen=True, slots=True)
class Conformance:
    """`conforming` of `cases` follow the design; `deviations` with the most cases first. `left_out` cases took ways
    that were not read, as the budget was spent on more frequent ones; they are in no other figure.
    """

    cases: int
    conforming: int
    deviations: list[Found]
    left_out: int

    def as_json(self) -> dict[str, Any]:
        """What `vincle journeys conform --json` prints."""
        return {
            "cases": self.cases,
            "conforming": self.conforming,
            "share": round(self.conforming / self.cases, 6) if self.cases else None,
            "deviations": [
                {"what": each.what, "step": each.step, "cases": each.cases, "share": round(each.share, 6),
                 "longer_seconds": each.longer_seconds}
                for each in self.deviations
            ],
            "left_out": self.left_out,
        }  # fmt: skip


def conform(log: Cases, design: Sequence[DesignStep], *, budget: int = BUDGET) -> Conformance:
    """Compare a log with a design. Raises `BadInput` for a design that contradicts itself."""
    having: dict[Deviation, list[float]] = defaultdict(list)
    straight: list[float] = []
    cases = 0
    for _case, seconds, deviations in _compared(log, checked(design), budget):
        cases += 1
        for deviation in deviations:
            having[deviation].append(seconds)
        if not deviations:
            straight.append(seconds)
    usual = median(straight) if straight else None
    found = [
        Found(what, step, len(seconds), len(seconds) / cases, None if usual is None else median(seconds) - usual)
        for (what, step), seconds in having.items()
    ]
    found.sort(key=lambda each: (-each.cases, each.what, each.step))
    return Conformance(cases, len(straight), found, log.cases - cases)


def deviating(
    log: Cases, design: Sequence[DesignStep], deviation: Deviation | None, *, budget: int = BUDGET
) -> list[Any]:
    """The cases that deviate so, or those that do not deviate at all (None); of those that `conform` counts."""
    compared = _compared(log, checked(design), budget)
    return [case for case, _seconds, found in compared if (deviation in found if deviation is not None else not found)]


def _compared(
    log: Cases, steps: Sequence[DesignStep], budget: int
) -> Iterator[tuple[Any, float, frozenset[Deviation]]]:
    """Of every case that is compared, how many seconds it lasted and how it deviates."""
    variants = log.runner.run(VARIANTS).to_pylist()
    read, spent = 0, 0
    for variant in variants:
        spent += variant["length"] * len(steps)
        if spent > budget:
            break
        read += 1
    readings = _readings(log, variants[:read], steps)
    slow = _slow(log, readings, steps)
    for row in log.runner.run(WAYS).to_pylist():
        alignment = readings.get((row["way"], row["length"]))
        if alignment is not None:
            yield row["case_id"], row["seconds"], alignment.deviations | slow.get(row["case_id"], frozenset())


def _readings(log: Cases, variants: list[dict[str, Any]], steps: Sequence[DesignStep]) -> dict[Way, Alignment]:
    ways = {row["first_case"]: (row["way"], row["length"]) for row in variants}
    paths = log.paths(list(ways))
    return {way: align(paths[case], steps) for case, way in ways.items()}


def _slow(log: Cases, readings: dict[Way, Alignment], steps: Sequence[DesignStep]) -> dict[Any, frozenset[Deviation]]:
    """The steps that came too late, by case."""
    between = [
        {"way": way, "length": length, "step": steps[step].name, "former": last, "latter": first,
         "within_seconds": float(steps[step].within_seconds or 0)}
        for (way, length), alignment in readings.items()
        for (_step, _first, last), (step, first, _last) in pairwise(alignment.matched)
        if steps[step].within_seconds is not None
    ]  # fmt: skip
    if not between:
        return {}
    log.runner.given("between_steps", pa.Table.from_pylist(between, _BETWEEN))
    found: dict[Any, set[Deviation]] = defaultdict(set)
    for row in log.runner.run(_SLOW).to_pylist():
        found[row["case_id"]].add((TOO_SLOW, row["step"]))
    return {case: frozenset(steps_) for case, steps_ in found.items()}
