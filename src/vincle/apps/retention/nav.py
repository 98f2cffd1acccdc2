"""The room's line in the sidebar, the words of its actions, and who stays whatever a rule says."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.people.facade import PersonMark, marked
from vincle.apps.retention import actions
from vincle.apps.retention.sparing import Sparing, spare
from vincle.web.nav import NavEntry, register


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Retention"), "hourglass", "retention:rules", "retention.view", group="settings", order=40))
    name_action(actions.ADDED, _("made a rule of retention:"))
    name_action(actions.REMOVED, _("took away a rule of retention:"))
    name_action(actions.ON, _("switched on the rule of retention:"))
    name_action(actions.OFF, _("switched off the rule of retention:"))
    name_action(actions.LOOKED, _("looked what a rule of retention would do:"))
    name_action(actions.RAN, _("ran the rule of retention:"))
    name_action(actions.TAKEN_OUT, _("took old interactions out of the log by the rule of retention:"))
    restricted = _("their processing is restricted")
    spare(Sparing("restricted", restricted, lambda: marked(PersonMark.Kind.RESTRICTED), whole=True))
