"""What the room tells the others when the application starts."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.lists.facade import tell_worths
from vincle.apps.people.facade import FreeText, PersonPanel, keep, may_name, register_panel
from vincle.apps.value import settings
from vincle.apps.value.decisions import actions as decisions
from vincle.apps.value.investments import actions as investments
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.keeping import WORTH
from vincle.apps.value.models import Worth
from vincle.apps.value.rates import actions as rates
from vincle.web.nav import NavEntry, register

ACTIONS = {
    settings.CHANGED: _("changed how relationships are valued"),
    decisions.CHANGED: _("changed what is assumed of an option"),
    rates.BROUGHT_IN: _("brought in rates of currencies:"),
    investments.DESCRIBED: _("described the investment"),
    investments.DRAWN: _("drew by lot who gets the investment"),
    investments.CHANGED: _("changed the investment"),
    investments.ARCHIVED: _("put away the investment"),
    investments.BROUGHT_BACK: _("brought back the investment"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Value"), "coin", "value:value", "value.view", group="understand", order=20))
    keep(WORTH)
    may_name(FreeText(Investment, ("name", "about"), _page_of))
    tell_worths(Worth.objects.all)
    register_panel(PersonPanel("value:person-chip", "value.view", "head", order=20))
    register_panel(PersonPanel("value:person-card", "value.view", "right", order=5, style="value/person.css"))
    for action, words in ACTIONS.items():
        name_action(action, words)


def _page_of(this: Investment) -> str:
    return reverse("value:investment", args=[this.uid])
