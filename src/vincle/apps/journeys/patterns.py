"""Journeys to begin with: each is a whole document that can be changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from vincle.web.permissions import Words


@dataclass(frozen=True)
class Pattern:
    """A journey to begin with: what it is called and for, and its document in a language."""

    key: str
    name: Words
    words: Words
    icon: str
    document: Callable[[str], dict[str, Any]]


def patterns() -> list[Pattern]:
    """All there are, in the order in which they are offered."""
    return [
        Pattern(
            "client",
            gettext_lazy("A client's journey"),
            gettext_lazy("From the first question to help with a problem, in seven stages."),
            "user-check",
            _client,
        )
    ]


def _client(language: str) -> dict[str, Any]:
    with override(language):
        stages = [
            ("information", _("Looks for information")),
            ("before", _("Before using it")),
            ("first", _("First use")),
            ("advanced", _("Uses it well")),
            ("updates", _("Something new")),
            ("maintenance", _("Keeps it going")),
            ("problem", _("A problem")),
        ]
        return {"name": _("A client's journey"), "stages": [{"key": key, "name": name} for key, name in stages]}
