"""The address of somebody's journeys, and of the people behind a figure of theirs."""

from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.journeys.asking import PEOPLE
from vincle.engine.journeys.figures import figure


def address_of(case: str, **more: object) -> str:
    """The page's address."""
    parameters = ({} if case == PEOPLE else {"case": case}) | more
    return reverse("journeys:journeys") + (f"?{urlencode(parameters, doseq=True)}" if parameters else "")


def behind_url(case: str, *words: str) -> str:
    """Where the people behind a figure of what really happens are (`vincle.engine.journeys.behind`)."""
    parameters = {"figure": figure(*words)} | ({} if case == PEOPLE else {"case": case})
    return f"{reverse('journeys:behind')}?{urlencode(parameters)}"
