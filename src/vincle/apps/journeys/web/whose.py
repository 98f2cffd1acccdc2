"""The address of somebody's journeys."""

from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.journeys.asking import PEOPLE


def address_of(case: str, **more: object) -> str:
    """The page's address."""
    parameters = ({} if case == PEOPLE else {"case": case}) | more
    return reverse("journeys:journeys") + (f"?{urlencode(parameters, doseq=True)}" if parameters else "")
