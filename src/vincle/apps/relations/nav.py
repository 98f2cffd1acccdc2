"""The room's line in the sidebar, its part of a person's page, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.people.facade import PersonPanel, register_panel
from vincle.apps.relations.actions import households, joining, kinds, naming, organisations, relations
from vincle.web.nav import NavEntry, register

ACTIONS = {
    relations.MADE: _("said how these relate:"),
    relations.ENDED: _("said that this relation is over:"),
    relations.REOPENED: _("said that this relation is not over:"),
    relations.WITHDRAWN: _("took back how these relate:"),
    relations.RESTORED: _("said again how these relate:"),
    households.NO_HOUSEHOLD: _("said that these are no household:"),
    households.ASKED_AGAIN: _("took back that these are no household:"),
    kinds.ADDED: _("added the relation"),
    kinds.CHANGED: _("changed the words of the relation"),
    kinds.ARCHIVED: _("put away the relation"),
    kinds.BROUGHT_BACK: _("brought back the relation"),
    organisations.ADDED: _("added the organisation"),
    organisations.CHANGED: _("changed the organisation"),
    organisations.ARCHIVED: _("put away the organisation"),
    organisations.BROUGHT_BACK: _("brought back the organisation"),
    joining.JOINED: _("made one organisation of"),
    joining.PARTED: _("undid that these are one organisation:"),
    naming.ACCEPTED: _("linked everybody who says they work at"),
    naming.TAKEN_BACK: _("undid linking everybody who says they work at"),
    naming.DISMISSED: _("said that this is no organisation:"),
    naming.ASKED_AGAIN: _("took back that this is no organisation:"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Organisations"), "building", "relations:organisations", "organisations.view", order=25))
    register_panel(PersonPanel("relations:card", "relations.view", "left", order=30))
    for action, words in ACTIONS.items():
        name_action(action, words)
