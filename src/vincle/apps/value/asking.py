"""What can be asked of the engine here, under which name its answer is kept."""

import json
from dataclasses import astuple, dataclass
from hashlib import blake2b
from typing import Any

BRIDGES = "value:bridges:"  # readings of bridges between two days are called so
BEHIND = "value:behind:"  # those of who stands behind a figure


@dataclass(frozen=True, slots=True)
class BridgeAsked:
    """A bridge between two days (ISO), of what each was worth in `window` days."""

    opening: str
    closing: str
    window: int

    @property
    def name(self) -> str:
        """Under which its answer is kept, and its job known."""
        return BRIDGES + digest_of(astuple(self))


def behind_name(figure: str) -> str:
    """Under which who stands behind a figure is kept, and their job known."""
    return BEHIND + digest_of(figure)


def digest_of(said: Any) -> str:
    """Short enough for the name of a reading."""
    return blake2b(json.dumps(said).encode(), digest_size=16).hexdigest()
