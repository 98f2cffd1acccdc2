"""Why a pair has its probability, and what people said of it: plain values, without a library behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

FEWEST = 30  # decisions
FEWEST_OF_EACH = 5  # of them “the same”, and “not the same”

BEFORE, HOUSEHOLD = "before comparing", "household"
NOTHING = "nothing to compare"


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparison says: its name, the level reached, and its weight in bits.

    A bit doubles the odds that two rows are one person; a bit less halves them. `unadjusted`: the bits before what
    people decided changed them.
    """

    what: str
    level: str
    bits: float
    unadjusted: float


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What people's decisions change: the bits of each likeness (comparison, level) are multiplied by `slope` and
    given those of `levels`; where it all begins is shifted by `shift` bits. It rests on so many decisions.
    """

    slope: float
    shift: float
    levels: Mapping[tuple[str, str], float]
    same: int
    different: int

    def bits(self, what: str, level: str, unadjusted: float) -> float:
        """The bits of one reason."""
        start = self.shift if what == BEFORE else 0.0
        return self.slope * unadjusted + self.levels.get((what, level), 0.0) + start


@dataclass(frozen=True, slots=True)
class Decision:
    """A pair that is, or is not, one person: the reasons that `find` gave for it, and the verdict.

    `looked_at`: somebody looked at this very pair. Pairs joined many at a time teach nothing new of what they were
    chosen by, but what they were like still counts.
    """

    reasons: tuple[Reason, ...]
    same: bool
    looked_at: bool = True


def enough(same: int, different: int) -> bool:
    """Whether so many decisions are worth listening to."""
    return same + different >= FEWEST and min(same, different) >= FEWEST_OF_EACH
