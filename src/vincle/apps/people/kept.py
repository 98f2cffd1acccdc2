"""What the room itself keeps of people beside the log: it leaves with them and is given to them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.people.models import ContactMark, PersonMark
from vincle.apps.people.privacy.keeping import Keeping, keep
from vincle.apps.people.words import CONTACT_STATES, MARKS
from vincle.flow.models import Identity


def keep_marks() -> None:
    """Say so; called once, when the room is ready."""
    keep(
        Keeping(
            name="marks",
            label=_("What is to be heeded with them"),
            model=PersonMark,
            shown={
                "what": _("What"),
                "reason": _("Why"),
                "since": _("Since"),
                "by": _("By"),
                "until": _("Until"),
            },
            told=_told,
        )
    )
    keep(
        Keeping(
            name="contact_marks",
            label=_("What is to be heeded with an e-mail or a telephone"),
            model=ContactMark,
            shown={
                "contact": _("Contact point"),
                "what": _("What"),
                "since": _("Since"),
                "by": _("By"),
                "until": _("Until"),
            },
            told=_told_of_contact,
        )
    )


def _told(mark: PersonMark) -> dict[str, Any]:
    return {
        "kind": mark.kind,
        "what": str(MARKS[mark.kind]),
        "reason": mark.reason,
        "since": mark.set_at,
        "by": mark.set_by,
        "until": mark.lifted_at,
        "lifted_by": mark.lifted_by,
    }


def _told_of_contact(mark: ContactMark) -> dict[str, Any]:
    contact = Identity.objects.get(pk=mark.identity_id)
    return {
        "kind": mark.kind,
        "namespace": contact.namespace,
        "contact": contact.value,
        "what": str(CONTACT_STATES[mark.kind][0]),
        "since": mark.set_at,
        "by": mark.set_by,
        "until": mark.lifted_at,
        "lifted_by": mark.lifted_by,
    }
