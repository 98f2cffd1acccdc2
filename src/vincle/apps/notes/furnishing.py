"""What the room tells the others when the application starts."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vincle.apps.accounts.facade import name_action
from vincle.apps.notes import actions
from vincle.apps.notes.models import Former, Mention, Note
from vincle.apps.notes.queries import waiting
from vincle.apps.people.facade import FreeText, Keeping, PersonPanel, keep, may_name, register_panel, who_are
from vincle.web.nav import NavEntry, register

ACTIONS = {
    actions.WRITTEN: _("wrote a note about"),
    actions.EDITED: _("changed a note about"),
    actions.PINNED: _("pinned a note about"),
    actions.UNPINNED: _("unpinned a note about"),
    actions.REMOVED: _("took away a note about"),
    actions.BROUGHT_BACK: _("brought back a note about"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    register(NavEntry(_("Mentions"), "at", "notes:mentions", "notes.view", order=16, waiting=_to_read))
    register_panel(
        PersonPanel(
            "notes:notes", "notes.view", "middle", order=10, style="notes/notes.css", script="notes/mentions.js"
        )
    )
    # What hangs on a note goes before the note does, which would take it along uncounted.
    keep(
        Keeping(
            name="mentions",
            label=_("Colleagues mentioned in notes"),
            model=Mention,
            shown={"made_at": _("mentioned"), "colleague": _("colleague"), "by": _("by"), "read_at": _("read")},
            told=_told_mention,
            columns=("note__identity_id",),
        )
    )
    keep(
        Keeping(
            name="former_notes",
            label=_("What notes said before they were changed"),
            model=Former,
            shown={"until": _("until"), "changed_by": _("changed by"), "text": _("note")},
            told=_told_former,
            columns=("note__identity_id",),
        )
    )
    keep(
        Keeping(
            name="notes",
            label=_("Notes"),
            model=Note,
            shown={"written_at": _("written"), "author": _("by"), "text": _("note"), "removed_at": _("taken away")},
            told=_told,
        )
    )
    # Of others; what is written about themselves has gone by then.
    may_name(FreeText(Note, ("text",), _page_of))
    may_name(FreeText(Former, ("text",)))
    for action, words in ACTIONS.items():
        name_action(action, words)


def _page_of(note: Note) -> str:
    about = who_are([note.identity_id]).get(note.identity_id)
    return reverse("people:person", args=[about.uid]) if about else reverse("people:list")


def _told(note: Note) -> dict[str, Any]:
    return {
        "uid": note.uid,
        "written_at": note.written_at,
        "author": note.author,
        "text": note.text,
        "edited_at": note.edited_at,
        "edited_by": note.edited_by,
        "pinned": note.pinned,
        "removed_at": note.removed_at,
    }


def _told_former(former: Former) -> dict[str, Any]:
    return {"until": former.until, "changed_by": former.changed_by, "text": former.text}


def _told_mention(mention: Mention) -> dict[str, Any]:
    return {
        "made_at": mention.made_at,
        "colleague": mention.colleague,
        "by": mention.by,
        "read_at": mention.read_at,
    }


def _to_read(user: Any) -> QuerySet[Mention]:
    return waiting(user.pk)
