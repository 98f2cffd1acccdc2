"""The room's line in the sidebar, its parts of a person's page, the words of its actions, and what it keeps."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.consent.models import Decision, Entry, How
from vincle.apps.consent.queries.contact import consenting
from vincle.apps.people.facade import Keeping, PersonPanel, keep, register_panel
from vincle.apps.retention.facade import Sparing, spare
from vincle.web.nav import NavEntry, register

ACTIONS = {
    "consent.recorded": _("noted what was consented to by"),
    "consent.corrected": _("said that a consent was noted by mistake for"),
    "consent.purpose_added": _("added the purpose"),
    "consent.purpose_changed": _("changed the purpose"),
    "consent.purpose_retired": _("retired the purpose"),
    "consent.purpose_back": _("took up again the purpose"),
    "consent.wording_written": _("put in new words the purpose"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Consent"), "shield-check", "consent:report", "consent.view", order=80))
    spare(Sparing("consenting", _("they consent to something"), consenting))
    register_panel(PersonPanel("consent:chips", "consent.view", "head", order=10))
    register_panel(PersonPanel("consent:card", "consent.view", "right", order=60))
    for action, words in ACTIONS.items():
        name_action(action, words)
    keep(
        Keeping(
            name="consents",
            label=_("What they consented to, and what not"),
            model=Entry,
            shown={
                "when": _("When"),
                "what": _("What for"),
                "channel": _("Channel"),
                "decision": _("Said"),
                "how": _("How"),
                "said": _("Proof"),
                "by": _("Noted by"),
            },
            told=told,
        )
    )


def told(entry: Entry) -> dict[str, Any]:
    """A line of the ledger as plain values, with the words in which it was asked."""
    return {
        "number": entry.pk,
        "when": entry.decided_at,
        "noted_at": entry.recorded_at,
        "purpose": entry.purpose.name if entry.purpose else "",
        "what": str(entry.purpose) if entry.purpose else str(_("any contact")),
        "channel": entry.channel,
        "decision": str(_("a mistake")) if entry.mistake_of_id else str(Decision(entry.decision).label),
        "mistake_of": entry.mistake_of_id,
        "how": str(How(entry.how).label),
        "wording": str(entry.wording) if entry.wording else "",
        "wording_version": entry.wording.version if entry.wording else None,
        "said": entry.said,
        "reference": entry.reference,
        "file_hash": entry.file_hash,
        "by": entry.recorded_by,
    }
