"""The words that the room's actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action

ACTIONS = {
    "addressbook.password_made": _("made a password for the address book on"),
    "addressbook.password_ended": _("ended a password for the address book on"),
    "addressbook.password_back": _("let a password for the address book work again on"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    for action, words in ACTIONS.items():
        name_action(action, words)
