"""A small designed journey, and a map of it."""

from datetime import UTC, datetime
from typing import Any

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions
from vincle.apps.journeys.models import JourneyMap
from vincle.engine.journeys.journey import Journey, from_data

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def design(**changes: Any) -> Journey:
    """Three stages: the second waits for the first, and the aim is the last."""
    return from_data(
        {
            "name": "The weekly box",
            "archetype": {"name": "Mercè"},
            "aim": {"stage": "habit"},
            "stages": [
                {
                    "key": "look",
                    "name": "Looks around",
                    "wants": "Know if it fits",
                    "feels": 0.5,
                    "enters": [{"kinds": ["page.viewed"]}],
                    "touchpoints": [{"key": "web", "name": "Web"}, {"key": "friend", "name": "A friend"}],
                },
                {
                    "key": "first",
                    "name": "First box",
                    "feels": -1,
                    "enters": [{"kinds": ["order.placed"], "after": ["look"]}],
                    "touchpoints": [
                        {"key": "door", "name": "Doorstep", "kinds": ["order.delivered"], "channel": "home"}
                    ],
                },
                {"key": "habit", "name": "Habit"},
            ],
        }
        | changes
    )


def mapped(user: Any, *, now: datetime = NOON, **changes: Any) -> JourneyMap:
    """The map of it that somebody made."""
    return actions.create(design(**changes), actor=Actor.of(user), now=now)
