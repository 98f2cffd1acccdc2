"""What the room itself keeps of people beside the log: it leaves with them and is given to them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.people.models import PersonMark
from vincle.apps.people.privacy.keeping import Keeping, keep
from vincle.apps.people.words import MARKS


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
