"""Whose journeys an address means, and the address of theirs."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from vincle.apps.journeys import queries
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.queries import Journeys
from vincle.kernel.errors import NotFound


def case_asked(asked: str) -> tuple[str, Journeys | None]:
    """Whose journeys an address means, and what is known of them. Of which things there are journeys is known when
    people's are. Raises `NotFound` for any others.
    """
    everybody = queries.newest_journeys(PEOPLE)
    if everybody is None or asked in {"", PEOPLE}:
        return PEOPLE, everybody
    if asked not in types_of(everybody):
        raise NotFound(_("Nothing has happened about things of the type “%(type)s”.") % {"type": asked[:80]})
    return asked, queries.newest_journeys(asked)


def address_of(case: str, **more: object) -> str:
    """The page's address."""
    parameters = ({} if case == PEOPLE else {"case": case}) | more
    return reverse("journeys:journeys") + (f"?{urlencode(parameters, doseq=True)}" if parameters else "")


def types_of(everybody: Journeys) -> list[str]:
    """The types of things that something happened about, those with the most things first."""
    return [str(name) for name, _things in everybody.said["types"] if name != PEOPLE]
