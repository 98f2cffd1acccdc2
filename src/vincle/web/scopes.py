"""What a program may be let do: the one registry of scopes, beside the registry of permissions.

A token holds scopes; each stands for a permission that whoever made the token must have, today and not only on the
day it was made. Every operation of the REST API names its scope (`vincle.web.rest.router`).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import Words, can


@dataclass(frozen=True)
class Scope:
    """One thing a token may be for: its name, its words, and the permission it stands for."""

    name: str
    label: Words
    permission: str


SEES_CONFIDENTIAL = "people:confidential"  # opens no operation: it says whom the others speak of


def _registry(*scopes: Scope) -> dict[str, Scope]:
    return {scope.name: scope for scope in scopes}


SCOPES = _registry(
    Scope("people:read", _("Read people and how they are known"), "people.view"),
    Scope("people:write", _("Add people and what is known of them"), "people.edit"),
    Scope("people:merge", _("Join people, keep them apart, undo it"), "people.edit"),
    Scope("interactions:read", _("Read what happened"), "people.view"),
    Scope("interactions:write", _("Write down what happened"), "people.edit"),
    Scope("tasks:read", _("Read tasks"), "tasks.view"),
    Scope("tasks:write", _("Add tasks, do them and change them"), "tasks.edit"),
    Scope("relations:read", _("Read who relates to whom"), "relations.view"),
    Scope("relations:write", _("Say who relates to whom"), "relations.edit"),
    Scope("organisations:read", _("Read organisations"), "organisations.view"),
    Scope("organisations:write", _("Add and change organisations"), "organisations.edit"),
    Scope("journeys:read", _("Read journeys, designed ones and what really happens"), "journeys.view"),
    Scope("journeys:write", _("Design journeys, and ask about them"), "journeys.edit"),
    Scope("value:read", _("Read what people are worth, and whether investments pay"), "value.view"),
    Scope("value:write", _("Describe investments, draw lots, put them away"), "value.manage"),
    Scope(SEES_CONFIDENTIAL, _("Also see confidential people, in all of it"), "people.confidential"),
)


def within_reach(user: Any) -> list[Scope]:
    """The scopes that `user` may give to a program."""
    return [scope for scope in SCOPES.values() if can(user, scope.permission)]


def in_force(scopes: list[str], user: Any) -> frozenset[str]:
    """Those of `scopes` that `user`'s role still allows; a scope that is no longer known allows nothing."""
    return frozenset(name for name in scopes if name in SCOPES and can(user, SCOPES[name].permission))
