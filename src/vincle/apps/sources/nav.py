"""The room's lines in the sidebar, and the words its actions have in the audit log."""

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.sources.queries.quarantine import COUNTED, held
from vincle.web.nav import NavEntry, register

ENTRIES = (
    NavEntry(_("Imports"), "file-import", "sources:imports", "imports.view", group="sources", order=10),
    NavEntry(_("Kinds"), "category", "sources:kinds", "kinds.view", group="sources", order=20),
    NavEntry(
        _("Quarantine"),
        "shield-lock",
        "sources:quarantine",
        "quarantine.view",
        group="sources",
        order=30,
        waiting=lambda _user: held()[:COUNTED],
    ),
)

ACTIONS = {
    "import.received": _("received the file"),
    "import.mapped": _("said what the columns mean in"),
    "import.checked": _("began to check"),
    "import.started": _("began to bring in"),
    "import.undone": _("took back"),
    "import.demo": _("brought in"),
    "kind.changed": _("described the kind"),
    "quarantine.mended": _("mended and let in"),
    "quarantine.replayed": _("let in again from quarantine"),
    "quarantine.discarded": _("discarded from quarantine"),
    "quarantine.restored": _("put back into quarantine"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(*ENTRIES)
    for action, words in ACTIONS.items():
        name_action(action, words)
