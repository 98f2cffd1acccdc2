"""What can be asked of the engine here, and under which name its answer is kept."""

import json
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any

PEOPLE = "person"  # whose journeys, where it is not the things of a type
FIRST_DAYS, WITHIN_DAYS = 30, 90  # what is asked when nobody says otherwise
MOMENTS = "journeys:moments:"  # readings of moments that matter are called so
BEHIND = "journeys:behind:"  # and those of who stands behind a figure


@dataclass(frozen=True, slots=True)
class Question:
    """Which moments of the first days of each `case` go with an `outcome` in the days after."""

    case: str
    outcome: str
    first_days: int = FIRST_DAYS
    within_days: int = WITHIN_DAYS
    again: bool = False

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known."""
        return MOMENTS + _digest(astuple(self))


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of what really happens with each `case`, or of a designed journey, in the engine's words
    (`vincle.engine.journeys.behind`). `map` is the address of the journey, at its `revision`; empty: none.
    """

    figure: str
    case: str = PEOPLE
    map: str = ""
    revision: int = 0

    @property
    def name(self) -> str:
        """Under which who stands behind it is kept, and their job known."""
        return BEHIND + _digest(astuple(self))


def name_of(case: str) -> str:
    """The name of the reading of what really happens with a type of case, and of its job."""
    return f"journeys:{_digest(case)}"


def _digest(said: Any) -> str:
    """Names of types and kinds may be longer than that of a reading."""
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
