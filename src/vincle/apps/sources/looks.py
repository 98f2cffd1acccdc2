"""How a kind of interaction may look: the icons and tones to choose from."""

from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import Words
from vincle.web.sprite import drawn

TONES: dict[str, Words] = {
    "plain": _("Plain"),
    "well": _("Good news"),
    "warm": _("Something went wrong"),
    "gold": _("Money"),
}

# By what they are about: buying and giving, coming and going, the web, contact, opinions, trouble, learning, the rest.
_ICONS = """
shopping-bag shopping-cart basket receipt receipt-refund arrow-back-up credit-card cash coins discount ticket gift
package truck-delivery pig-money heart-handshake heart carrot
user-plus user-minus user-check door-enter door-exit login logout building-store home calendar-event calendar-time cake
world click device-mobile qrcode download upload forms clipboard-list file-text
mail mail-opened send phone phone-call phone-incoming phone-outgoing message message-2 messages video speakerphone bell
clipboard-check star thumb-up thumb-down mood-happy mood-neutral mood-sad flag
alert-triangle help-circle headset folder folder-open circle-check rotate-clockwise refresh tool stethoscope
book school certificate trophy bulb target route
note pencil bolt leaf plant scale key lock clock circle
"""

UNCHOSEN = "point"  # what a kind found by an import has until somebody chooses
PLAIN_ICON = "circle"


def icons() -> list[str]:
    """The icons to choose from, in order."""
    return [name for name in _ICONS.split() if name in drawn()]
