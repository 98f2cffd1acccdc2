"""What can be asked of the engine here, and under which name its answer is kept."""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any

from vincle.engine.journeys.asked import CONFOUNDERS, PAIRS, STEP, STEPS

PEOPLE = "person"  # whose journeys, where it is not the things of a type
FIRST_DAYS, WITHIN_DAYS = 30, 90  # what is asked when nobody says otherwise
MOMENTS = "journeys:moments:"  # readings of moments that matter are called so
BEHIND = "journeys:behind:"  # those of who stands behind a figure
ARCHETYPES = "journeys:archetypes:"  # those of who stands for a group
COMPARISONS = "journeys:comparisons:"  # and those of two groups side by side
_ALWAYS = 5  # what could be asked before the rest could: case, outcome, days, days after, again


@dataclass(frozen=True, slots=True)
class Question:
    """Which moments of the first days of each `case` go with an `outcome` in the days after.

    `kind`, `exposures`, `adjust` and `attributes`, and `randomised_by` are those of `vincle.engine.journeys.moments`.
    """

    case: str
    outcome: str
    first_days: int = FIRST_DAYS
    within_days: int = WITHIN_DAYS
    again: bool = False
    kind: str = STEP
    adjust: tuple[str, ...] = CONFOUNDERS
    attributes: tuple[str, ...] = ()
    exposures: tuple[str, ...] = (STEPS, PAIRS)
    randomised_by: str = ""

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Question":
        """The question that `asdict` made, also after it was kept as JSON."""
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }
        return cls(**plain)

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known. What could always be asked keeps the name it had."""
        said = astuple(self)
        return MOMENTS + _digest(said[:_ALWAYS] if self.is_plain else said)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen but a step and the days."""
        return self == Question(self.case, self.outcome, self.first_days, self.within_days, self.again)


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


@dataclass(frozen=True, slots=True)
class ArchetypeQuestion:
    """Who stands for a group of people, or for each of `groups` of it. `map` is the address of the journey for which it
    is asked; `group` an empty text (everybody), a figure of it (`entered:KEY`), or a list (`view:UID`, `list:UID`).
    """

    map: str
    group: str = ""
    groups: int = 1

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known."""
        return ARCHETYPES + _digest(astuple(self))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of `case` side by side, told apart `by` a period (`first` and `second` are two days each, ISO with a
    slash), an attribute (its name, and two of its values; an empty second one is all others) or a stage of a map
    (`first` is its key): who came into it, and who did not. `within` days count for each; 0: all.
    """

    case: str
    by: str
    first: str
    second: str = ""
    attribute: str = ""
    map: str = ""
    within: int = 0

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known."""
        return COMPARISONS + _digest(astuple(self))


def name_of(case: str) -> str:
    """The name of the reading of what really happens with a type of case, and of its job."""
    return f"journeys:{_digest(case)}"


def _digest(said: Any) -> str:
    """Names of types and kinds may be longer than that of a reading."""
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
