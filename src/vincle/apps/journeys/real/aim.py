"""What was last worked out of the aim of a designed journey, and whether it still is of that aim and that log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from vincle.apps.journeys.real.chart import design_of
from vincle.engine.journeys.journey import Aim, Journey

AIM = "journeys:aim:"  # readings of the aims of designed journeys are called so


@dataclass(frozen=True)
class Aimed:
    """What `vincle.engine.journeys.moments_of` gives of a map at one of its revisions; `said` is None where nothing can
    be told, and `why` says why. `asked` is `asked_of` that revision, `aim` its aim.
    """

    said: Mapping[str, Any] | None
    why: Mapping[str, Any]
    aim: Aim
    version: int
    revision: int
    asked: str
    computed_at: datetime

    def is_of(self, version: int, journey: Journey) -> bool:
        """Whether it was read from that version of the mirror, of that aim by that design."""
        return (self.version, self.asked) == (version, asked_of(journey))


def aim_name(uid: UUID) -> str:
    """The name of the reading of a map's aim, and of its job."""
    return f"{AIM}{uid}"


def asked_of(journey: Journey) -> str:
    """A fingerprint of all in a journey on which its moments depend."""
    return blake2b(design_of(journey).encode() + msgspec.json.encode(journey.aim), digest_size=16).hexdigest()
