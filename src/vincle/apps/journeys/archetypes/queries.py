"""Reads: who was last found to stand for a group."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vincle.apps.journeys.asking import ArchetypeQuestion
from vincle.apps.journeys.real.chart import design_of
from vincle.engine.journeys.journey import Journey
from vincle.flow.models import Reading


@dataclass(frozen=True)
class FoundArchetypes:
    """What `vincle.engine.journeys.archetypes` gives, each with a `uid` instead of its case; `said` is None where
    nobody can stand for the group, and `why` says why.
    """

    said: Mapping[str, Any] | None
    why: Mapping[str, Any]
    version: int
    design: str
    computed_at: datetime

    def is_of(self, version: int, journey: Journey) -> bool:
        """Whether it was found in that version of the mirror, by that design."""
        return (self.version, self.design) == (version, design_of(journey))


def newest_archetypes(question: ArchetypeQuestion) -> FoundArchetypes | None:
    """The last answer; None when nobody has asked."""
    kept = Reading.objects.filter(name=question.name).first()
    if kept is None:
        return None
    said = kept.payload
    return FoundArchetypes(said["found"], said["why"], kept.mirror_version, said["design"], kept.computed_at)
