"""Reads: what last came of a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from vincle.apps.journeys.asking import Comparison
from vincle.flow.models import Reading


@dataclass(frozen=True)
class FoundComparison:
    """What `vincle.engine.journeys.compare` gives; `said` is None where nothing can be told, and `why` says why."""

    said: Mapping[str, Any] | None
    why: Mapping[str, Any]
    version: int
    computed_at: datetime


def newest_comparison(asked: Comparison) -> FoundComparison | None:
    """The last answer; None when nobody has asked."""
    kept = Reading.objects.filter(name=asked.name).first()
    if kept is None:
        return None
    return FoundComparison(kept.payload["found"], kept.payload["why"], kept.mirror_version, kept.computed_at)
