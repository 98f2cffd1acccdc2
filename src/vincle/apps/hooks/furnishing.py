"""What the room tells the others when the application starts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.hooks.keeping import naming
from vincle.apps.hooks.models import KeptBody
from vincle.apps.hooks.queries import unmapped
from vincle.apps.people.facade import Keeping, keep
from vincle.web.nav import NavEntry, register

ACTIONS = {
    "hook.added": _("let a program send what happens:"),
    "hook.rotated": _("made a new secret for"),
    "hook.revoked": _("let a program send no more:"),
    "hook.restored": _("let a program send again:"),
    "hook.signing": _("said how a program signs:"),
    "hook.mapped": _("said what the columns mean in"),
    "hook.taken_again": _("had taken in again what was held of"),
    "hook.discarded": _("left out something sent by"),
    "hook.brought_back": _("took back that something was left out, sent by"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(
        NavEntry(
            _("Incoming webhooks"),
            "plug-connected",
            "hooks:list",
            "hooks.view",
            group="sources",
            order=17,
            waiting=lambda _user: unmapped(),
        )
    )
    keep(
        Keeping(
            name="webhook_bodies",
            label=_("What programs sent"),
            model=KeptBody,
            shown={"at": _("received"), "source": _("source"), "text": _("what it said")},
            told=_told,
            columns=(),
            naming=naming,
        )
    )
    for action, words in ACTIONS.items():
        name_action(action, words)


def _told(kept: KeptBody) -> dict[str, Any]:
    delivery = kept.delivery
    return {"at": delivery.received_at, "source": str(delivery.hook), "text": kept.text}
