"""What has been seen of a file: how many rows, why some cannot enter, with a few of them as examples."""

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.shaped import Shaped
from vincle.flow.append import Absorbed

REASONS = 50
EXAMPLES = 3
WITH_EXAMPLES = 20  # reasons that keep examples
_CELLS, _LETTERS = 10, 60

Example = tuple[int, list[str]]  # the line, and its first cells


@dataclass
class Tally:
    """Counts so far; `would_hold` only grows in a check, where nothing is absorbed."""

    read: int = 0
    absorbed: Absorbed = field(default_factory=Absorbed)
    reasons: Counter[str] = field(default_factory=Counter)
    would_hold: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)

    def count(self, chunk: Shaped) -> None:
        """Add a chunk: all its rows, and why its rejects are rejects."""
        self.read += chunk.interactions.num_rows + chunk.rejects.num_rows
        if not chunk.rejects.num_rows:
            return
        for found in pc.value_counts(chunk.rejects.column("reason")).to_pylist():
            reason = general(found["values"])
            self.reasons[reason] += found["counts"]
            self._keep_examples(reason, chunk.rejects, found["values"])

    @property
    def rejected(self) -> int:
        return sum(self.reasons.values())

    @property
    def held(self) -> int:
        return sum(self.would_hold.values())

    @property
    def frequent(self) -> list[tuple[str, int]]:
        return self.reasons.most_common(REASONS)

    def findings(self) -> dict[str, Any]:
        """The examples, and what contracts would hold, as JSON can keep them."""
        return {"examples": self.examples, "held": self.would_hold.most_common(REASONS)}

    def _keep_examples(self, reason: str, rejects: pa.Table, exact: str) -> None:
        kept = self.examples.get(reason, [])
        if len(kept) >= EXAMPLES or (not kept and len(self.examples) >= WITH_EXAMPLES):
            return
        rows = rejects.filter(pc.equal(rejects.column("reason"), exact)).slice(0, EXAMPLES - len(kept)).to_pylist()
        self.examples[reason] = [*kept, *((row["row"], _beginning(row["raw"])) for row in rows)]


def general(reason: str) -> str:
    """A reason without the values it quotes, so that like ones count together."""
    return re.sub(r"“[^”]*” in “", "“…” in “", reason)


def _beginning(raw: str) -> list[str]:
    cells = json.loads(raw)[:_CELLS]
    return [cell if len(cell) <= _LETTERS else f"{cell[: _LETTERS - 1]}…" for cell in cells]
