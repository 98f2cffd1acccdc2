"""What the room tells the others when the application starts."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.journeys import taking
from vincle.apps.journeys.archetypes.leaving import ADDRESSED
from vincle.apps.journeys.maps import actions, commenting
from vincle.apps.journeys.models import Change, Comment, JourneyMap, Version
from vincle.apps.people.facade import FreeText, may_name, say_addresses
from vincle.web.nav import NavEntry, register

ACTIONS = {
    actions.CREATED: _("designed the journey"),
    actions.CHANGED: _("changed the journey"),
    actions.KEPT: _("kept a version of the journey"),
    actions.ARCHIVED: _("put away the journey"),
    actions.BROUGHT_BACK: _("brought back the journey"),
    taking.TAKEN_OUT: _("took out as an event log the journeys of"),
    commenting.COMMENTED: _("commented on the journey"),
    commenting.RESOLVED: _("settled a comment on the journey"),
    commenting.REOPENED: _("opened a comment again on the journey"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Journeys"), "route", "journeys:journeys", "journeys.view", group="understand", order=10))
    may_name(FreeText(JourneyMap, ("document",), _page_of))
    may_name(FreeText(Version, ("document", "name")))
    may_name(FreeText(Change, ("operation", "inverse")))
    may_name(FreeText(Comment, ("text",)))
    say_addresses(ADDRESSED)
    for action, words in ACTIONS.items():
        name_action(action, words)


def _page_of(this: JourneyMap) -> str:
    return reverse("journeys:map", args=[this.uid])
