"""What was found, and why."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.duplicates.columns import Column
from vincle.engine.duplicates.evidence import BEFORE, HOUSEHOLD, NOTHING, Adjustment, Reason
from vincle.engine.duplicates.learning import Model
from vincle.engine.duplicates.levels import levels_of
from vincle.engine.duplicates.scoring import priors
from vincle.kernel.errors import NotFound

_AT_A_TIME = 10_000


@dataclass(frozen=True, slots=True)
class Found:
    """`pairs`: Arrow with `a`, `b` (ids, a < b) and `probability`, best first. `columns`: what each column of the
    table was taken for. `compared`: how many pairs were looked at. `model`: what was learned, None for a table of fewer
    than two rows. `adjustment`: what people's decisions changed, None when nothing.
    """

    pairs: pa.Table
    columns: tuple[Column, ...]
    compared: int
    model: Model | None
    evidence: pa.Table
    adjustment: Adjustment | None = None

    def __len__(self) -> int:
        """How many pairs."""
        return int(self.pairs.num_rows)

    def without(self, apart: Collection[tuple[Any, Any]]) -> "Found":
        """The same but for the pairs of ids (in any order) that are known to be two people."""
        refused = {frozenset(pair) for pair in apart}
        ids = zip(self.pairs["a"].to_pylist(), self.pairs["b"].to_pylist(), strict=True)
        kept = pa.array([frozenset(pair) not in refused for pair in ids], pa.bool_())
        return replace(self, pairs=self.pairs.filter(kept), evidence=self.evidence.filter(kept))

    def reasons(self, row: int) -> list[Reason]:
        """Why the pair in this row of `pairs` has its probability; see `explain`."""
        return next(self._told(self.evidence.slice(row, 1)))

    def all_reasons(self) -> Iterator[list[Reason]]:
        """The same for every row of `pairs`, in order."""
        for start in range(0, len(self), _AT_A_TIME):
            yield from self._told(self.evidence.slice(start, _AT_A_TIME))

    def _told(self, evidence: pa.Table) -> Iterator[list[Reason]]:
        if self.model is None:
            raise NotFound("Nothing was compared.")
        comparisons, before = self.model.comparisons, priors(self.model).one
        levels = levels_of(np.asarray(evidence["code"], dtype=np.int64), len(comparisons)).tolist()
        rows = zip(levels, evidence["bits"].to_pylist(), evidence["household"].to_pylist(), strict=True)
        for reached, bits, household in rows:
            told = [self._reason(BEFORE, "how rare it is that two rows are one person", before)]
            for each, level, weight in zip(comparisons, reached, bits, strict=True):
                told.append(self._reason(each.name, each.level(level).name if level else NOTHING, weight))
            yield [*told, self._reason(HOUSEHOLD, "people who live together look alike too", household)]

    def _reason(self, what: str, level: str, unadjusted: float) -> Reason:
        bits = self.adjustment.bits(what, level, unadjusted) if self.adjustment else unadjusted
        return Reason(what, level, bits, unadjusted)


def explain(found: Found, a: Any, b: Any) -> list[Reason]:
    """Why `a` and `b` (ids, in any order) have their probability: what was expected before, each comparison, and what
    a household would explain too. The bits add up to log2(p / (1 - p)).

    Raises `NotFound` when the pair is not among those found.
    """
    pairs = found.pairs
    for first, second in ((a, b), (b, a)):
        there = pc.and_(pc.equal(pairs["a"], _like(first, pairs)), pc.equal(pairs["b"], _like(second, pairs)))
        place = pc.index(there, True).as_py()
        if place >= 0:
            return found.reasons(place)
    raise NotFound(f"“{a}” and “{b}” are not among the pairs found.", "Look for them with a lower threshold.")


def _like(value: Any, pairs: pa.Table) -> pa.Scalar:
    try:
        return pa.scalar(value, pairs["a"].type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, TypeError) as problem:
        raise NotFound(f"“{value}” is no id of this table.") from problem
