"""The room's line in the sidebar, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.actions import bulk, deciding
from vincle.apps.duplicates.keeping import KEPT
from vincle.apps.duplicates.queries.queue import COUNTED, waiting
from vincle.apps.people.facade import PersonPanel, keep, register_panel
from vincle.kernel import clock
from vincle.web.nav import NavEntry, register

ACTIONS = {
    actions.LOOKED: _("had people looked for who are here twice"),
    deciding.SKIPPED: _("put aside whether these are the same:"),
    deciding.BROUGHT_BACK: _("brought back whether these are the same:"),
    bulk.JOINED: _("joined many pairs at once:"),
    bulk.UNDONE: _("parted many pairs again:"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(
        NavEntry(
            _("Duplicates"),
            "git-merge",
            "duplicates:queue",
            "duplicates.view",
            order=26,
            waiting=lambda _user: waiting(now=clock.now())[:COUNTED],
        )
    )
    for action, words in ACTIONS.items():
        name_action(action, words)
    register_panel(PersonPanel("duplicates:of_person", "duplicates.view", "right", order=20))
    for keeping in KEPT:
        keep(keeping)
