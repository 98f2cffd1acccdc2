"""What the room tells the others when the application starts."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.lists.facade import tell_worths
from vincle.apps.people.facade import keep
from vincle.apps.value import settings
from vincle.apps.value.keeping import WORTH
from vincle.apps.value.models import Worth
from vincle.web.nav import NavEntry, register

ACTIONS = {
    settings.CHANGED: _("changed how relationships are valued"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Value"), "coin", "value:value", "value.view", group="understand", order=20))
    keep(WORTH)
    tell_worths(Worth.objects.all)
    for action, words in ACTIONS.items():
        name_action(action, words)
