"""The demonstration's journey: the households of its year on a designed map, with everything worked out."""

from datetime import datetime
from pathlib import Path

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.actions import refresh_journeys
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.journeys.maps.queries import journey_of
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.real.actions import refresh_aim, refresh_chart
from vincle.engine.journeys.journey import from_json

DOCUMENT = Path(__file__).with_name("demo.json")


def keep_demo_journey(*, actor: Actor, now: datetime) -> JourneyMap:
    """The map of the demonstration, made unless any map is there already, with its figures as the log is now."""
    this = JourneyMap.objects.order_by("pk").first()
    if this is None:
        this = create(from_json(DOCUMENT.read_text("utf-8")), actor=actor, now=now)
    refresh_journeys(PEOPLE, now=now)
    journey = journey_of(this)
    refresh_chart(this.uid, journey, revision=this.revision, now=now)
    refresh_aim(this.uid, journey, revision=this.revision, now=now)
    return this
