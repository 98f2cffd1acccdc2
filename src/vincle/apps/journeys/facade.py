"""What other rooms, and commands, may call."""

from datetime import datetime

from django.urls import reverse

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.demonstration import keep_demo_journey

__all__ = ["demo_journey_url", "keep_demo_journey"]


def demo_journey_url(*, actor: Actor, now: datetime) -> str:
    """The page of the demonstration's journey, ready to be looked at."""
    return reverse("journeys:map-real", args=[keep_demo_journey(actor=actor, now=now).uid])
