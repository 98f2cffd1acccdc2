"""What an engine last worked out of a designed journey, and whether it still is of that journey and that log."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from vincle.engine.journeys.journey import Journey, JourneyStage, Touchpoint

CHART = "journeys:chart:"  # readings of designed journeys are called so


@dataclass(frozen=True)
class Chart:
    """What `vincle.engine.journeys.chart` gives of a map at one of its revisions; `design` is `design_of` that one."""

    said: Mapping[str, Any]
    version: int
    revision: int
    design: str
    computed_at: datetime
    _stages: dict[str, Mapping[str, Any]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._stages.update({stage["key"]: stage for stage in self.said.get("stages", [])})

    def is_of(self, version: int, *, zone: str, journey: Journey) -> bool:
        """Whether it was read from that version of the mirror, in that time zone, by that design."""
        return (self.version, self.said["zone"], self.design) == (version, zone, design_of(journey))

    @property
    def is_empty(self) -> bool:
        return self.said["as_of"] is None

    @property
    def as_of(self) -> datetime:
        """The log's last instant."""
        return datetime.fromisoformat(self.said["as_of"])

    @property
    def cases(self) -> int:
        return int(self.said["cases"])

    def stage(self, key: str) -> Mapping[str, Any] | None:
        """The figures of a stage; None for one that was added since."""
        return self._stages.get(key)


def chart_name(uid: UUID) -> str:
    """The name of the reading of a map, and of its job."""
    return f"{CHART}{uid}"


def design_of(journey: Journey) -> str:
    """A fingerprint of all in a journey that figures depend on: typing on in a text makes none of them older."""
    told = Journey("-", tuple(_rules_of(stage) for stage in journey.stages), case=journey.case)
    return blake2b(msgspec.json.encode(told), digest_size=16).hexdigest()


def _rules_of(stage: JourneyStage) -> JourneyStage:
    touchpoints = tuple(Touchpoint(each.key, "-", each.kinds, each.channel) for each in stage.touchpoints)
    return JourneyStage(
        stage.key,
        "-",
        stage.enters,
        stage.expected,
        stage.repeatable,
        stage.within_days,
        touchpoints=touchpoints,
    )
