"""The room's line in the sidebar, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.web.nav import NavEntry, register

ACTIONS = {
    "token.made": _("let a program in:"),
    "token.revoked": _("let a program in no more:"),
    "token.restored": _("let a program in again:"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("API"), "plug", "tokens:list", "tokens.view", group="settings", order=50))
    for action, words in ACTIONS.items():
        name_action(action, words)
