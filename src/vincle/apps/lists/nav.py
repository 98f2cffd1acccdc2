"""The words the room's actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action

ACTIONS = {
    "view.kept": _("kept the view"),
    "view.changed": _("changed whom this view shows:"),
    "view.described": _("renamed or shared the view"),
    "view.removed": _("removed the view"),
    "view.back": _("brought back the view"),
    "list.made": _("made the list"),
    "list.removed": _("removed the list"),
    "list.back": _("brought back the list"),
    "people.changed": _("changed many people at once:"),
    "people.change_undone": _("undid the change of many people:"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    for action, words in ACTIONS.items():
        name_action(action, words)
