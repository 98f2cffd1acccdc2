"""The room's line in the sidebar, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.web.nav import NavEntry, register

ACTIONS = {
    "tracking.added": _("let send events"),
    "tracking.rotated": _("made a new write key for"),
    "tracking.revoked": _("revoked the write keys of"),
    "tracking.origins": _("changed from which pages events are taken of"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Tracking"), "broadcast", "tracking:sources", "tracking.view", group="sources", order=15))
    for action, words in ACTIONS.items():
        name_action(action, words)
