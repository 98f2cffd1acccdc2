"""What the room tells the others when the application starts."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.fields import actions
from vincle.apps.people.facade import PersonPanel, register_panel

ACTIONS = {
    actions.SAID: _("changed what we know of"),
    actions.TAKEN_BACK: _("undid a change in what we know of"),
    actions.MADE: _("made the field"),
    actions.CHANGED: _("changed the field"),
    actions.ARCHIVED: _("archived the field"),
    actions.RESTORED: _("brought back the field"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register_panel(PersonPanel("fields:chips", "people.view", "head", order=10, style="fields/fields.css"))
    register_panel(PersonPanel("fields:panel", "people.view", "left", order=10, style="fields/fields.css"))
    for action, words in ACTIONS.items():
        name_action(action, words)
