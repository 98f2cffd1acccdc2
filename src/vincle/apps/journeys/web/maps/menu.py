"""What the menu of a map offers, on each of its pages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.web.maps.carrying import FORMATS
from vincle.web.permissions import can


def menu_context(request: HttpRequest, this: JourneyMap) -> dict[str, Any]:
    """`pictures` and `formats` by how their files end, and whether who looks may change the map."""
    pictures = [("pdf", _("A3 to print (PDF)")), ("png", _("Picture (PNG)")), ("svg", _("Drawing (SVG)"))]
    return {
        "pictures": pictures,
        "formats": [(ending, each.name) for ending, each in FORMATS.items()],
        "may_edit": this.archived_at is None and can(request.user, "journeys.edit"),
    }
