"""The lanes of a map, from top to bottom, and what they are called."""

from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import Words

LANES: dict[str, Words] = {
    "wants": _("What they want"),
    "does": _("What they do"),
    "touchpoints": _("Touchpoints"),
    "feels": _("How it feels"),
    "dissatisfies": _("What does not satisfy"),
    "front": _("What they see of us"),
    "back": _("Behind the scenes"),
    "opportunities": _("Opportunities"),
    "owner": _("Who looks after it"),
}


def lane_words(lane: str) -> str:
    """What a lane is called. Raises `KeyError` when there is none such."""
    return str(LANES[lane])
