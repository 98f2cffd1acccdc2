"""The room's line in the sidebar, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.webhooks.queries import switched_off_by_itself
from vincle.web.nav import NavEntry, register

ACTIONS = {
    "webhook.added": _("let a program hear what happens:"),
    "webhook.changed": _("changed what a program hears:"),
    "webhook.rotated": _("made a new secret for"),
    "webhook.switched_off": _("switched off"),
    "webhook.switched_on": _("switched on"),
    "webhook.gave_up": _("switched off, since it does not answer:"),
    "webhook.removed": _("let a program hear nothing any more:"),
    "webhook.restored": _("let a program hear again:"),
    "webhook.sent_again": _("sent again, to"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(
        NavEntry(
            _("Webhooks"),
            "webhook",
            "webhooks:list",
            "webhooks.view",
            group="settings",
            order=60,
            waiting=lambda _user: switched_off_by_itself(),
        )
    )
    for action, words in ACTIONS.items():
        name_action(action, words)
