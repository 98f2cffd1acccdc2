"""What the room tells the others when the application starts."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.files import actions, storing
from vincle.apps.files.models import KeptFile
from vincle.apps.people.facade import Keeping, PersonPanel, keep, register_panel

ACTIONS = {
    actions.ADDED: _("kept a file about"),
    actions.REMOVED: _("took away a file about"),
    actions.BROUGHT_BACK: _("brought back a file about"),
    actions.FACE_CHOSEN: _("chose a picture of"),
    actions.FACE_LEFT: _("left out the picture of"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register_panel(PersonPanel("files:files", "files.view", "right", order=20, style="files/files.css"))
    register_panel(PersonPanel("files:face", "files.view", "face"))
    keep(
        Keeping(
            name="files",
            label=_("Files"),
            model=KeptFile,
            shown={"added_at": _("added"), "added_by": _("by"), "name": _("name"), "file": _("in this archive")},
            told=_told,
            files=lambda file: [storing.path_of(file.place)],
            named=_named,
        )
    )
    for action, words in ACTIONS.items():
        name_action(action, words)


def _named(file: KeptFile) -> str:
    return f"files/{file.pk}-{file.name}"


def _told(file: KeptFile) -> dict[str, Any]:
    return {
        "uid": file.uid,
        "name": file.name,
        "file": _named(file),
        "size": file.size,
        "note": file.note,
        "added_at": file.added_at,
        "added_by": file.added_by,
        "removed_at": file.removed_at,
    }
