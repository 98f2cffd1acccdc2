"""What other rooms, and commands, may call."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.demonstration import keep_demo_journey
from vincle.apps.journeys.maps.queries import journey_of, latest_maps, map_named
from vincle.engine.journeys.journey import Journey

__all__ = ["DesignedJourney", "demo_journey_url", "designed_journeys", "journey_named", "keep_demo_journey"]


@dataclass(frozen=True)
class DesignedJourney:
    """A designed journey by its address and its name."""

    uid: UUID
    name: str
    changed_at: datetime


def designed_journeys() -> list[DesignedJourney]:
    """Those that are in use and were changed last, the latest first."""
    return [DesignedJourney(each.uid, each.name, each.changed_at) for each in latest_maps()]


def journey_named(named: str) -> Journey:
    """What a designed journey says that has this address or, of those in use, exactly this name. Raises `NotFound` when
    there is none, `BadInput` when several have the name.
    """
    return journey_of(map_named(named))


def demo_journey_url(*, actor: Actor, now: datetime) -> str:
    """The page of the demonstration's journey, ready to be looked at."""
    return reverse("journeys:map-real", args=[keep_demo_journey(actor=actor, now=now).uid])
